// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Meridians and parallels at round degrees, for a map without a city.

#include <vector>

#include "geo/coordinates.hpp"

namespace wl::ui {

struct Graticule {
    std::vector<double> meridians;  ///< world x
    std::vector<double> parallels;  ///< world y
};

/// The lines that cross `area`, 100 to 250 px apart at `zoom`.
[[nodiscard]] Graticule graticule(const geo::WorldRect& area, double zoom);

}  // namespace wl::ui
