// SPDX-License-Identifier: GPL-3.0-or-later
// wardline-holidays: the public holidays of a region, or the all-day events of an iCalendar file, one
// "YYYY-MM-DD<tab>name" a line. A program of its own so that wardlinectl can ask without linking Qt.
#include <CLI/CLI.hpp>
#include <KHolidays/HolidayRegion>
#include <QDate>
#include <QLocale>
#include <QTimeZone>
#include <libical/ical.h>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

namespace {

struct Days {
    std::set<std::pair<QDate, std::string>> found;
    std::string name;
};

// Recurring ones are laid out by the library; the days of an event are [start, end).
void note(icalcomponent*, icaltime_span* span, void* data) {
    auto& days = *static_cast<Days*>(data);
    const auto first = QDateTime::fromSecsSinceEpoch(span->start, QTimeZone::utc()).date();
    const auto end = QDateTime::fromSecsSinceEpoch(span->end, QTimeZone::utc()).date();
    auto date = first;
    do {
        days.found.emplace(date, days.name);
        date = date.addDays(1);
    } while (date < end && first.daysTo(date) < 366);
}

bool badYears(int from, int to) {
    if (from >= 1900 && to >= from && to <= 2200) return false;
    std::fprintf(stderr, "wardline-holidays: years from 1900 to 2200 are known\n");
    return true;
}

int printCalendar(const std::string& file, int from, int to) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)> calendar(
        in ? icalparser_parse_string(text.c_str()) : nullptr, &icalcomponent_free);
    if (!calendar || icalcomponent_isa(calendar.get()) == ICAL_NO_COMPONENT) {
        std::fprintf(stderr, "wardline-holidays: %s is no iCalendar file that can be read\n", file.c_str());
        return 2;
    }
    Days days;
    int timed = 0;
    const auto begin = icaltime_from_day_of_year(1, from), end = icaltime_from_day_of_year(1, to + 1);
    auto* root = calendar.get();
    const auto takeFrom = [&](icalcomponent* box) {
        for (auto* event = icalcomponent_get_first_component(box, ICAL_VEVENT_COMPONENT); event != nullptr;
             event = icalcomponent_get_next_component(box, ICAL_VEVENT_COMPONENT)) {
            if (!icaltime_is_date(icalcomponent_get_dtstart(event))) {
                ++timed;
                continue;
            }
            const auto* summary = icalcomponent_get_summary(event);
            days.name = summary != nullptr ? summary : "";
            for (auto& c : days.name)
                if (c == '\n' || c == '\t') c = ' ';
            icalcomponent_foreach_recurrence(event, begin, end, note, &days);
        }
    };
    takeFrom(root);  // a file may hold several calendars
    for (auto* inner = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT); inner != nullptr;
         inner = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
        takeFrom(inner);
    for (const auto& [date, name] : days.found)
        if (date.year() >= from && date.year() <= to)
            std::printf("%s\t%s\n", qPrintable(date.toString(Qt::ISODate)), name.c_str());
    if (timed > 0) std::fprintf(stderr, "%d events with a time of day are no holidays and were left out\n", timed);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Prints the public holidays of a region", "wardline-holidays");
    std::string region, zone, calendar;
    int from = 0, to = 0;
    bool list = false;
    app.add_option("--region", region, "Region code, as us_en-us");
    app.add_option("--zone", zone, "Time zone whose country's region is taken, as America/New_York");
    app.add_option("--ical", calendar, "An iCalendar file: its all-day events are taken, recurring ones too");
    app.add_option("--from", from, "First year");
    app.add_option("--to", to, "Last year");
    app.add_flag("--list", list, "Print the codes of all regions instead");
    CLI11_PARSE(app, argc, argv);
    if (list) {
        for (const auto& code : KHolidays::HolidayRegion::regionCodes())
            std::printf("%s\t%s\n", qPrintable(code), qPrintable(KHolidays::HolidayRegion::name(code)));
        return 0;
    }
    if (!calendar.empty()) return badYears(from, to) ? 2 : printCalendar(calendar, from, to);
    auto code = QString::fromStdString(region);
    if (code.isEmpty()) {
        const QTimeZone known(QByteArray::fromStdString(zone));
        if (known.isValid())
            code = KHolidays::HolidayRegion::defaultRegionCode(QLocale::territoryToCode(known.territory()));
    }
    if (code.isEmpty() || !KHolidays::HolidayRegion::isValid(code)) {
        std::fprintf(stderr, "wardline-holidays: no region %s: --list names all\n",
                     region.empty() ? zone.c_str() : region.c_str());
        return 2;
    }
    if (badYears(from, to)) return 2;
    const KHolidays::HolidayRegion days(code);
    for (const auto& day : days.rawHolidays(QDate(from, 1, 1), QDate(to, 12, 31)))
        if (day.dayType() == KHolidays::Holiday::NonWorkday && day.categoryList().contains(QStringLiteral("public")))
            for (auto date = day.observedStartDate(); date <= day.observedEndDate(); date = date.addDays(1))
                std::printf("%s\t%s\n", qPrintable(date.toString(Qt::ISODate)), day.name().toUtf8().constData());
    return 0;
}
