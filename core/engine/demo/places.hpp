// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The addresses of the city map as the demo's people use them: by district, by street and by neighbourhood.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/demo/chance.hpp"
#include "geo/city_map.hpp"

namespace wl::engine::demo {

class Places {
public:
    explicit Places(geo::CityMapPtr map);

    [[nodiscard]] std::size_t districtCount() const { return m_districts.size(); }
    [[nodiscard]] const std::string& districtCode(std::size_t d) const {
        return m_map->areas[m_districts[d].area].code;
    }
    [[nodiscard]] const std::string& districtName(std::size_t d) const {
        return m_map->areas[m_districts[d].area].name;
    }
    /// Indices of addresses in the district.
    [[nodiscard]] std::span<const std::uint32_t> addressesIn(std::size_t d) const { return m_districts[d].addresses; }
    [[nodiscard]] std::size_t districtOf(std::uint32_t address) const { return m_districtOf[address]; }

    [[nodiscard]] GeoPoint at(std::uint32_t address) const { return m_map->addresses[address].at; }
    [[nodiscard]] const std::string& street(std::uint32_t address) const {
        return m_map->names[m_map->addresses[address].street];
    }
    [[nodiscard]] const std::string& number(std::uint32_t address) const {
        return m_map->names[m_map->addresses[address].number];
    }
    /// "12 Bodkin Lane".
    [[nodiscard]] std::string text(std::uint32_t address) const { return number(address) + " " + street(address); }

    [[nodiscard]] std::uint32_t anyIn(std::size_t d, Chance& chance) const;
    /// A street near by that is not the address's own; its own if there is none.
    [[nodiscard]] const std::string& crossStreet(std::uint32_t address, Chance& chance) const;
    /// Addresses within so many metres, itself among them.
    [[nodiscard]] std::vector<std::uint32_t> around(std::uint32_t address, double metres) const;
    /// All addresses of the address's street within that distance.
    [[nodiscard]] std::vector<std::uint32_t> alongStreet(std::uint32_t address, double metres) const;
    /// A point a few metres off, as a pin or a phone's position falls.
    [[nodiscard]] static GeoPoint near(GeoPoint at, double metres, Chance& chance);

private:
    struct District {
        std::uint32_t area{};
        std::vector<std::uint32_t> addresses;
    };
    [[nodiscard]] static std::int64_t cellOf(GeoPoint at, int stepLat, int stepLon);
    geo::CityMapPtr m_map;
    std::vector<District> m_districts;
    std::vector<std::uint8_t> m_districtOf;
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> m_cells;
};

}  // namespace wl::engine::demo
