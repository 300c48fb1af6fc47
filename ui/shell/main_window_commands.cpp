// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's commands do; their names and keys are in window_actions.cpp.
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSplitter>

#include "ui/admin/catalogue_dialog.hpp"
#include "ui/admin/import_wizard.hpp"
#include "ui/citizen/merge_dialog.hpp"
#include "ui/dispatch/dispatch_panel.hpp"
#include "ui/kit/icons.hpp"
#include "ui/dispatch/jobs_dialog.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/outbox/outbox_dialog.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/shell/bulk_menu.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/shell/export_view.hpp"
#include "ui/shell/keys_dialog.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/sync/conflicts_dialog.hpp"
#include "ui/sync/consoles_dialog.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

void MainWindow::connectActions() {
    const auto& a = m_actions;
    auto& bar = m_panel->bar();
    auto& table = m_panel->table();
    connect(a.deskPerspective, &QAction::triggered, this, [this] { showPerspective(Perspective::Desk); });
    connect(a.dispatchPerspective, &QAction::triggered, this, [this] { showPerspective(Perspective::Dispatch); });
    connect(a.signalsPerspective, &QAction::triggered, this, [this] { showPerspective(Perspective::Signals); });
    connect(a.newCase, &QAction::triggered, m_side, &SidePane::beginIntake);
    connect(a.importFile, &QAction::triggered, this, [this] { openImport(); });
    connect(a.exportView, &QAction::triggered, this, [this] {
        if (const auto& listing = m_panel->feed().listing()) m_export->ask(listing);
    });
    connect(a.duplicateCitizens, &QAction::triggered, this, [this] {
        if (auto* open = findChild<MergeDialog*>()) return open->raise();
        auto* dialog = new MergeDialog(m_bridge, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &MergeDialog::openPerson, m_side, &SidePane::showPerson);
        dialog->show();
    });
    connect(a.administration, &QAction::triggered, this, [this] {
        auto* dialog = new CatalogueDialog(m_bridge, &m_memory, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(a.quit, &QAction::triggered, this, &MainWindow::close);
    connect(a.undo, &QAction::triggered, this, [this] { undo(false); });
    connect(a.redo, &QAction::triggered, this, [this] { undo(true); });
    connect(a.selectAll, &QAction::triggered, &table, &CaseTable::selectAll);
    connect(a.search, &QAction::triggered, this, [this] { openSearch(); });
    connect(a.filterText, &QAction::triggered, &bar, &FilterBar::focusText);
    connect(a.addFilter, &QAction::triggered, &bar, &FilterBar::offer);
    connect(a.clearFilters, &QAction::triggered, &bar, &FilterBar::clearAll);
    connect(a.focusTable, &QAction::triggered, &table, [&table] { table.setFocus(Qt::ShortcutFocusReason); });
    connect(a.focusCase, &QAction::triggered, m_side, [this] { m_side->casePane().setFocus(Qt::ShortcutFocusReason); });
    connect(a.fitMap, &QAction::triggered, m_map, &MapWidget::fitToQueue);
    connect(a.bulkOwner, &QAction::triggered, m_bulk, &BulkMenu::askOwner);
    connect(a.bulkStatus, &QAction::triggered, m_bulk, &BulkMenu::askStatus);
    connect(a.bulkPriority, &QAction::triggered, m_bulk, &BulkMenu::askPriority);
    connect(a.outbox, &QAction::triggered, this, [this] {
        auto* dialog = new OutboxDialog(m_bridge, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &OutboxDialog::told, this, &MainWindow::tell);
        connect(dialog, &OutboxDialog::caseWanted, this, &MainWindow::openCase);
        dialog->open();
    });
    connect(a.jobs, &QAction::triggered, this, [this] {
        auto* dialog = new JobsDialog(m_bridge, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &JobsDialog::told, this, &MainWindow::tell);
        connect(dialog, &JobsDialog::casesWanted, this, [this](const QString& job) {
            engine::CaseFilter filter;
            filter.jobs = {job.toStdString()};
            showQueue(u"open"_s);
            m_panel->bar().setFilter(std::move(filter));
        });
        dialog->open();
    });
    connect(a.consoles, &QAction::triggered, this, [this] { openConsoles(); });
    connect(a.addConsole, &QAction::triggered, this, [this] { openConsoles(true); });
    connect(a.conflicts, &QAction::triggered, this, &MainWindow::openConflicts);
    connect(a.shortcuts, &QAction::triggered, this, [this] {
        auto* dialog = new KeysDialog(m_actions.all(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    m_panel->setEmptyActions(a.newCase, a.clearFilters);

    // Ctrl+C means rows only where the list has the focus; text fields keep theirs.
    a.copyRows->setShortcut(QKeySequence::Copy);
    a.copyRows->setShortcutContext(Qt::WidgetShortcut);
    table.addAction(a.copyRows);
    connect(a.copyRows, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_panel->table().selectedAsText()); });
    connect(a.copyNumbers, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_panel->table().selectedNumbers()); });

    connect(a.filterByMap, &QAction::toggled, this, [this](bool on) {
        if (on) return followMapArea();
        auto filter = m_panel->bar().filter();
        filter.box.reset();
        m_panel->bar().setFilter(std::move(filter));
    });
    connect(&bar, &FilterBar::filterChanged, a.filterByMap, [this](const engine::CaseFilter& filter) {
        if (!filter.box) m_actions.filterByMap->setChecked(false);
    });

    a.columnsMenu->addActions(table.columnActions());
    connect(a.columnsMenu, &QMenu::aboutToShow, this, [this] {
        const auto& columns = m_panel->table().columnActions();
        for (int at = 0; at < columns.size(); ++at) columns[at]->setChecked(!m_panel->table().isColumnHidden(at));
    });

    const auto theme = [this](QAction* action, ThemeChoice choice) {
        action->setChecked(m_theme.choice() == choice);
        connect(action, &QAction::triggered, this, [this, choice] {
            m_theme.setChoice(choice);
            m_memory.setTheme(choice);
        });
    };
    theme(a.themeSystem, ThemeChoice::System);
    theme(a.themeLight, ThemeChoice::Light);
    theme(a.themeDark, ThemeChoice::Dark);
    const auto density = [this](QAction* action, Density choice) {
        action->setChecked(m_memory.density() == choice);
        connect(action, &QAction::triggered, this, [this, choice] {
            m_theme.setDensity(choice);
            m_memory.setDensity(choice);
        });
    };
    density(a.compact, Density::Compact);
    density(a.comfortable, Density::Comfortable);

    a.showMap->setChecked(true);
    a.showRail->setChecked(true);
    connect(a.showMap, &QAction::toggled, this, [this](bool on) {
        m_map->setVisible(on);
        m_memory.set("showMap", on);
    });
    connect(a.showRail, &QAction::toggled, this, [this](bool on) {
        m_rail->setVisible(on && !m_dispatch->isVisibleTo(this));
        m_memory.set("showRail", on);
    });
    connect(a.mapBeside, &QAction::toggled, this, [this](bool on) {
        m_centre->setOrientation(on ? Qt::Horizontal : Qt::Vertical);
        m_memory.set("mapBeside", on);
        // Another shape shows another part of the city: begin with all of it.
        if (m_begun) QMetaObject::invokeMethod(m_map, &MapWidget::fitToQueue, Qt::QueuedConnection);
    });
}

void MainWindow::openImport(const std::filesystem::path& file) {
    auto* wizard = new ImportWizard(m_bridge, this);
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    if (!file.empty()) wizard->setFile(file);
    wizard->open();
}

void MainWindow::openConsoles(bool add) {
    auto* dialog = findChild<ConsolesDialog*>();
    if (!dialog) {
        dialog = new ConsolesDialog(m_bridge, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    if (add) dialog->addConsole();
}

void MainWindow::openConflicts() {
    auto* dialog = new ConflictsDialog(m_bridge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConflictsDialog::caseWanted, this, &MainWindow::openCase);
    dialog->show();
}

// One entry a queue; the first nine have Ctrl and a digit.
void MainWindow::buildQueueMenu() {
    m_actions.queueMenu->clear();
    int nth = 0;
    for (int row = 0; row < m_queues.rowCount(); ++row) {
        const auto* queue = m_queues.entryAt(row);
        if (queue->heading) {
            if (nth > 0) m_actions.queueMenu->addSeparator();
            continue;
        }
        auto* action = m_actions.queueMenu->addAction(themedIcon(queue->icon), queue->name);
        action->setObjectName(u"queue_"_s + queue->id);
        if (++nth <= 9) action->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(nth)));
        connect(action, &QAction::triggered, this, [this, id = queue->id] {
            showQueue(id);
            m_panel->table().setFocus(Qt::ShortcutFocusReason);
        });
    }
}

void MainWindow::addCaseActions() {
    const auto actions = m_side->casePane().caseActions();
    m_actions.caseMenu->addActions(actions);
    m_panel->table().setLetterActions(actions, m_bulk->letterActions());
}

void MainWindow::showTableMenu(const QPoint& at) {
    QMenu menu(this);
    if (m_selected > 1) {
        menu.addActions(m_bulk->letterActions());
    } else {
        menu.addActions(m_side->casePane().caseActions());
    }
    menu.addSeparator();
    menu.addAction(m_actions.copyRows);
    menu.addAction(m_actions.copyNumbers);
    menu.exec(at);
}

}  // namespace wl::ui
