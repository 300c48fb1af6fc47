// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/hotspot_layer.hpp"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace wl::ui {
namespace {

constexpr double kEarth = 40'075'016.686;  // metres around the equator, WGS84
constexpr double kDot = 14;                // px: a smaller disc is but a dot among the clusters …
constexpr double kLeastRadius = 8;         // … which it does not cover
constexpr int kMostDots = 4;               // words of discs that are dots in this view

QFont wordsFont() {
    QFont font;
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    return font;
}

double trueRadius(const MapHotSpot& spot, const Viewport& view) {
    const double metre = view.worldPixels() / (kEarth * std::cos(geo::toGeo(spot.at).lat() * std::numbers::pi / 180));
    return spot.radiusMetres * metre;
}

}  // namespace

double spotRadius(const MapHotSpot& spot, const Viewport& view) {
    return std::max(trueRadius(spot, view), kLeastRadius);
}

std::vector<SpotWords> placeSpotWords(const std::vector<MapHotSpot>& spots, const Viewport& picture,
                                      const std::vector<Disc>& clusters, std::vector<QRectF> taken) {
    const QFontMetricsF metrics(wordsFont());
    const auto area = picture.area();
    std::vector<std::size_t> order(spots.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return spots[a].strength > spots[b].strength; });
    std::vector<SpotWords> out;
    int dots = 0;
    for (const auto i : order) {
        const auto& spot = spots[i];
        if (spot.quiet || !area.contains(spot.at)) continue;
        const bool dot = trueRadius(spot, picture) < kDot;
        if (dot && dots == kMostDots) continue;
        const QPointF at = picture.toScreen(spot.at);
        const double r = spotRadius(spot, picture), height = metrics.height() + 4;
        const double width = metrics.horizontalAdvance(spot.label) + 10;
        const QRectF above(at.x() - width / 2, at.y() - r - height - 2, width, height);
        const double aside = width / 2 + r + 3, level = r + 2 + height / 2;
        const std::vector<QPointF> moves{{0, 0},
                                         {0, 2 * r + height + 4},
                                         {aside, level},
                                         {-aside, level},
                                         {aside * 0.7, 0},
                                         {-aside * 0.7, 0},
                                         {aside * 0.7, 2 * r + height + 4},
                                         {-aside * 0.7, 2 * r + height + 4}};
        const auto move = roomFor({above}, moves, taken, clusters);
        if (!move) continue;  // the disc still stands; its words come when there is room
        dots += dot;
        out.push_back({i, above.translated(*move)});
        taken.push_back(out.back().box);
    }
    return out;
}

void HotSpotLayer::setHotSpots(std::vector<MapHotSpot> spots) {
    m_spots = std::move(spots);
    invalidate();
}

QString HotSpotLayer::wordsAt(QPointF pos) const {
    const Viewport view = viewport();
    const MapHotSpot* best = nullptr;
    for (const auto& spot : m_spots) {
        const QPointF off = view.toScreen(spot.at) - pos;
        if (std::hypot(off.x(), off.y()) <= spotRadius(spot, view) && (!best || spot.strength > best->strength))
            best = &spot;
    }
    return best ? best->label : QString();
}

RasterOverlay::Paint HotSpotLayer::snapshot() const {
    if (m_spots.empty()) return {};
    return [spots = m_spots, issues = issues(), furniture = furniture(), inner = viewport(),
            dark = isDark()](QPainter& painter, const Viewport& view) {
        // Vermilion, as what needs somebody; the dashed edge and the words tell it without colour.
        const QColor edge = dark ? QColor(0xff, 0x8a, 0x4c) : QColor(0xb5, 0x3a, 0x00);
        const auto area = view.area(200);
        bool any = false;
        for (const auto& spot : spots) {
            if (!area.contains(spot.at)) continue;
            any = true;
            QColor fill = edge, line = edge;
            fill.setAlpha(spot.quiet ? 12 : 36);
            line.setAlpha(spot.quiet ? 110 : 255);
            painter.setBrush(fill);
            const double r = spotRadius(spot, view);
            painter.setPen(QPen(line, spot.quiet || r < kDot ? 1.5 : 2.5, Qt::DashLine));
            painter.drawEllipse(view.toScreen(spot.at), r, r);
        }
        if (!any) return false;
        const auto clusters = issues && view.zoom < kPinZoom ? discsOf(*issues, view) : std::vector<Disc>{};
        painter.setFont(wordsFont());
        for (const auto& words : placeSpotWords(spots, view, clusters, onPicture(furniture, inner, view))) {
            painter.setPen(QPen(edge, 1));
            painter.setBrush(dark ? QColor(0x20, 0x26, 0x2c, 235) : QColor(255, 255, 255, 235));
            painter.drawRoundedRect(words.box, 3, 3);
            painter.setPen(dark ? QColor(0xe8, 0xec, 0xf0) : QColor(0x26, 0x2b, 0x30));
            painter.drawText(words.box, Qt::AlignCenter, spots[words.spot].label);
        }
        return true;
    };
}

}  // namespace wl::ui
