// SPDX-License-Identifier: GPL-3.0-or-later
// Building the gazetteer; searching is in gazetteer_search.cpp.
#include "geo/gazetteer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <set>
#include <tuple>

#include "geo/text_folding.hpp"

namespace wl::geo {

namespace {

constexpr double kOnCrossing = 15;  // metres from its middle
constexpr double metresAround = 40'075'016.685578488;

double unitsPerMetre(WorldPoint at) { return 1 / (metresAround * std::cos(toGeo(at).lat() * std::numbers::pi / 180)); }

bool isNamedStreet(const Feature& f) {
    return f.name != 0 && f.shape == Shape::Line && f.cls >= FeatureClass::ServiceRoad &&
           f.cls <= FeatureClass::Motorway;
}

std::uint32_t leadingNumber(const std::string& number) {
    std::uint32_t value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    return value;
}

double squared(WorldPoint a, WorldPoint b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

WorldPoint nearestOn(WorldPoint a, WorldPoint b, WorldPoint p) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double dd = dx * dx + dy * dy;
    const double t = dd > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / dd, 0.0, 1.0) : 0.0;
    return {a.x + dx * t, a.y + dy * t};
}

struct Segment {
    WorldPoint a, b;
    std::uint32_t entry;
};

// Where two streets meet: they cross, or an end of one lies on the other.
bool meet(const Segment& s, const Segment& t, double reach, WorldPoint& at) {
    const double denominator = (s.b.x - s.a.x) * (t.b.y - t.a.y) - (s.b.y - s.a.y) * (t.b.x - t.a.x);
    if (denominator != 0) {
        const double u = ((t.a.x - s.a.x) * (t.b.y - t.a.y) - (t.a.y - s.a.y) * (t.b.x - t.a.x)) / denominator;
        const double v = ((t.a.x - s.a.x) * (s.b.y - s.a.y) - (t.a.y - s.a.y) * (s.b.x - s.a.x)) / denominator;
        if (u >= 0 && u <= 1 && v >= 0 && v <= 1) {
            at = {s.a.x + u * (s.b.x - s.a.x), s.a.y + u * (s.b.y - s.a.y)};
            return true;
        }
    }
    for (const auto& [p, other] : {std::pair{s.a, &t}, {s.b, &t}, {t.a, &s}, {t.b, &s}}) {
        const WorldPoint q = nearestOn(other->a, other->b, p);
        if (squared(p, q) > reach * reach) continue;
        at = q;
        return true;
    }
    return false;
}

}  // namespace

Gazetteer::Gazetteer(CityMapPtr map) : m_map(std::move(map)), m_areas(m_map) {
    addEntries();
    addWords();
    addAddresses();
    addCrossings();
    addGrid();
}

void Gazetteer::addEntries() {
    std::unordered_map<std::uint32_t, double> longest;
    for (const Feature& f : m_map->features) {
        if (!isNamedStreet(f)) continue;
        const auto points = m_map->pointsOf(f);
        const auto [at, isNew] = m_entryOfName.try_emplace(f.name, static_cast<std::uint32_t>(m_entries.size()));
        if (isNew) m_entries.push_back(Entry{f.name, true, 0, {}, 0, 0, 0, 0});
        Entry& entry = m_entries[at->second];
        entry.importance = std::max(entry.importance, static_cast<std::uint8_t>(f.cls));
        const double extent = std::hypot(f.bounds.right - f.bounds.left, f.bounds.bottom - f.bounds.top);
        if (extent < longest[f.name]) continue;
        longest[f.name] = extent;
        entry.at = toGeo(points[points.size() / 2]);
    }
    // Streets that only addresses name: their line is not in the data.
    for (const Address& a : m_map->addresses) {
        const auto [at, isNew] = m_entryOfName.try_emplace(a.street, static_cast<std::uint32_t>(m_entries.size()));
        if (isNew && a.street != 0)
            m_entries.push_back(Entry{a.street, true, static_cast<std::uint8_t>(FeatureClass::Street), a.at, 0, 0, 0,
                                      0});
        else if (isNew) m_entryOfName.erase(at);
    }
    m_streetCount = m_entries.size();
    // Places, parks, stations: everything else that has a name, once for each name.
    std::set<std::uint32_t> seen;
    for (const Feature& f : m_map->features) {
        const bool drawnAsPlace = f.shape != Shape::Line && f.cls != FeatureClass::Bridge;
        if (f.name == 0 || !drawnAsPlace || m_entryOfName.contains(f.name) || !seen.insert(f.name).second) continue;
        const WorldPoint middle{(f.bounds.left + f.bounds.right) / 2, (f.bounds.top + f.bounds.bottom) / 2};
        m_entries.push_back(Entry{f.name, false, 0, toGeo(middle), 0, 0, 0, 0});
    }
}

