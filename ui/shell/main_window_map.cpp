// SPDX-License-Identifier: GPL-3.0-or-later
// What map and list tell one another: the selection, the visible area, layers and tools.
#include "ui/map/map_widget.hpp"
#include "ui/models/value_words.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"

namespace wl::ui {
namespace {

constexpr int kRinged = 50'000;  // more selected rows are not ringed on the map

}  // namespace

void MainWindow::connectMap() {
    auto& table = m_panel->table();
    connect(&m_bridge, &ConsoleBridge::catalogueChanged, this, &MainWindow::showCity);
    showCity();
    connect(&m_points, &MapPointsFeed::ready, m_map, &MapWidget::setPoints);
    connect(&table, &CaseTable::hovered, this, [this](CaseKey key) { m_map->setHovered(key.value); });
    connect(m_side, &SidePane::caseShown, this, [this](CaseKey key) {
        m_shown = key;
        showSelection();
    });
    connect(m_map, &MapWidget::caseClicked, this, [this](qint64 key) { openCase(CaseKey{key}); });
    connect(m_map, &MapWidget::casesSelected, this, &MainWindow::selectOnMap);
    connect(m_map, &MapWidget::told, this, &MainWindow::tell);
    connect(m_map, &MapWidget::areaClicked, this, [this](const QString& code) {
        auto filter = m_panel->bar().filter();
        filter.areas = {toText(code)};
        m_panel->bar().setFilter(std::move(filter));
    });
    connect(m_map, &MapWidget::layerChanged, this, [this] {
        m_memory.set("mapLayer", QString::number(static_cast<int>(m_map->layer())));
        if (!m_map->areaKind().isEmpty()) m_memory.set("mapAreas", m_map->areaKind());
        m_actions.mapLayers[static_cast<std::size_t>(m_map->layer())]->setChecked(true);
    });
    for (int i = 0; i < kMapLayerCount; ++i)
        connect(m_actions.mapLayers[static_cast<std::size_t>(i)], &QAction::triggered, this, [this, i] {
            m_actions.showMap->setChecked(true);
            m_map->setLayer(static_cast<MapLayer>(i));
        });
    const auto tool = [this](QAction* action, MapTool which) {
        connect(action, &QAction::triggered, this, [this, which] {
            m_actions.showMap->setChecked(true);
            m_map->setTool(which);
        });
    };
    tool(m_actions.mapBox, MapTool::Box);
    tool(m_actions.mapLasso, MapTool::Lasso);
    tool(m_actions.mapMeasure, MapTool::Measure);
    connect(m_actions.focusMap, &QAction::triggered, this, [this] {
        m_actions.showMap->setChecked(true);
        m_map->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_actions.onlySelected, &QAction::triggered, this, [this] {
        if (auto keys = m_panel->table().selectedCases(); !keys.empty()) narrowTo(std::move(keys));
    });
    connect(m_map, &MapWidget::areaChanged, this, &MainWindow::followMapArea);
    connect(m_map, &MapWidget::newCaseRequested, m_side, &SidePane::beginIntakeAt);
    connect(m_map, &MapWidget::placePicked, m_side, &SidePane::placePicked);
    connect(m_map, &MapWidget::pickCancelled, m_side, &SidePane::cancelPick);
    connect(m_side, &SidePane::draftPinChanged, m_map, &MapWidget::setDraftPin);
    connect(m_side, &SidePane::pickEnded, m_map, [this] { m_map->setPicking(false); });
    connect(m_side, &SidePane::pickRequested, m_map, [this](std::optional<GeoPoint> from) {
        m_actions.showMap->setChecked(true);
        if (from) m_map->flyTo(*from, std::max(m_map->zoom(), 16.0));
        m_map->setPicking(true);
    });
}

void MainWindow::showCity() {
    m_pictures = groundPictures(m_bridge.engine(), m_pictures);
    m_map->setCity(m_bridge.engine().city(), m_pictures);
}

// What the bulk verbs act on; the list has the keys from now on, so their letters work at once.
void MainWindow::selectOnMap(const QList<qint64>& found, bool add) {
    if (found.isEmpty()) return tell(tr("No case lies there."));
    std::vector<CaseKey> keys;
    keys.reserve(static_cast<std::size_t>(found.size()));
    for (const auto key : found) keys.push_back(CaseKey{key});
    auto& table = m_panel->table();
    if (table.select(keys, add)) {
        table.setFocus(Qt::OtherFocusReason);
        return tell(tr("%Ln case(s) selected. Letters act on all: W groups them into a job, A assigns.", nullptr,
                       m_selected));
    }
    // Scattered over a long list: the list is narrowed to them, then all of it is selected.
    if (add)
        for (const auto key : table.selectedCases()) keys.push_back(key);
    narrowTo(std::move(keys));
    m_selectAll = true;
    table.setFocus(Qt::OtherFocusReason);
}

void MainWindow::narrowTo(std::vector<CaseKey> keys) {
    auto filter = m_panel->bar().filter();
    filter.keys = std::move(keys);
    m_panel->bar().setFilter(std::move(filter));
}

void MainWindow::showSelection() {
    std::vector<std::int64_t> keys;
    if (m_selected > 1 && m_selected <= kRinged) {
        for (const auto key : m_panel->table().selectedCases()) keys.push_back(key.value);
    } else if (m_selected <= 1 && m_shown) {
        keys = {m_shown.value};
    }
    m_map->setSelected(std::move(keys));
    m_actions.onlySelected->setEnabled(m_selected > 0);
}

void MainWindow::followMapArea() {
    if (!m_actions.filterByMap->isChecked()) return;
    const auto area = m_map->visibleArea();
    const auto one = geo::toGeo({area.left, area.top});
    const auto other = geo::toGeo({area.right, area.bottom});
    auto filter = m_panel->bar().filter();
    filter.box = engine::CaseFilter::Box{{std::min(one.latE7, other.latE7), std::min(one.lonE7, other.lonE7)},
                                         {std::max(one.latE7, other.latE7), std::max(one.lonE7, other.lonE7)}};
    m_panel->bar().setFilter(std::move(filter));
}

}  // namespace wl::ui
