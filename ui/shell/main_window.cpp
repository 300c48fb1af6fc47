// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.hpp"

#include <QCloseEvent>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

#include "ui/case/timeline_view.hpp"
#include "ui/dispatch/dispatch_panel.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/models/error_words.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/shell/alarm_bar.hpp"
#include "ui/shell/bulk_menu.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/shell/export_view.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/shell/time_bar.hpp"
#include "ui/shell/top_bar.hpp"
#include "ui/shell/work_line.hpp"
#include "ui/signals/signals_panel.hpp"
#include "ui/wall/wall_window.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kTold = 8000;  // ms a line stays in the status bar

}  // namespace

MainWindow::MainWindow(ConsoleBridge& bridge, Theme& theme, const std::filesystem::path& folder)
    : m_bridge(bridge), m_theme(theme), m_memory(folder), m_actions(*this), m_views(bridge, folder),
      m_queues(bridge, &m_views), m_alarms(bridge), m_patterns(bridge, folder), m_folder(folder),
      m_figureAlarms(
          bridge, m_alarms,
          {figureTitle, figureValue,
           [](FigureKind kind, double target) { return unitValue(rules::signals::figureSpec(kind).unit, target); }},
          this),
      m_travel(bridge), m_top(new TopBar(bridge, m_queues, m_actions.search, this)),
      m_desk(new QSplitter(Qt::Horizontal, this)), m_centre(new QSplitter(Qt::Vertical, this)),
      m_rail(new QueueRail(m_queues, theme, this)), m_dispatch(new DispatchPanel(bridge, m_queues, this)),
      m_signals(new SignalsPanel(bridge, m_memory, this)), m_panel(new QueuePanel(bridge, theme, this)),
      m_map(new MapWidget(this)), m_side(new SidePane(bridge, folder / "drafts", this)),
      m_palette(new CommandPalette(bridge, m_queues, this)), m_bulk(new BulkMenu(bridge, *m_panel, this)),
      m_export(new ExportView(bridge, this)), m_work(new WorkLine(this)), m_counts(new QLabel(this)) {
    setObjectName(u"mainWindow"_s);
    const auto sayCity = [this] {
        const auto city = QString::fromStdString(m_bridge.catalogue()->jurisdiction().name);
        setWindowTitle(city.isEmpty() ? tr("Wardline") : tr("%1 – Wardline").arg(city));
    };
    sayCity();
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, sayCity);
    layOut();
    connectParts();
    connectMap();
    connectActions();
    connectViews();
    connectAlarms();
    connectSignals();
    connectPatterns();
    connectTime();
    buildQueueMenu();
    addCaseActions();
    restore();
}

// The widgets go after this object's own members; what they say on the way must not be heard here any more.
MainWindow::~MainWindow() {
    m_wall.reset();
    for (auto* child : findChildren<QObject*>()) child->disconnect(this);
}

void MainWindow::layOut() {
    m_centre->setObjectName(u"centreSplitter"_s);
    m_centre->addWidget(m_panel);
    m_centre->addWidget(m_map);
    m_centre->setStretchFactor(0, 3);
    m_centre->setStretchFactor(1, 2);
    m_desk->setObjectName(u"deskSplitter"_s);
    m_desk->addWidget(m_rail);
    m_desk->addWidget(m_dispatch);
    m_dispatch->hide();
    m_desk->addWidget(m_centre);
    m_desk->addWidget(m_side);
    m_desk->setStretchFactor(2, 1);
    for (auto* splitter : {m_centre, m_desk}) {
        splitter->setHandleWidth(grid(1));
        splitter->setChildrenCollapsible(false);
    }
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_top);
    column->addWidget(new TimeBar(m_travel, m_bridge, m_actions, this));
    column->addWidget(new AlarmBar(m_alarms, m_actions.openAlarm, m_actions.dismissAlarm, this));
    column->addWidget(m_desk, 1);
    column->addWidget(m_signals, 1);
    m_signals->hide();
    setCentralWidget(centre);
    m_counts->setObjectName(u"caseCounts"_s);
    m_counts->setContentsMargins(grid(2), 0, grid(2), 0);
    statusBar()->setObjectName(u"statusBar"_s);
    statusBar()->addPermanentWidget(m_work);
    statusBar()->addPermanentWidget(m_counts);
    statusBar()->setSizeGripEnabled(false);
    m_map->setTheme(m_theme.dark());
    resize(grid(360), grid(225));
    m_desk->setSizes({grid(50), grid(95), grid(360) - grid(50) - grid(100), grid(100)});
    m_centre->setSizes({grid(120), grid(90)});
}

