// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/plan.hpp"

#include <algorithm>
#include <cassert>
#include <numbers>
#include <set>
#include <sstream>

namespace wl::geo::demo {

namespace {

using enum FeatureClass;
using Edge = std::pair<std::string, std::string>;

constexpr double shoreStrip = 55;
constexpr double bank = 24;

bool onMapEdge(Vec p) { return p.x <= 0 || p.y <= 0 || p.x >= cityWidth || p.y >= cityHeight; }

// Half the river's width: it widens towards the sea.
double riverHalf(Vec p) { return 26 + 30 * std::clamp(p.y / 5500, 0.0, 1.0); }

/// Curved edges between named nodes, and the faces that they enclose.
class Mesh {
public:
    explicit Mesh(std::uint64_t seed) : m_chance(seed), m_noise(seed ^ 0xC0A57) {
        for (const auto& [name, at] : nodeSpecs()) {
            const double sway = onMapEdge(at) || name[0] == 'C' || name[0] == 'R' ? 0 : 35;
            m_nodes[name] = at + Vec{m_chance.between(-sway, sway), m_chance.between(-sway, sway)};
        }
    }

    void addChain(const ChainSpec& spec, std::vector<Road>& roads, Plan& plan) {
        Line control;
        for (const Stop& stop : spec.stops) control.push_back(stop.node != nullptr ? m_nodes.at(stop.node) : stop.at);
        std::vector<std::size_t> knots;
        Line line = spec.cls == Land ? control : curveThrough(control, spec.cls == Sea ? 14 : 22, &knots);
        if (spec.cls == Land)
            for (std::size_t i = 0; i < control.size(); ++i) knots.push_back(i);
        if (spec.cls == Sea) roughen(line, knots);
        std::size_t previous = 0;
        for (std::size_t i = 1; i < spec.stops.size(); ++i) {
            if (spec.stops[i].node == nullptr) continue;
            const auto part = [&](std::size_t from, std::size_t to) {
                return Line(line.begin() + static_cast<std::ptrdiff_t>(from),
                            line.begin() + static_cast<std::ptrdiff_t>(to) + 1);
            };
            const Edge edge{spec.stops[previous].node, spec.stops[i].node};
            m_edges[edge] = part(knots[previous], knots[i]);
            for (const Naming& naming : spec.names)
                if (edge.first == naming.fromNode) roads.push_back({spec.cls, naming.name, {}});
            if (!spec.names.empty()) {
                Line& road = roads.back().line;
                if (!road.empty()) road.pop_back();
                road.insert(road.end(), m_edges[edge].begin(), m_edges[edge].end());
            }
            previous = i;
        }
        if (spec.cls == Sea) plan.coast = line;
        if (spec.cls == River) plan.river = line;
    }

    /// The edge from a to b, in that direction.
    [[nodiscard]] Line edge(const std::string& a, const std::string& b) const {
        if (const auto found = m_edges.find({a, b}); found != m_edges.end()) return found->second;
        const auto found = m_edges.find({b, a});
        assert(found != m_edges.end());
        return {found->second.rbegin(), found->second.rend()};
    }

    [[nodiscard]] Line ring(const std::vector<std::string>& corners) const {
        Line out;
        for (std::size_t i = 0; i < corners.size(); ++i) {
            const Line part = edge(corners[i], corners[(i + 1) % corners.size()]);
            out.insert(out.end(), part.begin(), part.end() - 1);
        }
        return out;
    }

