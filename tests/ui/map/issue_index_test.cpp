// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/issue_index.hpp"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <set>

#include "ui/map/issue_feed.hpp"

using namespace wl;
using namespace wl::ui;

// An index that was made of the last one answers as one that is built anew.
class IssueIndexTest : public QObject {
    Q_OBJECT

    static std::shared_ptr<MapPoints> cases(int count, quint32 seed) {
        QRandomGenerator random(seed);
        auto points = std::make_shared<MapPoints>();
        for (int i = 0; i < count; ++i)
            points->add(10 * i + 5, {0.3 + random.bounded(0.001), 0.4 + random.bounded(0.001)},
                        static_cast<std::uint8_t>(random.bounded(6)));
        return points;
    }
    static std::set<std::int64_t> keysIn(const IssueIndex& index, const geo::WorldRect& area) {
        std::set<std::int64_t> keys;
        index.visit(area, [&](std::uint32_t i) {
            if (!keys.insert(index.points().keys[i]).second) qFatal("twice");
        });
        return keys;
    }
    // Some go, come, move, and change their state.
    static std::shared_ptr<MapPoints> changed(const MapPoints& was, QRandomGenerator& random) {
        auto now = std::make_shared<MapPoints>();
        for (std::size_t i = 0; i < was.size(); ++i) {
            const auto what = random.bounded(400);
            if (what == 0) continue;
            if (what == 1) now->add(was.keys[i] - 1, {0.3 + random.bounded(0.0012), 0.4}, 2);
            const bool moves = what == 2;
            now->add(was.keys[i], moves ? geo::WorldPoint{0.3001, 0.4 + random.bounded(0.001)} : was.at[i],
                     what == 3 ? static_cast<std::uint8_t>(5 - was.sla[i]) : was.sla[i]);
        }
        now->add(10'000'000, {0.3005, 0.4005}, 3);
        return now;
    }

private Q_SLOTS:
    void aPatchedIndexAnswersAsOneBuiltAnew() {
        QRandomGenerator random(3);
        const auto first = cases(5000, 1);
        auto last = std::make_shared<const IssueIndex>(first);
        QVERIFY(!last->isPatched());
        const auto now = changed(*first, random);
        const IssueIndex patched(now, *last), anew(now);
        QVERIFY(patched.isPatched());
        for (int i = 0; i < 200; ++i) {
            const double x = 0.2999 + random.bounded(0.0012), y = 0.3999 + random.bounded(0.0012);
            const geo::WorldRect area{x, y, x + random.bounded(0.0005), y + random.bounded(0.0005)};
            QCOMPARE(keysIn(patched, area), keysIn(anew, area));
            QCOMPARE(patched.inDrawingOrder(area), anew.inDrawingOrder(area));
            QCOMPARE(patched.nearest({x, y}, 0.0001), anew.nearest({x, y}, 0.0001));
        }
        for (const auto key : now->keys) QCOMPARE(patched.points().keys[*patched.indexOf(key)], key);
        QCOMPARE(patched.bounds(), anew.bounds());
        const geo::WorldRect everything{0, 0, 1, 1};
        for (int zoom = 8; zoom < 19; ++zoom) {
            std::array<std::uint32_t, 6> sums{}, expected{};
            for (const auto sla : now->sla) ++expected[sla];
            for (const auto& item : patched.clusters(everything, zoom)) {
                for (std::size_t k = 0; k < 6; ++k) sums[k] += item.counts[k];
                if (!item.isCluster()) {
                    QVERIFY(item.id < now->size());
                    QCOMPARE(now->at[item.id], item.at);
                    QCOMPARE(item.counts[now->sla[item.id]], 1U);
                }
            }
            QCOMPARE(sums, expected);
        }
    }

    void manyChangesMakeANewBase() {
        const auto first = cases(5000, 1);
        const IssueIndex last(first);
        QVERIFY(!IssueIndex(cases(5000, 2), last).isPatched());
        QVERIFY(!IssueIndex(std::make_shared<const MapPoints>(), last).isPatched());
        QVERIFY(IssueIndex(first, last).isPatched());
    }

    void keysInAnyOrderAreTaken() {
        auto points = std::make_shared<MapPoints>();
        points->add(9, {0.5, 0.5}, 1);
        points->add(2, {0.6, 0.5}, 2);
        const IssueIndex index(points);
        QCOMPARE(index.points().at[*index.indexOf(9)].x, 0.5);
        QCOMPARE(index.points().at[*index.indexOf(2)].x, 0.6);
    }

    // What a busy day does to the map of a large city: case after case, one index.
    void liveUpdatesOfSingleCasesNeverRebuildTheIndex() {
        IssueFeed feed;
        QSignalSpy ready(&feed, &IssueFeed::ready);
        auto points = cases(20000, 1);
        feed.setPoints(points);
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(feed.builds(), 1);
        for (int i = 0; i < 8; ++i) {
            auto next = std::make_shared<MapPoints>(*points);
            next->sla[std::size_t(i) * 7] = static_cast<std::uint8_t>((next->sla[std::size_t(i) * 7] + 1) % 6);
            next->add(1'000'000 + i, {0.3004, 0.4004}, 4);
            points = next;
            feed.setPoints(points);
            QTRY_COMPARE(ready.count(), i + 2);
            const auto index = ready.last()[0].value<IssueIndexPtr>();
            QVERIFY(index->indexOf(1'000'000 + i));
            QCOMPARE(index->points().size(), points->size());
        }
        QCOMPARE(feed.builds(), 1);
    }
};

QTEST_MAIN(IssueIndexTest)
#include "issue_index_test.moc"
