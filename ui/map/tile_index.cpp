// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/tile_index.hpp"

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {

constexpr int kSide = 96;        // cells along each side of the city
constexpr int kWideCells = 256;  // more than this: kept in the list of wide features

}  // namespace

TileIndex::TileIndex(geo::CityMapPtr city) : m_city(std::move(city)) {
    const auto& features = m_city->features;
    std::vector<bool> wide(features.size());
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (features[i].cls == geo::FeatureClass::Sea) {
            wide[i] = true;
            m_sea.push_back(static_cast<std::uint32_t>(i));
            continue;
        }
        const Range r = cellsOf(features[i].bounds);
        wide[i] = (r.x1 - r.x0 + 1) * (r.y1 - r.y0 + 1) > kWideCells;
        if (wide[i]) m_wide.push_back(static_cast<std::uint32_t>(i));
    }
    m_extent = m_city->bounds;
    if (!m_sea.empty()) {
        const double width = m_extent.right - m_extent.left, height = m_extent.bottom - m_extent.top;
        m_extent = {m_extent.left - width * seaReach, m_extent.top - height * seaReach,
                    m_extent.right + width * seaReach, m_extent.bottom + height * seaReach};
    }
    const geo::WorldRect nothing{1, 1, 0, 0};
    const auto isBuilding = [&](std::size_t i) { return features[i].cls == geo::FeatureClass::Building; };
    m_features =
        fill(features.size(), [&](std::size_t i) { return wide[i] || isBuilding(i) ? nothing : features[i].bounds; });
    m_buildings =
        fill(features.size(), [&](std::size_t i) { return wide[i] || !isBuilding(i) ? nothing : features[i].bounds; });

    m_addressAt.reserve(m_city->addresses.size());
    for (const geo::Address& a : m_city->addresses) m_addressAt.push_back(geo::toWorld(a.at));
    m_addresses = fill(m_addressAt.size(), [&](std::size_t i) {
        const geo::WorldPoint p = m_addressAt[i];
        return geo::WorldRect{p.x, p.y, p.x, p.y};
    });
}

TileIndex::Range TileIndex::cellsOf(const geo::WorldRect& rect) const {
    const geo::WorldRect& b = m_city->bounds;
    const auto cell = [](double v, double low, double high) {
        const double share = high > low ? (v - low) / (high - low) : 0;
        return static_cast<int>(std::floor(std::clamp(share, 0.0, 0.999999) * kSide));
    };
    return {cell(rect.left, b.left, b.right), cell(rect.top, b.top, b.bottom), cell(rect.right, b.left, b.right),
            cell(rect.bottom, b.top, b.bottom)};
}

template <class Visit>
void TileIndex::eachCell(const geo::WorldRect& rect, Visit visit) const {
    if (rect.right < rect.left || rect.bottom < rect.top) return;
    const Range r = cellsOf(rect);
    for (int y = r.y0; y <= r.y1; ++y)
        for (int x = r.x0; x <= r.x1; ++x) visit(static_cast<std::size_t>(y * kSide + x));
}

template <class RectOf>
TileIndex::Cells TileIndex::fill(std::size_t count, RectOf rectOf) const {
    Cells cells;
    cells.starts.assign(kSide * kSide + 1, 0);
    for (std::size_t i = 0; i < count; ++i) eachCell(rectOf(i), [&](std::size_t c) { ++cells.starts[c + 1]; });
    for (std::size_t c = 1; c < cells.starts.size(); ++c) cells.starts[c] += cells.starts[c - 1];
    cells.items.resize(cells.starts.back());
    std::vector<std::uint32_t> next(cells.starts.begin(), cells.starts.end() - 1);
    for (std::size_t i = 0; i < count; ++i)
        eachCell(rectOf(i), [&](std::size_t c) { cells.items[next[c]++] = static_cast<std::uint32_t>(i); });
    return cells;
}

std::vector<std::uint32_t> TileIndex::features(const geo::WorldRect& rect, bool withBuildings) const {
    std::vector<std::uint32_t> found = m_sea;
    const auto take = [&](std::uint32_t i) {
        if (m_city->features[i].bounds.intersects(rect)) found.push_back(i);
    };
    for (const std::uint32_t i : m_wide) take(i);
    for (const Cells* cells : {&m_features, withBuildings ? &m_buildings : nullptr}) {
        if (cells == nullptr) continue;
        eachCell(rect, [&](std::size_t c) {
            for (std::uint32_t k = cells->starts[c]; k < cells->starts[c + 1]; ++k) take(cells->items[k]);
        });
    }
    std::ranges::sort(found);
    const auto twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    return found;
}

std::vector<std::uint32_t> TileIndex::addresses(const geo::WorldRect& rect) const {
    std::vector<std::uint32_t> found;
    eachCell(rect, [&](std::size_t c) {
        for (std::uint32_t k = m_addresses.starts[c]; k < m_addresses.starts[c + 1]; ++k)
            if (rect.contains(m_addressAt[m_addresses.items[k]])) found.push_back(m_addresses.items[k]);
    });
    std::ranges::sort(found);
    return found;
}

// The middle of the widest stretch that lies inside, over a few horizontal cuts.
TileIndex::LabelRoom TileIndex::labelRoom(const geo::Feature& polygon) const {
    const auto points = m_city->pointsOf(polygon);
    geo::WorldPoint best{(polygon.bounds.left + polygon.bounds.right) / 2,
                         (polygon.bounds.top + polygon.bounds.bottom) / 2};
    double widest = -1;
    std::vector<double> cuts;
    for (const double share : {0.5, 0.4, 0.6, 0.3, 0.7}) {
        const double y = polygon.bounds.top + share * (polygon.bounds.bottom - polygon.bounds.top);
        cuts.clear();
        std::size_t begin = 0;
        for (std::uint32_t ring = 0; ring < std::max(polygon.ringCount, 1U); ++ring) {
            const std::size_t end = polygon.ringCount > 0 ? m_city->ringEnds[polygon.firstRing + ring] : points.size();
            for (std::size_t i = begin, j = end - 1; i < end; j = i++) {
                const geo::WorldPoint a = points[i], b = points[j];
                if ((a.y > y) != (b.y > y)) cuts.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
            begin = end;
        }
        std::ranges::sort(cuts);
        for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
            if (cuts[i + 1] - cuts[i] > widest * 1.15) {
                widest = cuts[i + 1] - cuts[i];
                best = {(cuts[i] + cuts[i + 1]) / 2, y};
            }
        }
    }
    return {best, std::max(widest, 0.0)};
}

}  // namespace wl::ui
