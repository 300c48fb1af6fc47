// SPDX-License-Identifier: GPL-3.0-or-later
// The simulator itself: it replays, and each check finds the mistake it is there for.
#include "sim/simulate.hpp"

#include <QTest>

#include <algorithm>
#include <set>

using namespace wl;
using namespace wl::sim;

namespace {

std::string told(const Outcome& out) {
    std::string text;
    for (const auto& f : out.failures) text += f.check + " " + f.what + "\n";
    return text;
}

}  // namespace

class SimulatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void citiesSurviveFaults() {
        for (std::uint64_t seed = 1; seed <= 24; ++seed) {
            const auto out = live(makePlan(seed, 3 + seed % 6, Millis(30'000)));
            QVERIFY2(out.failures.empty(), ("seed " + std::to_string(seed) + "\n" + told(out)).c_str());
        }
    }

    // A disk that was cloned and then put back, with what was written under both names in the journal; and a console
    // shut out by an administrator whose machine died over it.
    void whatOnceFailedHolds() {
        for (const std::uint64_t seed : {21710, 23054, 24985, 25548, 25699}) {
            const auto out = live(makePlan(seed, 3 + seed % 6, Millis(30'000)));
            QVERIFY2(out.failures.empty(), ("seed " + std::to_string(seed) + "\n" + told(out)).c_str());
        }
    }

    void aSeedReplaysByteForByte() {
        const auto plan = makePlan(77, 4, Millis(30'000));
        const auto one = live(plan), two = live(plan);
        QCOMPARE(one.deliveries, two.deliveries);
        QCOMPARE(one.ops, two.ops);
        QCOMPARE(one.lived.count(), two.lived.count());
    }

    void everyCheckFindsItsMistake_data() {
        QTest::addColumn<int>("bug");
        QTest::addColumn<QByteArray>("check");
        const auto row = [](const char* name, Bug bug, const char* check) {
            QTest::newRow(name) << static_cast<int>(bug) << QByteArray(check);
        };
        row("S1 disks lie about syncs", Bug::LyingDisks, "S1");
        row("S2 a head is forged", Bug::ForgedHead, "S2");
        row("S3 S5 a row is stale", Bug::StaleRow, "S5");
        row("S7 acknowledged before it was there", Bug::EarlyAcks, "S7");
        row("S8 sent before it was safe", Bug::LyingDisks, "S8");
        row("S9 one console judges otherwise", Bug::VoidOnOne, "S9");
        row("S10 an op behind a cutoff counts", Bug::CutoffIgnored, "S10");
        row("S14 a clock runs away", Bug::ClockRunsAway, "S14");
        row("S15 parked ops stay parked", Bug::ParkedLost, "S15");
        row("S16 bytes of the log changed", Bug::BytesChanged, "S16");
        row("S18 no backpressure", Bug::NoBackpressure, "S18");
        row("S20 fork proofs are ignored", Bug::ForksIgnored, "S20");
        row("L1 ops are swallowed", Bug::OpsSwallowed, "L1");
        row("L2 a console that never stops talking", Bug::Chatter, "L2");
    }
    void everyCheckFindsItsMistake() {
        QFETCH(int, bug);
        QFETCH(QByteArray, check);
        std::string last;
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            auto plan = makePlan(seed, 4, Millis(20'000));
            const auto what = static_cast<Bug>(bug);
            if (what == Bug::ForksIgnored) plan.actions.push_back({Millis(15'000), Act::Equivocate, 2, 0, 0});
            if (what == Bug::LyingDisks || what == Bug::EarlyAcks)
                plan.actions.push_back({Millis(19'000), Act::PowerLoss, 1, 2, 500});
            const auto out = live(plan, what);
            last = told(out);
            if (std::ranges::any_of(out.failures, [&](const Failure& f) { return f.check == check.toStdString(); }))
                return;
        }
        QFAIL(("not found in 60 lives; last:\n" + last).c_str());
    }

    void aFailureShrinks() {
        auto plan = makePlan(5, 4, Millis(20'000));
        const auto shortest = shrink(plan, "L1", Bug::OpsSwallowed);
        QVERIFY2(shortest.actions.size() < plan.actions.size(), std::to_string(shortest.actions.size()).c_str());
        QVERIFY(shortest.actions.size() <= 3);
    }
};

QTEST_APPLESS_MAIN(SimulatorTest)
#include "simulator_test.moc"
