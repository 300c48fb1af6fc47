// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the clocks of a case come to, as far as queues need it. Derived from events, policy and calendar versions;
// kept in the case row only so that a million rows can be filtered, and recomputed whenever one of those changes.

#include "domain/case_state.hpp"

namespace wl {

struct DerivedCase {
    Instant respondDue;  ///< first response is due; none if answered or no target
    Instant due;  ///< work is due; kept after it is met or breached; moves while paused only when time resumes
    Instant warn;  ///< from here the running clock counts as at risk
    bool paused{};  ///< the clock stands still
    SlaState settled{};  ///< None: no target. OnTrack: still running or paused. Met or Breached: finished.
    bool operator==(const DerivedCase&) const = default;
};

/// The state to show at an instant. One boundary rule: exactly at `due` is still in time, a millisecond later is not.
[[nodiscard]] constexpr SlaState slaStateAt(const DerivedCase& d, Instant now) {
    if (d.settled != SlaState::OnTrack) return d.settled;
    if (d.paused) return SlaState::Paused;
    if (now > d.due) return SlaState::Breached;
    if (now >= d.warn) return SlaState::AtRisk;
    return SlaState::OnTrack;
}
/// The next instant at which slaStateAt gives another answer by time alone; none if never.
[[nodiscard]] constexpr Instant nextStateChange(const DerivedCase& d, Instant now) {
    if (d.settled != SlaState::OnTrack || d.paused) return {};
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
