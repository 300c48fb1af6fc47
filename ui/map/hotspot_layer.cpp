// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/hotspot_layer.hpp"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wl::ui {
namespace {

constexpr double kEarth = 40'075'016.686;  // metres around the equator, WGS84
constexpr double kLeastRadius = 14;        // px: a disc that would vanish among clusters

}  // namespace

void HotSpotLayer::setHotSpots(std::vector<MapHotSpot> spots) {
    m_spots = std::move(spots);
    invalidate();
}

RasterOverlay::Paint HotSpotLayer::snapshot() const {
    if (m_spots.empty()) return {};
    return [spots = m_spots, dark = isDark()](QPainter& painter, const Viewport& view) {
        // Vermilion, as what needs somebody; the dashed edge and the words tell it without colour.
        const QColor edge = dark ? QColor(0xff, 0x8a, 0x4c) : QColor(0xb5, 0x3a, 0x00);
        QFont font;
        font.setPixelSize(12);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        const QFontMetricsF metrics(font);
        const auto area = view.area(200);
        bool any = false;
        std::vector<QRectF> taken;
        for (const auto& spot : spots) {
            if (!area.contains(spot.at)) continue;
            any = true;
            const QPointF at = view.toScreen(spot.at);
            const double metre =
                view.worldPixels() / (kEarth * std::cos(geo::toGeo(spot.at).lat() * std::numbers::pi / 180));
            const double r = std::max(spot.radiusMetres * metre, kLeastRadius);
            QColor fill = edge;
            fill.setAlpha(spot.quiet ? 12 : 36);
            QColor line = edge;
            line.setAlpha(spot.quiet ? 110 : 255);
            painter.setBrush(fill);
            painter.setPen(QPen(line, spot.quiet ? 1.5 : 2.5, Qt::DashLine));
            painter.drawEllipse(at, r, r);
            if (spot.quiet) continue;
            const double width = metrics.horizontalAdvance(spot.label) + 10;
            QRectF box(at.x() - width / 2, at.y() - r - metrics.height() - 6, width, metrics.height() + 4);
            const auto collides = [&] {
                return std::ranges::any_of(taken, [&](const QRectF& t) { return t.intersects(box); });
            };
            if (collides()) box.moveTop(at.y() + r + 2);
            if (collides()) continue;  // the disc still stands; its words come when there is room
            taken.push_back(box);
            painter.setPen(QPen(line, 1));
            painter.setBrush(dark ? QColor(0x20, 0x26, 0x2c, 235) : QColor(255, 255, 255, 235));
            painter.drawRoundedRect(box, 3, 3);
            painter.setPen(dark ? QColor(0xe8, 0xec, 0xf0) : QColor(0x26, 0x2b, 0x30));
            painter.drawText(box, Qt::AlignCenter, spot.label);
        }
        return any;
    };
}

}  // namespace wl::ui