void MainWindow::connectParts() {
    connect(m_rail, &QueueRail::queueChosen, this, &MainWindow::showQueue);
    connect(m_top, &TopBar::queueWanted, m_rail, &QueueRail::choose);
    connect(m_top, &TopBar::agentChosen, this, [this](const QString& code) {
        m_bridge.setAgent(code.toStdString());
        m_memory.set("agent", code);
    });
    connect(m_top, &TopBar::consolesWanted, this, [this] { openConsoles(); });
    connect(&m_queues, &QueueListModel::redefined, this, [this] {
        if (const auto* queue = m_queues.entry(m_rail->chosen())) m_panel->showQueue(*queue);
        buildQueueMenu();
    });
    connect(&m_queues, &QueueListModel::counted, this, &MainWindow::updateCounts);

    connect(m_panel, &QueuePanel::listed, this, &MainWindow::takeListing);
    auto& table = m_panel->table();
    connect(&table, &CaseTable::settled, m_side, &SidePane::followCase);
    connect(&table, &CaseTable::opened, this, [this](CaseKey key) {
        m_side->showCase(key);
        m_side->casePane().setFocus(Qt::OtherFocusReason);
    });
    connect(&table, &CaseTable::menuRequested, this, &MainWindow::showTableMenu);
    connect(&table, &CaseTable::selectionCountChanged, this, [this](int rows) {
        m_selected = rows;
        updateCounts();
        showSelection();
    });
    connect(m_side, &SidePane::caseWanted, this, [this](CaseKey key) { m_panel->table().choose(key); });
    connect(m_side, &SidePane::told, this, &MainWindow::tell);
    connect(m_dispatch, &DispatchPanel::told, this, &MainWindow::tell);
    connect(m_dispatch, &DispatchPanel::queueWanted, m_rail, &QueueRail::choose);
    connect(m_dispatch, &DispatchPanel::filterWanted, this, [this](const engine::CaseFilter& filter) {
        showQueue(u"open"_s);
        m_panel->bar().setFilter(filter);
    });
    connect(m_export, &ExportView::told, this, &MainWindow::tell);
    connect(m_bulk, &BulkMenu::told, this, &MainWindow::tell);
    connect(&m_bulk->run(), &BulkRun::progressed, this,
            [this](qsizetype done, qsizetype total) { m_work->progress(tr("Changing cases"), done, total); });
    connect(&m_bulk->run(), &BulkRun::finished, m_work, &WorkLine::finish);
    connect(&m_bridge, &ConsoleBridge::undoing, this, [this](quint64 done, quint64 total) {
        if (done == total) return m_work->finish();
        m_work->progress(tr("Undoing, batches"), static_cast<qsizetype>(done), static_cast<qsizetype>(total));
    });
    connect(m_work, &WorkLine::stopRequested, this, [this] {
        m_bulk->run().stop();
        m_bridge.stopUndo();
    });
    connect(m_palette, &CommandPalette::caseChosen, this, &MainWindow::openCase);
    connect(m_palette, &CommandPalette::personChosen, m_side, &SidePane::showPerson);
    connect(m_palette, &CommandPalette::queueChosen, m_rail, &QueueRail::choose);
    connect(&m_bridge, &ConsoleBridge::refused, this, [this](const Error& error) { tell(errorWords(error).line()); });
    connect(&m_bridge, &ConsoleBridge::changed, this, &MainWindow::updateUndo);
    connect(&m_bridge, &ConsoleBridge::agentChanged, this, &MainWindow::updateUndo);
    connect(&m_theme, &Theme::changed, this, [this] { m_map->setTheme(m_theme.dark()); });
}

bool MainWindow::showQueue(const QString& id) {
    const auto* queue = m_queues.entry(id);
    if (!queue) return false;
    m_rail->choose(id);
    m_memory.set("queue", id);
    for (auto* action : {m_actions.renameView, m_actions.deleteView}) action->setEnabled(queue->saved);
    if (queue->order) m_panel->setOrder(*queue->order);
    m_panel->showQueue(*queue);
    return true;
}

// The same queue, map and case; beside them the queues, or who has how much; or the figures in place of all.
void MainWindow::showPerspective(Perspective which) {
    const bool dispatch = which == Perspective::Dispatch, figures = which == Perspective::Signals;
    (dispatch  ? m_actions.dispatchPerspective
     : figures ? m_actions.signalsPerspective
               : m_actions.deskPerspective)
        ->setChecked(true);
    m_signals->setVisible(figures);
    m_desk->setVisible(!figures);
    m_dispatch->setVisible(dispatch);
    m_rail->setVisible(which == Perspective::Desk && m_actions.showRail->isChecked());
    m_memory.set("dispatch", dispatch);
    m_memory.set("figures", figures);
    if (figures) m_signals->focusFirst();
}

void MainWindow::takeCall(const QString& number) {
    if (isMinimized()) showNormal();
    raise();
    activateWindow();
    m_side->takeCall(number);
}

