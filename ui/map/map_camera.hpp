// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Moves a Qt Location Map: keeps zoom and centre inside the city, zooms about a fixed point, glides for at most 200 ms.
// All sizes in px, all places on the Web-Mercator unit square.

#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QVariantAnimation>

#include <optional>

#include "ui/map/viewport.hpp"

namespace wl::ui {

class MapCamera : public QObject {
    Q_OBJECT

public:
    static constexpr double kFitMargin = 12;  ///< px
    explicit MapCamera(QObject* parent = nullptr);

    /// The Map to move; its size is the viewport's.
    void setMap(QQuickItem* map);
    /// Where the centre may go, and by it how far out the zoom may go. The whole world until it is set.
    void setBounds(const geo::WorldRect& bounds);
    /// Length of a glide; 0 = jump at once, for those who want no motion.
    void setGlideDuration(int ms) { m_glideMs = ms; }

    [[nodiscard]] Viewport viewport() const;
    [[nodiscard]] double minimumZoom() const;
    [[nodiscard]] static double maximumZoom() { return 19; }
    [[nodiscard]] bool isMoving() const { return m_glide.state() == QAbstractAnimation::Running; }
    /// Where the camera will be when it stands still.
    [[nodiscard]] Viewport target() const { return isMoving() ? m_to : viewport(); }

public Q_SLOTS:
    void panBy(QPointF pixels);
    /// Glides on in the direction of a released drag; px per second.
    void flick(QPointF velocity);
    /// One step of `steps` zoom levels that keeps what is under `at` in its place.
    void zoomBy(double steps, QPointF at, bool glide = true);
    void jumpTo(wl::geo::WorldPoint centre, double zoom);
    void glideTo(wl::geo::WorldPoint centre, double zoom);
    /// Shows `area` whole, with `margin` px around it, at a zoom at which tiles are crisp.
    void fit(const wl::geo::WorldRect& area, double margin = kFitMargin, bool smooth = true);
    void stop();
    /// Brings a camera that lies outside back in, after the size or the bounds changed.
    void confine();

Q_SIGNALS:
    void moved();
    void stopped();

private:
    [[nodiscard]] Viewport confined(Viewport view) const;
    void apply(const Viewport& view);
    void glide(const Viewport& to, std::optional<QPointF> anchor);
    void step(double share);

    QPointer<QQuickItem> m_map;
    geo::WorldRect m_bounds{0, 0, 1, 1};
    QVariantAnimation m_glide;
    int m_glideMs = 160;
    Viewport m_from, m_to;
    std::optional<QPointF> m_anchor;  ///< screen point that stays in place
    geo::WorldPoint m_anchored;  ///< what is under it
};

}  // namespace wl::ui
