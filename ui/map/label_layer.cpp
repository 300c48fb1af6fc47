// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/label_layer.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/map/label_room.hpp"

namespace wl::ui {
namespace {

// Names of places may stand a little above or below; those along a line or in a small area stand where they are.
const std::vector<QPointF>& movesOf(LabelKind kind) {
    static const std::vector<QPointF> none{{0, 0}};
    static const std::vector<QPointF> some{{0, 0},    {0, 14},    {0, -14}, {0, 24},  {0, -24}, {18, 12}, {-18, 12},
                                           {18, -12}, {-18, -12}, {0, 34},  {0, -34}, {40, 0},  {-40, 0}};
    return kind == LabelKind::City || kind == LabelKind::Area || kind == LabelKind::Place ? some : none;
}

}  // namespace

void LabelLayer::setRenderer(TileRendererPtr renderer) {
    m_renderer = std::move(renderer);
    invalidate();
}

void LabelLayer::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    invalidate();
}

RasterOverlay::Paint LabelLayer::snapshot() const {
    if (!m_renderer || !m_active) return {};
    return [renderer = m_renderer, issues = issues(), furniture = furniture(), inner = viewport(),
            dark = isDark()](QPainter& painter, const Viewport& view) {
        if (view.zoom >= kPinZoom) return false;
        const MapStyle& style = MapStyle::of(dark);
        const int zoom = std::max(1, static_cast<int>(std::lround(view.zoom)));
        const double scale = std::exp2(view.zoom - zoom);
        const QPointF corner = QPointF(view.centre.x, view.centre.y) * view.worldPixels() -
                               QPointF(view.size.width(), view.size.height()) / 2;
        const auto discs = issues ? discsOf(*issues, view) : std::vector<Disc>{};
        auto taken = onPicture(furniture, inner, view);
        bool any = false;
        for (const auto& set : renderer->labels(view.area(), zoom)) {
            for (const PlacedLabel& label : *set) {
                const auto onView = [&](const QRectF& box) {
                    return QRectF(box.topLeft() * scale - corner, box.size() * scale);
                };
                if (!onView(label.box).intersects(QRectF(QPointF(), view.size))) continue;
                std::vector<QRectF> boxes;
                for (const QRectF& box : label.obstacles) boxes.push_back(onView(box));
                const auto move = roomFor(boxes, movesOf(label.kind), taken, discs);
                if (!move) continue;
                for (const QRectF& box : boxes) taken.push_back(box.translated(*move));
                painter.save();
                painter.translate(label.anchor * scale - corner + *move);
                painter.scale(scale, scale);
                paintLabel(painter, label, style);
                painter.restore();
                any = true;
            }
        }
        return any;
    };
}

}  // namespace wl::ui
