// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/sla_explain.hpp"

#include <algorithm>

#include "rules/business_hours.hpp"

namespace wl::rules {
namespace {

using Kind = ExplainedStretch::Kind;

std::vector<std::string> becauseOf(const SlaPolicy& p) {
    std::vector<std::string> out;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out.push_back(std::string(name) + '=' + value);
    };
    add("service", p.service), add("group", p.group), add("crew", p.crew), add("department", p.department);
    if (p.priority) add("priority", std::string(wl::code(*p.priority)));
    add("area", p.area);
    if (p.validFrom) add("valid_from", isoInstant(p.validFrom));
    return out;
}

// The stretch without the time it stood still.
void addCounted(Explanation& e, Instant from, Instant to) {
    for (const auto& pause : e.clock.pauses) {
        const auto end = pause.to ? pause.to : to;
        if (end <= from || pause.from >= to) continue;
        if (pause.from > from) addCounted(e, from, pause.from);
        if (end < to) addCounted(e, end, to);
        return;
    }
    e.stretches.push_back({Kind::Counted, from, to, to - from, {}});
    e.counted += to - from;
}

void addDaysOff(Explanation& e, const WorkCalendar& calendar, const TimeZone& zone, Instant until) {
    for (const auto& [date, name] : calendar.holidays) {
        const auto day = parseIsoDate(date);
        if (!day || calendar.week[static_cast<std::size_t>(weekdayOf(*day))].empty()) continue;
        const auto from = zone.toUtc(LocalTime::of(*day)), to = zone.toUtc(LocalTime::of(*day + 1));
        if (to > e.clock.start && from < until) e.stretches.push_back({Kind::Holiday, from, to, {}, name});
    }
    for (const auto& closure : calendar.closures) {
        const auto fromWall = parseLocalMinute(closure.from), toWall = parseLocalMinute(closure.to);
        if (!fromWall || !toWall) continue;
        const auto from = zone.toUtc(*fromWall), to = zone.toUtc(*toWall);
        if (to > e.clock.start && from < until) e.stretches.push_back({Kind::Closure, from, to, {}, closure.name});
    }
}

Explanation explain(const SlaClock& clock, const CaseState& state, const Catalogue& catalogue) {
    Explanation e;
    e.clock = clock;
    const auto& department = state.text(CaseField::Department);
    if (clock.policy != nullptr) e.because = becauseOf(*clock.policy);
    const auto* target = clock.policy != nullptr ? targetOf(*clock.policy, clock.kind) : nullptr;
    const auto* hours = clock.policy != nullptr ? catalogue.hoursFor(*clock.policy, department) : nullptr;
    const bool business = hours != nullptr && target != nullptr &&
                          (target->unit == TargetUnit::BusinessMinutes || target->unit == TargetUnit::BusinessDays);
    for (const auto& pause : clock.pauses)
        e.stretches.push_back({Kind::Paused, pause.from, pause.to, {}, pause.reason});
    if (business) {
        for (const auto& [from, to] : hours->between(clock.start, clock.due)) addCounted(e, from, to);
        const auto* known = catalogue.department(department);
        e.calendar = !clock.policy->calendar.empty() ? clock.policy->calendar
                     : known != nullptr              ? known->calendar
                                                     : std::string();
        if (const auto* calendar = catalogue.calendar(e.calendar)) addDaysOff(e, *calendar, hours->zone(), clock.due);
    } else if (clock.start < clock.due) {
        addCounted(e, clock.start, clock.due);
    }
    std::ranges::stable_sort(e.stretches, {}, &ExplainedStretch::from);
    // Which others would have matched: leave out what the winner names, one after the other.
    for (const auto& p : catalogue.policies()) {
        if (clock.policy == nullptr || &p == clock.policy) continue;
        const auto* service = catalogue.service(state.text(CaseField::Service));
        const auto fits = [](const std::string& wanted, const std::string& has) {
            return wanted.empty() || wanted == has;
        };
        if (fits(p.service, state.text(CaseField::Service)) &&
            fits(p.group, service != nullptr ? service->group : std::string()) &&
            fits(p.crew, state.text(CaseField::Crew)) && fits(p.department, department) &&
            fits(p.area, state.text(CaseField::Area)) &&
            (!p.priority || static_cast<std::int64_t>(*p.priority) == state.number(CaseField::Priority)) &&
            (!p.validFrom || p.validFrom <= clock.start))
            e.passedOver.push_back(p.code);
    }
    return e;
}

}  // namespace

std::vector<Explanation> explainClocks(const CaseState& state, const Catalogue& catalogue) {
    std::vector<Explanation> out;
    for (const auto& clock : computeClocks(state, catalogue)) out.push_back(explain(clock, state, catalogue));
    return out;
}

}  // namespace wl::rules
