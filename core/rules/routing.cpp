// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/routing.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "domain/time_zone.hpp"
#include "rules/business_hours.hpp"

namespace wl::rules {
namespace {

bool names(const std::vector<std::string>& codes, std::string_view code) {
    return !code.empty() && std::ranges::find(codes, code) != codes.end();
}

// 0 = does not fit; naming the area outweighs naming the service, and both outweigh a crew for everything.
int fit(const Crew& crew, std::string_view service, std::string_view area) {
    const bool namesArea = names(crew.areas, area);
    const bool namesService = names(crew.services, service);
    if ((!crew.areas.empty() && !namesArea) || (!crew.services.empty() && !namesService)) return 0;
    return 1 + (namesArea ? 2 : 0) + (namesService ? 1 : 0);
}

bool isAway(const StaffMember& member, const Catalogue& catalogue, Instant at) {
    if (member.awayFrom.empty() && member.awayUntil.empty()) return false;
    const auto day = catalogue.timeZone().toLocal(at).day();
    const auto from = parseIsoDate(member.awayFrom), until = parseIsoDate(member.awayUntil);
    return (!from || day >= *from) && (!until || day <= *until);
}

template <class T>
bool oneOf(const std::vector<T>& wanted, const T& has) {
    return wanted.empty() || std::ranges::find(wanted, has) != wanted.end();
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool matches(const RoutingRule& rule, const RoutingRequest& r, const Catalogue& catalogue) {
    if (!rule.active || !oneOf(rule.services, r.service) || !oneOf(rule.areas, r.area) ||
        !oneOf(rule.priorities, r.priority) || !oneOf(rule.channels, r.channel))
        return false;
    if (!rule.groups.empty()) {
        const auto* service = catalogue.service(r.service);
        if (service == nullptr || !oneOf(rule.groups, service->group)) return false;
    }
    if (!rule.words.empty()) {
        const auto text = lowered(r.text);
        if (std::ranges::none_of(rule.words, [&](const auto& w) { return text.find(lowered(w)) != text.npos; }))
            return false;
    }
    if (!rule.when.empty()) {
        const auto* hours = catalogue.hours(rule.calendar);
        if (hours == nullptr || hours->isOpen(r.at) != (rule.when == "open")) return false;
    }
    return true;
}

int openOf(const std::unordered_map<std::string, int>& counts, const std::string& code) {
    const auto known = counts.find(code);
    return known == counts.end() ? 0 : known->second;
}

// The crew of a department that fits best; with a skill, of those that have it the one with the fewest open cases.
std::string crewOf(const Catalogue& catalogue, const std::string& department, const RoutingRule& rule,
                   const RoutingRequest& r, const Workload& workload) {
    const Crew* best = nullptr;
    std::tuple<int, int> bestRank;
    for (const auto& crew : catalogue.crews()) {
        if (crew.department != department || (!rule.skill.empty() && !names(crew.skills, rule.skill))) continue;
        const int crewFit = fit(crew, r.service, r.area);
        if (crewFit == 0 && rule.skill.empty()) continue;
        const std::tuple rank{-crewFit, openOf(workload.byCrew, crew.code)};
        if (best == nullptr || rank < bestRank || (rank == bestRank && crew.code < best->code)) {
            best = &crew;
            bestRank = rank;
        }
    }
    return best != nullptr ? best->code : std::string();
}

bool mayTake(const StaffMember& m, const Catalogue& catalogue, const RoutingRule& rule, const RoutingRequest& r,
             const Workload& workload) {
    return m.active && !isAway(m, catalogue, r.at) && (rule.skill.empty() || names(m.skills, rule.skill)) &&
           (m.capacity <= 0 || openOf(workload.byOwner, m.code) < m.capacity);
}

// Nothing if the rule names somebody, or a way to find one, and nobody can take it.
std::optional<std::string> ownerOf(const Catalogue& catalogue, const Route& route, const RoutingRule& rule,
                                   const RoutingRequest& r, const Workload& workload) {
    if (rule.owner.empty()) return std::string();
    if (rule.owner != "round_robin" && rule.owner != "least_loaded") {
        const auto* named = catalogue.staff(rule.owner);
        for (int steps = 0; named != nullptr && steps < 5; ++steps) {  // a substitute may be away too
            if (mayTake(*named, catalogue, rule, r, workload)) return named->code;
            named = named->substitute.empty() ? nullptr : catalogue.staff(named->substitute);
        }
        return std::nullopt;
    }
    const StaffMember* best = nullptr;
    std::int64_t bestRank = 0;
    for (const auto& m : catalogue.staffMembers()) {
        const bool member = route.crew.empty() ? m.department == route.department : m.crew == route.crew;
        if (!member || !mayTake(m, catalogue, rule, r, workload)) continue;
        const auto last = workload.lastGiven.find(m.code);
        const std::int64_t rank = rule.owner == "least_loaded"       ? openOf(workload.byOwner, m.code)
                                  : last == workload.lastGiven.end() ? 0
                                                                     : last->second.ms;
        if (best == nullptr || rank < bestRank || (rank == bestRank && m.code < best->code)) {
            best = &m;
            bestRank = rank;
        }
    }
    if (best == nullptr) return std::nullopt;
    return best->code;
}

std::optional<Route> routeBy(const RoutingRule& rule, const Route& usual, const RoutingRequest& r,
                             const Catalogue& catalogue, const Workload& workload) {
    Route out{
        rule.department.empty() ? usual.department : rule.department, rule.crew, "rule", {}, rule.code, rule.alarm};
    if (out.department.empty())
        if (const auto* crew = catalogue.crew(rule.crew)) out.department = crew->department;
    if (out.department.empty()) return std::nullopt;
    if (out.crew.empty()) {
        out.crew = rule.skill.empty() && out.department == usual.department
                       ? usual.crew
                       : crewOf(catalogue, out.department, rule, r, workload);
        if (out.crew.empty() && !rule.skill.empty()) return std::nullopt;  // nobody there can do it
    }
    const auto owner = ownerOf(catalogue, out, rule, r, workload);
    if (!owner) return std::nullopt;
    out.owner = *owner;
    return out;
}

}  // namespace

Route routeCase(const Catalogue& catalogue, const RoutingRequest& r, const Workload& workload) {
    const auto usual = routeFor(catalogue, r.service, r.area);
    for (const bool last : {false, true}) {
        for (const auto& rule : catalogue.routingRules())
            if (rule.alarm == last && matches(rule, r, catalogue))
                if (auto route = routeBy(rule, usual, r, catalogue, workload)) return *route;
        if (!usual.department.empty()) return usual;
    }
    auto nothing = usual;
    nothing.alarm = true;
    return nothing;
}

bool asksForWorkload(const Catalogue& catalogue) {
    return std::ranges::any_of(catalogue.routingRules(), [](const RoutingRule& rule) {
        return rule.active && (!rule.owner.empty() || !rule.skill.empty());
    });
}

Route routeFor(const Catalogue& catalogue, std::string_view service, std::string_view area) {
    const auto* known = catalogue.service(service);
    if (known == nullptr) return {{}, {}, "service.unknown"};
    if (known->department.empty()) return {{}, {}, "service.no_department"};
    const Crew* best = nullptr;
    int bestFit = 0;
    for (const auto& crew : catalogue.crews()) {
        if (crew.department != known->department) continue;
        const int crewFit = fit(crew, service, area);
        if (crewFit > bestFit || (crewFit > 0 && crewFit == bestFit && crew.code < best->code)) {
            best = &crew;
            bestFit = crewFit;
        }
    }
    constexpr std::array<std::string_view, 5> reasons{"service.department", "crew.department", "crew.service",
                                                      "crew.area", "crew.area_and_service"};
    return {known->department, best != nullptr ? best->code : std::string(),
            std::string(reasons[static_cast<std::size_t>(bestFit)])};
}

}  // namespace wl::rules
