// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/local_time.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <stdexcept>

namespace wl::feed {

Result<LocalTime> LocalTime::of(const std::string& zone) {
    using namespace std::chrono;
    const time_zone* found = nullptr;
    try {
        found = get_tzdb().locate_zone(zone);
    } catch (const std::runtime_error&) { return fail(ErrorKind::Input, "timezone.unknown", "timezone", zone); }
    const auto ms = [](auto duration) { return duration_cast<milliseconds>(duration).count(); };
    LocalTime result;
    constexpr sys_days kFrom = year{1900} / 1 / 1, kTo = year{2150} / 1 / 1;
    for (sys_seconds at = kFrom; at < kTo;) {
        const sys_info info = found->get_info(at);
        const std::int64_t offset = ms(info.offset);
        result.m_spans.push_back({ms(at.time_since_epoch()) + offset, ms(info.end.time_since_epoch()) + offset,
                                  offset});
        at = info.end;
    }
    result.m_spans.front().localBegin = std::numeric_limits<std::int64_t>::min();
    result.m_spans.back().localEnd = std::numeric_limits<std::int64_t>::max();
    return result;
}

Instant LocalTime::toInstant(std::int64_t localMs) const {
    auto at = std::ranges::upper_bound(m_spans, localMs, {}, &Span::localEnd);
    if (at == m_spans.end()) --at;
    if (localMs < at->localBegin && at != m_spans.begin()) --at;  // skipped by the clock
    return {localMs - at->offset};
}

}  // namespace wl::feed
