// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/time_zone.hpp"

#include <rapidcheck.h>

#include <QtTest>
#include <chrono>

using namespace wl;

namespace {

QString text(Instant at) { return QString::fromStdString(isoInstant(at)); }
LocalTime wall(int year, unsigned month, unsigned day, int hour, int minute) {
    return LocalTime::of(dayNumber(year, month, day).value(), (hour * 60 + minute) * 60'000);
}

}  // namespace

class TimeZoneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dates_data() {
        QTest::addColumn<QString>("date");
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("weekday");
        QTest::newRow("epoch, a Thursday") << "1970-01-01" << 0 << 3;
        QTest::newRow("the day before") << "1969-12-31" << -1 << 2;
        QTest::newRow("leap day") << "2024-02-29" << 19'782 << 3;
        QTest::newRow("a Monday") << "2025-03-31" << 20'178 << 0;
        QTest::newRow("a Sunday") << "2025-03-30" << 20'177 << 6;
        QTest::newRow("far back") << "0001-01-01" << -719'162 << 0;
    }
    void dates() {
        QFETCH(QString, date);
        QFETCH(int, number);
        QFETCH(int, weekday);
        QCOMPARE(parseIsoDate(date.toStdString()).value(), number);
        QCOMPARE(QString::fromStdString(isoDate(number)), date);
        QCOMPARE(weekdayOf(number), weekday);
        QCOMPARE(LocalTime::of(number).day(), number);
        QCOMPARE(LocalTime::of(number, LocalTime::kDayMs - 1).day(), number);
    }
    void refusesWhatIsNoDate_data() {
        QTest::addColumn<QByteArray>("date");
        for (const char* date :
             {"", "2025", "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00", "2025-1-1", "25-01-01", "2025/01/01",
              "2025-01-01 ", " 2025-01-01", "2025-01-01T", "-001-01-01", "2025-01-0a"})
            QTest::newRow(date) << QByteArray(date);
    }
    void refusesWhatIsNoDate() {
        QFETCH(QByteArray, date);
        QVERIFY(!parseIsoDate(date.toStdString()));
    }
    void instants_data() {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QString>("utc");
        QTest::newRow("utc") << QByteArray("2025-03-30T01:00:00Z") << "2025-03-30T01:00:00Z";
        QTest::newRow("east") << QByteArray("2025-03-30T01:00:00+02:00") << "2025-03-29T23:00:00Z";
        QTest::newRow("west") << QByteArray("2025-12-31T23:30:00-05:30") << "2026-01-01T05:00:00Z";
        QTest::newRow("milliseconds") << QByteArray("2025-03-30T01:00:00.25Z") << "2025-03-30T01:00:00.250Z";
        QTest::newRow("finer is cut") << QByteArray("2025-03-30T01:00:00.1239Z") << "2025-03-30T01:00:00.123Z";
        QTest::newRow("no seconds") << QByteArray("2025-03-30 01:02Z") << "2025-03-30T01:02:00Z";
        QTest::newRow("date alone") << QByteArray("2025-03-30") << "2025-03-30T00:00:00Z";
        QTest::newRow("before the epoch") << QByteArray("1969-12-31T23:59:59.999Z") << "1969-12-31T23:59:59.999Z";
        for (const char* bad :
             {"2025-03-30T", "2025-03-30T01:00:00", "2025-03-30T24:00:00Z", "2025-03-30T01:60:00Z",
              "2025-03-30T01:00:60Z", "2025-03-30T01:00:00.Z", "2025-03-30T01:00:00Zx", "2025-03-30T01:00:00+0200",
              "2025-02-30T01:00:00Z", "2025-03-30T1:00:00Z", "T01:00:00Z", "2025-03-30T01:00:00+02:"})
            QTest::newRow(bad) << QByteArray(bad) << QString();
    }
    void instants() {
        QFETCH(QByteArray, given);
        QFETCH(QString, utc);
        const auto at = parseIsoInstant(given.toStdString());
        QCOMPARE(at.has_value(), !utc.isEmpty());
        if (at) QCOMPARE(text(*at), utc);
    }

