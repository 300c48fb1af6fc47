// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the clocks of a case come to, as far as queues need it. Derived from events, policy and calendar versions;
// kept in the case row only so that a million rows can be filtered, and recomputed whenever one of those changes.

#include "domain/case_state.hpp"

namespace wl {

/// Why an open case may come to a standstill; bits.
enum Stall : std::uint8_t {
    kNoOwner = 1,     ///< neither a person, nor a crew, nor a department answers for it
    kNoClock = 2,     ///< no target runs
    kNoNextStep = 4,  ///< it waits, or is planned, without a date at which it wakes up
};

struct DerivedCase {
    Instant
        respondDue;  ///< the earliest word that is owed to the requester: acknowledgement or answer; none if none is
    Instant due;  ///< work is due; kept after it is met or breached; moves while paused only when time resumes
    Instant warn;  ///< from here the running clock counts as at risk
    bool paused{};  ///< the clock stands still
    SlaState settled{};  ///< None: no target. OnTrack: still running or paused. Met, Breached, Cancelled: finished.
    Instant pausedUntil{};  ///< the pause ends by itself then; `due` counts on that
    Instant alarm{};        ///< when a rule acts on the case next: wake-up, bounce, escalation
    std::uint8_t stalled{};    ///< Stall bits
    std::uint8_t escalated{};  ///< highest level that nobody has acknowledged; 0 = none
    bool operator==(const DerivedCase&) const = default;
};

/// The state to show at an instant. One boundary rule: exactly at `due` is still in time, a millisecond later is not.
[[nodiscard]] constexpr SlaState slaStateAt(const DerivedCase& d, Instant now) {
    if (d.settled != SlaState::OnTrack) return d.settled;
    if (d.paused && (!d.pausedUntil || now < d.pausedUntil)) return SlaState::Paused;
    if (now > d.due) return SlaState::Breached;
    if (now >= d.warn) return SlaState::AtRisk;
    return SlaState::OnTrack;
}
/// The next instant at which slaStateAt gives another answer by time alone; none if never.
[[nodiscard]] constexpr Instant nextStateChange(const DerivedCase& d, Instant now) {
    if (d.settled != SlaState::OnTrack) return {};
    if (d.paused && (!d.pausedUntil || now < d.pausedUntil)) return d.pausedUntil;
    if (now < d.warn) return d.warn;
    if (now <= d.due) return d.due + Millis{1};
    return {};
}

/// Rules as the store sees them: a pure function that the engine supplies.
class CaseDeriver {
public:
    virtual ~CaseDeriver() = default;
    [[nodiscard]] virtual DerivedCase derive(const CaseState& state) const = 0;
};

}  // namespace wl
