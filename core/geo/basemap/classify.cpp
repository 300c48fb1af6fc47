// SPDX-License-Identifier: GPL-3.0-or-later
// What a feature of a city's geodata is to the map: by OpenStreetMap's tags, else by the names cities give to layers
// and columns.
#include <algorithm>
#include <array>
#include <cctype>

#include "geo/basemap/source_feature.hpp"

namespace wl::geo::basemap {
namespace {

using enum FeatureClass;

bool is(const std::string& value, std::initializer_list<std::string_view> of) {
    return std::ranges::find(of, std::string_view(value)) != of.end();
}

bool has(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view w) { return text.contains(w); });
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

FeatureClass streetClass(const std::string& highway) {
    if (highway.starts_with("motorway") || highway.starts_with("trunk")) return Motorway;
    if (highway.starts_with("primary")) return Primary;
    if (highway.starts_with("secondary")) return Secondary;
    if (highway.starts_with("tertiary")) return Tertiary;
    if (is(highway, {"service", "track"})) return ServiceRoad;
    if (is(highway, {"footway", "path", "cycleway", "pedestrian", "steps", "bridleway", "corridor"})) return Path;
    return Street;
}

std::optional<FeatureClass> lineClass(const SourceFeature& f) {
    if (const auto& highway = f.tag("highway"); !highway.empty()) {
        if (is(highway, {"proposed", "construction", "platform", "razed", "abandoned", "elevator"})) return {};
        const auto cls = streetClass(highway);
        // A way people live at or that has a name is found as a street, also where cars do not drive.
        return cls == Path && highway == "pedestrian" && !f.tag("name").empty() ? Street : cls;
    }
    if (const auto& waterway = f.tag("waterway"); is(waterway, {"river", "stream", "canal"})) return River;
    if (const auto& rail = f.tag("railway"); is(rail, {"rail", "light_rail", "subway", "tram", "narrow_gauge"}))
        return Rail;
    return {};
}

std::optional<FeatureClass> polygonClass(const SourceFeature& f) {
    if (const auto& b = f.tag("building"); !b.empty() && b != "no") return Building;
    const auto &natural = f.tag("natural"), &landuse = f.tag("landuse"), &leisure = f.tag("leisure");
    if (natural == "water" || natural == "bay" || f.tag("waterway") == "riverbank" || landuse == "reservoir" ||
        landuse == "basin" || !f.tag("water").empty())
        return Water;
    if (natural == "wood" || landuse == "forest") return Wood;
    if (natural == "beach" || natural == "sand") return Sand;
    if (landuse == "cemetery" || f.tag("amenity") == "grave_yard") return Cemetery;
    if (is(leisure, {"park", "garden", "playground", "golf_course", "nature_reserve", "pitch", "dog_park", "common"}) ||
        is(landuse, {"grass", "recreation_ground", "meadow", "village_green", "allotments", "farmland"}) ||
        is(natural, {"grassland", "scrub", "heath", "wetland"}))
        return Park;
    if (is(landuse, {"industrial", "railway", "port", "quarry", "landfill"})) return Industrial;
    if (is(landuse, {"commercial", "retail"})) return Commercial;
    return {};
}

}  // namespace

std::optional<SourceRole> sourceRoleOf(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, SourceRole>, 9> kWords{
        {{"auto", SourceRole::Auto},
         {"areas", SourceRole::Areas},
         {"boundary", SourceRole::Boundary},
         {"parks", SourceRole::Parks},
         {"water", SourceRole::Water},
         {"landuse", SourceRole::LandUse},
         {"buildings", SourceRole::Buildings},
         {"streets", SourceRole::Streets},
         {"addresses", SourceRole::Addresses}}};
    for (const auto& [known, role] : kWords)
        if (known == word) return role;
    return {};
}

