// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a day of a series of counts should have, from the same weekdays of the weeks before it: the week has a course of
// its own, and the season moves slowly. Pure.

#include <span>
#include <vector>

#include "domain/time_zone.hpp"
#include "rules/signals/figure.hpp"

namespace wl::rules::signals {

/// So many earlier weeks say what is usual.
inline constexpr int kUsualWeeks = 8;

struct ExpectedDay {
    Second at{};  ///< start of the day
    double value{};  ///< what came
    double expected{};  ///< the median of the same weekday in the eight weeks before
    double low{},
        high{};  ///< three spreads around it; the spread is the robust one of those days, at least that of chance
    bool unusual{};  ///< outside
    bool operator==(const ExpectedDay&) const = default;
};

/// For each day of `now` that has at least six earlier weekdays with 20 cases together. Both series go by days,
/// `before` up to where `now` begins. A day that is not over by `asOf` is never unusual for having too few.
[[nodiscard]] std::vector<ExpectedDay> expectedDays(const FigureSeries& before, const FigureSeries& now, Second asOf,
                                                    const TimeZone& zone);

/// True if the series of the figure counts cases by their day, so that a day can be unusual.
[[nodiscard]] bool hasUsualDays(FigureKind kind);

}  // namespace wl::rules::signals
