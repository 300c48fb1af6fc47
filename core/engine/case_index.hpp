// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The narrow columns of every case in memory, one array a column, addressed by the local key. Queues, counts, sorting
// and the map's points come from here; a million cases take about 80 MB. Owned by the reader thread.

#include <array>
#include <functional>
#include <unordered_map>
#include <vector>

#include "engine/case_query.hpp"
#include "rules/catalogue.hpp"
#include "store/facets.hpp"

namespace wl::engine {

class CaseIndex {
public:
    explicit CaseIndex(store::FacetReader& reader) : m_reader(reader) {}

    void put(const store::CaseFacet& facet);
    void reserve(std::int64_t highestKey);
    /// Orders by names follow the catalogue.
    void setCatalogue(rules::CataloguePtr catalogue);
    /// The words of these cases changed: orders by text are stale.
    void wordsChanged() { m_textOrders.clear(); }

    [[nodiscard]] Result<CaseListing> list(const CaseQuery& query, Instant now);
    [[nodiscard]] Result<QueueTally> tally(const CaseFilter& filter, Instant now);

    [[nodiscard]] std::int64_t size() const { return m_count; }
    [[nodiscard]] bool has(CaseKey key) const {
        return key.value > 0 && static_cast<std::size_t>(key.value) < m_status.size() &&
               m_status[static_cast<std::size_t>(key.value)] != kNone;
    }
    [[nodiscard]] DerivedCase clockOf(CaseKey key) const;
    /// Keys of all cases whose clock still runs.
    void eachRunning(const std::function<void(CaseKey, const DerivedCase&)>& each) const;

private:
    static constexpr std::uint8_t kNone = 255;
    using Slot = std::uint32_t;

    /// Every case whose words match, or whose service's name has some of the words and the case the others.
    Result<std::vector<CaseKey>> matching(const std::string& text);
    Result<std::vector<Slot>> select(const CaseFilter& filter, Instant now);
    Result<void> sort(std::vector<Slot>& slots, const CaseOrder& order, Instant now);
    [[nodiscard]] SlaState slaOf(Slot slot, Instant now) const;
    Result<std::vector<std::uint32_t>> namesRank(CaseColumn column);
    Result<const std::vector<std::uint32_t>*> textRank(CaseColumn column);

    store::FacetReader& m_reader;
    rules::CataloguePtr m_catalogue;
    std::int64_t m_count{};
    std::vector<std::uint8_t> m_status, m_priority, m_channel, m_settled, m_flags;
    std::vector<std::int32_t> m_service, m_department, m_crew, m_owner, m_area;
    std::vector<std::int64_t> m_requested, m_updated, m_closed, m_due, m_warn;
    std::vector<GeoPoint> m_place;
    std::unordered_map<std::uint8_t, std::vector<std::uint32_t>> m_textOrders;  ///< column -> rank by slot
};

}  // namespace wl::engine
