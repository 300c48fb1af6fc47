// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/map_writer.hpp"

#include <algorithm>
#include <numbers>

namespace wl::geo::demo {

namespace {

constexpr double equatorMetres = 40'075'016.685578488;  // of the sphere that Web Mercator is drawn on

// The point of a coarse grid that is farthest from the outline: a label there has the most room.
Vec roomiest(const Line& ring) {
    const Box box = boundsOf(ring);
    Vec best = ring[0];
    double room = -1;
    constexpr int steps = 40;
    for (int j = 1; j < steps; ++j)
        for (int i = 1; i < steps; ++i) {
            const Vec p{box.left + (box.right - box.left) * i / steps, box.top + (box.bottom - box.top) * j / steps};
            if (!inside(ring, p)) continue;
            double near = 1e30;
            for (std::size_t k = 0, l = ring.size() - 1; k < ring.size(); l = k++)
                near = std::min(near, length(nearestOn(ring[l], ring[k], p) - p));
            if (near > room) {
                room = near;
                best = p;
            }
        }
    return best;
}

}  // namespace

MapWriter::MapWriter(GeoPoint at, Vec middle)
    : m_middleWorld(toWorld(at)), m_middle(middle),
      m_unitsPerMetre(1 / (equatorMetres * std::cos(at.lat() * std::numbers::pi / 180))) {
    m_map.names.emplace_back();
    m_names[""] = 0;
}

WorldPoint MapWriter::world(Vec p) const {
    // On the raster of the file form, so that a map is the same after it was written and read.
    const auto snapped = [](double v) { return std::round(v * 0x1p40) * 0x1p-40; };
    return {snapped(m_middleWorld.x + (p.x - m_middle.x) * m_unitsPerMetre),
            snapped(m_middleWorld.y + (p.y - m_middle.y) * m_unitsPerMetre)};
}

std::uint32_t MapWriter::nameIndex(std::string_view name) {
    const auto [at, isNew] = m_names.try_emplace(std::string(name), static_cast<std::uint32_t>(m_map.names.size()));
    if (isNew) m_map.names.emplace_back(name);
    return at->second;
}

void MapWriter::add(FeatureClass cls, Shape shape, std::span<const Vec> points, std::string_view name) {
    Feature f;
    f.cls = cls;
    f.shape = shape;
    f.name = nameIndex(name);
    f.firstPoint = static_cast<std::uint32_t>(m_map.points.size());
    f.pointCount = static_cast<std::uint32_t>(points.size());
    for (const Vec p : points) m_map.points.push_back(world(p));
    if (shape == Shape::Polygon) {
        f.firstRing = static_cast<std::uint32_t>(m_map.ringEnds.size());
        f.ringCount = 1;
        m_map.ringEnds.push_back(f.pointCount);
    }
    f.bounds = geo::boundsOf(m_map.pointsOf(f));
    m_map.features.push_back(f);
}

void MapWriter::polygon(FeatureClass cls, std::span<const Vec> ring, std::string_view name) {
    if (ring.size() >= 3) add(cls, Shape::Polygon, ring, name);
}

void MapWriter::line(FeatureClass cls, std::span<const Vec> points, std::string_view name) {
    if (points.size() >= 2) add(cls, Shape::Line, points, name);
}

void MapWriter::place(Vec at, std::string_view name) {
    add(FeatureClass::Place, Shape::Point, std::span(&at, 1), name);
}

void MapWriter::address(std::string_view street, std::string_view number, std::uint32_t area, Vec at) {
    m_map.addresses.push_back({nameIndex(street), nameIndex(number), area, toGeo(world(at))});
}

void MapWriter::area(std::string code, std::string name, std::string kind, std::span<const Line> rings) {
    Area a;
    a.code = std::move(code);
    a.name = std::move(name);
    a.kind = std::move(kind);
    std::vector<WorldPoint> all;
    const Line* largest = &rings[0];
    for (const Line& ring : rings) {
        if (areaOf(ring) > areaOf(*largest)) largest = &ring;
        auto& out = a.rings.emplace_back();
        for (const Vec p : ring) out.push_back(world(p));
        all.insert(all.end(), out.begin(), out.end());
    }
    a.bounds = geo::boundsOf(all);
    const Vec label = roomiest(*largest);
    a.label = world(label);
    if (a.kind == "district") place(label, a.name);
    m_map.areas.push_back(std::move(a));
}

CityMap MapWriter::finish(std::string name, std::string copyright, Vec size) {
    m_map.name = std::move(name);
    m_map.copyright = std::move(copyright);
    const WorldPoint topLeft = world({0, 0});
    const WorldPoint bottomRight = world(size);
    m_map.bounds = {topLeft.x, topLeft.y, bottomRight.x, bottomRight.y};
    std::ranges::stable_sort(m_map.features, {}, &Feature::cls);
    // Points in the features' order, as the file form has them: what is drawn together lies together.
    std::vector<WorldPoint> points;
    points.reserve(m_map.points.size());
    for (Feature& f : m_map.features) {
        const auto own = m_map.pointsOf(f);
        f.firstPoint = static_cast<std::uint32_t>(points.size());
        points.insert(points.end(), own.begin(), own.end());
    }
    m_map.points = std::move(points);
    return std::move(m_map);
}

}  // namespace wl::geo::demo
