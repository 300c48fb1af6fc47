// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well the search for duplicate cases does on a feed whose duplicates a city's staff had marked: the feed is lived
// through in the order of time, and each marked report is asked about at its moment. No replica needed.

#include <filesystem>
#include <vector>

#include "channels/feed/mapping.hpp"

namespace wl::engine {

/// What a bar lets through: of the marked pairs the originals that stand above it, of the other reports (one in ten is
/// asked) those for which an open case stands above it. Staff did not mark every duplicate: some of the latter are.
struct DuplicateBar {
    double score{};
    std::size_t kept{}, shown{};
};

struct DuplicateScore {
    std::size_t pairs{};       ///< asked: both reports in the feed, the earlier within the window
    std::size_t leftOut{};     ///< pairs of the file that were not asked
    std::size_t first{}, top5{};
    double rankSum{};          ///< an original that was not found counts as one after the last shown
    std::size_t baselineFirst{}, baselineTop5{};  ///< the rule "five nearest open cases of the service within 250 m"
    std::vector<DuplicateBar> bars;
    std::size_t others{};      ///< reports in no pair that were asked for the bars
    double medianMillis{};     ///< of a search
    double seconds{};
};

/// `pairs` is a table with two columns of external ids; the first row is a heading. Errors: those of feed::openFeed and
/// feed::RowConverter::of; pairs.columns (Input).
[[nodiscard]] Result<DuplicateScore> evaluateDuplicates(const std::filesystem::path& file, const feed::Mapping& mapping,
                                                        const std::filesystem::path& pairs, int days);

}  // namespace wl::engine
