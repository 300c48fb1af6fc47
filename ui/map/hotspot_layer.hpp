// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Early patterns on the map: the disc of each and how many cases it has beside how many it should.

#include <QString>

#include <vector>

#include "ui/map/label_room.hpp"

namespace wl::ui {

struct MapHotSpot {
    geo::WorldPoint at;
    double radiusMetres{};
    QString label;        ///< "Pothole 9 instead of 1.2"
    bool quiet{};         ///< acknowledged
    double strength{};    ///< the greater, the sooner its words are shown
};

/// The words of discs that have room, as rectangles in px of the picture by their index. The strongest first, beside
/// clusters and furniture and one another; of discs that are mere dots in this view only the strongest few.
struct SpotWords {
    std::size_t spot{};
    QRectF box;
};
[[nodiscard]] std::vector<SpotWords> placeSpotWords(const std::vector<MapHotSpot>& spots, const Viewport& picture,
                                                    const std::vector<Disc>& clusters, std::vector<QRectF> taken);
/// Radius of a disc in px.
[[nodiscard]] double spotRadius(const MapHotSpot& spot, const Viewport& view);

class HotSpotLayer : public NamingLayer {
    Q_OBJECT

public:
    explicit HotSpotLayer(QQuickItem* parent = nullptr) : NamingLayer(parent) {}
    void setHotSpots(std::vector<MapHotSpot> spots);
    [[nodiscard]] const std::vector<MapHotSpot>& hotSpots() const { return m_spots; }
    /// The words of the disc under `pos`; empty if there is none.
    [[nodiscard]] QString wordsAt(QPointF pos) const;

protected:
    [[nodiscard]] Paint snapshot() const override;
    [[nodiscard]] bool isNaming() const override { return !m_spots.empty(); }

private:
    std::vector<MapHotSpot> m_spots;
};

}  // namespace wl::ui
