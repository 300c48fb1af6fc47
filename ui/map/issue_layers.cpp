// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/issue_layers.hpp"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <unordered_map>

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

void NamingLayer::setFurniture(std::vector<QRectF> furniture) {
    if (furniture == m_furniture) return;
    m_furniture = std::move(furniture);
    if (isNaming()) invalidate();
}

void NamingLayer::settle() {
    const Viewport now = viewport();
    if (now == m_settled) return;
    m_settled = now;
    if (isNaming()) invalidate();
}

double PinLayer::markSize(double zoom) { return std::clamp(13 + (zoom - kPinZoom) * 3, 13.0, 20.0); }

// How many cases stand at the very place of each of these.
static std::unordered_map<std::uint32_t, int> stacksOf(const IssueIndex& issues, std::vector<std::uint32_t> order) {
    const auto& at = issues.points().at;
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return std::pair(at[i].x, at[i].y); });
    std::unordered_map<std::uint32_t, int> stacks;  // by the one that is drawn last
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i + 1;
        while (end < order.size() && at[order[end]] == at[order[i]]) ++end;
        if (end - i > 1) stacks[order[end - 1]] = static_cast<int>(end - i);
        i = end;
    }
    return stacks;
}

// "3" at the upper right of a mark under which two others lie.
static void paintStackCount(QPainter& painter, QPointF at, int count, bool dark) {
    QFont font;
    font.setPixelSize(10);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QString words = shortCount(static_cast<std::uint32_t>(count));
    const double width = std::max(14.0, QFontMetricsF(font).horizontalAdvance(words) + 7);
    const QRectF box(at.x() - width / 2, at.y() - 7, width, 14);
    painter.setPen(QPen(dark ? QColor(0x10, 0x16, 0x1c) : QColor(Qt::white), 1.5));
    painter.setBrush(dark ? QColor(0xe8, 0xec, 0xf0) : QColor(0x26, 0x2b, 0x30));
    painter.drawRoundedRect(box, 7, 7);
    painter.setPen(dark ? QColor(0x10, 0x16, 0x1c) : QColor(Qt::white));
    painter.drawText(box, Qt::AlignCenter, words);
}

RasterOverlay::Paint PinLayer::snapshot() const {
    if (!issues()) return {};
    return [issues = issues(), from = m_from, dark = isDark()](QPainter& painter, const Viewport& view) {
        if (view.zoom < from) return false;
        const double size = markSize(view.zoom);
        const Marks marks(size, painter.device()->devicePixelRatio(), dark);
        const std::vector<std::uint32_t> order = issues->inDrawingOrder(view.area(16));
        const auto stacks = stacksOf(*issues, order);
        for (const std::uint32_t i : order) {
            const QPointF at = view.toScreen(issues->points().at[i]);
            marks.draw(painter, at, issues->points().sla[i]);
            if (const auto stack = stacks.find(i); stack != stacks.end())
                paintStackCount(painter, at + QPointF(size / 2, -size / 2), stack->second, dark);
        }
        return !order.empty();
    };
}

void PinLayer::setFrom(double zoom) {
    if (zoom == m_from) return;
    m_from = zoom;
    invalidate();
}

std::optional<std::uint32_t> PinLayer::at(QPointF pos) const {
    const Viewport view = viewport();
    if (!issues() || view.zoom < m_from) return std::nullopt;
    return issues()->nearest(view.toWorld(pos), (markSize(view.zoom) / 2 + 3) / view.worldPixels());
}

std::vector<std::uint32_t> PinLayer::stackAt(QPointF pos) const {
    const auto first = at(pos);
    if (!first) return {};
    const Viewport view = viewport();
    const geo::WorldPoint c = issues()->points().at[*first];
    const double reach = markSize(view.zoom) / 3 / view.worldPixels();
    auto stack = issues()->inDrawingOrder({c.x - reach, c.y - reach, c.x + reach, c.y + reach});
    std::ranges::reverse(stack);
    return stack;
}

void SelectionLayer::setSelected(std::vector<std::int64_t> keys) {
    if (keys.empty() && !m_selected) return;
    m_selected = keys.empty() ? nullptr : std::make_shared<const std::vector<std::int64_t>>(std::move(keys));
    invalidate();
}

void SelectionLayer::setAccent(const QColor& accent) {
    m_accent = accent;
    invalidate();
}

RasterOverlay::Paint SelectionLayer::snapshot() const {
    if (!issues() || !m_selected) return {};
    return [issues = issues(), selected = m_selected, accent = m_accent, dark = isDark()](QPainter& painter,
                                                                                          const Viewport& view) {
        const auto area = view.area(16);
        const bool pins = view.zoom >= kPinZoom;  // else dots: rings would hide the city
        const double r = pins ? PinLayer::markSize(view.zoom) / 2 + 3 : 1.7;
        std::vector<QPointF> at;
        for (const std::int64_t key : *selected) {
            const auto i = issues->indexOf(key);
            if (i && area.contains(issues->points().at[*i])) at.push_back(view.toScreen(issues->points().at[*i]));
        }
        const QColor rim = dark ? QColor(0x10, 0x16, 0x1c) : QColor(Qt::white);
        for (const bool under : {true, false}) {
            painter.setPen(pins ? QPen(under ? rim : accent, under ? 4 : 2) : QPen(Qt::NoPen));
            painter.setBrush(pins ? QBrush(Qt::NoBrush) : QBrush(under ? rim : accent));
            const double radius = pins ? r : under ? r + 1 : r;
            for (const QPointF& p : at) painter.drawEllipse(p, radius, radius);
        }
        return !at.empty();
    };
}

double ClusterLayer::radius(std::uint32_t count) { return 11 + 4.2 * std::log10(double(std::max(count, 1U))); }

void ClusterLayer::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    invalidate();
}

RasterOverlay::Paint ClusterLayer::snapshot() const {
    if (!issues() || !m_active) return {};
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
    if (!issues() || !m_active || view.zoom >= kPinZoom) return std::nullopt;
    std::optional<geo::Supercluster::Item> best;
    for (const auto& item : issues()->clusters(view.area(48), view.zoom)) {
        const QPointF off = view.toScreen(item.at) - pos;
        const double reach = item.isCluster() ? radius(item.count) + 1 : PinLayer::markSize(kPinZoom) / 2 + 3;
        if (std::hypot(off.x(), off.y()) <= reach && (!best || item.count > best->count)) best = item;
    }
    return best;
}

}  // namespace wl::ui
