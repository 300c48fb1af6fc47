// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Draws finished picture tiles (MBTiles) as the ground of the map. Const and safe to call from several threads.

#include <filesystem>
#include <memory>

#include "engine/ground_tiles.hpp"
#include "ui/map/tile_id.hpp"

class QPainter;

namespace wl::ui {

class PictureTiles {
public:
    explicit PictureTiles(std::shared_ptr<const store::TileFile> file, std::filesystem::file_time_type written = {})
        : m_file(std::move(file)), m_written(written) {}

    [[nodiscard]] const store::TileFile::Facts& facts() const { return m_file->facts(); }
    [[nodiscard]] std::filesystem::file_time_type written() const { return m_written; }
    /// Paints what is known of a tile: pictures of the zoom that fits `dpr`, or of the nearest that the file has. Where
    /// it has none, nothing is painted. In the dark theme pictures are dimmed.
    void draw(QPainter& painter, TileId id, bool dark, double dpr) const;

private:
    std::shared_ptr<const store::TileFile> m_file;
    std::filesystem::file_time_type m_written;
};

using PictureTilesPtr = std::shared_ptr<const PictureTiles>;

/// The pictures that lie beside a replica; null if there are none. `known` where they are still the same.
[[nodiscard]] PictureTilesPtr groundPictures(const engine::Engine& engine, const PictureTilesPtr& known);

}  // namespace wl::ui
