// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One figure on the Signals perspective: title, value, what it is made of, how it changed, and its chart. Enter opens
// how it was made, C the cases behind it. GUI thread.

#include <QFrame>

#include "ui/signals/tile_chart.hpp"

class QLabel;
class QToolButton;

namespace wl::ui {

/// What a person arranged.
struct TilePlace {
    FigureKind kind{};
    int width{1}, height{1};  ///< in cells: 1 … 3, 1 … 2
    TileChart::Mode mode{};
    std::optional<double> target{};  ///< in the figure's unit
    bool operator==(const TilePlace&) const = default;
};

class SignalTile final : public QFrame {
    Q_OBJECT

public:
    SignalTile(const TilePlace& place, QWidget* parent);

    [[nodiscard]] const TilePlace& place() const { return m_place; }
    void setPlace(const TilePlace& place);
    void setFigure(const ComparedFigure& figure, const CodeNames& names, bool past);
    void fail(const QString& words);

Q_SIGNALS:
    void opened();
    void casesWanted();
    void groupWanted(const QString& key);
    void menuWanted(const QPoint& at);
    void keyed(int key, Qt::KeyboardModifiers with);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    TilePlace m_place;
    QLabel *m_title, *m_value, *m_count, *m_change, *m_nothing;
    QToolButton* m_how;
    TileChart* m_chart;
};

}  // namespace wl::ui
