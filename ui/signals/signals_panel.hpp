// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Signals perspective: figures as tiles that a person arranges, over a period and a part of the city, as of now or
// of a past day. Each tile opens how it was made and the cases behind it. GUI thread.

#include <QTimer>
#include <QWidget>

#include "ui/models/signals_feed.hpp"
#include "ui/signals/report_dialog.hpp"
#include "ui/signals/tile_layout.hpp"

class QAction;
class QComboBox;
class QDateEdit;
class QGridLayout;
class QLabel;
class QMenu;
class QScrollArea;
class QSlider;
class QToolButton;

namespace wl::ui {

class WindowMemory;

class SignalsPanel final : public QWidget {
    Q_OBJECT

public:
    SignalsPanel(ConsoleBridge& bridge, WindowMemory& memory, QWidget* parent);

    [[nodiscard]] SignalsFeed& feed() { return m_feed; }
    [[nodiscard]] bool isSettled() const { return !isVisible() || (m_feed.isSettled() && m_toDraw.isEmpty()); }
    [[nodiscard]] const std::vector<TilePlace>& tiles() const { return m_places; }
    void openFigure(FigureKind kind);
    void openReport();
    void focusFirst();
    [[nodiscard]] CodeNames names() const;

Q_SIGNALS:
    void casesWanted(const std::vector<wl::CaseKey>& keys, const QString& title);
    void told(const QString& line);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildBar();
    void fillChoices();
    void takeScope();
    void takePeriod(int index);
    void takeAsOf(const QDate& day);
    void load();
    void keep();
    void rebuild();
    void countKinds(std::optional<FigureKind> open);
    void lay();
    void refresh(const QList<int>& kinds);
    void drawNext();
    void keyed(FigureKind kind, int key, Qt::KeyboardModifiers with);
    void change(FigureKind kind, const std::function<void(TilePlace&)>& how);
    void move(FigureKind kind, int by);
    void remove(FigureKind kind);
    void tileMenu(FigureKind kind, const QPoint& at);
    void fillAddMenu();
    void showCases(FigureKind kind, std::optional<std::string> group);
    [[nodiscard]] SignalTile* tile(FigureKind kind) const;
    [[nodiscard]] std::size_t indexOf(FigureKind kind) const;
    [[nodiscard]] int columns() const;

    ConsoleBridge& m_bridge;
    WindowMemory& m_memory;
    SignalsFeed m_feed;
    ReportSchedule m_schedule;
    std::vector<TilePlace> m_places;
    std::vector<SignalTile*> m_tiles;
    QList<int> m_toDraw;  ///< kinds with new figures
    QTimer m_nextTile;
    QComboBox *m_period, *m_department, *m_area, *m_service;
    QDateEdit *m_from, *m_to, *m_asOf;
    QSlider* m_back;
    QToolButton *m_now, *m_add, *m_report;
    QLabel* m_past;
    QMenu* m_addMenu;
    QScrollArea* m_scroll;
    QWidget* m_board;
    QGridLayout* m_grid;
    int m_columns{};
};

}  // namespace wl::ui
