// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/sla.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#include "rules/business_hours.hpp"
#include "rules/duty.hpp"

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

/// A pause as the fold needs it.
struct Span {
    Instant from;
    Instant to;  ///< its end, also one that lies ahead; none while it lasts and nothing says until when
    bool lasting{};
    const std::string* reason;
};

// When a pause ends by itself, whoever forgets it; none if it does not.
Instant limitOf(const StatusEvent& event, Instant from, const PauseReason* reason) {
    Instant limit;
    if (event.until) limit = sane(event.until);
    if (reason != nullptr && reason->maxMinutes > 0) {
        const auto longest = from + std::chrono::minutes{reason->maxMinutes};
        limit = limit ? std::min(limit, longest) : longest;
    }
    return limit;
}

// Stretches of Waiting in order, none before `start`.
std::vector<Span> pausesOf(const CaseState& state, const Catalogue& catalogue, Instant start) {
    std::vector<Span> out;
    const StatusEvent* waiting = nullptr;
    Instant from, limit;
    Instant latest = start;
    const auto end = [&](Instant to, bool lasting) {
        if (limit && (!to || limit <= to)) to = limit;
        if (!to || to > from) out.push_back({from, to, lasting, &waiting->reason});
        waiting = nullptr;
    };
    for (const auto& event : state.history) {
        if (!event.effective) continue;
        latest = std::max(latest, sane(event.at));
        if (waiting != nullptr) end(latest, false);
        if (event.to != Status::Waiting) continue;
        const auto* reason = catalogue.pauseReason(event.reason);
        if (reason != nullptr ? !reason->stopsClock : event.reason == kPlainPause) continue;
        waiting = &event;
        from = latest;
        limit = limitOf(event, from, reason);
    }
    if (waiting != nullptr) end({}, true);
    return out;
}

/// One clock as it runs: what every caller needs, without allocating.
struct Run {
    Instant due;
    Instant warn;
    bool paused{};
    SlaState settled{SlaState::OnTrack};
    std::size_t pauses{};  ///< how many of the spans, from the first, it stood still for
    Instant pausedUntil{};
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
        if (run != nullptr && span.lasting && !endsInside) {
            run->paused = true;
            run->pausedUntil = span.to;
        }
        const auto to = endsInside ? finished : span.to;
        if (!to) break;
        at = time.after(at, time.between(span.from, to));
        if (endsInside) at = std::max(at, finished);  // reached while standing still
    }
    return at;
}

