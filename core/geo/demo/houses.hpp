// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Houses along every street, on both sides, odd numbers on the left and even ones on the right; and what stands
// behind them.

#include <vector>

#include "geo/demo/raster.hpp"
#include "geo/demo/streets.hpp"

namespace wl::geo::demo {

struct HouseNumber {
    std::size_t way{};  ///< into Streets::streets
    int number{};
    Vec at;             ///< just inside of the front wall
};

struct Houses {
    std::vector<Line> footprints;
    std::vector<HouseNumber> numbers;
};

/// Half of what a road takes up with its pavements, in metres.
[[nodiscard]] double halfWidthOf(FeatureClass cls);
/// What is taken before the first house stands.
[[nodiscard]] Raster takenGround(const Plan& plan, const Streets& streets);
[[nodiscard]] Houses makeHouses(const Plan& plan, const Streets& streets, Raster& taken, std::uint64_t seed);

}  // namespace wl::geo::demo
