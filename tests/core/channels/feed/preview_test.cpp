// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/preview.hpp"

#include <QtTest>

#include "feed_files.hpp"

using namespace wl;
using namespace wl::feed;

namespace {

constexpr const char* kFeed = "Case ID;Type;Opened;Closed Date;Status;Street Address;Latitude;Longitude;Queue\n"
                              "1;Street Lights;2015-01-02;2015-01-03;Closed;1 Main St;42.3;-71.1;North crew\n"
                              "2;Street Lights;2015-01-02;;Open;2 Main St;42.3;-71.1;North crew\n"
                              "3;Potholes;01/02/2015 10:00:00 AM;;In progress;3 Main St;;;South crew\n"
                              "4;Potholes;never;;Open;4 Main St;42.3;-71.1;South crew\n";

}  // namespace

class PreviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsColumnsRowsAndWords() {
        const auto preview = previewFeed(m_folder.write("f", kFeed), {}, 3);
        QVERIFY(preview);
        QCOMPARE(preview->found.format, Format::Csv);
        QCOMPARE(preview->found.delimiter, ';');
        QCOMPARE(preview->columns.size(), 9U);
        QCOMPARE(preview->rows.size(), 3U);
        QCOMPARE(preview->rows[1][5], std::string("2 Main St"));
        QCOMPARE(preview->words[1], (std::map<std::string, std::uint64_t>{{"Potholes", 1}, {"Street Lights", 2}}));
    }
    void theSuggestedMappingTakesWhatIsGood() {
        const auto path = m_folder.write("f", kFeed);
        const std::string text = suggestMapping(*previewFeed(path, {}), "town", "America/New_York");
        const auto mapping = parseMapping(text);
        QVERIFY2(mapping, (mapping ? std::string() : mapping.error().detail + text).c_str());
        const auto trial = tryMapping(path, *mapping, {});
        QVERIFY(trial);
        QCOMPARE(trial->taken, 3U);
        QCOMPARE(trial->refused, 1U);
        QCOMPARE(trial->reasons, (std::map<std::string, std::uint64_t>{{"impossible_date", 1}}));
        QCOMPARE(trial->examples.front(), (RowProblem{5, "requested_datetime", "never", "impossible_date"}));
        QCOMPARE(tryMapping(path, *mapping, {}, 2)->read, 2U);
    }
    void jsonRowsWithDifferentMembersLineUp() {
        const auto preview = previewFeed(m_folder.write("f", "{\"a\":1}\n{\"b\":2,\"a\":3}\n"), {});
        QCOMPARE(preview->columns, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(preview->rows, (std::vector<std::vector<std::string>>{{"1", ""}, {"3", "2"}}));
    }
    void tellsWhatIsNoFeed() {
        const auto preview = previewFeed(m_folder.write("f", "<html>"), {});
        QVERIFY(!preview);
        QCOMPARE(preview.error().code, std::string("feed.format"));
    }
    void suggestsForRealFeeds_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<double>("least");
        QTest::newRow("Open311") << QStringLiteral("boston-open311/requests-2008-2016.ndjson.zst") << 0.99;
        QTest::newRow("CSV") << QStringLiteral("boston-311-2015/jan-jun.csv.zst") << 0.99;
    }
    void suggestsForRealFeeds() {
        QFETCH(QString, file);
        QFETCH(double, least);
        const std::string data = test::realData();
        if (data.empty()) QSKIP("the folder of real feeds is not here (WARDLINE_DATA)");
        const std::string path = data + "/" + file.toStdString();
        const auto mapping = parseMapping(suggestMapping(*previewFeed(path, {}), "boston", "America/New_York"));
        QVERIFY2(mapping, mapping ? "" : (mapping.error().code + mapping.error().detail).c_str());
        const auto trial = tryMapping(path, *mapping, {}, 20'000);
        QVERIFY(static_cast<double>(trial->taken) >= least * static_cast<double>(trial->read));
    }

private:
    test::FeedFolder m_folder;
};

QTEST_GUILESS_MAIN(PreviewTest)
#include "preview_test.moc"
