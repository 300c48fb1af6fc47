// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Side streets: every zone of the plan is covered by two families of crossing lines, bent and thinned out by its
// pattern, then cut to the ground where a street may lie.

#include <functional>
#include <string>
#include <vector>

#include "geo/demo/plan.hpp"

namespace wl::geo::demo {

/// One street: one name along all its pieces. Unnamed ones (alleys, paths, ramps) have an empty name.
struct Way {
    FeatureClass cls{};
    Style style{};
    Theme theme{};
    bool isClose{};     ///< a dead end
    bool isRamp{};
    bool isNumbered{};  ///< named by its ordinal
    int ordinal{};
    std::string name;
    std::vector<Line> pieces;
};

/// A block given over to something else than houses along streets.
struct Block {
    FeatureClass cls{};
    Line ring;
};

struct Streets {
    std::vector<Way> streets;  ///< main roads first
    std::vector<Block> blocks;
};

/// The parts of a line that `takes` allows, ended within a centimetre of where it stops doing so; parts shorter than
/// 38 m fall away.
[[nodiscard]] std::vector<Line> cut(const Line& line, const std::function<bool(Vec)>& takes);

[[nodiscard]] Streets makeStreets(const Plan& plan, std::uint64_t seed);

}  // namespace wl::geo::demo
