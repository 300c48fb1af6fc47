// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/date_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace wl::feed {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> kRestOfMonths{"uary", "ruary", "ch",     "il",   "",      "e",
                                                         "y",    "ust",   "tember", "ober", "ember", "ember"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// The parts found so far and the text still to be read.
struct Scan {
    std::string_view rest;
    int year{1970}, month{1}, day{1}, hour{}, minute{}, second{}, milli{};
    std::optional<bool> afternoon;
    std::optional<int> offsetMinutes;

    bool literal(char c) {
        if (rest.empty() || rest.front() != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    void spaces() {
        while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
    }
    bool number(int& out, std::size_t least, std::size_t most) {
        std::size_t n = 0;
        int value = 0;
        while (n < most && n < rest.size() && isDigit(rest[n])) value = value * 10 + (rest[n++] - '0');
        if (n < least) return false;
        rest.remove_prefix(n);
        out = value;
        return true;
    }
    bool fraction() {
        std::size_t n = 0;
        milli = 0;
        for (int unit = 100; n < rest.size() && isDigit(rest[n]); ++n, unit /= 10) milli += (rest[n] - '0') * unit;
        rest.remove_prefix(n);
        return n > 0;
    }
    bool startsWith(std::string_view word) const {
        return rest.size() >= word.size() && std::ranges::equal(rest.substr(0, word.size()), word, {}, lower);
    }
    bool monthName() {
        for (std::size_t i = 0; i < kMonths.size(); ++i) {
            if (!startsWith(kMonths[i])) continue;
            rest.remove_prefix(3);
            if (startsWith(kRestOfMonths[i])) rest.remove_prefix(kRestOfMonths[i].size());
            month = static_cast<int>(i) + 1;
            return rest.empty() || !isLetter(rest.front());
        }
        return false;
    }
    bool weekdayName() {
        const auto end = std::ranges::find_if_not(rest, isLetter);
        const auto n = static_cast<std::size_t>(end - rest.begin());
        rest.remove_prefix(n);
        return n >= 2;
    }
    bool halfOfDay() {
        for (const std::string_view word : {"a.m.", "p.m.", "am", "pm"}) {
            if (!startsWith(word)) continue;
            afternoon = word.front() == 'p';
            rest.remove_prefix(word.size());
            return true;
        }
        return false;
    }
    bool offset() {
        if (rest.empty()) return false;
        const char sign = rest.front();
        rest.remove_prefix(1);
        if (sign == 'Z' || sign == 'z') {
            offsetMinutes = 0;
            return true;
        }
        if (sign != '+' && sign != '-') return false;
        int hours = 0, minutes = 0;
        if (!number(hours, 2, 2)) return false;
        const bool colon = literal(':');
        if (!number(minutes, colon ? 2 : 0, 2)) return false;
        if (hours > 15 || minutes > 59) return false;
        offsetMinutes = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
        return true;
    }
};

bool scanIso(Scan& s) {
    if (!s.number(s.year, 4, 4) || !s.literal('-') || !s.number(s.month, 2, 2) || !s.literal('-') ||
        !s.number(s.day, 2, 2))
        return false;
    if (s.rest.empty()) return true;
    if (!s.literal('T') && !s.literal('t') && !s.literal(' ')) return false;
    if (!s.number(s.hour, 2, 2) || !s.literal(':') || !s.number(s.minute, 2, 2)) return false;
    if (s.literal(':')) {
        if (!s.number(s.second, 2, 2)) return false;
        if ((s.literal('.') || s.literal(',')) && !s.fraction()) return false;
    }
    s.spaces();
    return s.rest.empty() || s.offset();
}

bool scanLetter(Scan& s, char letter) {
    switch (letter) {
        case 'Y': return s.number(s.year, 4, 4);
        case 'y':
            if (!s.number(s.year, 2, 2)) return false;
            s.year += s.year < 69 ? 2000 : 1900;  // POSIX
            return true;
        case 'm': return s.number(s.month, 1, 2);
        case 'e': s.spaces(); [[fallthrough]];
        case 'd': return s.number(s.day, 1, 2);
        case 'B':
        case 'b': return s.monthName();
        case 'A':
        case 'a': return s.weekdayName();
        case 'H':
        case 'I': return s.number(s.hour, 1, 2);
        case 'M': return s.number(s.minute, 1, 2);
        case 'S': return s.number(s.second, 1, 2);
        case 'f': return s.fraction();
        case 'p': return s.halfOfDay();
        case 'z': return s.offset();
        case '%': return s.literal('%');
        default: return false;
    }
}

bool scanPattern(Scan& s, std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == ' ') s.spaces();
        else if (pattern[i] == '%' ? !scanLetter(s, pattern[++i]) : !s.literal(pattern[i])) return false;
    }
    return true;
}

std::optional<Instant> readEpoch(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value <= 0) return std::nullopt;
    const auto digits = static_cast<std::size_t>(end - text.data());
    const std::string_view fraction = text.substr(digits);
    if (!fraction.empty() && (fraction.front() != '.' || !std::ranges::all_of(fraction.substr(1), isDigit)))
        return std::nullopt;
    const Instant at{digits >= 12 ? value : value * 1000};
    constexpr std::int64_t kYear2150 = 5'680'281'600'000;
    return at.ms < kYear2150 ? std::optional(at) : std::nullopt;
}

std::optional<Instant> toInstant(const Scan& s, const LocalTime& zone) {
    using namespace std::chrono;
    int hour = s.hour;
    if (s.afternoon) {
        if (hour < 1 || hour > 12) return std::nullopt;
        hour = hour % 12 + (*s.afternoon ? 12 : 0);
    }
    const year_month_day date{year{s.year}, month{static_cast<unsigned>(s.month)}, day{static_cast<unsigned>(s.day)}};
    if (!date.ok() || s.year < 1900 || s.year > 2149 || hour > 23 || s.minute > 59 || s.second > 60)
        return std::nullopt;
    const milliseconds local =
        sys_days(date).time_since_epoch() + hours(hour) + minutes(s.minute) + seconds(s.second) + milliseconds(s.milli);
    Instant at = s.offsetMinutes ? Instant{(local - minutes(*s.offsetMinutes)).count()} : zone.toInstant(local.count());
    if (!at) at.ms = 1;  // zero means "none"
    return at;
}

bool isFormat(std::string_view format) {
    if (format == "iso" || format == "epoch") return true;
    if (format.find('%') == std::string_view::npos) return false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') continue;
        if (++i == format.size() || !std::string_view("YymdeBbAaHIMSfpz%").contains(format[i])) return false;
    }
    return true;
}

}  // namespace

Result<DateReader> DateReader::of(const std::vector<std::string>& formats, LocalTime zone) {
    DateReader reader(std::move(zone));
    for (const std::string& format : formats) {
        if (!isFormat(format)) return fail(ErrorKind::Input, "mapping.dates", "dates", format);
        reader.m_formats.push_back(format);
    }
    if (reader.m_formats.empty()) reader.m_formats.emplace_back("iso");
    return reader;
}

std::optional<Instant> DateReader::read(std::string_view text) const {
    for (const std::string& format : m_formats) {
        if (format == "epoch") {
            if (const auto at = readEpoch(text)) return at;
            continue;
        }
        Scan scan;
        scan.rest = text;
        if (!(format == "iso" ? scanIso(scan) : scanPattern(scan, format))) continue;
        scan.spaces();
        if (!scan.rest.empty()) continue;
        if (const auto at = toInstant(scan, m_zone)) return at;
    }
    return std::nullopt;
}

}  // namespace wl::feed
