// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Early patterns: more cases of one service, near each other and within days, than the place's own history lets expect.
//
// A prospective space-time scan: every new case is the newest of a set of cylinders (discs of several radii around it,
// windows of several lengths that end with it). What a disc should have seen is its share of the service's cases in its
// own past, times what the whole city had of that service in the window (Kulldorff et al., "A space-time permutation
// scan statistic for disease outbreak detection", PLoS Med 2005): season, weekday, weather and growth that the whole
// city shares cancel out. The share is the greater of that of the last year and that of the same season in earlier
// years, drawn towards the place's share of all services where it is thinly founded. A second scan asks whether the
// whole city has more of one service than on the same weekdays of the weeks before.
//
// How surprising is rare enough is learnt from the past alone: the peaks of earlier episodes give how often the like
// came up (peaks over a threshold), and so the recurrence interval that an alarm must reach.

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "domain/geo_point.hpp"
#include "domain/time.hpp"

namespace wl::geo {

struct ScanCase {
    std::int64_t key{};
    std::uint32_t service{};
    Instant at;
    std::optional<GeoPoint> place;  ///< none: counts for the whole city alone
};

struct HotSpot {
    std::uint64_t episode{};  ///< the same while one pattern goes on
    std::uint32_t service{};
    bool cityWide{};  ///< then without centre, radius and members
    GeoPoint centre;
    double radiusMetres{};
    Instant from, to;  ///< the window
    std::uint32_t observed{};  ///< faults: cases on one spot within three days count once
    double expected{};
    double surprise{};  ///< -log10 of the chance, before it is asked how often the like comes up
    double recurrenceDays{};  ///< one as surprising comes up about so often, somewhere in the city
    bool grew{};  ///< was raised before and is twice as large by now
    std::vector<std::int64_t> members;  ///< cases, oldest first
};

struct ScanOptions {
    double perWeek = 5;  ///< alarms of places that the city wants to look at, about
    double cityWidePerWeek = 0.5;  ///< and of the whole city
    Millis warmUp = std::chrono::days(42);  ///< of history before anything is said
};

/// One thread at a time. About 50 bytes a case, and 100 µs to add one.
class HotSpotScan {
public:
    explicit HotSpotScan(ScanOptions options = {});

    /// The next case in the order of time; one that is more than a day older than the last is history alone. What it
    /// makes appear, if anything: an alarm is raised once, and again when it has grown twofold.
    std::vector<HotSpot> add(const ScanCase& next);

private:
    struct Spot {
        float x, y;  ///< metres from the first case
        std::uint32_t service;
        std::int64_t ms;
        std::int64_t key;
    };
    struct Episode {
        std::uint64_t id{};
        std::uint32_t service{};
        bool cityWide{};
        double x{}, y{}, radius{};
        std::int64_t firstMs{}, lastMs{};
        double peak{};
        std::int64_t raisedMs{};
        std::uint32_t raisedAt{};  ///< observed when it was raised last; 0 = never
    };
    struct Pool {  ///< peaks of earlier episodes
        std::deque<std::pair<std::int64_t, double>> peaks;  ///< by time
    };
    struct Found {
        double score{};
        double radius{};
        std::int64_t window{};
        std::uint32_t observed{};
        double expected{};
    };

    void learn(const ScanCase& next, double x, double y);
    [[nodiscard]] Found scanPlace(std::uint32_t service, double x, double y, std::int64_t now);
    [[nodiscard]] Found scanCity(std::uint32_t service, std::int64_t now) const;
    [[nodiscard]] std::uint32_t countBetween(std::uint32_t service, std::int64_t from, std::int64_t to) const;
    [[nodiscard]] double recurrence(const Pool& pool, double score, std::int64_t now) const;
    std::optional<HotSpot> judge(const Found& found, const ScanCase& next, double x, double y, bool cityWide);
    void closeEpisodes(std::int64_t now);
    [[nodiscard]] std::vector<std::int64_t> membersOf(const Episode& e, const Found& f, std::int64_t now) const;

    ScanOptions m_options;
    double m_lat0{}, m_lon0{}, m_metresPerLon{};
    bool m_placed{};
    std::int64_t m_first{}, m_last{};
    std::unordered_map<std::uint64_t, std::vector<Spot>> m_cells;
    std::unordered_map<std::uint32_t, std::vector<std::int64_t>> m_times;  ///< of each service, ascending
    std::unordered_map<std::uint32_t, std::vector<std::int64_t>> m_placedTimes;  ///< of those with a place
    std::vector<std::int64_t> m_allPlacedTimes;
    std::vector<Episode> m_episodes;
    std::uint64_t m_nextEpisode{1};
    Pool m_places, m_city;
    std::deque<std::int64_t> m_raisedPlaces, m_raisedCity;  ///< when, of the last week
    std::vector<Spot> m_near;  ///< scratch
};

}  // namespace wl::geo
