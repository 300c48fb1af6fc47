// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/area_layer.hpp"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <functional>

#include "domain/vocab.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/map/label_room.hpp"
#include "ui/map/ramp.hpp"

namespace wl::ui {
namespace {

QPainterPath outlineOf(const geo::Area& area, const Viewport& view) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const auto& ring : area.rings) {
        QPolygonF line;
        line.reserve(static_cast<qsizetype>(ring.size()));
        for (const geo::WorldPoint p : ring) {
            const QPointF at = view.toScreen(p);
            if (line.isEmpty() || (at - line.last()).manhattanLength() >= 0.7) line << at;
        }
        path.addPolygon(line);
        path.closeSubpath();
    }
    return path;
}

QString valueWords(const AreaTally& tally, MapLayer layer) {
    if (layer == MapLayer::AreaCount) return QLocale().toString(tally.cases);
    if (tally.promised == 0) return QStringLiteral("–");
    return AreaLayer::tr("%1 %").arg(static_cast<int>(tally.onTime() * 100));  // 99.9 is not yet all
}

// Where a box may go from its place: nearest first.
std::vector<QPointF> movesOf(const QSizeF& size) {
    std::vector<QPointF> moves{{0, 0}};
    for (const int step : {1, 2, 3})
        for (const auto& [x, y] : {std::pair{0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}})
            moves.emplace_back(x * step * size.width() * 0.6, y * step * size.height() * 0.6);
    return moves;
}

}  // namespace

std::uint32_t AreaFigures::most(const std::string& kind) const {
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < tallies.size(); ++i)
        if (city->areas[i].kind == kind) most = std::max(most, tallies[i].cases);
    return most;
}

int AreaFigures::step(std::size_t area, MapLayer layer) const {
    const AreaTally& tally = tallies[area];
    if (layer == MapLayer::AreaCount) {
        const auto top = most(city->areas[area].kind);
        return top == 0 ? -1 : std::min<int>(static_cast<int>(std::uint64_t(tally.cases) * kRampSteps / top), 4);
    }
    if (tally.promised == 0) return -1;
    int step = 0;
    while (step + 1 < kRampSteps && tally.onTime() >= kOnTimeSteps[static_cast<std::size_t>(step) + 1]) ++step;
    return step;
}

AreaFigures tallyAreas(const IssueIndexPtr& issues, const geo::CityMapPtr& city, const geo::AreaIndex& index) {
    AreaFigures figures{issues, city, std::vector<AreaTally>(city->areas.size())};
    const MapPoints& points = issues->points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const SlaState state = slaStateOf(points.sla[i]);
        for (const std::uint32_t area : index.areasAt(points.at[i])) {
            AreaTally& tally = figures.tallies[area];
            ++tally.cases;
            tally.promised += state != SlaState::None;
            tally.breached += state == SlaState::Breached;
        }
    }
    return figures;
}

AreaLayer::AreaLayer(QQuickItem* parent) : NamingLayer(parent), m_work(std::make_shared<Work>()) {}

void AreaLayer::setCity(geo::CityMapPtr city) {
    m_city = std::move(city);
    if (const auto all = kinds(); !all.contains(kind())) m_kind = all.isEmpty() ? "" : all.first().toStdString();
    invalidate();
}

void AreaLayer::setLayer(MapLayer layer) {
    if (layer == m_layer) return;
    m_layer = layer;
    invalidate();
}

QStringList AreaLayer::kinds() const {
    QStringList all;
    if (m_city)
        for (const auto& area : m_city->areas)
            if (const auto kind = QString::fromStdString(area.kind); !all.contains(kind)) all << kind;
    return all;
}

QString AreaLayer::kind() const { return QString::fromStdString(m_kind); }

void AreaLayer::setKind(const QString& kind) {
    m_kind = kind.toStdString();
    invalidate();
}

std::shared_ptr<const AreaFigures> AreaLayer::figures() const {
    const std::scoped_lock hold(m_work->lock);
    return m_work->figures;
}

std::optional<std::uint32_t> AreaLayer::at(QPointF pos) const {
    if (!m_city || !isShown()) return std::nullopt;
    std::shared_ptr<const geo::AreaIndex> index;
    {
        const std::scoped_lock hold(m_work->lock);
        if (m_work->indexed == m_city) index = m_work->index;
    }
    if (!index) return std::nullopt;
    for (const std::uint32_t area : index->areasAt(viewport().toWorld(pos)))
        if (m_city->areas[area].kind == m_kind) return area;
    return std::nullopt;
}

