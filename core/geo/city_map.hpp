// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A city's basemap held in memory: immutable after it is built, shared between threads as shared_ptr<const CityMap>.
// The renderer draws it, the gazetteer is built from it, and areas answer "which district is this point in".

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"
#include "geo/coordinates.hpp"

namespace wl::geo {

/// What a feature is; drawing order is the order of this list.
enum class FeatureClass : std::uint8_t {
    // clang-format off
    Sea, Land, Wood, Park, Cemetery, Industrial, Commercial, Sand, Water, River, Building, Rail,
    Path, ServiceRoad, Street, Tertiary, Secondary, Primary, Motorway, Bridge, Place,
    // clang-format on
};

enum class Shape : std::uint8_t { Point, Line, Polygon };

/// One drawn thing. Polygons may have holes: `ringEnds` holds the end index of each ring within the feature's points.
struct Feature {
    FeatureClass cls{};
    Shape shape{};
    std::uint32_t name{};        ///< index into CityMap::names, 0 = none
    std::uint32_t firstPoint{};  ///< into CityMap::points
    std::uint32_t pointCount{};
    std::uint32_t firstRing{};   ///< into CityMap::ringEnds; polygons only
    std::uint32_t ringCount{};
    WorldRect bounds;
};

/// A house number at a place along a named street.
struct Address {
    std::uint32_t street{};  ///< index into CityMap::names
    std::uint32_t number{};  ///< index into CityMap::names ("12", "12A")
    std::uint32_t area{};    ///< index into CityMap::areas
    GeoPoint at;
};

/// A district, ward or neighbourhood.
struct Area {
    std::string code;  ///< stable: "harbour"
    std::string name;  ///< shown: "Harbour"
    std::string kind;  ///< "district", "ward", …
    std::vector<std::vector<WorldPoint>> rings;  ///< even-odd
    WorldRect bounds;
    WorldPoint label;
};

struct CityMap {
    std::string name;       ///< of the city
    std::string copyright;  ///< the line that must be shown on the map
    std::vector<std::string> names;       ///< names[0] is empty
    std::vector<WorldPoint> points;
    std::vector<std::uint32_t> ringEnds;
    std::vector<Feature> features;        ///< sorted by class
    std::vector<Address> addresses;
    std::vector<Area> areas;
    WorldRect bounds;

    [[nodiscard]] std::span<const WorldPoint> pointsOf(const Feature& f) const {
        return {points.data() + f.firstPoint, f.pointCount};
    }
};

using CityMapPtr = std::shared_ptr<const CityMap>;

/// The smallest rectangle around one or more points.
[[nodiscard]] WorldRect boundsOf(std::span<const WorldPoint> points);

/// The file form: canonical CBOR, zstd-compressed, with a magic word and a BLAKE2b checksum at the end.
/// Reading lays the points out in the order of the features. Errors: map.notAMap, map.corrupt (field: what of it).
[[nodiscard]] std::string encodeCityMap(const CityMap& map);
[[nodiscard]] Result<CityMap> decodeCityMap(std::string_view bytes);

}  // namespace wl::geo
