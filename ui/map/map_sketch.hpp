// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is being drawn on the map: a box or a lasso around cases, or a line that is measured. Its corners are places of
// the world, so they stay where they are when the map moves under them.

#include <QPolygonF>
#include <QQuickPaintedItem>

#include <optional>
#include <vector>

#include "ui/map/map_kinds.hpp"
#include "ui/map/viewport.hpp"

namespace wl::ui {

class MapSketch : public QQuickPaintedItem {
    Q_OBJECT

public:
    explicit MapSketch(QQuickItem* parent = nullptr);

    /// Takes a tool in hand; what was drawn before goes.
    void arm(MapTool tool);
    [[nodiscard]] MapTool tool() const { return m_tool; }
    [[nodiscard]] const std::vector<geo::WorldPoint>& corners() const { return m_corners; }
    void addCorner(geo::WorldPoint at);
    /// As addCorner, if the place is some px away from the last one: for the trace of a pointer.
    void trace(QPointF at);
    void removeCorner();
    void clear();
    /// Where the next corner would be; drawn with the sketch.
    void setNext(std::optional<geo::WorldPoint> at);
    /// The closed outline in px of the view; a box has four corners.
    [[nodiscard]] QPolygonF outline() const;
    /// "1.24 km", and from three corners on what they enclose.
    [[nodiscard]] QString measured() const;
    void setView(const Viewport& view);
    void setAccent(const QColor& accent) { m_accent = accent; }
    void setDark(bool dark);
    void paint(QPainter* painter) override;

private:
    [[nodiscard]] std::vector<geo::WorldPoint> path() const;
    void paintWords(QPainter& painter, QPointF at, const QString& words) const;

    MapTool m_tool = MapTool::None;
    std::vector<geo::WorldPoint> m_corners;
    std::optional<geo::WorldPoint> m_next;
    Viewport m_view;
    QColor m_accent;
    bool m_dark = false;
};

/// "850 m", "1.24 km".
[[nodiscard]] QString lengthWords(double metres);

}  // namespace wl::ui
