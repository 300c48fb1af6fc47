// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The gazetteer and the areas of the city that is open, shared by all forms of one window. Built in the background
// when first asked for; until then nothing is found. GUI thread.

#include <QObject>

#include <memory>

#include "geo/gazetteer.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class PlaceSearch final : public QObject {
    Q_OBJECT

public:
    /// The one of this bridge; made when first asked for, deleted with it.
    static PlaceSearch& of(ConsoleBridge& bridge);

    [[nodiscard]] bool isReady() const { return m_places != nullptr; }
    [[nodiscard]] std::vector<geo::GazetteerHit> search(const QString& typed, std::size_t limit = 8) const;
    [[nodiscard]] std::optional<geo::NearestAddress> nearest(GeoPoint at) const;
    /// Code of the district; empty outside of all.
    [[nodiscard]] std::string areaAt(GeoPoint at) const;

Q_SIGNALS:
    void ready();

private:
    struct Places {
        explicit Places(geo::CityMapPtr map) : gazetteer(map), areas(map), city(std::move(map)) {}
        geo::Gazetteer gazetteer;
        geo::AreaIndex areas;
        geo::CityMapPtr city;
    };

    explicit PlaceSearch(ConsoleBridge& bridge);
    void build();

    ConsoleBridge& m_bridge;
    geo::CityMapPtr m_building;
    std::shared_ptr<const Places> m_places;
};

}  // namespace wl::ui
