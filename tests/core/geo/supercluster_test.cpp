// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/supercluster.hpp"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>
#include <numeric>
#include <set>

using namespace wl::geo;

namespace {

struct Cloud {
    std::vector<WorldPoint> points;
    std::vector<std::uint8_t> category;
};

// Points around a few centres, so that there is something to cluster at every zoom.
Cloud cloud(std::size_t count, std::uint64_t seed) {
    std::uint64_t state = seed;
    const auto next = [&] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(state >> 11) / 9007199254740992.0;
    };
    Cloud made;
    for (std::size_t i = 0; i < count; ++i) {
        const double centre = std::floor(next() * 20.0) / 20.0;
        const double spread = std::pow(10.0, -1.0 - 5.0 * next());
        made.points.push_back({0.3 + 0.3 * centre + (next() - 0.5) * spread,
                               0.4 + 0.1 * centre + (next() - 0.5) * spread});
        made.category.push_back(static_cast<std::uint8_t>(next() * 6.0));
    }
    return made;
}

constexpr WorldRect everywhere{-1, -1, 2, 2};

double distance(WorldPoint a, WorldPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

class SuperclusterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emptyIndexHasNothing() {
        const Supercluster index;
        QVERIFY(index.query(everywhere, 3).empty());
        QCOMPARE(index.expansionZoom(17), 0);
        const Supercluster built({}, {});
        QVERIFY(built.query(everywhere, 3).empty());
        QVERIFY(built.leaves(~std::uint64_t{0}).empty());
    }
    void twoPointsPartWhereTheyAreSixtyPixelsApart() {
        // 60 px of 256-px tiles at zoom 10 is 60 / (256 · 1024) of the world.
        const double apart = 60.0 / (256.0 * 1024.0) * 1.01;
        const std::vector<WorldPoint> points{{0.5, 0.5}, {0.5 + apart, 0.5}};
        const std::vector<std::uint8_t> category{2, 5};
        const Supercluster index(points, category);
        QCOMPARE(index.query(everywhere, 10).size(), std::size_t{2});
        const auto below = index.query(everywhere, 9);
        QCOMPARE(below.size(), std::size_t{1});
        QCOMPARE(below[0].count, 2U);
        QCOMPARE(below[0].counts, (std::array<std::uint32_t, 6>{0, 0, 1, 0, 0, 1}));
        QVERIFY(distance(below[0].at, {0.5 + apart / 2, 0.5}) < 1e-12);
        QCOMPARE(index.expansionZoom(below[0].id), 10);
        QCOMPARE(index.leaves(below[0].id), (std::vector<std::uint32_t>{0, 1}));
        QCOMPARE(index.query(everywhere, 3)[0].id, below[0].id);
    }
    void samePlaceStaysOneClusterToTheEnd() {
        const std::vector<WorldPoint> points(500, WorldPoint{0.25, 0.75});
        const std::vector<std::uint8_t> category(500, 200);
        const Supercluster index(points, category);
        const auto top = index.query(everywhere, 18);
        QCOMPARE(top.size(), std::size_t{1});
        QCOMPARE(top[0].counts[5], 500U);
        QCOMPARE(index.expansionZoom(top[0].id), 19);
        QCOMPARE(index.query(everywhere, 19).size(), std::size_t{500});
        QCOMPARE(index.leaves(top[0].id, 10, 495).size(), std::size_t{5});
    }
    void everyLevelHoldsEveryPointOnce() {
        QVERIFY(rc::check("sums, members and expansion", [] {
            const Cloud c = cloud(*rc::gen::inRange<std::size_t>(1, 1500), *rc::gen::arbitrary<std::uint64_t>());
            const Supercluster index(c.points, c.category);
            std::array<std::uint32_t, 6> totals{};
            for (const auto k : c.category) ++totals[k];
            std::size_t itemsBefore = 0;
            for (int zoom = 0; zoom <= Supercluster::maxZoom + 1; ++zoom) {
                const double reach = 60.0 / (256.0 * std::exp2(zoom));
                std::set<std::uint32_t> seen;
                std::array<std::uint32_t, 6> sums{};
                const auto items = index.query(everywhere, zoom);
                RC_ASSERT(items.size() >= itemsBefore);
                itemsBefore = items.size();
                for (const auto& item : items) {
                    const auto members =
                        item.isCluster() ? index.leaves(item.id) : std::vector{static_cast<std::uint32_t>(item.id)};
                    RC_ASSERT(members.size() == item.count);
                    WorldPoint centre{};
                    for (const auto m : members) {
                        RC_ASSERT(seen.insert(m).second);
                        centre.x += c.points[m].x / item.count;
                        centre.y += c.points[m].y / item.count;
                        // A member is within 60 px of its seed at each level it was merged on: a geometric sum of
                        // seed-to-member and centre-to-seed steps, at most 4 radii of this level in all.
                        RC_ASSERT(distance(c.points[m], item.at) <= 4.0 * reach + 1e-6);
                    }
                    RC_ASSERT(distance(centre, item.at) < 1e-9);
                    for (std::size_t k = 0; k < 6; ++k) sums[k] += item.counts[k];
                    if (item.isCluster()) {
                        const int opens = index.expansionZoom(item.id);
                        RC_ASSERT(opens > zoom);
                        for (const auto& inner : index.query(everywhere, opens)) RC_ASSERT(inner.id != item.id);
                    }
                }
                RC_ASSERT(seen.size() == c.points.size());
                RC_ASSERT(sums == totals);
            }
        }));
    }
    void firstMergeIsTheGreedyOne() {
        QVERIFY(rc::check("level 18 equals the definition", [] {
            Cloud c = cloud(*rc::gen::inRange<std::size_t>(1, 400), *rc::gen::arbitrary<std::uint64_t>());
            for (auto& p : c.points)  // a few hundred metres, exact in float
                p = {static_cast<double>(static_cast<float>(0.5 + (p.x - 0.5) * 3e-4)),
                     static_cast<double>(static_cast<float>(0.5 + (p.y - 0.5) * 3e-4))};
            const double reach = 60.0 / (256.0 * std::exp2(18));
            std::vector<bool> taken(c.points.size());
            std::multiset<std::uint32_t> expected;
            for (std::size_t i = 0; i < c.points.size(); ++i) {
                if (taken[i]) continue;
                std::uint32_t count = 0;
                for (std::size_t k = 0; k < c.points.size(); ++k) {
                    const double dx = c.points[k].x - c.points[i].x;
                    const double dy = c.points[k].y - c.points[i].y;
                    if (taken[k] || dx * dx + dy * dy > reach * reach) continue;
                    taken[k] = true;
                    ++count;
                }
                expected.insert(count);
            }
            std::multiset<std::uint32_t> made;
            const Supercluster index(c.points, c.category);
            for (const auto& item : index.query(everywhere, 18)) made.insert(item.count);
            RC_ASSERT(made == expected);
        }));
    }
    void windowGivesExactlyWhatLiesInIt() {
        QVERIFY(rc::check("windows", [] {
            const Cloud c = cloud(800, *rc::gen::arbitrary<std::uint64_t>());
            const Supercluster index(c.points, c.category);
            const int zoom = *rc::gen::inRange(0, 20);
            const double x = *rc::gen::inRange(300, 600) / 1000.0;
            const double y = *rc::gen::inRange(400, 500) / 1000.0;
            const double side = *rc::gen::inRange(1, 200) / 1000.0;
            const WorldRect window{x, y, x + side, y + side};
            std::set<std::uint64_t> expected;
            std::set<std::uint64_t> found;
            for (const auto& item : index.query(everywhere, zoom))
                if (window.contains(item.at)) expected.insert(item.id);
            for (const auto& item : index.query(window, zoom)) found.insert(item.id);
            RC_ASSERT(found == expected);
        }));
    }
    void unknownIdsAreRefused() {
        const Cloud c = cloud(100, 1);
        const Supercluster index(c.points, c.category);
        for (const std::uint64_t id :
             {std::uint64_t{5}, ~std::uint64_t{0}, (std::uint64_t{1} << 62) | 31, std::uint64_t{1} << 40}) {
            QCOMPARE(index.expansionZoom(id), 0);
            QVERIFY(index.leaves(id).empty());
        }
    }
    void aMillionPointsBuildInTime() {
        Cloud c = cloud(1'000'000, 7);
        for (auto& p : c.points) p = {0.315 + (p.x - 0.45) * 1e-3, 0.373 + (p.y - 0.45) * 2e-3};  // as large as a city
        QElapsedTimer timer;
        timer.start();
        const Supercluster index(c.points, c.category);
        const qint64 built = timer.elapsed();
        QCOMPARE(index.pointCount(), c.points.size());
        qInfo("1,000,000 points built in %lld ms", static_cast<long long>(built));
        QVERIFY2(built < 10'000, "a build that grows faster than n log n");
    }
};

QTEST_APPLESS_MAIN(SuperclusterTest)
#include "supercluster_test.moc"
