// SPDX-License-Identifier: GPL-3.0-or-later
// Whole feeds of real cities: every row becomes a case or is refused for a reason that is named.
#include <QElapsedTimer>
#include <QtTest>

#include <map>

#include "channels/feed/reject_file.hpp"
#include "channels/feed/row_converter.hpp"
#include "feed_files.hpp"

using namespace wl;
using namespace wl::feed;

namespace {

struct Outcome {
    std::string error;
    std::uint64_t read{}, taken{}, withPlace{}, closed{}, resolved{}, due{};
    std::map<std::string, std::uint64_t> refused;
    UnmappedWords unmapped;
};

Outcome run(const std::string& path, const Mapping& mapping) {
    Outcome outcome;
    auto reader = openFeed(path, mapping.read);
    auto converter = RowConverter::of(mapping);
    if (!reader || !converter) {
        outcome.error = reader ? converter.error().code : reader.error().code;
        return outcome;
    }
    Record record;
    ImportedCase made;
    std::vector<RowProblem> problems;
    for (;;) {
        const auto more = (*reader)->next(record);
        if (!more) outcome.error = more.error().code + " " + more.error().detail;
        if (!more || !*more) break;
        ++outcome.read;
        if (!converter->convert(record, (*reader)->columns(), made, problems)) {
            for (const RowProblem& problem : problems) ++outcome.refused[problem.field + " " + problem.code];
            if (problems.empty()) outcome.error = "a row was refused without a reason";
            continue;
        }
        ++outcome.taken;
        outcome.withPlace += made.fields.find(CaseField::Position) != nullptr;
        outcome.due += made.fields.find(CaseField::DueOverride) != nullptr;
        outcome.closed += made.status == Status::Closed;
        outcome.resolved += !made.statusReason.empty();
    }
    outcome.unmapped = converter->unmapped();
    return outcome;
}

using Refused = std::map<std::string, std::uint64_t>;

void print(const Refused& refused) {
    for (const auto& [why, rows] : refused)
        qInfo("refused: %s in %llu rows", why.c_str(), static_cast<unsigned long long>(rows));
}

constexpr const char* kSanFrancisco = R"(
[feed]
source   = sf
timezone = America/Los_Angeles
bounds   = 37.6,-122.6,37.9,-122.3
empty    = null, true
[fields]
external_id        = service_request_id
service_code       = service_code
service_name       = service_name
address            = address
zipcode            = zipcode
lat                = lat
long               = lon
requested_datetime = requested_datetime
promised_datetime  = expected_datetime
status             = status
[status]
open = new
)";

}  // namespace

class RealFeedsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_data = test::realData();
        if (m_data.empty()) QSKIP("the folder of real feeds is not here (WARDLINE_DATA)");
    }
    void open311OfBoston() {
        const auto mapping = loadMapping("boston-open311");
        QVERIFY(mapping);
        QElapsedTimer timer;
        timer.start();
        const Outcome outcome = run(m_data + "/boston-open311/requests-2008-2016.ndjson.zst", *mapping);
        qInfo("%.0f rows/s read and converted",
              static_cast<double>(outcome.read) * 1e3 / static_cast<double>(timer.elapsed()));
        print(outcome.refused);
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(outcome.read, 138'736U);
        QCOMPARE(outcome.refused, (Refused{{"lat outside_bounds", 76}, {"closed_datetime closed_before_opened", 8}}));
        QCOMPARE(outcome.taken, 138'736U - 76 - 8);
        QCOMPARE(outcome.withPlace, outcome.taken);
        QVERIFY(outcome.unmapped.empty());
    }
    void casesOfBoston2015() {
        const auto mapping = loadMapping("boston-311-csv");
        QVERIFY(mapping);
        QElapsedTimer timer;
        timer.start();
        const Outcome outcome = run(m_data + "/boston-311-2015/jan-jun.csv.zst", *mapping);
        qInfo("%.0f rows/s read and converted",
              static_cast<double>(outcome.read) * 1e3 / static_cast<double>(timer.elapsed()));
        print(outcome.refused);
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(outcome.read, 58'119U);
        QCOMPARE(outcome.refused, (Refused{{"closed_datetime closed_before_opened", 84}}));
        QCOMPARE(outcome.taken, 58'119U - 84);
        // 8,752 rows have (0, 0) for a place, 14,527 no target: counted with another program.
        QVERIFY(outcome.withPlace <= 58'119U - 8'752 && outcome.withPlace >= 58'119U - 8'752 - 84);
        QVERIFY(outcome.due <= 58'119U - 14'527 && outcome.due >= 58'119U - 14'527 - 84);
        QVERIFY(outcome.closed <= 49'126U && outcome.closed >= 49'126U - 84);
        QVERIFY(outcome.unmapped.empty());
    }
    void sliceWithDuplicateKeysAndWordsForNothing() {
        const auto mapping = parseMapping(kSanFrancisco);
        QVERIFY(mapping);
        const Outcome outcome = run(m_data + "/open311/OpenServiceRequests_Slice.json", *mapping);
        print(outcome.refused);
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(outcome.read, 673U);
        QCOMPARE(outcome.taken, 673U);
        QCOMPARE(outcome.withPlace, 673U - 43);  // 0, 0
    }
    void publishedExamples() {
        const auto mapping = loadMapping("open311-georeport");
        QVERIFY(mapping);
        for (const char* name : {"json-service-request.json", "json-service-requests.json"}) {
            const Outcome outcome = run(m_data + "/open311/spec-examples/" + name, *mapping);
            print(outcome.refused);
            QCOMPARE(outcome.error, std::string());
            QVERIFY(outcome.read > 0);
            std::uint64_t refused = 0;
            for (const auto& [_, rows] : outcome.refused) refused += rows;
            QVERIFY(outcome.taken + refused >= outcome.read);
        }
    }

private:
    std::string m_data;
};

QTEST_GUILESS_MAIN(RealFeedsTest)
#include "real_feeds_test.moc"
