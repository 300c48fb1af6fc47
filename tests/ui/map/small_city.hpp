// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A city of a few dozen features, made by hand, for tests of the map.

#include <string>

#include "geo/city_map.hpp"

namespace wl::test {

class SmallCity {
public:
    /// A grid of named streets 4 km wide around 10° N 10° E with a park, a lake with an island, buildings and
    /// addresses.
    static geo::CityMapPtr make() {
        SmallCity city;
        city.m_map.name = "Gridton";
        city.m_map.copyright = "Gridton: invented for tests";
        city.m_map.names.emplace_back();
        city.polygon(geo::FeatureClass::Park, "Linden Park",
                     {{{-900, -900}, {-200, -900}, {-200, -250}, {-900, -250}}});
        city.polygon(geo::FeatureClass::Water, "Mill Pond",
                     {{{250, 250}, {950, 250}, {950, 950}, {250, 950}},
                      {{500, 500}, {700, 500}, {700, 700}, {500, 700}}});
        for (int i = -20; i < 20; ++i)
            city.polygon(
                geo::FeatureClass::Building, "",
                {{{i * 100.0 + 20, -60}, {i * 100.0 + 60, -60}, {i * 100.0 + 60, -20}, {i * 100.0 + 20, -20}}});
        for (int i = -10; i <= 10; ++i) {
            const double at = i * 200;
            city.line(geo::FeatureClass::Street, "North " + std::to_string(i + 11) + " Street",
                      {{at, -2000}, {at, 2000}});
            if (i != 0)
                city.line(geo::FeatureClass::Street, "East " + std::to_string(i + 11) + " Road",
                          {{-2000, at}, {2000, at}});
        }
        city.line(geo::FeatureClass::Primary, "Grand Avenue", {{-2000, 0}, {-700, 0}});  // two pieces of one street
        city.line(geo::FeatureClass::Primary, "Grand Avenue", {{-700, 0}, {2000, 0}});
        city.place("Old Market", {1200, -1200});
        city.area("west", "West Side", -2000, 0);
        city.area("east", "East Side", 0, 2000);
        const std::uint32_t street = city.name("Grand Avenue");
        for (int i = -18; i < 18; ++i)
            city.m_map.addresses.push_back({street, city.name(std::to_string(2 * i + 40)), i < 0 ? 0U : 1U,
                                            geo::toGeo(at({i * 100.0 + 40, -40}))});
        const geo::WorldPoint a = at({-2000, -2000}), b = at({2000, 2000});
        city.m_map.bounds = {a.x, a.y, b.x, b.y};
        return std::make_shared<const geo::CityMap>(std::move(city.m_map));
    }

    /// World point of metres east and south of the middle.
    static geo::WorldPoint at(geo::WorldPoint metres) {
        const geo::WorldPoint centre = geo::toWorld(GeoPoint::of(10, 10));
        constexpr double unit = 40'075'016.7 * 0.984807753;  // metres of the whole unit square at 10° N
        return {centre.x + metres.x / unit, centre.y + metres.y / unit};
    }

private:
    std::uint32_t name(const std::string& text) {
        if (text.empty()) return 0;
        for (std::size_t i = 0; i < m_map.names.size(); ++i)
            if (m_map.names[i] == text) return static_cast<std::uint32_t>(i);
        m_map.names.push_back(text);
        return static_cast<std::uint32_t>(m_map.names.size() - 1);
    }
    geo::Feature& begin(geo::FeatureClass cls, geo::Shape shape, const std::string& text) {
        geo::Feature f;
        f.cls = cls;
        f.shape = shape;
        f.name = name(text);
        f.firstPoint = static_cast<std::uint32_t>(m_map.points.size());
        f.firstRing = static_cast<std::uint32_t>(m_map.ringEnds.size());
        f.bounds = {2, 2, -2, -2};
        return m_map.features.emplace_back(f);
    }
    void add(geo::Feature& f, geo::WorldPoint metres) {
        const geo::WorldPoint p = at(metres);
        m_map.points.push_back(p);
        ++f.pointCount;
        f.bounds = {std::min(f.bounds.left, p.x), std::min(f.bounds.top, p.y), std::max(f.bounds.right, p.x),
                    std::max(f.bounds.bottom, p.y)};
    }
    void line(geo::FeatureClass cls, const std::string& text, std::initializer_list<geo::WorldPoint> points) {
        geo::Feature& f = begin(cls, geo::Shape::Line, text);
        for (const geo::WorldPoint p : points) add(f, p);
    }
    void polygon(geo::FeatureClass cls, const std::string& text,
                 const std::vector<std::vector<geo::WorldPoint>>& rings) {
        geo::Feature& f = begin(cls, geo::Shape::Polygon, text);
        for (const auto& ring : rings) {
            for (const geo::WorldPoint p : ring) add(f, p);
            m_map.ringEnds.push_back(f.pointCount);
            ++f.ringCount;
        }
    }
    void place(const std::string& text, geo::WorldPoint metres) {
        add(begin(geo::FeatureClass::Place, geo::Shape::Point, text), metres);
    }
    void area(const std::string& code, const std::string& text, double left, double right) {
        const geo::WorldPoint a = at({left, -2000}), b = at({right, 2000});
        m_map.areas.push_back({code,
                               text,
                               "district",
                               {{a, {b.x, a.y}, b, {a.x, b.y}}},
                               {a.x, a.y, b.x, b.y},
                               at({(left + right) / 2, 450})});
    }

    geo::CityMap m_map;
};

}  // namespace wl::test
