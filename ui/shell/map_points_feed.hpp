// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns a listing's places into the map's points on a worker thread; only the newest listing is delivered.

#include <QObject>

#include <memory>

#include "engine/case_query.hpp"
#include "ui/map/map_points.hpp"

namespace wl::ui {

class MapPointsFeed final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void take(engine::CaseListingPtr listing);
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void ready(std::shared_ptr<const wl::ui::MapPoints> points);

private:
    void begin();

    engine::CaseListingPtr m_next;
    bool m_busy{};
    std::uint64_t m_generation{};
};

}  // namespace wl::ui