    /// The outlines of several faces as one ground: edges that two of them share fall away.
    [[nodiscard]] std::vector<Line> outlines(const std::vector<std::vector<std::string>>& faces) const {
        std::set<Edge> open;
        for (const auto& corners : faces)
            for (std::size_t i = 0; i < corners.size(); ++i) {
                const Edge here{corners[i], corners[(i + 1) % corners.size()]};
                if (open.erase({here.second, here.first}) == 0) open.insert(here);
            }
        std::vector<Line> rings;
        while (!open.empty()) {
            std::vector<std::string> corners;
            for (auto at = open.begin(); at != open.end();) {
                corners.push_back(at->first);
                const std::string to = at->second;
                open.erase(at);
                at = open.lower_bound({to, ""});
                if (at != open.end() && at->first != to) at = open.end();
            }
            rings.push_back(ring(corners));
        }
        return rings;
    }

private:
    // Coves and points: noise along the shore that dies away towards the nodes, which must stay where they are.
    void roughen(Line& line, const std::vector<std::size_t>& knots) {
        const Line smooth = line;
        for (std::size_t i = 0; i < line.size(); ++i) {
            double fade = 1;
            for (const std::size_t knot : knots) fade = std::min(fade, length(smooth[i] - smooth[knot]) / 160);
            const Vec p = smooth[i];
            const bool docks = p.x > 5500 && p.x < 9000;
            const double swell = m_noise.at(p.x, p.y, 330) * 60 + m_noise.at(p.x + 999, p.y, 110) * 22 +
                                 m_noise.at(p.x, p.y + 777, 45) * 9;
            line[i] = p + rightOf(directionAt(smooth, i)) * (swell * fade * (docks ? 0.1 : 1));
        }
    }

