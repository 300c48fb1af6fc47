// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Many seeds, and the shortest history of one that fails.

#include <functional>

#include "sim/world.hpp"

namespace wl::sim {

struct SimulateOptions {
    std::uint64_t from{1}, to{100};  ///< seeds, both included
    std::uint64_t step{1};           ///< every step-th of them
    std::size_t peers{};             ///< 0: 3 to 8, by the seed
    double minutes{1};               ///< with faults; healing comes on top
    bool shrink{true};
};

struct SeedFailure {
    std::uint64_t seed{};
    std::vector<Failure> failures;
    Plan shortest;                   ///< a history that breaks the same check
};

struct SimulateReport {
    std::uint64_t seeds{}, ops{}, bytes{};
    Millis lived{};                  ///< virtual time of all together
    std::vector<SeedFailure> failed;
};

/// `each` is told after every seed; false stops.
[[nodiscard]] SimulateReport simulate(const SimulateOptions& options,
                                      const std::function<bool(std::uint64_t seed, bool good)>& each = {});
[[nodiscard]] Outcome live(const Plan& plan, Bug bug = Bug::None);
/// Takes away from the plan what the failure does not need.
[[nodiscard]] Plan shrink(Plan plan, const std::string& check, Bug bug = Bug::None);

}  // namespace wl::sim
