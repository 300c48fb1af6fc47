// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which features and addresses of a city lie in a rectangle: a grid over its bounds, built once, never changed.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/city_map.hpp"

namespace wl::ui {

class TileIndex {
public:
    /// `city` must not be null. About 0.1 s for 100,000 features: build it off the GUI thread.
    explicit TileIndex(geo::CityMapPtr city);

    [[nodiscard]] const geo::CityMap& city() const { return *m_city; }
    /// The sea goes on for this many city widths beyond the data.
    static constexpr double seaReach = 3;
    /// Where there is anything to draw.
    [[nodiscard]] const geo::WorldRect& extent() const { return m_extent; }
    /// Features whose bounds touch `rect`, ascending, so in drawing order.
    [[nodiscard]] std::vector<std::uint32_t> features(const geo::WorldRect& rect, bool withBuildings = true) const;
    /// Addresses inside `rect`, ascending.
    [[nodiscard]] std::vector<std::uint32_t> addresses(const geo::WorldRect& rect) const;
    /// Where the name of a polygon goes: a point well inside it and outside of its holes.
    struct LabelRoom {
        geo::WorldPoint at;
        double width;  ///< world units inside the polygon, left and right of it
    };
    [[nodiscard]] LabelRoom labelRoom(const geo::Feature& polygon) const;

private:
    struct Cells {
        std::vector<std::uint32_t> starts;
        std::vector<std::uint32_t> items;
    };
    struct Range {
        int x0, y0, x1, y1;
    };

    [[nodiscard]] Range cellsOf(const geo::WorldRect& rect) const;
    template <class Visit>
    void eachCell(const geo::WorldRect& rect, Visit visit) const;
    template <class RectOf>
    [[nodiscard]] Cells fill(std::size_t count, RectOf rectOf) const;

    geo::CityMapPtr m_city;
    geo::WorldRect m_extent;
    std::vector<std::uint32_t> m_sea;   ///< part of every tile
    std::vector<std::uint32_t> m_wide;  ///< features that cover so many cells that they are tested one by one
    Cells m_features;   ///< all but buildings
    Cells m_buildings;  ///< nine features of ten, and not drawn from afar
    Cells m_addresses;
    std::vector<geo::WorldPoint> m_addressAt;
};

}  // namespace wl::ui
