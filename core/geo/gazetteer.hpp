// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds addresses, streets, crossings and places of one city as somebody types, and names the address of a point.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/area_index.hpp"
#include "geo/city_map.hpp"

namespace wl::geo {

enum class HitKind : std::uint8_t { Address, Street, Crossing, Place };

/// One answer of a search.
struct GazetteerHit {
    std::string label;       ///< "12 Market Street", "Market Street & 3rd Street", "Linden Park"
    GeoPoint at;
    HitKind kind{};
    bool approximate{};      ///< the house number asked for does not exist: this is the nearest that does
    std::string areaCode;    ///< of the district it lies in; empty outside of all
    double score{};          ///< 0…1, higher is better; 1 = exactly what was typed
};

struct NearestAddress {
    GazetteerHit hit;
    double metres{};
};

/// Immutable; keeps the map alive; safe to share between threads. A search takes well under 5 ms on a city of 100,000
/// addresses.
class Gazetteer {
public:
    explicit Gazetteer(CityMapPtr map);

    /// Best first, at most `limit`. Takes "12 mar", "market st 12", "market & 3rd", misspelt and unfinished words,
    /// with or without diacritics. Nothing for empty text.
    [[nodiscard]] std::vector<GazetteerHit> search(std::string_view typed, std::size_t limit = 10) const;
    /// What a pin is called: the nearest address within the radius, or the crossing it stands on; where there is no
    /// address the nearest crossing.
    [[nodiscard]] std::optional<NearestAddress> nearest(GeoPoint at, double radiusMetres = 150) const;
    [[nodiscard]] std::size_t streetCount() const { return m_streetCount; }
    [[nodiscard]] std::size_t crossingCount() const { return m_crossings.size(); }

private:
    /// A street or place and the words of its name.
    struct Entry {
        std::uint32_t name{};
        bool isStreet{};
        std::uint8_t importance{};  ///< of streets: class; places: 0
        GeoPoint at;
        std::uint32_t firstWord{}, wordCount{};  ///< into m_entryWords
        std::uint32_t firstAddress{}, addressCount{};  ///< into m_addresses, ordered by number
    };
    struct NumberedAddress {
        std::uint32_t value;  ///< leading digits of the house number
        std::uint32_t index;  ///< into CityMap::addresses
    };
    struct Crossing {
        std::uint32_t a, b;  ///< entries, a < b
        GeoPoint at;
    };
    struct Match {
        std::uint32_t entry;
        double score;
    };

    void addEntries();
    void addWords();
    void addAddresses();
    void addCrossings();
    [[nodiscard]] std::optional<NearestAddress> nearestCrossing(GeoPoint at, double radiusMetres) const;
    [[nodiscard]] GazetteerHit crossingHit(const Crossing& crossing, double score) const;
    void addGrid();
    [[nodiscard]] std::vector<Match> matchNames(std::vector<std::string> words, std::size_t limit) const;
    void searchCrossings(std::string_view left, std::string_view right, std::vector<GazetteerHit>& hits) const;
    void searchAddresses(const std::vector<std::string>& words, std::string_view number,
                         std::vector<GazetteerHit>& hits, std::size_t limit) const;
    [[nodiscard]] GazetteerHit addressHit(std::uint32_t address, double score, bool approximate) const;
    [[nodiscard]] GazetteerHit entryHit(const Match& match) const;
    [[nodiscard]] std::string districtCode(GeoPoint at) const;
    [[nodiscard]] const std::string& nameOf(const Entry& entry) const { return m_map->names[entry.name]; }

    CityMapPtr m_map;
    AreaIndex m_areas;
    std::vector<Entry> m_entries;
    std::size_t m_streetCount{};
    std::unordered_map<std::uint32_t, std::uint32_t> m_entryOfName;  ///< streets only
    std::vector<std::string> m_words;  ///< distinct, sorted
    std::vector<std::uint32_t> m_entryWords;  ///< into m_words
    std::vector<NumberedAddress> m_addresses;
    std::vector<Crossing> m_crossings;  ///< ordered by a, b
    // Reverse look-up: addresses by cell of a grid over the city.
    WorldRect m_gridBounds;
    double m_cellsPerUnit{};
    std::int64_t m_gridColumns{}, m_gridRows{};
    std::vector<std::uint32_t> m_cellStarts, m_cellAddresses;
};

}  // namespace wl::geo
