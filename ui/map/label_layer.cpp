// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/label_layer.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

#include "domain/vocab.hpp"

namespace wl::ui {
namespace {

constexpr double kGap = 2;  // px between a name and a cluster

bool touches(const QRectF& box, const Disc& disc) {
    const double dx = std::max({box.left() - disc.at.x(), disc.at.x() - box.right(), 0.0});
    const double dy = std::max({box.top() - disc.at.y(), disc.at.y() - box.bottom(), 0.0});
    return std::hypot(dx, dy) < disc.radius + kGap;
}

std::vector<Disc> discsOf(const IssueIndex& issues, const Viewport& view) {
    std::vector<Disc> discs;
    for (const auto& item : issues.clusters(view.area(48), view.zoom)) {
        const double radius =
            item.isCluster() ? ClusterLayer::radius(item.count) + 1 : PinLayer::markSize(kPinZoom) / 2;
        discs.push_back({view.toScreen(item.at), radius});
        if (item.isCluster() && item.counts[static_cast<std::size_t>(SlaState::Breached)] > 0)  // its flag
            discs.push_back({view.toScreen(item.at) + QPointF(radius * 0.76, -radius * 0.76), 7});
    }
    return discs;
}

// Names of places may stand a little above or below; those along a line or in a small area stand where they are.
const std::vector<QPointF>& movesOf(LabelKind kind) {
    static const std::vector<QPointF> none{{0, 0}};
    static const std::vector<QPointF> some{{0, 0},    {0, 14},    {0, -14}, {0, 24},  {0, -24}, {18, 12}, {-18, 12},
                                           {18, -12}, {-18, -12}, {0, 34},  {0, -34}, {40, 0},  {-40, 0}};
    return kind == LabelKind::City || kind == LabelKind::Area || kind == LabelKind::Place ? some : none;
}

}  // namespace

std::optional<QPointF> roomFor(const std::vector<QRectF>& boxes, const std::vector<QPointF>& moves,
                               const std::vector<QRectF>& taken, const std::vector<Disc>& discs) {
    for (const QPointF move : moves) {
        const bool free = std::ranges::none_of(boxes, [&](const QRectF& own) {
            const QRectF box = own.translated(move);
            return std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); }) ||
                   std::ranges::any_of(discs, [&](const Disc& disc) { return touches(box, disc); });
        });
        if (free) return move;
    }
    return std::nullopt;
}

void LabelLayer::setRenderer(TileRendererPtr renderer) {
    m_renderer = std::move(renderer);
    invalidate();
}

void LabelLayer::setFurniture(std::vector<QRectF> furniture) {
    if (furniture == m_furniture) return;
    m_furniture = std::move(furniture);
    invalidate();
}

void LabelLayer::settle() {
    const Viewport now = viewport();
    if (now == m_settled) return;
    m_settled = now;
    if (now.zoom < kPinZoom) invalidate();
}

void LabelLayer::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    invalidate();
}

RasterOverlay::Paint LabelLayer::snapshot() const {
    if (!m_renderer || !m_active) return {};
    return [renderer = m_renderer, issues = issues(), furniture = m_furniture, inner = viewport(),
            dark = isDark()](QPainter& painter, const Viewport& view) {
        if (view.zoom >= kPinZoom) return false;
        const MapStyle& style = MapStyle::of(dark);
        const int zoom = std::max(1, static_cast<int>(std::lround(view.zoom)));
        const double scale = std::exp2(view.zoom - zoom);
        const QPointF corner = QPointF(view.centre.x, view.centre.y) * view.worldPixels() -
                               QPointF(view.size.width(), view.size.height()) / 2;
        const auto discs = issues ? discsOf(*issues, view) : std::vector<Disc>{};
        // The picture reaches beyond the view in which the furniture stands.
        const QPointF edge =
            QPointF(view.size.width() - inner.size.width(), view.size.height() - inner.size.height()) / 2;
        std::vector<QRectF> taken;
        for (const QRectF& one : furniture) taken.push_back(one.translated(edge));
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
