// SPDX-License-Identifier: GPL-3.0-or-later
// Opening hours and holidays of Port Linden. Holidays are made from their rules, so that any year has them.
#include <algorithm>
#include <chrono>
#include <format>

#include "engine/demo/demo_catalogue.hpp"

namespace wl::engine::demo {
namespace {

using namespace std::chrono;
using Holidays = std::vector<std::pair<std::string, std::string>>;

// Anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
sys_days easter(year y) {
    const int n = static_cast<int>(y);
    const int a = n % 19, b = n / 100, c = n % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int sum = h + l - 7 * m + 114;
    return sys_days{y / static_cast<int>(sum / 31) / (sum % 31 + 1)};
}

void add(Holidays& out, sys_days day, std::string name) {
    const year_month_day d{day};
    out.emplace_back(std::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                                 static_cast<unsigned>(d.day())),
                     std::move(name));
}
// A holiday that falls on a weekend is kept on the Monday after.
sys_days kept(sys_days day) {
    const weekday w{day};
    return w == Saturday ? day + days{2} : w == Sunday ? day + days{1} : day;
}

Holidays holidaysAround(Instant now) {
    const year_month_day today{floor<days>(sys_time<milliseconds>{milliseconds{now.ms}})};
    Holidays out;
    for (year y = today.year() - years{3}; y <= today.year() + years{1}; ++y) {
        add(out, kept(sys_days{y / January / 1}), "New Year's Day");
        add(out, sys_days{y / February / Monday[3]}, "Founders' Day");
        add(out, easter(y) - days{2}, "Good Friday");
        add(out, easter(y) + days{1}, "Easter Monday");
        add(out, sys_days{y / May / Monday[last]}, "Harbour Day");
        add(out, kept(sys_days{y / June / 24}), "Midsummer Day");
        add(out, sys_days{y / September / Monday[1]}, "Labour Day");
        add(out, sys_days{y / October / Monday[2]}, "Linden Day");
        const auto christmas = kept(sys_days{y / December / 25});
        add(out, christmas, "Christmas Day");
        add(out, kept(christmas + days{1}), "Boxing Day");
    }
    std::ranges::sort(out);
    return out;
}

rules::WorkCalendar calendar(std::string code, std::string name, std::array<std::vector<rules::WorkWindow>, 7> week,
                             Holidays holidays) {
    rules::WorkCalendar c;
    c.code = std::move(code);
    c.name = std::move(name);
    c.timeZone = kDemoTimeZone;
    c.week = std::move(week);
    c.holidays = std::move(holidays);
    return c;
}

}  // namespace

std::vector<rules::WorkCalendar> calendars(Instant now) {
    const std::vector<rules::WorkWindow> office{{8 * 60 + 30, 17 * 60}};
    const std::vector<rules::WorkWindow> early{{6 * 60, 14 * 60 + 30}};
    const std::vector<rules::WorkWindow> late{{8 * 60 + 30, 12 * 60}, {13 * 60, 22 * 60}};
    const std::vector<rules::WorkWindow> park{{7 * 60 + 30, 16 * 60}};
    const std::vector<rules::WorkWindow> shortDay{{8 * 60, 13 * 60}};
    const std::vector<rules::WorkWindow> round{{0, 1440}};
    const auto holidays = holidaysAround(now);
    return {
        calendar("weekdays", "Weekdays 08:30 to 17:00", {office, office, office, office, office, {}, {}}, holidays),
        calendar("collection", "Collection days, Saturday morning", {early, early, early, early, early, shortDay, {}},
                 holidays),
        calendar("parks", "Parks, with Saturday", {park, park, park, park, park, shortDay, {}}, holidays),
        calendar("enforcement", "Enforcement, Friday and Saturday late",
                 {office, office, office, office, late, late, {}}, holidays),
        calendar("round_the_clock", "Day and night", {round, round, round, round, round, round, round}, {}),
    };
}

}  // namespace wl::engine::demo
