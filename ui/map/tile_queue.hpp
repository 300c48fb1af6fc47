// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Renders tiles in threads of low priority, the first asked for first. A new request replaces what has not begun.

#include <QImage>
#include <QObject>
#include <QThreadPool>

#include <compare>
#include <memory>
#include <mutex>
#include <vector>

#include "ui/map/tile_renderer.hpp"

namespace wl::ui {

struct TileKey {
    TileId id;
    bool dark{};
    int dprPercent{};
    quint64 generation{};  ///< of the city
    auto operator<=>(const TileKey&) const = default;
};

using TileRendererPtr = std::shared_ptr<const TileRenderer>;

/// Lives in the GUI thread. The destructor waits for the tile in each thread and drops the rest.
class TileQueue : public QObject {
    Q_OBJECT

public:
    explicit TileQueue(QObject* parent = nullptr);
    ~TileQueue() override;

    /// Builds a renderer for the city and begins a new generation of tiles.
    void setCity(geo::CityMapPtr city, PictureTilesPtr pictures = {});
    /// What is needed now, most urgent first.
    void request(const std::vector<TileKey>& keys);
    [[nodiscard]] quint64 generation() const { return m_generation; }
    [[nodiscard]] TileRendererPtr renderer() const { return m_renderer; }
    /// Tiles waiting or being drawn.
    [[nodiscard]] int pending() const;

Q_SIGNALS:
    void rendered(const wl::ui::TileKey& key, const QImage& image);
    void rendererReady();

private:
    void work();

    QThreadPool m_pool;
    mutable std::mutex m_mutex;  ///< guards all below
    std::vector<TileKey> m_wanted;  ///< the last is next
    std::vector<TileKey> m_running;
    TileRendererPtr m_renderer;
    quint64 m_generation = 0;
    int m_workers = 0;
};

}  // namespace wl::ui
