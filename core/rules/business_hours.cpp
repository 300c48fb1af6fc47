// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/business_hours.hpp"

#include <algorithm>
#include <array>

namespace wl::rules {
namespace {

constexpr std::int64_t kMinute = 60'000;

std::vector<DayNumber> holidayNumbers(const WorkCalendar& calendar) {
    std::vector<DayNumber> days;
    for (const auto& [date, name] : calendar.holidays)
        if (const auto day = parseIsoDate(date)) days.push_back(*day);
    std::ranges::sort(days);
    return days;
}

}  // namespace

std::optional<LocalTime> parseLocalMinute(std::string_view text) {
    if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
    const auto day = parseIsoDate(text.substr(0, 10));
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -100; };
    const int hour = digit(11) * 10 + digit(12), minute = digit(14) * 10 + digit(15);
    if (!day || hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) return std::nullopt;
    return LocalTime::of(*day, (hour * 60 + minute) * kMinute);
}

std::vector<WorkWindow> usableWindows(const std::vector<WorkWindow>& windows) {
    std::vector<WorkWindow> out;
    for (const auto& w : windows)
        if (w.from >= 0 && w.from < 1440 && w.to > w.from && w.to - w.from <= 1440) out.push_back(w);
    std::ranges::stable_sort(out, {}, &WorkWindow::from);
    if (out.size() > kMaxWindowsADay) out.resize(kMaxWindowsADay);
    return out;
}

BusinessHours::BusinessHours(const WorkCalendar& calendar, int firstYear, int lastYear)
    : m_zone(TimeZone::find(calendar.timeZone)) {
    if (m_zone == nullptr) m_zone = &TimeZone::utc();
    std::array<std::vector<WorkWindow>, 7> week;
    std::size_t aWeek = 0;
    for (std::size_t i = 0; i < week.size(); ++i) {
        week[i] = usableWindows(calendar.week[i]);
        aWeek += week[i].size();
    }
    firstYear = std::max(firstYear, kFirstYear);
    lastYear = std::min(lastYear, kLastYear);
    if (aWeek == 0 || lastYear < firstYear) return;
    const auto holidays = holidayNumbers(calendar);
    const auto first = dayNumber(firstYear, 1, 1).value_or(0);
    const auto last = dayNumber(lastYear, 12, 31).value_or(0);
    m_stretches.reserve((static_cast<std::size_t>(last - first) / 7 + 1) * aWeek);
    auto holiday = std::ranges::lower_bound(holidays, first);
    for (auto date = first; date <= last; ++date) {
        while (holiday != holidays.end() && *holiday < date) ++holiday;
        if (holiday != holidays.end() && *holiday == date) continue;
        layOut(date, week[static_cast<std::size_t>(weekdayOf(date))]);
    }
    close(calendar.closures);
    std::int64_t open = 0;
    for (auto& stretch : m_stretches) {
        stretch.openBefore = open;
        open += stretch.to - stretch.from;
    }
}

void BusinessHours::close(const std::vector<WorkCalendar::Closure>& closures) {
    if (closures.empty()) return;
    for (const auto& closure : closures) {
        const auto fromWall = parseLocalMinute(closure.from), toWall = parseLocalMinute(closure.to);
        if (!fromWall || !toWall) continue;
        const auto from = m_zone->toUtc(*fromWall).ms, to = m_zone->toUtc(*toWall).ms;
        std::vector<Stretch> kept;
        kept.reserve(m_stretches.size() + 1);
        for (const auto& s : m_stretches) {
            if (to <= s.from || from >= s.to || to <= from) {
                kept.push_back(s);
                continue;
            }
            if (s.from < from) kept.push_back({s.from, from, 0});
            if (to < s.to) kept.push_back({to, s.to, 0});
        }
        m_stretches = std::move(kept);
    }
    // A date on which nothing is left is no business day.
    std::erase_if(m_days, [&](const Day& day) {
        const auto next = std::ranges::upper_bound(m_stretches, day.opens, {}, &Stretch::to);
        return next == m_stretches.end() || next->from >= day.closes;
    });
}

