// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/picture_tiles.hpp"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {

constexpr int kDeepest = 4;  // levels below a tile: 256 pictures at most are put together into one
constexpr QColor kDim(0, 0, 0, 110);

QImage decoded(const std::string& bytes) {
    return QImage::fromData(reinterpret_cast<const uchar*>(bytes.data()), static_cast<int>(bytes.size()));
}

}  // namespace

void PictureTiles::draw(QPainter& painter, TileId id, bool dark, double dpr) const {
    const auto& f = m_file->facts();
    // A tile of 512 px is four pictures of 256 of the next zoom, or sixteen where a px is two of the screen's.
    const int wanted = id.z + (dpr > 1.5 ? 2 : 1);
    const int zoom = std::clamp(wanted, f.minZoom, f.maxZoom);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (zoom <= id.z) {  // a part of one picture, made larger
        const int up = id.z - zoom;
        const auto picture = decoded(m_file->tile(zoom, id.x >> up, id.y >> up));
        const double part = std::ldexp(picture.width(), -up);
        const QRectF source((id.x - ((id.x >> up) << up)) * part, (id.y - ((id.y >> up) << up)) * part, part, part);
        if (!picture.isNull()) painter.drawImage(QRectF(0, 0, kTilePixels, kTilePixels), picture, source);
    } else if (zoom - id.z <= kDeepest) {
        const int down = zoom - id.z, side = 1 << down;
        const double px = double(kTilePixels) / side;
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const auto picture = decoded(m_file->tile(zoom, (id.x << down) + x, (id.y << down) + y));
                if (!picture.isNull()) painter.drawImage(QRectF(x * px, y * px, px, px), picture);
            }
    }
    if (dark) painter.fillRect(QRectF(0, 0, kTilePixels, kTilePixels), kDim);
    painter.restore();
}

PictureTilesPtr groundPictures(const engine::Engine& engine, const PictureTilesPtr& known) {
    std::error_code none;
    const auto written = std::filesystem::last_write_time(engine::groundTilesFile(engine), none);
    if (none) return {};
    if (known && known->written() == written) return known;
    auto file = engine::groundTiles(engine);
    return file ? std::make_shared<const PictureTiles>(std::move(file), written) : nullptr;
}

}  // namespace wl::ui
