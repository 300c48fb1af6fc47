// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/time_zone.hpp"

#include <algorithm>
#include <chrono>
#include <format>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

namespace wl {
namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;

// Two or more digits at `at`; moves on. Nothing if there are fewer.
std::optional<unsigned> digits(std::string_view text, std::size_t& at, std::size_t count) {
    if (text.size() < at + count) return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text[at + i];
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    at += count;
    return value;
}
bool take(std::string_view text, std::size_t& at, char c) {
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
}

// "hh:mm[:ss[.f…]]" as ms of the day.
std::optional<std::int64_t> timeOfDay(std::string_view text, std::size_t& at) {
    const auto hour = digits(text, at, 2);
    if (!hour || !take(text, at, ':')) return std::nullopt;
    const auto minute = digits(text, at, 2);
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    std::int64_t ms = (*hour * 60 + *minute) * std::int64_t{60'000};
    if (!take(text, at, ':')) return ms;
    const auto second = digits(text, at, 2);
    if (!second || *second > 59) return std::nullopt;
    ms += *second * std::int64_t{1000};
    if (!take(text, at, '.')) return ms;
    std::int64_t scale = 100;
    const auto first = at;
    while (auto digit = digits(text, at, 1)) {
        ms += *digit * scale;
        scale /= 10;
    }
    if (at == first) return std::nullopt;
    return ms;
}

// "Z" or "±hh:mm" as ms to subtract.
std::optional<std::int64_t> zoneOffset(std::string_view text, std::size_t& at) {
    if (take(text, at, 'Z') || take(text, at, 'z')) return 0;
    const bool west = take(text, at, '-');
    if (!west && !take(text, at, '+')) return std::nullopt;
    const auto hour = digits(text, at, 2);
    if (!hour || !take(text, at, ':')) return std::nullopt;
    const auto minute = digits(text, at, 2);
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    const std::int64_t ms = (*hour * 60 + *minute) * std::int64_t{60'000};
    return west ? -ms : ms;
}

}  // namespace

std::optional<DayNumber> dayNumber(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) return std::nullopt;
    return static_cast<DayNumber>(std::chrono::sys_days{date}.time_since_epoch().count());
}

std::optional<DayNumber> parseIsoDate(std::string_view text) {
    std::size_t at = 0;
    const auto year = digits(text, at, 4);
    if (!year || !take(text, at, '-')) return std::nullopt;
    const auto month = digits(text, at, 2);
    if (!month || !take(text, at, '-')) return std::nullopt;
    const auto day = digits(text, at, 2);
    if (!day || at != text.size()) return std::nullopt;
    return dayNumber(static_cast<int>(*year), *month, *day);
}

std::string isoDate(DayNumber day) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    return std::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<Instant> parseIsoInstant(std::string_view text) {
    const auto day = parseIsoDate(text.substr(0, 10));
    if (!day) return std::nullopt;
    std::size_t at = 10;
    if (text.size() == at) return Instant{LocalTime::of(*day).ms};
    if (!take(text, at, 'T') && !take(text, at, 't') && !take(text, at, ' ')) return std::nullopt;
    const auto time = timeOfDay(text, at);
    if (!time) return std::nullopt;
    const auto offset = zoneOffset(text, at);
    if (!offset || at != text.size()) return std::nullopt;
    return Instant{LocalTime::of(*day, *time).ms - *offset};
}

std::string isoInstant(Instant at) {
    const LocalTime wall{at.ms};
    const auto ms = at.ms - LocalTime::of(wall.day()).ms;
    auto text =
        std::format("{}T{:02}:{:02}:{:02}", isoDate(wall.day()), ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60);
    if (ms % 1000 != 0) text += std::format(".{:03}", ms % 1000);
    return text + 'Z';
}

std::vector<TimeZone::Stretch> TimeZone::readStretches(const std::chrono::time_zone& zone) {
    using namespace std::chrono;
    constexpr sys_seconds last = sys_days{year{2100} / January / 1};
    std::vector<Stretch> out;
    for (sys_seconds at{}; at < last;) {
        const auto info = zone.get_info(at);
        const auto offset = duration_cast<milliseconds>(info.offset).count();
        if (out.empty() || out.back().offset != offset)
            out.push_back({duration_cast<milliseconds>(info.begin.time_since_epoch()).count(), offset, 0});
        if (info.end <= at) break;
        at = info.end;
    }
    out.front().from = -kFar;
    auto highest = -kFar;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto end = i + 1 < out.size() ? out[i + 1].from : kFar;
        out[i].wallEnd = highest = std::max(highest, end + out[i].offset);
    }
    return out;
}

const TimeZone* TimeZone::find(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<const TimeZone>, std::less<>> known;
    const std::scoped_lock lock(mutex);
    if (const auto at = known.find(name); at != known.end()) return at->second.get();
    try {
        const auto* zone = std::chrono::locate_zone(name);
        std::unique_ptr<const TimeZone> made(new TimeZone(std::string(name), readStretches(*zone)));
        return known.emplace(std::string(name), std::move(made)).first->second.get();
    } catch (const std::runtime_error&) {  // unknown name, or no zone data on this machine
        return nullptr;
    }
}

const TimeZone& TimeZone::utc() {
    static const TimeZone zone("UTC", {{-kFar, 0, kFar}});
    return zone;
}

Millis TimeZone::offsetAt(Instant at) const {
    const auto next = std::ranges::upper_bound(m_stretches, at.ms, {}, &Stretch::from);
    return Millis{next == m_stretches.begin() ? m_stretches.front().offset : std::prev(next)->offset};
}

Instant TimeZone::toUtc(LocalTime wall) const {
    const auto at = std::ranges::upper_bound(m_stretches, wall.ms, {}, &Stretch::wallEnd);
    const auto& stretch = at == m_stretches.end() ? m_stretches.back() : *at;
    return {std::max(wall.ms - stretch.offset, stretch.from)};
}

}  // namespace wl
