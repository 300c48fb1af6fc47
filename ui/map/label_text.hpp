// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns names into outlines, straight or along a line. Outlines and not drawn text, because a label needs a halo, may
// be turned glyph by glyph, and must look the same in whichever thread and tile it is drawn.

#include <QFont>
#include <QHash>
#include <QPainterPath>
#include <QPolygonF>
#include <QString>

#include <optional>
#include <vector>

namespace wl::ui {

/// A name as outlines with the boxes that it covers.
struct LabelOutline {
    QPainterPath path;
    std::vector<QRectF> boxes;
};

/// One font in one thread; keeps the outlines of the glyphs it has met.
class LabelText {
public:
    /// `spacing` is extra room between letters in px.
    LabelText(double pixelSize, QFont::Weight weight, bool italic, double spacing);

    /// Centred on `at`, broken into lines of about `wrap` px where a space allows.
    [[nodiscard]] LabelOutline centred(const QString& text, QPointF at, double wrap);
    /// Along `line` with the middle of the text `middle` px from its beginning; none where the line is too short or
    /// too bent. `line` must run so that the text is not upside down.
    [[nodiscard]] std::optional<LabelOutline> along(const QString& text, const QPolygonF& line, double middle);
    /// Length of the text in px.
    [[nodiscard]] double width(const QString& text) { return shape(text).width; }

private:
    struct Glyph {
        QPainterPath outline;
        double x;  ///< from the beginning of the text
        double advance;
    };
    struct Shape {
        std::vector<Glyph> glyphs;
        double width = 0;
    };
    [[nodiscard]] const Shape& shape(const QString& text);

    QFont m_font;
    double m_spacing;
    double m_size;
    QHash<quint32, QPainterPath> m_outlines;
    QHash<QString, Shape> m_shapes;
};

/// Distance from the beginning to each point of a line; the last is its length.
[[nodiscard]] std::vector<double> lengthsAlong(const QPolygonF& line);
/// The point `distance` px along the line.
[[nodiscard]] QPointF pointAlong(const QPolygonF& line, const std::vector<double>& lengths, double distance);

}  // namespace wl::ui
