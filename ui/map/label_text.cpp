// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/label_text.hpp"

#include <QGlyphRun>
#include <QRawFont>
#include <QTextLayout>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wl::ui {
namespace {

constexpr double kMaxTurn = 22 * std::numbers::pi / 180;   // between one glyph and the next
constexpr double kMaxBend = 70 * std::numbers::pi / 180;   // over the whole text
constexpr double kPadding = 3;                             // free px around a label

}  // namespace

std::vector<double> lengthsAlong(const QPolygonF& line) {
    std::vector<double> lengths(static_cast<std::size_t>(line.size()));
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QPointF d = line[i] - line[i - 1];
        lengths[static_cast<std::size_t>(i)] = lengths[static_cast<std::size_t>(i - 1)] + std::hypot(d.x(), d.y());
    }
    return lengths;
}

QPointF pointAlong(const QPolygonF& line, const std::vector<double>& lengths, double distance) {
    const auto it = std::ranges::upper_bound(lengths, distance);
    if (it == lengths.begin()) return line.front();
    if (it == lengths.end()) return line.back();
    const auto i = it - lengths.begin();
    const double from = *(it - 1), to = *it;
    const double share = to > from ? (distance - from) / (to - from) : 0;
    return line[i - 1] + (line[i] - line[i - 1]) * share;
}

LabelText::LabelText(double pixelSize, QFont::Weight weight, bool italic, double spacing)
    : m_spacing(spacing), m_size(pixelSize) {
    m_font.setPixelSize(static_cast<int>(std::lround(pixelSize * 4)));  // shaped large, scaled down: no pixel grid
    m_font.setWeight(weight);
    m_font.setItalic(italic);
    m_font.setHintingPreference(QFont::PreferNoHinting);
}

const LabelText::Shape& LabelText::shape(const QString& text) {
    const auto known = m_shapes.constFind(text);
    if (known != m_shapes.cend()) return *known;
    Shape result;
    QTextLayout layout(text, m_font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid()) line.setLineWidth(1e6);
    layout.endLayout();
    const double scale = m_size / m_font.pixelSize();
    double shift = 0;
    const QList<QGlyphRun> runs = layout.glyphRuns();
    for (const QGlyphRun& run : runs) {
        const QRawFont raw = run.rawFont();
        const QList<quint32> indexes = run.glyphIndexes();
        const QList<QPointF> positions = run.positions();
        const QList<QPointF> advances = raw.advancesForGlyphIndexes(indexes);
        const bool cached = runs.size() == 1;  // a second run is a fallback font: its glyph numbers mean other glyphs
        for (qsizetype i = 0; i < indexes.size(); ++i) {
            QPainterPath outline = cached ? m_outlines.value(indexes[i]) : QPainterPath();
            if (outline.isEmpty()) {
                outline = QTransform::fromScale(scale, scale).map(raw.pathForGlyph(indexes[i]));
                if (cached) m_outlines.insert(indexes[i], outline);
            }
            result.glyphs.push_back({outline, positions[i].x() * scale + shift, advances[i].x() * scale});
            shift += m_spacing;
        }
    }
    for (const Glyph& g : result.glyphs) result.width = std::max(result.width, g.x + g.advance);
    return *m_shapes.insert(text, std::move(result));
}

LabelOutline LabelText::centred(const QString& text, QPointF at, double wrap) {
    QStringList lines;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString longer = lines.isEmpty() ? word : lines.last() + u' ' + word;
        if (!lines.isEmpty() && shape(longer).width > wrap) lines.append(word);
        else if (lines.isEmpty()) lines.append(word);
        else lines.last() = longer;
    }
    LabelOutline out;
    const double height = m_size * 1.18;
    double y = at.y() - height * double(lines.size()) / 2;
    for (const QString& line : lines) {
        const Shape& s = shape(line);
        const double left = at.x() - s.width / 2;
        for (const Glyph& g : s.glyphs) out.path.addPath(g.outline.translated(left + g.x, y + m_size * 0.94));
        out.boxes.emplace_back(left - kPadding, y - kPadding, s.width + 2 * kPadding, height + 2 * kPadding);
        y += height;
    }
    return out;
}

std::optional<LabelOutline> LabelText::along(const QString& text, const QPolygonF& line, double middle) {
    const Shape& s = shape(text);
    const std::vector<double> lengths = lengthsAlong(line);
    const double begin = middle - s.width / 2;
    if (begin < 0 || begin + s.width > lengths.back()) return std::nullopt;

    LabelOutline out;
    double firstAngle = 0, lastAngle = 0;
    bool first = true;
    for (const Glyph& g : s.glyphs) {
        const double half = std::max(g.advance / 2, m_size * 0.3);
        const double centre = begin + g.x + g.advance / 2;
        const QPointF a = pointAlong(line, lengths, centre - half);
        const QPointF b = pointAlong(line, lengths, centre + half);
        const double angle = std::atan2(b.y() - a.y(), b.x() - a.x());
        const auto turn = [](double from, double to) {
            return std::abs(std::remainder(to - from, 2 * std::numbers::pi));
        };
        if (!first && (turn(lastAngle, angle) > kMaxTurn || turn(firstAngle, angle) > kMaxBend)) return std::nullopt;
        if (first) firstAngle = angle;
        first = false;
        lastAngle = angle;
        const QPointF on = pointAlong(line, lengths, centre);
        QTransform place;
        place.translate(on.x(), on.y());
        place.rotateRadians(angle);
        place.translate(-g.advance / 2, m_size * 0.35);
        out.path.addPath(place.map(g.outline));
        const double side = std::max(g.advance, m_size) / 2 + kPadding;
        out.boxes.emplace_back(on.x() - side, on.y() - side, 2 * side, 2 * side);
    }
    return out;
}

}  // namespace wl::ui