    Chance m_chance;
    Noise m_noise;
    std::map<std::string, Vec, std::less<>> m_nodes;
    std::map<Edge, Line> m_edges;
};

std::vector<std::string> cornersOf(const FaceSpec& face) {
    std::istringstream in(face.nodes);
    std::vector<std::string> corners;
    for (std::string word; in >> word;) corners.push_back(word);
    return corners;
}

// Faces must all turn the same way for shared edges to cancel.
std::vector<std::string> turned(std::vector<std::string> corners, const Mesh& mesh) {
    const Line ring = mesh.ring(corners);
    double sum = 0;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) sum += cross(ring[j], ring[i]);
    if (sum < 0) std::ranges::reverse(corners);
    return corners;
}

void addGrounds(const Mesh& mesh, Plan& plan) {
    std::map<std::string, std::vector<std::vector<std::string>>, std::less<>> wards;
    std::vector<std::string> wardOrder;
    const auto codeOf = [](std::string_view name) {
        std::string code;
        for (const char c : name) code += c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return code;
    };
    for (const DistrictSpec& district : districtSpecs()) {
        std::vector<std::vector<std::string>> faces;
        for (const FaceSpec& face : faceSpecs()) {
            if (std::string_view(face.district) != district.code) continue;
            faces.push_back(turned(cornersOf(face), mesh));
            if (!wards.contains(face.ward)) wardOrder.emplace_back(face.ward);
            wards[face.ward].push_back(faces.back());
        }
        plan.grounds.push_back({district.code, district.name, "district", mesh.outlines(faces)});
    }
    for (const std::string& ward : wardOrder)
        plan.grounds.push_back({"ward-" + codeOf(ward), ward, "ward", mesh.outlines(wards[ward])});
}

// Embankments, shore roads and the strips of ground that they bound.
void addShores(Plan& plan) {
    const auto half = [&](double extra) {
        return [&plan, extra](std::size_t i) { return riverHalf(plan.river[i]) + extra; };
    };
    const auto strip = [&](double extra) {
        const Line right = movedRight(plan.river, half(extra));
        const Line left = movedRight(plan.river, [&](std::size_t i) { return -riverHalf(plan.river[i]) - extra; });
        Line ring = right;
        const Vec out = unit(plan.river.back() - plan.river[plan.river.size() - 2]) * 60;
        ring.push_back(right.back() + out);
        ring.push_back(left.back() + out);
        ring.insert(ring.end(), left.rbegin(), left.rend());
        return ring;
    };
    plan.water = Region(strip(0));
    plan.banks = Region(strip(bank));
    plan.mains.push_back({Tertiary, "West Embankment", movedRight(plan.river, half(bank))});
    plan.mains.push_back({Tertiary, "East Embankment",
                          movedRight(plan.river, [&](std::size_t i) { return -riverHalf(plan.river[i]) - bank; })});

    // The coast runs from west to east with the land on its left.
    Line smooth;
    for (std::size_t i = 0; i < plan.coast.size(); i += 9) smooth.push_back(plan.coast[i]);
    smooth.push_back(plan.coast.back());
    const auto inland = [&](std::size_t i) {
        const double x = smooth[i].x;
        const double y = smooth[i].y;
        const bool docks = x > 7700 && x < 9300 && y > 5900;
        return docks ? -150.0 : x > 4700 && x < 7700 ? -34.0 : -shoreStrip - 20;
    };
    Line shoreRoad = curveThrough(movedRight(smooth, inland), 22);
    Line ring = shoreRoad;
    ring.push_back({cityWidth + 500, shoreRoad.back().y});
    ring.push_back({cityWidth + 500, cityHeight + 500});
    ring.push_back({-500, cityHeight + 500});
    ring.push_back({-500, shoreRoad.front().y});
    plan.shore = Region(ring);
    const auto piece = [&](double from, double to) {
        Line part;
        for (std::size_t i = 1; i < shoreRoad.size(); ++i) {
            if (shoreRoad[i].x < from || shoreRoad[i - 1].x > to) continue;
            if (part.empty()) part.push_back(shoreRoad[i - 1]);
            part.push_back(shoreRoad[i]);
        }
        return part;
    };
    plan.mains.push_back({Tertiary, "Marine Parade", piece(-100, 4700)});
    plan.mains.push_back({Tertiary, "Fish Quay", piece(4700, 7000)});
    plan.mains.push_back({Tertiary, "Custom House Quay", piece(7000, 7960)});
    plan.mains.push_back({Tertiary, "Dockside", piece(7960, 9250)});
    plan.mains.push_back({Tertiary, "Eastshore Drive", piece(9250, 13100)});
}

void addSeaworks(const Noise& noise, Plan& plan) {
    // Piers stand out from the docks into the bay.
    for (std::size_t i = 0; i < plan.coast.size(); ++i) {
        const Vec p = plan.coast[i];
        if (p.x < 8000 || p.x > 8740 || p.y < 5900) continue;
        if (!plan.piers.empty() && length(plan.piers.back()[0] - p) < 215) continue;
        const Vec along = directionAt(plan.coast, i);
        const Vec out = unit(rightOf(along) + along * -0.35);
        const Vec base = p - out * 60;
        plan.piers.push_back({base, base + along * 95, base + along * 95 + out * 420, base + out * 420});
    }
    const auto mole = [&](const Line& control, double half) {
        const Line axis = curveThrough(control, 15);
        Line ring = movedRight(axis, [&](std::size_t) { return half; });
        const Line back = movedRight(axis, [&](std::size_t) { return -half; });
        ring.insert(ring.end(), back.rbegin(), back.rend());
        plan.breakwaters.push_back(ring);
    };
    mole({{9330, 6830}, {9230, 7080}, {8950, 7290}, {8520, 7400}}, 11);
    mole({{5080, 7060}, {5330, 7200}, {5700, 7230}, {6150, 7120}}, 8);
    mole({{5830, 6390}, {6020, 6500}, {6230, 6480}}, 6);
    Line island;
    for (int i = 0; i < 18; ++i) {
        const double a = i * std::numbers::pi / 9;
        const double r = 1 + 0.35 * noise.at(std::cos(a) * 900, std::sin(a) * 900, 500);
        island.push_back({10900 + std::cos(a) * 330 * r, 7750 + std::sin(a) * 190 * r});
    }
    plan.islands.push_back(ringThrough(island, 12));
}

void addBlobs(const Noise& noise, Plan& plan) {
    for (const BlobSpec& spec : blobSpecs()) {
        const int corners = spec.rx > 600 ? 22 : 12;
        const double rough = spec.cls == Wood ? 0.3 : 0.12;
        Line ring;
        for (int i = 0; i < corners; ++i) {
            const double a = i * 2 * std::numbers::pi / corners;
            const Vec on{std::cos(a), std::sin(a)};
            // A superellipse: parks are rather rectangles with round corners than ovals.
            const double square = 1 / std::pow(std::pow(std::abs(on.x), 3) + std::pow(std::abs(on.y), 3), 1.0 / 3);
            const double r =
                square * (1 + rough * noise.at(spec.centre.x + on.x * spec.rx, spec.centre.y + on.y * spec.ry, 260));
            ring.push_back(spec.centre + Vec{on.x * spec.rx * r, on.y * spec.ry * r});
        }
        plan.blobs.push_back({&spec, Region(ringThrough(ring, 16))});
    }
}

// Tracks beside the main ones, at the station and in the freight yard.
void addSidings(Plan& plan) {
    const auto add = [&](const Line& rail, double from, double to, double aside) {
        Line track;
        for (double s = from; s <= to; s += 20) track.push_back(pointAlong(rail, s));
        const double n = static_cast<double>(track.size());
        plan.sidings.push_back(movedRight(track, [&](std::size_t i) {
            const double t = static_cast<double>(i);
            return aside * std::clamp(std::min(t, n - 1 - t) / 4, 0.0, 1.0);
        }));
    };
    for (const double aside : {-6.0, 11.0, 17.0, 23.0}) add(plan.rails[0], 4660, 5160, aside);
    plan.stationAlong = unit(pointAlong(plan.rails[0], 4970) - pointAlong(plan.rails[0], 4835));
    const Vec away = rightOf(plan.stationAlong);
    plan.stationAt = pointAlong(plan.rails[0], 4835) + away * 29;
    const Vec end = plan.stationAt + plan.stationAlong * 136;
    plan.stationSite = Region(Line{plan.stationAt, end, end + away * 58, plan.stationAt + away * 58});
    for (const double aside : {-7.0, -14.0, -21.0, 12.0, 19.0}) add(plan.rails[1], 620, 1250, aside);
}

}  // namespace

