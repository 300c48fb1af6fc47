// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/risk_model.hpp"

#include <QTest>

#include <cmath>

using namespace wl;
using namespace wl::engine;

class RiskModelTest : public QObject {
    Q_OBJECT

    static LifeSample life(std::int64_t lasted, bool closed = true, std::int32_t service = 1, std::int32_t area = 1) {
        return {service, 1, area, 0, lasted, closed};
    }

private Q_SLOTS:
    void theEstimateIsThatOfTheTextbook() {
        // Kaplan and Meier by hand: closed at 1, 3, 3 of six, with one leaving at 2 and two at 4.
        std::vector<LifeSample> all;
        for (int i = 0; i < RiskModel::kEnough; ++i) {
            all.push_back(life(1)), all.push_back(life(2, false)), all.push_back(life(3));
            all.push_back(life(3)), all.push_back(life(4, false)), all.push_back(life(4, false));
        }
        RiskModel m;
        m.learn(all);
        const auto unknown = life(0, false, 7, 7);  // of no group: everything speaks for it
        QVERIFY(std::abs(*m.chanceOver(unknown, Millis{0}, Millis{2}) - 5.0 / 6) < 1e-6);
        QVERIFY(std::abs(*m.chanceOver(unknown, Millis{0}, Millis{3}) - 5.0 / 6 * 0.5) < 1e-6);
        QVERIFY(std::abs(*m.chanceOver(unknown, Millis{2}, Millis{3}) - 0.5) < 1e-6);  // given that it got so far
        QCOMPARE(*m.chanceOver(life(0), Millis{5}, Millis{4}), 1.0);
    }
    void aSmallGroupLeansOnTheLargerOne() {
        // Of a service nine in ten take 10; in one place, with few cases, all took 90.
        std::vector<LifeSample> all;
        for (int i = 0; i < 900; ++i) all.push_back(life(10, true, 1, 1));
        for (int i = 0; i < 100; ++i) all.push_back(life(90, true, 1, 1));
        for (int i = 0; i < RiskModel::kEnough; ++i) all.push_back(life(90, true, 1, 2));
        RiskModel m;
        m.learn(all);
        const auto here = *m.chanceOver(life(0, false, 1, 2), Millis{0}, Millis{50});
        QVERIFY(here > 0.25 && here < 0.4);  // twenty of its own, sixty of the others
        const auto there = *m.chanceOver(life(0, false, 1, 1), Millis{0}, Millis{50});
        QVERIFY(std::abs(there - 0.1) < 0.01);
    }
    void aThinGroupBacksOff() {
        std::vector<LifeSample> all;
        for (int i = 0; i < 100; ++i) all.push_back(life(10, true, 1, 1));
        for (int i = 0; i < 5; ++i) all.push_back(life(90, true, 1, 2));
        for (int i = 0; i < 100; ++i) all.push_back(life(1000, true, 2, 1));
        RiskModel m;
        m.learn(all);
        QCOMPARE(m.forecast(life(0, false, 1, 1), Millis{0})->level, 0);
        QCOMPARE(m.forecast(life(0, false, 1, 2), Millis{0})->level, 1);
        QCOMPARE(m.forecast(life(0, false, 7, 7), Millis{0})->level, 4);
        QVERIFY(m.forecast(life(0, false, 1, 1), Millis{0})->middle == Millis{10});
        QVERIFY(!m.chanceOver(life(0, false, 1, 1), Millis{2000}, Millis{3000}));  // nothing ever lasted so long
    }
    void aBusyDepartmentTakesLonger() {
        constexpr std::int64_t day = 86'400'000;
        std::vector<LifeSample> all;
        // Most days one case comes and takes half a day; for ten days fifty come and each takes five.
        for (std::int64_t d = 0; d < 400; ++d) all.push_back({1, 1, 1, d * day, day / 2, true});
        for (std::int64_t d = 200; d < 210; ++d)
            for (int i = 0; i < 50; ++i) all.push_back({1, 1, 1, d * day, 5 * day, true});
        RiskModel m;
        m.learn(all);
        const auto calm = m.forecast({1, 1, 1, 100 * day, 0, false}, Millis{0});
        const auto busy = m.forecast({1, 1, 1, 205 * day, 0, false}, Millis{0});
        QCOMPARE(calm->level, 0);
        QCOMPARE(busy->level, 0);
        QVERIFY(calm->middle == Millis{day / 2} && busy->middle == Millis{5 * day});
        // Days past the last one known go by the last.
        QVERIFY(m.forecast({1, 1, 1, 900 * day, 0, false}, Millis{0})->middle == Millis{day / 2});
    }
    void theRiskBeginsWhereAHalfOfThoseLeftAreLate() {
        // One hundred finished after 1, 2, … 100.
        std::vector<LifeSample> all;
        for (int i = 1; i <= 100; ++i) all.push_back(life(i));
        RiskModel m;
        m.learn(all);
        const auto from = [&](int limit) { return m.likelyOverFrom(life(0), Millis{limit}); };
        QCOMPARE(from(40)->count(), 0);  // most are late from the start
        QCOMPARE(from(50)->count(), 0);
        QVERIFY(std::abs(from(75)->count() - 50) <= 1);  // half of the fifty left last longer than 75
        QVERIFY(std::abs(from(90)->count() - 80) <= 1);
        QVERIFY(!from(100));  // none ever was late
        for (int limit = 50; limit <= 90; ++limit)
            for (int age = 0; age < limit; ++age)
                QCOMPARE(*m.chanceOver(life(0), Millis{age}, Millis{limit}) >= 0.5, Millis{age} >= *from(limit));
    }
    void nothingIsClaimedWithoutHistory() {
        RiskModel m;
        m.learn(std::vector<LifeSample>(RiskModel::kEnough - 1, life(5)));
        QVERIFY(m.isEmpty());
        QVERIFY(!m.chanceOver(life(0), Millis{0}, Millis{5}));
    }
};

QTEST_GUILESS_MAIN(RiskModelTest)
#include "risk_model_test.moc"