RasterOverlay::Paint AreaLayer::snapshot() const {
    if (!m_city || !issues() || m_kind.empty() || !isShown()) return {};
    return [work = m_work, issues = issues(), city = m_city, layer = m_layer, kind = m_kind, furniture = furniture(),
            inner = viewport(), dark = isDark()](QPainter& painter, const Viewport& view) {
        std::shared_ptr<const AreaFigures> figures;
        std::shared_ptr<const geo::AreaIndex> index;
        {
            const std::scoped_lock hold(work->lock);
            if (work->figures && work->figures->issues == issues && work->figures->city == city)
                figures = work->figures;
            if (work->indexed == city) index = work->index;
        }
        if (!figures) {
            if (!index) index = std::make_shared<const geo::AreaIndex>(city);
            figures = std::make_shared<const AreaFigures>(tallyAreas(issues, city, *index));
            const std::scoped_lock hold(work->lock);
            work->index = index;
            work->indexed = city;
            work->figures = figures;
        }
        QFont small, large;
        small.setPixelSize(11);
        large.setPixelSize(14);
        large.setWeight(QFont::DemiBold);
        const QFontMetricsF smallMetrics(small), metrics(large);
        const auto area = view.area();
        struct Words {
            QPainterPath outline;
            QPointF at;
            QString name, value;
            QColor ground;
            double weight;
        };
        std::vector<Words> words;
        for (std::size_t i = 0; i < city->areas.size(); ++i) {
            const geo::Area& one = city->areas[i];
            if (one.kind != kind || !one.bounds.intersects(area)) continue;
            const int step = figures->step(i, layer);
            const QColor ground = step < 0                       ? QColor(dark ? 0x40444a : 0xd8dade)
                                  : layer == MapLayer::AreaCount ? countColour(step, dark)
                                                                 : onTimeColour(step, dark);
            QColor fill = ground;
            fill.setAlpha(175);
            painter.setBrush(fill);
            painter.setPen(QPen(dark ? QColor(0x0c, 0x10, 0x14) : QColor(Qt::white), 1.6));
            auto outline = outlineOf(one, view);
            painter.drawPath(outline);
            words.push_back({std::move(outline), view.toScreen(one.label), QString::fromStdString(one.name),
                             valueWords(figures->tallies[i], layer), ground, double(figures->tallies[i].cases)});
        }
        // The busiest first; beside its place, but in its area, where the tools of the map lie over that. Where there
        // is no room for name and value, the value alone, and else nothing.
        std::ranges::stable_sort(words, std::greater{}, &Words::weight);
        auto taken = onPicture(furniture, inner, view);
        for (const Words& w : words) {
            const double value = metrics.horizontalAdvance(w.value) + 12;
            const double name = smallMetrics.horizontalAdvance(w.name) + 12;
            const auto roomOf = [&](bool named) -> std::optional<QRectF> {
                const QSizeF size(named ? std::max(value, name) : value,
                                  metrics.height() + 2 + (named ? smallMetrics.height() : 0));
                for (const QPointF& move : movesOf(size)) {
                    const QPointF at = w.at + move;
                    const QRectF box(at - QPointF(size.width(), size.height()) / 2, size);
                    const bool free = std::ranges::none_of(taken, [&](const QRectF& t) { return t.intersects(box); });
                    if (free && (move.isNull() || w.outline.contains(at))) return box;
                }
                return std::nullopt;
            };
            auto room = roomOf(true);
            const bool named = room.has_value();
            if (!named) room = roomOf(false);
            if (!room) continue;
            const QRectF box = *room;
            taken.push_back(box.adjusted(-2, -2, 2, 2));
            painter.setPen(QPen(inkOn(w.ground), 1));
            painter.setBrush(w.ground);
            painter.drawRoundedRect(box, 3, 3);
            painter.setFont(large);
            painter.drawText(box.adjusted(0, 0, 0, -1), Qt::AlignHCenter | Qt::AlignBottom, w.value);
            if (!named) continue;
            painter.setFont(small);
            painter.drawText(box.adjusted(0, 1, 0, 0), Qt::AlignHCenter | Qt::AlignTop, w.name);
        }
        return !words.empty();
    };
}

}  // namespace wl::ui
