// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/tile_pass.hpp"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "ui/map/line_names.hpp"
#include "ui/map/viewport.hpp"

namespace wl::ui {
namespace {

using geo::FeatureClass;
using geo::Shape;

constexpr double kReach = 40;  // px beyond the tile's edge from which a wide line can still be seen

// Round joins cost an arc at every bend; a mitre looks the same where a line bends gently. Thin lines need no caps.
QPen linePen(const QColor& colour, double width) {
    QPen pen(colour, width, Qt::SolidLine, width >= 3 ? Qt::RoundCap : Qt::FlatCap,
             width >= 2 ? Qt::MiterJoin : Qt::BevelJoin);
    pen.setMiterLimit(1.6);
    return pen;
}

bool isRoad(FeatureClass cls) { return cls >= FeatureClass::ServiceRoad && cls <= FeatureClass::Motorway; }

geo::WorldRect grown(const geo::WorldRect& r, double by) {
    return {r.left - by, r.top - by, r.right + by, r.bottom + by};
}

}  // namespace

TilePass::TilePass(QPainter& painter, const TileIndex& index, TileId id, const MapStyle& style)
    : m_painter(painter), m_index(index), m_city(index.city()), m_style(style), m_id(id), m_zoom(id.zoom()),
      m_scale(Viewport::worldPixels(m_zoom)), m_x(double(id.x) * kTilePixels), m_y(double(id.y) * kTilePixels) {}

void TilePass::draw() {
    std::vector<const geo::Feature*> roads, bridges;
    for (const std::uint32_t i : m_index.features(grown(m_id.area(), kReach / m_scale),
                                                  m_zoom >= m_style.feature(FeatureClass::Building).minZoom)) {
        const geo::Feature& f = m_city.features[i];
        const FeatureStyle& style = m_style.feature(f.cls);
        if (m_zoom < style.minZoom || f.shape == Shape::Point) continue;
        if (f.shape == Shape::Polygon) drawPolygon(f, style);
        else if (f.cls == FeatureClass::Bridge) bridges.push_back(&f);
        else if (isRoad(f.cls)) roads.push_back(&f);
        else drawCore(f, style);  // rivers, rails and paths lie below the streets
    }
    drawAreaBorders();
    for (const geo::Feature* f : roads) drawCasing(*f, m_style.feature(f->cls));
    for (const geo::Feature* f : roads) drawCore(*f, m_style.feature(f->cls));
    for (const geo::Feature* f : bridges) {
        const auto carried =
            std::ranges::find_if(roads, [&](const geo::Feature* r) { return f->name != 0 && r->name == f->name; });
        drawBridge(*f, carried != roads.end() ? (*carried)->cls : FeatureClass::Street);
    }
}

QPolygonF TilePass::points(std::span<const geo::WorldPoint> line) const {
    QPolygonF result;
    result.reserve(static_cast<qsizetype>(line.size()));
    for (std::size_t i = 0; i < line.size(); ++i) {
        const QPointF p = local(line[i]);
        const bool last = i + 1 == line.size();
        if (!result.isEmpty() && !last &&
            std::abs(p.x() - result.last().x()) + std::abs(p.y() - result.last().y()) < 0.5)
            continue;
        result.append(p);
    }
    return result;
}

QPolygonF TilePass::seaPoints(std::span<const geo::WorldPoint> ring) const {
    const geo::WorldRect& edge = m_city.bounds;
    const double width = edge.right - edge.left, height = edge.bottom - edge.top;
    QPolygonF result;
    for (geo::WorldPoint p : ring) {
        if (p.x <= edge.left + width * 1e-4) p.x -= width * TileIndex::seaReach;
        else if (p.x >= edge.right - width * 1e-4) p.x += width * TileIndex::seaReach;
        if (p.y <= edge.top + height * 1e-4) p.y -= height * TileIndex::seaReach;
        else if (p.y >= edge.bottom - height * 1e-4) p.y += height * TileIndex::seaReach;
        result << local(p);
    }
    return result;
}

void TilePass::drawPolygon(const geo::Feature& f, const FeatureStyle& style) {
    const double width = (f.bounds.right - f.bounds.left) * m_scale,
                 height = (f.bounds.bottom - f.bounds.top) * m_scale;
    if (width < 1 && height < 1) return;
    const bool edged = style.casing.isValid() && m_zoom >= style.casingMinZoom;
    m_painter.setPen(edged ? QPen(style.casing, m_style.lineWidth(f.cls, m_zoom)) : QPen(Qt::NoPen));
    m_painter.setBrush(style.fill);
    const auto all = m_city.pointsOf(f);
    const auto outline = [&](std::span<const geo::WorldPoint> ring) {
        return f.cls == FeatureClass::Sea ? seaPoints(ring) : points(ring);
    };
    if (f.ringCount <= 1) {
        m_painter.drawPolygon(outline(all), Qt::OddEvenFill);
        return;
    }
    QPainterPath path;
    std::size_t begin = 0;
    for (std::uint32_t ring = 0; ring < f.ringCount; ++ring) {
        const std::size_t end = m_city.ringEnds[f.firstRing + ring];
        path.addPolygon(outline(all.subspan(begin, end - begin)));
        path.closeSubpath();
        begin = end;
    }
    m_painter.drawPath(path);
}

void TilePass::drawCasing(const geo::Feature& f, const FeatureStyle& style) {
    if (!style.casing.isValid() || m_zoom < style.casingMinZoom) return;
    const double width = m_style.lineWidth(f.cls, m_zoom) + 2 * style.casingWidth;
    m_painter.setPen(linePen(style.casing, width));
    m_painter.drawPolyline(points(m_city.pointsOf(f)));
}

void TilePass::drawCore(const geo::Feature& f, const FeatureStyle& style) {
    const double width = m_style.lineWidth(f.cls, m_zoom);
    QPen pen = linePen(style.fill, width);
    if (style.dashed && m_zoom >= 13) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern(f.cls == FeatureClass::Rail ? QList<qreal>{6, 3} : QList<qreal>{3, 2});
    }
    m_painter.setPen(pen);
    m_painter.drawPolyline(points(m_city.pointsOf(f)));
}

