// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Drawn tiles, the least recently used dropped first once they hold more than a number of bytes. GUI thread.

#include <QImage>

#include <list>
#include <map>

#include "ui/map/tile_queue.hpp"

namespace wl::ui {

class TileCache {
public:
    explicit TileCache(qsizetype maxBytes) : m_maxBytes(maxBytes) {}

    void insert(const TileKey& key, QImage image);
    /// Null where the tile is not held. Counts as a use.
    [[nodiscard]] const QImage* find(const TileKey& key);
    [[nodiscard]] bool contains(const TileKey& key) const { return m_entries.contains(key); }
    void clear();

private:
    struct Entry {
        QImage image;
        std::list<TileKey>::iterator use;
    };
    qsizetype m_maxBytes;
    qsizetype m_bytes = 0;
    std::list<TileKey> m_uses;  ///< most recent first
    std::map<TileKey, Entry> m_entries;
};

}  // namespace wl::ui
