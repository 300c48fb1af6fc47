// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// When figures call for somebody: a promise that is missed, a backlog that grows. Pure.

#include <optional>

#include "rules/signals/figure.hpp"

namespace wl::rules::signals {

/// What one week came to.
struct WeekOfWork {
    std::int64_t opened{}, closed{};
    double median{};  ///< time to close of those closed
    std::int64_t n{}; ///< of which that is the median
};

/// Twice running more came in than was closed, and closing took longer in the second week. Nothing is said of weeks
/// with fewer than kFew closings.
[[nodiscard]] constexpr bool backlogRises(const WeekOfWork& first, const WeekOfWork& second) {
    return first.opened > first.closed && second.opened > second.closed && first.n >= kFew && second.n >= kFew &&
           second.median > first.median;
}

/// True if the figure is on the wrong side of its target. Shares, medians and ratios of fewer than kFew cases say
/// nothing.
[[nodiscard]] inline bool misses(const Figure& figure, double target) {
    if (figure.empty || (!isCount(figure.unit) && figure.n < kFew)) return false;
    return figureSpec(figure.kind).lowerIsBetter ? figure.value > target : figure.value < target;
}

}  // namespace wl::rules::signals
