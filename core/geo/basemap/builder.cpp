// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/basemap/builder.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "geo/area_index.hpp"
#include "geo/basemap/source_feature.hpp"

namespace wl::geo {
namespace {

using basemap::LonLat;
using basemap::SourceFeature;

constexpr double kElsewhere = 60'000;  // m from the map's edge to the cases

std::string slug(std::string_view name) {
    std::string out;
    for (const unsigned char c : name) {
        if (c >= 128 || std::isalnum(c)) out += static_cast<char>(c < 128 ? std::tolower(c) : c);
        else if (!out.empty() && out.back() != '_') out += '_';
    }
    if (!out.empty() && out.back() == '_') out.pop_back();
    return out;
}

class Collector {
public:
    Collector() { m_map.names.emplace_back(); }

    void take(const SourceFeature& f, SourceRole role, const std::string& file) {
        const auto name = basemap::nameOf(f);
        const auto [number, street] = basemap::addressOf(f);
        if (!number.empty() && !street.empty()) addAddress(f, number, street);
        if (const auto kind = basemap::areaKind(f, role, file); !kind.empty()) {
            addArea(f, kind, name.empty() ? file : name);
            return;
        }
        const auto cls = basemap::classOf(f, role);
        if (!cls) {
            m_unused += number.empty() ? 1 : 0;
            return;
        }
        // The number of a house is no name of it.
        const auto id =
            *cls == FeatureClass::Building && role != SourceRole::Auto ? 0 : intern(f.osm ? f.tag("name") : name);
        if (f.shape == Shape::Line)
            for (const auto& part : f.parts) addFeature(*cls, f.shape, id, {&part, 1});
        else addFeature(*cls, f.shape, id, f.parts);
        if (*cls >= FeatureClass::ServiceRoad && *cls <= FeatureClass::Motorway && id != 0) m_streets.insert(id);
        if (*cls == FeatureClass::Building) ++m_buildings;
    }

    [[nodiscard]] std::size_t points() const { return m_map.points.size(); }
    [[nodiscard]] bool empty() const {
        return m_map.features.empty() && m_map.areas.empty() && m_map.addresses.empty();
    }
    /// Where most of it lies: single strays far out do not count.
    [[nodiscard]] WorldRect extent() const {
        std::vector<double> xs, ys;
        const auto add = [&](WorldPoint p) {
            xs.push_back(p.x);
            ys.push_back(p.y);
        };
        for (const auto& a : m_map.areas) add({a.bounds.left, a.bounds.top}), add({a.bounds.right, a.bounds.bottom});
        if (xs.empty())
            for (const auto& f : m_map.features)
                if (f.pointCount > 0)
                    add(m_map.points[f.firstPoint]), add(m_map.points[f.firstPoint + f.pointCount - 1]);
        if (xs.empty())
            for (const auto& a : m_map.addresses) add(toWorld(a.at));
        std::ranges::sort(xs);
        std::ranges::sort(ys);
        const auto cut = m_map.areas.empty() ? xs.size() / 200 : 0;
        WorldRect r{xs[cut], ys[cut], xs[xs.size() - 1 - cut], ys[ys.size() - 1 - cut]};
        const double margin = std::max({(r.right - r.left) * 0.03, (r.bottom - r.top) * 0.03, 1e-6});
        return {r.left - margin, r.top - margin, r.right + margin, r.bottom + margin};
    }

    CityMap finish(const BasemapOptions& options, BasemapReport& report) {
        m_map.name = options.name;
        m_map.bounds = extent();
        dropStrays();
        ensureDistricts();
        std::ranges::stable_sort(m_map.features, {}, &Feature::cls);
        placeAddresses();
        report.features = m_map.features.size();
        report.streets = m_streets.size();
        report.buildings = m_buildings;
        report.addresses = m_map.addresses.size();
        report.areas = m_map.areas.size();
        report.unnamed = m_unused;
        return std::move(m_map);
    }

private:
    std::uint32_t intern(const std::string& name) {
        if (name.empty()) return 0;
        const auto [at, isNew] = m_ids.try_emplace(name, static_cast<std::uint32_t>(m_map.names.size()));
        if (isNew) m_map.names.push_back(name);
        return at->second;
    }
    static WorldPoint worldOf(LonLat p) { return toWorld(GeoPoint::of(p.lat, p.lon)); }

