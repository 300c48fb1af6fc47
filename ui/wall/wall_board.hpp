// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What lies over the map on the wall: vital signs, worst queues, newest breaches and patterns, a line of what comes in.
// Paints what it is given, at a size that is read from five metres; knows nothing of cases.

#include <QString>
#include <QWidget>

#include <vector>

#include "domain/vocab.hpp"

namespace wl::ui {

struct WallTile {
    QString word, number;
    SlaState look{SlaState::None};
    bool calm{};
    bool operator==(const WallTile&) const = default;
};

struct WallLine {
    SlaState look{SlaState::None};
    QString text, detail;
    bool operator==(const WallLine&) const = default;
};

struct WallPanel {
    QString title, empty;  ///< what is said where there are no lines
    std::vector<WallLine> lines;
    bool operator==(const WallPanel&) const = default;
};

struct WallContent {
    QString city, clock, day, age, stop;  ///< `stop`: what the map shows
    QString banner;  ///< what is wrong with this display's data; empty = nothing
    std::vector<WallTile> tiles;
    std::vector<WallPanel> panels;
    std::vector<WallLine> ticker;
    QString copyright;
    bool operator==(const WallContent&) const = default;
};

class WallBoard final : public QWidget {
    Q_OBJECT

public:
    explicit WallBoard(QWidget* parent);

    /// Repaints only if it says something else.
    void setContent(WallContent content);
    [[nodiscard]] const WallContent& content() const { return m_content; }
    void setDark(bool dark);
    /// Everything is drawn this far from its place, in thousandths of the height: no pixel shows the same for days.
    void setDrift(QPoint drift);
    /// The part of the window that the panels leave to the map.
    [[nodiscard]] QRect freeArea() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] double unit() const { return height() / 1080.0; }
    [[nodiscard]] QRectF box(double x, double y, double width, double height) const;
    void drawHead(QPainter& painter);
    void drawTiles(QPainter& painter);
    void drawPanels(QPainter& painter);
    void drawTicker(QPainter& painter);
    void text(QPainter& painter, const QRectF& in, const QString& words, double size, const QColor& ink,
              Qt::Alignment align = Qt::AlignLeft, bool bold = false);
    [[nodiscard]] double wide() const { return width() / unit(); }  ///< of a wall that is 1080 high

    WallContent m_content;
    bool m_dark{};
    QPoint m_drift;
};

}  // namespace wl::ui
