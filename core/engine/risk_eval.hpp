// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How far the risk model can be believed: it is made anew at several past moments from what was known by then, and its
// forecasts for the cases open at that moment are held against what happened.

#include <array>

#include "engine/risk_model.hpp"
#include "store/reader.hpp"

namespace wl::engine {

struct RiskBin {
    int cases{};
    double predicted{};  ///< mean chance of being late
    double observed{};   ///< share that was late
};

struct RiskReport {
    int moments{}, cases{}, late{};
    std::array<RiskBin, 10> bins{};
    double brier{};      ///< mean squared error of the chance; smaller is better
    double baseline{};   ///< the same for a forecast that always says the overall share
    int inInterval{}, intervals{};  ///< closings that fell between early and late (8 in 10 should)
    int flagged{}, flaggedLate{};   ///< chance of one half or more, while the clock was not at risk yet
};

/// `cases` in any order; those without a due date count for learning alone.
[[nodiscard]] Result<RiskReport> evaluateRisk(store::Reader& reader, std::span<const CaseKey> cases);

}  // namespace wl::engine