void settle(Run& run, Instant finished) {
    if (finished) run.settled = finished <= run.due ? SlaState::Met : SlaState::Breached;
    if (run.settled != SlaState::OnTrack) run.paused = false, run.pausedUntil = {};
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

// Closed because there was nothing to do.
bool isCancelling(const CaseState& state) {
    if (state.status != Status::Closed) return false;
    const auto& why = state.statusReason;
    return why == "duplicate" || why == "invalid" || why == "not_responsible" || why == "cancelled_by_requester";
}

struct OneClock {
    Instant start, finished;
    Run run;  ///< without a due instant the clock does not exist
    [[nodiscard]] bool exists() const { return bool(run.due); }
    [[nodiscard]] bool runs() const { return exists() && run.settled == SlaState::OnTrack; }
};

/// All clocks of a case.
struct CaseClocks {
    const SlaPolicy* policy{};
    const BusinessHours* hours{};
    bool imported{};  ///< the resolve clock is
    std::vector<Span> spans;
    OneClock acknowledge, respond, nextResponse, resolve, close;

    [[nodiscard]] const OneClock& of(TargetKind kind) const {
        switch (kind) {
            case TargetKind::Acknowledge: return acknowledge;
            case TargetKind::Respond: return respond;
            case TargetKind::NextResponse: return nextResponse;
            case TargetKind::Close: return close;
            case TargetKind::Resolve: break;
        }
        return resolve;
    }
};

bool standsStill(TargetKind kind) { return kind != TargetKind::Acknowledge && kind != TargetKind::NextResponse; }

CaseClocks runClocks(const CaseState& state, const Catalogue& catalogue) {
    CaseClocks c;
    const auto start = startOf(state);
    if (!start) return c;  // its opening has not arrived yet
    const auto responded = respondedAt(state), resolved = resolvedAt(state), closed = sane(state.closedAt);
    const auto seen = sane(state.acknowledgedAt);
    c.acknowledge = {start, seen && responded ? std::min(seen, responded) : (seen ? seen : responded), {}};
    c.respond = {start, responded, {}};
    c.resolve = {start, resolved, {}};
    c.close = {start, closed, {}};
    if (state.lastOutboundAt && state.status != Status::Closed) c.nextResponse = {sane(state.waitingSince), {}, {}};
    const auto& department = state.text(CaseField::Department);
    if (!catalogue.policies().empty())
        c.policy = catalogue.policyFor(state.text(CaseField::Service), priorityOf(state, catalogue), department,
                                       state.text(CaseField::Area), start, state.text(CaseField::Crew));
    const bool cancelling = isCancelling(state);
    const auto cancel = [&](OneClock& one) {
        if (cancelling && one.exists() && one.run.settled == SlaState::Met && one.finished == closed)
            one.run.settled = SlaState::Cancelled;
    };
    const auto imported = sane(state.instant(CaseField::DueOverride));
    if (imported) {
        c.imported = true;
        c.resolve.run = importedClock(start, imported, resolved);
        cancel(c.resolve);
    }
    if (c.policy == nullptr) return c;
    c.spans = pausesOf(state, catalogue, start);
    c.hours = catalogue.hoursFor(*c.policy, department);
    const auto run = [&](TargetKind kind, OneClock& one) {
        const auto* target = targetOf(*c.policy, kind);
        if (target == nullptr || target->amount < 1 || !one.start) return;
        one.run = runClock(one.start, CountedTime(*target, c.hours, catalogue.timeZone()), c.policy->warnPercent,
                           standsStill(kind) ? std::span<const Span>(c.spans) : std::span<const Span>(), one.finished);
        if (kind != TargetKind::Acknowledge) cancel(one);
    };
    run(TargetKind::Acknowledge, c.acknowledge), run(TargetKind::Respond, c.respond);
    run(TargetKind::NextResponse, c.nextResponse), run(TargetKind::Close, c.close);
    if (!imported) run(TargetKind::Resolve, c.resolve);
    return c;
}

SlaClock clockOf(TargetKind kind, const CaseClocks& c) {
    const auto& one = c.of(kind);
    const bool imported = c.imported && kind == TargetKind::Resolve;
    SlaClock out{kind,
                 imported ? nullptr : c.policy,
                 one.start,
                 one.run.due,
                 one.run.warn,
                 one.finished,
                 one.run.settled,
                 one.run.paused,
                 {},
                 one.run.pausedUntil,
                 imported};
    for (std::size_t i = 0; i < one.run.pauses; ++i)
        out.pauses.push_back({c.spans[i].from, c.spans[i].to, *c.spans[i].reason});
    return out;
}

constexpr std::array kKinds{TargetKind::Acknowledge, TargetKind::Respond, TargetKind::NextResponse, TargetKind::Resolve,
                            TargetKind::Close};
constexpr std::array<std::string_view, 5> kKindCodes{"acknowledge", "respond", "next_response", "resolve", "close"};

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

std::string_view code(TargetKind kind) {
    return kKindCodes[static_cast<std::size_t>(std::ranges::find(kKinds, kind) - kKinds.begin())];
}
std::optional<TargetKind> targetKindFromCode(std::string_view text) {
    const auto at = std::ranges::find(kKindCodes, text);
    if (at == kKindCodes.end()) return std::nullopt;
    return kKinds[static_cast<std::size_t>(at - kKindCodes.begin())];
}

const SlaTarget* targetOf(const SlaPolicy& policy, TargetKind kind) {
    const auto& target = [&]() -> const std::optional<SlaTarget>& {
        switch (kind) {
            case TargetKind::Acknowledge: return policy.acknowledge;
            case TargetKind::Respond: return policy.respond;
            case TargetKind::NextResponse: return policy.nextResponse;
            case TargetKind::Close: return policy.close;
            case TargetKind::Resolve: break;
        }
        return policy.resolve;
    }();
    return target ? &*target : nullptr;
}

DerivedCase shownAs(const SlaClock& clock) {
    return {{}, clock.due, clock.warn, clock.paused, clock.settled, clock.pausedUntil};
}

std::vector<SlaClock> computeClocks(const CaseState& state, const Catalogue& catalogue) {
    std::vector<SlaClock> out;
    const auto c = runClocks(state, catalogue);
    for (const auto kind : kKinds)
        if (c.of(kind).exists()) out.push_back(clockOf(kind, c));
    return out;
}

Instant atPercent(const SlaClock& clock, const CaseState& state, const Catalogue& catalogue, int percent) {
    if (clock.policy == nullptr) return clock.start < clock.due ? share(clock.start, clock.due, percent) : clock.due;
    const auto* target = targetOf(*clock.policy, clock.kind);
    if (target == nullptr) return {};
    const CountedTime time(*target, catalogue.hoursFor(*clock.policy, state.text(CaseField::Department)),
                           catalogue.timeZone());
    const auto due = time.due(clock.start);
    if (!due) return {};
    const auto at = time.after(clock.start, time.between(clock.start, due) * percent / 100);
    if (!standsStill(clock.kind)) return at;
    Run run;
    const auto moved = pushed(at, time, pausesOf(state, catalogue, startOf(state)), clock.finished, &run);
    return run.paused && !run.pausedUntil ? Instant{} : moved;
}

Instant atMinutes(const SlaClock& clock, const CaseState& state, const Catalogue& catalogue, int minutes) {
    if (clock.paused && !clock.pausedUntil) return {};
    const auto* hours =
        clock.policy != nullptr ? catalogue.hoursFor(*clock.policy, state.text(CaseField::Department)) : nullptr;
    const Millis length = std::chrono::minutes{minutes};
    if (hours == nullptr) return clock.due + length;
    return minutes < 0 ? hours->before(clock.due, -length) : hours->after(clock.due, length);
}

DerivedCase SlaDeriver::derive(const CaseState& state) const {
    const auto c = runClocks(state, *m_catalogue);
    DerivedCase out;
    const auto owed = [&](const OneClock& one) {
        if (one.runs() && (!out.respondDue || one.run.due < out.respondDue)) out.respondDue = one.run.due;
    };
    owed(c.acknowledge), owed(c.respond), owed(c.nextResponse);
    // What the queues show: the work, or the closing where nothing is said about the work.
    const auto& main = c.resolve.exists() ? c.resolve : c.close;
    if (main.exists()) {
        out.due = main.run.due;
        out.warn = main.run.warn;
        out.paused = main.run.paused;
        out.settled = main.run.settled;
        out.pausedUntil = main.run.pausedUntil;
    }
    if (!state.isOpenedYet() || state.status == Status::Closed) return out;
    if (state.text(CaseField::Owner).empty() && state.text(CaseField::Crew).empty() &&
        state.text(CaseField::Department).empty())
        out.stalled |= kNoOwner;
    const bool anyRuns = std::ranges::any_of(kKinds, [&](TargetKind kind) { return c.of(kind).runs(); });
    if (!anyRuns) out.stalled |= kNoClock;
    if (!wakesUp(state, *m_catalogue)) out.stalled |= kNoNextStep;
    std::vector<SlaClock> running;
    if (!m_catalogue->ladders().empty())
        for (const auto kind : kKinds)
            if (c.of(kind).runs()) running.push_back(clockOf(kind, c));
    out.alarm = nextAlarm(state, running, *m_catalogue);
    for (const auto& e : state.escalations)
        if (e.raised.dot.seq != 0 && e.acknowledged.dot.seq == 0)
            out.escalated = std::max(out.escalated, static_cast<std::uint8_t>(e.level));
    return out;
}

Instant expectedBy(const Catalogue& catalogue, std::string_view service, Priority priority, std::string_view department,
                   std::string_view area, Instant now) {
    const auto* policy = catalogue.policyFor(service, priority, department, area, now);
    if (policy == nullptr || !policy->resolve) return {};
    return dueAfter(now, *policy->resolve, catalogue.hoursFor(*policy, department), catalogue.timeZone());
}

}  // namespace wl::rules
