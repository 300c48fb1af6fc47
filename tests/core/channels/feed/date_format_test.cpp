// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/date_format.hpp"

#include <rapidcheck.h>

#include <QDateTime>
#include <QTimeZone>
#include <QtTest>

using namespace wl;
using namespace wl::feed;

namespace {

DateReader reader(const std::vector<std::string>& formats, const std::string& zone = "America/New_York") {
    return *DateReader::of(formats, *LocalTime::of(zone));
}
QString utc(std::optional<Instant> at) {
    return at ? QDateTime::fromMSecsSinceEpoch(at->ms, QTimeZone::UTC).toString(Qt::ISODateWithMs)
              : QStringLiteral("-");
}

}  // namespace

class DateFormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* format, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(format) << QString::fromLatin1(text)
                                << QString::fromLatin1(expected);
        };
        row("offset", "iso", "2015-01-02T03:04:05-05:00", "2015-01-02T08:04:05.000Z");
        row("zulu, fraction", "iso", "2015-01-02T03:04:05.1239Z", "2015-01-02T03:04:05.123Z");
        row("offset without colon", "iso", "2015-01-02 03:04:05 +0530", "2015-01-01T21:34:05.000Z");
        row("hour offset", "iso", "2015-01-02T03:04+01", "2015-01-02T02:04:00.000Z");
        row("local winter", "iso", "2015-01-02T03:04:05", "2015-01-02T08:04:05.000Z");
        row("local summer", "iso", "2015-07-02 03:04:05.5", "2015-07-02T07:04:05.500Z");
        row("date alone", "iso", "2015-07-02", "2015-07-02T04:00:00.000Z");
        row("leap day", "iso", "2016-02-29T12:00:00Z", "2016-02-29T12:00:00.000Z");
        row("no leap day", "iso", "2015-02-29T12:00:00Z", "-");
        row("31 April", "iso", "2015-04-31", "-");
        row("month 13", "iso", "2015-13-01", "-");
        row("hour 24", "iso", "2015-01-01T24:00:00Z", "-");
        row("year 0001", "iso", "0001-01-01T00:00:00Z", "-");
        row("text behind", "iso", "2015-01-01T10:00:00Z!", "-");
        row("words", "iso", "yesterday", "-");
        row("nothing", "iso", "", "-");
        row("american", "%m/%d/%Y %I:%M:%S %p", "01/02/2015 12:20:09 AM", "2015-01-02T05:20:09.000Z");
        row("noon", "%m/%d/%Y %I:%M:%S %p", "7/2/2015 12:00:00 pm", "2015-07-02T16:00:00.000Z");
        row("american, 24 h for 12 h", "%m/%d/%Y %I:%M:%S %p", "01/02/2015 13:20:09 PM", "-");
        row("day and month swapped", "%m/%d/%Y %I:%M:%S %p", "13/02/2015 01:20:09 PM", "-");
        row("german", "%d.%m.%Y %H:%M", "2.1.2015 3:04", "2015-01-02T08:04:00.000Z");
        row("month name", "%d %b %Y", "02 January 2015", "2015-01-02T05:00:00.000Z");
        row("short month name", "%b %e, %y", "Jan  2, 15", "2015-01-02T05:00:00.000Z");
        row("weekday and offset", "%a, %d %b %Y %H:%M:%S %z", "Fri, 02 Jan 2015 03:04:05 +0000",
            "2015-01-02T03:04:05.000Z");
        row("last century", "%m/%d/%y", "01/02/99", "1999-01-02T05:00:00.000Z");
        row("epoch", "epoch", "1420167845", "2015-01-02T03:04:05.000Z");
        row("epoch ms", "epoch", "1420167845123", "2015-01-02T03:04:05.123Z");
        row("epoch as a float", "epoch", "1420167845.0", "2015-01-02T03:04:05.000Z");
        row("epoch zero", "epoch", "0", "-");
        row("epoch too far", "epoch", "99999999999", "-");
        // New York: clocks went from 02:00 to 03:00 on 2015-03-08 and from 02:00 back to 01:00 on 2015-11-01.
        row("before the spring jump", "iso", "2015-03-08T01:59:59", "2015-03-08T06:59:59.000Z");
        row("skipped by the clock", "iso", "2015-03-08T02:30:00", "2015-03-08T07:30:00.000Z");
        row("after the spring jump", "iso", "2015-03-08T03:00:00", "2015-03-08T07:00:00.000Z");
        row("shown twice: the first", "iso", "2015-11-01T01:30:00", "2015-11-01T05:30:00.000Z");
        row("after the autumn jump", "iso", "2015-11-01T02:00:00", "2015-11-01T07:00:00.000Z");
    }
    void reads() {
        QFETCH(QString, format);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(utc(reader({format.toStdString()}).read(text.toStdString())), expected);
    }
    void triesFormatsInTurn() {
        const DateReader dates = reader({"iso", "%m/%d/%Y", "epoch"}, "UTC");
        QCOMPARE(utc(dates.read("2015-01-02")), utc(dates.read("01/02/2015")));
        QCOMPARE(utc(dates.read("1420156800")), utc(dates.read("01/02/2015")));
    }
    void refusesFormatsItDoesNotKnow_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"%Q", "%", "rfc", "", "%Y-%"}) QTest::newRow(format) << QString::fromLatin1(format);
    }
    void refusesFormatsItDoesNotKnow() {
        QFETCH(QString, format);
        const auto made = DateReader::of({format.toStdString()}, *LocalTime::of("UTC"));
        QVERIFY(!made);
        QCOMPARE(made.error().code, std::string("mapping.dates"));
    }
    void refusesZonesThatDoNotExist() {
        QCOMPARE(LocalTime::of("America/Gotham").error().code, std::string("timezone.unknown"));
    }
    void localTimesAgreeWithQt() {
        for (const char* name : {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"}) {
            const LocalTime zone = *LocalTime::of(name);
            const QTimeZone qt{QByteArray(name)};
            QVERIFY(rc::check(std::string("an instant's local time gives the instant or its twin, ") + name, [&] {
                // 1971 to 2037: Qt and the table both hold every transition there.
                const qint64 seconds = *rc::gen::inRange<qint64>(31'536'000, 2'114'380'800);
                const qint64 offset = qt.offsetFromUtc(QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC));
                const Instant back = zone.toInstant((seconds + offset) * 1000);
                const qint64 backOffset = qt.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(back.ms, QTimeZone::UTC));
                RC_ASSERT(back.ms + backOffset * 1000 == (seconds + offset) * 1000);
                RC_ASSERT(back.ms <= seconds * 1000);
            }));
        }
    }
};

QTEST_GUILESS_MAIN(DateFormatTest)
#include "date_format_test.moc"
