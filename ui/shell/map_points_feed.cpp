// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/map_points_feed.hpp"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include "ui/kit/background.hpp"

namespace wl::ui {

void MapPointsFeed::take(engine::CaseListingPtr listing) {
    m_next = std::move(listing);
    if (!m_busy) begin();
}

void MapPointsFeed::begin() {
    m_busy = true;
    // The pool's work may outlive this object; only the GUI thread follows the pointer.
    QThreadPool::globalInstance()->start([listing = std::exchange(m_next, nullptr), generation = ++m_generation,
                                          self = QPointer<MapPointsFeed>(this)] {
        workInBackground();
        auto points = std::make_shared<MapPoints>();
        points->generation = generation;
        points->keys.reserve(listing->spots.size());
        points->at.reserve(listing->spots.size());
        points->sla.reserve(listing->spots.size());
        for (const auto& spot : listing->spots)
            points->add(spot.key, geo::toWorld(spot.at), static_cast<std::uint8_t>(spot.sla));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, points = std::shared_ptr<const MapPoints>(std::move(points))] {
                if (!self) return;
                self->m_busy = false;
                Q_EMIT self->ready(points);
                if (self && self->m_next) self->begin();
            },
            Qt::QueuedConnection);
    });
}

}  // namespace wl::ui
