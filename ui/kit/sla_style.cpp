// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/sla_style.hpp"

#include <QCoreApplication>
#include <QPainter>

#include <array>
#include <cmath>
#include <numbers>

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Row {
    QRgb light;
    QRgb dark;
    QLatin1StringView icon;
    const char* word;
};

// In the order of SlaState. Each pair is checked against both bases by the test.
constexpr std::array<Row, kSlaStateCount> kRows{{
    {0xff5f6368, 0xffa9b0b7, "clock"_L1, QT_TRANSLATE_NOOP("SlaState", "No clock")},
    {0xff00735c, 0xff35c4a1, "clock"_L1, QT_TRANSLATE_NOOP("SlaState", "On track")},
    {0xff8f5f00, 0xfff0b429, "chronometer"_L1, QT_TRANSLATE_NOOP("SlaState", "At risk")},
    {0xffc23b00, 0xffff8454, "flash-symbolic"_L1, QT_TRANSLATE_NOOP("SlaState", "Breached")},
    {0xff4f6478, 0xff9db4c8, "media-playback-pause"_L1, QT_TRANSLATE_NOOP("SlaState", "Paused")},
    {0xff3f7a12, 0xff93cf5c, "dialog-ok"_L1, QT_TRANSLATE_NOOP("SlaState", "Met")},
    {0xff5f6368, 0xffa9b0b7, "dialog-cancel"_L1, QT_TRANSLATE_NOOP("SlaState", "Cancelled")},
}};

const Row& row(SlaState state) { return kRows[static_cast<std::size_t>(state)]; }

// Points are given on a unit square and scaled to the box.
QPolygonF onBox(const QRectF& box, std::initializer_list<QPointF> unit) {
    QPolygonF polygon;
    for (const QPointF& p : unit) polygon << QPointF(box.x() + p.x() * box.width(), box.y() + p.y() * box.height());
    return polygon;
}

void paintClock(QPainter& painter, const QRectF& box, const QPen& pen) {
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(box.adjusted(box.width() * 0.06, box.height() * 0.06, -box.width() * 0.06,
                                     -box.height() * 0.06));
    painter.drawPolyline(onBox(box, {{0.5, 0.26}, {0.5, 0.53}, {0.68, 0.63}}));
}

// Where the symbol lies inside the shape, so that it clears the shape's slanted sides.
QRectF symbolBox(SlaState state, const QRectF& box) {
    const double w = box.width();
    const QPointF c = box.center();
    const auto around = [&](double share, double dy) {
        return QRectF(c.x() - w * share / 2, c.y() - w * share / 2 + w * dy, w * share, w * share);
    };
    switch (state) {
        case SlaState::AtRisk: return around(0.46, 0);
        case SlaState::Breached: return around(0.50, 0.13);
        case SlaState::OnTrack: return around(0.62, 0);
        case SlaState::Paused: return around(0.58, 0);
        case SlaState::Met: return around(0.56, -0.06);
        case SlaState::Cancelled: return around(0.5, 0);
        case SlaState::None: break;
    }
    return around(0.4, 0);
}

}  // namespace

QColor slaColour(SlaState state, bool dark) { return QColor::fromRgba(dark ? row(state).dark : row(state).light); }

QColor slaInk(bool dark) { return dark ? QColor(0x10, 0x16, 0x1c) : QColor(Qt::white); }

QString slaIconName(SlaState state) { return row(state).icon; }

QString slaWord(SlaState state) { return QCoreApplication::translate("SlaState", row(state).word); }

SlaState slaStateOf(std::uint8_t number) {
    return number < kSlaStateCount ? static_cast<SlaState>(number) : SlaState::None;
}

