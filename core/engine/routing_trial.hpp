// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// "What would have happened": routing rules tried on cases that are here, before anybody publishes them.

#include <map>
#include <span>

#include "engine/case_query.hpp"
#include "rules/catalogue.hpp"
#include "store/reader.hpp"

namespace wl::engine {

struct TrialChange {
    std::string number, service;
    std::string fromDepartment, fromCrew;  ///< where the case is
    std::string department, crew, owner;   ///< where it would have gone
    std::string rule;                      ///< code, or the way without a rule
};

struct RoutingTrial {
    std::size_t cases{};
    std::size_t changed{};   ///< would have gone to another department or crew
    std::size_t alarms{};    ///< reached a catch-all, or nobody at all
    std::map<std::string, std::size_t> byRule;
    std::vector<TrialChange> changes;  ///< the first 200
};

/// The cases of the listing, routed as if each came in now as it was at its opening, with nobody busy.
[[nodiscard]] Result<RoutingTrial> tryRouting(store::Reader& reader, std::span<const CaseKey> cases,
                                              const rules::Catalogue& proposed);

}  // namespace wl::engine
