// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/local_time.hpp"

#include <chrono>
#include <stdexcept>

namespace wl::engine::demo {

using namespace std::chrono;

LocalDay dayOf(std::int64_t number) {
    const sys_days at{days{number}};
    const year_month_day date{at};
    return {number,
            static_cast<int>(date.year()),
            static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day())),
            static_cast<int>(weekday{at}.iso_encoding()) - 1,
            static_cast<int>((at - sys_days{date.year() / January / 1}).count())};
}

LocalTime::LocalTime(std::string_view zone, Instant from, Instant to) {
    try {
        const auto* rules = locate_zone(zone);
        sys_seconds at{floor<seconds>(milliseconds{from.ms})};
        const sys_seconds end{floor<seconds>(milliseconds{to.ms})};
        while (true) {
            const auto info = rules->get_info(at);
            m_rules.push_back({milliseconds{at.time_since_epoch()}.count(), milliseconds{info.offset}.count()});
            if (info.end > end) break;
            at = info.end;
        }
    } catch (const std::runtime_error&) {
        m_rules.assign(1, {});  // no such zone here
    }
}

std::int64_t LocalTime::offset(Instant at) const {
    std::size_t i = m_rules.size() - 1;
    while (i > 0 && at.ms < m_rules[i].from) --i;
    return m_rules[i].offset;
}

Instant LocalTime::instant(std::int64_t dayNumber, std::int64_t msOfDay) const {
    const std::int64_t wall = dayNumber * kDay + msOfDay;
    const std::int64_t first = wall - offset({wall});
    return {wall - offset({first})};
}

}  // namespace wl::engine::demo
