// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/demo_traffic.hpp"

#include <algorithm>

#include "engine/demo/case_draft.hpp"

namespace wl::engine {

using namespace demo;

namespace {

// A command that waits for its turn; `order` keeps commands of one instant as they were written.
struct Waiting {
    TimedCommand command;
    std::uint64_t order{};
};
struct Later {
    bool operator()(const Waiting& a, const Waiting& b) const {
        return a.command.at != b.command.at ? a.command.at > b.command.at : a.order > b.order;
    }
};

// What later callers may be about: the latest case of a service at a place.
struct Known {
    std::string number;
    Instant from, to;
    std::uint32_t address{};
    std::int32_t cluster{-1};
};
constexpr std::size_t kRemembered = 24;

}  // namespace

struct DemoTraffic::Impl {
    Impl(const DemoOptions& options, geo::CityMapPtr city, rules::CataloguePtr catalogue)
        : stage(options, std::move(city), std::move(catalogue)), plan(stage), met(stage.people.count()),
          recent(serviceProfiles().size()) {}

    void admit(std::size_t index) {
        auto arrival = plan.arrivals[index];
        const auto* same = arrival.open ? nullptr : knownFault(arrival, index);
        if (same) arrival.address = same->address;
        CaseDraft draft(stage, arrival, index);
        const bool isNew = draft.person && !met[draft.personIndex];
        if (isNew) {
            met[draft.personIndex] = true;
            ++persons;
        }
        writeOpening(draft, isNew);
        if (same) writeDuplicate(draft, same->number);
        else writeLife(draft);
        for (auto& command : draft.commands())
            if (command.at <= stage.options.now) {
                heap.push_back({std::move(command), order++});
                std::ranges::push_heap(heap, Later{});
            }
        if (same || !draft.person) return;
        auto& list = recent[arrival.service];
        if (list.size() >= kRemembered) list.erase(list.begin());
        list.push_back({draft.number, arrival.at, draft.last(), draft.address, plan.arrivals[index].cluster});
    }

    // Now and then somebody reports what another has reported already; in storms and clusters more often.
    const Known* knownFault(const Arrival& arrival, std::size_t index) {
        Chance chance(stage.options.seed, stream::places, index);
        const auto& profile = serviceProfiles()[arrival.service];
        if (profile.where == Where::Home) return nullptr;
        const auto storm = stage.weather.on(stage.time.dayNumber(arrival.at)).storm;
        if (!chance.with(arrival.cluster >= 0 ? 0.2 : 0.04 + 0.1 * storm)) return nullptr;
        const auto& list = recent[arrival.service];
        for (auto it = list.rbegin(); it != list.rend(); ++it)
            if (it->cluster == arrival.cluster && it->to > arrival.at && arrival.at - it->from < Millis{6 * kDay})
                return &*it;
        return nullptr;
    }

    Stage stage;
    ArrivalPlan plan;
    std::vector<bool> met;  ///< residents who have a record
    std::vector<std::vector<Known>> recent;
    std::vector<Waiting> heap;  ///< the earliest in front
    std::size_t nextArrival{};
    std::size_t persons{};
    std::uint64_t order{};
};

DemoTraffic::DemoTraffic(const DemoOptions& options, geo::CityMapPtr city, rules::CataloguePtr catalogue)
    : m_impl(std::make_unique<Impl>(options, std::move(city), std::move(catalogue))) {}
DemoTraffic::~DemoTraffic() = default;

std::optional<TimedCommand> DemoTraffic::next() {
    auto& m = *m_impl;
    while (m.nextArrival < m.plan.arrivals.size() &&
           (m.heap.empty() || m.plan.arrivals[m.nextArrival].at <= m.heap.front().command.at))
        m.admit(m.nextArrival++);
    if (m.heap.empty()) return std::nullopt;
    std::ranges::pop_heap(m.heap, Later{});
    TimedCommand command = std::move(m.heap.back().command);
    m.heap.pop_back();
    return command;
}

std::size_t DemoTraffic::casesTotal() const { return m_impl->plan.arrivals.size(); }
std::size_t DemoTraffic::casesOpened() const { return m_impl->nextArrival; }
std::size_t DemoTraffic::personsOpened() const { return m_impl->persons; }

std::vector<DemoCluster> DemoTraffic::clusters() const {
    std::vector<DemoCluster> out;
    for (const auto& c : m_impl->plan.clusters)
        out.push_back({std::string(c.cause), std::string(c.service), c.from, c.to, c.centre, c.cases});
    return out;
}

std::vector<Instant> DemoTraffic::storms() const {
    std::vector<Instant> out;
    for (const auto day : m_impl->stage.weather.storms()) out.push_back(m_impl->stage.time.instant(day, 0));
    return out;
}

}  // namespace wl::engine
