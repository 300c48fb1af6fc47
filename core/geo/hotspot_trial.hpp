// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Judges the search for early patterns on a city's history: lives through it case by case, with and without patterns
// that were put into it.

#include <string>

#include "geo/hotspots.hpp"

namespace wl::geo {

struct HotSpotTrial {
    std::size_t injected{}, found{};
    std::vector<double> delays;      ///< days from the fourth case put in to the alarm, of those found
    double medianDelayDays{};
    double alarmsPerWeek{};          ///< of the history as it was, real patterns included
    double weeks{};                  ///< that it was watched
    std::vector<HotSpot> alarms;     ///< of the history as it was
    std::vector<Instant> raised;     ///< when
};

/// `history` in the order of time. A pattern is eight cases of one service, at random within 200 m of the place of some
/// case and within seven days; service and place are those of cases drawn at random. As many passes are made as it
/// takes to keep two of them two weeks apart. One is found when an alarm of a place has three of its cases at most one
/// day after its last.
[[nodiscard]] HotSpotTrial tryHotSpots(std::span<const ScanCase> history, std::size_t inject, std::uint64_t seed,
                                       const ScanOptions& options = {});

}  // namespace wl::geo
