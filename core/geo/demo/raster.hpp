// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What already stands on each 2 × 2 m of the demo city, so that no house is put into a road, a river or a house.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/demo/geometry.hpp"

namespace wl::geo::demo {

class Raster {
public:
    static constexpr std::uint8_t water = 1, road = 2, green = 4, building = 8, rail = 16;

    Raster(double width, double height);

    void fill(std::span<const Vec> ring, std::uint8_t bits);
    void stroke(std::span<const Vec> line, double halfWidth, std::uint8_t bits);
    /// The bits of all cells that the convex ring touches; outside of the city counts as water.
    [[nodiscard]] std::uint8_t under(std::span<const Vec> ring) const;
    [[nodiscard]] std::uint8_t at(Vec p) const;

private:
    static constexpr double cell = 2;
    template <class Visit>
    void forEachRow(std::span<const Vec> ring, Visit visit) const;

    std::int64_t m_columns;
    std::int64_t m_rows;
    std::vector<std::uint8_t> m_cells;
};

}  // namespace wl::geo::demo
