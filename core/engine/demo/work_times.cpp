// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/work_times.hpp"

#include <algorithm>
#include <format>
#include <unordered_set>

namespace wl::engine::demo {

WorkTimes::WorkTimes(const rules::WorkCalendar& calendar, const LocalTime& time, std::int64_t firstDay,
                     std::int64_t lastDay) {
    std::unordered_set<std::string> closed;
    for (const auto& [date, name] : calendar.holidays) closed.insert(date);
    for (std::int64_t n = firstDay; n <= lastDay; ++n) {
        const auto day = dayOf(n);
        if (closed.contains(std::format("{:04}-{:02}-{:02}", day.year, day.month, day.day))) continue;
        for (const auto& w : calendar.week[static_cast<std::size_t>(day.weekday)]) {
            const auto from = time.instant(n, w.from * kMinute);
            const auto to = time.instant(n + w.to / 1440, w.to % 1440 * kMinute);
            if (!m_windows.empty() && from <= m_windows.back().to)
                m_windows.back().to = std::max(m_windows.back().to, to);
            else m_windows.push_back({from, to});
        }
    }
}

std::size_t WorkTimes::firstEndingAfter(Instant at) const {
    const auto it = std::ranges::upper_bound(m_windows, at, {}, &Window::to);
    return static_cast<std::size_t>(it - m_windows.begin());
}

bool WorkTimes::open(Instant at) const {
    const auto i = firstEndingAfter(at);
    return i < m_windows.size() && m_windows[i].from <= at;
}

Instant WorkTimes::into(Instant at) const {
    const auto i = firstEndingAfter(at);
    return i < m_windows.size() ? std::max(at, m_windows[i].from) : at;
}

Instant WorkTimes::backInto(Instant at) const {
    if (open(at)) return at;
    const auto i = firstEndingAfter(at);
    return i > 0 ? m_windows[i - 1].to : at;
}

}  // namespace wl::engine::demo
