// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/houses.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace wl::geo::demo {

namespace {

using enum FeatureClass;

struct Range {
    double low, high;
};

/// Sizes in metres of what stands along a street of a quarter.
struct Build {
    Range width, depth, setback, gap;
    int rowOf;        ///< houses wall to wall before there is a gap
    double wings;     ///< share of L-shaped ones
    double vacant;    ///< share of plots without a house
    double back;      ///< share of houses with another building behind
};

Build buildOf(Style style, bool mainRoad) {
    if (mainRoad && (style == Style::Dense || style == Style::Grid || style == Style::Terrace))
        return {{15, 32}, {15, 22}, {1, 2}, {2, 5}, 4, .3, .02, .3};
    switch (style) {
        case Style::Dense: return {{9, 18}, {12, 17}, {.6, 1.2}, {2, 4}, 9, .25, .02, .25};
        case Style::Terrace: return {{10, 15}, {10, 13}, {3, 4}, {4, 7}, 6, .1, .03, .1};
        case Style::Suburb: return {{12, 17}, {9, 13}, {6, 8.5}, {7, 14}, 1, .35, .04, .07};
        case Style::Villas: return {{15, 22}, {11, 16}, {9, 15}, {14, 27}, 1, .45, .06, .15};
        case Style::Grid: return {{16, 32}, {14, 21}, {2, 3.5}, {3, 7}, 3, .3, .04, .12};
        case Style::Slabs: return {{16, 58}, {12, 15}, {8, 13}, {12, 22}, 1, .12, .05, .35};
        case Style::Industry: return {{28, 78}, {24, 52}, {7, 13}, {9, 24}, 1, .3, .06, .75};
        case Style::Campus: return {{26, 62}, {15, 21}, {8, 16}, {14, 30}, 1, .6, .08, .35};
    }
    std::abort();
}

/// Walks along streets and puts houses where nothing else stands.
class Builder {
public:
    Builder(const Plan& plan, const Streets& streets, Raster& taken, std::uint64_t seed)
        : m_plan(plan), m_streets(streets), m_taken(taken), m_chance(seed) {}

