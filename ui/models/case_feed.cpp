// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/case_feed.hpp"

#include <algorithm>

namespace wl::ui {
namespace {

// An empty list means "any"; two lists with nothing in common leave nothing.
template <class T>
bool meet(std::vector<T>& into, const std::vector<T>& other) {
    if (other.empty()) return true;
    if (into.empty()) {
        into = other;
        return true;
    }
    std::erase_if(into, [&](const T& one) { return std::ranges::find(other, one) == other.end(); });
    return !into.empty();
}

void laterStart(Instant& into, Instant other) { into = std::max(into, other); }
void earlierEnd(Instant& into, Instant other) {
    if (other && (!into || other < into)) into = other;
}

}  // namespace

engine::CaseFilter both(const engine::CaseFilter& a, const engine::CaseFilter& b) {
    auto f = a;
    bool possible =
        !(a.open && b.open && *a.open != *b.open) && !(a.conflicted && b.conflicted && *a.conflicted != *b.conflicted);
    if (b.open) f.open = b.open;
    if (b.conflicted) f.conflicted = b.conflicted;
    possible &= meet(f.statuses, b.statuses) && meet(f.priorities, b.priorities) && meet(f.channels, b.channels);
    possible &= meet(f.sla, b.sla) && meet(f.services, b.services) && meet(f.departments, b.departments);
    possible &= meet(f.crews, b.crews) && meet(f.owners, b.owners) && meet(f.areas, b.areas);
    possible &= meet(f.groups, b.groups) && meet(f.keys, b.keys);
    laterStart(f.requestedFrom, b.requestedFrom);
    earlierEnd(f.requestedTo, b.requestedTo);
    laterStart(f.updatedFrom, b.updatedFrom);
    earlierEnd(f.updatedTo, b.updatedTo);
    laterStart(f.dueFrom, b.dueFrom);
    earlierEnd(f.dueTo, b.dueTo);
    laterStart(f.closedFrom, b.closedFrom);
    earlierEnd(f.closedTo, b.closedTo);
    if (!b.text.empty()) f.text = f.text.empty() ? b.text : f.text + ' ' + b.text;
    possible &= meet(f.offeredTo, b.offeredTo) && meet(f.jobs, b.jobs);
    for (const auto flag : {&engine::CaseFilter::stalled, &engine::CaseFilter::escalated}) {
        possible &= !(a.*flag && b.*flag && *(a.*flag) != *(b.*flag));
        if (b.*flag) f.*flag = b.*flag;
    }
    f.idleDays = std::max(f.idleDays, b.idleDays);
    if (b.near) f.near = b.near;
    if (b.box) f.box = b.box;
    if (!possible) f.keys = {CaseKey{-1}};  // no case has this key
    return f;
}

CaseFeed::CaseFeed(ConsoleBridge& bridge, int slot, QObject* parent) : QObject(parent), m_bridge(bridge), m_slot(slot) {
    connect(&m_pacer, &Pacer::due, this, &CaseFeed::ask);
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        if (m_started && (!changes->cases.empty() || changes->everything)) m_pacer.touch();
    });
    connect(&bridge, &ConsoleBridge::instantChanged, this, [this] {
        if (m_started) m_pacer.hurry();
    });
}

void CaseFeed::setQueue(engine::CaseFilter queue) { start(std::move(queue), m_narrowing, m_order); }

void CaseFeed::setNarrowing(engine::CaseFilter narrowing) { start(m_queue, std::move(narrowing), m_order); }

void CaseFeed::setOrder(engine::CaseOrder order) { start(m_queue, m_narrowing, order); }

void CaseFeed::start(engine::CaseFilter queue, engine::CaseFilter narrowing, engine::CaseOrder order) {
    if (m_started && queue == m_queue && narrowing == m_narrowing && order == m_order) return;
    m_started = true;
    m_queue = std::move(queue);
    m_narrowing = std::move(narrowing);
    m_order = order;
    m_pacer.hurry();
}

void CaseFeed::ask() {
    const auto mine = ++m_asked;
    auto asked = query();
    asked.filter.asOf = m_bridge.asOf();
    m_bridge.query(std::move(asked), m_slot, this, [this, mine](const Result<engine::CaseListingPtr>& listing) {
        if (mine != m_asked) return;  // a newer question is under way
        m_pacer.answered();
        if (!listing) {
            Q_EMIT failed(listing.error());
            return;
        }
        m_listing = *listing;
        Q_EMIT listed(m_listing);
    });
}

}  // namespace wl::ui