    void addFeature(FeatureClass cls, Shape shape, std::uint32_t name, std::span<const std::vector<LonLat>> parts) {
        Feature f;
        f.cls = cls;
        f.shape = shape;
        f.name = name;
        f.firstPoint = static_cast<std::uint32_t>(m_map.points.size());
        f.firstRing = static_cast<std::uint32_t>(m_map.ringEnds.size());
        for (const auto& part : parts) {
            if (shape == Shape::Polygon && part.size() < 3) continue;
            if (shape == Shape::Line && part.size() < 2) continue;
            for (const auto p : part) m_map.points.push_back(worldOf(p));
            if (shape == Shape::Polygon) {
                m_map.ringEnds.push_back(static_cast<std::uint32_t>(m_map.points.size()) - f.firstPoint);
                ++f.ringCount;
            }
        }
        f.pointCount = static_cast<std::uint32_t>(m_map.points.size()) - f.firstPoint;
        if (f.pointCount == 0) return;
        f.bounds = boundsOf({m_map.points.data() + f.firstPoint, f.pointCount});
        m_map.features.push_back(f);
    }

    void addArea(const SourceFeature& f, const std::string& kind, const std::string& name) {
        Area area;
        area.name = name;
        area.kind = kind;
        area.code = slug(name);
        std::vector<WorldPoint> all;
        std::size_t largest = 0;
        double extent = -1;
        for (const auto& part : f.parts) {
            if (part.size() < 3) continue;
            auto& ring = area.rings.emplace_back();
            for (const auto p : part) ring.push_back(worldOf(p));
            all.insert(all.end(), ring.begin(), ring.end());
            const auto b = boundsOf(ring);
            if ((b.right - b.left) * (b.bottom - b.top) > extent)
                extent = (b.right - b.left) * (b.bottom - b.top), largest = area.rings.size() - 1;
        }
        if (all.empty()) return;
        area.bounds = boundsOf(all);
        area.label = middleOf(area.rings[largest]);
        // Two areas of one name and kind are one (islands, parts of a district); of another kind they are told apart.
        for (auto& known : m_map.areas)
            if (known.kind == kind && known.name == name) {
                known.rings.insert(known.rings.end(), area.rings.begin(), area.rings.end());
                known.bounds = {
                    std::min(known.bounds.left, area.bounds.left), std::min(known.bounds.top, area.bounds.top),
                    std::max(known.bounds.right, area.bounds.right), std::max(known.bounds.bottom, area.bounds.bottom)};
                return;
            }
        if (std::ranges::contains(m_map.areas, area.code, &Area::code)) area.code = kind + '-' + area.code;
        m_map.areas.push_back(std::move(area));
    }

    /// A point inside, near the middle: of the widest stretch that a line through the middle has within the ring.
    static WorldPoint middleOf(const std::vector<WorldPoint>& ring) {
        const auto b = boundsOf(ring);
        const double y = (b.top + b.bottom) / 2;
        std::vector<double> cuts;
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
            if ((ring[i].y > y) != (ring[j].y > y))
                cuts.push_back(ring[j].x + (y - ring[j].y) / (ring[i].y - ring[j].y) * (ring[i].x - ring[j].x));
        std::ranges::sort(cuts);
        double best = 0, x = (b.left + b.right) / 2;
        for (std::size_t i = 0; i + 1 < cuts.size(); i += 2)
            if (cuts[i + 1] - cuts[i] > best) best = cuts[i + 1] - cuts[i], x = (cuts[i] + cuts[i + 1]) / 2;
        return {x, y};
    }

    void addAddress(const SourceFeature& f, const std::string& number, const std::string& street) {
        if (f.parts.empty() || f.parts.front().empty()) return;
        LonLat at{};
        for (const auto p : f.parts.front()) at.lon += p.lon, at.lat += p.lat;
        const auto n = static_cast<double>(f.parts.front().size());
        m_map.addresses.push_back({intern(street), intern(number), 0, GeoPoint::of(at.lat / n, at.lon / n)});
    }

    void dropStrays() {
        std::erase_if(m_map.features, [&](const Feature& f) { return !f.bounds.intersects(m_map.bounds); });
        std::erase_if(m_map.addresses, [&](const Address& a) { return !m_map.bounds.contains(toWorld(a.at)); });
    }

    /// The console asks for the district of a place: the first kind that covers the city by parts serves as it.
    void ensureDistricts() {
        const auto many = [&](const std::string& kind) {
            return std::ranges::count(m_map.areas, kind, &Area::kind) > 1;
        };
        if (many("district")) return;
        for (const auto* kind : {"neighbourhood", "ward", "police_district", "precinct"})
            if (many(kind)) {
                for (auto& a : m_map.areas)
                    if (a.kind == kind) a.kind = "district";
                return;
            }
    }

