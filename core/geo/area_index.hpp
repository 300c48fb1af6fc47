// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Answers "which district and ward is this point in" for the areas of one CityMap.

#include <cstdint>
#include <string_view>
#include <vector>

#include "geo/city_map.hpp"

namespace wl::geo {

/// Holds the edges of all areas in a coarse grid. Immutable and safe to share between threads; keeps the map alive.
///
/// A point is inside by the even-odd rule over all rings of an area. Border rule: an edge belongs to the side that
/// lies east of it, and a horizontal one to the side south of it, so areas that share a border never both hold a
/// point of it and never both miss it.
class AreaIndex {
public:
    explicit AreaIndex(CityMapPtr map);

    /// Indices into CityMap::areas of every area that holds the point, ascending; empty outside of all.
    [[nodiscard]] std::vector<std::uint32_t> areasAt(GeoPoint at) const { return areasAt(toWorld(at)); }
    [[nodiscard]] std::vector<std::uint32_t> areasAt(WorldPoint at) const;
    /// The first area of that kind that holds the point; null when there is none.
    [[nodiscard]] const Area* areaAt(GeoPoint at, std::string_view kind) const;

private:
    struct Edge {
        WorldPoint a, b;
        std::uint32_t area{};
    };
    static constexpr std::size_t bandCount = 512;

    [[nodiscard]] std::size_t bandOf(double y) const;

    CityMapPtr m_map;
    double m_top{};
    double m_bandsPerUnit{};
    std::vector<std::uint32_t> m_bandStarts;  ///< into m_edges; bandCount + 1 entries
    std::vector<Edge> m_edges;                ///< per band, ordered by area
};

}  // namespace wl::geo
