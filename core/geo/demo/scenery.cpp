// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/scenery.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <span>
#include <string_view>

namespace wl::geo::demo {

namespace {

using enum FeatureClass;

Line oval(Vec centre, double rx, double ry, const Noise& noise, double rough = 0.18) {
    Line ring;
    for (int i = 0; i < 12; ++i) {
        const double a = i * std::numbers::pi / 6;
        const Vec on{std::cos(a), std::sin(a)};
        ring.push_back(centre + Vec{on.x * rx, on.y * ry} *
                                    (1 + rough * noise.at(centre.x + on.x * 200, centre.y + on.y * 200, 120)));
    }
    return ringThrough(ring, std::max(4.0, rx / 8));
}

void laySeaAndLand(const Plan& plan, const Noise& noise, MapWriter& out) {
    Line sea = plan.coast;
    sea.insert(sea.end(), {{cityWidth, cityHeight}, {0, cityHeight}});
    out.polygon(Sea, sea);
    out.polygon(Land, plan.land.ring());
    for (const Line& island : plan.islands) {
        out.polygon(Land, island, "Gull Island");
        const Box box = boundsOf(island);
        const Vec middle{(box.left + box.right) / 2, (box.top + box.bottom) / 2};
        Line inner;
        for (const Vec p : island) inner.push_back(middle + (p - middle) * 0.86);
        out.polygon(Sand, island);
        out.polygon(Sand, inner);
        out.place(middle, "Gull Island");
        out.polygon(Building, oval(middle + Vec{120, -40}, 7, 7, noise, 0));
        out.line(Path, curveThrough(Line{middle + Vec{-210, 30}, middle + Vec{-40, -30}, middle + Vec{120, -40}}, 12));
    }
    for (const Line& mole : plan.breakwaters) out.polygon(Land, mole);
    for (std::size_t f = 0; f < plan.faces.size(); ++f)
        if (zoneSpecs()[faceSpecs()[f].zone].style == Style::Industry) out.polygon(Industrial, plan.faces[f].ring());
    // Between the water and the shore road: greens, and along the open coast beaches.
    const Line& shore = plan.shore.ring();
    for (const auto& [from, to] : {std::array{-60.0, 4620.0}, std::array{9010.0, 13060.0}}) {
        const auto slice = [from, to](std::span<const Vec> line) {
            Line part;
            for (const Vec p : line)
                if (p.x >= from && p.x <= to) part.push_back(p);
            return part;
        };
        const Line edge = slice(plan.coast);
        const Line road = slice(std::span(shore).first(shore.size() - 4));  // the rest of the ring lies out at sea
        Line green = edge;
        green.insert(green.end(), road.rbegin(), road.rend());
        out.polygon(Park, green);
        Line ring = edge;
        const Line inner = movedRight(edge, [&](std::size_t i) {
            const double ends = static_cast<double>(std::min(i, edge.size() - 1 - i)) / 14;
            return -30 * std::min(1.0, ends) * (1 + 0.25 * noise.at(edge[i].x, edge[i].y, 300));
        });
        ring.insert(ring.end(), inner.rbegin(), inner.rend());
        out.polygon(Sand, ring);
    }
    out.polygon(River, plan.water.ring(), "River Linden");
}

void layDocks(const Plan& plan, Raster& taken, Chance& chance, MapWriter& out) {
    for (const Line& pier : plan.piers) {
        out.polygon(Land, pier);
        out.polygon(Industrial, pier);
        const Vec along = unit(pier[1] - pier[0]);
        const Vec outward = unit(pier[3] - pier[0]);
        const double width = length(pier[1] - pier[0]);
        const double depth = length(pier[3] - pier[0]);
        const Line quay{pier[0] + along * (width / 2) - outward * 152,
                        pier[0] + along * (width / 2) + outward * (depth - 14)};
        // From the dock road, wherever that is, to the pier's end.
        for (const Line& part : cut(quay, [&](Vec p) { return plan.shore.contains(p) || plan.water.contains(p); })) {
            out.line(ServiceRoad, part);
            taken.stroke(part, halfWidthOf(ServiceRoad) + 2, Raster::road);
        }
        for (const double side : {0.12, 0.6})
            for (double d = 95; d < depth - 60;) {
                const double long_ = std::min(chance.between(45, 100), depth - 20 - d);
                const Vec a = pier[0] + along * (width * side) + outward * d;
                out.polygon(Building, Line{a, a + along * (width * 0.28), a + along * (width * 0.28) + outward * long_,
                                           a + outward * long_});
                d += long_ + chance.between(12, 26);
            }
    }
    // Landing stages of the marina, inside the western mole.
    for (int i = 0; i < 6; ++i) {
        const Vec base{5420.0 + i * 62, 6860.0 - i * 66};
        out.line(Path, Line{base, base + Vec{150, 60}});
        for (int k = 1; k < 6; ++k) {
            const Vec on = base + Vec{150, 60} * (k / 6.0 + 0.05);
            out.line(Path, Line{on + Vec{-7, 17}, on - Vec{-7, 17}});
        }
    }
}

void layRails(const Plan& plan, Raster& taken, MapWriter& out) {
    for (const Line& rail : plan.rails) {
        out.line(Rail, rail, "Linden Railway");
        out.line(Rail, movedRight(rail, [](std::size_t) { return 5.0; }));
    }
    for (const Line& siding : plan.sidings) out.line(Rail, siding);
    const auto at = [&](double x, double y) {
        return plan.stationAt + plan.stationAlong * x + rightOf(plan.stationAlong) * y;
    };
    const Line station{at(8, 4), at(128, 4), at(128, 20), at(92, 20), at(92, 36), at(44, 36), at(44, 20), at(8, 20)};
    out.polygon(Commercial, plan.stationSite.ring());
    out.polygon(Building, station, "Port Linden Central");
    out.place(at(68, 20), "Port Linden Central");
    taken.fill(plan.stationSite.ring(), Raster::building);
}

void layGreen(const Plan& plan, const Blob& blob, const Noise& noise, Chance& chance, MapWriter& out) {
    const BlobSpec& spec = *blob.spec;
    out.polygon(spec.cls, blob.region.ring(), spec.name);
    const Line& ring = blob.region.ring();
    const std::size_t n = ring.size();
    const auto inner = [&](double share, double depth) {
        const Vec p = ring[static_cast<std::size_t>(share * static_cast<double>(n)) % n];
        return p + (spec.centre - p) * depth;
    };
    if (spec.cls == Cemetery) {
        for (const double k : {0.35, 0.65}) {
            Line loop;
            for (int i = 0; i <= 24; ++i) loop.push_back(inner(i / 24.0, k));
            out.line(Path, loop);
        }
        for (int i = 0; i < 4; ++i) out.line(Path, Line{inner(i / 4.0 + 0.06, 0), inner(i / 4.0 + 0.06, 1)});
        return;
    }
    const auto path = [&](const Line& control) {
        for (const Line& part : cut(curveThrough(control, 14), [&](Vec p) { return !plan.banks.contains(p); }))
            out.line(Path, part);
    };
    Line loop;
    for (int i = 0; i < 14; ++i) loop.push_back(inner(i / 14.0, chance.between(0.14, 0.34)));
    loop.push_back(loop.front());
    path(loop);
    for (int i = 0; i < 4; ++i) {
        const double a = i / 4.0 + chance.between(0, 0.12);
        const Vec bend =
            spec.centre + Vec{chance.between(-0.25, 0.25) * spec.rx, chance.between(-0.25, 0.25) * spec.ry};
        path({inner(a, 0), inner(a, 0.5), bend, inner(a + 0.45, 0.5), inner(a + 0.45, 0)});
    }
    const bool links = std::string_view(spec.name).ends_with("Links");
    const Line pond = oval(spec.centre + Vec{(spec.cls == Wood ? 0.25 : -0.45) * spec.rx, -0.15 * spec.ry},
                           std::min(150.0, spec.rx * 0.2), std::min(90.0, spec.ry * 0.2), noise);
    const bool dry = std::ranges::none_of(pond, [&](Vec p) { return plan.banks.contains(p); });
    if (!links && spec.rx > 240 && dry) out.polygon(Water, pond);
    for (int i = 0; links && i < 14; ++i) {
        const Vec p = inner(chance.unit(), chance.between(0.2, 0.9));
        out.polygon(Sand, oval(p, chance.between(8, 17), chance.between(5, 10), noise));
    }
}

}  // namespace

void layScenery(const Plan& plan, const Streets& streets, Raster& taken, MapWriter& out, std::uint64_t seed) {
    Chance chance(seed ^ 0x5CE7E);
    const Noise noise(seed ^ 0x9A55);
    laySeaAndLand(plan, noise, out);
    layDocks(plan, taken, chance, out);
    layRails(plan, taken, out);
    for (const Blob& blob : plan.blobs) layGreen(plan, blob, noise, chance, out);
    for (const Block& block : streets.blocks) {
        out.polygon(block.cls, block.ring);
        if (block.cls != Park || block.ring.size() < 8) continue;
        const std::size_t n = block.ring.size();
        const std::size_t first = chance.index(n);
        for (const std::size_t k : {first, first + n / 4})
            out.line(Path, Line{block.ring[k % n], block.ring[(k + n / 2) % n]});
    }
    // The shopping streets of the centre.
    for (const Road& road : plan.mains) {
        if (road.name != "Market Street" && road.name != "Fishergate") continue;
        // Market Street is one for shopping as far as the harbour road.
        const auto end = std::ranges::find_if(road.line, [](Vec p) { return p.x > 7800; });
        const Line shops(road.line.begin(), end);
        Line strip = movedRight(shops, [](std::size_t) { return 62.0; });
        const Line back = movedRight(shops, [](std::size_t) { return -62.0; });
        strip.insert(strip.end(), back.rbegin(), back.rend());
        out.polygon(Commercial, strip);
    }
}

}  // namespace wl::geo::demo
