// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_toolbox.hpp"

#include <QActionGroup>
#include <QIcon>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace wl::ui {

using namespace Qt::StringLiterals;

QString layerName(MapLayer layer) {
    switch (layer) {
        case MapLayer::Cases: return MapToolbox::tr("Cases");
        case MapLayer::Heat: return MapToolbox::tr("Heat");
        case MapLayer::Hexagons: return MapToolbox::tr("Hexagons");
        case MapLayer::AreaCount: return MapToolbox::tr("Areas: how many cases");
        case MapLayer::AreaOnTime: return MapToolbox::tr("Areas: share on time");
    }
    return {};
}

MapToolbox::MapToolbox(QWidget* parent) : QWidget(parent) {
    setObjectName(u"mapToolbox"_s);
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    m_zoomIn = add(u"mapZoomIn"_s, u"zoom-in"_s, tr("Zoom in (+)"), u"+"_s);
    m_zoomOut = add(u"mapZoomOut"_s, u"zoom-out"_s, tr("Zoom out (-)"), u"−"_s);
    m_fit = add(u"mapFit"_s, u"zoom-fit-best"_s, tr("Show all cases of the queue (Home)"), u"□"_s);
    connect(m_zoomIn, &QToolButton::clicked, this, [this] { Q_EMIT zoomWanted(1); });
    connect(m_zoomOut, &QToolButton::clicked, this, [this] { Q_EMIT zoomWanted(-1); });
    connect(m_fit, &QToolButton::clicked, this, &MapToolbox::fitWanted);

    auto* layers = add(u"mapLayers"_s, u"map-flat"_s, tr("What the map shows the cases as (1 to 5)"), u"▦"_s);
    layers->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(layers);
    menu->setObjectName(u"mapLayerMenu"_s);
    auto* group = new QActionGroup(menu);
    for (int i = 0; i < kMapLayerCount; ++i) {
        const auto layer = static_cast<MapLayer>(i);
        auto* action = menu->addAction(u"%1\t%2"_s.arg(layerName(layer)).arg(i + 1));
        action->setObjectName(u"mapLayer%1"_s.arg(i + 1));
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, layer] { Q_EMIT layerWanted(layer); });
        m_layers[static_cast<std::size_t>(i)] = action;
    }
    menu->addSeparator();
    auto* kind = menu->addAction(tr("Other areas of the city") + u"\tK"_s);
    kind->setObjectName(u"mapAreaKind"_s);
    connect(kind, &QAction::triggered, this, &MapToolbox::areaKindWanted);
    layers->setMenu(menu);

    struct Tool {
        MapTool tool;
        QString name, icon, text, fallback;
    };
    const std::array<Tool, 3> tools{{
        {MapTool::Box, u"mapBox"_s, u"select-rectangular"_s, tr("Select the cases in a box (B, or drag with Ctrl)"),
         u"▭"_s},
        {MapTool::Lasso, u"mapLasso"_s, u"edit-select-lasso"_s,
         tr("Select the cases in an outline (L, or drag with Shift)"), u"◯"_s},
        {MapTool::Measure, u"mapMeasure"_s, u"measure"_s, tr("Measure a way or a surface (M)"), u"↔"_s},
    }};
    for (std::size_t i = 0; i < tools.size(); ++i) {
        auto* button = add(tools[i].name, tools[i].icon, tools[i].text, tools[i].fallback);
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this,
                [this, tool = tools[i].tool](bool on) { Q_EMIT toolWanted(on ? tool : MapTool::None); });
        m_tools[i] = button;
    }
    showLayer(MapLayer::Cases);
}

QToolButton* MapToolbox::add(const QString& name, const QString& icon, const QString& text, const QString& fallback) {
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(QIcon::fromTheme(icon));
    if (button->icon().isNull()) button->setText(fallback);
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    layout()->addWidget(button);
    return button;
}

void MapToolbox::setZoomable(bool in, bool out, bool fit) {
    m_zoomIn->setEnabled(in);
    m_zoomOut->setEnabled(out);
    m_fit->setEnabled(fit);
}

void MapToolbox::showLayer(MapLayer layer) { m_layers[static_cast<std::size_t>(layer)]->setChecked(true); }

void MapToolbox::showTool(MapTool tool) {
    for (std::size_t i = 0; i < m_tools.size(); ++i) m_tools[i]->setChecked(static_cast<std::size_t>(tool) == i + 1);
}

}  // namespace wl::ui
