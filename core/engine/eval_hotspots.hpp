// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well the search for early patterns does on a city's feed. No replica needed.

#include <filesystem>
#include <string>
#include <vector>

#include "channels/feed/mapping.hpp"
#include "geo/hotspot_trial.hpp"

namespace wl::engine {

struct HotSpotScore {
    geo::HotSpotTrial trial;
    std::vector<std::string> services;     ///< names, by the service of an alarm
    std::vector<std::string> externalIds;  ///< by the key of a member, minus one
    std::size_t rows{};
    double seconds{};
};

/// Errors: those of feed::openFeed and feed::RowConverter::of.
[[nodiscard]] Result<HotSpotScore> evaluateHotSpots(const std::filesystem::path& file, const feed::Mapping& mapping,
                                                    std::size_t inject, std::uint64_t seed);

}  // namespace wl::engine
