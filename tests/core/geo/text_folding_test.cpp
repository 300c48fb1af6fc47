// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/text_folding.hpp"

#include <rapidcheck.h>

#include <QtTest>

using namespace wl::geo;

class TextFoldingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void folds_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("case") << QByteArray("Market STREET") << QByteArray("market street");
        QTest::newRow("umlauts") << QByteArray("Übergroße Straße") << QByteArray("ubergrosse strasse");
        QTest::newRow("accents") << QByteArray("Allée Édouard Čech") << QByteArray("allee edouard cech");
        QTest::newRow("ligatures") << QByteArray("Ægir Œuvre Łódź") << QByteArray("aegir oeuvre lodz");
        QTest::newRow("combining") << QByteArray("Cafe\xCC\x81") << QByteArray("cafe");
        QTest::newRow("apostrophes") << QByteArray("King's King\xE2\x80\x99s") << QByteArray("kings kings");
        QTest::newRow("signs") << QByteArray("  a - b,c/d  ") << QByteArray("a b c d");
        QTest::newRow("other scripts stay") << QByteArray("Ελ 12") << QByteArray("Ελ 12");
        QTest::newRow("broken bytes") << QByteArray("a\xFF\xC3z") << QByteArray("a z");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void folds() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QCOMPARE(QByteArray::fromStdString(foldText(from.toStdString())), to);
    }
    void foldingTwiceChangesNothing() {
        QVERIFY(rc::check("idempotent", [](const std::string& text) {
            const std::string once = foldText(text);
            RC_ASSERT(foldText(once) == once);
        }));
    }
    void edits_data() {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<int>("edits");
        QTest::newRow("same") << QByteArray("market") << QByteArray("market") << 0;
        QTest::newRow("begun") << QByteArray("mark") << QByteArray("market") << 0;
        QTest::newRow("swapped") << QByteArray("makret") << QByteArray("market") << 1;
        QTest::newRow("dropped") << QByteArray("maket") << QByteArray("market") << 1;
        QTest::newRow("added") << QByteArray("marrket") << QByteArray("market") << 1;
        QTest::newRow("changed twice") << QByteArray("nerket") << QByteArray("market") << 2;
        QTest::newRow("too far") << QByteArray("harbour") << QByteArray("market") << 3;
        QTest::newRow("longer than the word") << QByteArray("markets") << QByteArray("market") << 1;
    }
    void edits() {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, word);
        QFETCH(int, edits);
        QCOMPARE(static_cast<int>(prefixEdits(typed.toStdString(), word.toStdString(), 2)), edits);
    }
    void shortFormsAreWrittenOut() {
        QCOMPARE(expandRoadWord("st"), std::string_view("street"));
        QCOMPARE(expandRoadWord("gdns"), std::string_view("gardens"));
        QCOMPARE(expandRoadWord("linden"), std::string_view("linden"));
    }
};

QTEST_APPLESS_MAIN(TextFoldingTest)
#include "text_folding_test.moc"
