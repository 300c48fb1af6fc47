// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Hierarchical point clusters for the map: one level per zoom, each made greedily from the level below it.
//
//   level 19   every point by itself
//   level 18   each item not yet taken takes all items within 60 px (of 256-px tiles) of it; they become one
//   …          cluster at their weighted centre, and the clusters and lone items are the items of the next level
//   level 0
//
// The idea is that of "supercluster" (V. Agafonkin, Clustering millions of points on a map, 2016); for points that
// are exact in float, the counts equal those of the original with radius 60, extent 256, zooms 0 to 18.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/coordinates.hpp"
#include "geo/kd_tree.hpp"

namespace wl::geo {

/// Immutable once built; safe to share between threads.
class Supercluster {
public:
    static constexpr int maxZoom = 18;
    static constexpr double radius = 60.0;
    static constexpr double extent = 256.0;
    static constexpr std::size_t categories = 6;  ///< SLA states

    /// A cluster, or a single point (count 1).
    struct Item {
        WorldPoint at;
        std::uint64_t id{};     ///< of a cluster: for leaves(); of a single point: its index in the build arrays
        std::uint32_t count{};  ///< points in it
        std::array<std::uint32_t, categories> counts{};  ///< of them, per category
        [[nodiscard]] bool isCluster() const { return count > 1; }
        bool operator==(const Item&) const = default;
    };

    Supercluster() = default;
    /// The arrays are of one length; categories above 5 count as 5.
    Supercluster(std::span<const WorldPoint> points, std::span<const std::uint8_t> category);

    [[nodiscard]] std::size_t pointCount() const { return m_levels[maxZoom + 1].items.size(); }
    /// What to draw in the window (its edges included) at that zoom; above maxZoom single points. The order is fixed
    /// for one index. A cluster keeps its id over all zooms at which it stays as it is.
    [[nodiscard]] std::vector<Item> query(const WorldRect& window, int zoom) const;
    /// The lowest zoom at which the cluster falls apart, at most maxZoom + 1; 0 for an unknown id.
    [[nodiscard]] int expansionZoom(std::uint64_t clusterId) const;
    /// Indices of the points in a cluster, at most `limit` after the first `offset`; empty for an unknown id.
    [[nodiscard]] std::vector<std::uint32_t> leaves(std::uint64_t clusterId, std::size_t limit = SIZE_MAX,
                                                    std::size_t offset = 0) const;
    /// What stands for that point (its index in the build arrays) at that zoom; as query() gives it.
    [[nodiscard]] const Item& itemOf(std::uint32_t point, int zoom) const;
    /// The item whose centre lies next to `at`, not farther than a cluster reaches at that zoom; null if there is none.
    [[nodiscard]] const Item* nearest(WorldPoint at, int zoom) const;

private:
    struct Level {
        KdTree tree;  ///< over the items
        std::vector<Item> items;
        std::vector<std::uint32_t> firstChild;  ///< per item and one more: into children; empty in the lowest level
        std::vector<std::uint32_t> children;  ///< item indices of the level below
        std::vector<std::uint32_t> parents;  ///< of each item of the level below: the item here that holds it
    };

    static void indexLevel(Level& level);
    static void mergeLevel(const Level& below, int zoom, Level& level);

    std::array<Level, maxZoom + 2> m_levels;
};

}  // namespace wl::geo
