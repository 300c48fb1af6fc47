// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/streets.hpp"

#include <algorithm>
#include <array>

#include "geo/demo/lattice.hpp"

namespace wl::geo::demo {

namespace {

using enum FeatureClass;

constexpr double shortestPiece = 38;
constexpr double longestGap = 320;   ///< a line interrupted for longer goes on as another street
constexpr double besideMain = 34;    ///< a side street this near to a main road and along it is not built

/// The grounds on which side streets may lie.
class Terrain {
public:
    explicit Terrain(const Plan& plan) : m_plan(plan) {
        for (const Road& road : plan.mains) m_mains.add(road.line);
        for (const Blob& blob : plan.blobs)
            if (blob.spec->ringRoad != nullptr) {
                Line closed = blob.region.ring();
                closed.push_back(closed.front());
                m_mains.add(closed);
            }
        m_motorway.add(plan.motorway);
        for (const Line& rail : plan.rails) m_rails.add(rail);
        for (const Line& siding : plan.sidings) m_rails.add(siding);
    }

    [[nodiscard]] bool takes(Vec p, const std::vector<const Region*>& faces, bool crossesTracks) const {
        if (std::ranges::none_of(faces, [&](const Region* face) { return face->contains(p); })) return false;
        if (m_plan.banks.contains(p) || m_plan.shore.contains(p) || m_plan.stationSite.contains(p)) return false;
        if (std::ranges::any_of(m_plan.blobs, [&](const Blob& blob) { return blob.region.contains(p); })) return false;
        return crossesTracks || (m_motorway.distance(p, 40) >= 38 && m_rails.distance(p, 20) >= 17);
    }
    // Near to a main road along most of its length, and not crossing or leaving it.
    [[nodiscard]] bool runsBesideMain(const std::array<Vec, 5>& samples) const {
        std::array<double, 5> away{};
        std::ranges::transform(samples, away.begin(), [&](Vec p) { return m_mains.distance(p, 2 * besideMain); });
        const auto [nearest, farthest] = std::ranges::minmax(away);
        return farthest - nearest < 18 && std::ranges::count_if(away, [](double d) { return d < besideMain; }) >= 3;
    }
    [[nodiscard]] double toMain(Vec p, double reach) const { return m_mains.distance(p, reach); }
    [[nodiscard]] double toTracks(Vec p, double reach) const {
        return std::min(m_motorway.distance(p, reach), m_rails.distance(p, reach));
    }

private:
    const Plan& m_plan;
    SegmentGrid m_mains, m_motorway, m_rails;
};

}  // namespace

std::vector<Line> cut(const Line& line, const std::function<bool(Vec)>& takes) {
    std::vector<Line> parts;
    bool was = takes(line[0]);
    if (was) parts.push_back({line[0]});
    for (std::size_t i = 1; i < line.size(); ++i) {
        const bool is = takes(line[i]);
        if (is != was) {
            Vec yes = is ? line[i] : line[i - 1];
            Vec no = is ? line[i - 1] : line[i];
            while (length(yes - no) > 0.01) {
                const Vec middle = (yes + no) * 0.5;
                (takes(middle) ? yes : no) = middle;
            }
            if (is) parts.push_back({no});
            else parts.back().push_back(no);
        }
        if (is) parts.back().push_back(line[i]);
        was = is;
    }
    std::erase_if(parts, [](const Line& part) { return part.size() < 2 || lengthOf(part) < shortestPiece; });
    return parts;
}

namespace {

/// Lays the streets of one zone.
class ZoneStreets {
public:
    ZoneStreets(const ZoneSpec& spec, std::vector<const Region*> faces, const Terrain& ground, std::uint64_t seed,
                Streets& out)
        : m_spec(spec), m_faces(std::move(faces)), m_ground(ground), m_chance(seed),
          m_lattice(spec, boundsOfFaces(), seed + 7), m_out(out), m_columns(cells(), true), m_rows(cells(), true),
          m_green(cells(), false) {}

