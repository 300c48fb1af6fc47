// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Desk: top bar, queue rail, case list, map and side pane in one window. Wires the parts; each part does its own
// work. GUI thread.

#include <QMainWindow>

#include <filesystem>
#include <memory>

#include <QTimer>

#include "ui/map/picture_tiles.hpp"
#include "ui/models/alarm_watch.hpp"
#include "ui/models/console_bridge.hpp"
#include "ui/models/pattern_feed.hpp"
#include "ui/models/queue_list_model.hpp"
#include "ui/models/signal_alarms.hpp"
#include "ui/models/time_travel.hpp"
#include "ui/shell/map_points_feed.hpp"
#include "ui/shell/window_actions.hpp"
#include "ui/shell/window_memory.hpp"

class QLabel;
class QSplitter;

namespace wl::ui {

class BulkMenu;
class CommandPalette;
class DispatchPanel;
class ExportView;
class MapWidget;
class QueuePanel;
class QueueRail;
class SidePane;
class SignalsPanel;
class TopBar;
class WallWindow;
class WorkLine;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// `folder` is the replica's data folder; layout and drafts are kept there.
    MainWindow(ConsoleBridge& bridge, Theme& theme, const std::filesystem::path& folder);
    ~MainWindow() override;

    /// Nothing is under way that would change the picture.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] WindowActions& actions() { return m_actions; }
    [[nodiscard]] TimeTravel& travel() { return m_travel; }
    /// Shows a case, from wherever it is asked for.
    void openCase(CaseKey key);
    /// A number rings here: who it is, or a report by them.
    void takeCall(const QString& number);
    void openImport(const std::filesystem::path& file = {});
    void openSearch(const QString& typed = {});
    /// The page about the other consoles; with `add`, on the way to a new one.
    void openConsoles(bool add = false);
    void openConflicts();
    /// The city over a whole screen; with `alone` the program ends with it.
    WallWindow& openWall(bool alone = false);
    bool showQueue(const QString& id);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void layOut();
    void connectParts();
    void connectMap();
    void connectActions();
    void connectViews();
    void connectAlarms();
    void connectPatterns();
    void drawPatterns();
    void openPatterns();
    void openAlarm();
    void remind();
    void saveView();
    void renameView();
    void deleteView();
    void buildQueueMenu();
    void addCaseActions();
    void restore();
    void remember();
    void takeListing();
    void updateCounts();
    void updateUndo();
    void tell(const QString& line);
    void undo(bool redo);
    void followMapArea();
    void selectOnMap(const QList<qint64>& found, bool add);
    void narrowTo(std::vector<CaseKey> keys);
    void showSelection();
    enum class Perspective : std::uint8_t { Desk, Dispatch, Signals };
    void showPerspective(Perspective which);
    void connectSignals();
    void connectTime();
    void showCity();
    void openFigure(int kind);
    void lookAtFigures();
    void showTableMenu(const QPoint& at);

    ConsoleBridge& m_bridge;
    Theme& m_theme;
    WindowMemory m_memory;
    WindowActions m_actions;
    ViewStore m_views;
    QueueListModel m_queues;
    AlarmWatch m_alarms;
    PatternFeed m_patterns;
    const std::filesystem::path m_folder;
    SignalAlarms m_figureAlarms;
    QTimer m_hourly;
    MapPointsFeed m_points;
    TimeTravel m_travel;
    PictureTilesPtr m_pictures;
    TopBar* m_top;
    QSplitter* m_desk;
    QSplitter* m_centre;
    QueueRail* m_rail;
    DispatchPanel* m_dispatch;
    SignalsPanel* m_signals;
    QueuePanel* m_panel;
    MapWidget* m_map;
    SidePane* m_side;
    CommandPalette* m_palette;
    BulkMenu* m_bulk;
    ExportView* m_export;
    WorkLine* m_work;
    QLabel* m_counts;
    std::unique_ptr<WallWindow> m_wall;
    int m_selected{};
    CaseKey m_shown;     ///< in the side pane
    bool m_selectAll{};  ///< of the next listing
    bool m_begun{};
};

}  // namespace wl::ui
