// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_sketch.hpp"

#include <QLocale>
#include <QPainter>

#include <cmath>

#include "geo/measure.hpp"

namespace wl::ui {
namespace {

constexpr double kTraceStep = 3;  // px

QString surfaceWords(double squareMetres) {
    const QLocale locale;
    if (squareMetres >= 1e6) return MapSketch::tr("%1 km²").arg(locale.toString(squareMetres / 1e6, 'f', 2));
    if (squareMetres >= 1e5) return MapSketch::tr("%1 ha").arg(locale.toString(squareMetres / 1e4, 'f', 1));
    return MapSketch::tr("%1 m²").arg(locale.toString(squareMetres, 'f', 0));
}

}  // namespace

QString lengthWords(double metres) {
    const QLocale locale;
    return metres < 1000 ? MapSketch::tr("%1 m").arg(locale.toString(metres, 'f', 0))
                         : MapSketch::tr("%1 km").arg(locale.toString(metres / 1000, 'f', 2));
}

MapSketch::MapSketch(QQuickItem* parent) : QQuickPaintedItem(parent), m_accent(0x2a, 0x6f, 0xb5) { setVisible(false); }

void MapSketch::arm(MapTool tool) {
    m_tool = tool;
    clear();
    setVisible(tool != MapTool::None);
}

void MapSketch::addCorner(geo::WorldPoint at) {
    m_corners.push_back(at);
    update();
}

void MapSketch::trace(QPointF at) {
    if (!m_corners.empty()) {
        const QPointF step = at - m_view.toScreen(m_corners.back());
        if (std::hypot(step.x(), step.y()) < kTraceStep) return;
    }
    addCorner(m_view.toWorld(at));
}

void MapSketch::removeCorner() {
    if (!m_corners.empty()) m_corners.pop_back();
    update();
}

void MapSketch::clear() {
    m_corners.clear();
    m_next.reset();
    update();
}

void MapSketch::setNext(std::optional<geo::WorldPoint> at) {
    if (at == m_next) return;
    m_next = at;
    update();
}

void MapSketch::setView(const Viewport& view) {
    m_view = view;
    if (isVisible()) update();
}

void MapSketch::setDark(bool dark) {
    m_dark = dark;
    update();
}

std::vector<geo::WorldPoint> MapSketch::path() const {
    auto all = m_corners;
    if (m_next && !all.empty()) all.push_back(*m_next);
    return all;
}

QPolygonF MapSketch::outline() const {
    const auto all = path();
    QPolygonF screen;
    if (m_tool == MapTool::Box) {
        if (all.size() < 2) return screen;
        return QPolygonF(QRectF(m_view.toScreen(all.front()), m_view.toScreen(all.back())).normalized());
    }
    for (const auto& at : all) screen << m_view.toScreen(at);
    return screen;
}

QString MapSketch::measured() const {
    if (m_corners.size() < 2) return {};
    const QString length = lengthWords(geo::pathMetres(m_corners));
    return m_corners.size() < 3 ? length
                                : tr("%1 · encloses %2").arg(length, surfaceWords(geo::areaSquareMetres(m_corners)));
}

void MapSketch::paintWords(QPainter& painter, QPointF at, const QString& words) const {
    QFont font;
    font.setPixelSize(13);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    QRectF box(at.x() + 10, at.y() - metrics.height() - 10, metrics.horizontalAdvance(words) + 12,
               metrics.height() + 4);
    if (box.right() > width()) box.moveRight(std::max(at.x() - 10, box.width()));
    if (box.top() < 0) box.moveTop(at.y() + 10);
    painter.setPen(QPen(m_accent, 1));
    painter.setBrush(m_dark ? QColor(0x20, 0x26, 0x2c) : QColor(Qt::white));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(m_dark ? QColor(0xe8, 0xec, 0xf0) : QColor(0x26, 0x2b, 0x30));
    painter.drawText(box, Qt::AlignCenter, words);
}

void MapSketch::paint(QPainter* painter) {
    painter->setRenderHint(QPainter::Antialiasing);
    const bool measures = m_tool == MapTool::Measure;
    const QPolygonF line = outline();
    QColor fill = m_accent;
    fill.setAlpha(measures ? 18 : 40);
    const QColor halo = m_dark ? QColor(0x10, 0x16, 0x1c, 200) : QColor(255, 255, 255, 220);
    for (const QPen& pen : {QPen(halo, 5), QPen(m_accent, 2, measures ? Qt::SolidLine : Qt::DashLine)}) {
        painter->setPen(pen);
        painter->setBrush(pen.widthF() > 2 ? QBrush(Qt::NoBrush) : QBrush(fill));
        if (!measures) painter->drawPolygon(line);
        else {
            if (line.size() > 2) {
                painter->save();
                painter->setPen(Qt::NoPen);
                painter->drawPolygon(line);
                painter->restore();
            }
            painter->drawPolyline(line);
        }
    }
    const bool placed = m_tool == MapTool::Measure || m_corners.size() < 12;  // a traced lasso is all corners
    painter->setPen(QPen(halo, 1.5));
    painter->setBrush(m_accent);
    if (placed)
        for (const auto& corner : m_corners) painter->drawEllipse(m_view.toScreen(corner), 4, 4);
    if (m_next) {
        const QPointF at = m_view.toScreen(*m_next);
        for (const QPen& pen : {QPen(halo, 4), QPen(m_accent, 1.5)}) {
            painter->setPen(pen);
            painter->drawLine(at - QPointF(9, 0), at + QPointF(9, 0));
            painter->drawLine(at - QPointF(0, 9), at + QPointF(0, 9));
        }
    }
    if (!measures || line.size() < 2) return;
    const auto all = path();
    QString words = lengthWords(geo::pathMetres(all));
    if (all.size() > 2) words = tr("%1 · encloses %2").arg(words, surfaceWords(geo::areaSquareMetres(all)));
    paintWords(*painter, line.last(), words);
}

}  // namespace wl::ui
