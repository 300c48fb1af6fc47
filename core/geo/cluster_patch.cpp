// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/cluster_patch.hpp"

#include <algorithm>

namespace wl::geo {

namespace {

constexpr int kLowest = Supercluster::maxZoom + 1;

std::size_t slot(std::uint8_t category) { return std::min<std::size_t>(category, Supercluster::categories - 1); }

}  // namespace

ClusterPatch::ClusterPatch(std::shared_ptr<const Supercluster> base) : m_base(std::move(base)) {}

void ClusterPatch::remove(std::uint32_t point, std::uint8_t category) {
    m_gone.push_back(point);
    for (int zoom = 0; zoom <= kLowest; ++zoom)
        --m_levels[static_cast<std::size_t>(zoom)].deltas[m_base->itemOf(point, zoom).id][slot(category)];
}

void ClusterPatch::recategorise(std::uint32_t point, std::uint8_t from, std::uint8_t to) {
    for (int zoom = 0; zoom <= kLowest; ++zoom) {
        Delta& delta = m_levels[static_cast<std::size_t>(zoom)].deltas[m_base->itemOf(point, zoom).id];
        --delta[slot(from)];
        ++delta[slot(to)];
    }
}

void ClusterPatch::add(WorldPoint at, std::uint8_t category, std::uint64_t id) {
    for (int zoom = 0; zoom <= kLowest; ++zoom) {
        Level& level = m_levels[static_cast<std::size_t>(zoom)];
        const auto* host = zoom == kLowest ? nullptr : m_base->nearest(at, zoom);
        if (host) {
            ++level.deltas[host->id][slot(category)];
            continue;
        }
        Supercluster::Item item;
        item.at = at;
        item.id = id;
        item.count = 1;
        item.counts[slot(category)] = 1;
        level.alone.push_back(item);
    }
}

std::vector<Supercluster::Item> ClusterPatch::query(const WorldRect& window, int zoom) const {
    auto found = m_base->query(window, zoom);
    const Level& level = m_levels[static_cast<std::size_t>(std::clamp(zoom, 0, kLowest))];
    if (!level.deltas.empty())
        for (auto& item : found) {
            const auto delta = level.deltas.find(item.id);
            if (delta == level.deltas.end()) continue;
            std::int64_t count = item.count;
            for (std::size_t c = 0; c < Supercluster::categories; ++c) {
                count += delta->second[c];
                item.counts[c] = static_cast<std::uint32_t>(
                    std::max<std::int64_t>(0, std::int64_t{item.counts[c]} + delta->second[c]));
            }
            item.count = static_cast<std::uint32_t>(std::max<std::int64_t>(0, count));
            if (item.count != 1 || m_base->expansionZoom(item.id) == 0) continue;
            // One is left of a cluster: it stands where it is. A newcomer that took the place of all stays at the
            // centre.
            for (const std::uint32_t leaf : m_base->leaves(item.id))
                if (std::ranges::find(m_gone, leaf) == m_gone.end()) {
                    item.id = leaf;
                    item.at = m_base->itemOf(leaf, kLowest).at;
                }
        }
    std::erase_if(found, [](const Supercluster::Item& item) { return item.count == 0; });
    for (const auto& item : level.alone)
        if (window.contains(item.at)) found.push_back(item);
    return found;
}

}  // namespace wl::geo
