// SPDX-License-Identifier: GPL-3.0-or-later
// What the map is made of and shows beside the cases: the basemap, early patterns.
#include <QCoreApplication>

#include "ui/admin/basemap_dialog.hpp"
#include "ui/dispatch/patterns_dialog.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/models/value_words.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/wall/wall_window.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

WallWindow& MainWindow::openWall(bool alone) {
    if (!m_wall) {
        m_wall = std::make_unique<WallWindow>(m_bridge, m_queues, m_patterns, m_folder);
        connect(m_wall.get(), &WallWindow::closed, this, [this, alone] {
            m_wall.release()->deleteLater();
            if (alone) QCoreApplication::quit();
        });
    }
    m_wall->showOnScreen();
    return *m_wall;
}

void MainWindow::connectPatterns() {
    connect(m_actions.wallPerspective, &QAction::triggered, this, [this] { openWall(); });
    connect(m_actions.basemap, &QAction::triggered, this, [this] {
        if (auto* open = findChild<BasemapDialog*>()) return open->raise();
        auto* dialog = new BasemapDialog(m_bridge, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &BasemapDialog::told, this, &MainWindow::tell);
        dialog->show();
    });
    connect(&m_patterns, &PatternFeed::changed, this, &MainWindow::drawPatterns);
    connect(&m_bridge, &ConsoleBridge::catalogueChanged, this, &MainWindow::drawPatterns);
    connect(&m_bridge, &ConsoleBridge::instantChanged, this, &MainWindow::drawPatterns);
    connect(m_actions.patterns, &QAction::triggered, this, &MainWindow::openPatterns);
    connect(m_actions.showPatterns, &QAction::toggled, this, [this](bool on) {
        m_memory.set("showPatterns", on);
        drawPatterns();
    });
}

void MainWindow::drawPatterns() {
    const auto patterns = m_patterns.patterns();
    std::vector<MapHotSpot> spots;
    if (patterns && m_actions.showPatterns->isChecked() && !m_bridge.asOf()) {  // they are of now
        const auto catalogue = m_bridge.catalogue();
        for (const auto& p : patterns->list)
            if (!p.spot.cityWide)
                spots.push_back({geo::toWorld(p.spot.centre), p.spot.radiusMetres,
                                 u"%1 %2"_s.arg(fromText(catalogue->serviceName(p.service)), patternFigures(p)),
                                 p.acknowledged, p.spot.recurrenceDays});
    }
    m_map->setHotSpots(std::move(spots));
    const int open = m_patterns.open();
    m_actions.patterns->setText(open > 0 ? tr("&Early patterns (%1)…").arg(open) : tr("&Early patterns…"));
}

void MainWindow::openPatterns() {
    if (auto* open = findChild<PatternsDialog*>()) return open->raise();
    auto* dialog = new PatternsDialog(m_bridge, m_patterns, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PatternsDialog::told, this, &MainWindow::tell);
    connect(dialog, &PatternsDialog::shown, this, [this](const engine::Pattern& pattern) {
        showQueue(u"open"_s);
        engine::CaseFilter filter;
        if (pattern.spot.cityWide) {
            filter.services = {pattern.service};
            filter.requestedFrom = pattern.spot.from;
        } else {
            filter.keys = pattern.cases;
            m_actions.showMap->setChecked(true);
            m_map->flyTo(pattern.spot.centre, 15.5);
        }
        m_panel->bar().setFilter(std::move(filter));
    });
    dialog->show();
}

}  // namespace wl::ui