    void placeAddresses() {
        std::ranges::sort(m_map.addresses, {}, [](const Address& a) { return std::tuple(a.street, a.number, a.at); });
        const auto twice = std::ranges::unique(m_map.addresses, [](const Address& a, const Address& b) {
            return a.street == b.street && a.number == b.number && distanceMetres(a.at, b.at) < 60;
        });
        m_map.addresses.erase(twice.begin(), twice.end());
        const AreaIndex areas(CityMapPtr(CityMapPtr{}, &m_map));
        for (auto& a : m_map.addresses)
            if (const auto* district = areas.areaAt(a.at, "district"))
                a.area = static_cast<std::uint32_t>(district - m_map.areas.data());
    }

    CityMap m_map;
    std::unordered_map<std::string, std::uint32_t> m_ids;
    std::set<std::uint32_t> m_streets;
    std::size_t m_buildings{}, m_unused{};
};

/// Whether the map is where the city's cases are; if not, whether its axes seem to be the wrong way round.
Result<void> checkPlace(const WorldRect& extent, const BasemapOptions& options, const std::string& file) {
    const auto north = toGeo({extent.left, extent.top}), south = toGeo({extent.right, extent.bottom});
    const auto holds = [&](double lat, double lon) {
        const auto at =
            GeoPoint::of(std::clamp(lat, south.lat(), north.lat()), std::clamp(lon, north.lon(), south.lon()));
        return distanceMetres(at, GeoPoint::of(lat, lon)) < kElsewhere;
    };
    if (options.casesAt) {
        const auto at = *options.casesAt;
        if (holds(at.lat(), at.lon())) return {};
        if (std::abs(at.lon()) <= 90 && holds(at.lon(), at.lat()))
            return fail(ErrorKind::Input, "basemap.swapped", file);
        return fail(ErrorKind::Input, "basemap.elsewhere", file);
    }
    // No city lies in Antarctica: there it is the longitude of America that stands first.
    if (south.lat() < -60 && north.lat() < -55) return fail(ErrorKind::Input, "basemap.swapped", file);
    return {};
}

}  // namespace

Result<CityMap> buildBasemap(std::span<const BasemapSource> sources, const BasemapOptions& options,
                             BasemapReport* report) {
    const auto began = std::chrono::steady_clock::now();
    BasemapReport figures;
    Collector collector;
    bool osm = false;
    std::size_t done = 0;
    for (const auto& source : sources) {
        const auto shown = source.file.string(), stem = source.file.stem().string();
        std::optional<SourceRole> role = source.role == SourceRole::Auto ? std::nullopt : std::optional(source.role);
        const auto progress = [&](double share) {
            if (collector.points() > options.mostPoints) return false;
            return !options.progress || options.progress("read", shown,
                                                         (static_cast<double>(done) + std::clamp(share, 0.0, 1.0)) /
                                                             static_cast<double>(sources.size()));
        };
        Collector alone;  // where this file lies is asked of it alone
        const bool repair =
            source.role == SourceRole::Areas || source.role == SourceRole::Boundary || !shown.contains(".osm");
        auto read = basemap::readSource(
            source.file, repair, progress,
            [&](SourceFeature&& f) {
                osm = osm || f.osm;
                const auto asked = role ? *role : basemap::guessRole(stem, f);
                collector.take(f, asked, stem);
                if (sources.size() > 1) alone.take(f, asked, stem);
            },
            figures.repaired);
        if (collector.points() > options.mostPoints) return fail(ErrorKind::Input, "basemap.too_large", shown);
        WL_CHECK(read);
        const auto& judged = sources.size() > 1 ? alone : collector;
        if (judged.empty()) return fail(ErrorKind::Input, "basemap.empty", shown);
        WL_CHECK(checkPlace(judged.extent(), options, shown));
        ++done;
    }
    if (collector.empty()) return fail(ErrorKind::Input, "basemap.empty");
    if (options.progress && !options.progress("build", {}, 0)) return fail(ErrorKind::Cancelled, "basemap.cancelled");
    auto map = collector.finish(options, figures);
    map.copyright = !options.copyright.empty() ? options.copyright : osm ? "© OpenStreetMap contributors" : "";
    // Its file form lays the points out as they are drawn and checks every index.
    const auto bytes = encodeCityMap(map);
    map = {};  // it is not held twice
    auto made = decodeCityMap(bytes);
    figures.bytes = bytes.size();
    figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (report) *report = figures;
    return made;
}

}  // namespace wl::geo