Plan makePlan(std::uint64_t seed) {
    Plan plan;
    Mesh mesh(seed);
    for (const ChainSpec& chain : chainSpecs()) mesh.addChain(chain, plan.mains, plan);
    Line land = plan.coast;
    land.insert(land.end(), {{cityWidth, 0}, {0, 0}});
    plan.land = Region(land);
    for (const FaceSpec& face : faceSpecs()) plan.faces.emplace_back(mesh.ring(cornersOf(face)));
    const Noise noise(seed ^ 0xB10B);
    addShores(plan);
    addGrounds(mesh, plan);
    addSeaworks(noise, plan);
    addBlobs(noise, plan);
    // clang-format off
    plan.motorway = curveThrough(Line{{-50, 1250}, {1300, 1080}, {2400, 960}, {4130, 900}, {5600, 760}, {6830, 900}, {8100, 820},
                                      {9260, 940}, {10300, 760}, {11270, 800}, {12200, 560}, {13050, 520}}, 25);
    plan.rails.push_back(curveThrough(Line{{-50, 3600}, {1200, 3650}, {2250, 3620}, {3300, 3820}, {4300, 4420}, {4900, 4520},
                                           {5700, 4620}, {6620, 4700}, {7600, 4660}, {8600, 4560}, {9400, 4640}, {10400, 4520},
                                           {11330, 4330}, {12200, 4080}, {13050, 4060}}, 25));
    plan.rails.push_back(curveThrough(Line{{7500, 4662}, {8000, 4740}, {8330, 5050}, {8450, 5500}, {8560, 5900}, {8800, 6170}}, 20));
    // clang-format on
    addSidings(plan);
    return plan;
}

}  // namespace wl::geo::demo
