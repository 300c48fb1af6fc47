// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A calendar laid out on the time axis: every open stretch with the open time before it, so that "how much open time
// lies between" and "when is that much open time over" are binary searches.
//
// A window belongs to the local date on which it begins. A holiday takes away the windows that begin on it; a night
// shift that began the day before runs on. A closure takes away all time between its two wall times. Overlapping
// windows count once. Wall times follow the rule of domain/time_zone.hpp at clock changes: a window lasts as long as it
// really lasted.

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/time_zone.hpp"
#include "rules/catalogue.hpp"

namespace wl::rules {

inline constexpr int kMaxWindowsADay = 48;

/// The windows of a day that can be used, by start: within the day, not backwards, at most 24 hours long.
[[nodiscard]] std::vector<WorkWindow> usableWindows(const std::vector<WorkWindow>& windows);

/// "2026-02-01T12:00"; nothing if it is not of that form or no such time.
[[nodiscard]] std::optional<LocalTime> parseLocalMinute(std::string_view text);

/// Immutable. Outside the years given (within 1970 to 2099) there is no open time. Needs about 1.2 MB for 130 years of
/// one window a day.
class BusinessHours {
public:
    static constexpr int kFirstYear = 1970;
    static constexpr int kLastYear = 2099;

    explicit BusinessHours(const WorkCalendar& calendar, int firstYear = kFirstYear, int lastYear = kLastYear);

    /// Zero if `to` is not after `from`.
    [[nodiscard]] Millis openBetween(Instant from, Instant to) const;
    /// The earliest instant not before `start` at which `open` of open time is over; none if that is past the last
    /// year. `start` itself for nothing.
    [[nodiscard]] Instant after(Instant start, Millis open) const;
    /// `days` business days later at the same time of day. A business day is a date on which a window begins. A start
    /// outside hours counts from the next opening; the result is kept within its day's first opening and last closing.
    /// None if that is past the last year.
    [[nodiscard]] Instant afterDays(Instant start, int days) const;
    /// The latest instant not after `end` with that much open time before `end`; none if that is before the first year.
    [[nodiscard]] Instant before(Instant end, Millis open) const;
    [[nodiscard]] bool isOpen(Instant at) const;
    /// `at` if that is open time, else the next opening; none if there is none.
    [[nodiscard]] Instant opening(Instant at) const;
    /// The open stretches between two instants, cut to them, ascending.
    [[nodiscard]] std::vector<std::pair<Instant, Instant>> between(Instant from, Instant to) const;
    [[nodiscard]] const TimeZone& zone() const { return *m_zone; }

private:
    struct Stretch {
        std::int64_t from;
        std::int64_t to;
        std::int64_t openBefore;
    };
    struct Day {
        std::int64_t opens;
        std::int64_t closes;  ///< never before the day before closes
        DayNumber date;
    };
    [[nodiscard]] std::int64_t openUntil(std::int64_t at) const;
    void close(const std::vector<WorkCalendar::Closure>& closures);
    void layOut(DayNumber date, const std::vector<WorkWindow>& windows);

    const TimeZone* m_zone;
    std::vector<Stretch> m_stretches;  ///< apart from each other, ascending
    std::vector<Day> m_days;  ///< business days, ascending
};

}  // namespace wl::rules
