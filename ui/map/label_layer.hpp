// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The names of the city while the map shows clusters (below kPinZoom; from there on they are part of the tiles). Names
// yield to clusters and to what lies on the map's edge: names of districts step aside, others are left out. GUI thread.

#include "ui/map/issue_layers.hpp"
#include "ui/map/tile_queue.hpp"

namespace wl::ui {

class LabelLayer : public NamingLayer {
    Q_OBJECT

public:
    explicit LabelLayer(QQuickItem* parent = nullptr) : NamingLayer(parent) {}
    void setRenderer(TileRendererPtr renderer);
    /// No names while what lies below says its own.
    void setActive(bool active);

protected:
    [[nodiscard]] Paint snapshot() const override;
    [[nodiscard]] bool isNaming() const override { return m_active && viewport().zoom < kPinZoom; }

private:
    TileRendererPtr m_renderer;
    bool m_active = true;
};

}  // namespace wl::ui
