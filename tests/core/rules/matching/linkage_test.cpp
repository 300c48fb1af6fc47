// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/matching/linkage.hpp"

#include <QTest>

#include <algorithm>
#include <map>

#include "rules/matching/comparators.hpp"

using namespace wl::rules::matching;

namespace {

// splitmix64: the same people on every machine.
struct Dice {
    std::uint64_t state{7};
    std::uint64_t below(std::uint64_t n) {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return (z ^ (z >> 31)) % n;
    }
};

// A made-up word; the same number gives the same one.
std::string word(std::uint64_t which) {
    Dice own{which * 977 + 1};
    std::string out;
    for (std::uint64_t i = 0, n = 5 + own.below(4); i < n; ++i) out.push_back(static_cast<char>('a' + own.below(26)));
    return out;
}

// A slip of the pen: two letters swapped, one lost or one changed.
std::string slip(Dice& dice, std::string text) {
    if (text.size() < 3) return text;
    const auto at = 1 + dice.below(text.size() - 2);
    switch (dice.below(3)) {
        case 0: std::swap(text[at], text[at + 1]); break;
        case 1: text.erase(at, 1); break;
        default: text[at] = static_cast<char>('a' + dice.below(26));
    }
    return text;
}

struct People {
    RecordSet records{{"given_name", "family_name", "birth", "phone", "street"},
                      {FieldKind::Name, FieldKind::Name, FieldKind::Date, FieldKind::Number, FieldKind::Text},
                      std::vector<std::vector<std::string>>(5)};
    std::vector<std::string> truth;

    void add(const std::vector<std::string>& values, const std::string& who) {
        for (std::size_t f = 0; f < values.size(); ++f) records.columns[f].push_back(values[f]);
        truth.push_back(who);
    }
    // `count` people; every third has a second record with slips and gaps.
    void fill(int count) {
        Dice dice;
        for (int i = 0; i < count; ++i) {
            const auto number = std::to_string(6170000000 + static_cast<std::int64_t>(dice.below(9'999'999)));
            const auto born = std::to_string(19400101 + static_cast<int>(dice.below(60)) * 10000 +
                                             static_cast<int>(dice.below(12)) * 100 + static_cast<int>(dice.below(28)));
            std::vector<std::string> one{
                word(dice.below(150)), word(1000 + dice.below(400)), born, number,
                std::to_string(1 + dice.below(300)) + " " + word(5000 + dice.below(80)) + " street"};
            add(one, std::to_string(i));
            if (i % 3 != 0) continue;
            auto again = one;
            again[0] = slip(dice, one[0]);
            again[1] = one[1];
            if (dice.below(3) == 0) std::swap(again[0], again[1]);
            if (dice.below(3) == 0) again[3].clear();
            if (dice.below(4) == 0) again[2].clear();
            add(again, std::to_string(i));
        }
    }
};

std::pair<double, double> quality(const People& people, const std::vector<std::uint32_t>& groups) {
    double right = 0, linked = 0, real = 0;
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (std::size_t j = i + 1; j < groups.size(); ++j) {
            const bool same = people.truth[i] == people.truth[j], joined = groups[i] == groups[j];
            right += same && joined, linked += joined, real += same;
        }
    return {linked > 0 ? right / linked : 1, right / real};
}

}  // namespace

class LinkageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldsLettersOfLatinScripts() {
        QCOMPARE(foldForMatching("  José  MUÑOZ "), std::string("jose munoz"));
        QCOMPARE(foldForMatching("Łódź Straße Œuvre ı"), std::string("lodz strasse oeuvre i"));
        QCOMPARE(foldForMatching("Ωμέγα"), std::string("Ωμέγα"));
        QCOMPARE(foldForMatching("\xC3"), std::string("\xC3"));  // half a letter
    }

    // Values of Winkler's own tables (1994).
    void jaroWinklerAsPublished_data() {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<double>("value");
        QTest::newRow("martha") << "martha" << "marhta" << 0.961;
        QTest::newRow("dwayne") << "dwayne" << "duane" << 0.840;
        QTest::newRow("dixon") << "dixon" << "dicksonx" << 0.813;
        QTest::newRow("nothing") << "abc" << "xyz" << 0.0;
        QTest::newRow("equal") << "same" << "same" << 1.0;
        QTest::newRow("empty") << "" << "" << 0.0;
    }
    void jaroWinklerAsPublished() {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(double, value);
        QVERIFY(std::abs(jaroWinkler(a.toStdString(), b.toStdString()) - value) < 0.0006);
        QVERIFY(std::abs(jaroWinkler(b.toStdString(), a.toStdString()) - value) < 0.0006);
    }

    void editsAreCountedUpToTheLimit() {
        QCOMPARE(editDistance("kitten", "sitting", 5), 3);
        QCOMPARE(editDistance("ab", "ba", 2), 1);
        QCOMPARE(editDistance("abcdef", "uvwxyz", 2), 3);
        QCOMPARE(editDistance("", "abc", 5), 3);
        QCOMPARE(editDistance("", "abc", 2), 3);
        QCOMPARE(editDistance(std::string(4000, 'x'), std::string(4001, 'x'), 1),
                 0);  // only the beginnings are compared
    }

    void knowsWhatColumnsHold() {
        QVERIFY(guessKind("email", {"a@b.c"}) == FieldKind::Email);
        QVERIFY(guessKind("date_of_birth", {"19990101"}) == FieldKind::Date);
        QVERIFY(guessKind("mobile", {"617 555-0101", "+1 617 555 0102"}) == FieldKind::Number);
        QVERIFY(guessKind("street", {"1 elm street", "2 oak road"}) != FieldKind::Number);
    }

    void findsTheSamePersonAndNobodyElse() {
        People people;
        people.fill(900);
        LinkageModel model;
        const auto pairs = linkRecords(people.records, &model);
        const auto [precision, recall] = quality(people, groupsOf(people.truth.size(), pairs, kLinkBar));
        QVERIFY2(precision >= 0.98 && recall >= 0.97, qPrintable(QStringLiteral("%1 %2").arg(precision).arg(recall)));
        const auto merged = quality(people, groupsOf(people.truth.size(), pairs, kAutoBar));
        QVERIFY2(merged.first >= 0.999, qPrintable(QString::number(merged.first)));
        QVERIFY(model.prior > 0 && model.prior < 0.01);
    }

    void aRareNameCountsMoreThanACommonOne() {
        People people;
        people.fill(300);
        for (int i = 0; i < 80; ++i)
            people.add({word(9000U + static_cast<unsigned>(i)), "smith", "", "", ""}, "s" + std::to_string(i));
        people.add({"maria", "smith", "", "", ""}, "x");
        people.add({"maria", "smith", "", "", ""}, "y");
        people.add({"maria", "zwyrtkowski", "", "", ""}, "z");
        people.add({"maria", "zwyrtkowski", "", "", ""}, "z");
        const auto n = static_cast<std::uint32_t>(people.truth.size());
        double common = -100, rare = -100;
        for (const auto& pair : linkRecords(people.records)) {
            if (pair.pair == RecordPair{n - 4, n - 3}) common = pair.logOdds;
            if (pair.pair == RecordPair{n - 2, n - 1}) rare = pair.logOdds;
        }
        QVERIFY2(rare > common + 1, qPrintable(QStringLiteral("%1 %2").arg(rare).arg(common)));
    }

    void fewRecordsAreNoTrouble() {
        QVERIFY(linkRecords({}).empty());
        People people;
        people.add({"ada", "example", "19990101", "6170000000", "1 elm street"}, "a");
        QVERIFY(linkRecords(people.records).empty());
        people.add({"ada", "example", "19990101", "6170000000", "1 elm street"}, "a");
        QCOMPARE(linkRecords(people.records).size(), 1U);
        QCOMPARE(groupsOf(2, {}, 0), (std::vector<std::uint32_t>{0, 1}));
    }

    void theSameRecordsGiveTheSameAnswer() {
        People people;
        people.fill(200);
        const auto one = linkRecords(people.records), two = linkRecords(people.records);
        QCOMPARE(one.size(), two.size());
        for (std::size_t i = 0; i < one.size(); ++i)
            QVERIFY(one[i].pair == two[i].pair && one[i].logOdds == two[i].logOdds);
    }
};

QTEST_GUILESS_MAIN(LinkageTest)
#include "linkage_test.moc"
