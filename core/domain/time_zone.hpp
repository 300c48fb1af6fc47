// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Local clocks: IANA time zones with cached offsets, day numbers and ISO dates.
//
// A wall time maps to the first instant at which the local clock shows it *or something later*. So a time that the
// clock skips (spring) is the instant of the jump, a time that it shows twice (autumn) is the first of the two, and
// the mapping never runs backwards: windows that meet on the wall meet in time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.hpp"

namespace wl {

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
using DayNumber = std::int32_t;

/// What a local clock shows, as milliseconds since its own 1970-01-01T00:00.
struct LocalTime {
    std::int64_t ms{};
    auto operator<=>(const LocalTime&) const = default;
    [[nodiscard]] constexpr DayNumber day() const {
        return static_cast<DayNumber>(ms >= 0 ? ms / kDayMs : -((-ms + kDayMs - 1) / kDayMs));
    }
    [[nodiscard]] static constexpr LocalTime of(DayNumber day, std::int64_t msOfDay = 0) {
        return {day * kDayMs + msOfDay};
    }
    static constexpr std::int64_t kDayMs = 86'400'000;
};

/// 0 = Monday … 6 = Sunday.
[[nodiscard]] constexpr int weekdayOf(DayNumber day) { return ((day + 3) % 7 + 7) % 7; }
/// Nothing for a date that does not exist (2015-02-29).
[[nodiscard]] std::optional<DayNumber> dayNumber(int year, unsigned month, unsigned day);
/// Exactly "YYYY-MM-DD", years 0000 to 9999.
[[nodiscard]] std::optional<DayNumber> parseIsoDate(std::string_view text);
[[nodiscard]] std::string isoDate(DayNumber day);
/// RFC 3339: "YYYY-MM-DDThh:mm[:ss[.fff…]]" and "Z" or "±hh:mm"; a date alone is its midnight in UTC. Finer than
/// milliseconds is cut off; a leap second (":60") is not accepted.
[[nodiscard]] std::optional<Instant> parseIsoInstant(std::string_view text);
/// "YYYY-MM-DDThh:mm:ssZ", with ".fff" where the milliseconds are not zero.
[[nodiscard]] std::string isoInstant(Instant at);

/// One zone with all its offsets from 1970 to 2100, read once from the system's zone data. Before and after, the
/// first and last offset hold. Immutable, lives until the program ends, safe from any thread.
class TimeZone {
public:
    /// By IANA name or alias ("Europe/Berlin", "US/Eastern"); nullptr if the system does not know it.
    [[nodiscard]] static const TimeZone* find(std::string_view name);
    [[nodiscard]] static const TimeZone& utc();

    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Local clock minus UTC.
    [[nodiscard]] Millis offsetAt(Instant at) const;
    [[nodiscard]] LocalTime toLocal(Instant at) const { return {at.ms + offsetAt(at).count()}; }
    /// By the rule above for skipped and doubled times.
    [[nodiscard]] Instant toUtc(LocalTime wall) const;

private:
    struct Stretch {
        std::int64_t from;       ///< UTC, ms
        std::int64_t offset;     ///< ms
        std::int64_t wallEnd;    ///< the latest time shown until its end, over all stretches so far
    };
    TimeZone(std::string name, std::vector<Stretch> stretches)
        : m_name(std::move(name)), m_stretches(std::move(stretches)) {}
    static std::vector<Stretch> readStretches(const std::chrono::time_zone& zone);

    std::string m_name;
    std::vector<Stretch> m_stretches;
};

}  // namespace wl
