// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds cases by place and by key, and their clusters at each zoom. Built in a worker, then shared and never changed.

#include <memory>
#include <optional>

#include "geo/supercluster.hpp"
#include "ui/map/map_points.hpp"

namespace wl::ui {

class IssueIndex {
public:
    /// About 0.5 s for 1,000,000 points.
    explicit IssueIndex(std::shared_ptr<const MapPoints> points);

    [[nodiscard]] const MapPoints& points() const { return *m_points; }
    /// Indices of the points inside, those of graver SLA states last, northern before southern ones.
    [[nodiscard]] std::vector<std::uint32_t> inDrawingOrder(const geo::WorldRect& area) const;
    /// The nearest point within `radius` (world units).
    [[nodiscard]] std::optional<std::uint32_t> nearest(geo::WorldPoint at, double radius) const;
    [[nodiscard]] std::optional<std::uint32_t> indexOf(std::int64_t key) const;
    /// What is drawn at a zoom where cases are shown as clusters.
    [[nodiscard]] std::vector<geo::Supercluster::Item> clusters(const geo::WorldRect& area, double zoom) const;
    [[nodiscard]] const geo::Supercluster& supercluster() const { return m_clusters; }
    /// Of all points; all zero when there are none.
    [[nodiscard]] const geo::WorldRect& bounds() const { return m_bounds; }
    /// Calls `visit` with the index of each point inside, in no order.
    template <class Visit>
    void visit(const geo::WorldRect& area, Visit visit) const {
        if (m_points->size() == 0 || !area.intersects(m_bounds)) return;
        for (std::uint32_t y = row(area.top); y <= row(area.bottom); ++y)
            for (std::uint32_t x = column(area.left); x <= column(area.right); ++x)
                for (std::uint32_t k = m_starts[y * kSide + x]; k < m_starts[y * kSide + x + 1]; ++k)
                    if (area.contains(m_points->at[m_items[k]])) visit(m_items[k]);
    }

private:
    static constexpr std::uint32_t kSide = 256;  ///< grid cells along each side
    [[nodiscard]] std::uint32_t column(double x) const;
    [[nodiscard]] std::uint32_t row(double y) const;

    std::shared_ptr<const MapPoints> m_points;
    geo::WorldRect m_bounds{};
    std::vector<std::uint32_t> m_starts;  ///< of each grid cell in m_items
    std::vector<std::uint32_t> m_items;
    std::vector<std::uint32_t> m_byKey;
    geo::Supercluster m_clusters;
};

/// Cases stand alone from this zoom on; below it near ones are drawn as one cluster.
inline constexpr double kPinZoom = 15;

/// The higher, the later it is drawn and the sooner it is hit: none, met, paused, on track, at risk, breached.
[[nodiscard]] int slaRank(std::uint8_t sla);

}  // namespace wl::ui
