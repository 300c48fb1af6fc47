// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/preview.hpp"

#include <QtTest>

#include "channels/feed/row_converter.hpp"
#include "feed_files.hpp"

using namespace wl;
using namespace wl::feed;

namespace {

constexpr const char* kFeed = "Case ID;Type;Opened;Closed Date;Status;Street Address;Latitude;Longitude;Queue\n"
                              "1;Street Lights;2015-01-02;2015-01-03;Closed;1 Main St;42.3;-71.1;North crew\n"
                              "2;Street Lights;2015-01-02;;Open;2 Main St;42.3;-71.1;North crew\n"
                              "3;Potholes;01/02/2015 10:00:00 AM;;In progress;3 Main St;;;South crew\n"
                              "4;Potholes;never;;Open;4 Main St;42.3;-71.1;South crew\n";

struct Taken {
    std::size_t rows{}, good{};
    std::vector<RowProblem> problems;
};

// What a mapping makes of the first rows of a file.
Taken takenFrom(const std::string& path, const Mapping& mapping, std::size_t most) {
    const auto reader = openFeed(path, mapping.read);
    auto converter = RowConverter::of(mapping);
    Taken taken;
    Record record;
    ImportedCase made;
    std::vector<RowProblem> problems;
    for (auto more = (*reader)->next(record); more && *more && taken.rows < most; more = (*reader)->next(record)) {
        ++taken.rows;
        if (converter->convert(record, (*reader)->columns(), made, problems)) ++taken.good;
        else taken.problems.insert(taken.problems.end(), problems.begin(), problems.end());
    }
    return taken;
}

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
        const auto taken = takenFrom(path, *mapping, 100);
        QCOMPARE(taken.good, 3U);
        QCOMPARE(taken.problems, (std::vector{RowProblem{5, "requested_datetime", "never", "impossible_date"}}));
    }
    void jsonRowsWithDifferentMembersLineUp() {
        const auto preview = previewFeed(m_folder.write("f", "{\"a\":1}\n{\"b\":2,\"a\":3}\n"), {});
        QCOMPARE(preview->columns, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(preview->rows, (std::vector<std::vector<std::string>>{{"1", ""}, {"3", "2"}}));
    }
    void membersThatComeLateAreFound() {
        std::string rows;
        for (int i = 0; i < 400; ++i) rows += "{\"id\":" + std::to_string(i) + "}\n";
        const auto preview = previewFeed(m_folder.write("f", rows + "{\"id\":400,\"description\":\"deep\"}\n"), {});
        QCOMPARE(preview->columns, (std::vector<std::string>{"id", "description"}));
        QCOMPARE(preview->examples, (std::vector<std::string>{"0", "deep"}));
        QVERIFY(suggestMapping(*preview, "town", "UTC").contains("description = description"));
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
        const auto taken = takenFrom(path, *mapping, 20'000);
        QVERIFY(static_cast<double>(taken.good) >= least * static_cast<double>(taken.rows));
    }

private:
    test::FeedFolder m_folder;
};

QTEST_GUILESS_MAIN(PreviewTest)
#include "preview_test.moc"
