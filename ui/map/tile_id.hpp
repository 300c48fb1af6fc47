// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names a square of the map.

#include <cmath>
#include <compare>

#include "geo/coordinates.hpp"

namespace wl::ui {

inline constexpr int kTilePixels = 512;

/// Tile x/y of the square grid with 2^z tiles a side; it is seen 1:1 at zoom z + 1 of 256·2^zoom.
struct TileId {
    int z{}, x{}, y{};
    auto operator<=>(const TileId&) const = default;

    [[nodiscard]] int zoom() const { return z + 1; }
    [[nodiscard]] geo::WorldRect area() const {
        const double side = std::ldexp(1.0, -z);
        return {x * side, y * side, (x + 1) * side, (y + 1) * side};
    }
    /// The tile that holds this one, `levels` up.
    [[nodiscard]] TileId parent(int levels) const { return {z - levels, x >> levels, y >> levels}; }
};

}  // namespace wl::ui
