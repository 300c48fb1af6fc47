// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The plan of Port Linden: coast, river and main roads form a mesh of curved edges between named nodes; its faces are
// grouped into wards, wards into districts, and faces again into zones, each of which is built over in one pattern.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/city_map.hpp"
#include "geo/demo/chance.hpp"
#include "geo/demo/geometry.hpp"

namespace wl::geo::demo {

inline constexpr double cityWidth = 13000;
inline constexpr double cityHeight = 9000;

/// How a quarter is built up.
enum class Style : std::uint8_t { Dense, Terrace, Suburb, Villas, Grid, Slabs, Industry, Campus };
enum class Pattern : std::uint8_t { Grid, Organic, Curved, Radial };
/// What its streets are named after.
enum class Theme : std::uint8_t { OldTrades, Sea, Water, Hills, Numbers, North, Scholars, Garden, West };

struct ZoneSpec {
    Pattern pattern;
    Style style;
    Theme theme;
    Vec origin;       ///< a crossing of the pattern
    double angle;     ///< degrees
    double du, dv;    ///< metres between streets of the two families
    double warp;      ///< metres by which the pattern is bent
    double warpLength;
    double keepU, keepV;  ///< share of street pieces that are kept
    int tertiaryEvery;
    double closes;    ///< share of blocks with a dead-end street in them
    double alleys;    ///< share of blocks with a back alley
    double greens;    ///< share of blocks that are small parks
};

struct FaceSpec {
    const char* district;
    const char* ward;
    std::uint8_t zone;
    const char* nodes;  ///< its corners, in order
};

struct Stop {
    const char* node;  ///< null: a bend
    Vec at;
};
struct Naming {
    const char* fromNode;
    const char* name;
};
struct ChainSpec {
    FeatureClass cls;  ///< Sea: coast; River: river; Land: the edge of the map
    std::vector<Stop> stops;
    std::vector<Naming> names;
};
struct BlobSpec {
    FeatureClass cls;
    const char* name;
    const char* ringRoad;  ///< name of the street around it; null: none
    Vec centre;
    double rx, ry;
};
struct DistrictSpec {
    const char* code;
    const char* name;
};

[[nodiscard]] const std::vector<std::pair<const char*, Vec>>& nodeSpecs();
[[nodiscard]] const std::vector<ChainSpec>& chainSpecs();
[[nodiscard]] const std::vector<FaceSpec>& faceSpecs();
[[nodiscard]] const std::vector<ZoneSpec>& zoneSpecs();
[[nodiscard]] const std::vector<BlobSpec>& blobSpecs();
[[nodiscard]] const std::array<DistrictSpec, 9>& districtSpecs();

struct Road {
    FeatureClass cls{};
    std::string name;
    Line line;
};
struct Blob {
    const BlobSpec* spec{};
    Region region;
};
/// A ward or district: outer rings that follow the mesh exactly.
struct Ground {
    std::string code, name, kind;
    std::vector<Line> rings;
};

struct Plan {
    Line coast;
    Line river;
    Region land;        ///< all of the city that is not sea; the river runs over it
    Region water;       ///< the river's bed
    Region banks;       ///< the river with its embankments, where no side street goes
    Region shore;       ///< the sea with the strip before the shore road
    std::vector<Line> islands;
    std::vector<Line> piers;
    std::vector<Line> breakwaters;
    std::vector<Road> mains;  ///< named roads of the mesh, shore roads and embankments
    Line motorway;
    std::vector<Line> rails;
    std::vector<Line> sidings;
    Vec stationAt, stationAlong;  ///< a corner of the station's ground, beside the tracks, and the way they go
    Region stationSite;
    std::vector<Region> faces;  ///< as faceSpecs()
    std::vector<Blob> blobs;
    std::vector<Ground> grounds;
};

[[nodiscard]] Plan makePlan(std::uint64_t seed);

}  // namespace wl::geo::demo