void Gazetteer::addWords() {
    std::vector<std::vector<std::string>> wordsOfEntry;
    for (const Entry& entry : m_entries) {
        wordsOfEntry.push_back(wordsOf(foldText(nameOf(entry))));
        m_words.insert(m_words.end(), wordsOfEntry.back().begin(), wordsOfEntry.back().end());
    }
    std::ranges::sort(m_words);
    m_words.erase(std::ranges::unique(m_words).begin(), m_words.end());
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_entries[i].firstWord = static_cast<std::uint32_t>(m_entryWords.size());
        m_entries[i].wordCount = static_cast<std::uint32_t>(wordsOfEntry[i].size());
        for (const std::string& word : wordsOfEntry[i])
            m_entryWords.push_back(
                static_cast<std::uint32_t>(std::ranges::lower_bound(m_words, word) - m_words.begin()));
    }
}

void Gazetteer::addAddresses() {
    struct Row {
        std::uint32_t entry;
        NumberedAddress address;
    };
    std::vector<Row> rows;
    for (std::uint32_t i = 0; i < m_map->addresses.size(); ++i) {
        const Address& a = m_map->addresses[i];
        const auto entry = m_entryOfName.find(a.street);
        if (entry != m_entryOfName.end()) rows.push_back({entry->second, {leadingNumber(m_map->names[a.number]), i}});
    }
    std::ranges::sort(rows, {}, [](const Row& r) { return std::tuple(r.entry, r.address.value, r.address.index); });
    for (const Row& row : rows) {
        Entry& entry = m_entries[row.entry];
        if (entry.addressCount++ == 0) entry.firstAddress = static_cast<std::uint32_t>(m_addresses.size());
        m_addresses.push_back(row.address);
    }
}

void Gazetteer::addCrossings() {
    const double metre = unitsPerMetre({0.5, (m_map->bounds.top + m_map->bounds.bottom) / 2});
    const double reach = 3 * metre;
    const double cell = 80 * metre;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> cells;
    std::vector<Segment> segments;
    for (const Feature& f : m_map->features) {
        if (!isNamedStreet(f) || f.cls == FeatureClass::Motorway)
            continue;  // nobody turns from a bridge into a motorway
        const auto points = m_map->pointsOf(f);
        for (std::size_t i = 1; i < points.size(); ++i) {
            const Segment s{points[i - 1], points[i], m_entryOfName.at(f.name)};
            const auto column = [&](double x) {
                return static_cast<std::int64_t>(std::floor((x - m_map->bounds.left) / cell));
            };
            const auto row = [&](double y) {
                return static_cast<std::int64_t>(std::floor((y - m_map->bounds.top) / cell));
            };
            for (std::int64_t y = row(std::min(s.a.y, s.b.y) - reach); y <= row(std::max(s.a.y, s.b.y) + reach); ++y)
                for (std::int64_t x = column(std::min(s.a.x, s.b.x) - reach);
                     x <= column(std::max(s.a.x, s.b.x) + reach); ++x)
                    cells[(static_cast<std::uint64_t>(y) << 32) ^ static_cast<std::uint32_t>(x)].push_back(
                        static_cast<std::uint32_t>(segments.size()));
            segments.push_back(s);
        }
    }
    std::vector<Crossing> found;
    for (const auto& [key, members] : cells)
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t k = i + 1; k < members.size(); ++k) {
                const Segment& s = segments[members[i]];
                const Segment& t = segments[members[k]];
                WorldPoint at{};
                if (s.entry == t.entry || !meet(s, t, reach, at)) continue;
                found.push_back({std::min(s.entry, t.entry), std::max(s.entry, t.entry), toGeo(at)});
            }
    std::ranges::sort(found, {}, [](const Crossing& c) { return std::tuple(c.a, c.b, c.at); });
    for (const Crossing& c : found) {
        const bool again =
            std::any_of(m_crossings.rbegin(), m_crossings.rend(), [&, stop = false](const Crossing& o) mutable {
                stop = stop || o.a != c.a || o.b != c.b;
                return !stop && distanceMetres(o.at, c.at) < 60;
            });
        if (!again) m_crossings.push_back(c);
    }
}

