// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What rules have to do to a case by now, as commands (rules/duty.hpp decides).

#include <vector>

#include "engine/commands.hpp"
#include "store/views.hpp"

namespace wl::engine {

[[nodiscard]] std::vector<Command> dutyCommands(const store::CaseDetail& detail, const rules::Catalogue& catalogue,
                                                Instant now);

/// How long each department answered for a case: from its opening until it was closed, or now.
struct HeldBy {
    std::string department;
    Millis held{};
    int times{};
};
[[nodiscard]] std::vector<HeldBy> heldByDepartment(const std::vector<store::TimelineEntry>& timeline, Instant now);

}  // namespace wl::engine
