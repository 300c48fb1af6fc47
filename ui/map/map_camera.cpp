// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_camera.hpp"

#include <QGeoCoordinate>

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {

constexpr double kFlickSeconds = 0.09;  // how far a flick carries: its speed for this long
constexpr double kFarViews = 3;         // a glide over more views than this would be a blur: jump instead

// Puts `what` under the screen point `at`.
geo::WorldPoint centreFor(const Viewport& view, geo::WorldPoint what, QPointF at) {
    const double scale = view.worldPixels();
    return {what.x - (at.x() - view.size.width() / 2) / scale, what.y - (at.y() - view.size.height() / 2) / scale};
}

}  // namespace

MapCamera::MapCamera(QObject* parent) : QObject(parent) {
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& share) { step(share.toDouble()); });
    connect(&m_glide, &QVariantAnimation::finished, this, &MapCamera::stopped);
}

void MapCamera::setMap(QQuickItem* map) {
    m_map = map;
    if (m_map) {
        connect(m_map, &QQuickItem::widthChanged, this, &MapCamera::confine);
        connect(m_map, &QQuickItem::heightChanged, this, &MapCamera::confine);
    }
    confine();
}

void MapCamera::setBounds(const geo::WorldRect& bounds) {
    stop();
    m_bounds = bounds;
    confine();
}

Viewport MapCamera::viewport() const {
    Viewport view;
    if (!m_map) return view;
    const auto centre = m_map->property("center").value<QGeoCoordinate>();
    view.centre = geo::toWorld(GeoPoint::of(centre.latitude(), centre.longitude()));
    view.zoom = m_map->property("zoomLevel").toDouble();
    view.size = m_map->size();
    return view;
}

// Out until the bounds fill half of the view: a little of what lies around the city, but not the empty earth.
double MapCamera::minimumZoom() const {
    const QSizeF size = m_map ? m_map->size() : QSizeF();
    const double width = m_bounds.right - m_bounds.left, height = m_bounds.bottom - m_bounds.top;
    if (size.isEmpty() || width <= 0 || height <= 0) return 3;
    const double fits = std::log2(std::min(size.width() / width, size.height() / height) / 256);
    return std::clamp(std::floor(fits) - 1, 3.0, 16.0);
}

Viewport MapCamera::confined(Viewport view) const {
    view.zoom = std::clamp(view.zoom, minimumZoom(), maximumZoom());
    view.centre.x = std::clamp(view.centre.x, m_bounds.left, m_bounds.right);
    view.centre.y = std::clamp(view.centre.y, m_bounds.top, m_bounds.bottom);
    return view;
}

void MapCamera::apply(const Viewport& view) {
    if (!m_map) return;
    const GeoPoint centre = geo::toGeo(view.centre);
    m_map->setProperty("zoomLevel", view.zoom);
    m_map->setProperty("center", QVariant::fromValue(QGeoCoordinate(centre.lat(), centre.lon())));
    Q_EMIT moved();
}

void MapCamera::confine() {
    const Viewport now = viewport();
    const Viewport inside = confined(now);
    if (inside != now) apply(inside);
    else Q_EMIT moved();
}

void MapCamera::stop() {
    if (!isMoving()) return;
    m_glide.stop();
    Q_EMIT stopped();
}

void MapCamera::panBy(QPointF pixels) {
    stop();
    Viewport view = viewport();
    view.centre = view.toWorld(QPointF(view.size.width() / 2, view.size.height() / 2) - pixels);
    apply(confined(view));
}

void MapCamera::flick(QPointF velocity) {
    Viewport to = viewport();
    to.centre = to.toWorld(QPointF(to.size.width() / 2, to.size.height() / 2) - velocity * kFlickSeconds);
    if (m_glideMs > 0) glide(to, std::nullopt);
}

void MapCamera::zoomBy(double steps, QPointF at, bool smooth) {
    const Viewport now = viewport();
    Viewport to = now;
    to.zoom = std::clamp(target().zoom + steps, minimumZoom(), maximumZoom());
    to.centre = centreFor(to, now.toWorld(at), at);
    if (smooth && m_glideMs > 0) return glide(to, at);
    stop();
    apply(confined(to));
}

void MapCamera::jumpTo(geo::WorldPoint centre, double zoom) {
    stop();
    apply(confined({centre, zoom, viewport().size}));
}

void MapCamera::glideTo(geo::WorldPoint centre, double zoom) {
    const Viewport now = viewport();
    const Viewport to = confined({centre, zoom, now.size});
    const QPointF way = now.toScreen(to.centre) - QPointF(now.size.width() / 2, now.size.height() / 2);
    const bool far =
        std::hypot(way.x() / std::max(1.0, now.size.width()), way.y() / std::max(1.0, now.size.height())) > kFarViews;
    if (m_glideMs <= 0 || far || now.size.isEmpty()) return jumpTo(centre, zoom);
    glide(to, std::nullopt);
}

void MapCamera::fit(const geo::WorldRect& area, double margin, bool smooth) {
    const Viewport now = viewport();
    const double width = std::max(now.size.width() - 2 * margin, 64.0),
                 height = std::max(now.size.height() - 2 * margin, 64.0);
    const double spanX = std::max(area.right - area.left, 1e-9), spanY = std::max(area.bottom - area.top, 1e-9);
    const double zoom = std::min(std::floor(std::log2(std::min(width / spanX, height / spanY) / 256)), 17.0);
    const geo::WorldPoint middle{(area.left + area.right) / 2, (area.top + area.bottom) / 2};
    if (smooth) glideTo(middle, zoom);
    else jumpTo(middle, zoom);
}

void MapCamera::glide(const Viewport& to, std::optional<QPointF> anchor) {
    m_glide.stop();
    m_from = viewport();
    m_to = confined(to);
    m_anchor = anchor;
    if (anchor) m_anchored = m_from.toWorld(*anchor);
    m_glide.setDuration(m_glideMs);
    m_glide.start();
}

// The anchored point, or the straight way between both centres, is kept for every zoom in between.
void MapCamera::step(double share) {
    Viewport view = m_from;
    view.size = viewport().size;
    view.zoom = m_from.zoom + (m_to.zoom - m_from.zoom) * share;
    if (share >= 1) {
        view.zoom = m_to.zoom;
        view.centre = m_to.centre;
    } else if (m_anchor) {
        view.centre = centreFor(view, m_anchored, *m_anchor);
    } else {
        double part = share;
        const double from = std::exp2(-m_from.zoom), to = std::exp2(-m_to.zoom);
        if (std::abs(from - to) > 1e-12 * from) part = (std::exp2(-view.zoom) - from) / (to - from);
        view.centre = {m_from.centre.x + (m_to.centre.x - m_from.centre.x) * part,
                       m_from.centre.y + (m_to.centre.y - m_from.centre.y) * part};
    }
    apply(confined(view));
}

}  // namespace wl::ui
