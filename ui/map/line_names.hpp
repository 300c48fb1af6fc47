// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A street is often many features that share a name. For its label the pieces are cut to a window and joined again.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "geo/city_map.hpp"

namespace wl::ui {

struct NamedLine {
    std::uint32_t name{};
    geo::FeatureClass cls{};
    std::vector<geo::WorldPoint> points;
};

/// The named lines of `features` inside `window`, larger classes first, then longer ones; the order is fixed for one
/// city. `wanted` says which classes take part.
[[nodiscard]] std::vector<NamedLine> namedLines(const geo::CityMap& city, std::span<const std::uint32_t> features,
                                                const geo::WorldRect& window,
                                                const std::function<bool(geo::FeatureClass)>& wanted);

/// The parts of a line that lie in the window, with new points where it is crossed.
[[nodiscard]] std::vector<std::vector<geo::WorldPoint>> clipLine(std::span<const geo::WorldPoint> line,
                                                                 const geo::WorldRect& window);

}  // namespace wl::ui
