// SPDX-License-Identifier: GPL-3.0-or-later
// Vector tiles in the two schemas that are made of OpenStreetMap: OpenMapTiles (openmaptiles.org/schema) and Shortbread
// (shortbread-tiles.org/schema/1.0). Their words are put back into OpenStreetMap's, so that one cartography draws all.
#include <algorithm>
#include <initializer_list>

#include "geo/basemap/source_feature.hpp"

namespace wl::geo::basemap {
namespace {

bool isOne(const std::string& word, std::initializer_list<std::string_view> of) {
    return std::ranges::find(of, std::string_view(word)) != of.end();
}

/// Key and value as OpenStreetMap has them; an empty key: of no use to the map.
std::pair<std::string, std::string> tagOf(const SourceFeature& f) {
    const auto& layer = f.layer;
    const auto &cls = f.firstOf({"class", "kind"}), &subclass = f.tag("subclass");
    if (isOne(layer, {"transportation", "transportation_name", "streets", "street_labels"})) {
        if (isOne(cls, {"rail", "transit", "light_rail", "tram", "subway", "narrow_gauge"})) return {"railway", "rail"};
        if (isOne(cls, {"ferry", "pier", "aerialway", "runway", "taxiway"}) || cls.ends_with("_construction"))
            return {};
        if (isOne(cls, {"minor", "busway", "raceway", "street"})) return {"highway", "residential"};
        if (cls == "path") return {"highway", subclass.empty() ? "path" : subclass};
        return {"highway", cls};
    }
    if (isOne(layer, {"building", "buildings"})) return {"building", "yes"};
    if (isOne(layer, {"water", "water_polygons", "ocean"})) return {"natural", "water"};
    if (isOne(layer, {"waterway", "water_lines", "water_lines_labels", "waterway_name"})) return {"waterway", cls};
    if (isOne(layer, {"water_name", "water_polygons_labels"})) return {};
    if (layer == "park") return {"leisure", "park"};
    if (isOne(layer, {"landcover", "landuse", "land", "sites"})) {
        if (isOne(cls, {"wood", "forest"})) return {"landuse", "forest"};
        if (isOne(cls, {"sand", "beach"})) return {"natural", "sand"};
        if (isOne(cls, {"cemetery", "grave_yard"})) return {"landuse", "cemetery"};
        if (isOne(cls, {"industrial", "railway", "quarry", "landfill"})) return {"landuse", "industrial"};
        if (isOne(cls, {"commercial", "retail"})) return {"landuse", "commercial"};
        if (isOne(cls, {"grass", "farmland", "wetland", "park", "garden", "playground", "pitch", "meadow", "scrub",
                        "heath", "grassland", "golf_course", "recreation_ground", "village_green", "allotments"}))
            return {"leisure", "park"};
        return {};
    }
    if (isOne(layer, {"place", "place_labels"})) return {"place", cls};
    return {};
}

}  // namespace

void tagsOfTile(SourceFeature& f) {
    auto name = f.firstOf({"name", "name:latin", "name_en", "name:en"});
    auto tag = tagOf(f);
    f.tags.clear();
    f.osm = true;
    if (tag.first.empty()) return;
    f.tags.push_back(std::move(tag));
    if (!name.empty()) f.tags.emplace_back("name", std::move(name));
}

}  // namespace wl::geo::basemap
