// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/place_search.hpp"

#include <QAbstractEventDispatcher>
#include <QPointer>
#include <QThread>
#include <QThreadPool>

namespace wl::ui {

PlaceSearch& PlaceSearch::of(ConsoleBridge& bridge) {
    if (auto* existing = bridge.findChild<PlaceSearch*>(Qt::FindDirectChildrenOnly)) return *existing;
    return *new PlaceSearch(bridge);
}

PlaceSearch::PlaceSearch(ConsoleBridge& bridge) : QObject(&bridge), m_bridge(bridge) {
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &PlaceSearch::build);
    build();
}

void PlaceSearch::build() {
    auto city = m_bridge.engine().city();
    if (!city || city == m_building) return;
    m_building = city;
    QThreadPool::globalInstance()->start([city, self = QPointer<PlaceSearch>(this), app = QThread::currentThread()] {
        auto places = std::make_shared<const Places>(city);
        // Posted to the thread, not to `self`: only the GUI thread may ask whether it still lives.
        QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(app), [self, places] {
            if (!self || places->city != self->m_building) return;
            self->m_places = places;
            Q_EMIT self->ready();
        });
    });
}

std::vector<geo::GazetteerHit> PlaceSearch::search(const QString& typed, std::size_t limit) const {
    return m_places ? m_places->gazetteer.search(typed.toStdString(), limit) : std::vector<geo::GazetteerHit>{};
}

std::optional<geo::NearestAddress> PlaceSearch::nearest(GeoPoint at) const {
    return m_places ? m_places->gazetteer.nearest(at) : std::nullopt;
}

std::string PlaceSearch::areaAt(GeoPoint at) const {
    const auto* area = m_places ? m_places->areas.areaAt(at, "district") : nullptr;
    return area ? area->code : std::string();
}

}  // namespace wl::ui
