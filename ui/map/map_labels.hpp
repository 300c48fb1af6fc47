// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the names of a city stand at one zoom. Names of the city and its areas are placed once for the whole city;
// all others per *metatile*, a square of 4×4 tiles, and must lie inside it whole. So every tile that shows part of a
// label finds it in the same place, and nothing is cut at a seam.

#include <QPainterPath>
#include <QRectF>

#include <vector>

#include "ui/map/map_style.hpp"
#include "ui/map/tile_id.hpp"
#include "ui/map/tile_index.hpp"

namespace wl::ui {

/// A label in px of the world at its zoom (256·2^zoom).
struct PlacedLabel {
    LabelKind kind{};
    QPointF anchor;                   ///< origin of the path
    QPainterPath path;                ///< relative to the anchor
    QRectF box;                       ///< world px, without halo
    std::vector<QRectF> obstacles{};  ///< world px; what the label keeps free
};

inline constexpr int kMetatileTiles = 4;

/// City and area names at `zoom`, for the whole city.
[[nodiscard]] std::vector<PlacedLabel> placeCityLabels(const TileIndex& index, int zoom);
/// All other names inside one metatile, kept clear of `cityLabels`.
[[nodiscard]] std::vector<PlacedLabel> placeMetatileLabels(const TileIndex& index, int zoom, int metaX, int metaY,
                                                           const std::vector<PlacedLabel>& cityLabels);

}  // namespace wl::ui
