// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a rule does to a case when its hour comes: a pause that ends by itself, a hand-off that nobody answers, a step
// of an escalation ladder. Pure: the same on every console, so whoever does it first does it for the whole city.

#include <string_view>
#include <vector>

#include "rules/sla.hpp"

namespace wl::rules {

struct DueAction {
    enum class Kind : std::uint8_t { WakeUp, Bounce, Escalate };
    Kind kind{};
    Instant at;               ///< when its hour came
    Status to{};              ///< WakeUp: where the case goes
    EscalationRaised raised;  ///< Escalate; `at` is not set
};

/// Everything that is due at `now` and has not been done, by instant.
[[nodiscard]] std::vector<DueAction> dueActions(const CaseState& state, const Catalogue& catalogue, Instant now);

/// When the next of them falls due; none if nothing will. `running` are the case's clocks that are not settled.
[[nodiscard]] Instant nextAlarm(const CaseState& state, const std::vector<SlaClock>& running,
                                const Catalogue& catalogue);

/// When a case that waits or is planned goes on by itself; none if it does not stand so, or has no date.
[[nodiscard]] Instant wakeUpOf(const CaseState& state, const Catalogue& catalogue);
/// False for a case that waits, or is planned, without end.
[[nodiscard]] bool wakesUp(const CaseState& state, const Catalogue& catalogue);

/// The staff code behind a role of a ladder's step for this case; empty if nobody has it.
[[nodiscard]] std::string recipientOf(std::string_view role, const CaseState& state, const Catalogue& catalogue);

/// The reason for a pause on a desk whose catalogue has none; it stops no clock.
inline constexpr std::string_view kPlainPause{"waiting"};

/// Whether this person may pause a case for that reason; nobody of the staff (null) may use any.
[[nodiscard]] bool mayUse(const PauseReason& reason, const StaffMember* who);

}  // namespace wl::rules
