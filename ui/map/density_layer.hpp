// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How close together the cases lie: as heat, or as hexagons that are counted and stay where they are when the map is
// moved. Lies below the names of the map.

#include "ui/map/issue_layers.hpp"
#include "ui/map/map_kinds.hpp"

namespace wl::ui {

class DensityLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit DensityLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    /// Heat, Hexagons, or nothing.
    void setLayer(MapLayer layer);

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    MapLayer m_layer = MapLayer::Cases;
};

/// A hexagon with its pointed end up: its column and row in a grid over the world, and the cases in it.
struct HexCell {
    std::int64_t column{}, row{};
    std::uint32_t count{};
};

inline constexpr double kHexRadius = 24;  ///< px, at a whole zoom

/// The cells inside `view` that hold cases; a cell is the same whatever part of the city is seen.
[[nodiscard]] std::vector<HexCell> hexCells(const IssueIndex& issues, const Viewport& view);

}  // namespace wl::ui
