// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/tile_queue.hpp"

#include <QThread>

#include <algorithm>

#include "ui/map/behind.hpp"

namespace wl::ui {

TileQueue::TileQueue(QObject* parent) : QObject(parent) {
    m_pool.setObjectName(QStringLiteral("tiles"));
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount() - 1));
}

TileQueue::~TileQueue() {
    {
        const std::scoped_lock lock(m_mutex);
        m_wanted.clear();
    }
    m_pool.clear();
    m_pool.waitForDone();
}

void TileQueue::setCity(geo::CityMapPtr city, PictureTilesPtr pictures) {
    quint64 generation = 0;
    {
        const std::scoped_lock lock(m_mutex);
        generation = ++m_generation;
        m_wanted.clear();
        m_renderer.reset();
    }
    m_pool.start([this, city = std::move(city), pictures = std::move(pictures), generation] {
        stayBehind();
        auto renderer = std::make_shared<const TileRenderer>(city, pictures);
        QMetaObject::invokeMethod(
            this,
            [this, renderer = std::move(renderer), generation] {
                {
                    const std::scoped_lock lock(m_mutex);
                    if (generation != m_generation) return;
                    m_renderer = renderer;
                }
                Q_EMIT rendererReady();
            },
            Qt::QueuedConnection);
    });
}

void TileQueue::request(const std::vector<TileKey>& keys) {
    const std::scoped_lock lock(m_mutex);
    m_wanted.clear();
    if (!m_renderer) return;
    for (const TileKey& key : keys)
        if (std::ranges::find(m_running, key) == m_running.end()) m_wanted.push_back(key);
    std::ranges::reverse(m_wanted);
    while (m_workers < m_pool.maxThreadCount() && m_workers < static_cast<int>(m_wanted.size())) {
        ++m_workers;
        m_pool.start([this] { work(); });
    }
}

int TileQueue::pending() const {
    const std::scoped_lock lock(m_mutex);
    return static_cast<int>(m_wanted.size() + m_running.size());
}

void TileQueue::work() {
    stayBehind();
    for (;;) {
        TileKey key;
        TileRendererPtr renderer;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_wanted.empty() || !m_renderer) {
                --m_workers;
                return;
            }
            key = m_wanted.back();
            m_wanted.pop_back();
            m_running.push_back(key);
            renderer = m_renderer;
        }
        const QImage image = renderer->render(key.id, key.dark, key.dprPercent / 100.0);
        {
            const std::scoped_lock lock(m_mutex);
            std::erase(m_running, key);
        }
        Q_EMIT rendered(key, image);
    }
}

}  // namespace wl::ui