    void lay() {
        thinOut();
        dropLonely();
        layGreens();
        for (int j = 0; j < m_lattice.rows(); ++j) layLine(j, m_lattice.columns(), true);
        for (int i = 0; i < m_lattice.columns(); ++i) layLine(i, m_lattice.rows(), false);
        layInsideBlocks();
    }

private:
    [[nodiscard]] Box boundsOfFaces() const {
        Box box;
        for (const Region* face : m_faces) {
            box.add({face->bounds().left, face->bounds().top});
            box.add({face->bounds().right, face->bounds().bottom});
        }
        return box;
    }
    [[nodiscard]] std::size_t cells() const { return static_cast<std::size_t>(m_lattice.columns() * m_lattice.rows()); }
    [[nodiscard]] std::size_t cell(int i, int j) const { return static_cast<std::size_t>(j * m_lattice.columns() + i); }
    [[nodiscard]] bool takes(Vec p, bool tertiary = false) const { return m_ground.takes(p, m_faces, tertiary); }

    // m_columns(i, j): the piece of line i between rows j and j + 1; m_rows(i, j): that of line j between columns i and
    // i + 1.
    void thinOut() {
        for (int j = 0; j < m_lattice.rows(); ++j)
            for (int i = 0; i < m_lattice.columns(); ++i) {
                // Where a line comes to the edge of its ground it is kept, so that it ends in the road there.
                const bool isGround = takes(m_lattice.at(i, j));
                const bool keptU = m_chance.with(m_spec.keepU) || i % m_spec.tertiaryEvery == 0 ||
                                   isGround != takes(m_lattice.at(i, j + 1));
                const bool keptV = m_chance.with(m_spec.keepV) || j % m_spec.tertiaryEvery == 0 ||
                                   isGround != takes(m_lattice.at(i + 1, j));
                std::array<Vec, 5> down{};
                std::array<Vec, 5> across{};
                for (std::size_t s = 0; s < 5; ++s) {
                    const double share = 0.1 + 0.2 * static_cast<double>(s);
                    down[s] = m_lattice.at(i, j + share);
                    across[s] = m_lattice.at(i + share, j);
                }
                m_columns[cell(i, j)] = keptU && j + 1 < m_lattice.rows() && !m_ground.runsBesideMain(down);
                m_rows[cell(i, j)] =
                    keptV && i + 1 < m_lattice.columns() && m_lattice.hasRow(i, j) && !m_ground.runsBesideMain(across);
            }
    }

    // A piece that meets no other at either end is no street.
    void dropLonely() {
        const auto meets = [&](int i, int j) {
            int pieces = 0;
            pieces += m_rows[cell(i, j)] ? 1 : 0;
            pieces += i > 0 && m_rows[cell(i - 1, j)] ? 1 : 0;
            pieces += m_columns[cell(i, j)] ? 1 : 0;
            pieces += j > 0 && m_columns[cell(i, j - 1)] ? 1 : 0;
            return pieces;
        };
        for (int j = 0; j + 1 < m_lattice.rows(); ++j)
            for (int i = 0; i + 1 < m_lattice.columns(); ++i) {
                if (m_rows[cell(i, j)] && meets(i, j) == 1 && meets(i + 1, j) == 1) m_rows[cell(i, j)] = false;
                if (m_columns[cell(i, j)] && meets(i, j) == 1 && meets(i, j + 1) == 1) m_columns[cell(i, j)] = false;
            }
    }

