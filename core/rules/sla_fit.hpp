// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SLA policies proposed from history: rows that say when a request was made and when it was due become a calendar
// (hours, weekdays, holidays) and dated targets by service and crew, with coarser ones for what the history lacks.
//
//   calendar   due times that lie at the opening hour although the request came at another time of day show when the
//              office opens; the latest request whose time of day is kept shows when it closes; a date on which
//              requests made in hours are moved, or on which no moved request falls due, is a day off
//   targets    each row admits a few (unit, amount); for each service and crew the cheapest sequence of targets over
//              time is chosen, a change costing kChangeCost rows (dynamic programming over rows and targets)

#include <span>
#include <string>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::rules {

struct SlaObservation {
    std::string service, serviceName, group, department, crew, crewName;
    Instant requested;
    Instant due;
};

/// A public holiday of the city's region: ISO date and name. Rows can speak against it.
using Holiday = std::pair<std::string, std::string>;

struct FittedPolicy {
    SlaPolicy policy;
    std::size_t rows{};     ///< of its scope, at its time
    std::size_t matched{};  ///< of these, due within a minute
};

struct SlaFit {
    WorkCalendar calendar;
    std::vector<FittedPolicy> policies;
    std::vector<std::string> seenHolidays;      ///< dates that the rows themselves show to be days off
    std::vector<std::string> refutedHolidays;   ///< names of region holidays on which the rows show work
    std::size_t rows{};
    /// Calendar and policies as catalogue items.
    [[nodiscard]] std::vector<CatalogueItem> items() const;
};

/// A due time within this of the predicted one counts as reproduced.
inline constexpr Millis kSlaTolerance{60'000};

/// `zone` is what the office's clocks show. Rows without due or with a due time before the request are left out.
[[nodiscard]] SlaFit fitSla(std::span<const SlaObservation> rows, const TimeZone& zone,
                            std::span<const Holiday> holidays);

/// The calendar alone; the first step of fitSla.
[[nodiscard]] WorkCalendar fitCalendar(std::span<const SlaObservation> rows, const TimeZone& zone,
                                       std::span<const Holiday> holidays, SlaFit* report = nullptr);

/// How a policy file does on history: each row counted once.
struct SlaScore {
    std::size_t rows{}, matched{};
    std::size_t noPolicy{};      ///< nothing in the file is for it
    std::size_t otherLength{};   ///< a whole number of days, but another one
    std::size_t sameDay{};       ///< the right date at another time
    std::size_t other{};
};
[[nodiscard]] SlaScore scoreSla(std::span<const SlaObservation> rows, const Catalogue& policies);

}  // namespace wl::rules