QPainterPath slaShape(SlaState state, const QRectF& box) {
    QPainterPath path;
    const double w = box.width();
    switch (state) {
        case SlaState::OnTrack: path.addEllipse(box.adjusted(w * 0.04, w * 0.04, -w * 0.04, -w * 0.04)); break;
        case SlaState::AtRisk:
            path.addPolygon(onBox(box, {{0.5, -0.04}, {1.04, 0.5}, {0.5, 1.04}, {-0.04, 0.5}}));
            break;
        case SlaState::Breached: path.addPolygon(onBox(box, {{0.5, -0.04}, {1.06, 0.95}, {-0.06, 0.95}})); break;
        case SlaState::Paused: {
            const QRectF square = box.adjusted(w * 0.08, w * 0.08, -w * 0.08, -w * 0.08);
            path.addRoundedRect(square, w * 0.12, w * 0.12);
            break;
        }
        case SlaState::Met:
            path.addPolygon(onBox(box, {{0.04, 0.02}, {0.96, 0.02}, {0.96, 0.58}, {0.5, 1.06}, {0.04, 0.58}}));
            break;
        case SlaState::Cancelled:
            path.addPolygon(onBox(box, {{0.3, 0.02},
                                        {0.7, 0.02},
                                        {0.98, 0.3},
                                        {0.98, 0.7},
                                        {0.7, 0.98},
                                        {0.3, 0.98},
                                        {0.02, 0.7},
                                        {0.02, 0.3}}));
            break;
        case SlaState::None: path.addEllipse(box.adjusted(w * 0.2, w * 0.2, -w * 0.2, -w * 0.2)); break;
    }
    path.closeSubpath();
    return path;
}

void paintSlaGlyph(QPainter& painter, const QRectF& box, SlaState state, const QColor& ink) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPen pen(ink, box.width() * 0.12, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    switch (state) {
        case SlaState::OnTrack: paintClock(painter, box, pen); break;
        case SlaState::AtRisk:
            // clang-format off
            painter.drawPolygon(onBox(box, {{0.14, 0.0}, {0.86, 0.0}, {0.86, 0.12}, {0.56, 0.5}, {0.86, 0.88}, {0.86, 1.0},
                                            {0.14, 1.0}, {0.14, 0.88}, {0.44, 0.5}, {0.14, 0.12}}));
            // clang-format on
            break;
        case SlaState::Breached:
            painter.drawPolygon(
                onBox(box, {{0.62, 0.0}, {0.16, 0.58}, {0.46, 0.58}, {0.34, 1.0}, {0.84, 0.38}, {0.53, 0.38}}));
            break;
        case SlaState::Paused:
            painter.drawRect(QRectF(box.x() + box.width() * 0.16, box.y() + box.height() * 0.08, box.width() * 0.24,
                                    box.height() * 0.84));
            painter.drawRect(QRectF(box.x() + box.width() * 0.60, box.y() + box.height() * 0.08, box.width() * 0.24,
                                    box.height() * 0.84));
            break;
        case SlaState::Met: {
            QPen tick = pen;
            tick.setWidthF(box.width() * 0.18);
            painter.setPen(tick);
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(onBox(box, {{0.1, 0.55}, {0.38, 0.84}, {0.9, 0.2}}));
            break;
        }
        case SlaState::Cancelled:
            painter.setPen(pen);
            painter.drawLine(box.topLeft(), box.bottomRight());
            painter.drawLine(box.topRight(), box.bottomLeft());
            break;
        case SlaState::None: painter.drawEllipse(box.center(), box.width() * 0.22, box.height() * 0.22); break;
    }
    painter.restore();
}

void paintSlaMark(QPainter& painter, const QRectF& box, SlaState state, bool dark) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor rim = dark ? QColor(0x10, 0x16, 0x1c) : QColor(Qt::white);
    const QPainterPath shape = slaShape(state, box);
    painter.strokePath(shape, QPen(rim, box.width() * 0.16, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(shape, slaColour(state, dark));
    if (state != SlaState::None) paintSlaGlyph(painter, symbolBox(state, box), state, slaInk(dark));
    painter.restore();
}

}  // namespace wl::ui
