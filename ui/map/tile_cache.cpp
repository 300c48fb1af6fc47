// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/tile_cache.hpp"

namespace wl::ui {

void TileCache::insert(const TileKey& key, QImage image) {
    if (const auto it = m_entries.find(key); it != m_entries.end()) {
        m_bytes -= it->second.image.sizeInBytes();
        m_uses.erase(it->second.use);
        m_entries.erase(it);
    }
    m_bytes += image.sizeInBytes();
    m_uses.push_front(key);
    m_entries.emplace(key, Entry{std::move(image), m_uses.begin()});
    while (m_bytes > m_maxBytes && m_entries.size() > 1) {
        const auto oldest = m_entries.find(m_uses.back());
        m_bytes -= oldest->second.image.sizeInBytes();
        m_entries.erase(oldest);
        m_uses.pop_back();
    }
}

const QImage* TileCache::find(const TileKey& key) {
    const auto it = m_entries.find(key);
    if (it == m_entries.end()) return nullptr;
    m_uses.splice(m_uses.begin(), m_uses, it->second.use);
    return &it->second.image;
}

void TileCache::clear() {
    m_entries.clear();
    m_uses.clear();
    m_bytes = 0;
}

}  // namespace wl::ui