std::optional<FeatureClass> classOf(const SourceFeature& f, SourceRole role) {
    if (role == SourceRole::Auto) {
        if (f.shape == Shape::Point)
            return is(f.tag("place"), {"city", "town", "village", "suburb", "neighbourhood", "quarter", "hamlet"})
                       ? std::optional(Place)
                       : std::nullopt;
        return f.shape == Shape::Line ? lineClass(f) : polygonClass(f);
    }
    if (f.shape == Shape::Polygon) {
        if (role == SourceRole::Parks) return Park;
        if (role == SourceRole::Water) return Water;
        if (role == SourceRole::Buildings) return Building;
        if (role == SourceRole::LandUse) return polygonClass(f).value_or(Commercial);
    }
    if (f.shape == Shape::Line) {
        if (role == SourceRole::Streets) return lineClass(f).value_or(Street);
        if (role == SourceRole::Water) return River;
    }
    return {};
}

SourceRole guessRole(const std::string& file, const SourceFeature& f) {
    if (f.osm || !f.firstOf({"highway", "building", "landuse", "natural", "waterway", "leisure"}).empty())
        return SourceRole::Auto;
    const auto name = lower(file) + ' ' + f.layer;
    if (f.shape == Shape::Polygon) {
        if (has(name, {"city_boundary", "city boundary", "boundary", "city_limit", "city_of", "municipal"}) &&
            !has(name, {"neighb", "ward", "district", "precinct"}))
            return SourceRole::Boundary;
        if (has(name, {"neighb", "ward", "district", "precinct", "borough", "quarter", "arrond", "bezirk", "area"}))
            return SourceRole::Areas;
        if (has(name, {"park", "open_space", "openspace", "recreation", "green", "garden"})) return SourceRole::Parks;
        if (has(name, {"water", "hydro", "lake", "river", "pond"})) return SourceRole::Water;
        if (has(name, {"building", "footprint", "structure"})) return SourceRole::Buildings;
        if (has(name, {"landuse", "land_use", "zoning"})) return SourceRole::LandUse;
        return nameOf(f).empty() ? SourceRole::LandUse : SourceRole::Areas;
    }
    if (f.shape == Shape::Line)
        return has(name, {"water", "hydro", "river", "stream"}) ? SourceRole::Water : SourceRole::Streets;
    return SourceRole::Addresses;
}

std::string areaKind(const SourceFeature& f, SourceRole role, const std::string& file) {
    if (f.shape != Shape::Polygon) return {};
    if (role == SourceRole::Boundary) return "city";
    if (role == SourceRole::Areas) {
        const auto name = lower(file) + ' ' + f.layer;
        if (has(name, {"neighb"})) return "neighbourhood";
        if (has(name, {"police"})) return "police_district";
        if (has(name, {"ward"})) return "ward";
        if (has(name, {"precinct"})) return "precinct";
        return "district";
    }
    if (role != SourceRole::Auto || nameOf(f).empty()) return {};
    if (is(f.tag("place"), {"suburb", "neighbourhood", "quarter", "borough"})) return "neighbourhood";
    const auto& level = f.tag("admin_level");
    if (f.tag("boundary") != "administrative" || level.empty()) return {};
    if (level == "8") return "city";
    return level == "9" || level == "10" || level == "11" ? "neighbourhood" : "";
}

std::string nameOf(const SourceFeature& f) {
    return f.firstOf({"name",      "site_name", "dist_name",  "district_name", "neighborhood", "neighbourhood", "nhood",
                      "full_name", "fullname",  "full_stree", "street_name",   "st_name",      "stname",        "label",
                      "title",     "district",  "ward",       "precinct",      "id",           "citynm"});
}

std::pair<std::string, std::string> addressOf(const SourceFeature& f) {
    return {f.firstOf({"addr:housenumber", "housenumber", "house_number", "house_num", "st_num", "stnum",
                       "street_number", "street_num", "addrnum", "addr_num", "number", "hnr"}),
            f.firstOf({"addr:street", "street", "full_street_name", "st_name", "stname", "street_name", "fullname",
                       "strasse"})};
}

}  // namespace wl::geo::basemap

namespace wl::geo {
std::optional<SourceRole> sourceRole(std::string_view word) { return basemap::sourceRoleOf(word); }
}  // namespace wl::geo
