// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A WGS84 position in ten-millionths of a degree (about 1.1 cm), so that it is exact in the log.

#include <cmath>
#include <compare>
#include <cstdint>

namespace wl {

struct GeoPoint {
    std::int32_t latE7{};
    std::int32_t lonE7{};
    auto operator<=>(const GeoPoint&) const = default;
    [[nodiscard]] double lat() const { return latE7 / 1e7; }
    [[nodiscard]] double lon() const { return lonE7 / 1e7; }
    [[nodiscard]] static GeoPoint of(double lat, double lon) {
        return {static_cast<std::int32_t>(std::lround(lat * 1e7)), static_cast<std::int32_t>(std::lround(lon * 1e7))};
    }
};

}  // namespace wl
