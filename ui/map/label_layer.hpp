// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The names of the city while the map shows clusters (below kPinZoom; from there on they are part of the tiles). Names
// yield to clusters and to what lies on the map's edge: names of districts step aside, others are left out. GUI thread.

#include "ui/map/issue_layers.hpp"
#include "ui/map/tile_queue.hpp"

namespace wl::ui {

class LabelLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit LabelLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    void setRenderer(TileRendererPtr renderer);
    /// Rectangles of the view, px, that names keep away from.
    void setFurniture(std::vector<QRectF> furniture);
    /// The camera stands still somewhere else: furniture lies over other places of the city now.
    void settle();
    /// No names while what lies below says its own.
    void setActive(bool active);

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    TileRendererPtr m_renderer;
    std::vector<QRectF> m_furniture;
    Viewport m_settled;
    bool m_active = true;
};

/// Where a name goes: moved by how much, none if there is no room. `taken` are rectangles, `discs` circles.
struct Disc {
    QPointF at;
    double radius{};
};
[[nodiscard]] std::optional<QPointF> roomFor(const std::vector<QRectF>& boxes, const std::vector<QPointF>& moves,
                                             const std::vector<QRectF>& taken, const std::vector<Disc>& discs);

}  // namespace wl::ui
