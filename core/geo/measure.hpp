// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Lengths and surfaces of what is drawn on the map.

#include <span>

#include "geo/coordinates.hpp"

namespace wl::geo {

/// Along the corners, in metres, great circles between them.
[[nodiscard]] double pathMetres(std::span<const WorldPoint> corners);
/// Of the polygon (closed by itself), in square metres on the sphere; its direction does not matter. 0 below three
/// corners. Formula: R. Chamberlain, W. Duquette, Some algorithms for polygons on a sphere (JPL 07-03), eq. 2.
[[nodiscard]] double areaSquareMetres(std::span<const WorldPoint> corners);

}  // namespace wl::geo
