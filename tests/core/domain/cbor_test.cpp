// SPDX-License-Identifier: GPL-3.0-or-later
// The log is signed as bytes: every value has one encoding, and the reader takes no other.
#include <QTest>

#include <limits>

#include "domain/cbor.hpp"
#include "support/property.hpp"

using namespace wl;
using namespace wl::cbor;
using wl::test::holds;
using wl::test::Recipe;

namespace {

std::string bytesOf(const char* hex) {
    const auto raw = QByteArray::fromHex(hex);
    return {raw.constData(), static_cast<std::size_t>(raw.size())};
}
QString hexOf(const std::string& bytes) { return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex()); }

// A random item, written; `depth` levels of nesting at most.
void writeItem(Recipe& r, Writer& w, int depth) {
    switch (r.below(depth > 0 ? 8 : 6)) {
        case 0: w.uint(r.wide() >> r.below(64)); break;
        case 1: w.sint(static_cast<std::int64_t>(r.wide()) >> r.below(63)); break;
        case 2: w.text(r.text(40)); break;
        case 3: {
            std::string raw(r.below(300), '\0');
            for (auto& c : raw) c = static_cast<char>(r.next());
            w.bytes(raw);
            break;
        }
        case 4: w.null(); break;
        case 5: w.boolean(r.chance(50)); break;
        case 6: {
            const auto n = r.below(5);
            w.array(n);
            for (std::size_t i = 0; i < n; ++i) writeItem(r, w, depth - 1);
            break;
        }
        default: {
            const auto n = r.below(5);
            w.map(n);
            std::uint64_t key = 0;
            for (std::size_t i = 0; i < n; ++i) w.uint(key += 1 + r.below(300)), writeItem(r, w, depth - 1);
        }
    }
}

// Reads any item and writes it again, through the typed calls.
Result<void> copyItem(Reader& in, Writer& out) {
    const auto type = in.peek();
    if (!type) return fail(ErrorKind::Corrupt, "end");
    switch (*type) {
        case Type::Uint: {
            WL_TRY(const auto v, in.uint());
            out.uint(v);
            break;
        }
        case Type::Nint: {
            WL_TRY(const auto v, in.sint());
            out.sint(v);
            break;
        }
        case Type::Bytes: {
            WL_TRY(const auto v, in.bytes());
            out.bytes(v);
            break;
        }
        case Type::Text: {
            WL_TRY(const auto v, in.text());
            out.text(v);
            break;
        }
        case Type::Array: {
            WL_TRY(const auto n, in.array());
            out.array(n);
            for (std::uint64_t i = 0; i < n; ++i) WL_CHECK(copyItem(in, out));
            break;
        }
        case Type::Map: {
            WL_TRY(const auto n, in.map());
            out.map(n);
            for (std::uint64_t i = 0; i < 2 * n; ++i) WL_CHECK(copyItem(in, out));
            break;
        }
        case Type::Simple:
            if (in.null()) {
                out.null();
                break;
            }
            WL_TRY(const auto v, in.boolean());
            out.boolean(v);
    }
    return {};
}

}  // namespace

class CborTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsTheCanonicalForm_data() {
        QTest::addColumn<QByteArray>("hex");
        // clang-format off
        for (const char* hex : {"00", "17", "1818", "18ff", "190100", "19ffff", "1a00010000", "1affffffff", "1b0000000100000000",
                                "1bffffffffffffffff", "20", "3818", "3b7fffffffffffffff", "40", "43010203", "60", "63e98193", "80",
                                "83010203", "a0", "a201020304", "f4", "f5", "f6", "8181818181818181f6"})
        // clang-format on
            QTest::newRow(hex) << QByteArray(hex);
    }
    void acceptsTheCanonicalForm() {
        QFETCH(QByteArray, hex);
        const auto bytes = bytesOf(hex.constData());
        Reader in(bytes);
        const auto item = in.skip();
        QVERIFY2(item.has_value(), item ? "" : item.error().code.c_str());
        QCOMPARE(hexOf(std::string(*item)), QString::fromLatin1(hex));
        QVERIFY(in.atEnd());
        Reader again(bytes);
        std::string copy;
        Writer out(copy);
        QVERIFY(copyItem(again, out).has_value());
        QCOMPARE(hexOf(copy), QString::fromLatin1(hex));
    }

    void refusesEveryOtherForm_data() {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const char* hex, const char* code) {
            QTest::newRow(name) << QByteArray(hex) << QString::fromLatin1(code);
        };
        using namespace Qt::StringLiterals;
        row("nothing", "", "cbor.truncated");
        row("23 in one byte more", "1817", "cbor.not_shortest");
        row("255 in two bytes", "1900ff", "cbor.not_shortest");
        row("65535 in four bytes", "1a0000ffff", "cbor.not_shortest");
        row("2^32-1 in eight bytes", "1b00000000ffffffff", "cbor.not_shortest");
        row("-24 too long", "3817", "cbor.not_shortest");
        row("text length too long", "780161", "cbor.not_shortest");
        row("array length too long", "980100", "cbor.not_shortest");
        row("map length too long", "b8010000", "cbor.not_shortest");
        row("reserved length 28", "1c", "cbor.length.form");
        row("reserved length 30", "5e", "cbor.length.form");
        row("indefinite bytes", "5f4101ff", "cbor.length.form");
        row("indefinite text", "7f6161ff", "cbor.length.form");
        row("indefinite array", "9f01ff", "cbor.length.form");
        row("indefinite map", "bf0102ff", "cbor.length.form");
        row("break alone", "ff", "cbor.type");
        row("tag", "c100", "cbor.type");
        row("half float", "f93c00", "cbor.type");
        row("double", "fb3ff0000000000000", "cbor.type");
        row("undefined", "f7", "cbor.type");
        row("simple value", "f0", "cbor.type");
        row("simple in one byte more", "f8f6", "cbor.type");
        row("keys descend", "a202000100", "cbor.key_order");
        row("key twice", "a201000100", "cbor.key_order");
        row("longer key first", "a2181800170a", "cbor.key_order");
        row("cut number", "19ff", "cbor.truncated");
        row("cut text", "6261", "cbor.truncated");
        row("cut array", "8201", "cbor.truncated");
        row("cut map", "a101", "cbor.truncated");
        row("array of more items than bytes", "9bffffffffffffffff", "cbor.truncated");
        row("map of more pairs than bytes", "bb7fffffffffffffff", "cbor.truncated");
        row("bytes of more than there are", "5bffffffffffffffff00", "cbor.truncated");
        row("overlong slash", "62c0af", "cbor.utf8");
        row("surrogate", "63eda080", "cbor.utf8");
        row("beyond Unicode", "64f4908080", "cbor.utf8");
        row("lone continuation", "6180", "cbor.utf8");
        row("cut sequence", "62e981", "cbor.utf8");
        row("ten levels", "81818181818181818181f6", "cbor.depth");
    }
    void refusesEveryOtherForm() {
        QFETCH(QByteArray, hex);
        QFETCH(QString, code);
        const auto bytes = bytesOf(hex.constData());
        Reader in(bytes);
        const auto item = in.skip();
        QVERIFY(!item.has_value());
        QCOMPARE(QString::fromStdString(item.error().code), code);
        QCOMPARE(item.error().kind, ErrorKind::Corrupt);
    }

    void aNumberOutsideTheRangeOfItsReaderIsRefused() {
        const auto big = bytesOf("1b8000000000000000"), deep = bytesOf("3b8000000000000000");
        QCOMPARE(Reader(big).uint().value(), std::uint64_t{1} << 63);
        QCOMPARE(Reader(big).sint().error().code, std::string("cbor.range"));
        QCOMPARE(Reader(deep).sint().error().code, std::string("cbor.range"));
        QCOMPARE(Reader(deep).uint().error().code, std::string("cbor.type"));
    }

    void extremesComeBack() {
        for (const auto v : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                             std::numeric_limits<std::int64_t>::max()}) {
            std::string out;
            Writer(out).sint(v);
            QCOMPARE(Reader(out).sint().value(), v);
        }
    }

    void whatIsWrittenIsReadAndWrittenTheSame() {
        QVERIFY(holds(
            "round trip",
            [](Recipe& r) -> std::string {
                std::string bytes;
                Writer w(bytes);
                writeItem(r, w, 7);
                Reader whole(bytes);
                const auto skipped = whole.skip();
                if (!skipped || *skipped != bytes) return "skip: " + toHexText(bytes);
                Reader in(bytes);
                std::string copy;
                Writer out(copy);
                if (auto done = copyItem(in, out); !done) return done.error().code + ": " + toHexText(bytes);
                return copy == bytes ? "" : "differs: " + toHexText(bytes);
            },
            500));
    }

    // Whatever the bytes are: what the reader takes, the writer gives back unchanged, so there is one form a value.
    void acceptedBytesHaveNoOtherForm() {
        QVERIFY(holds(
            "one form",
            [](Recipe& r) -> std::string {
                std::string bytes;
                Writer w(bytes);
                writeItem(r, w, 4);
                for (auto n = 1 + r.below(3); n > 0 && !bytes.empty(); --n)
                    bytes[r.below(bytes.size())] = static_cast<char>(r.next());
                if (r.chance(20)) bytes.resize(r.below(bytes.size() + 1));
                Reader in(bytes);
                const auto item = in.skip();
                if (!item) return "";
                Reader again(*item);
                std::string copy;
                Writer out(copy);
                if (auto done = copyItem(again, out); !done) {
                    // A negative number below -2^63 can be skipped but not read; nothing in the log holds one.
                    return done.error().code == "cbor.range" ? "" : done.error().code;
                }
                return copy == *item ? "" : "a second form: " + toHexText(bytes);
            },
            2000));
    }

private:
    static std::string toHexText(const std::string& bytes) { return hexOf(bytes).toStdString(); }
};

QTEST_GUILESS_MAIN(CborTest)
#include "cbor_test.moc"