    Houses build() {
        for (std::size_t w = 0; w < m_streets.streets.size(); ++w) {
            const Way& way = m_streets.streets[w];
            if (way.cls == Motorway || way.cls == Path || way.isRamp) continue;
            double before = 0;
            std::array<int, 2> last{-1, 0};
            for (const Line& piece : way.pieces) {
                for (const int side : {0, 1}) walk(w, piece, side, before, last[static_cast<std::size_t>(side)]);
                before += lengthOf(piece);
            }
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] double in(Range r) { return m_chance.between(r.low, r.high); }

    [[nodiscard]] Style styleAt(Vec p, Style otherwise) {
        if (m_face < m_plan.faces.size() && m_plan.faces[m_face].contains(p))
            return zoneSpecs()[faceSpecs()[m_face].zone].style;
        for (m_face = 0; m_face < m_plan.faces.size(); ++m_face)
            if (m_plan.faces[m_face].contains(p)) return zoneSpecs()[faceSpecs()[m_face].zone].style;
        return otherwise;
    }

    void walk(std::size_t w, const Line& piece, int side, double before, int& lastNumber) {
        const Way& way = m_streets.streets[w];
        const double total = lengthOf(piece);
        const double half = halfWidthOf(way.cls);
        const bool mainRoad = way.cls == Primary || way.cls == Secondary;
        int inRow = 0;
        for (double s = 2; s < total - 6;) {
            const Vec probe = pointAlong(piece, s);
            const Style style = styleAt(probe, way.style);
            Build b = buildOf(style, mainRoad);
            if (way.cls == ServiceRoad) b = {{6, 11}, {6, 7}, {1, 1.5}, {8, 30}, 2, 0, .3, 0};
            const double width = in(b.width);
            if (s + width > total + 4) break;
            const Vec a = probe;
            const Vec c = pointAlong(piece, s + width);
            const Vec along = unit(c - a);
            const Vec out = rightOf(along) * (side == 0 ? -1.0 : 1.0);
            const Vec front = a + out * (half + in(b.setback));
            const bool vacant = m_chance.with(b.vacant);
            if (vacant || !place(w, front, along, out, std::min(width, length(c - a) + 1), in(b.depth), b, style)) {
                s += vacant ? width : 3.5;
                inRow = 0;
                continue;
            }
            if (!way.name.empty()) {
                const int wanted = 2 * static_cast<int>((before + s) / 11) + (side == 0 ? 1 : 2);
                lastNumber = std::max(lastNumber + 2, wanted);
                m_out.numbers.push_back({w, lastNumber, front + along * (width / 2) + out * 3});
            }
            s += width;
            if (++inRow >= b.rowOf) {
                s += in(b.gap);
                inRow = 0;
            }
        }
    }

    [[nodiscard]] bool isFree(const Line& ring, Style style) const {
        const std::uint8_t ground =
            style == Style::Industry ? static_cast<std::uint8_t>(~Raster::green) : std::uint8_t{0xFF};
        return (m_taken.under(ring) & ground) == 0;
    }

    void put(Line ring) {
        m_taken.fill(ring, Raster::building);
        m_out.footprints.push_back(std::move(ring));
    }

    bool place(std::size_t w, Vec front, Vec along, Vec out, double width, double depth, const Build& b, Style style) {
        const auto box = [&](double from, double to, double near, double far) {
            return Line{front + along * from + out * near, front + along * to + out * near,
                        front + along * to + out * far, front + along * from + out * far};
        };
        // A little narrower than its plot, so that the next house of the row does not meet this one's cells.
        for (const double shrink : {1.0, 0.7}) {
            const double d = depth * shrink;
            if (!isFree(box(1.1, width - 1.1, 0, d), style)) continue;
            const bool wing = m_chance.with(b.wings) && width > 9;
            const double wingWidth = width * m_chance.between(0.38, 0.55);
            const double wingDepth = d + std::min(14.0, d * m_chance.between(0.3, 0.7));
            const bool left = m_chance.with(0.5);
            const double w0 = left ? 0.2 : width - wingWidth;
            const double w1 = left ? wingWidth : width - 0.2;
            if (wing && isFree(box(w0 + 1, w1 - 1, d, wingDepth), style)) {
                Line ring = box(0.2, width - 0.2, 0, d);
                const Line back = box(w0, w1, d, wingDepth);
                if (left) ring.insert(ring.end() - 1, {back[1], back[2]}), ring.back() = back[3];
                else ring[2] = back[2], ring.insert(ring.begin() + 3, {back[3], back[0]});
                put(std::move(ring));
            } else {
                put(box(0.2, width - 0.2, 0, d));
            }
            if (m_streets.streets[w].cls != ServiceRoad && m_chance.with(b.back))
                placeBehind(front + out * (wing ? wingDepth : d), along, out, width, style);
            return true;
        }
        return false;
    }

    // Sheds, garages and workshops in yards; halls behind halls.
    void placeBehind(Vec back, Vec along, Vec out, double width, Style style) {
        const bool hall = style == Style::Industry || style == Style::Slabs || style == Style::Campus;
        const double gap = hall ? m_chance.between(10, 18) : m_chance.between(3, 8);
        const double w = hall ? width * m_chance.between(0.6, 1) : m_chance.between(4, std::max(5.0, width * 0.7));
        const double d = hall ? m_chance.between(13, style == Style::Industry ? 46 : 17) : m_chance.between(4, 9);
        const double from = m_chance.between(0, width - std::min(width, w));
        const Vec a = back + along * from + out * gap;
        const Line ring{a, a + along * w, a + along * w + out * d, a + out * d};
        const double m = 2.5;  // kept clear all around
        const Line around{a + (along + out) * -m, a + along * (w + m) - out * m, a + along * (w + m) + out * (d + m),
                          a - along * m + out * (d + m)};
        if (isFree(around, style)) put(ring);
    }

    const Plan& m_plan;
    const Streets& m_streets;
    Raster& m_taken;
    Chance m_chance;
    Houses m_out;
    std::size_t m_face{};
};

}  // namespace

double halfWidthOf(FeatureClass cls) {
    if (cls == Motorway) return 17;
    if (cls == Primary) return 11.5;
    if (cls == Secondary) return 10;
    if (cls == Tertiary) return 8;
    if (cls == ServiceRoad) return 3.5;
    return cls == Path ? 2 : 6.5;
}

Raster takenGround(const Plan& plan, const Streets& streets) {
    Raster taken(cityWidth, cityHeight);
    taken.fill(plan.shore.ring(), Raster::green);
    Line sea = plan.coast;
    sea.insert(sea.end(), {{cityWidth + 9, cityHeight + 9}, {-9, cityHeight + 9}});
    taken.fill(sea, Raster::water);
    taken.stroke(plan.coast, 4, Raster::water);
    taken.fill(plan.banks.ring(), Raster::water);
    for (const Blob& blob : plan.blobs) taken.fill(blob.region.ring(), Raster::green);
    for (const Block& block : streets.blocks)
        if (block.cls == Park) taken.fill(block.ring, Raster::green);
    for (const Line& rail : plan.rails) taken.stroke(rail, 9, Raster::rail);
    for (const Line& siding : plan.sidings) taken.stroke(siding, 5, Raster::rail);
    for (const Way& way : streets.streets)
        for (const Line& piece : way.pieces) taken.stroke(piece, halfWidthOf(way.cls), Raster::road);
    return taken;
}

Houses makeHouses(const Plan& plan, const Streets& streets, Raster& taken, std::uint64_t seed) {
    return Builder(plan, streets, taken, seed).build();
}

}  // namespace wl::geo::demo
