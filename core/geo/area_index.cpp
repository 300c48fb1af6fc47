// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/area_index.hpp"

#include <algorithm>
#include <limits>

namespace wl::geo {

namespace {

// Counts an edge when a ray going west from the point meets it. The half-open test on y makes a vertex count once;
// the crossing is computed from the upper end whatever the edge's direction, so neighbours agree to the last bit.
bool crossesWestOf(WorldPoint p, WorldPoint a, WorldPoint b) {
    if ((a.y > p.y) == (b.y > p.y)) return false;
    if (a.y > b.y || (a.y == b.y && a.x > b.x)) std::swap(a, b);
    return a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) <= p.x;
}

template <class Visit>
void forEachEdge(const Area& area, Visit visit) {
    for (const auto& ring : area.rings)
        for (std::size_t i = 0; i < ring.size(); ++i) visit(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]);
}

}  // namespace

AreaIndex::AreaIndex(CityMapPtr map) : m_map(std::move(map)), m_bandStarts(bandCount + 1, 0) {
    double top = std::numeric_limits<double>::max();
    double bottom = std::numeric_limits<double>::lowest();
    for (const Area& area : m_map->areas)
        forEachEdge(area, [&](WorldPoint a, WorldPoint) {
            top = std::min(top, a.y);
            bottom = std::max(bottom, a.y);
        });
    if (top >= bottom) return;
    m_top = top;
    m_bandsPerUnit = static_cast<double>(bandCount) / (bottom - top);

    const auto forEachBand = [&](auto visit) {
        for (std::uint32_t area = 0; area < m_map->areas.size(); ++area)
            forEachEdge(m_map->areas[area], [&](WorldPoint a, WorldPoint b) {
                const std::size_t last = bandOf(std::max(a.y, b.y));
                for (std::size_t band = bandOf(std::min(a.y, b.y)); band <= last; ++band) visit(band, Edge{a, b, area});
            });
    };
    forEachBand([&](std::size_t band, const Edge&) { ++m_bandStarts[band + 1]; });
    for (std::size_t i = 1; i <= bandCount; ++i) m_bandStarts[i] += m_bandStarts[i - 1];
    m_edges.resize(m_bandStarts[bandCount]);
    std::vector<std::uint32_t> next(m_bandStarts.begin(), m_bandStarts.end() - 1);
    forEachBand([&](std::size_t band, const Edge& edge) { m_edges[next[band]++] = edge; });
}

std::size_t AreaIndex::bandOf(double y) const {
    const double band = (y - m_top) * m_bandsPerUnit;
    return static_cast<std::size_t>(std::clamp(band, 0.0, static_cast<double>(bandCount - 1)));
}

std::vector<std::uint32_t> AreaIndex::areasAt(WorldPoint at) const {
    std::vector<std::uint32_t> found;
    const std::size_t band = bandOf(at.y);
    std::uint32_t i = m_bandStarts[band];
    const std::uint32_t end = m_bandStarts[band + 1];
    while (i < end) {
        const std::uint32_t area = m_edges[i].area;
        bool inside = false;
        for (; i < end && m_edges[i].area == area; ++i)
            if (crossesWestOf(at, m_edges[i].a, m_edges[i].b)) inside = !inside;
        if (inside) found.push_back(area);
    }
    return found;
}

const Area* AreaIndex::areaAt(GeoPoint at, std::string_view kind) const {
    for (const std::uint32_t index : areasAt(at))
        if (m_map->areas[index].kind == kind) return &m_map->areas[index];
    return nullptr;
}

}  // namespace wl::geo
