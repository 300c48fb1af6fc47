// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/row_converter.hpp"

#include <QDateTime>
#include <QtTest>

#include "channels/feed/reject_file.hpp"
#include "feed_files.hpp"

using namespace wl;
using namespace wl::feed;

namespace {

constexpr const char* kMapping = R"(
[feed]
source   = town
timezone = America/New_York
dates    = iso | %m/%d/%Y %I:%M:%S %p
bounds   = 42, -72, 43, -70
empty    = null
[fields]
external_id = id
service_code = code
service_name = name
service_group = group
department = dept
department_name = deptname
title = title
description = text
address = addr
zipcode = zip
lat = lat
long = long
position = pos
area = slug(area)
requested_datetime = opened
updated_datetime = updated
closed_datetime = closed
acknowledged_datetime = seen
due = due
status = status
status_notes = notes
pause_reason = why
resolution = notes
channel = channel
priority = prio
crew = slug(crew)
crew_name = crew
requester_name = who
requester_phone = phone
requester_email = mail
[status]
Open = new
In Progress = in_progress
On hold = waiting
Done = work_done
Closed = closed
Merged = closed:duplicate
[channel]
Call = phone
[priority]
1 = urgent
[resolution]
*no such place* = not_found
)";
constexpr const char* kGood =
    R"("id":"7","code":"P1","opened":"2015-01-02T10:00:00Z","status":"open","addr":"1 Main St")";

/// The problems of one row as "field code value; …", or the case.
struct Outcome {
    QByteArray problems;
    ImportedCase made;
    UnmappedWords unmapped;
};

Outcome convert(const std::string& json, const std::string& mappingText = kMapping, Instant now = {}) {
    test::FeedFolder folder;
    const auto mapping = parseMapping(mappingText);
    if (!mapping) return {QByteArray::fromStdString(mapping.error().detail), {}, {}};
    auto reader = openFeed(folder.write("f", json), {});
    auto converter = RowConverter::of(*mapping, now);
    Record record;
    Outcome outcome;
    std::vector<RowProblem> problems;
    if (!reader || !(*reader)->next(record)) return {"no row", {}, {}};
    if (!converter->convert(record, (*reader)->columns(), outcome.made, problems) && problems.empty())
        outcome.problems = "no reason";
    for (const RowProblem& p : problems)
        outcome.problems += (outcome.problems.isEmpty() ? "" : "; ") +
                            QByteArray::fromStdString(p.field + " " + p.code + " " + p.value);
    outcome.unmapped = converter->unmapped();
    return outcome;
}

QByteArray text(const ImportedCase& c, CaseField field) {
    const Value* value = c.fields.find(field);
    return value ? QByteArray::fromStdString(asText(*value)) : QByteArray("-");
}
qint64 number(const ImportedCase& c, CaseField field) {
    const Value* value = c.fields.find(field);
    return value ? asInt(*value) : -1;
}
qint64 ms(const char* iso) { return QDateTime::fromString(QLatin1String(iso), Qt::ISODate).toMSecsSinceEpoch(); }

}  // namespace

class RowConverterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fillsEveryField() {
        const Outcome o =
            convert(R"({"id":"7","code":"P1","name":"Pothole","group":"Roads","dept":"PW","deptname":"Public Works",
            "title":"A  hole","text":"deep\r\nand wide","addr":"1 Main St  Town","zip":2108,"lat":42.5,"long":"-71.25","area":"Jamaica Plain",
            "opened":"01/02/2015 10:00:00 AM","updated":"2015-01-04T00:00:00Z","closed":"2015-01-03T09:00:00-05:00","seen":"2015-01-02T15:30:00Z",
            "due":"2015-01-10","status":"CLOSED","notes":"There is no such place.","channel":"call","prio":1,"crew":"Night crew 2",
            "who":"Ana Example","phone":"555 0100","mail":"Ana@Example.org"})");
        QCOMPARE(o.problems, QByteArray());
        const ImportedCase& c = o.made;
        QCOMPARE(c.externalId, std::string("7"));
        QCOMPARE(text(c, CaseField::Service), QByteArray("P1"));
        QCOMPARE(c.service.name, std::string("Pothole"));
        QCOMPARE(c.serviceGroup, std::string("Roads"));
        QCOMPARE(text(c, CaseField::Department), QByteArray("PW"));
        QCOMPARE(c.department.name, std::string("Public Works"));
        QCOMPARE(text(c, CaseField::Crew), QByteArray("night_crew_2"));
        QCOMPARE(c.crew.name, std::string("Night crew 2"));
        QCOMPARE(text(c, CaseField::Title), QByteArray("A hole"));
        QCOMPARE(text(c, CaseField::Description), QByteArray("deep\nand wide"));
        QCOMPARE(text(c, CaseField::Address), QByteArray("1 Main St Town"));
        QCOMPARE(text(c, CaseField::Zipcode), QByteArray("2108"));
        QCOMPARE(text(c, CaseField::Area), QByteArray("jamaica_plain"));
        QCOMPARE(std::get<GeoPoint>(*c.fields.find(CaseField::Position)), GeoPoint::of(42.5, -71.25));
        QCOMPARE(number(c, CaseField::RequestedAt), ms("2015-01-02T15:00:00Z"));
        QCOMPARE(number(c, CaseField::DueOverride), ms("2015-01-10T05:00:00Z"));
        QCOMPARE(number(c, CaseField::FirstChannel), static_cast<qint64>(Channel::Phone));
        QCOMPARE(number(c, CaseField::Priority), static_cast<qint64>(Priority::Urgent));
        QCOMPARE(c.status, Status::Closed);
        QCOMPARE(c.statusReason, std::string("not_found"));
        QCOMPARE(c.statusNote, std::string("There is no such place."));
        QCOMPARE(c.closedAt.ms, ms("2015-01-03T14:00:00Z"));
        QCOMPARE(c.statusAt.ms, c.closedAt.ms);
        QCOMPARE(c.acknowledgedAt.ms, ms("2015-01-02T15:30:00Z"));
        QCOMPARE(c.updatedAt.ms, ms("2015-01-04T00:00:00Z"));
        QCOMPARE(c.requesterName + c.requesterPhone + c.requesterEmail,
                 std::string("Ana Example555 0100Ana@Example.org"));
        for (const auto& [id, value] : c.fields)
            QVERIFY2(fits(kCaseFields[id - 1U].type, value), kCaseFields[id - 1U].name.data());
    }
    void refuses_data() {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* json, const char* expected) {
            QTest::newRow(name) << QByteArray(json) << QByteArray(expected);
        };
        row("good", R"({"id":"7","code":"P1","opened":"2015-01-02T10:00:00Z","status":"open","addr":"1 Main St"})", "");
        row("no id", R"({"code":"P1","opened":"2015-01-02T10:00:00Z","status":"open","addr":"a"})",
            "external_id missing ");
        row("word for nothing as id",
            R"({"id":"NULL","code":"P1","opened":"2015-01-02T10:00:00Z","status":"open","addr":"a"})",
            "external_id missing ");
        row("no service", R"({"id":"7","opened":"2015-01-02T10:00:00Z","status":"open","addr":"a"})",
            "service_code missing ");
        row("service by name",
            R"({"id":"7","name":"Street Lights","opened":"2015-01-02T10:00:00Z","status":"open","addr":"a"})", "");
        row("no date", R"({"id":"7","code":"P1","status":"open","addr":"a"})", "requested_datetime missing ");
        // clang-format off
        row("impossible date", R"({"id":"7","code":"P1","opened":"2015-02-30","status":"open","addr":"a"})", "requested_datetime impossible_date 2015-02-30");
        row("impossible update", R"({"id":"7","code":"P1","opened":"2015-02-03","updated":"soon","status":"open","addr":"a"})", "updated_datetime impossible_date soon");
        row("impossible due", R"({"id":"7","code":"P1","opened":"2015-02-03","due":"31/31/2015","status":"open","addr":"a"})", "due impossible_date 31/31/2015");
        row("opened in the future", R"({"id":"7","code":"P1","opened":"2031-01-01","status":"open","addr":"a"})", "requested_datetime impossible_date 2031-01-01");
        row("due in the future", R"({"id":"7","code":"P1","opened":"2015-02-03","due":"2031-01-01","status":"open","addr":"a"})", "");
        row("closed before opened", R"({"id":"7","code":"P1","opened":"2015-02-03","closed":"2015-02-02","status":"closed","addr":"a"})", "closed_datetime closed_before_opened 2015-02-02");
        row("closed at once", R"({"id":"7","code":"P1","opened":"2015-02-03","closed":"2015-02-03","status":"closed","addr":"a"})", "");
        row("closed without date", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"Closed","addr":"a"})", "closed_datetime closed_without_date ");
        row("done without date", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"Done","addr":"a"})", "closed_datetime closed_without_date ");
        row("closed on an impossible date", R"({"id":"7","code":"P1","opened":"2015-02-03","closed":"x","status":"closed","addr":"a"})", "closed_datetime impossible_date x");
        row("open with a closing date", R"({"id":"7","code":"P1","opened":"2015-02-03","closed":"2015-01-01","status":"open","addr":"a"})", "");
        row("unknown status", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"frozen","addr":"a"})", "status unknown_status frozen");
        // clang-format on
        row("no status", R"({"id":"7","code":"P1","opened":"2015-02-03","addr":"a"})", "status missing ");
        // clang-format off
        row("words for coordinates", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":"north","long":-71})", "lat not_a_number north");
        row("half a number", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":42.1,"long":"-71.0 W"})", "long not_a_number -71.0 W");
        row("not finite", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":"nan","long":"inf"})", "lat not_a_number nan");
        row("swapped", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":-71.1,"long":42.3})", "lat swapped_coordinates -71.1, 42.3");
        row("outside", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":41.9,"long":-71.1,"addr":"a"})", "lat outside_bounds 41.9, -71.1");
        row("off the globe", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":4230,"long":-71.1})", "lat outside_bounds 4230, -71.1");
        row("one zero", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":0,"long":-71.1,"addr":"a"})", "lat outside_bounds 0, -71.1");
        row("zeros and an address", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":0,"long":0.0,"addr":"a"})", "");
        row("zeros alone", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":0,"long":0})", "address location_missing ");
        row("one coordinate and an address", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":42.3,"addr":"a"})", "");
        row("no place at all", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open"})", "address location_missing ");
        row("one column for both", R"j({"id":"7","code":"P1","opened":"2015-02-03","status":"open","pos":"(42.3, -71.1)"})j", "");
        row("one column, outside", R"j({"id":"7","code":"P1","opened":"2015-02-03","status":"open","pos":"POINT (-61.1 42.3)"})j", "position outside_bounds 42.3, -61.1");
        row("one column, words", R"j({"id":"7","code":"P1","opened":"2015-02-03","status":"open","pos":"downtown"})j", "position not_a_number downtown");
        row("decimal comma", R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":"42,3","long":"-71,1"})", "");
        row("several", R"({"code":"P1","opened":"never","status":"?","addr":"a"})", "external_id missing ; requested_datetime impossible_date never; status unknown_status ?");
        // clang-format on
        row("not JSON", R"({"id":"7","code":})", " malformed_json");
    }
    void refuses() {
        QFETCH(QByteArray, row);
        QFETCH(QByteArray, expected);
        const Outcome o = convert(row.toStdString(), kMapping, {ms("2030-01-01T00:00:00Z")});
        if (expected == " malformed_json") QVERIFY2(o.problems.startsWith(expected), o.problems.constData());
        else QCOMPARE(o.problems, expected);
    }
    void refusesTextThatNoOpHolds() {
        const std::string row = std::string("{") + kGood + ",\"text\":\"" + std::string(70000, 'x') + "\"}";
        QCOMPARE(convert(row).problems, QByteArray("description text_too_long 70000"));
        const std::string note = std::string("{") + kGood + ",\"notes\":\"" + std::string(65000, 'x') + "\"}";
        QCOMPARE(convert(note).problems, QByteArray("status_notes text_too_long 65000"));
    }
    void takesClosingsWithinTheClockSkew() {
        std::string mapping(kMapping);
        mapping.replace(mapping.find("empty "), 0, "clock_skew = 30\n");
        const std::string row =
            R"({"id":"7","code":"P1","opened":"2015-02-03T10:00:30Z","closed":"2015-02-03T10:00:00Z","status":"closed","addr":"a"})";
        QCOMPARE(convert(row, mapping).problems, QByteArray());
        QCOMPARE(convert(row, mapping).made.closedAt.ms, ms("2015-02-03T10:00:30Z"));
        QVERIFY(!convert(row).problems.isEmpty());
    }
    void takesRowsWithoutAPlaceWhereTheMappingSaysSo() {
        std::string mapping(kMapping);
        mapping.replace(mapping.find("empty "), 0, "location = optional\n");
        const Outcome o =
            convert(R"({"id":"7","code":"P1","opened":"2015-02-03","status":"open","lat":0,"long":0})", mapping);
        QCOMPARE(o.problems, QByteArray());
        QVERIFY(o.made.fields.find(CaseField::Position) == nullptr);
    }
    void statusesCarryTheirReason_data() {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("merged") << QByteArray(R"("status":"merged","closed":"2015-02-01","notes":"no such place")")
                                << static_cast<int>(Status::Closed) << QByteArray("duplicate");
        QTest::newRow("closed, words not known")
            << QByteArray(R"("status":"closed","closed":"2015-02-01","notes":"ok")") << static_cast<int>(Status::Closed)
            << QByteArray("");
        QTest::newRow("waiting") << QByteArray(R"("status":"on hold","why":"Needs Parts")")
                                 << static_cast<int>(Status::Waiting) << QByteArray("needs_parts");
        QTest::newRow("done") << QByteArray(R"("status":"done","closed":"2015-02-01")")
                              << static_cast<int>(Status::WorkDone) << QByteArray("");
    }
    void statusesCarryTheirReason() {
        QFETCH(QByteArray, members);
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        const Outcome o =
            convert(R"({"id":"7","code":"P1","opened":"2015-01-02","addr":"a",)" + members.toStdString() + "}");
        QCOMPARE(o.problems, QByteArray());
        QCOMPARE(static_cast<int>(o.made.status), status);
        QCOMPARE(QByteArray::fromStdString(o.made.statusReason), reason);
        QCOMPARE(static_cast<bool>(o.made.workDoneAt), status == static_cast<int>(Status::WorkDone));
    }
    void wordsWithoutMeaningAreToldButTaken() {
        const Outcome o = convert(std::string("{") + kGood + R"(,"channel":"pigeon","prio":"9"})");
        QCOMPARE(o.problems, QByteArray());
        QCOMPARE(number(o.made, CaseField::FirstChannel), static_cast<qint64>(Channel::Import));
        QCOMPARE(number(o.made, CaseField::Priority), -1);
        QCOMPARE(o.unmapped, (UnmappedWords{{{"channel", "pigeon"}, 1}, {{"priority", "9"}, 1}}));
    }
    void rejectedRowsCanBeRepairedAndReadAgain() {
        test::FeedFolder folder;
        const auto mapping = parseMapping(kMapping);
        const auto in = folder.write(
            "f.csv", "id,code,opened,status,addr\n1,P,2015-02-30,open,\"a \"\"b\"\"\nc\"\n2,P,x,frozen,a\n3,P\n");
        RejectFile rejects(RejectFile::besides(in));
        auto reader = openFeed(in, {});
        auto converter = RowConverter::of(*mapping);
        Record record;
        ImportedCase made;
        std::vector<RowProblem> problems;
        while (*(*reader)->next(record))
            if (!converter->convert(record, (*reader)->columns(), made, problems))
                QVERIFY(rejects.add(record, (*reader)->columns(), problems));
        QVERIFY(rejects.close());
        QCOMPARE(rejects.rows(), 3U);
        QCOMPARE(QByteArray::fromStdString(test::rowsOf(rejects.path())),
                 QByteArray("2: row=2 field=requested_datetime reason=impossible_date value=2015-02-30 id=1 code=P "
                            "opened=2015-02-30 status=open addr=a \"b\"\nc\n"
                            "4: row=4 field=requested_datetime; status reason=impossible_date; unknown_status value=x; "
                            "frozen id=2 code=P opened=x status=frozen addr=a\n"
                            "5: row=5 field= reason=wrong_column_count value=2/5 id=3 code=P !wrong_column_count\n"));
    }
    void aCleanImportLeavesNoRejectFile() {
        test::FeedFolder folder;
        RejectFile rejects(folder.path("none.csv"));
        QVERIFY(rejects.close());
        QVERIFY(!std::filesystem::exists(rejects.path()));
    }
};

QTEST_GUILESS_MAIN(RowConverterTest)
#include "row_converter_test.moc"