    void layGreens() {
        if (m_spec.pattern == Pattern::Radial) {
            Line circle;
            for (int j = 0; j + 1 < m_lattice.rows(); ++j) circle.push_back(m_lattice.at(0, j));
            m_out.blocks.push_back({Park, circle});
        }
        for (int j = 1; j + 2 < m_lattice.rows(); ++j)
            for (int i = 1; i + 3 < m_lattice.columns(); ++i) {
                if (!m_chance.with(m_spec.greens) || !m_lattice.hasRow(i, j) || !m_lattice.hasRow(i, j + 1)) continue;
                if (m_green[cell(i, j)] || m_green[cell(i + 1, j)]) continue;
                const int wide = m_spec.pattern != Pattern::Radial && m_chance.with(0.4) ? 2 : 1;
                Line ring = m_lattice.row(j, i, i + wide);
                const Line right = m_lattice.column(i + wide, j, j + 1);
                const Line bottom = m_lattice.row(j + 1, i, i + wide);
                const Line left = m_lattice.column(i, j, j + 1);
                ring.insert(ring.end(), right.begin() + 1, right.end());
                ring.insert(ring.end(), bottom.rbegin() + 1, bottom.rend());
                ring.insert(ring.end(), left.rbegin() + 1, left.rend() - 1);
                const bool free =
                    std::ranges::all_of(ring, [&](Vec p) { return takes(p) && m_ground.toMain(p, 20) >= 20; });
                if (!free) continue;
                if (wide == 2) m_columns[cell(i + 1, j)] = false;
                for (int k = 0; k < wide; ++k) m_green[cell(i + k, j)] = true;
                for (int k = 0; k < wide; ++k) m_rows[cell(i + k, j)] = m_rows[cell(i + k, j + 1)] = true;
                m_columns[cell(i, j)] = m_columns[cell(i + wide, j)] = true;
                m_out.blocks.push_back({m_spec.style == Style::Industry ? Commercial : Park, ring});
            }
    }

    // One line of the lattice: runs of kept pieces, cut to the ground, joined under one name while gaps are short.
    void layLine(int index, int count, bool isRow) {
        const bool tertiary = index % m_spec.tertiaryEvery == 0;
        const auto kept = [&](int k) { return isRow ? m_rows[cell(k, index)] : m_columns[cell(index, k)]; };
        Way street = blank(tertiary ? Tertiary : FeatureClass::Street);
        street.isNumbered = !isRow && m_spec.style == Style::Grid;
        street.ordinal = street.isNumbered ? -m_lattice.columnNumber(index) : 0;  // counted from the east
        const auto finish = [&] {
            if (!street.pieces.empty()) m_out.streets.push_back(street);
            street.pieces.clear();
        };
        for (int k = 0; k + 1 < count;) {
            if (!kept(k)) {
                ++k;
                continue;
            }
            int end = k;
            while (end + 1 < count && kept(end)) ++end;
            const Line run = isRow ? m_lattice.row(index, k, end) : m_lattice.column(index, k, end);
            for (Line& part : cut(run, [&](Vec p) { return takes(p, tertiary); })) {
                if (!street.pieces.empty() && length(street.pieces.back().back() - part.front()) > longestGap) finish();
                street.pieces.push_back(std::move(part));
            }
            k = end;
        }
        finish();
    }

    void layInsideBlocks() {
        for (int j = 0; j + 1 < m_lattice.rows(); ++j)
            for (int i = 0; i + 1 < m_lattice.columns(); ++i) {
                if (m_green[cell(i, j)]) continue;
                const double roll = m_chance.unit();
                const double along = m_chance.between(0.4, 0.6);
                const bool up = m_chance.with(0.5);
                if (roll < m_spec.closes) {
                    const int from = up ? j + 1 : j;
                    if (!m_rows[cell(i, from)]) continue;
                    Line line;
                    const double bend = m_chance.between(-0.12, 0.12);
                    for (int s = 0; s <= 5; ++s) {
                        const double depth = 0.125 * s;
                        line.push_back(m_lattice.at(i + along + bend * depth * depth * 4,
                                                    up ? j + 1 - depth : j + depth));
                    }
                    layInside(line, FeatureClass::Street, true);
                } else if (roll > 1 - m_spec.alleys && m_columns[cell(i, j)] && m_columns[cell(i + 1, j)]) {
                    Line line;
                    for (int s = 0; s <= 8; ++s) line.push_back(m_lattice.at(i + s / 8.0, j + 0.5));
                    layInside(line, ServiceRoad, false);
                }
            }
    }

