// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Early patterns on the map: the disc of each and how many cases it has beside how many it should.

#include <QString>

#include <vector>

#include "ui/map/raster_overlay.hpp"

namespace wl::ui {

struct MapHotSpot {
    geo::WorldPoint at;
    double radiusMetres{};
    QString label;        ///< "Pothole 9 instead of 1.2"
    bool quiet{};         ///< acknowledged
};

class HotSpotLayer : public RasterOverlay {
    Q_OBJECT

public:
    explicit HotSpotLayer(QQuickItem* parent = nullptr) : RasterOverlay(parent) {}
    void setHotSpots(std::vector<MapHotSpot> spots);
    [[nodiscard]] const std::vector<MapHotSpot>& hotSpots() const { return m_spots; }

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    std::vector<MapHotSpot> m_spots;
};

}  // namespace wl::ui