void BusinessHours::layOut(DayNumber date, const std::vector<WorkWindow>& windows) {
    if (windows.empty()) return;
    const auto opens = m_zone->toUtc(LocalTime::of(date, windows.front().from * kMinute)).ms;
    Day day{opens, opens, date};
    for (const auto& window : windows) {
        const auto from = m_zone->toUtc(LocalTime::of(date, window.from * kMinute)).ms;
        const auto to = m_zone->toUtc(LocalTime::of(date, window.to * kMinute)).ms;
        day.closes = std::max(day.closes, to);
        // What an earlier window already covers is not counted again; a window that a clock jump swallows is empty.
        const auto start = m_stretches.empty() ? from : std::max(from, m_stretches.back().to);
        if (start >= to) continue;
        if (!m_stretches.empty() && m_stretches.back().to == start) m_stretches.back().to = to;
        else m_stretches.push_back({start, to, 0});
    }
    if (!m_days.empty()) day.closes = std::max(day.closes, m_days.back().closes);
    m_days.push_back(day);
}

std::int64_t BusinessHours::openUntil(std::int64_t at) const {
    const auto next = std::ranges::upper_bound(m_stretches, at, {}, &Stretch::from);
    if (next == m_stretches.begin()) return 0;
    const auto& stretch = *std::prev(next);
    return stretch.openBefore + std::min(at, stretch.to) - stretch.from;
}

Millis BusinessHours::openBetween(Instant from, Instant to) const {
    if (to <= from) return Millis{0};
    return Millis{openUntil(to.ms) - openUntil(from.ms)};
}

Instant BusinessHours::after(Instant start, Millis open) const {
    if (open.count() <= 0) return start;
    const auto wanted = openUntil(start.ms) + open.count();
    const auto next = std::ranges::lower_bound(m_stretches, wanted, {}, &Stretch::openBefore);
    if (next == m_stretches.begin()) return {};
    const auto& stretch = *std::prev(next);
    const auto at = stretch.from + wanted - stretch.openBefore;
    return at <= stretch.to ? Instant{at} : Instant{};
}

Instant BusinessHours::before(Instant end, Millis open) const {
    if (open.count() <= 0) return end;
    const auto wanted = openUntil(end.ms) - open.count();
    if (wanted < 0) return {};
    const auto next = std::ranges::upper_bound(m_stretches, wanted, {}, &Stretch::openBefore);
    if (next == m_stretches.begin()) return {};
    const auto& stretch = *std::prev(next);
    return {stretch.from + wanted - stretch.openBefore};
}

bool BusinessHours::isOpen(Instant at) const {
    const auto next = std::ranges::upper_bound(m_stretches, at.ms, {}, &Stretch::from);
    return next != m_stretches.begin() && at.ms < std::prev(next)->to;
}

Instant BusinessHours::opening(Instant at) const {
    const auto next = std::ranges::upper_bound(m_stretches, at.ms, {}, &Stretch::to);
    return next == m_stretches.end() ? Instant{} : Instant{std::max(at.ms, next->from)};
}

std::vector<std::pair<Instant, Instant>> BusinessHours::between(Instant from, Instant to) const {
    std::vector<std::pair<Instant, Instant>> out;
    for (auto s = std::ranges::upper_bound(m_stretches, from.ms, {}, &Stretch::to);
         s != m_stretches.end() && s->from < to.ms; ++s)
        out.emplace_back(Instant{std::max(from.ms, s->from)}, Instant{std::min(to.ms, s->to)});
    return out;
}

Instant BusinessHours::afterDays(Instant start, int days) const {
    if (days <= 0) return start;
    const auto day = std::ranges::upper_bound(m_days, start.ms, {}, &Day::closes);
    if (day == m_days.end() || m_days.end() - day <= days) return {};
    auto counted = std::max(start.ms, day->opens);
    const auto next = std::ranges::upper_bound(m_stretches, counted, {}, &Stretch::to);  // open then, or opens next
    if (next != m_stretches.end()) counted = std::max(counted, next->from);
    const auto intoDay = m_zone->toLocal({counted}).ms - LocalTime::of(day->date).ms;
    const auto& target = day[days];
    const auto at = m_zone->toUtc(LocalTime::of(target.date, intoDay)).ms;
    return {std::clamp(at, target.opens, target.closes)};
}

}  // namespace wl::rules
