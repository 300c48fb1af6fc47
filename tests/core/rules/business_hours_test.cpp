// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/business_hours.hpp"

#include <rapidcheck.h>

#include <QtTest>

#include "case_history.hpp"
#include "rules/sla.hpp"

using namespace wl;
using namespace wl::rules;
using namespace wl::rules::test;

namespace {

QString text(Instant at) { return at ? QString::fromStdString(isoInstant(at)) : QString(); }

// Named so that data rows can pick them.
WorkCalendar calendarNamed(const QByteArray& name) {
    auto c = office("UTC");
    if (name == "office") return c;
    if (name == "july 4") return c.holidays = {{"2025-07-04", "Independence Day"}}, c;
    if (name == "lunch") return c.week.fill({{480, 720}, {780, 1020}}), c;
    if (name == "nights") return c.week.fill({{1320, 1800}}), c.holidays = {{"2025-07-04", "No shift begins"}}, c;
    if (name == "berlin nights") return c.timeZone = "Europe/Berlin", c.week.fill({{1320, 1800}}), c;
    if (name == "berlin 2 to 3") return c.timeZone = "Europe/Berlin", c.week.fill({{120, 180}}), c;
    if (name == "short friday") return c.week[4] = {{510, 720}}, c;
    if (name == "late saturday") return c.week[5] = {{600, 900}}, c;
    if (name == "never") return c.week = {}, c;
    if (name == "overlapping") return c.week.fill({{480, 720}, {600, 1020}, {600, 700}}), c;
    return c;
}

}  // namespace

class BusinessHoursTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void due_data() {
        QTest::addColumn<QByteArray>("calendar");
        QTest::addColumn<QString>("start");
        QTest::addColumn<int>("amount");
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<QString>("due");
        const auto row = [](const char* name, const char* calendar, const char* start, int amount, const char* unit,
                            const char* due) {
            QTest::newRow(name) << QByteArray(calendar) << QString::fromLatin1(start) << amount << QByteArray(unit)
                                << QString::fromLatin1(due);
        };
        // 2025-07-01 is a Tuesday.
        row("within the day", "office", "2025-07-01T09:00:00Z", 60, "minutes", "2025-07-01T10:00:00Z");
        row("until closing is that closing", "office", "2025-07-01T16:00:00Z", 60, "minutes", "2025-07-01T17:00:00Z");
        row("a minute over goes to the morning", "office", "2025-07-01T16:00:00Z", 61, "minutes",
            "2025-07-02T08:31:00Z");
        row("asked at closing", "office", "2025-07-01T17:00:00Z", 1, "minutes", "2025-07-02T08:31:00Z");
        row("asked before opening", "office", "2025-07-01T06:00:00Z", 30, "minutes", "2025-07-01T09:00:00Z");
        row("over the weekend", "office", "2025-07-04T16:30:00Z", 60, "minutes", "2025-07-07T09:00:00Z");
        row("over a holiday", "july 4", "2025-07-03T16:30:00Z", 60, "minutes", "2025-07-07T09:00:00Z");
        row("over lunch", "lunch", "2025-07-01T11:30:00Z", 60, "minutes", "2025-07-01T13:30:00Z");
        row("seconds are kept", "office", "2025-07-01T16:59:59.5Z", 1, "minutes", "2025-07-02T08:30:59.500Z");
        row("a night belongs to its evening", "nights", "2025-07-03T23:00:00Z", 480, "minutes", "2025-07-05T23:00:00Z");
        row("windows that overlap count once", "overlapping", "2025-07-01T08:00:00Z", 540, "minutes",
            "2025-07-01T17:00:00Z");
        row("no hours, no due time", "never", "2025-07-01T08:00:00Z", 1, "minutes", "");
        row("the night that loses an hour", "berlin nights", "2025-03-29T21:00:00Z", 480, "minutes",
            "2025-03-30T21:00:00Z");
        row("the night that gains one", "berlin nights", "2025-10-25T20:00:00Z", 540, "minutes",
            "2025-10-26T05:00:00Z");
        row("a window that the jump swallows", "berlin 2 to 3", "2025-03-29T12:00:00Z", 1, "minutes",
            "2025-03-31T00:01:00Z");
        row("a window shown twice lasts two hours", "berlin 2 to 3", "2025-10-26T00:00:00Z", 120, "minutes",
            "2025-10-26T02:00:00Z");

        row("a business day", "office", "2025-07-01T09:15:00Z", 1, "days", "2025-07-02T09:15:00Z");
        row("days over the weekend", "office", "2025-07-04T09:15:00Z", 2, "days", "2025-07-08T09:15:00Z");
        row("days over a holiday", "july 4", "2025-07-03T09:15:00Z", 1, "days", "2025-07-07T09:15:00Z");
        row("asked in the evening", "office", "2025-07-01T20:00:00Z", 1, "days", "2025-07-03T08:30:00Z");
        row("asked on Sunday", "office", "2025-07-06T13:00:00Z", 10, "days", "2025-07-21T08:30:00Z");
        row("asked at closing counts as evening", "office", "2025-07-01T17:00:00Z", 1, "days", "2025-07-03T08:30:00Z");
        row("asked over lunch", "lunch", "2025-07-01T12:10:00Z", 1, "days", "2025-07-02T13:00:00Z");
        row("closing comes first", "short friday", "2025-07-03T15:00:00Z", 1, "days", "2025-07-04T12:00:00Z");
        row("not before opening", "late saturday", "2025-07-04T08:45:00Z", 1, "days", "2025-07-05T10:00:00Z");
        row("after midnight it is still the evening's day", "nights", "2025-07-02T02:00:00Z", 1, "days",
            "2025-07-03T02:00:00Z");
        row("no business day, no due time", "never", "2025-07-01T08:00:00Z", 1, "days", "");

