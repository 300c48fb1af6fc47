// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/byte_source.hpp"

#include <QtTest>

#include "domain/compress.hpp"
#include "feed_files.hpp"

using namespace wl;
using namespace wl::feed;

namespace {

/// Everything up to the end or the error.
std::string all(const std::filesystem::path& path, std::string* text = nullptr) {
    auto source = ByteSource::open(path);
    if (!source) return source.error().code;
    std::string out;
    for (;;) {
        const auto piece = source->next();
        if (text) *text = out;
        if (!piece) return piece.error().code;
        if (piece->empty()) break;
        out += *piece;
    }
    return source->bytesRead() == source->bytesTotal() && source->position() == out.size() ? out : "progress is wrong";
}

std::string longText() {
    std::string out;
    for (int i = 0; out.size() < 3'000'000; ++i) out += std::to_string(i * 7919 % 10007) + ",";
    return out;
}

}  // namespace

class ByteSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unpacksWhatIsPacked_data() {
        QTest::addColumn<int>("packing");
        QTest::addColumn<bool>("twice");
        QTest::newRow("plain") << 0 << false;
        QTest::newRow("gzip") << 1 << false;
        QTest::newRow("gzip, two members") << 1 << true;
        QTest::newRow("zstd") << 2 << false;
        QTest::newRow("zstd, two frames") << 2 << true;
    }
    void unpacksWhatIsPacked() {
        QFETCH(int, packing);
        QFETCH(bool, twice);
        const std::string text = longText();
        std::string bytes = pack(packing, text);
        if (twice) bytes += pack(packing, "the end");
        const auto path = m_folder.write("feed", bytes);
        QCOMPARE(static_cast<int>(ByteSource::open(path)->packing()), packing);
        QVERIFY(all(path) == text + (twice ? "the end" : ""));
    }
    void saysThatAPackedFileIsCutOff_data() {
        QTest::addColumn<int>("packing");
        QTest::addColumn<int>("percent");
        for (int packing : {1, 2})
            for (int percent : {1, 30, 99}) QTest::addRow("packing %d, %d %%", packing, percent) << packing << percent;
    }
    void saysThatAPackedFileIsCutOff() {
        QFETCH(int, packing);
        QFETCH(int, percent);
        const std::string text = longText();
        const std::string bytes = pack(packing, text);
        const auto path =
            m_folder.write("cut", bytes.substr(0, bytes.size() * static_cast<std::size_t>(percent) / 100));
        std::string before;
        QCOMPARE(all(path, &before), std::string("feed.truncated"));
        QVERIFY(text.starts_with(before));
        QVERIFY(percent < 50 || !before.empty());
    }
    void saysThatAPackedFileIsDamaged_data() {
        QTest::addColumn<int>("packing");
        QTest::newRow("gzip") << 1;
        QTest::newRow("zstd") << 2;
    }
    void saysThatAPackedFileIsDamaged() {
        QFETCH(int, packing);
        std::string bytes = pack(packing, longText());
        for (std::size_t i = 16; i < 80; ++i) bytes[i] ^= 0x55;  // where the code tables are
        const std::string outcome = all(m_folder.write("damaged", bytes));
        QVERIFY2(outcome == "feed.damaged" || outcome == "feed.truncated", outcome.substr(0, 80).c_str());
    }
    void namesWhatCannotBeOpened() {
        QCOMPARE(ByteSource::open(m_folder.path("nothing")).error().code, std::string("feed.missing"));
        QCOMPARE(ByteSource::open(m_folder.path(".")).error().code, std::string("feed.unreadable"));
    }
    void anEmptyFileIsEmpty() { QCOMPARE(all(m_folder.write("empty", "")), std::string()); }

private:
    static std::string pack(int packing, const std::string& text) {
        return packing == 1 ? test::gzip(text) : packing == 2 ? test::zstd(text) : text;
    }
    test::FeedFolder m_folder;
};

QTEST_GUILESS_MAIN(ByteSourceTest)
#include "byte_source_test.moc"
