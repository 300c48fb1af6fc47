// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/sla_fit.hpp"

#include <QTest>

#include <algorithm>

#include "rules/business_hours.hpp"
#include "rules/sla.hpp"

using namespace wl;
using namespace wl::rules;

namespace {

// A made-up office whose clocks and targets the fit has to find again.
struct Office {
    Office() {
        calendar.code = "real";
        calendar.timeZone = "America/New_York";
        for (std::size_t day = 0; day < 5; ++day) calendar.week[day].push_back({8 * 60 + 30, 17 * 60});
        calendar.holidays = {{"2015-01-01", "New Year"}, {"2015-02-16", "Presidents"}, {"2015-04-20", "Founders"}};
    }
    // `perDay` requests a day at odd minutes of the whole day, from 2015-01-01 for `days` days.
    void history(const std::string& service, const std::string& crew, SlaTarget target, int fromDay, int days,
                 int perDay) {
        const BusinessHours hours(calendar);
        for (int day = fromDay; day < fromDay + days; ++day)
            for (int i = 0; i < perDay; ++i) {
                const auto minute = (i * 1440 / perDay + day * 7) % 1440;
                const auto at = zone.toUtc(LocalTime::of(*parseIsoDate("2015-01-01") + day, minute * 60'000 + 17'000));
                rows.push_back({service, service, "group", "works", crew, crew, at,
                                dueAfter(at, target, &hours, zone)});
            }
    }
    WorkCalendar calendar;
    std::vector<SlaObservation> rows;
    const TimeZone& zone = *TimeZone::find("America/New_York");
};

CataloguePtr catalogueOf(const SlaFit& fit) { return Catalogue::build(fit.items()); }

}  // namespace

class SlaFitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsHoursWeekdaysAndDaysOff() {
        Office office;
        office.history("light", "north", {10, TargetUnit::BusinessDays}, 0, 150, 20);
        const std::vector<Holiday> region{{"2015-01-01", "New Year"},
                                          {"2015-02-16", "Presidents"},
                                          {"2015-03-17", "Not kept here"},
                                          {"2015-12-25", "Christmas"}};
        const auto fit = fitSla(office.rows, office.zone, region);
        for (std::size_t day = 0; day < 7; ++day) QCOMPARE(fit.calendar.week[day].size(), day < 5 ? 1U : 0U);
        QCOMPARE(fit.calendar.week[0][0].from, 510);
        QCOMPARE(fit.calendar.week[0][0].to, 1020);
        const auto off = [&](const char* date) {
            return std::ranges::any_of(fit.calendar.holidays, [&](const auto& h) { return h.first == date; });
        };
        QVERIFY(off("2015-01-01") && off("2015-02-16") && off("2015-04-20"));
        QVERIFY(off("2015-12-25"));   // nothing speaks against it
        QVERIFY(off("2016-04-18"));   // the third Monday of April again
        QVERIFY(!off("2015-03-17"));  // people worked
        QCOMPARE(fit.refutedHolidays, std::vector<std::string>{"Not kept here"});
    }

    void findsTargetsOfEveryKindAndTheirChanges() {
        Office office;
        office.history("light", "north", {10, TargetUnit::BusinessDays}, 0, 60, 20);
        office.history("light", "north", {3, TargetUnit::BusinessDays}, 60, 60, 20);
        office.history("light", "south", {45, TargetUnit::CalendarDays}, 0, 120, 5);
        office.history("leak", "north", {240, TargetUnit::BusinessMinutes}, 0, 120, 10);
        office.history("fire", "north", {120, TargetUnit::CalendarMinutes}, 0, 120, 10);
        const auto fit = fitSla(office.rows, office.zone, {});
        const auto score = scoreSla(office.rows, *catalogueOf(fit));
        QCOMPARE(score.rows, office.rows.size());
        QCOMPARE(score.matched, office.rows.size());
        std::size_t light = 0;
        for (const auto& p : fit.policies) light += p.policy.service == "light" && p.policy.crew != "south";
        QCOMPARE(light, 2U);
    }

    void aFewOddRowsMakeNoPolicy() {
        Office office;
        office.history("light", "north", {10, TargetUnit::BusinessDays}, 0, 100, 20);
        for (std::size_t i = 500; i < 503; ++i)
            office.rows[i].due = office.rows[i].requested + std::chrono::hours(24 * 77);
        const auto fit = fitSla(office.rows, office.zone, {});
        std::size_t service = 0;
        for (const auto& p : fit.policies) service += !p.policy.service.empty();
        QCOMPARE(service, 1U);
        const auto score = scoreSla(office.rows, *catalogueOf(fit));
        QCOMPARE(score.matched, office.rows.size() - 3);
        QCOMPARE(score.otherLength + score.other, 3U);
    }

    void holdsForRowsItHasNotSeen() {
        Office office, later;
        office.history("light", "north", {10, TargetUnit::BusinessDays}, 0, 90, 20);
        office.history("tree", "north", {365, TargetUnit::CalendarDays}, 0, 90, 5);
        later.history("light", "new crew", {10, TargetUnit::BusinessDays}, 90, 60,
                      20);  // over the change to summer time too
        later.history("tree", "north", {365, TargetUnit::CalendarDays}, 90, 60, 5);
        const std::vector<Holiday> region{{"2015-04-20", "Founders"}};
        const auto score = scoreSla(later.rows, *catalogueOf(fitSla(office.rows, office.zone, region)));
        QCOMPARE(score.matched, score.rows);
    }

    void nothingToLearnFromIsNoCrash() {
        const auto fit = fitSla({}, TimeZone::utc(), {});
        QVERIFY(fit.policies.empty());
        const std::vector<SlaObservation> senseless{{"a", "a", "", "", "", "", {2000}, {1000}},
                                                    {"a", "a", "", "", "", "", {1000}, {}}};
        QVERIFY(fitSla(senseless, TimeZone::utc(), {}).policies.empty());
        QCOMPARE(scoreSla(senseless, *Catalogue::build({})).matched, 0U);
    }
};

QTEST_GUILESS_MAIN(SlaFitTest)
#include "sla_fit_test.moc"
