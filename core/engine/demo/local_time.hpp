// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The wall clock of the demo city: instants to local days and minutes and back, fast enough for every event.

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/time.hpp"

namespace wl::engine::demo {

inline constexpr std::int64_t kMinute = 60'000;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

/// A local day: days since 1970-01-01 by the wall calendar, and what is known of it.
struct LocalDay {
    std::int64_t number{};
    int year{}, month{}, day{};  ///< month and day from 1
    int weekday{};               ///< Monday = 0
    int dayOfYear{};             ///< from 0
};
[[nodiscard]] LocalDay dayOf(std::int64_t number);

class LocalTime {
public:
    /// Between `from` and `to` the zone's own rules hold; an unknown zone is read as UTC.
    LocalTime(std::string_view zone, Instant from, Instant to);

    [[nodiscard]] std::int64_t dayNumber(Instant at) const { return floorDiv(at.ms + offset(at), kDay); }
    [[nodiscard]] std::int64_t msOfDay(Instant at) const { return at.ms + offset(at) - dayNumber(at) * kDay; }
    [[nodiscard]] int hour(Instant at) const { return static_cast<int>(msOfDay(at) / kHour); }
    [[nodiscard]] LocalDay day(Instant at) const { return dayOf(dayNumber(at)); }
    /// The instant of a local day and time of day; an hour that the clocks skip is read as the one after.
    [[nodiscard]] Instant instant(std::int64_t dayNumber, std::int64_t msOfDay) const;

private:
    [[nodiscard]] std::int64_t offset(Instant at) const;
    static std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
    struct Rule {
        std::int64_t from{};  ///< ms
        std::int64_t offset{};
    };
    std::vector<Rule> m_rules;
};

}  // namespace wl::engine::demo
