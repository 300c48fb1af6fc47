// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// When people of a department are at work, as plain windows over the years of the demo.

#include <vector>

#include "engine/demo/local_time.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine::demo {

class WorkTimes {
public:
    WorkTimes(const rules::WorkCalendar& calendar, const LocalTime& time, std::int64_t firstDay, std::int64_t lastDay);

    [[nodiscard]] bool open(Instant at) const;
    /// `at` itself while open, else the next opening; `at` where the windows end.
    [[nodiscard]] Instant into(Instant at) const;
    /// `at` itself while open, else the last closing; `at` before the first window.
    [[nodiscard]] Instant backInto(Instant at) const;

private:
    struct Window {
        Instant from, to;
    };
    [[nodiscard]] std::size_t firstEndingAfter(Instant at) const;
    std::vector<Window> m_windows;  ///< in order, apart from each other
};

}  // namespace wl::engine::demo
