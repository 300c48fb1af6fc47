// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/sla.hpp"

#include <algorithm>
#include <chrono>

#include "rules/business_hours.hpp"

namespace wl::rules {
namespace {

constexpr int kImportedWarnPercent = 75;

// Years 1 to 9999. Times beyond can only be rubbish, and sums with them could overflow.
constexpr Instant kEarliest{-62'135'596'800'000};
constexpr Instant kLatest{253'402'300'799'999};
Instant sane(Instant at) { return std::clamp(at, kEarliest, kLatest); }

int yearOf(Instant at) {
    return static_cast<int>(
        std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{LocalTime{sane(at).ms}.day()}}}.year());
}

Instant share(Instant from, Instant to, int percent) { return from + (to - from) * percent / 100; }

/// The time that a target counts: open time of a calendar, or all time.
class CountedTime {
public:
    CountedTime(const SlaTarget& target, const BusinessHours* hours, const TimeZone& zone)
        : m_target(target), m_hours(hours), m_zone(hours != nullptr ? hours->zone() : zone) {
        m_business =
            hours != nullptr && (target.unit == TargetUnit::BusinessMinutes || target.unit == TargetUnit::BusinessDays);
    }

    [[nodiscard]] Instant due(Instant start) const {
        switch (m_target.unit) {
            case TargetUnit::BusinessMinutes:
            case TargetUnit::CalendarMinutes: return after(start, std::chrono::minutes{m_target.amount});
            case TargetUnit::BusinessDays:
                if (m_business) return m_hours->afterDays(start, m_target.amount);
                [[fallthrough]];
            case TargetUnit::CalendarDays: {
                const auto wall = m_zone.toLocal(start).ms + m_target.amount * LocalTime::kDayMs;
                return m_zone.toUtc({wall});
            }
        }
        return {};
    }
    [[nodiscard]] Millis between(Instant from, Instant to) const {
        return m_business ? m_hours->openBetween(from, to) : to - from;
    }
    [[nodiscard]] Instant after(Instant start, Millis counted) const {
        return m_business ? m_hours->after(start, counted) : start + counted;
    }
    [[nodiscard]] Instant warn(Instant start, Instant due, int percent) const {
        return std::min(due, after(start, between(start, due) * percent / 100));
    }

private:
    const SlaTarget& m_target;
    const BusinessHours* m_hours;
    const TimeZone& m_zone;
    bool m_business;
};

/// A pause as the fold needs it; `to` is none while it lasts.
struct Span {
    Instant from;
    Instant to;
    const std::string* reason;
};

// Stretches of Waiting in order, none before `start`.
std::vector<Span> pausesOf(const CaseState& state, const Catalogue& catalogue, Instant start) {
    std::vector<Span> out;
    const std::string* waiting = nullptr;
    Instant from;
    Instant latest = start;
    for (const auto& event : state.history) {
        if (!event.effective) continue;
        latest = std::max(latest, sane(event.at));
        if (waiting != nullptr && latest > from) out.push_back({from, latest, waiting});
        waiting = nullptr;
        if (event.to != Status::Waiting) continue;
        const auto* reason = catalogue.pauseReason(event.reason);
        if (reason != nullptr && !reason->stopsClock) continue;
        waiting = &event.reason;
        from = latest;
    }
    if (waiting != nullptr) out.push_back({from, {}, waiting});
    return out;
}

/// One clock as it runs: what every caller needs, without allocating.
struct Run {
    Instant due;
    Instant warn;
    bool paused{};
    SlaState settled{SlaState::OnTrack};
    std::size_t pauses{};  ///< how many of the spans, from the first, it stood still for
};

// Where `at` moves to when the clock stands still for the spans that begin before it.
Instant pushed(Instant at, const CountedTime& time, std::span<const Span> spans, Instant finished, Run* run) {
    Instant stoodUntil;
    for (const auto& span : spans) {
        const bool goesOn = stoodUntil && span.from == stoodUntil;  // another reason, the same standstill
        if (!at || (span.from >= at && !goesOn) || (finished && span.from >= finished)) break;
        stoodUntil = span.to;
        if (run != nullptr) ++run->pauses;
        const bool endsInside = finished && (!span.to || finished <= span.to);
        const auto to = endsInside ? finished : span.to;
        if (!to) {
            if (run != nullptr) run->paused = true;
            break;
        }
        at = time.after(at, time.between(span.from, to));
        if (endsInside) at = std::max(at, finished);  // reached while standing still
    }
    return at;
}

void settle(Run& run, Instant finished) {
    if (finished) run.settled = finished <= run.due ? SlaState::Met : SlaState::Breached;
}

Run runClock(Instant start, const CountedTime& time, int warnPercent, std::span<const Span> spans, Instant finished) {
    Run run;
    const auto due = time.due(start);
    if (!due) return run;
    run.due = pushed(due, time, spans, finished, &run);
    if (!run.due) return run;  // pushed past the last year that calendars are laid out for
    run.warn = std::min(run.due, pushed(time.warn(start, due, warnPercent), time, spans, finished, nullptr));
    settle(run, finished);
    return run;
}

Run importedClock(Instant start, Instant due, Instant finished) {
    Run run{due, start < due ? share(start, due, kImportedWarnPercent) : due};
    settle(run, finished);
    return run;
}

