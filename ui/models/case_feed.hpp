// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps one listing up to date: a queue, narrowed by the filter bar and the map, in an order. Asks again when the
// user changes one of these (at once) or when cases changed (paced). GUI thread.

#include "ui/models/console_bridge.hpp"
#include "ui/models/pacer.hpp"

namespace wl::ui {

/// Cases that pass both filters.
[[nodiscard]] engine::CaseFilter both(const engine::CaseFilter& a, const engine::CaseFilter& b);

class CaseFeed final : public QObject {
    Q_OBJECT

public:
    CaseFeed(ConsoleBridge& bridge, int slot, QObject* parent = nullptr);

    void setQueue(engine::CaseFilter queue);
    void setNarrowing(engine::CaseFilter narrowing);
    void setOrder(engine::CaseOrder order);
    /// All in one question.
    void start(engine::CaseFilter queue, engine::CaseFilter narrowing, engine::CaseOrder order);

    [[nodiscard]] const engine::CaseFilter& queue() const { return m_queue; }
    [[nodiscard]] const engine::CaseFilter& narrowing() const { return m_narrowing; }
    [[nodiscard]] engine::CaseQuery query() const { return {both(m_queue, m_narrowing), m_order}; }
    /// Null until the first answer.
    [[nodiscard]] const engine::CaseListingPtr& listing() const { return m_listing; }
    [[nodiscard]] bool isBusy() const { return m_pacer.isWaiting(); }

Q_SIGNALS:
    void listed(const wl::engine::CaseListingPtr& listing);
    void failed(const wl::Error& error);

private:
    void ask();

    ConsoleBridge& m_bridge;
    const int m_slot;
    engine::CaseFilter m_queue, m_narrowing;
    engine::CaseOrder m_order;
    engine::CaseListingPtr m_listing;
    Pacer m_pacer;
    std::uint64_t m_asked{};
    bool m_started{};
};

}  // namespace wl::ui
