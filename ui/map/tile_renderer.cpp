// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/tile_renderer.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/map/graticule.hpp"
#include "ui/map/issue_index.hpp"
#include "ui/map/tile_pass.hpp"
#include "ui/map/viewport.hpp"

namespace wl::ui {
namespace {

constexpr std::size_t kKeptLabelSets = 48;
constexpr double kHaloReach = 4;

double haloWidth(LabelKind kind) {
    switch (kind) {
        case LabelKind::HouseNumber:
        case LabelKind::Degree: return 2;
        case LabelKind::City:
        case LabelKind::Area: return 4;
        case LabelKind::Place:
        case LabelKind::Street:
        case LabelKind::Water:
        case LabelKind::Green: break;
    }
    return 3;
}

}  // namespace

TileRenderer::TileRenderer(geo::CityMapPtr city, PictureTilesPtr pictures)
    : m_index(city ? std::make_unique<const TileIndex>(std::move(city)) : nullptr), m_pictures(std::move(pictures)) {}

bool TileRenderer::hasContent(TileId id) const {
    if (!m_index || m_pictures) return true;  // the graticule, or pictures from anywhere
    // Names may reach over the edge of the outermost features, but not further than a metatile label is long.
    geo::WorldRect area = id.area();
    const double reach = (area.right - area.left) / 2;
    area = {area.left - reach, area.top - reach, area.right + reach, area.bottom + reach};
    return m_index->extent().intersects(area);
}

QImage TileRenderer::render(TileId id, bool dark, double dpr) const {
    const MapStyle& style = MapStyle::of(dark);
    const int side = static_cast<int>(std::lround(kTilePixels * dpr));
    QImage image(side, side, QImage::Format_RGB32);
    image.setDevicePixelRatio(dpr);
    image.fill(style.ground());
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_pictures) {
        m_pictures->draw(painter, id, dark, dpr);
    } else if (m_index) {
        TilePass(painter, *m_index, id, style).draw();
        if (id.zoom() >= kPinZoom) drawLabels(painter, id, style);  // farther off names are a layer of their own
    } else {
        drawGraticule(painter, id, style);
    }
    return image;
}

void TileRenderer::drawGraticule(QPainter& painter, TileId id, const MapStyle& style) const {
    const QPointF corner(double(id.x) * kTilePixels, double(id.y) * kTilePixels);
    const double scale = Viewport::worldPixels(id.zoom());
    const Graticule lines = graticule(id.area(), id.zoom());
    painter.setPen(QPen(style.graticule(), 1));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const double x : lines.meridians) {
        const double at = std::round(x * scale - corner.x());
        painter.drawLine(QPointF(at, 0), QPointF(at, kTilePixels));
    }
    for (const double y : lines.parallels) {
        const double at = std::round(y * scale - corner.y());
        painter.drawLine(QPointF(0, at), QPointF(kTilePixels, at));
    }
}

void TileRenderer::drawLabels(QPainter& painter, TileId id, const MapStyle& style) const {
    const QPointF corner(double(id.x) * kTilePixels, double(id.y) * kTilePixels);
    const QRectF tile(corner, QSizeF(kTilePixels, kTilePixels));
    const Labels own = metatileLabels(id.zoom(), id.x / kMetatileTiles, id.y / kMetatileTiles);
    const Labels city = cityLabels(id.zoom());
    for (const std::vector<PlacedLabel>* labels : {own.get(), city.get()}) {
        for (const PlacedLabel& label : *labels) {
            if (!label.box.adjusted(-kHaloReach, -kHaloReach, kHaloReach, kHaloReach).intersects(tile)) continue;
            painter.save();
            painter.translate(label.anchor - corner);
            paintLabel(painter, label, style);
            painter.restore();
        }
    }
}

std::vector<TileRenderer::Labels> TileRenderer::labels(const geo::WorldRect& area, int zoom) const {
    if (!m_index || m_pictures) return {};
    std::vector<Labels> sets{cityLabels(zoom)};
    const double metatiles = std::ldexp(1.0, zoom - 1) / kMetatileTiles;
    const auto cell = [&](double v) { return static_cast<int>(std::floor(std::clamp(v, 0.0, 0.999999) * metatiles)); };
    for (int y = cell(area.top); y <= cell(area.bottom); ++y)
        for (int x = cell(area.left); x <= cell(area.right); ++x) sets.push_back(metatileLabels(zoom, x, y));
    return sets;
}

void paintLabel(QPainter& painter, const PlacedLabel& label, const MapStyle& style) {
    // Painting fills caches inside a path, which other threads must not see: a path of its own, not a shared copy.
    QPainterPath path;
    path.setFillRule(label.path.fillRule());
    path.addPath(label.path);
    painter.strokePath(path, QPen(style.halo(), haloWidth(label.kind), Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    painter.fillPath(path, style.label(label.kind));
}

TileRenderer::Labels TileRenderer::cityLabels(int zoom) const {
    return cached({zoom, -1, -1}, [&] { return placeCityLabels(*m_index, zoom); });
}

TileRenderer::Labels TileRenderer::metatileLabels(int zoom, int x, int y) const {
    const Labels city = cityLabels(zoom);
    return cached({zoom, x, y}, [&] { return placeMetatileLabels(*m_index, zoom, x, y, *city); });
}

// Two threads that need one set at once: the second waits for the first instead of making it again.
template <class Make>
TileRenderer::Labels TileRenderer::cached(std::array<int, 3> key, Make make) const {
    std::shared_ptr<LabelSlot> slot;
    {
        const std::scoped_lock lock(m_mutex);
        auto& entry = m_labels[key];
        if (!entry) entry = std::make_shared<LabelSlot>();
        slot = entry;
        slot->used = ++m_use;
        if (m_labels.size() > kKeptLabelSets)
            m_labels.erase(std::ranges::min_element(m_labels, {}, [](const auto& e) { return e.second->used; }));
    }
    std::call_once(slot->once, [&] { slot->labels = std::make_shared<const std::vector<PlacedLabel>>(make()); });
    return slot->labels;
}

}  // namespace wl::ui
