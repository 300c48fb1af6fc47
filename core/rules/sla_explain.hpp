// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Why a clock is due when it is due: the policy and why it won, and every stretch between start and due that counted,
// stood still, or lay outside the hours. The counted stretches add up to the target.

#include <string>
#include <vector>

#include "rules/sla.hpp"

namespace wl::rules {

struct ExplainedStretch {
    enum class Kind : std::uint8_t { Counted, Paused, Holiday, Closure };
    Kind kind{};
    Instant from, to;
    Millis counted{};   ///< of it; 0 for all but Counted
    std::string name;   ///< of the holiday or closure; code of the pause reason
};

struct Explanation {
    SlaClock clock;
    std::string calendar;               ///< code; empty: around the clock
    std::vector<std::string> because;  ///< what the policy names and the case has: "service=pothole", "valid_from=…"
    std::vector<std::string> passedOver;  ///< codes of policies that match too but are less specific, best first
    std::vector<ExplainedStretch> stretches;  ///< by time
    Millis counted{};  ///< sum
};

/// One a clock of the case, in the order of computeClocks.
[[nodiscard]] std::vector<Explanation> explainClocks(const CaseState& state, const Catalogue& catalogue);

}  // namespace wl::rules