    void layInside(const Line& line, FeatureClass cls, bool isClose) {
        const bool free = std::ranges::all_of(line, [&](Vec p) {
            return takes(p) && m_ground.toMain(p, 30) >= 30 && m_ground.toTracks(p, 45) >= 45;
        });
        if (!free || lengthOf(line) < shortestPiece) return;
        Way street = blank(cls);
        street.isClose = isClose;
        street.pieces.push_back(line);
        m_out.streets.push_back(street);
    }

    [[nodiscard]] Way blank(FeatureClass cls) const {
        Way street;
        street.cls = cls;
        street.style = m_spec.style;
        street.theme = m_spec.theme;
        return street;
    }

    const ZoneSpec& m_spec;
    std::vector<const Region*> m_faces;
    const Terrain& m_ground;
    Chance m_chance;
    Lattice m_lattice;
    Streets& m_out;
    std::vector<bool> m_columns, m_rows;
    std::vector<bool> m_green;  ///< blocks that are parks
};

void addMains(const Plan& plan, Streets& out) {
    const auto add = [&](FeatureClass cls, std::string name, std::vector<Line> pieces) {
        if (pieces.empty()) return;
        Way street;
        street.cls = cls;
        street.style = cls == Primary || cls == Secondary ? Style::Terrace : Style::Suburb;
        street.name = std::move(name);
        street.pieces = std::move(pieces);
        out.streets.push_back(std::move(street));
    };
    add(Motorway, "Linden Expressway", {plan.motorway});
    for (const Road& road : plan.mains) {
        const bool shoreRoad = road.cls == Tertiary && road.name != "Dock Road";
        const bool embankment = road.name.ends_with("Embankment");
        add(road.cls, road.name, cut(road.line, [&](Vec p) {
                if (embankment) return !plan.shore.contains(p);
                if (shoreRoad) return !plan.banks.contains(p);
                return !plan.shore.contains(p);
            }));
    }
    for (const Blob& blob : plan.blobs) {
        if (blob.spec->ringRoad == nullptr) continue;
        Line ring = blob.region.ring();
        ring.push_back(ring.front());
        add(FeatureClass::Street, blob.spec->ringRoad, cut(ring, [&](Vec p) {
                return !plan.shore.contains(p) && !plan.banks.contains(p) && plan.land.contains(p);
            }));
    }
}

// Half-diamond junctions where a main road meets the motorway.
void addRamps(const Plan& plan, Streets& out) {
    for (const Road& road : plan.mains) {
        if (road.cls != Primary && road.cls != Secondary) continue;
        for (std::size_t i = 1; i < road.line.size(); ++i)
            for (std::size_t k = 1; k < plan.motorway.size(); ++k) {
                const double t = crossingOf(road.line[i - 1], road.line[i], plan.motorway[k - 1], plan.motorway[k]);
                if (t < 0) continue;
                const Vec at = road.line[i - 1] + (road.line[i] - road.line[i - 1]) * t;
                const Vec east = unit(plan.motorway[k] - plan.motorway[k - 1]);
                const Vec south = unit(road.line[i] - road.line[i - 1]);
                Way ramps;
                ramps.cls = Tertiary;
                ramps.isRamp = true;
                for (const double side : {-1.0, 1.0})
                    for (const double way : {-1.0, 1.0})
                        ramps.pieces.push_back(curveThrough(Line{at + east * (way * 330) + south * (side * 4),
                                                                 at + east * (way * 150) + south * (side * 34),
                                                                 at + south * (side * 105)},
                                                            20));
                out.streets.push_back(ramps);
            }
    }
}

}  // namespace

Streets makeStreets(const Plan& plan, std::uint64_t seed) {
    Streets out;
    addMains(plan, out);
    addRamps(plan, out);
    const Terrain ground(plan);
    for (std::size_t zone = 0; zone < zoneSpecs().size(); ++zone) {
        std::vector<const Region*> faces;
        for (std::size_t f = 0; f < faceSpecs().size(); ++f)
            if (faceSpecs()[f].zone == zone) faces.push_back(&plan.faces[f]);
        ZoneStreets(zoneSpecs()[zone], faces, ground, seed * 131 + zone, out).lay();
    }
    return out;
}

}  // namespace wl::geo::demo
