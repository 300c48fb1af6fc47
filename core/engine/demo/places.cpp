// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/places.hpp"

#include <cmath>
#include <numbers>

#include "geo/area_index.hpp"

namespace wl::engine::demo {
namespace {

constexpr std::int32_t kCell = 20'000;  // in 1e-7 degrees: about 220 m of latitude
constexpr std::int64_t kColumns = 1 << 20;
constexpr std::uint8_t kNowhere = 255;
constexpr double kMetresPerDegree = 111'195;

}  // namespace

std::int64_t Places::cellOf(GeoPoint at, int stepLat, int stepLon) {
    const std::int64_t row = (std::int64_t{at.latE7} + 900'000'000) / kCell + stepLat;
    const std::int64_t column = (std::int64_t{at.lonE7} + 1'800'000'000) / kCell + stepLon;
    return row * kColumns + column;
}

Places::Places(geo::CityMapPtr map) : m_map(std::move(map)) {
    const geo::AreaIndex index(m_map);
    std::unordered_map<std::uint32_t, std::uint8_t> byArea;
    for (std::uint32_t a = 0; a < m_map->areas.size(); ++a)
        if (m_map->areas[a].kind == "district" && m_districts.size() < kNowhere) {
            byArea[a] = static_cast<std::uint8_t>(m_districts.size());
            m_districts.push_back({a, {}});
        }
    m_districtOf.resize(m_map->addresses.size(), kNowhere);
    for (std::uint32_t i = 0; i < m_map->addresses.size(); ++i) {
        const auto& address = m_map->addresses[i];
        auto found = byArea.find(address.area);
        if (found == byArea.end())
            for (const auto area : index.areasAt(address.at))
                if (found = byArea.find(area); found != byArea.end()) break;
        if (found == byArea.end()) continue;  // outside of every district: nobody lives there
        m_districtOf[i] = found->second;
        m_districts[found->second].addresses.push_back(i);
        m_cells[cellOf(address.at, 0, 0)].push_back(i);
    }
    std::erase_if(m_districts, [](const District& d) { return d.addresses.empty(); });
    for (std::uint8_t d = 0; d < m_districts.size(); ++d)
        for (const auto i : m_districts[d].addresses) m_districtOf[i] = d;
}

std::uint32_t Places::anyIn(std::size_t d, Chance& chance) const { return chance.pick(m_districts[d].addresses); }

const std::string& Places::crossStreet(std::uint32_t address, Chance& chance) const {
    const auto& own = m_map->addresses[address];
    for (const int step : {0, 1, -1}) {
        const auto cell = m_cells.find(cellOf(own.at, step, 0));
        if (cell == m_cells.end()) continue;
        for (int tries = 0; tries < 4; ++tries) {
            const auto other = m_map->addresses[chance.pick(cell->second)].street;
            if (other != own.street) return m_map->names[other];
        }
    }
    return m_map->names[own.street];
}

std::vector<std::uint32_t> Places::around(std::uint32_t address, double metres) const {
    std::vector<std::uint32_t> out;
    const auto centre = at(address);
    const int reach = static_cast<int>(metres / 120) + 1;  // a cell is at least 120 m wide up to 57 degrees north
    for (int r = -reach; r <= reach; ++r)
        for (int c = -reach; c <= reach; ++c) {
            const auto cell = m_cells.find(cellOf(centre, r, c));
            if (cell == m_cells.end()) continue;
            for (const auto i : cell->second)
                if (geo::distanceMetres(centre, at(i)) <= metres) out.push_back(i);
        }
    return out;
}

std::vector<std::uint32_t> Places::alongStreet(std::uint32_t address, double metres) const {
    auto all = around(address, metres);
    const auto own = m_map->addresses[address].street;
    std::erase_if(all, [&](std::uint32_t i) { return m_map->addresses[i].street != own; });
    return all;
}

GeoPoint Places::near(GeoPoint at, double metres, Chance& chance) {
    const double angle = chance.between(0, 2 * std::numbers::pi);
    const double far = metres * chance.unit();
    const double scale = std::cos(at.lat() * std::numbers::pi / 180);
    return GeoPoint::of(at.lat() + far * std::sin(angle) / kMetresPerDegree,
                        at.lon() + far * std::cos(angle) / kMetresPerDegree / scale);
}

}  // namespace wl::engine::demo
