// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/issue_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace wl::ui {
int slaRank(std::uint8_t sla) {
    static constexpr std::array<int, 6> ranks{0, 3, 4, 5, 2, 1};
    return sla < ranks.size() ? ranks[sla] : 0;
}

IssueIndex::IssueIndex(std::shared_ptr<const MapPoints> points)
    : m_points(std::move(points)), m_clusters(m_points->at, m_points->sla) {
    const auto& at = m_points->at;
    if (!at.empty()) {
        m_bounds = {at[0].x, at[0].y, at[0].x, at[0].y};
        for (const geo::WorldPoint p : at)
            m_bounds = {std::min(m_bounds.left, p.x), std::min(m_bounds.top, p.y), std::max(m_bounds.right, p.x),
                        std::max(m_bounds.bottom, p.y)};
    }
    m_starts.assign(kSide * kSide + 1, 0);
    const auto cell = [&](geo::WorldPoint p) { return std::size_t(row(p.y)) * kSide + column(p.x); };
    for (const geo::WorldPoint p : at) ++m_starts[cell(p) + 1];
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
    m_items.resize(at.size());
    std::vector<std::uint32_t> next(m_starts.begin(), m_starts.end() - 1);
    for (std::size_t i = 0; i < at.size(); ++i) m_items[next[cell(at[i])]++] = static_cast<std::uint32_t>(i);

    m_byKey.resize(at.size());
    std::iota(m_byKey.begin(), m_byKey.end(), 0U);
    std::ranges::sort(m_byKey, {}, [this](std::uint32_t i) { return m_points->keys[i]; });
}

std::uint32_t IssueIndex::column(double x) const {
    const double width = m_bounds.right - m_bounds.left;
    return width > 0 ? static_cast<std::uint32_t>(std::clamp((x - m_bounds.left) / width, 0.0, 0.999999) * kSide) : 0;
}

std::uint32_t IssueIndex::row(double y) const {
    const double height = m_bounds.bottom - m_bounds.top;
    return height > 0 ? static_cast<std::uint32_t>(std::clamp((y - m_bounds.top) / height, 0.0, 0.999999) * kSide) : 0;
}

std::vector<std::uint32_t> IssueIndex::inDrawingOrder(const geo::WorldRect& area) const {
    std::vector<std::uint32_t> found;
    visit(area, [&](std::uint32_t i) { found.push_back(i); });
    std::ranges::sort(found, {},
                      [this](std::uint32_t i) { return std::tuple(slaRank(m_points->sla[i]), m_points->at[i].y, i); });
    return found;
}

std::optional<std::uint32_t> IssueIndex::nearest(geo::WorldPoint at, double radius) const {
    std::optional<std::uint32_t> best;
    std::pair<double, int> bestScore{radius, 0};
    visit({at.x - radius, at.y - radius, at.x + radius, at.y + radius}, [&](std::uint32_t i) {
        const geo::WorldPoint p = m_points->at[i];
        const std::pair score{std::hypot(p.x - at.x, p.y - at.y), -slaRank(m_points->sla[i])};
        if (score.first > radius || (best && score >= bestScore)) return;
        best = i;
        bestScore = score;
    });
    return best;
}

std::optional<std::uint32_t> IssueIndex::indexOf(std::int64_t key) const {
    const auto it = std::ranges::lower_bound(m_byKey, key, {}, [this](std::uint32_t i) { return m_points->keys[i]; });
    if (it == m_byKey.end() || m_points->keys[*it] != key) return std::nullopt;
    return *it;
}

std::vector<geo::Supercluster::Item> IssueIndex::clusters(const geo::WorldRect& area, double zoom) const {
    return m_clusters.query(
        area, static_cast<int>(std::clamp(std::floor(zoom + 0.01), 0.0, double(geo::Supercluster::maxZoom))));
}

}  // namespace wl::ui
