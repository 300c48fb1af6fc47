// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The basemap under the issues: the tiles that cover the view, drawn in other threads and kept for later. Until a tile
// is there, what is known of its place (the other theme, a coarser or a finer zoom) stays on screen.

#include "ui/map/map_follower.hpp"
#include "ui/map/tile_cache.hpp"

namespace wl::ui {

class TileLayer : public MapFollower {
    Q_OBJECT
    Q_PROPERTY(bool idle READ isIdle NOTIFY idleChanged)
    Q_PROPERTY(int pending READ pending NOTIFY pendingChanged)

public:
    explicit TileLayer(QQuickItem* parent = nullptr);

    void setCity(geo::CityMapPtr city, PictureTilesPtr pictures = {});
    /// True when every visible tile is shown in the current theme at the current zoom.
    [[nodiscard]] bool isIdle() const { return m_idle; }
    /// Visible tiles that are still missing.
    [[nodiscard]] int pending() const { return m_missing; }
    /// Draws tiles; null until the city's index is built.
    [[nodiscard]] TileRendererPtr renderer() const { return m_queue.renderer(); }

    static constexpr double maxZoom = 19;

Q_SIGNALS:
    void rendererReady();
    void idleChanged();
    void pendingChanged();

protected:
    void viewChanged() override;
    void updatePolish() override;
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    struct Drawn {
        TileKey key;
        QRectF source;  ///< device px of the tile image
        QRectF target;  ///< px of the item
    };

    void take(const TileKey& key, const QImage& image);
    [[nodiscard]] QRectF targetOf(TileId id, const Viewport& view, double dpr) const;
    void addSubstitutes(const TileKey& key, const Viewport& view, double dpr);
    void addDrawn(const TileKey& key, const QRectF& source, const QRectF& target);
    void setProgress(int missing);

    TileQueue m_queue;
    TileCache m_cache{160 * 1024 * 1024};
    std::vector<Drawn> m_drawn;
    int m_missing = 0;
    bool m_idle = false;
};

}  // namespace wl::ui
