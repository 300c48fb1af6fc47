// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Distances on the ground.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/geo_point.hpp"

namespace wl {

inline constexpr double kEarthRadius = 6'371'008.8;  ///< metres, IUGG mean

/// Metres between two places. Haversine formula: stable for the short distances of a city.
[[nodiscard]] inline double metresBetween(GeoPoint a, GeoPoint b) {
    constexpr double toRadians = std::numbers::pi / 180;
    const double sinLat = std::sin((b.lat() - a.lat()) * toRadians / 2);
    const double sinLon = std::sin((b.lon() - a.lon()) * toRadians / 2);
    const double h = sinLat * sinLat + std::cos(a.lat() * toRadians) * std::cos(b.lat() * toRadians) * sinLon * sinLon;
    return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace wl
