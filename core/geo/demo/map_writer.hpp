// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns metres of the drawing board into a CityMap.

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/city_map.hpp"
#include "geo/demo/geometry.hpp"

namespace wl::geo::demo {

class MapWriter {
public:
    /// `middle` of the drawing board lies at `at`; the scale is exact there.
    MapWriter(GeoPoint at, Vec middle);

    void polygon(FeatureClass cls, std::span<const Vec> ring, std::string_view name = {});
    void line(FeatureClass cls, std::span<const Vec> points, std::string_view name = {});
    void place(Vec at, std::string_view name);
    void address(std::string_view street, std::string_view number, std::uint32_t area, Vec at);
    /// A district is a place as well, where its label has the most room.
    void area(std::string code, std::string name, std::string kind, std::span<const Line> rings);

    [[nodiscard]] WorldPoint world(Vec p) const;
    /// Hands over the map, its features in drawing order.
    [[nodiscard]] CityMap finish(std::string name, std::string copyright, Vec size);

private:
    void add(FeatureClass cls, Shape shape, std::span<const Vec> points, std::string_view name);
    [[nodiscard]] std::uint32_t nameIndex(std::string_view name);

    WorldPoint m_middleWorld;
    Vec m_middle;
    double m_unitsPerMetre;
    CityMap m_map;
    std::unordered_map<std::string, std::uint32_t> m_names;
};

}  // namespace wl::geo::demo
