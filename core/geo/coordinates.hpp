// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Places on the earth and on the Web-Mercator unit square.

#include <compare>
#include <cstdint>

#include "domain/geo_point.hpp"

namespace wl::geo {

/// A point of the Web-Mercator unit square: x grows east, y grows south, both 0…1.
struct WorldPoint {
    double x{};
    double y{};
    bool operator==(const WorldPoint&) const = default;
};

struct WorldRect {
    double left{}, top{}, right{}, bottom{};
    bool operator==(const WorldRect&) const = default;
    [[nodiscard]] bool contains(WorldPoint p) const {
        return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom;
    }
    [[nodiscard]] bool intersects(const WorldRect& o) const {
        return left <= o.right && o.left <= right && top <= o.bottom && o.top <= bottom;
    }
};

/// WGS84 to Web-Mercator; latitudes beyond ±85.0511° are clamped.
[[nodiscard]] WorldPoint toWorld(GeoPoint p);
[[nodiscard]] GeoPoint toGeo(WorldPoint p);
/// Great-circle distance in metres on a sphere of 6,371,008.8 m.
[[nodiscard]] double distanceMetres(GeoPoint a, GeoPoint b);

}  // namespace wl::geo
