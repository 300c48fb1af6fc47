// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/spider_layer.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/kit/sla_style.hpp"

namespace wl::ui {
namespace {

constexpr double kMark = 18;  // px
constexpr double kGap = 25;   // px between two marks

// Up to ten on a circle; more on a spiral on which neighbours are a gap apart.
QPointF legOf(std::size_t n, std::size_t count) {
    const double full = 2 * std::numbers::pi;
    if (count <= 10) {
        const double r = std::max(34.0, kGap * double(count) / full);
        const double angle = full * double(n) / double(count) - full / 4;
        return {r * std::cos(angle), r * std::sin(angle)};
    }
    double angle = -full / 4, r = 34;
    for (std::size_t i = 0; i < n; ++i) {
        const double turn = kGap / r;
        angle += turn;
        r += kGap * 1.1 * turn / full;
    }
    return {r * std::cos(angle), r * std::sin(angle)};
}

}  // namespace

void SpiderLayer::open(geo::WorldPoint body, std::vector<std::int64_t> keys) {
    if (keys.empty() && m_keys.empty()) return;
    m_body = body;
    m_keys = std::move(keys);
    invalidate();
}

QPointF SpiderLayer::foot(std::size_t n) const {
    return viewport().toScreen(m_body) + legOf(n, std::min(m_keys.size(), kMost));
}

std::optional<std::int64_t> SpiderLayer::at(QPointF pos) const {
    for (std::size_t n = 0; n < std::min(m_keys.size(), kMost); ++n) {
        const QPointF off = foot(n) - pos;
        if (std::hypot(off.x(), off.y()) <= kMark / 2 + 3) return m_keys[n];
    }
    return std::nullopt;
}

RasterOverlay::Paint SpiderLayer::snapshot() const {
    if (!issues() || m_keys.empty()) return {};
    return [issues = issues(), body = m_body, keys = m_keys, dark = isDark()](QPainter& painter, const Viewport& view) {
        const QPointF middle = view.toScreen(body);
        const std::size_t count = std::min(keys.size(), kMost);
        const QColor ink = dark ? QColor(0xe8, 0xec, 0xf0) : QColor(0x26, 0x2b, 0x30);
        const QColor halo = dark ? QColor(0x10, 0x16, 0x1c, 200) : QColor(255, 255, 255, 220);
        for (const QPen& pen : {QPen(halo, 4), QPen(ink, 1.4)}) {
            painter.setPen(pen);
            for (std::size_t n = 0; n < count; ++n) painter.drawLine(middle, middle + legOf(n, count));
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(middle, 4, 4);
        for (std::size_t n = 0; n < count; ++n) {
            const auto i = issues->indexOf(keys[n]);
            const QPointF at = middle + legOf(n, count);
            paintSlaMark(painter, QRectF(at.x() - kMark / 2, at.y() - kMark / 2, kMark, kMark),
                         i ? slaStateOf(issues->points().sla[*i]) : SlaState::None, dark);
        }
        if (keys.size() > count) {
            QFont font;
            font.setPixelSize(13);
            font.setWeight(QFont::DemiBold);
            painter.setFont(font);
            const QString more = SpiderLayer::tr("%n more", nullptr, static_cast<int>(keys.size() - count));
            const QRectF box(middle.x() - 45, middle.y() - 11, 90, 22);
            painter.setPen(QPen(ink, 1));
            painter.setBrush(dark ? QColor(0x20, 0x26, 0x2c) : QColor(Qt::white));
            painter.drawRoundedRect(box, 3, 3);
            painter.drawText(box, Qt::AlignCenter, more);
        }
        return true;
    };
}

}  // namespace wl::ui
