// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_actions.hpp"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include "ui/kit/icons.hpp"
#include "ui/map/map_toolbox.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(WindowActions)
};

QString tr(const char* text) { return Words::tr(text); }

QMenu* menu(QMainWindow& window, const char* name, const QString& title) {
    auto* made = window.menuBar()->addMenu(title);
    made->setObjectName(QString::fromUtf8(name));
    return made;
}

QAction* add(QMenu* into, const char* name, const QString& text, const QKeySequence& key = {},
             const char16_t* icon = nullptr) {
    auto* action = into->addAction(text);
    action->setObjectName(QString::fromUtf8(name));
    if (!key.isEmpty()) {
        action->setShortcut(key);
        action->setToolTip(u"%1 (%2)"_s.arg(QString(text).remove(u'&'), key.toString(QKeySequence::NativeText)));
    }
    if (icon) action->setIcon(themedIcon(icon));
    return action;
}

QAction* addCheckable(QMenu* into, QActionGroup* group, const char* name, const QString& text,
                      const QKeySequence& key = {}) {
    auto* action = add(into, name, text, key);
    action->setCheckable(true);
    if (group) group->addAction(action);
    return action;
}

// An entry of a submenu is told with the submenu's title: "Columns: Owner".
void collect(const QList<QAction*>& from, QList<QAction*>& into, const QString& group = {}) {
    for (auto* action : from) {
        if (action->isSeparator()) continue;
        if (action->menu()) collect(action->menu()->actions(), into, action->text());
        else if (!into.contains(action)) {
            action->setProperty(WindowActions::kGroup, group);
            into << action;
        }
    }
}

}  // namespace

