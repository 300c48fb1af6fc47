// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds cases by place and by key, and their clusters at each zoom. Built in a worker, then shared and never changed.
// When a few cases differ, the next one is made of the last: the same grid and clusters, and a short list of what has
// come, gone or changed since.

#include <algorithm>
#include <memory>
#include <optional>

#include "geo/cluster_patch.hpp"
#include "ui/map/map_points.hpp"

namespace wl::ui {

class IssueIndex {
public:
    /// Points whose keys do not ascend are sorted first. About 0.5 s for 1,000,000.
    explicit IssueIndex(std::shared_ptr<const MapPoints> points);
    /// Of the same base as `last` if few points differ; else from the ground up. Some ms for 1,000,000.
    IssueIndex(std::shared_ptr<const MapPoints> points, const IssueIndex& last);

    [[nodiscard]] const MapPoints& points() const { return *m_points; }
    /// Made of the one before.
    [[nodiscard]] bool isPatched() const { return m_patch != nullptr; }
    /// Indices of the points inside, those of graver SLA states last, northern before southern ones.
    [[nodiscard]] std::vector<std::uint32_t> inDrawingOrder(const geo::WorldRect& area) const;
    /// The nearest point within `radius` (world units).
    [[nodiscard]] std::optional<std::uint32_t> nearest(geo::WorldPoint at, double radius) const;
    [[nodiscard]] std::optional<std::uint32_t> indexOf(std::int64_t key) const;
    /// What is drawn at a zoom where cases are shown as clusters; the id of a single one is its index.
    [[nodiscard]] std::vector<geo::Supercluster::Item> clusters(const geo::WorldRect& area, double zoom) const;
    [[nodiscard]] const geo::Supercluster& supercluster() const { return *m_base->clusters; }
    /// Of all points; all zero when there are none.
    [[nodiscard]] const geo::WorldRect& bounds() const { return m_bounds; }
    /// Calls `visit` with the index of each point inside, in no order.
    template <class Visit>
    void visit(const geo::WorldRect& area, Visit visit) const;

private:
    struct Base {
        std::shared_ptr<const MapPoints> points;
        geo::WorldRect bounds{};
        std::vector<std::uint32_t> starts;  ///< of each grid cell in items
        std::vector<std::uint32_t> items;
        std::shared_ptr<const geo::Supercluster> clusters;
        [[nodiscard]] std::uint32_t column(double x) const;
        [[nodiscard]] std::uint32_t row(double y) const;
    };
    static constexpr std::uint32_t kSide = 256;  ///< grid cells along each side

    [[nodiscard]] static std::shared_ptr<const Base> build(std::shared_ptr<const MapPoints> points);
    bool patch(const Base& base);
    [[nodiscard]] std::uint32_t nowAt(std::uint32_t baseIndex) const {
        const auto before = [baseIndex](const std::vector<std::uint32_t>& sorted) {
            return static_cast<std::uint32_t>(std::ranges::upper_bound(sorted, baseIndex) - sorted.begin());
        };
        return m_gone.empty() && m_inserted.empty() ? baseIndex : baseIndex - before(m_gone) + before(m_inserted);
    }

    std::shared_ptr<const MapPoints> m_points;
    std::shared_ptr<const Base> m_base;
    geo::WorldRect m_bounds{};
    std::shared_ptr<const geo::ClusterPatch> m_patch;
    std::vector<std::uint32_t> m_gone;      ///< base indices that are not points any more
    std::vector<std::uint32_t> m_inserted;  ///< for each new key: the base index it came before
    std::vector<std::uint32_t> m_moved;     ///< base indices whose place is another now
    std::vector<std::uint32_t> m_fresh;     ///< points that are not in the base's grid: new or moved
};

template <class Visit>
void IssueIndex::visit(const geo::WorldRect& area, Visit visit) const {
    const auto& at = m_base->points->at;
    if (!at.empty() && area.intersects(m_base->bounds)) {
        const bool same = m_gone.empty() && m_inserted.empty() && m_moved.empty();
        const std::uint32_t lastRow = m_base->row(area.bottom), lastColumn = m_base->column(area.right);
        for (std::uint32_t y = m_base->row(area.top); y <= lastRow; ++y)
            for (std::uint32_t x = m_base->column(area.left); x <= lastColumn; ++x)
                for (std::uint32_t k = m_base->starts[y * kSide + x]; k < m_base->starts[y * kSide + x + 1]; ++k) {
                    const std::uint32_t i = m_base->items[k];
                    if (!area.contains(at[i])) continue;
                    if (same) visit(i);
                    else if (!std::ranges::binary_search(m_gone, i) && !std::ranges::binary_search(m_moved, i))
                        visit(nowAt(i));
                }
    }
    for (const std::uint32_t i : m_fresh)
        if (area.contains(m_points->at[i])) visit(i);
}

/// Cases stand alone from this zoom on; below it near ones are drawn as one cluster.
inline constexpr double kPinZoom = 15;

/// The higher, the later it is drawn and the sooner it is hit: none, met, paused, on track, at risk, breached.
[[nodiscard]] int slaRank(std::uint8_t sla);

}  // namespace wl::ui
