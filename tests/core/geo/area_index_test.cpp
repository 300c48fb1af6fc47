// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/area_index.hpp"

#include <rapidcheck.h>

#include <QtTest>

using namespace wl;
using namespace wl::geo;

namespace {

Area area(std::string code, std::vector<std::vector<WorldPoint>> rings) {
    Area a;
    a.code = std::move(code);
    a.kind = "district";
    a.rings = std::move(rings);
    return a;
}

std::vector<WorldPoint> box(double left, double top, double right, double bottom) {
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

// West and East share the border x = 0.5; West has a pond; North lies on top of both; Twins is in two parts.
CityMapPtr fourAreas() {
    auto map = std::make_shared<CityMap>();
    map->areas = {area("west", {box(0.4, 0.4, 0.5, 0.6), box(0.42, 0.45, 0.45, 0.5)}),
                  area("east", {box(0.5, 0.4, 0.6, 0.6)}), area("north", {box(0.4, 0.3, 0.6, 0.4)}),
                  area("twins", {box(0.41, 0.31, 0.43, 0.33), box(0.7, 0.31, 0.8, 0.33)})};
    map->areas.back().kind = "ward";
    return map;
}

// The definition itself, without an index.
bool insideByEvenOdd(const Area& a, WorldPoint p) {
    bool inside = false;
    for (const auto& ring : a.rings)
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if ((ring[i].y > p.y) == (ring[j].y > p.y)) continue;
            if (p.x > ring[i].x + (p.y - ring[i].y) / (ring[j].y - ring[i].y) * (ring[j].x - ring[i].x))
                inside = !inside;
        }
    return inside;
}

}  // namespace

class AreaIndexTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void containment_data() {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<QString>("codes");
        QTest::newRow("inside one") << 0.55 << 0.5 << QStringLiteral("east");
        QTest::newRow("outside of all") << 0.9 << 0.9 << QStringLiteral("");
        QTest::newRow("far north") << 0.5 << 0.0 << QStringLiteral("");
        QTest::newRow("in a hole") << 0.43 << 0.47 << QStringLiteral("");
        QTest::newRow("beside the hole") << 0.46 << 0.47 << QStringLiteral("west");
        QTest::newRow("overlap") << 0.42 << 0.32 << QStringLiteral("north twins");
        QTest::newRow("second part") << 0.75 << 0.32 << QStringLiteral("twins");
        QTest::newRow("shared upright border goes east") << 0.5 << 0.5 << QStringLiteral("east");
        QTest::newRow("shared level border goes south") << 0.45 << 0.4 << QStringLiteral("west");
        QTest::newRow("corner of three") << 0.5 << 0.4 << QStringLiteral("east");
        QTest::newRow("west edge is in") << 0.4 << 0.5 << QStringLiteral("west");
        QTest::newRow("east edge is out") << 0.6 << 0.5 << QStringLiteral("");
        QTest::newRow("south edge is out") << 0.55 << 0.6 << QStringLiteral("");
    }
    void containment() {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(QString, codes);
        const CityMapPtr map = fourAreas();
        const AreaIndex index(map);
        QStringList found;
        for (const std::uint32_t i : index.areasAt(WorldPoint{x, y}))
            found << QString::fromStdString(map->areas[i].code);
        QCOMPARE(found.join(u' '), codes);
    }
    void areaOfAKind() {
        const AreaIndex index(fourAreas());
        const GeoPoint at = toGeo({0.42, 0.32});
        QCOMPARE(index.areaAt(at, "ward")->code, std::string("twins"));
        QCOMPARE(index.areaAt(at, "district")->code, std::string("north"));
        QCOMPARE(index.areaAt(at, "parish"), nullptr);
    }
    void noAreasAtAll() {
        const AreaIndex index(std::make_shared<CityMap>());
        QVERIFY(index.areasAt(WorldPoint{0.5, 0.5}).empty());
    }
    void agreesWithTheDefinition() {
        QVERIFY(rc::check("every area of random stars", [] {
            const auto coordinate = rc::gen::map(rc::gen::inRange(0, 1'000'000), [](int v) { return v / 1e6; });
            auto map = std::make_shared<CityMap>();
            for (int a = 0; a < 3; ++a) {
                Area made = area("a", {});
                for (int r = 0; r < 2; ++r) {
                    std::vector<WorldPoint> ring(static_cast<std::size_t>(*rc::gen::inRange(3, 9)));
                    for (auto& p : ring) p = {*coordinate, *coordinate};
                    made.rings.push_back(ring);
                }
                map->areas.push_back(made);
            }
            const AreaIndex index(map);
            for (int i = 0; i < 50; ++i) {
                const WorldPoint p{*coordinate + 3e-7, *coordinate + 3e-7};
                std::vector<std::uint32_t> expected;
                for (std::uint32_t a = 0; a < map->areas.size(); ++a)
                    if (insideByEvenOdd(map->areas[a], p)) expected.push_back(a);
                RC_ASSERT(index.areasAt(p) == expected);
            }
        }));
    }
};

QTEST_APPLESS_MAIN(AreaIndexTest)
#include "area_index_test.moc"
