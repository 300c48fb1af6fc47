// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/issue_index.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace wl::ui {
namespace {

// More changes than this make a new base: each costs a little with every question.
std::size_t mostChanges(std::size_t points) { return std::clamp<std::size_t>(points / 100, 64, 2000); }

std::shared_ptr<const MapPoints> ascending(std::shared_ptr<const MapPoints> points) {
    if (std::ranges::is_sorted(points->keys)) return points;
    std::vector<std::uint32_t> order(points->size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return points->keys[i]; });
    auto sorted = std::make_shared<MapPoints>();
    sorted->generation = points->generation;
    for (const std::uint32_t i : order) sorted->add(points->keys[i], points->at[i], points->sla[i]);
    return sorted;
}

void take(geo::WorldRect& bounds, geo::WorldPoint p, bool first) {
    bounds = first ? geo::WorldRect{p.x, p.y, p.x, p.y}
                   : geo::WorldRect{std::min(bounds.left, p.x), std::min(bounds.top, p.y), std::max(bounds.right, p.x),
                                    std::max(bounds.bottom, p.y)};
}

}  // namespace

int slaRank(std::uint8_t sla) {
    static constexpr std::array<int, 6> ranks{0, 3, 4, 5, 2, 1};
    return sla < ranks.size() ? ranks[sla] : 0;
}

IssueIndex::IssueIndex(std::shared_ptr<const MapPoints> points)
    : m_points(ascending(std::move(points))), m_base(build(m_points)), m_bounds(m_base->bounds) {}

IssueIndex::IssueIndex(std::shared_ptr<const MapPoints> points, const IssueIndex& last)
    : m_points(ascending(std::move(points))), m_base(last.m_base), m_bounds(m_base->bounds) {
    if (patch(*m_base)) return;
    m_gone.clear();
    m_inserted.clear();
    m_moved.clear();
    m_fresh.clear();
    m_base = build(m_points);
    m_bounds = m_base->bounds;
}

std::shared_ptr<const IssueIndex::Base> IssueIndex::build(std::shared_ptr<const MapPoints> points) {
    auto base = std::make_shared<Base>();
    base->points = std::move(points);
    const auto& at = base->points->at;
    base->clusters = std::make_shared<const geo::Supercluster>(at, base->points->sla);
    for (std::size_t i = 0; i < at.size(); ++i) take(base->bounds, at[i], i == 0);
    base->starts.assign(kSide * kSide + 1, 0);
    const auto cell = [&](geo::WorldPoint p) { return std::size_t(base->row(p.y)) * kSide + base->column(p.x); };
    for (const geo::WorldPoint p : at) ++base->starts[cell(p) + 1];
    std::partial_sum(base->starts.begin(), base->starts.end(), base->starts.begin());
    base->items.resize(at.size());
    std::vector<std::uint32_t> next(base->starts.begin(), base->starts.end() - 1);
    for (std::size_t i = 0; i < at.size(); ++i) base->items[next[cell(at[i])]++] = static_cast<std::uint32_t>(i);
    return base;
}

// Walks both lists of keys side by side; false when more differs than a patch is good for.
bool IssueIndex::patch(const Base& base) {
    const MapPoints &was = *base.points, &now = *m_points;
    const std::size_t most = mostChanges(was.size());
    if (was.size() == 0 || now.size() == 0) return false;
    auto changes = std::make_shared<geo::ClusterPatch>(base.clusters);
    std::size_t count = 0;
    std::vector<std::uint32_t> added;
    for (std::size_t i = 0, k = 0; i < was.size() || k < now.size();) {
        const auto from = static_cast<std::uint32_t>(i), to = static_cast<std::uint32_t>(k);
        const bool same = i < was.size() && k < now.size() && was.keys[i] == now.keys[k];
        if (same && was.at[i] == now.at[k] && was.sla[i] == now.sla[k]) {
            ++i;
            ++k;
            continue;
        }
        if (++count > most) return false;
        if (same && was.at[i] == now.at[k]) {
            changes->recategorise(from, was.sla[i], now.sla[k]);
        } else {
            const bool gone = same || k == now.size() || (i < was.size() && was.keys[i] < now.keys[k]);
            if (gone) {
                changes->remove(from, was.sla[i]);
                (same ? m_moved : m_gone).push_back(from);
            }
            if (same || !gone) {
                added.push_back(to);
                if (!same) m_inserted.push_back(from);
            }
            if (!same) {
                (gone ? i : k) += 1;
                continue;
            }
        }
        ++i;
        ++k;
    }
    for (const std::uint32_t i : added) {
        take(m_bounds, now.at[i], false);
        // Its id must not be one of the base's: above all of them.
        changes->add(now.at[i], now.sla[i], was.size() + i);
    }
    m_fresh = std::move(added);
    m_patch = std::move(changes);
    return true;
}

std::uint32_t IssueIndex::Base::column(double x) const {
    const double width = bounds.right - bounds.left;
    return width > 0 ? static_cast<std::uint32_t>(std::clamp((x - bounds.left) / width, 0.0, 0.999999) * kSide) : 0;
}

std::uint32_t IssueIndex::Base::row(double y) const {
    const double height = bounds.bottom - bounds.top;
    return height > 0 ? static_cast<std::uint32_t>(std::clamp((y - bounds.top) / height, 0.0, 0.999999) * kSide) : 0;
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
    const auto it = std::ranges::lower_bound(m_points->keys, key);
    if (it == m_points->keys.end() || *it != key) return std::nullopt;
    return static_cast<std::uint32_t>(it - m_points->keys.begin());
}

std::vector<geo::Supercluster::Item> IssueIndex::clusters(const geo::WorldRect& area, double zoom) const {
    const int level = static_cast<int>(std::clamp(std::floor(zoom + 0.01), 0.0, double(geo::Supercluster::maxZoom)));
    if (!m_patch) return m_base->clusters->query(area, level);
    auto items = m_patch->query(area, level);
    const std::uint64_t known = m_base->points->size();
    for (auto& item : items) {
        if (item.isCluster() || m_base->clusters->expansionZoom(item.id) != 0) continue;
        item.id = item.id < known ? nowAt(static_cast<std::uint32_t>(item.id)) : item.id - known;
    }
    return items;
}

}  // namespace wl::ui