void TilePass::drawBridge(const geo::Feature& f, FeatureClass road) {
    const FeatureStyle& style = m_style.feature(f.cls);
    const double width = m_style.lineWidth(road, m_zoom);
    const QPolygonF line = points(m_city.pointsOf(f));
    m_painter.setPen(QPen(style.casing, width + 2 * style.casingWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    m_painter.drawPolyline(line);
    m_painter.setPen(linePen(m_style.feature(road).fill, width));
    m_painter.drawPolyline(line);
}

// Whether both points lie on one side of the data's edge: areas end there because the data does.
bool TilePass::isOnEdge(geo::WorldPoint a, geo::WorldPoint b) const {
    const geo::WorldRect& edge = m_city.bounds;
    const double near = (edge.right - edge.left) * 1e-4;
    const auto on = [near](double v, double w, double side) {
        return std::abs(v - side) < near && std::abs(w - side) < near;
    };
    return on(a.x, b.x, edge.left) || on(a.x, b.x, edge.right) || on(a.y, b.y, edge.top) || on(a.y, b.y, edge.bottom);
}

// The coarsest kind of area only. Rings are cut to the tile: a dashed stroke of a whole border would be slow.
void TilePass::drawAreaBorders() {
    if (m_zoom < 10 || m_city.areas.empty()) return;
    const geo::WorldRect window = grown(m_id.area(), kReach / m_scale);
    m_painter.setPen(linePen(m_style.areaBorder(), m_zoom >= 14 ? 2.0 : 1.4));
    for (const geo::Area& area : m_city.areas) {
        if (area.kind != m_city.areas.front().kind || !area.bounds.intersects(window)) continue;
        for (const auto& ring : area.rings) {
            for (const auto& part : clipLine(ring, window)) {
                for (auto begin = part.begin(); begin != part.end();) {
                    auto end = std::adjacent_find(begin, part.end(), [this](auto a, auto b) { return isOnEdge(a, b); });
                    if (end != part.end()) ++end;
                    if (end - begin > 1) m_painter.drawPolyline(points({begin, end}));
                    begin = end;
                }
            }
        }
    }
}

}  // namespace wl::ui