Instant startOf(const CaseState& state) {
    const auto requested = state.instant(CaseField::RequestedAt);
    return sane(requested ? requested : state.opened.hlc.wall());
}
Instant resolvedAt(const CaseState& state) { return sane(state.workDoneAt ? state.workDoneAt : state.closedAt); }
Instant respondedAt(const CaseState& state) {
    const auto done = resolvedAt(state);
    const auto answered = sane(state.firstResponseAt);
    if (!answered || !done) return answered ? answered : done;
    return std::min(answered, done);
}

Priority priorityOf(const CaseState& state, const Catalogue& catalogue) {
    const auto number = state.number(CaseField::Priority);
    if (number >= static_cast<int>(Priority::Low) && number <= static_cast<int>(Priority::Urgent))
        return static_cast<Priority>(number);
    const auto* service = catalogue.service(state.text(CaseField::Service));
    return service != nullptr ? service->priority : Priority::Normal;
}

/// Both clocks of a case; a clock without a due instant does not exist.
struct CaseClocks {
    Instant start;
    const SlaPolicy* policy{};
    bool imported{};  ///< the resolve clock is
    Instant responded, resolved;
    std::vector<Span> spans;
    Run respond, resolve;
};

CaseClocks runClocks(const CaseState& state, const Catalogue& catalogue) {
    CaseClocks c;
    c.start = startOf(state);
    if (!c.start) return c;  // its opening has not arrived yet
    c.responded = respondedAt(state);
    c.resolved = resolvedAt(state);
    const auto& department = state.text(CaseField::Department);
    if (!catalogue.policies().empty())
        c.policy = catalogue.policyFor(state.text(CaseField::Service), priorityOf(state, catalogue), department,
                                       state.text(CaseField::Area), c.start, state.text(CaseField::Crew));
    const auto imported = sane(state.instant(CaseField::DueOverride));
    if (imported) {
        c.imported = true;
        c.resolve = importedClock(c.start, imported, c.resolved);
    }
    if (c.policy == nullptr) return c;
    c.spans = pausesOf(state, catalogue, c.start);
    const auto* hours = catalogue.hoursFor(*c.policy, department);
    const auto run = [&](const std::optional<SlaTarget>& target, Instant finished) {
        if (!target || target->amount < 1) return Run{};
        return runClock(c.start, CountedTime(*target, hours, catalogue.timeZone()), c.policy->warnPercent, c.spans,
                        finished);
    };
    c.respond = run(c.policy->respond, c.responded);
    if (!imported) c.resolve = run(c.policy->resolve, c.resolved);
    return c;
}

SlaClock clockOf(TargetKind kind, const CaseClocks& c, const Run& run, Instant finished, const SlaPolicy* policy) {
    SlaClock out{kind, policy, c.start, run.due, run.warn, finished, run.settled, run.paused, {}};
    for (std::size_t i = 0; i < run.pauses; ++i)
        out.pauses.push_back({c.spans[i].from, c.spans[i].to, *c.spans[i].reason});
    return out;
}

}  // namespace

Instant dueAfter(Instant start, const SlaTarget& target, const BusinessHours* hours, const TimeZone& zone) {
    return CountedTime(target, hours, zone).due(start);
}

Instant dueAfter(Instant start, const SlaTarget& target, const WorkCalendar* calendar) {
    if (calendar == nullptr) return dueAfter(start, target, nullptr, TimeZone::utc());
    const bool business = target.unit == TargetUnit::BusinessMinutes || target.unit == TargetUnit::BusinessDays;
    const auto year = yearOf(start);
    for (const int span : {1, 20, BusinessHours::kLastYear - BusinessHours::kFirstYear}) {
        const BusinessHours hours(*calendar, year - 1, year + span);
        const auto due = dueAfter(start, target, &hours, hours.zone());
        if (due || !business) return due;
    }
    return {};
}

Millis businessTimeBetween(Instant from, Instant to, const WorkCalendar& calendar) {
    if (to <= from) return Millis{0};
    return BusinessHours(calendar, yearOf(from) - 1, yearOf(to) + 1).openBetween(from, to);
}

std::vector<SlaClock> computeClocks(const CaseState& state, const Catalogue& catalogue) {
    std::vector<SlaClock> out;
    const auto c = runClocks(state, catalogue);
    if (c.respond.due) out.push_back(clockOf(TargetKind::Respond, c, c.respond, c.responded, c.policy));
    if (c.resolve.due)
        out.push_back(clockOf(TargetKind::Resolve, c, c.resolve, c.resolved, c.imported ? nullptr : c.policy));
    return out;
}

DerivedCase SlaDeriver::derive(const CaseState& state) const {
    const auto c = runClocks(state, *m_catalogue);
    DerivedCase out;
    if (c.respond.due && c.respond.settled == SlaState::OnTrack) out.respondDue = c.respond.due;
    if (c.resolve.due) {
        out.due = c.resolve.due;
        out.warn = c.resolve.warn;
        out.paused = c.resolve.paused;
        out.settled = c.resolve.settled;
    }
    return out;
}

Instant expectedBy(const Catalogue& catalogue, std::string_view service, Priority priority, std::string_view department,
                   std::string_view area, Instant now) {
    const auto* policy = catalogue.policyFor(service, priority, department, area, now);
    if (policy == nullptr || !policy->resolve) return {};
    return dueAfter(now, *policy->resolve, catalogue.hoursFor(*policy, department), catalogue.timeZone());
}

}  // namespace wl::rules
