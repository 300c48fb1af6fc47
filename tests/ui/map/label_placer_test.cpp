// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>

#include <rapidcheck.h>

#include "ui/map/label_placer.hpp"

using wl::ui::LabelPlacer;

class LabelPlacerTest : public QObject {
    Q_OBJECT

    static bool place(LabelPlacer& placer, const QRectF& box) { return placer.place(std::span(&box, 1)); }

private Q_SLOTS:
    void refusesWhatTouchesAPlacedLabel() {
        LabelPlacer placer(QRectF(0, 0, 500, 500));
        QVERIFY(place(placer, {10, 10, 100, 20}));
        QVERIFY(!place(placer, {100, 25, 50, 20}));
        QVERIFY(place(placer, {120, 10, 50, 20}));
    }

    void refusesWhatReachesOverTheEdge() {
        LabelPlacer placer(QRectF(0, 0, 500, 500));
        QVERIFY(!place(placer, {-1, 10, 100, 20}));
        QVERIFY(!place(placer, {450, 490, 20, 20}));
        QVERIFY(place(placer, {400, 480, 100, 20}));
    }

    void takesAllBoxesOfALabelOrNone() {
        LabelPlacer placer({});
        QVERIFY(place(placer, {0, 0, 10, 10}));
        const std::array<QRectF, 2> label{QRectF(100, 100, 10, 10), QRectF(5, 5, 10, 10)};
        QVERIFY(!placer.place(label));
        QVERIFY2(place(placer, {100, 100, 10, 10}), "the free half of a refused label must stay free");
    }

    void blockedRoomIsTakenEvenOutside() {
        LabelPlacer placer(QRectF(0, 0, 100, 100));
        placer.block({-50, 40, 100, 20});
        QVERIFY(!place(placer, {30, 45, 30, 10}));
        QVERIFY(place(placer, {55, 45, 30, 10}));
    }

    void placedLabelsNeverOverlap() {
        const bool holds = rc::check([] {
            LabelPlacer placer(QRectF(0, 0, 1000, 1000));
            std::vector<QRectF> taken;
            for (int i = 0; i < 200; ++i) {
                const QRectF box(*rc::gen::inRange(0, 990), *rc::gen::inRange(0, 990), *rc::gen::inRange(1, 200),
                                 *rc::gen::inRange(1, 40));
                const bool free = QRectF(0, 0, 1000, 1000).contains(box) &&
                                  std::ranges::none_of(taken, [&](const QRectF& t) { return t.intersects(box); });
                RC_ASSERT(place(placer, box) == free);
                if (free) taken.push_back(box);
            }
        });
        QVERIFY(holds);
    }
};

QTEST_GUILESS_MAIN(LabelPlacerTest)
#include "label_placer_test.moc"
