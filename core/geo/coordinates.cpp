// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/coordinates.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/distance.hpp"

namespace wl::geo {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double maxLatitude = 85.051128779806604;

double radians(double degrees) { return degrees * pi / 180.0; }

}  // namespace

// Spherical Mercator, as in EPSG:3857, scaled to the unit square.
WorldPoint toWorld(GeoPoint p) {
    const double s = std::sin(radians(std::clamp(p.lat(), -maxLatitude, maxLatitude)));
    const double y = 0.5 - std::log((1.0 + s) / (1.0 - s)) / (4.0 * pi);
    return {p.lon() / 360.0 + 0.5, std::clamp(y, 0.0, 1.0)};
}

GeoPoint toGeo(WorldPoint p) {
    const double lat = std::atan(std::sinh(pi * (1.0 - 2.0 * p.y))) * 180.0 / pi;
    return GeoPoint::of(lat, (p.x - 0.5) * 360.0);
}

double distanceMetres(GeoPoint a, GeoPoint b) { return metresBetween(a, b); }

}  // namespace wl::geo
