// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/supercluster.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace wl::geo {

namespace {

// A cluster's id: the flag, the index of the cluster in the level that made it, that level's zoom in five bits.
constexpr std::uint64_t clusterFlag = std::uint64_t{1} << 62;

std::uint64_t clusterId(std::size_t index, int zoom) {
    return clusterFlag | (std::uint64_t{index} << 5) | static_cast<std::uint64_t>(zoom);
}

struct ClusterRef {
    std::size_t index;
    std::size_t zoom;
};

ClusterRef decode(std::uint64_t id) {
    return {static_cast<std::size_t>((id & (clusterFlag - 1)) >> 5), static_cast<std::size_t>(id & 31)};
}

// Floats of the tree are off by at most half a unit in the last place of 1.0.
constexpr double floatSlack = 1.2e-7;

}  // namespace

Supercluster::Supercluster(std::span<const WorldPoint> points, std::span<const std::uint8_t> category) {
    assert(points.size() == category.size());
    Level& lowest = m_levels[maxZoom + 1];
    lowest.items.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        Item& item = lowest.items[i];
        item.at = points[i];
        item.id = i;
        item.count = 1;
        item.counts[std::min<std::size_t>(category[i], categories - 1)] = 1;
    }
    indexLevel(lowest);
    for (int zoom = maxZoom; zoom >= 0; --zoom) {
        Level& level = m_levels[static_cast<std::size_t>(zoom)];
        mergeLevel(m_levels[static_cast<std::size_t>(zoom) + 1], zoom, level);
        indexLevel(level);
    }
}

void Supercluster::indexLevel(Level& level) {
    std::vector<float> xy;
    xy.reserve(level.items.size() * 2);
    for (const Item& item : level.items) {
        xy.push_back(static_cast<float>(item.at.x));
        xy.push_back(static_cast<float>(item.at.y));
    }
    level.tree = KdTree(xy);
}

void Supercluster::mergeLevel(const Level& below, int zoom, Level& level) {
    const double r = radius / (extent * std::exp2(zoom));
    std::vector<bool> taken(below.items.size(), false);
    std::vector<std::uint32_t> near;
    level.firstChild.push_back(0);
    level.children.reserve(below.items.size());
    level.parents.resize(below.items.size());
    for (std::uint32_t i = 0; i < below.items.size(); ++i) {
        if (taken[i]) continue;
        taken[i] = true;
        const Item& seed = below.items[i];
        Item merged = seed;
        double x = seed.at.x * seed.count;
        double y = seed.at.y * seed.count;
        level.children.push_back(i);
        const auto self = static_cast<std::uint32_t>(level.items.size());
        level.parents[i] = self;
        near.clear();
        below.tree.within(seed.at.x, seed.at.y, r, [&](std::uint32_t k) {
            if (taken[k]) return;
            taken[k] = true;
            near.push_back(k);
            __builtin_prefetch(&below.items[k]);  // neighbours lie anywhere in memory
        });
        for (const std::uint32_t k : near) {
            const Item& other = below.items[k];
            x += other.at.x * other.count;
            y += other.at.y * other.count;
            merged.count += other.count;
            for (std::size_t c = 0; c < categories; ++c) merged.counts[c] += other.counts[c];
            level.children.push_back(k);
            level.parents[k] = self;
        }
        if (merged.count > seed.count) {
            merged.at = {x / merged.count, y / merged.count};
            merged.id = clusterId(level.items.size(), zoom);
        }
        level.items.push_back(merged);
        level.firstChild.push_back(static_cast<std::uint32_t>(level.children.size()));
    }
}

std::vector<Supercluster::Item> Supercluster::query(const WorldRect& window, int zoom) const {
    const Level& level = m_levels[static_cast<std::size_t>(std::clamp(zoom, 0, maxZoom + 1))];
    const WorldRect wider{window.left - floatSlack, window.top - floatSlack, window.right + floatSlack,
                          window.bottom + floatSlack};
    thread_local std::vector<std::uint32_t> near;
    near.clear();
    level.tree.range(wider, [&](std::uint32_t i) {
        near.push_back(i);
        __builtin_prefetch(&level.items[i]);
    });
    std::vector<Item> found;
    found.reserve(near.size());
    for (const std::uint32_t i : near)
        if (window.contains(level.items[i].at)) found.push_back(level.items[i]);
    return found;
}

const Supercluster::Item& Supercluster::itemOf(std::uint32_t point, int zoom) const {
    std::size_t at = point;
    for (int z = maxZoom; z >= std::max(zoom, 0); --z) at = m_levels[static_cast<std::size_t>(z)].parents[at];
    return m_levels[static_cast<std::size_t>(std::clamp(zoom, 0, maxZoom + 1))].items[at];
}

const Supercluster::Item* Supercluster::nearest(WorldPoint at, int zoom) const {
    const Level& level = m_levels[static_cast<std::size_t>(std::clamp(zoom, 0, maxZoom + 1))];
    const Item* best = nullptr;
    double least = radius / (extent * std::exp2(zoom));
    level.tree.within(at.x, at.y, least + floatSlack, [&](std::uint32_t k) {
        const Item& item = level.items[k];
        const double d = std::hypot(item.at.x - at.x, item.at.y - at.y);
        if (d > least || (best && d == least && item.id > best->id)) return;
        least = d;
        best = &item;
    });
    return best;
}

int Supercluster::expansionZoom(std::uint64_t id) const {
    const ClusterRef ref = decode(id);
    const bool known = (id & clusterFlag) != 0 && ref.zoom <= maxZoom && ref.index < m_levels[ref.zoom].items.size();
    return known ? static_cast<int>(ref.zoom) + 1 : 0;
}

std::vector<std::uint32_t> Supercluster::leaves(std::uint64_t id, std::size_t limit, std::size_t offset) const {
    std::vector<std::uint32_t> out;
    if (expansionZoom(id) == 0) return out;
    std::vector<ClusterRef> stack{decode(id)};
    while (!stack.empty() && out.size() < limit) {
        const ClusterRef at = stack.back();
        stack.pop_back();
        const Level& level = m_levels[at.zoom];
        const Item& item = level.items[at.index];
        if (offset >= item.count) {
            offset -= item.count;
        } else if (item.count == 1) {
            out.push_back(static_cast<std::uint32_t>(item.id));
        } else {
            for (std::uint32_t c = level.firstChild[at.index + 1]; c > level.firstChild[at.index]; --c)
                stack.push_back({level.children[c - 1], at.zoom + 1});
        }
    }
    return out;
}

}  // namespace wl::geo
