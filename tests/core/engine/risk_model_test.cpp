// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/risk_model.hpp"

#include <QTest>

#include <cmath>

using namespace wl;
using namespace wl::engine;

class RiskModelTest : public QObject {
    Q_OBJECT

    static LifeSample life(std::int64_t lasted, bool closed = true, std::int32_t service = 1, std::int32_t area = 1) {
        return {service, 1, area, lasted, closed};
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
        QVERIFY(std::abs(*m.chanceOver(life(0), Millis{0}, Millis{2}) - 5.0 / 6) < 1e-6);
        QVERIFY(std::abs(*m.chanceOver(life(0), Millis{0}, Millis{3}) - 5.0 / 6 * 0.5) < 1e-6);
        QVERIFY(std::abs(*m.chanceOver(life(0), Millis{2}, Millis{3}) - 0.5) < 1e-6);  // given that it got so far
        QCOMPARE(*m.chanceOver(life(0), Millis{5}, Millis{4}), 1.0);
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
        QCOMPARE(m.forecast(life(0, false, 7, 7), Millis{0})->level, 3);
        QVERIFY(m.forecast(life(0, false, 1, 1), Millis{0})->middle == Millis{10});
        QVERIFY(!m.chanceOver(life(0, false, 2, 1), Millis{2000}, Millis{3000}));  // nothing ever lasted so long
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
