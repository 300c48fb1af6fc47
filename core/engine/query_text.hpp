// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Filters and orders in words, as the command line and saved views write them: status=new,assigned  sla=breached …

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/case_query.hpp"
#include "domain/result.hpp"

namespace wl::engine {

/// Adds one condition. `value` may list several words separated by commas; owner= (nothing) means unassigned.
/// Times are ISO 8601 instants or dates (UTC); near is LAT,LON,METRES; box is SOUTH,WEST,NORTH,EAST.
/// Errors: filter.unknown (field = name), filter.value (field = name, detail = the word).
Result<void> addCondition(CaseFilter& filter, std::string_view name, std::string_view value);

/// The conditions that addCondition would make this filter of, NAME=VALUE each. Chosen cases (lasso) cannot be said so
/// and are left out.
[[nodiscard]] std::vector<std::string> conditionsOf(const CaseFilter& filter);
/// The filter of NAME=VALUE conditions; a value "@me" becomes the agent.
Result<CaseFilter> filterOf(std::span<const std::string> conditions, std::string_view agent);

/// The names that addCondition takes, for help texts.
[[nodiscard]] std::string_view conditionNames();

/// "due", "-requested", … A leading minus sorts descending. Error: sort.unknown.
Result<CaseOrder> parseOrder(std::string_view text);
[[nodiscard]] std::string_view code(CaseColumn column);

/// The standing queues by name: mine, unassigned, at_risk, breached, waiting, open, closed, all. Error: queue.unknown.
Result<CaseFilter> standingQueue(std::string_view name, std::string_view agent);

}  // namespace wl::engine
