// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything of the demo city that is neither street nor house: sea, beaches, greens and their paths, docks, rails.

#include "geo/demo/houses.hpp"
#include "geo/demo/map_writer.hpp"

namespace wl::geo::demo {

/// Parks' paths, dock roads and sheds, which keep house builders away from them.
void layScenery(const Plan& plan, const Streets& streets, Raster& taken, MapWriter& out, std::uint64_t seed);

}  // namespace wl::geo::demo
