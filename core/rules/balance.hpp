// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which crews of a department have too much and which have room: suggestions that say why. Pure.

#include <string>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::rules {

struct CrewLoad {
    std::string crew;  ///< code
    int open{};
    int unassigned{};  ///< of them, cases of the crew that no person owns yet
};

/// "Move `cases` of `from` to `to`, because …": days of work are open cases over the crew's capacity a day.
struct BalanceSuggestion {
    std::string from, to;
    int cases{};
    double fromDays{}, toDays{};
    std::vector<std::string> services;  ///< that both do
    std::vector<std::string> areas;     ///< that both serve; empty = `to` helps out elsewhere, or both go everywhere
};

/// The worst imbalance of each department, worst first. Only cases that nobody owns yet are moved, and only where the
/// other crew does the same services; differences under `leastDays` days of work are left alone.
[[nodiscard]] std::vector<BalanceSuggestion> balanceSuggestions(
    const Catalogue& catalogue, const std::vector<CrewLoad>& loads, double leastDays = 1.0);

}  // namespace wl::rules