        row("calendar minutes", "office", "2025-07-04T23:00:00Z", 120, "calendar minutes", "2025-07-05T01:00:00Z");
        row("calendar days", "office", "2025-07-04T23:00:00Z", 2, "calendar days", "2025-07-06T23:00:00Z");
        row("calendar days keep the time of day", "berlin nights", "2025-03-29T11:00:00Z", 1, "calendar days",
            "2025-03-30T10:00:00Z");
        row("calendar days onto a skipped time", "berlin nights", "2025-03-29T01:30:00Z", 1, "calendar days",
            "2025-03-30T01:00:00Z");
        row("calendar days onto a doubled time", "berlin nights", "2025-10-25T00:30:00Z", 1, "calendar days",
            "2025-10-26T00:30:00Z");
    }
    void due() {
        QFETCH(QByteArray, calendar);
        QFETCH(QString, start);
        QFETCH(int, amount);
        QFETCH(QByteArray, unit);
        QFETCH(QString, due);
        const auto c = calendarNamed(calendar);
        const SlaTarget target{amount, unit == "minutes"            ? TargetUnit::BusinessMinutes
                                       : unit == "days"             ? TargetUnit::BusinessDays
                                       : unit == "calendar minutes" ? TargetUnit::CalendarMinutes
                                                                    : TargetUnit::CalendarDays};
        const auto from = at(start.toStdString());
        QCOMPARE(text(dueAfter(from, target, &c)), due);
        const BusinessHours hours(c);
        QCOMPARE(text(dueAfter(from, target, &hours, TimeZone::utc())), due);
    }
    void withoutACalendarItIsAroundTheClock() {
        const auto from = at("2025-07-04T23:00:00Z");
        QCOMPARE(text(dueAfter(from, {90, TargetUnit::BusinessMinutes}, nullptr)),
                 QStringLiteral("2025-07-05T00:30:00Z"));
        QCOMPARE(text(dueAfter(from, {2, TargetUnit::BusinessDays}, nullptr)), QStringLiteral("2025-07-06T23:00:00Z"));
    }
    void openTimeBetween() {
        const auto c = office("UTC");
        using namespace std::chrono_literals;
        QCOMPARE(businessTimeBetween(at("2025-07-04T16:00:00Z"), at("2025-07-07T09:00:00Z"), c), Millis{90min});
        QCOMPARE(businessTimeBetween(at("2025-07-05T00:00:00Z"), at("2025-07-06T23:00:00Z"), c), Millis{0});
        QCOMPARE(businessTimeBetween(at("2025-07-07T09:00:00Z"), at("2025-07-04T16:00:00Z"), c), Millis{0});
        QCOMPARE(businessTimeBetween(at("2025-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"), c), Millis{261 * 510min});
        QCOMPARE(businessTimeBetween({-9'000'000'000'000'000'000}, {9'000'000'000'000'000'000}, calendarNamed("never")),
                 Millis{0});
    }
    void timeAfterAndBetweenAgree() {
        std::vector<BusinessHours> all;
        for (const char* name : {"office", "lunch", "nights", "berlin nights", "berlin 2 to 3", "overlapping"})
            all.emplace_back(calendarNamed(name), 2024, 2027);
        QVERIFY(rc::check("after() is the earliest instant by which the time was open", [&all] {
            const auto& hours = all[*rc::gen::inRange<std::size_t>(0, all.size())];
            const Instant start{1'735'700'000'000 + *rc::gen::inRange<std::int64_t>(0, 31'000'000'000)};
            const Millis open{*rc::gen::inRange<std::int64_t>(1, 400'000'000)};
            const auto end = hours.after(start, open);
            RC_ASSERT(hours.openBetween(start, end) == open);
            RC_ASSERT(hours.openBetween(start, end - Millis{1}) == open - Millis{1});
            const Instant middle{start.ms + *rc::gen::inRange<std::int64_t>(0, end.ms - start.ms + 1)};
            RC_ASSERT(hours.openBetween(start, middle) + hours.openBetween(middle, end) == open);
        }));
    }
    void outsideItsYearsNothingIsOpen() {
        const BusinessHours hours(office("UTC"), 2025, 2025);
        QVERIFY(!hours.after(at("2025-12-31T16:00:00Z"), std::chrono::hours{2}));
        QVERIFY(!hours.afterDays(at("2025-12-31T09:00:00Z"), 1));
        QCOMPARE(text(hours.after(at("2020-01-01T00:00:00Z"), std::chrono::hours{1})),
                 QStringLiteral("2025-01-01T09:30:00Z"));
        const auto c = office("UTC");
        QVERIFY(!dueAfter({5'000'000'000'000}, {1, TargetUnit::BusinessDays}, &c));  // the year 2128
    }
    void uselessWindowsAreLeftOut() {
        QVERIFY(usableWindows({{600, 600}, {700, 600}, {-5, 60}, {1440, 1500}, {0, 1441}}).empty());
        QCOMPARE(usableWindows({{700, 800}, {0, 1440}, {1439, 2879}}).front().from, 0);
        QCOMPARE(usableWindows(std::vector<WorkWindow>(1000, {1, 2})).size(), std::size_t{kMaxWindowsADay});
    }
};

QTEST_GUILESS_MAIN(BusinessHoursTest)
#include "business_hours_test.moc"
