// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/issue_layers.hpp"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/kit/sla_style.hpp"
#include "ui/map/map_style.hpp"

namespace wl::ui {
namespace {

constexpr double kRing = 4.5;  // px

// The marks of all states drawn once, then copied to thousands of places.
class Marks {
public:
    Marks(double size, double dpr, bool dark) : m_dpr(dpr) {
        const double side = size + 6;
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            QImage image((QSizeF(side, side) * dpr).toSize(), QImage::Format_ARGB32_Premultiplied);
            image.setDevicePixelRatio(dpr);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            paintSlaMark(painter, QRectF(3, 3, size, size), slaStateOf(static_cast<std::uint8_t>(i)), dark);
            m_images[i] = image;
        }
        m_half = side / 2;
    }
    void draw(QPainter& painter, QPointF at, std::uint8_t sla) const {
        const QPointF corner((at.x() - m_half) * m_dpr, (at.y() - m_half) * m_dpr);
        painter.drawImage(QPointF(std::round(corner.x()), std::round(corner.y())) / m_dpr,
                          m_images[sla < kSlaStateCount ? sla : 0]);
    }

private:
    std::array<QImage, kSlaStateCount> m_images;
    double m_dpr;
    double m_half = 0;
};

QString shortCount(std::uint32_t count) {
    if (count < 1000) return QString::number(count);
    const double thousands = count / 1000.0;
    return thousands < 10 ? QStringLiteral("%1k").arg(std::floor(thousands * 10) / 10, 0, 'f', 1)
                          : QStringLiteral("%1k").arg(std::floor(thousands), 0, 'f', 0);
}

void paintCluster(QPainter& painter, QPointF at, const geo::Supercluster::Item& item, bool dark) {
    const double r = ClusterLayer::radius(item.count);
    const QColor disc = dark ? QColor(0x20, 0x26, 0x2c) : QColor(Qt::white);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, dark ? 110 : 45));
    painter.drawEllipse(at + QPointF(0, 1), r + 1.5, r + 1.5);
    painter.setBrush(disc);
    painter.drawEllipse(at, r + 1, r + 1);

    // Clockwise from the top, gravest first, so that the same state begins at the same place in every ring.
    double angle = 90;
    painter.setBrush(Qt::NoBrush);
    const QRectF ring(at.x() - r + kRing / 2, at.y() - r + kRing / 2, 2 * r - kRing, 2 * r - kRing);
    for (int rank = 5; rank >= 0; --rank) {
        for (std::uint8_t state = 0; state < kSlaStateCount; ++state) {
            if (slaRank(state) != rank || item.counts[state] == 0) continue;
            const double span = 360.0 * item.counts[state] / item.count;
            painter.setPen(QPen(slaColour(slaStateOf(state), dark), kRing, Qt::SolidLine, Qt::FlatCap));
            painter.drawArc(ring, static_cast<int>(std::lround(angle * 16)), -static_cast<int>(std::ceil(span * 16)));
            angle -= span;
        }
    }
    QFont font;
    font.setPixelSize(item.count < 100 ? 12 : 13);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(dark ? QColor(0xe8, 0xec, 0xf0) : QColor(0x26, 0x2b, 0x30));
    painter.drawText(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), Qt::AlignCenter, shortCount(item.count));

    // The ring alone would tell a breach by colour only.
    if (item.counts[static_cast<std::size_t>(SlaState::Breached)] > 0) {
        const double c = r * 0.76;
        paintSlaMark(painter, QRectF(at.x() + c - 6, at.y() - c - 7, 13, 13), SlaState::Breached, dark);
    }
}

}  // namespace

void IssueLayer::setIssues(IssueIndexPtr issues) {
    m_issues = std::move(issues);
    invalidate();
}

double PinLayer::markSize(double zoom) { return std::clamp(13 + (zoom - kPinZoom) * 3, 13.0, 20.0); }

RasterOverlay::Paint PinLayer::snapshot() const {
    if (!issues()) return {};
    return [issues = issues(), dark = isDark()](QPainter& painter, const Viewport& view) {
        if (view.zoom < kPinZoom) return false;
        const Marks marks(markSize(view.zoom), painter.device()->devicePixelRatio(), dark);
        const std::vector<std::uint32_t> order = issues->inDrawingOrder(view.area(16));
        for (const std::uint32_t i : order)
            marks.draw(painter, view.toScreen(issues->points().at[i]), issues->points().sla[i]);
        return !order.empty();
    };
}

std::optional<std::uint32_t> PinLayer::at(QPointF pos) const {
    const Viewport view = viewport();
    if (!issues() || view.zoom < kPinZoom) return std::nullopt;
    return issues()->nearest(view.toWorld(pos), (markSize(view.zoom) / 2 + 3) / view.worldPixels());
}

double ClusterLayer::radius(std::uint32_t count) { return 11 + 4.2 * std::log10(double(std::max(count, 1U))); }

RasterOverlay::Paint ClusterLayer::snapshot() const {
    if (!issues()) return {};
    return [issues = issues(), dark = isDark()](QPainter& painter, const Viewport& view) {
        if (view.zoom >= kPinZoom) return false;
        const Marks marks(PinLayer::markSize(kPinZoom), painter.device()->devicePixelRatio(), dark);
        std::vector<geo::Supercluster::Item> items = issues->clusters(view.area(48), view.zoom);
        std::ranges::stable_sort(items, {}, &geo::Supercluster::Item::count);  // large ones on top
        for (const auto& item : items) {
            const QPointF at = view.toScreen(item.at);
            if (item.isCluster()) paintCluster(painter, at, item, dark);
            else marks.draw(painter, at, issues->points().sla[item.id]);
        }
        return !items.empty();
    };
}

std::optional<geo::Supercluster::Item> ClusterLayer::at(QPointF pos) const {
    const Viewport view = viewport();
    if (!issues() || view.zoom >= kPinZoom) return std::nullopt;
    std::optional<geo::Supercluster::Item> best;
    for (const auto& item : issues()->clusters(view.area(48), view.zoom)) {
        const QPointF off = view.toScreen(item.at) - pos;
        const double reach = item.isCluster() ? radius(item.count) + 1 : PinLayer::markSize(kPinZoom) / 2 + 3;
        if (std::hypot(off.x(), off.y()) <= reach && (!best || item.count > best->count)) best = item;
    }
    return best;
}

}  // namespace wl::ui