    void clockChanges_data() {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("utc");
        const auto row = [](const char* zone, const char* shown, const char* utc) {
            QTest::addRow("%s %s", zone, shown)
                << QByteArray(zone) << QString::fromLatin1(shown) << QString::fromLatin1(utc);
        };
        row("Europe/Berlin", "2025-03-30T01:59:00Z", "2025-03-30T00:59:00Z");
        row("Europe/Berlin", "2025-03-30T02:00:00Z", "2025-03-30T01:00:00Z");  // skipped: the instant of the jump
        row("Europe/Berlin", "2025-03-30T02:30:00Z", "2025-03-30T01:00:00Z");
        row("Europe/Berlin", "2025-03-30T03:00:00Z", "2025-03-30T01:00:00Z");
        row("Europe/Berlin", "2025-03-30T03:01:00Z", "2025-03-30T01:01:00Z");
        row("Europe/Berlin", "2025-10-26T01:59:00Z", "2025-10-25T23:59:00Z");
        row("Europe/Berlin", "2025-10-26T02:30:00Z", "2025-10-26T00:30:00Z");  // twice: the first
        row("Europe/Berlin", "2025-10-26T03:00:00Z", "2025-10-26T02:00:00Z");
        row("America/New_York", "2025-03-09T02:30:00Z", "2025-03-09T07:00:00Z");
        row("America/New_York", "2025-11-02T01:30:00Z", "2025-11-02T05:30:00Z");
        row("America/Havana", "2025-03-09T00:30:00Z", "2025-03-09T05:00:00Z");  // midnight itself is skipped
        row("Australia/Lord_Howe", "2025-10-05T02:10:00Z", "2025-10-04T15:30:00Z");  // half an hour
        row("Asia/Kolkata", "2025-10-05T02:10:00Z", "2025-10-04T20:40:00Z");
    }
    void clockChanges() {
        QFETCH(QByteArray, zone);
        QFETCH(QString, shown);
        QFETCH(QString, utc);
        const auto* z = TimeZone::find(zone.toStdString());
        QVERIFY(z != nullptr);
        QCOMPARE(text(z->toUtc({parseIsoInstant(shown.toStdString()).value().ms})), utc);
    }
    void agreesWithTheStandardLibrary() {
        for (const char* name :
             {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "US/Pacific"}) {
            const auto* ours = TimeZone::find(name);
            QVERIFY(ours != nullptr);
            const auto* theirs = std::chrono::locate_zone(name);
            for (std::int64_t minute = 0; minute < 4'102'444'800 / 60; minute += 7'919) {
                const std::chrono::sys_seconds at{std::chrono::minutes{minute}};
                const Instant instant{minute * 60'000};
                QCOMPARE(ours->toLocal(instant).ms / 1000, theirs->to_local(at).time_since_epoch().count());
            }
        }
    }
    void mapsBackAndNeverBackwards() {
        const auto* zone = TimeZone::find("Europe/Berlin");
        QVERIFY(rc::check("the first instant that shows the time or later", [zone] {
            const auto near = *rc::gen::element<std::int64_t>(1'743'296'400'000, 1'761'440'400'000, 1'750'000'000'000);
            const LocalTime shown{near + *rc::gen::inRange<std::int64_t>(-10'000'000, 10'000'000)};
            const auto at = zone->toUtc(shown);
            RC_ASSERT(zone->toLocal(at) >= shown);
            RC_ASSERT(zone->toLocal(at - Millis{1}) < shown);
            RC_ASSERT(zone->toUtc({shown.ms + 1}) >= at);
        }));
    }
    void outsideItsYearsTheNearestOffsetHolds() {
        const auto* zone = TimeZone::find("Europe/Berlin");
        QCOMPARE(zone->offsetAt({-1'000'000'000'000}), Millis{3'600'000});
        QCOMPARE(zone->offsetAt({9'000'000'000'000}), Millis{3'600'000});
        QCOMPARE(zone->toUtc({9'000'000'000'000}).ms, 9'000'000'000'000 - 3'600'000);
    }
    void knowsWhatItDoesNotKnow() {
        QVERIFY(TimeZone::find("Atlantis/Capital") == nullptr);
        QVERIFY(TimeZone::find("") == nullptr);
        QVERIFY(TimeZone::find("../../etc/passwd") == nullptr);
        QCOMPARE(TimeZone::find("Europe/Berlin"), TimeZone::find("Europe/Berlin"));
        QVERIFY(TimeZone::find("UTC") != nullptr);
        QCOMPARE(TimeZone::utc().toUtc(wall(2025, 3, 30, 2, 30)).ms, wall(2025, 3, 30, 2, 30).ms);
    }
};

QTEST_GUILESS_MAIN(TimeZoneTest)
#include "time_zone_test.moc"
