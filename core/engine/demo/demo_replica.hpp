// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes a whole replica of the demo city: basemap, catalogue, residents, three years of cases.

#include <atomic>
#include <filesystem>
#include <functional>
#include <string_view>

#include "engine/demo/demo_traffic.hpp"

namespace wl::engine {

struct DemoSummary {
    std::size_t cases{}, persons{}, commands{}, ops{};
    double seconds{};
    std::vector<DemoCluster> clusters;
    std::vector<Instant> storms;
};

/// "city", "catalogue", "cases", "finish"; cases are counted as they are opened. Called on the calling thread.
using DemoProgress = std::function<void(std::string_view phase, std::size_t done, std::size_t total)>;

/// Builds aside (beside `dir`) and moves into place at the end, so that a cancelled or killed build leaves no half
/// replica; what a killed one left is cleared by the next. The same options give the same log, keys included.
/// Errors: replica.exists, demo.cancelled, and those of the disk.
Result<DemoSummary> makeDemoReplica(const std::filesystem::path& dir, const DemoOptions& options,
                                    const DemoProgress& progress = {}, const std::atomic<bool>* cancelled = nullptr);

}  // namespace wl::engine
