// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What citizens hear of by themselves: a rule writes, in the transaction of the step that it is about, on the console
// that took it. So it is written once, whoever hears of the step later.

#include <span>

#include "engine/planner.hpp"

namespace wl::engine {

/// A step of a case that citizens may hear of.
struct Happened {
    CaseId id;
    std::string event;    ///< as in templates
    std::string cause;    ///< names the step among those of the case
    std::string comment;  ///< what was said with it
    std::uint64_t takesBack{};  ///< instead of an event: the own step that was undone
};

/// The last such step of each case; its opening outweighs what follows at once.
[[nodiscard]] std::vector<Happened> happened(std::span<const store::OpDraft> ops);

/// Messages to all who reported the fault; none where the city's rules do not name the event. One without a text, or
/// that may not leave, is written all the same, with the reason. Of a step that was taken back: those of its messages
/// that have not left are cancelled.
[[nodiscard]] Result<Plan> planUpdates(const Happened& what, const PlanContext& context);

}  // namespace wl::engine
