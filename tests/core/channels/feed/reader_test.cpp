// SPDX-License-Identifier: GPL-3.0-or-later
// Files in, rows as text out.
#include <rapidcheck.h>

#include <QtTest>

#include "channels/feed/csv_reader.hpp"
#include "feed_files.hpp"

using namespace wl;
using namespace wl::feed;

class ReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rows_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("expected");
        // CSV
        QTest::newRow("csv") << QByteArray("id,name\n1,a\n2,b\n") << QByteArray("2: id=1 name=a\n3: id=2 name=b\n");
        QTest::newRow("no line end at the end") << QByteArray("id,name\n1,a") << QByteArray("2: id=1 name=a\n");
        QTest::newRow("CRLF and an empty line")
            << QByteArray("id,n\r\n1,a\r\n\r\n2,b\r\n") << QByteArray("2: id=1 n=a\n4: id=2 n=b\n");
        QTest::newRow("CR alone") << QByteArray("id,n\r1,a\r2,b\r") << QByteArray("2: id=1 n=a\n3: id=2 n=b\n");
        QTest::newRow("quoted line breaks") << QByteArray("id,n\n1,\"a\nb\n\"\n2,\"c \"\"d\"\", e\"\n")
                                            << QByteArray("2: id=1 n=a\nb\n\n5: id=2 n=c \"d\", e\n");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFid,n\n1,a\n") << QByteArray("2: id=1 n=a\n");
        QTest::newRow("semicolons") << QByteArray("id;n\n1;a,b\n") << QByteArray("2: id=1 n=a,b\n");
        QTest::newRow("tabs") << QByteArray("id\tn\tm\n1\t\tc\n") << QByteArray("2: id=1 n= m=c\n");
        QTest::newRow("bars, declared by the file") << QByteArray("sep=|\nid|n\n1|a\n") << QByteArray("3: id=1 n=a\n");
        QTest::newRow("Latin-1") << QByteArray("id,n\n1,Caf\xE9\n2,Caf\xC3\xA9\n")
                                 << QByteArray("2: id=1 n=Café\n3: id=2 n=Café\n");
        QTest::newRow("Windows-1252") << QByteArray("id,n\n1,\x80 5 \x96 6\n") << QByteArray("2: id=1 n=€ 5 – 6\n");
        QTest::newRow("a cell too few") << QByteArray("id,n\n1\n2,b\n")
                                        << QByteArray("2: id=1 !wrong_column_count\n3: id=2 n=b\n");
        QTest::newRow("a cell too many") << QByteArray("id,n\n1,a,x\n2,b,\n")
                                         << QByteArray("2: id=1 n=a column 3=x !wrong_column_count\n3: id=2 n=b\n");
        QTest::newRow("columns of one name") << QByteArray("n,n,\n1,2,3\n") << QByteArray("2: n=1 n 2=2 column 3=3\n");
        QTest::newRow("header alone") << QByteArray("id,n\n") << QByteArray("");
        QTest::newRow("quote never closed")
            << QByteArray("id,n\n1,a\n2,\"b\n3,c\n")
            << QByteArray("2: id=1 n=a\n3: id=2 !truncated\nerror feed.truncated at 3\n");
        QTest::newRow("cut off in the first field of a row")
            << QByteArray("id,n\n1,a\n\"2") << QByteArray("2: id=1 n=a\nerror feed.truncated at 3\n");
        QTest::newRow("a quote alone") << QByteArray("\"") << QByteArray("error feed.truncated at 1\n");
        QTest::newRow("cut off in the last row")
            << QByteArray("id,n,m\n1,a,x\n2,b")
            << QByteArray("2: id=1 n=a m=x\n3: id=2 n=b !truncated\nerror feed.truncated at 3\n");
        // One object a line
        QTest::newRow("ndjson") << QByteArray("{\"id\":1,\"n\":\"a\"}\n{\"n\":null,\"id\":\"2\"}\n")
                                << QByteArray("1: id=1 n=a\n2: n=null id=2\n");
        QTest::newRow("values as written") << QByteArray("{\"a\":42.3213700003328,\"b\":true,\"c\":-1e3}\n{}\n")
                                           << QByteArray("1: a=42.3213700003328 b=true c=-1e3\n2:\n");
        QTest::newRow("nested") << QByteArray(
                                       "{\"a\":{\"b\":{\"c\":1},\"d\":\"x\"},\"l\":[1,\"z\"],\"o\":[{\"q\":1}]}\n{}\n")
                                << QByteArray("1: a.b.c=1 a.d=x l=1, z o={\"q\":1}\n2:\n");
        QTest::newRow("duplicate keys") << QByteArray("{\"a\":1,\"b\":2,\"a\":\"last\"}\n{}\n")
                                        << QByteArray("1: a=last b=2 duplicates=1\n2:\n");
        QTest::newRow("escapes") << QByteArray("{\"a\":\"x\\n\\u00e9\\\"\"}\n{}\n") << QByteArray("1: a=x\né\"\n2:\n");
        QTest::newRow("a bad line and an empty one")
            << QByteArray("{\"a\":1}\n{\"a\":}\n\n{\"a\":4}\n") << QByteArray("1: a=1\n2: !malformed_json\n4: a=4\n");
        QTest::newRow("not an object") << QByteArray("{\"a\":1}\n{\"a\":2} x\n[1]\n7\n")
                                       << QByteArray(
                                              "1: a=1\n2: !malformed_json\n3: !malformed_json\n4: !malformed_json\n");
        QTest::newRow("code with zeros in front")
            << QByteArray("{\"a\":006}\n{\"a\":nil}\n") << QByteArray("1: a=006\n2: !malformed_json\n");
        QTest::newRow("ndjson in Latin-1") << QByteArray("{\"a\":\"Caf\xE9\"}\n{}\n") << QByteArray("1: a=Café\n2:\n");
        QTest::newRow("ndjson cut off") << QByteArray("{\"a\":1}\n{\"a\":2}\n{\"a\":\"thr")
                                        << QByteArray("1: a=1\n2: a=2\n3: !truncated\nerror feed.truncated at 3\n");
        // Documents
        QTest::newRow("array") << QByteArray(" [ {\"a\":1} ,\n {\"a\":\"]}\"}\n] ") << QByteArray("1: a=1\n2: a=]}\n");
        QTest::newRow("empty array") << QByteArray("[]") << QByteArray("");
        QTest::newRow("wrapped") << QByteArray(
                                        "{\"meta\":{\"n\":[1]},\"requests\":[{\"a\":1},{\"a\":2}],\"next\":\"x\"}")
                                 << QByteArray("1: a=1\n2: a=2\n");
        QTest::newRow("features")
            << QByteArray("{\"type\":\"FeatureCollection\",\n\"features\":[{\"properties\":{\"id\":7}}]}\n")
            << QByteArray("1: properties.id=7\n");
        QTest::newRow("one object over lines") << QByteArray("{\n\"a\":1\n}\n") << QByteArray("1: a=1\n");
        QTest::newRow("objects over lines")
            << QByteArray("{\n\"a\":1\n}\n{\n\"a\":2\n}\n") << QByteArray("1: a=1\n2: a=2\n");
        QTest::newRow("a bad element") << QByteArray("[{\"a\":1},{\"a\":},3,{\"a\":4}]")
                                       << QByteArray("1: a=1\n2: !malformed_json\n3: !malformed_json\n4: a=4\n");
        QTest::newRow("array cut off in a row")
            << QByteArray("[{\"a\":1},{\"a\":\"2") << QByteArray("1: a=1\n2: !truncated\nerror feed.truncated at 2\n");
        QTest::newRow("array without its end")
            << QByteArray("[{\"a\":1},{\"a\":2}") << QByteArray("1: a=1\n2: a=2\nerror feed.truncated at 3\n");
        QTest::newRow("wrapper without its end")
            << QByteArray("{\"requests\":[{\"a\":1}]") << QByteArray("1: a=1\nerror feed.truncated at 2\n");
        QTest::newRow("text behind the array")
            << QByteArray("[{\"a\":1}] x") << QByteArray("1: a=1\nerror json.syntax at 10\n");
        // Not a feed
        QTest::newRow("nothing") << QByteArray(" \n") << QByteArray("error feed.empty ");
        QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)
                                   << QByteArray("error feed.not_text ");
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFEi\0d\0", 6) << QByteArray("error feed.charset UTF-16");
        QTest::newRow("XML") << QByteArray("<?xml version=\"1.0\"?>\n") << QByteArray("error feed.format xml");
    }
    void rows() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, expected);
        const auto path = m_folder.write("feed", file.toStdString());
        QCOMPARE(QByteArray::fromStdString(test::rowsOf(path)), expected);
    }
    void packedFilesReadTheSame() {
        const std::string text = "id,n\n1,\"a\nb\"\n2,c\n";
        const std::string expected = "2: id=1 n=a\nb\n4: id=2 n=c\n";
        QCOMPARE(test::rowsOf(m_folder.write("f.csv.gz", test::gzip(text))), expected);
        QCOMPARE(test::rowsOf(m_folder.write("f.csv.zst", test::zstd(text))), expected);
    }
    void aPackedFileCutOffGivesItsRowsAndThenTheError() {
        std::string text = "id,n\n";
        for (int i = 0; i < 200'000; ++i) text += std::to_string(i) + "," + std::to_string(i * 31 % 1009) + "\n";
        const std::string packed = test::gzip(text);
        const std::string rows = test::rowsOf(m_folder.write("f.gz", packed.substr(0, packed.size() / 2)));
        QVERIFY(rows.starts_with("2: id=0 n=0\n"));
        QVERIFY(rows.contains("error feed.truncated at "));
    }
    void anythingButUtf8IsRefusedWhereItIsDeclared() {
        ReadOptions options;
        options.charset = Charset::Utf8;
        QCOMPARE(test::rowsOf(m_folder.write("f", "id,n\n1,\xE9\n2,b\n"), options),
                 std::string("2: id=1 n=é !bad_encoding\n3: id=2 n=b\n"));
        QCOMPARE(test::rowsOf(m_folder.write("f", "{\"a\":\"\xE9\"}\n{}\n"), options),
                 std::string("1: !bad_encoding\n2:\n"));
    }
    void aFileOfAnotherFormatThanTheMappingSaysIsRefused() {
        ReadOptions csv, json;
        csv.format = Format::Csv, json.format = Format::NdJson;
        QCOMPARE(test::rowsOf(m_folder.write("f", "{\"a\":1}\n"), csv), std::string("error feed.format csv"));
        QCOMPARE(test::rowsOf(m_folder.write("f", "a,b\n1,2\n"), json), std::string("error feed.format ndjson"));
    }
    void aQuoteThatIsNeverClosedEndsBeforeMemoryDoes() {
        std::string text = "id,n\n1,\"open\n";
        text.append(kMaxRowBytes + 1'000'000, 'x');
        QVERIFY(test::rowsOf(m_folder.write("f", text)).ends_with("error csv.quote_unclosed at 2\n"));
        std::string json = "{\"a\":1}\n{\"b\":\"";
        json.append(kMaxRowBytes + 1'000'000, 'x');
        QVERIFY(test::rowsOf(m_folder.write("f", json)).contains("error feed.row_too_long"));
    }
    void whatIsWrittenByRfc4180IsReadBack() {
        QVERIFY(rc::check("any cells survive", [this] {
            const auto cell = rc::gen::container<std::string>(rc::gen::element('a', '"', ',', '\n', ';', 'z'));
            const auto rows = *rc::gen::nonEmpty(
                rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(cell, cell)));
            const auto quoted = [](const std::string& text) {
                std::string out = "\"";
                for (const char c : text) out.append(c == '"' ? "\"\"" : std::string(1, c));
                return out + "\"";
            };
            std::string file = "a,b\n", expected;
            std::size_t line = 2;
            for (const auto& [a, b] : rows) {
                file += quoted(a) + "," + quoted(b) + "\n";
                expected += std::to_string(line) + ": a=" + a + " b=" + b + "\n";
                line += 1 + static_cast<std::size_t>(std::ranges::count(a, '\n') + std::ranges::count(b, '\n'));
            }
            RC_ASSERT(test::rowsOf(m_folder.write("f", file)) == expected);
        }));
    }
    void rowsThatLieAcrossPiecesStayWhole() {
        std::string csv = "id,n\n", json = "[", csvRows, jsonRows;
        for (int i = 1; i <= 60'000; ++i) {
            const std::string n = std::to_string(i), text = "value of row " + n;
            csv += n + ",\"" + text + "\"\n";
            csvRows += std::to_string(i + 1) + ": id=" + n + " n=" + text + "\n";
            json += (i > 1 ? ",{\"id\":" : "{\"id\":") + n + ",\"n\":\"" + text + "\"}";
            jsonRows += n + ": id=" + n + " n=" + text + "\n";
        }
        QVERIFY(test::rowsOf(m_folder.write("f", csv)) == csvRows);
        QVERIFY(test::rowsOf(m_folder.write("f", json + "]")) == jsonRows);
    }

private:
    test::FeedFolder m_folder;
};

QTEST_GUILESS_MAIN(ReaderTest)
#include "reader_test.moc"