void MainWindow::openCase(CaseKey key) {
    if (!key) return;
    m_panel->table().choose(key);
    m_side->showCase(key);
}

void MainWindow::openSearch(const QString& typed) {
    m_palette->open(m_actions.all());
    if (!typed.isEmpty()) m_palette->type(typed);
}

void MainWindow::takeListing() {
    const auto& listing = m_panel->feed().listing();
    m_points.take(listing);
    if (std::exchange(m_selectAll, false)) m_panel->table().selectAll();
    if (!std::exchange(m_begun, true)) m_panel->table().choose(m_panel->model().keyAt(0));
    m_memory.setOrder(m_panel->model().order());
    updateCounts();
    updateUndo();
}

void MainWindow::updateCounts() {
    const QLocale locale;
    const auto shown = locale.toString(m_panel->model().rowCount());
    auto line =
        m_queues.isCounted()
            ? tr("Showing %1 of %2 cases").arg(shown, locale.toString(static_cast<qlonglong>(m_queues.allCases())))
            : tr("Showing %1 cases").arg(shown);
    if (!m_bridge.engine().isLoaded()) line = tr("%1 · closed cases are still being loaded").arg(line);
    if (m_selected > 1) line = tr("%1 selected · %2").arg(locale.toString(m_selected), line);
    m_counts->setText(line);
    for (auto* action : {m_actions.bulkOwner, m_actions.bulkStatus, m_actions.bulkPriority})
        action->setEnabled(m_selected > 0);
}

void MainWindow::updateUndo() {
    m_actions.undo->setEnabled(m_bridge.engine().canUndo());
    m_actions.redo->setEnabled(m_bridge.engine().canRedo());
}

void MainWindow::tell(const QString& line) { statusBar()->showMessage(line, kTold); }

void MainWindow::undo(bool redo) {
    m_bridge.undo(redo, this, [this, redo](const Result<engine::Receipt>& receipt) {
        if (!receipt) return tell(errorWords(receipt.error()).line());
        auto line = redo ? tr("Done again.") : tr("Undone.");
        if (receipt->leftAlone > 0)
            line += u' ' + tr("%n case(s) changed since were left as they are.", nullptr,
                              static_cast<int>(receipt->leftAlone));
        if (receipt->groupLeft > 0) line += u' ' + tr("Stopped before the end; undo again to go on.");
        tell(line);
    });
}

bool MainWindow::isSettled() const {
    return m_bridge.engine().isLoaded() && m_queues.isCounted() && m_panel->feed().listing() &&
           !m_panel->feed().isBusy() && !m_points.isBusy() && m_signals->isSettled() &&
           (!m_travel.isOn() || m_travel.isReady()) && (!m_map->isVisible() || m_map->isIdle());
}

void MainWindow::restore() {
    if (const auto agent = m_memory.text("agent"); !agent.isEmpty()) m_bridge.setAgent(agent.toStdString());
    m_theme.setDensity(m_memory.density());
    m_memory.restore(*this);
    m_memory.restore(*m_desk);
    m_memory.restore(*m_panel->table().horizontalHeader());
    m_actions.mapBeside->setChecked(m_memory.flag("mapBeside", false));
    m_memory.restore(*m_centre);
    m_actions.showMap->setChecked(m_memory.flag("showMap", true));
    m_actions.showPatterns->setChecked(m_memory.flag("showPatterns", true));
    m_actions.showRail->setChecked(m_memory.flag("showRail", true));
    m_map->setAreaKind(m_memory.text("mapAreas"));
    m_map->setLayer(static_cast<MapLayer>(std::clamp(m_memory.text("mapLayer").toInt(), 0, kMapLayerCount - 1)));
    showPerspective(m_memory.flag("figures", false)    ? Perspective::Signals
                    : m_memory.flag("dispatch", false) ? Perspective::Dispatch
                                                       : Perspective::Desk);
    for (auto* timeline : findChildren<TimelineView*>()) {
        timeline->setNewestFirst(m_memory.flag("timelineNewestFirst", true));
        connect(timeline, &TimelineView::newestFirstChanged, this, [this](bool newestFirst) {
            m_memory.set("timelineNewestFirst", newestFirst);
            for (auto* other : findChildren<TimelineView*>()) other->setNewestFirst(newestFirst);
        });
    }
    m_panel->setOrder(m_memory.order());
    if (!showQueue(m_memory.text("queue", u"open"_s))) showQueue(u"open"_s);
    if (m_signals->isHidden()) m_panel->table().setFocus();
}

void MainWindow::remember() {
    m_memory.keep(*this);
    m_memory.keep(*m_desk);
    m_memory.keep(*m_centre);
    m_memory.keep(*m_panel->table().horizontalHeader());
    m_memory.flush();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    remember();
    QMainWindow::closeEvent(event);
}

}  // namespace wl::ui
