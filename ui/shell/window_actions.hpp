// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every command of the window with its name, key and place in the menus. Makes them; what they do is connected by the
// window. The palette lists all of them.

#include <QAction>
#include <QList>

#include <array>

#include "ui/map/map_kinds.hpp"

class QMainWindow;
class QMenu;

namespace wl::ui {

struct WindowActions {
    explicit WindowActions(QMainWindow& window);

    QMenu *fileMenu, *editMenu, *viewMenu, *queueMenu, *caseMenu, *consolesMenu, *columnsMenu, *helpMenu;

    QAction *newCase, *importFile, *basemap, *exportView, *quit;
    QAction *undo, *redo, *copyRows, *copyNumbers, *selectAll;
    QAction *search, *filterText, *addFilter, *clearFilters, *filterByMap, *fitMap;
    QAction *themeSystem, *themeLight, *themeDark, *compact, *comfortable;
    QAction *deskPerspective, *dispatchPerspective, *signalsPerspective, *wallPerspective, *mapBeside, *showMap,
        *showPatterns, *showRail, *focusTable, *focusCase;
    std::array<QAction*, kMapLayerCount> mapLayers;
    QAction *mapBox, *mapLasso, *mapMeasure, *focusMap, *onlySelected;
    QAction *openAlarm, *dismissAlarm, *desktopNotices;
    QAction *lookBack, *timePlay, *timeBack, *timeForward, *timeNow;
    QAction *bulkOwner, *bulkStatus, *bulkPriority, *jobs, *outbox, *patterns;
    QAction *saveView, *renameView, *deleteView;
    QAction *administration, *duplicateCitizens, *consoles, *addConsole, *conflicts;
    QAction* shortcuts;

    /// Property of an action in a submenu: the title of that.
    static constexpr const char* kGroup = "group";
    /// Everything that can be triggered, also what others put into the menus; no separators, no menus.
    [[nodiscard]] QList<QAction*> all() const;

private:
    QMainWindow& m_window;
};

}  // namespace wl::ui
