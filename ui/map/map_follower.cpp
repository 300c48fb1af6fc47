// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_follower.hpp"

#include <QGeoCoordinate>
#include <QMetaMethod>
#include <QMetaProperty>
#include <QPointer>
#include <QQuickWindow>

namespace wl::ui {

MapFollower::MapFollower(QQuickItem* parent) : QQuickItem(parent) { setFlag(ItemHasContents); }

// The Map's C++ class is private to Qt, so its signals are found by the properties that they announce.
void MapFollower::setMap(QQuickItem* map) {
    if (m_map == map) return;
    if (m_map) m_map->disconnect(this);
    m_map = map;
    if (m_map) {
        const QMetaMethod slot = metaObject()->method(metaObject()->indexOfSlot("followMap()"));
        for (const char* name : {"center", "zoomLevel"}) {
            const QMetaProperty property = m_map->metaObject()->property(m_map->metaObject()->indexOfProperty(name));
            connect(m_map, property.notifySignal(), this, slot);
        }
    }
    Q_EMIT mapChanged();
    viewChanged();
}

Viewport MapFollower::viewport() const {
    Viewport view{.size = size()};
    if (!m_map) return view;
    const auto centre = m_map->property("center").value<QGeoCoordinate>();
    view.centre = geo::toWorld(GeoPoint::of(centre.latitude(), centre.longitude()));
    view.zoom = m_map->property("zoomLevel").toDouble();
    return view;
}

void MapFollower::setDark(bool dark) {
    m_dark = dark;
    viewChanged();
}

void MapFollower::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size()) viewChanged();
}

void MapFollower::itemChange(ItemChange change, const ItemChangeData& data) {
    QQuickItem::itemChange(change, data);
    if (change == ItemVisibleHasChanged || change == ItemSceneChange || change == ItemDevicePixelRatioHasChanged)
        viewChanged();
}

double MapFollower::pixelRatio() const {
    const double magnified = parentItem() ? parentItem()->scale() : 1.0;
    return (window() ? window()->effectiveDevicePixelRatio() : 1.0) * magnified;
}

}  // namespace wl::ui
