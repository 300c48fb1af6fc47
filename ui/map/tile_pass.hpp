// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Draws the ground, lines and buildings of one tile. Lives for that one drawing.

#include <QPolygonF>

#include <cstdint>
#include <vector>

#include "ui/map/map_style.hpp"
#include "ui/map/tile_id.hpp"
#include "ui/map/tile_index.hpp"

class QPainter;

namespace wl::ui {

class TilePass {
public:
    TilePass(QPainter& painter, const TileIndex& index, TileId id, const MapStyle& style);
    /// Polygons, then area borders, then the edges of all streets, then their cores in class order, then bridges.
    void draw();

private:
    [[nodiscard]] QPointF local(geo::WorldPoint p) const { return {p.x * m_scale - m_x, p.y * m_scale - m_y}; }
    /// Tile px; points closer than half a px to the last are left out.
    [[nodiscard]] QPolygonF points(std::span<const geo::WorldPoint> line) const;
    /// The sea does not end at the edge of the map's data: points on that edge are moved far out.
    [[nodiscard]] QPolygonF seaPoints(std::span<const geo::WorldPoint> ring) const;
    void drawPolygon(const geo::Feature& f, const FeatureStyle& style);
    void drawCasing(const geo::Feature& f, const FeatureStyle& style);
    void drawCore(const geo::Feature& f, const FeatureStyle& style);
    /// `road` is the class of the road that it carries.
    void drawBridge(const geo::Feature& f, geo::FeatureClass road);
    void drawAreaBorders();
    [[nodiscard]] bool isOnEdge(geo::WorldPoint a, geo::WorldPoint b) const;

    QPainter& m_painter;
    const TileIndex& m_index;
    const geo::CityMap& m_city;
    const MapStyle& m_style;
    TileId m_id;
    double m_zoom, m_scale, m_x, m_y;
};

}  // namespace wl::ui
