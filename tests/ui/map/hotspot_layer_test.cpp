// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <rapidcheck.h>

#include "small_city.hpp"
#include "ui/map/hotspot_layer.hpp"

using namespace wl;
using namespace wl::ui;

namespace {

// The city of tests in a view of 1000 × 800 px.
Viewport viewAt(double zoom) { return {test::SmallCity::at({0, 0}), zoom, {1000, 800}}; }

MapHotSpot spot(double x, double y, double strength, double radius = 100) {
    return {test::SmallCity::at({x, y}), radius, QStringLiteral("Pothole 9 instead of 1.2"), false, strength};
}

bool overlaps(const QRectF& box, const Disc& disc) {
    const QPointF nearest(std::clamp(disc.at.x(), box.left(), box.right()),
                          std::clamp(disc.at.y(), box.top(), box.bottom()));
    return std::hypot(nearest.x() - disc.at.x(), nearest.y() - disc.at.y()) < disc.radius;
}

}  // namespace

class HotSpotLayerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsADotOnTheCitySaysItsWordsOnlyAmongTheStrongest() {
        std::vector<MapHotSpot> spots;
        for (int i = 0; i < 12; ++i) spots.push_back(spot(-8000 + i * 1500, (i % 4 - 2) * 2500, i));
        const auto words = placeSpotWords(spots, viewAt(10.5), {}, {});
        QCOMPARE(words.size(), std::size_t(4));
        for (const auto& one : words) QVERIFY2(one.spot >= 8, "a weaker one took the room of a stronger one");
        std::vector<MapHotSpot> close;
        for (int i = 0; i < 6; ++i) close.push_back(spot(-400 + (i % 3) * 400, -200 + (i / 3) * 400, i));
        QCOMPARE(placeSpotWords(close, viewAt(16), {}, {}).size(), std::size_t(6));
    }

    void acknowledgedOnesAreSilent() {
        auto quiet = spot(0, 0, 9);
        quiet.quiet = true;
        QVERIFY(placeSpotWords({quiet}, viewAt(14), {}, {}).empty());
    }

    void wordsLieBesideClustersFurnitureAndOneAnother() {
        const bool holds = rc::check([] {
            std::vector<MapHotSpot> spots;
            const auto many = *rc::gen::inRange(1, 30);
            for (int i = 0; i < many; ++i)
                spots.push_back(spot(*rc::gen::inRange(-2000, 2000), *rc::gen::inRange(-2000, 2000),
                                     *rc::gen::inRange(0, 100), *rc::gen::inRange(50, 600)));
            std::vector<Disc> clusters;
            for (int i = 0; i < 25; ++i)
                clusters.push_back({QPointF(*rc::gen::inRange(0, 1000), *rc::gen::inRange(0, 800)),
                                    double(*rc::gen::inRange(8, 30))});
            const QRectF legend(8, 8, 120, 160);
            const auto words = placeSpotWords(spots, viewAt(*rc::gen::inRange(11, 16)), clusters, {legend});
            for (std::size_t i = 0; i < words.size(); ++i) {
                RC_ASSERT(!words[i].box.intersects(legend));
                for (const auto& disc : clusters) RC_ASSERT(!overlaps(words[i].box, disc));
                for (std::size_t j = 0; j < i; ++j) RC_ASSERT(!words[i].box.intersects(words[j].box));
            }
        });
        QVERIFY(holds);
    }
};

QTEST_MAIN(HotSpotLayerTest)
#include "hotspot_layer_test.moc"
