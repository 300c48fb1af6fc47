// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A piece of the city's map as a picture (SVG), and which place a click on it means.

#include <optional>
#include <string>

#include "domain/geo_point.hpp"
#include "geo/city_map.hpp"

namespace wl::engine::web {

inline constexpr int kPicture = 288;  ///< pixels a side: a window of 320 holds it
inline constexpr int kLeastZoom = 10, kMostZoom = 18;

struct View {
    GeoPoint centre;
    int zoom{14};
};
/// The whole city.
[[nodiscard]] View viewOf(const geo::CityMap& map);
[[nodiscard]] GeoPoint pointAt(const View& view, double x, double y);
/// The view a step of a third of the picture away.
[[nodiscard]] View moved(const View& view, int east, int south);
[[nodiscard]] std::string mapPicture(const geo::CityMap& map, const View& view, std::optional<GeoPoint> pin);

}  // namespace wl::engine::web
