// SPDX-License-Identifier: GPL-3.0-or-later
// Hours, weekdays and holidays from due times.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <unordered_map>

#include "rules/sla_fit.hpp"

namespace wl::rules {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr int kDayMinutes = 1440;
constexpr int kYearsBefore = 5, kYearsAfter = 10;  // for which holidays are laid out around the history

struct Row {
    DayNumber start{}, due{};
    int startMinute{};
    bool kept{};   // due at the time of day of the request
    bool moved{};  // due at the opening hour, the request being made at another time
};

struct Key {
    std::size_t rows{}, moved{};
    [[nodiscard]] bool isBusiness() const { return moved * 10 >= rows; }
};

int minuteOf(LocalTime t) { return static_cast<int>((t.ms - LocalTime::of(t.day()).ms) / kMinuteMs); }

// How far two times of day lie apart, around midnight.
std::int64_t apart(LocalTime a, LocalTime b) {
    const auto d = std::abs((a.ms - LocalTime::of(a.day()).ms) - (b.ms - LocalTime::of(b.day()).ms));
    return std::min(d, LocalTime::kDayMs - d);
}

struct History {
    std::vector<Row> rows;
    std::vector<const Key*> keys;  // of each row
    std::map<std::string, Key> byKey;
    int opens{-1};                 // minutes after midnight; -1 = no opening hour can be seen
    int closes{-1};
};

// The whole minute at which most due times lie that are not at the request's own time of day.
int openingOf(std::span<const SlaObservation> observed, const TimeZone& zone) {
    std::map<int, std::size_t> at;
    std::size_t others = 0;
    for (const auto& o : observed) {
        const auto start = zone.toLocal(o.requested), due = zone.toLocal(o.due);
        if (apart(start, due) <= kSlaTolerance.count()) continue;
        ++others;
        if (due.ms % kMinuteMs == 0) ++at[minuteOf(due)];
    }
    const auto best = std::ranges::max_element(at, {}, [](const auto& e) { return e.second; });
    return best != at.end() && best->second >= 20 && best->second * 20 >= others ? best->first : -1;
}

History readHistory(std::span<const SlaObservation> observed, const TimeZone& zone) {
    History h;
    h.opens = openingOf(observed, zone);
    for (const auto& o : observed) {
        const auto start = zone.toLocal(o.requested), due = zone.toLocal(o.due);
        Row row{start.day(), due.day(), minuteOf(start), apart(start, due) <= kSlaTolerance.count(), false};
        row.moved = !row.kept && minuteOf(due) == h.opens && due.ms % kMinuteMs == 0;
        auto& key = h.byKey[o.service + '\n' + o.crew];
        ++key.rows;
        key.moved += row.moved;
        h.rows.push_back(row);
        h.keys.push_back(&key);
    }
    return h;
}

// Requests before this minute keep their time of day, later ones are moved; quarter hours are tried.
int closingOf(const History& h, const std::set<int>& weekdays) {
    std::vector<int> balance(kDayMinutes + 1);  // kept minus moved, by minute of the request
    for (std::size_t i = 0; i < h.rows.size(); ++i) {
        const auto& row = h.rows[i];
        if (!h.keys[i]->isBusiness() || !weekdays.contains(weekdayOf(row.start)) || row.startMinute < h.opens) continue;
        if (row.kept || row.moved) balance[static_cast<std::size_t>(row.startMinute)] += row.kept ? 1 : -1;
    }
    int sum = 0, best = -1, bestSum = 0;
    for (int minute = h.opens; minute < kDayMinutes; ++minute) {
        sum += balance[static_cast<std::size_t>(minute)];
        if ((minute + 1) % 15 == 0 && sum > bestSum) bestSum = sum, best = minute + 1;
    }
    return best;
}

std::set<int> workingWeekdays(const History& h) {
    std::array<std::size_t, 7> dues{};
    for (std::size_t i = 0; i < h.rows.size(); ++i)
        if (h.keys[i]->isBusiness() && h.rows[i].moved) ++dues[static_cast<std::size_t>(weekdayOf(h.rows[i].due))];
    const auto most = *std::ranges::max_element(dues);
    std::set<int> out;
    for (int d = 0; d < 7; ++d)
        if (dues[static_cast<std::size_t>(d)] * 10 > most) out.insert(d);
    return out;
}

enum class DayOff : std::uint8_t { Unknown, Yes, No };

// What the rows say of each date that would be a working day by its weekday.
class DayEvidence {
public:
    DayEvidence(const History& h, const std::set<int>& weekdays) {
        for (std::size_t i = 0; i < h.rows.size(); ++i) {
            if (!h.keys[i]->isBusiness()) continue;
            const auto& row = h.rows[i];
            if (row.moved) ++m_days[row.due].dues;  // one that is kept may be counted in calendar days
            if (row.startMinute >= h.opens && row.startMinute < h.closes && weekdays.contains(weekdayOf(row.start))) {
                auto& day = m_days[row.start];
                day.kept += row.kept;
                day.moved += row.moved;
            }
        }
    }
    [[nodiscard]] DayOff of(DayNumber day) const {
        const auto found = m_days.find(day);
        const Day here = found == m_days.end() ? Day{} : found->second;
        if (here.kept + here.moved >= 5) return here.moved > here.kept ? DayOff::Yes : DayOff::No;
        // Too few requests: do cases fall due on it as on the same weekday of the weeks around it?
        std::vector<std::size_t> around;
        for (int week = -2; week <= 2; ++week)
            if (const auto at = m_days.find(day + 7 * week); week != 0)
                around.push_back(at == m_days.end() ? 0 : at->second.dues);
        std::ranges::sort(around);
        const auto usual = around[1];  // the second lowest, so that the end of the history is not taken for days off
        if (usual >= 10 && here.dues * 20 <= usual) return DayOff::Yes;
        return here.dues >= 3 ? DayOff::No : DayOff::Unknown;
    }
    [[nodiscard]] DayNumber first() const { return m_days.empty() ? 0 : m_days.begin()->first; }
    [[nodiscard]] DayNumber last() const { return m_days.empty() ? -1 : m_days.rbegin()->first; }

private:
    struct Day {
        std::size_t dues{}, kept{}, moved{};
    };
    std::map<DayNumber, Day> m_days;
};

std::chrono::year_month_day dateOf(DayNumber day) { return std::chrono::sys_days(std::chrono::days(day)); }
DayNumber dayOf(std::chrono::year_month_day date) {
    return static_cast<DayNumber>(std::chrono::sys_days(date).time_since_epoch().count());
}

// The same holiday in another year: a Monday stays the n-th or the last Monday of its month, other dates keep their
// day.
DayNumber inYear(DayNumber day, int year) {
    const auto date = dateOf(day);
    if (weekdayOf(day) != 0) return dayOf({std::chrono::year(year), date.month(), date.day()});
    const auto nth = (static_cast<unsigned>(date.day()) + 6) / 7;
    if (dateOf(day + 7).month() != date.month())
        return dayOf(std::chrono::sys_days(std::chrono::year_month_weekday_last(
            std::chrono::year(year), date.month(), std::chrono::Monday[std::chrono::last])));
    const std::chrono::year_month_weekday same(std::chrono::year(year), date.month(),
                                               std::chrono::Monday[std::min(nth, 4U)]);
    return dayOf(std::chrono::sys_days(same));
}

// A holiday on a day off is kept on the next day where that is a working day; on a Saturday it is kept by nobody.
DayNumber observedOn(DayNumber day) { return weekdayOf(day) == 6 ? day + 1 : day; }

void addHolidays(WorkCalendar& calendar, const DayEvidence& evidence, const std::set<int>& weekdays,
                 std::span<const Holiday> known, SlaFit* report) {
    std::map<DayNumber, std::string> off;
    std::set<std::string> refuted;
    std::set<DayNumber> seen;
    for (DayNumber day = evidence.first(); day <= evidence.last(); ++day)
        if (weekdays.contains(weekdayOf(day)) && evidence.of(day) == DayOff::Yes) seen.insert(day);
    for (const auto& [iso, name] : known) {
        const auto day = parseIsoDate(iso);
        if (day && evidence.of(observedOn(*day)) == DayOff::No && weekdays.contains(weekdayOf(observedOn(*day))))
            refuted.insert(name);
    }
    std::set<DayNumber> named;
    for (const auto& [iso, name] : known) {
        const auto day = parseIsoDate(iso);
        if (!day || !weekdays.contains(weekdayOf(observedOn(*day)))) continue;
        const auto kept = observedOn(*day);
        if (seen.contains(kept)) named.insert(kept), off[kept] = name;
        else if (!refuted.contains(name) && evidence.of(kept) == DayOff::Unknown) off[kept] = name;
    }
    const int firstYear = static_cast<int>(dateOf(evidence.first()).year()) - kYearsBefore;
    const int lastYear = static_cast<int>(dateOf(evidence.last()).year()) + kYearsAfter;
    for (const auto day : seen) {
        if (named.contains(day)) continue;
        off[day] = "Day off";
        // A single Monday is a holiday of the region that comes again; other days off may have been storms.
        if (weekdayOf(day) != 0 || seen.contains(day + 1)) continue;
        for (int year = firstYear; year <= lastYear; ++year)
            if (const auto again = inYear(day, year); evidence.of(again) == DayOff::Unknown)
                off.try_emplace(again, "Day off");
    }
    for (const auto& [day, name] : off) calendar.holidays.emplace_back(isoDate(day), name);
    if (!report) return;
    for (const auto day : seen) report->seenHolidays.push_back(isoDate(day));
    report->refutedHolidays.assign(refuted.begin(), refuted.end());
}

}  // namespace

WorkCalendar fitCalendar(std::span<const SlaObservation> rows, const TimeZone& zone, std::span<const Holiday> holidays,
                         SlaFit* report) {
    WorkCalendar calendar;
    calendar.code = "fitted_hours";
    calendar.name = "Hours as the history shows them";
    calendar.timeZone = zone.name();
    auto h = readHistory(rows, zone);
    if (h.opens < 0) {
        for (auto& day : calendar.week) day.push_back({0, kDayMinutes});  // no office hours can be seen
        return calendar;
    }
    const auto weekdays = workingWeekdays(h);
    h.closes = closingOf(h, weekdays);
    if (h.closes <= h.opens) h.closes = kDayMinutes;
    for (const auto day : weekdays) calendar.week[static_cast<std::size_t>(day)].push_back({h.opens, h.closes});
    addHolidays(calendar, DayEvidence(h, weekdays), weekdays, holidays, report);
    return calendar;
}

}  // namespace wl::rules
