// SPDX-License-Identifier: GPL-3.0-or-later
// S14: stamps rise along a log and lie after what they saw, whatever the wall clock does.
#include <QTest>

#include <limits>

#include "domain/hlc.hpp"
#include "support/property.hpp"

using namespace wl;
using namespace wl::test;

class HlcTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stampsRiseAndFollowTheirCauses() {
        QVERIFY(holds("S14", [](Recipe& r) -> std::string {
            ManualClock wall({1'700'000'000'000});
            HlcClock clock(wall, Hlc::of({1'699'999'999'000}));
            auto last = clock.last();
            while (!r.atEnd()) {
                switch (r.below(5)) {
                    case 0: wall.set({wall.now().ms + static_cast<std::int64_t>(r.below(3))}); break;
                    case 1: wall.set({wall.now().ms + static_cast<std::int64_t>(r.next()) - 2'000'000'000}); break;
                    case 2: {
                        const auto heard = Hlc::of({wall.now().ms + static_cast<std::int64_t>(r.below(2000)) - 1000},
                                                   static_cast<std::uint16_t>(r.next()));
                        clock.observe(heard);
                        if (clock.last() < heard) return "an effect before its cause";
                        break;
                    }
                    case 3: {
                        const auto at = clock.tickAt({static_cast<std::int64_t>(r.below(3)) - 1});
                        if (at <= last) return "a dated stamp fell back";
                        last = at;
                        break;
                    }
                    default: {
                        const auto before = clock.last();
                        const auto at = clock.tick();
                        if (at <= last || at <= before) return "a stamp fell back";
                        if (at.value != before.value + 1 && at.wall() != wall.now())
                            return "a stamp ran ahead of the wall and its causes";
                        last = at;
                    }
                }
            }
            return {};
        }));
    }
    void aFullCounterCarriesIntoTheNextMillisecond() {
        ManualClock wall({1'700'000'000'000});
        HlcClock clock(wall, Hlc::of(wall.now(), 0xffff));
        QCOMPARE(clock.tick().value, Hlc::of({1'700'000'000'001}).value);
        QCOMPARE(clock.tick().value, Hlc::of({1'700'000'000'001}, 1).value);
    }
    void anInstantOutsideTheClockIsHeldAtItsEnds() {
        ManualClock wall({1'700'000'000'000});
        HlcClock clock(wall, {});
        QCOMPARE(Hlc::of({-1}).value, std::uint64_t{0});
        QCOMPARE(clock.tickAt({-86'400'000}).value, std::uint64_t{1});
        QCOMPARE(clock.tick().wall().ms, wall.now().ms);
        QCOMPARE(Hlc::of({std::numeric_limits<std::int64_t>::max()}).wall().ms, (std::int64_t{1} << 47) - 1);
    }
    void theTotalOrderIsClockThenOriginThenNumber() {
        const auto stamp = [](std::uint64_t hlc, std::uint8_t origin, std::uint64_t seq) {
            Stamp s{{hlc}, {{}, seq}};
            s.dot.origin.bytes[0] = origin;
            return s;
        };
        QVERIFY(stamp(1, 9, 9) < stamp(2, 0, 0));
        QVERIFY(stamp(2, 1, 9) < stamp(2, 2, 1));
        QVERIFY(stamp(2, 2, 1) < stamp(2, 2, 2));
        QVERIFY(stamp(2, 2, 2) == stamp(2, 2, 2));
    }
};

QTEST_GUILESS_MAIN(HlcTest)
#include "hlc_test.moc"
