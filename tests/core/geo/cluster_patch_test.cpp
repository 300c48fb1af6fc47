// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/cluster_patch.hpp"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>
#include <map>

using namespace wl::geo;

namespace {

constexpr WorldRect everywhere{-1, -1, 2, 2};

struct Cloud {
    std::vector<WorldPoint> points;
    std::vector<std::uint8_t> category;
};

Cloud cloud(std::size_t count) {
    Cloud made;
    for (std::size_t i = 0; i < count; ++i) {
        const double spread = std::pow(10.0, -2.0 - *rc::gen::inRange(0, 4));
        made.points.push_back({0.4 + spread * *rc::gen::inRange(0, 1000) / 1000.0,
                               0.5 + spread * *rc::gen::inRange(0, 1000) / 1000.0});
        made.category.push_back(*rc::gen::inRange<std::uint8_t>(0, 6));
    }
    return made;
}

}  // namespace

class ClusterPatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPointIsCountedOnceAtEveryZoom() {
        QVERIFY(rc::check("sums follow the changes", [] {
            Cloud c = cloud(*rc::gen::inRange<std::size_t>(1, 120));
            ClusterPatch patch(std::make_shared<const Supercluster>(c.points, c.category));
            std::array<std::uint32_t, 6> totals{};
            for (const auto k : c.category) ++totals[k];
            for (std::uint32_t i = 0; i < c.points.size(); ++i) {
                switch (*rc::gen::inRange(0, 6)) {
                    case 0:
                        patch.remove(i, c.category[i]);
                        --totals[c.category[i]];
                        break;
                    case 1: {
                        const auto to = *rc::gen::inRange<std::uint8_t>(0, 6);
                        patch.recategorise(i, c.category[i], to);
                        --totals[c.category[i]];
                        ++totals[to];
                        break;
                    }
                    case 2: {
                        const auto as = *rc::gen::inRange<std::uint8_t>(0, 6);
                        patch.add({c.points[i].x + 1e-5, c.points[i].y}, as, 1000 + i);
                        ++totals[as];
                        break;
                    }
                    default: break;
                }
            }
            for (int zoom = 0; zoom <= Supercluster::maxZoom + 1; ++zoom) {
                std::array<std::uint32_t, 6> sums{};
                for (const auto& item : patch.query(everywhere, zoom)) {
                    std::uint32_t count = 0;
                    for (std::size_t k = 0; k < 6; ++k) {
                        sums[k] += item.counts[k];
                        count += item.counts[k];
                    }
                    RC_ASSERT(item.count == count);
                    RC_ASSERT(item.count > 0);
                }
                RC_ASSERT(sums == totals);
            }
        }));
    }
    void aPanNeverChangesACluster() {
        QVERIFY(rc::check("a cluster is the same in every window", [] {
            Cloud c = cloud(100);
            ClusterPatch patch(std::make_shared<const Supercluster>(c.points, c.category));
            for (std::uint32_t i = 0; i < 10; ++i) patch.remove(i, c.category[i]);
            for (std::uint32_t i = 10; i < 20; ++i) patch.add(c.points[i], 3, 1000 + i);
            const int zoom = *rc::gen::inRange(0, 20);
            std::map<std::uint64_t, Supercluster::Item> all;
            for (const auto& item : patch.query(everywhere, zoom)) all[item.id] = item;
            for (int k = 0; k < 20; ++k) {
                const double x = 0.39 + *rc::gen::inRange(0, 100) / 5000.0,
                             y = 0.49 + *rc::gen::inRange(0, 100) / 5000.0;
                for (const auto& item : patch.query({x, y, x + 0.005, y + 0.005}, zoom))
                    RC_ASSERT(all.at(item.id) == item);
            }
        }));
    }
    void oneThatIsLeftOfAClusterStandsWhereItIs() {
        const std::vector<WorldPoint> points{{0.5, 0.5}, {0.50000001, 0.5}};
        const std::vector<std::uint8_t> category{2, 3};
        ClusterPatch patch(std::make_shared<const Supercluster>(points, category));
        QCOMPARE(patch.query(everywhere, 10).front().count, 2U);
        patch.remove(0, 2);
        const auto left = patch.query(everywhere, 10);
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left.front().at, points[1]);
        QCOMPARE(left.front().id, std::uint64_t{1});
        QVERIFY(!left.front().isCluster());
    }
    void aNewcomerJoinsTheClusterInItsReach() {
        const std::vector<WorldPoint> points{{0.5, 0.5}};
        const std::vector<std::uint8_t> category{2};
        ClusterPatch patch(std::make_shared<const Supercluster>(points, category));
        patch.add({0.5 + 50.0 / (256 * 1024.0), 0.5}, 4, 77);
        QCOMPARE(patch.query(everywhere, 10).size(), std::size_t{1});
        QCOMPARE(patch.query(everywhere, 10).front().count, 2U);
        QCOMPARE(patch.query(everywhere, 11).size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(ClusterPatchTest)
#include "cluster_patch_test.moc"
