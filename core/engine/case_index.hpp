// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The narrow columns of every case in memory, one array a column, addressed by the local key. Queues, counts, sorting
// and the map's points come from here; a million cases take about 80 MB. Owned by the reader thread.

#include <array>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/case_query.hpp"
#include "engine/risk_watch.hpp"
#include "engine/text_order.hpp"
#include "rules/catalogue.hpp"
#include "rules/signals/life.hpp"
#include "store/facets.hpp"

namespace wl::engine {

class CaseIndex {
public:
    /// Warns of cases from when `risk` says that they will be late, if that is before their clocks do.
    CaseIndex(store::FacetReader& reader, const RiskWatch& risk) : m_reader(reader), m_risk(risk) {}

    void put(const store::CaseFacet& facet);
    void reserve(std::int64_t highestKey);
    /// More was learnt about risks: the cases whose clocks warn from another instant now.
    [[nodiscard]] std::vector<CaseKey> foresee();
    /// Orders by names follow the catalogue.
    void setCatalogue(rules::CataloguePtr catalogue);
    /// The words of these cases changed. A few are put where they belong now; after many the orders by text are made
    /// anew. False if they have to be prepared again.
    bool wordsChanged(std::span<const CaseKey> keys);
    /// One bounded step (some ms) towards having every order by text ready; true when all are.
    Result<bool> prepareOrders();

    [[nodiscard]] Result<CaseListing> list(const CaseQuery& query, Instant now);
    [[nodiscard]] Result<QueueTally> tally(const CaseFilter& filter, Instant now);

    [[nodiscard]] std::int64_t size() const { return m_count; }
    [[nodiscard]] bool has(CaseKey key) const {
        return key.value > 0 && static_cast<std::size_t>(key.value) < m_status.size() &&
               m_status[static_cast<std::size_t>(key.value)] != kNone;
    }
    [[nodiscard]] DerivedCase clockOf(CaseKey key) const;
    /// Keys lie below this.
    [[nodiscard]] std::size_t slots() const { return m_status.size(); }
    /// The columns of a slot, as `put` takes them; status kNone if there is no such case.
    [[nodiscard]] store::CaseFacet facetOf(std::size_t slot) const;
    [[nodiscard]] Instant updatedAt(std::size_t slot) const { return {m_updated[slot]}; }
    /// Orders by text are those of another index over the same cases, which outlives this one.
    void borrowOrders(CaseIndex& from) { m_lender = &from; }
    /// What figures need to know of the case with that key; false if there is none.
    [[nodiscard]] bool readLife(std::size_t slot, rules::signals::CaseLife& out) const;
    /// Cases on which a rule has to act by then.
    [[nodiscard]] std::vector<CaseKey> alarmsUntil(Instant now) const;
    /// Keys of all cases whose clock still runs, or on which a rule will act.
    void eachRunning(const std::function<void(CaseKey, const DerivedCase&)>& each) const;

    static constexpr std::uint8_t kNone = 255;

private:
    using Slot = std::uint32_t;

    /// Every case whose words match, or whose service's name has some of the words and the case the others.
    Result<std::vector<CaseKey>> matching(const std::string& text);
    [[nodiscard]] Instant riskOf(std::size_t slot) const;
    Result<std::vector<Slot>> select(const CaseFilter& filter, Instant now);
    Result<void> sort(std::vector<Slot>& slots, const CaseOrder& order, Instant now);
    [[nodiscard]] DerivedCase clockAt(Slot slot) const;
    [[nodiscard]] SlaState slaOf(Slot slot, Instant now) const;
    Result<std::vector<std::uint32_t>> namesRank(CaseColumn column);
    /// One order by text: its cases are collected slice by slice, then merged.
    struct Order {
        CaseColumn column;
        const char* name;  ///< of the database's column
        TextOrder order{};
        std::int64_t collected{};  ///< up to this key
        std::vector<CaseKey> late{};  ///< changed while it was being made
    };
    Result<void> prepare(Order& order);
    Result<void> place(Order& order, CaseKey key);
    Result<std::string> orderText(const Order& order, CaseKey key);
    [[nodiscard]] std::string titleOr(std::string_view title, std::size_t slot);
    Result<const TextOrder*> textOrder(CaseColumn column);

    store::FacetReader& m_reader;
    const RiskWatch& m_risk;
    rules::CataloguePtr m_catalogue;
    CaseIndex* m_lender{};
    std::int64_t m_count{};
    std::vector<std::uint8_t> m_status, m_priority, m_channel, m_settled, m_flags, m_stalled, m_escalated;
    std::vector<std::int32_t> m_service, m_department, m_crew, m_owner, m_area, m_offeredTo;
    std::vector<std::int64_t> m_requested, m_updated, m_closed, m_due, m_policyWarn, m_warn, m_pausedUntil, m_alarm;
    std::vector<GeoPoint> m_place;
    std::array<Order, 4> m_orders{{{CaseColumn::Title, "title"},
                                   {CaseColumn::Address, "address"},
                                   {CaseColumn::Number, "number"},
                                   {CaseColumn::Description, "description"}}};
};

}  // namespace wl::engine