WindowActions::WindowActions(QMainWindow& window) : m_window(window) {
    fileMenu = menu(window, "menuFile", tr("&File"));
    newCase = add(fileMenu, "newCase", tr("&New case"), QKeySequence::New, u"list-add");
    fileMenu->addSeparator();
    importFile = add(fileMenu, "importFile", tr("&Import a file…"), QKeySequence(u"Ctrl+I"_s), u"document-import");
    exportView = add(fileMenu, "exportView", tr("&Export the listed cases…"), QKeySequence(u"Ctrl+Shift+E"_s),
                     u"document-export");
    basemap = add(fileMenu, "basemap", tr("&Map of the city…"), QKeySequence(u"Ctrl+Shift+B"_s), u"map-globe");
    fileMenu->addSeparator();
    administration =
        add(fileMenu, "administration", tr("&Administration…"), QKeySequence(u"Ctrl+Shift+D"_s), u"configure");
    fileMenu->addSeparator();
    quit = add(fileMenu, "quit", tr("&Quit"), QKeySequence(u"Ctrl+Q"_s), u"application-exit");

    editMenu = menu(window, "menuEdit", tr("&Edit"));
    undo = add(editMenu, "undo", tr("&Undo"), QKeySequence::Undo, u"edit-undo");
    redo = add(editMenu, "redo", tr("&Redo"), QKeySequence(u"Ctrl+Shift+Z"_s), u"edit-redo");
    editMenu->addSeparator();
    copyRows = add(editMenu, "copyRows", tr("&Copy rows"), {}, u"edit-copy");
    copyNumbers = add(editMenu, "copyNumbers", tr("Copy case &number"), QKeySequence(u"Ctrl+Shift+C"_s));
    selectAll = add(editMenu, "selectAll", tr("Select &all cases"));
    editMenu->addSeparator();
    search = add(editMenu, "search", tr("&Search and commands"), QKeySequence(u"Ctrl+K"_s), u"search");
    filterText = add(editMenu, "filterText", tr("&Filter this list"), QKeySequence(u"Ctrl+F"_s), u"view-filter");
    addFilter = add(editMenu, "addFilter", tr("Add a fil&ter"), QKeySequence(u"Ctrl+Shift+F"_s));
    filterByMap =
        addCheckable(editMenu, nullptr, "filterByMap", tr("Only what the &map shows"), QKeySequence(u"Ctrl+Shift+M"_s));
    onlySelected = add(editMenu, "onlySelected", tr("Only the selected &cases"), QKeySequence(u"Ctrl+Shift+O"_s));
    clearFilters = add(editMenu, "clearFilters", tr("C&lear all filters"), QKeySequence(u"Ctrl+Backspace"_s));
    editMenu->addSeparator();
    saveView = add(editMenu, "saveView", tr("Sa&ve this view…"), QKeySequence(u"Ctrl+Shift+V"_s), u"document-save");
    renameView = add(editMenu, "renameView", tr("Rename this &view…"), {}, u"edit-rename");
    deleteView = add(editMenu, "deleteView", tr("&Delete this view"), {}, u"edit-delete");

    viewMenu = menu(window, "menuView", tr("&View"));
    auto* perspectives = new QActionGroup(&window);
    deskPerspective = addCheckable(viewMenu, perspectives, "deskPerspective", tr("&Desk"), QKeySequence(u"F1"_s));
    dispatchPerspective =
        addCheckable(viewMenu, perspectives, "dispatchPerspective", tr("Dis&patch"), QKeySequence(u"F2"_s));
    signalsPerspective =
        addCheckable(viewMenu, perspectives, "signalsPerspective", tr("&Signals"), QKeySequence(u"F3"_s));
    wallPerspective = add(viewMenu, "wallPerspective", tr("&Wall"), QKeySequence(u"F11"_s), u"view-fullscreen");
    viewMenu->addSeparator();
    columnsMenu = viewMenu->addMenu(tr("&Columns"));
    columnsMenu->setObjectName(u"menuColumns"_s);
    auto* themes = viewMenu->addMenu(tr("&Colours"));
    auto* themeGroup = new QActionGroup(&window);
    themeSystem = addCheckable(themes, themeGroup, "themeSystem", tr("As the &system"));
    themeLight = addCheckable(themes, themeGroup, "themeLight", tr("&Light"));
    themeDark = addCheckable(themes, themeGroup, "themeDark", tr("&Dark"));
    auto* densities = viewMenu->addMenu(tr("&Density"));
    auto* densityGroup = new QActionGroup(&window);
    compact = addCheckable(densities, densityGroup, "densityCompact", tr("&Compact"));
    comfortable = addCheckable(densities, densityGroup, "densityComfortable", tr("C&omfortable"));
    viewMenu->addSeparator();
    showRail = addCheckable(viewMenu, nullptr, "showRail", tr("&Queues"), QKeySequence(u"Ctrl+Shift+Q"_s));
    showMap = addCheckable(viewMenu, nullptr, "showMap", tr("&Map"), QKeySequence(u"Ctrl+M"_s));
    showPatterns = addCheckable(viewMenu, nullptr, "showPatterns", tr("&Early patterns on the map"),
                                QKeySequence(u"Ctrl+Shift+Y"_s));
    mapBeside =
        addCheckable(viewMenu, nullptr, "mapBeside", tr("Map &beside the list"), QKeySequence(u"Ctrl+Shift+L"_s));
    fitMap =
        add(viewMenu, "fitMap", tr("Map: show &all cases of the queue"), QKeySequence(u"Ctrl+0"_s), u"zoom-fit-best");
    auto* layers = viewMenu->addMenu(tr("Map s&hows"));
    layers->setObjectName(u"menuMapLayers"_s);
    auto* layerGroup = new QActionGroup(&window);
    for (int i = 0; i < kMapLayerCount; ++i)
        mapLayers[static_cast<std::size_t>(i)] =
            addCheckable(layers, layerGroup, qPrintable(u"showLayer%1"_s.arg(i + 1)),
                         layerName(static_cast<MapLayer>(i)), QKeySequence(u"Alt+%1"_s.arg(i + 1)));
    auto* tools = viewMenu->addMenu(tr("Map &tools"));
    tools->setObjectName(u"menuMapTools"_s);
    mapBox = add(tools, "mapBoxAction", tr("Select in a &box"), QKeySequence(u"Alt+B"_s), u"select-rectangular");
    mapLasso =
        add(tools, "mapLassoAction", tr("Select in an &outline"), QKeySequence(u"Alt+L"_s), u"edit-select-lasso");
    mapMeasure = add(tools, "mapMeasureAction", tr("&Measure"), QKeySequence(u"Alt+R"_s), u"measure");
    viewMenu->addSeparator();
    focusMap = add(viewMenu, "focusMap", tr("Go to the ma&p"), QKeySequence(u"Shift+F6"_s));
    focusTable = add(viewMenu, "focusTable", tr("Go to the &list"), QKeySequence(u"F6"_s));
    focusCase = add(viewMenu, "focusCase", tr("Go to the open cas&e"), QKeySequence(u"F7"_s));

    viewMenu->addSeparator();
    lookBack = addCheckable(viewMenu, nullptr, "lookBack", tr("Look &back in time"), QKeySequence(u"F9"_s));
    auto* times = viewMenu->addMenu(tr("While looking bac&k"));
    times->setObjectName(u"menuTime"_s);
    timePlay = add(times, "timePlay", tr("&Play or pause"), QKeySequence(Qt::Key_Space), u"media-playback-start");
    timePlay->setCheckable(true);
    timeBack = add(times, "timeBack", tr("A step &back"), QKeySequence(u"Alt+Left"_s), u"media-skip-backward");
    timeForward = add(times, "timeForward", tr("A step &forward"), QKeySequence(u"Alt+Right"_s), u"media-skip-forward");
    timeNow = add(times, "timeNow", tr("Back to &now"), QKeySequence(Qt::Key_Escape), u"clock");
    for (auto* action : {timePlay, timeBack, timeForward, timeNow}) action->setEnabled(false);

    viewMenu->addSeparator();
    openAlarm = add(viewMenu, "openAlarm", tr("Open the case of the &alarm"), QKeySequence(u"F8"_s));
    openAlarm->setIconText(tr("Open"));
    dismissAlarm = add(viewMenu, "dismissAlarm", tr("Put the alarm awa&y"), QKeySequence(u"Shift+F8"_s));
    dismissAlarm->setIconText(tr("Put away"));
    desktopNotices = addCheckable(viewMenu, nullptr, "desktopNotices", tr("Alarms on the deskto&p too"));

    queueMenu = menu(window, "menuQueue", tr("&Queue"));
    caseMenu = menu(window, "menuCase", tr("&Case"));
    bulkOwner = add(caseMenu, "bulkOwner", tr("Give the selected cases to…"), QKeySequence(u"Ctrl+Shift+A"_s), u"user");
    bulkStatus =
        add(caseMenu, "bulkStatus", tr("Set the status of the selected cases…"), QKeySequence(u"Ctrl+Shift+S"_s));
    bulkPriority =
        add(caseMenu, "bulkPriority", tr("Set the priority of the selected cases…"), QKeySequence(u"Ctrl+Shift+P"_s));
    outbox = add(caseMenu, "outbox", tr("&Outbox…"), QKeySequence(u"F4"_s), u"mail-folder-outbox");
    jobs = add(caseMenu, "jobs", tr("&Jobs…"), QKeySequence(u"Ctrl+J"_s), u"project-development");
    patterns = add(caseMenu, "patterns", tr("&Early patterns…"), QKeySequence(u"Ctrl+E"_s), u"flag-red");
    caseMenu->addSeparator();
    duplicateCitizens = add(caseMenu, "duplicateCitizens", tr("Citizens with more than one record…"),
                            QKeySequence(u"Ctrl+Shift+U"_s), u"system-users");
    caseMenu->addSeparator();

    consolesMenu = menu(window, "menuConsoles", tr("C&onsoles"));
    consoles = add(consolesMenu, "consoles", tr("&Consoles of the city…"), QKeySequence(u"Ctrl+Shift+K"_s),
                   u"network-connect");
    addConsole = add(consolesMenu, "addConsoleAction", tr("&Add a console…"), {}, u"list-add");
    conflicts =
        add(consolesMenu, "conflicts", tr("C&onflicts to settle…"), QKeySequence(u"Ctrl+Shift+X"_s), u"dialog-warning");

    helpMenu = menu(window, "menuHelp", tr("&Help"));
    shortcuts = add(helpMenu, "shortcuts", tr("&Keys"), QKeySequence(u"Ctrl+?"_s), u"input-keyboard");
}

QList<QAction*> WindowActions::all() const {
    QList<QAction*> found;
    for (const auto* top : m_window.menuBar()->actions()) collect(top->menu()->actions(), found);
    return found;
}

}  // namespace wl::ui
