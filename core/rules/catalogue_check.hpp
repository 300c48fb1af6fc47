// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What can be read but makes no sense: names of things that are not there, windows that overlap, clocks that cannot
// run.

#include <vector>

#include "rules/catalogue.hpp"

namespace wl::rules {

/// Problems of one calendar: "catalogue.time_zone.unknown", "catalogue.calendar.empty", "catalogue.holiday.date",
/// "catalogue.window.range" (backwards, not within the day, longer than 24 hours), "catalogue.window.overlap",
/// "catalogue.window.count". The field names the place: "calendar/office.week.mon[1]".
void checkCalendar(const WorkCalendar& calendar, std::vector<Error>& problems);

/// All of the above, the questions of services ("catalogue.question.type", ".code", ".twice", ".values", ".value" (of a
/// stop or a condition), ".condition" (names no question before it)) and every reference between items:
/// "catalogue.calendar.unknown", "catalogue.service.unknown", "catalogue.group.unknown",
/// "catalogue.department.unknown", "catalogue.crew.unknown", "catalogue.policy.targets" (none).
void checkCatalogue(const Catalogue& catalogue, std::vector<Error>& problems);

}  // namespace wl::rules
