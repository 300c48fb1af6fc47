// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Draws tiles of 512 px of a city with QPainter. Const and safe to call from several threads; the same tile always
// comes out the same, pixel for pixel.

#include <QImage>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "ui/map/map_labels.hpp"
#include "ui/map/map_style.hpp"
#include "ui/map/picture_tiles.hpp"
#include "ui/map/tile_id.hpp"
#include "ui/map/tile_index.hpp"

class QPainter;

namespace wl::ui {

class TileRenderer {
public:
    /// Without a city (null) tiles show plain ground with a graticule. Builds the index: call it off the GUI thread.
    /// With `pictures` these are the ground, and names are those in them.
    explicit TileRenderer(geo::CityMapPtr city, PictureTilesPtr pictures = {});

    /// 512·dpr px a side, opaque.
    [[nodiscard]] QImage render(TileId id, bool dark, double dpr) const;
    /// False where a tile is nothing but ground.
    [[nodiscard]] bool hasContent(TileId id) const;

    using Labels = std::shared_ptr<const std::vector<PlacedLabel>>;
    /// The names that stand in an area when it is seen at `zoom`; districts first.
    [[nodiscard]] std::vector<Labels> labels(const geo::WorldRect& area, int zoom) const;

private:
    struct LabelSlot {
        std::once_flag once;
        Labels labels;
        std::uint64_t used{};
    };

    void drawGraticule(QPainter& painter, TileId id, const MapStyle& style) const;
    void drawLabels(QPainter& painter, TileId id, const MapStyle& style) const;
    [[nodiscard]] Labels cityLabels(int zoom) const;
    [[nodiscard]] Labels metatileLabels(int zoom, int x, int y) const;
    template <class Make>
    [[nodiscard]] Labels cached(std::array<int, 3> key, Make make) const;

    std::unique_ptr<const TileIndex> m_index;
    PictureTilesPtr m_pictures;
    mutable std::mutex m_mutex;  ///< guards the two below; labels themselves never change
    mutable std::map<std::array<int, 3>, std::shared_ptr<LabelSlot>> m_labels;
    mutable std::uint64_t m_use{};
};

/// Draws a name with its halo; the painter's origin is the name's anchor.
void paintLabel(QPainter& painter, const PlacedLabel& label, const MapStyle& style);

}  // namespace wl::ui
