// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Clusters after a few points have come, gone or changed their category, without building them anew: the clusters of
// the base keep their places, only what they count changes. What is drawn for a place depends on the base and the
// changes alone, never on the window that is asked for.

#include <memory>
#include <unordered_map>

#include "geo/supercluster.hpp"

namespace wl::geo {

/// Change first, then share: the questions do not change it. Meant for up to some thousand changes.
class ClusterPatch {
public:
    explicit ClusterPatch(std::shared_ptr<const Supercluster> base);

    /// `point` is an index in the base's build arrays, `category` the one it has there.
    void remove(std::uint32_t point, std::uint8_t category);
    void recategorise(std::uint32_t point, std::uint8_t from, std::uint8_t to);
    /// The new point joins the nearest cluster within reach, or stands by itself with this id.
    void add(WorldPoint at, std::uint8_t category, std::uint64_t id);

    [[nodiscard]] const Supercluster& base() const { return *m_base; }
    /// As Supercluster::query.
    [[nodiscard]] std::vector<Supercluster::Item> query(const WorldRect& window, int zoom) const;

private:
    using Delta = std::array<std::int32_t, Supercluster::categories>;
    struct Level {
        std::unordered_map<std::uint64_t, Delta> deltas;  ///< by the id of the base's item
        std::vector<Supercluster::Item> alone;            ///< new points that joined nothing
    };

    std::shared_ptr<const Supercluster> m_base;
    std::vector<std::uint32_t> m_gone;
    std::array<Level, Supercluster::maxZoom + 2> m_levels;
};

}  // namespace wl::geo
