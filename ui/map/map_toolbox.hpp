// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The buttons that lie on the map: zoom, what the cases are shown as, box, lasso and measure.

#include <QWidget>

#include <array>

#include "ui/map/map_kinds.hpp"

class QAction;
class QMenu;
class QToolButton;

namespace wl::ui {

class MapToolbox : public QWidget {
    Q_OBJECT

public:
    explicit MapToolbox(QWidget* parent = nullptr);
    void setZoomable(bool in, bool out, bool fit);
    void showLayer(MapLayer layer);
    void showTool(MapTool tool);

Q_SIGNALS:
    void zoomWanted(int direction);
    void fitWanted();
    void layerWanted(wl::ui::MapLayer layer);
    void areaKindWanted();
    void toolWanted(wl::ui::MapTool tool);

private:
    QToolButton* add(const QString& name, const QString& icon, const QString& text, const QString& fallback);

    QToolButton *m_zoomIn, *m_zoomOut, *m_fit;
    std::array<QAction*, kMapLayerCount> m_layers{};
    std::array<QToolButton*, 3> m_tools{};
};

/// "Hexagons", with the key that shows it.
[[nodiscard]] QString layerName(MapLayer layer);

}  // namespace wl::ui