void Gazetteer::addGrid() {
    m_gridBounds = m_map->bounds;
    const double width = m_gridBounds.right - m_gridBounds.left;
    const double height = m_gridBounds.bottom - m_gridBounds.top;
    if (width <= 0 || height <= 0) return;
    m_cellsPerUnit = 128 / std::max(width, height);
    m_gridColumns = static_cast<std::int64_t>(width * m_cellsPerUnit) + 1;
    m_gridRows = static_cast<std::int64_t>(height * m_cellsPerUnit) + 1;
    const auto cellOf = [&](const Address& a) {
        const WorldPoint p = toWorld(a.at);
        const auto x = std::clamp<std::int64_t>(static_cast<std::int64_t>((p.x - m_gridBounds.left) * m_cellsPerUnit),
                                                0, m_gridColumns - 1);
        const auto y = std::clamp<std::int64_t>(static_cast<std::int64_t>((p.y - m_gridBounds.top) * m_cellsPerUnit), 0,
                                                m_gridRows - 1);
        return static_cast<std::size_t>(y * m_gridColumns + x);
    };
    m_cellStarts.assign(static_cast<std::size_t>(m_gridColumns * m_gridRows) + 1, 0);
    for (const Address& a : m_map->addresses) ++m_cellStarts[cellOf(a) + 1];
    for (std::size_t i = 1; i < m_cellStarts.size(); ++i) m_cellStarts[i] += m_cellStarts[i - 1];
    m_cellAddresses.resize(m_map->addresses.size());
    std::vector<std::uint32_t> next(m_cellStarts.begin(), m_cellStarts.end() - 1);
    for (std::uint32_t i = 0; i < m_map->addresses.size(); ++i)
        m_cellAddresses[next[cellOf(m_map->addresses[i])]++] = i;
}

std::optional<NearestAddress> Gazetteer::nearest(GeoPoint at, double radiusMetres) const {
    const auto crossing = nearestCrossing(at, radiusMetres);
    if (m_cellStarts.empty()) return crossing;
    const WorldPoint p = toWorld(at);
    const double reach = radiusMetres * unitsPerMetre(p);
    const auto column = [&](double x) {
        return static_cast<std::int64_t>(std::clamp((x - m_gridBounds.left) * m_cellsPerUnit, -1.0,
                                                    static_cast<double>(m_gridColumns)));
    };
    const auto row = [&](double y) {
        return static_cast<std::int64_t>(std::clamp((y - m_gridBounds.top) * m_cellsPerUnit, -1.0,
                                                    static_cast<double>(m_gridRows)));
    };
    double best = radiusMetres;
    std::optional<std::uint32_t> found;
    for (std::int64_t y = std::max<std::int64_t>(0, row(p.y - reach)); y <= std::min(m_gridRows - 1, row(p.y + reach));
         ++y)
        for (std::int64_t x = std::max<std::int64_t>(0, column(p.x - reach));
             x <= std::min(m_gridColumns - 1, column(p.x + reach)); ++x) {
            const auto cell = static_cast<std::size_t>(y * m_gridColumns + x);
            for (std::uint32_t i = m_cellStarts[cell]; i < m_cellStarts[cell + 1]; ++i) {
                const double metres = distanceMetres(at, m_map->addresses[m_cellAddresses[i]].at);
                if (metres > best || (found && metres == best)) continue;
                best = metres;
                found = m_cellAddresses[i];
            }
        }
    const bool onCrossing = crossing && crossing->metres <= kOnCrossing && crossing->metres < best;
    if (!found || onCrossing) return crossing;
    return NearestAddress{addressHit(*found, 1, false), best};
}

std::optional<NearestAddress> Gazetteer::nearestCrossing(GeoPoint at, double radiusMetres) const {
    const Crossing* nearest = nullptr;
    double least = radiusMetres;
    const double degrees = radiusMetres / 110'000;  // of latitude: what lies beyond needs no sine
    for (const Crossing& c : m_crossings) {
        if (std::abs(c.at.lat() - at.lat()) > degrees) continue;
        const double metres = distanceMetres(at, c.at);
        if (metres > least || (nearest && metres == least)) continue;
        least = metres;
        nearest = &c;
    }
    if (!nearest) return std::nullopt;
    return NearestAddress{crossingHit(*nearest, 1), least};
}

}  // namespace wl::geo
