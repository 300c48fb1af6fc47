// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/mapping.hpp"

#include <QtTest>

#include "domain/vocab.hpp"

using namespace wl;
using namespace wl::feed;

namespace {

constexpr const char* kLeast =
    "[feed]\nsource = s\n[fields]\nexternal_id = id\nservice_code = code\nrequested_datetime = at\n";

/// "code field detail", or "ok".
QByteArray outcome(const QByteArray& text) {
    const auto mapping = parseMapping(text.toStdString());
    if (mapping) return "ok";
    return QByteArray::fromStdString(mapping.error().code + " | " + mapping.error().field + " | " +
                                     mapping.error().detail);
}

}  // namespace

class MappingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEverything() {
        const auto m = parseMapping(R"(# a comment
[feed]
name      = A city      # another
source    = city
format    = csv
charset   = Latin-1
delimiter = tab
timezone  = Europe/Berlin
dates     = iso | %d.%m.%Y %H:%M
bounds    = 52.3, 13.0, 52.7, 13.8
location  = optional
clock_skew = 2 m
empty     = null, "n/a"

[fields]
external_id = Case #
service_name = Type
requested_datetime = Opened | Created
[status]
"on hold" = waiting:parts
done * = closed:fixed
* = new
)");
        QVERIFY2(m, m ? "" : m.error().detail.c_str());
        QCOMPARE(m->name, std::string("A city"));
        QCOMPARE(m->source, std::string("city"));
        QCOMPARE(m->read.format, Format::Csv);
        QCOMPARE(m->read.charset, Charset::Windows1252);
        QCOMPARE(m->read.delimiter, '\t');
        QCOMPARE(m->timeZone, std::string("Europe/Berlin"));
        QCOMPARE(m->dates, (std::vector<std::string>{"iso", "%d.%m.%Y %H:%M"}));
        QVERIFY(m->bounds->contains(52.5, 13.4) && !m->bounds->contains(13.4, 52.5));
        QVERIFY(!m->locationRequired);
        QCOMPARE(m->clockSkew.count(), 120'000);
        QCOMPARE(m->emptyWords, (std::vector<std::string>{"null", "n/a"}));
        QCOMPARE(m->statuses.find("ON  hold")->text, std::string("parts"));
        QCOMPARE(m->statuses.find("on hold")->code, static_cast<int>(Status::Waiting));
        QCOMPARE(m->statuses.find("Done by crew 7")->text, std::string("fixed"));
        QCOMPARE(m->statuses.find("whatever")->code, static_cast<int>(Status::New));
    }
    void saysWhatIsWrongAndWhere_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray least(kLeast);
        QTest::newRow("the least") << least << QByteArray("ok");
        // clang-format off
        QTest::newRow("no source") << QByteArray("[fields]\nexternal_id = a\n") << QByteArray("mapping.missing | source | ");
        QTest::newRow("no id") << QByteArray("[feed]\nsource=s\n[fields]\nservice_code=c\n") << QByteArray("mapping.missing | external_id | ");
        QTest::newRow("no service") << QByteArray("[feed]\nsource=s\n[fields]\nexternal_id=c\n") << QByteArray("mapping.missing | service_code | ");
        QTest::newRow("no date") << QByteArray("[feed]\nsource=s\n[fields]\nexternal_id=c\nservice_code=d") << QByteArray("mapping.missing | requested_datetime | ");
        QTest::newRow("section") << QByteArray("[feeds]\n") << QByteArray("mapping.section | feeds | 1: [feeds] (feed, fields, status, channel, priority, resolution)");
        QTest::newRow("before any section") << QByteArray("\na = b\n") << QByteArray("mapping.section |  | 2: a = b ([feed])");
        QTest::newRow("neither") << least + "just words\n" << QByteArray("mapping.line | fields | 7: just words (key = value)");
        QTest::newRow("key") << QByteArray("[feed]\nsauce = s\n") << QByteArray("mapping.key | feed | 2: sauce (name, source, format, charset, delimiter, timezone, dates, bounds, location, clock_skew, empty)");
        QTest::newRow("twice") << least + "external_id = b\n" << QByteArray("mapping.twice | external_id | 7: external_id");
        QTest::newRow("word twice") << least + "[status]\nOpen = new\nopen = closed\n" << QByteArray("mapping.twice | status | 9: open");
        QTest::newRow("format") << QByteArray("[feed]\nformat = xlsx\n") << QByteArray("mapping.value | format | 2: xlsx (csv, json, ndjson, auto)");
        QTest::newRow("bounds") << QByteArray("[feed]\nbounds = 1,2,3\n") << QByteArray("mapping.value | bounds | 2: 1,2,3 (south, west, north, east in degrees)");
        QTest::newRow("bounds upside down") << QByteArray("[feed]\nbounds = 3,2,1,4\n") << QByteArray("mapping.value | bounds | 2: 3,2,1,4 (south, west, north, east in degrees)");
        QTest::newRow("zone") << QByteArray("[feed]\ntimezone = Mars\n") << QByteArray("timezone.unknown | timezone | 2: Mars (America/New_York, Europe/Berlin, UTC, \xE2\x80\xA6)");
        QTest::newRow("dates") << QByteArray("[feed]\ndates = iso | %Q\n") << QByteArray("mapping.dates | dates | 2: %Q (iso, epoch or a pattern such as %m/%d/%Y %I:%M:%S %p)");
        QTest::newRow("status") << least + "[status]\nopen = opne\n" << QByteArray("mapping.value | status | 8: opne (new, acknowledged, assigned, in_progress, waiting, planned, work_done, closed; a reason may follow: closed:duplicate)");
        QTest::newRow("priority") << least + "[priority]\n1 = top\n" << QByteArray("mapping.value | priority | 8: top (low, normal, high, urgent)");
        QTest::newRow("open quote") << least + "title = \"{a}\n" << QByteArray("mapping.expression | title | 7: \"{a} (Column, a | b, \"{a}, {b}\", \"constant\", slug(a), whole(a, 5))");
        QTest::newRow("no expression") << least + "title =\n" << QByteArray("mapping.expression | title | 7:  (Column, a | b, \"{a}, {b}\", \"constant\", slug(a), whole(a, 5))");
        // clang-format on
    }
    void saysWhatIsWrongAndWhere() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(outcome(text), expected);
    }
    void expressions_data() {
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<QByteArray>("expected");
        // Columns: a = "1", b = "two", empty = "", name = "Street Lights (all)", zip = "2108.0"
        QTest::newRow("column") << QByteArray("b") << QByteArray("two");
        QTest::newRow("name in another spelling") << QByteArray("N_A M-E") << QByteArray("Street Lights (all)");
        QTest::newRow("first that is not empty") << QByteArray("empty | b | a") << QByteArray("two");
        QTest::newRow("constant") << QByteArray("\"open311 | x\"") << QByteArray("open311 | x");
        QTest::newRow("constant as a last resort") << QByteArray("empty | \"none\"") << QByteArray("none");
        QTest::newRow("template") << QByteArray("\"{a}, {b}\"") << QByteArray("1, two");
        QTest::newRow("template, first empty") << QByteArray("\"{empty}, {b}\"") << QByteArray("two");
        QTest::newRow("template, last empty") << QByteArray("\"{a} ({empty})\"") << QByteArray("1");
        QTest::newRow("template, middle empty") << QByteArray("\"{a}, {empty}, {b}!\"") << QByteArray("1, two!");
        QTest::newRow("template in front") << QByteArray("\"No. {a}\"") << QByteArray("No. 1");
        QTest::newRow("template of nothing") << QByteArray("\"No. {empty}\" | b") << QByteArray("two");
        QTest::newRow("slug") << QByteArray("slug(name)") << QByteArray("street_lights_all");
        QTest::newRow("slug of alternatives") << QByteArray("slug(empty | name)") << QByteArray("street_lights_all");
        QTest::newRow("slug of a template") << QByteArray("slug(\"{a} {b}\")") << QByteArray("1_two");
        QTest::newRow("whole") << QByteArray("whole(zip)") << QByteArray("2108");
        QTest::newRow("whole, padded") << QByteArray("whole(zip, 5)") << QByteArray("02108");
        QTest::newRow("whole of words") << QByteArray("whole(b, 5)") << QByteArray("two");
        QTest::newRow("nothing") << QByteArray("empty") << QByteArray("");
        QTest::newRow("bad: nested functions") << QByteArray("slug(whole(a))") << QByteArray("!");
        QTest::newRow("bad: bracket") << QByteArray("\"{a\"") << QByteArray("!");
        QTest::newRow("bad: empty part") << QByteArray("a |") << QByteArray("!");
    }
    void expressions() {
        QFETCH(QByteArray, expression);
        QFETCH(QByteArray, expected);
        ColumnSlots slots;
        const auto parsed = Expression::parse(expression.toStdString(), slots);
        if (!parsed) {
            QCOMPARE(QByteArray("!"), expected);
            return;
        }
        std::vector<std::string_view> values(slots.size());
        for (const auto& [name, value] :
             {std::pair{"a", "1"}, {"b", "two"}, {"name", "Street Lights (all)"}, {"zip", "2108.0"}})
            if (const int slot = slots.find(name); slot >= 0) values[static_cast<std::size_t>(slot)] = value;
        std::string scratch;
        QCOMPARE(QByteArray::fromStdString(std::string(parsed->evaluate(values, scratch))), expected);
    }
    void tellsWhichColumnsAFileLacks() {
        const auto mapping = parseMapping(std::string(kLeast) + "status = State\nservice_name = Type\n");
        ColumnTable columns;
        for (const char* name : {"ID", "type", "At"}) (void)columns.intern(name);
        QCOMPARE(missingColumns(*mapping, columns), std::vector<std::string>{"State"});
        (void)columns.intern(" state ");
        QCOMPARE(missingColumns(*mapping, columns), std::vector<std::string>{});
    }
    void shippedMappingsAreRight() {
        QStringList names;
        for (const ShippedMapping& shipped : shippedMappings()) {
            const auto mapping = loadMapping(std::string(shipped.name));
            QVERIFY2(mapping, mapping ? "" : (mapping.error().code + " " + mapping.error().detail).c_str());
            QCOMPARE(mapping->name, std::string(shipped.name));
            names << QString::fromUtf8(shipped.name.data(), static_cast<qsizetype>(shipped.name.size()));
        }
        for (const char* name : {"boston-open311", "boston-311-csv", "open311-georeport"})
            QVERIFY2(names.contains(QLatin1String(name)), name);
        QCOMPARE(loadMapping("no-such-city").error().code, std::string("mapping.unknown"));
    }
};

QTEST_GUILESS_MAIN(MappingTest)
#include "mapping_test.moc"
