// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo_city.hpp"

#include <memory>
#include <string>

#include "geo/area_index.hpp"
#include "geo/demo/houses.hpp"
#include "geo/demo/map_writer.hpp"
#include "geo/demo/names.hpp"
#include "geo/demo/plan.hpp"
#include "geo/demo/scenery.hpp"
#include "geo/demo/streets.hpp"

namespace wl::geo {

namespace {

using namespace demo;

void writeStreets(const Plan& plan, const Streets& streets, MapWriter& out) {
    for (const Way& way : streets.streets) {
        const bool mayBridge =
            way.cls == FeatureClass::Motorway || way.cls == FeatureClass::Primary || way.cls == FeatureClass::Secondary;
        for (const Line& piece : way.pieces) {
            out.line(way.cls, piece, way.name);
            if (!mayBridge) continue;
            for (const Line& span : cut(piece, [&](Vec p) { return plan.water.contains(p); }))
                out.line(FeatureClass::Bridge, span, way.name);
        }
    }
}

std::uint32_t districtOf(const std::vector<Region>& faces, const std::vector<std::uint32_t>& districtOfFace, Vec p) {
    for (std::size_t f = 0; f < faces.size(); ++f)
        if (faces[f].contains(p)) return districtOfFace[f];
    return 0;
}

}  // namespace

CityMap makeDemoCity(std::uint64_t seed) {
    const Plan plan = makePlan(seed);
    Streets streets = makeStreets(plan, seed + 1);
    nameStreets(streets, seed + 2);
    Raster taken = takenGround(plan, streets);
    MapWriter out(GeoPoint::of(41.2, -66.5), {cityWidth / 2, cityHeight / 2});
    layScenery(plan, streets, taken, out, seed + 3);
    const Houses houses = makeHouses(plan, streets, taken, seed + 4);
    for (const Line& footprint : houses.footprints) out.polygon(FeatureClass::Building, footprint);
    writeStreets(plan, streets, out);

    std::vector<std::uint32_t> districtOfFace;
    for (const FaceSpec& face : faceSpecs()) {
        std::uint32_t index = 0;
        while (plan.grounds[index].code != face.district) ++index;
        districtOfFace.push_back(index);
    }
    for (const HouseNumber& house : houses.numbers)
        out.address(streets.streets[house.way].name, std::to_string(house.number),
                    districtOf(plan.faces, districtOfFace, house.at), house.at);
    for (const Ground& ground : plan.grounds) {
        std::vector<Line> rings = ground.rings;
        // The island belongs to the harbour.
        if (ground.code == "harbour" || ground.code == "ward-eastshore")
            rings.insert(rings.end(), plan.islands.begin(), plan.islands.end());
        out.area(ground.code, ground.name, ground.kind, rings);
    }
    CityMap map = out.finish("Port Linden", "Port Linden is a fictional city", {cityWidth, cityHeight});
    return map;
}

}  // namespace wl::geo
