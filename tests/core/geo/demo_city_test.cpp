// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo_city.hpp"

#include <QtTest>
#include <cmath>
#include <map>
#include <set>

#include "geo/area_index.hpp"

using namespace wl;
using namespace wl::geo;

namespace {

bool isStreet(FeatureClass c) { return c >= FeatureClass::Path && c <= FeatureClass::Motorway; }

/// One of the map's polygon classes, for many inside tests.
class Cover {
public:
    Cover(const CityMap& map, FeatureClass cls) {
        auto areas = std::make_shared<CityMap>();
        for (const Feature& f : map.features) {
            if (f.cls != cls || f.shape != Shape::Polygon) continue;
            const auto points = map.pointsOf(f);
            Area area;
            area.rings = {{points.begin(), points.end()}};
            areas->areas.push_back(std::move(area));
        }
        m_index = std::make_unique<AreaIndex>(areas);
    }
    [[nodiscard]] bool has(WorldPoint p) const { return !m_index->areasAt(p).empty(); }

private:
    std::unique_ptr<AreaIndex> m_index;
};

}  // namespace

class DemoCityTest : public QObject {
    Q_OBJECT

    CityMap m_city;

private Q_SLOTS:
    void initTestCase() {
        QElapsedTimer timer;
        timer.start();
        m_city = makeDemoCity(portLindenSeed);
        qInfo("made in %lld ms", static_cast<long long>(timer.elapsed()));
    }
    void sameSeedSameCity() {
        const CityMap again = makeDemoCity(portLindenSeed);
        QVERIFY(again.points == m_city.points);
        QVERIFY(again.names == m_city.names);
        QVERIFY(makeDemoCity(portLindenSeed + 1).points != m_city.points);
    }
    void otherSeedsAreCitiesToo_data() {
        QTest::addColumn<quint64>("seed");
        for (const quint64 seed : {quint64{1}, ~quint64{0}})
            QTest::addRow("%llu", static_cast<unsigned long long>(seed)) << seed;
    }
    void otherSeedsAreCitiesToo() {
        QFETCH(quint64, seed);
        const CityMap city = makeDemoCity(seed);
        QVERIFY(city.addresses.size() > 30'000);
        QVERIFY(std::ranges::count(city.areas, "district", &Area::kind) == 9);
    }
    void isAsLargeAsACity() {
        std::map<FeatureClass, std::size_t> count;
        std::set<std::uint32_t> streets;
        for (const Feature& f : m_city.features) {
            ++count[f.cls];
            if (isStreet(f.cls) && f.name != 0) streets.insert(f.name);
        }
        QVERIFY(count[FeatureClass::Building] > 30'000);
        QVERIFY(m_city.addresses.size() > 30'000);
        QVERIFY(streets.size() > 850);
        QVERIFY(count[FeatureClass::Bridge] >= 4);
        for (const FeatureClass c :
             {FeatureClass::Sea, FeatureClass::Land, FeatureClass::Wood, FeatureClass::Park, FeatureClass::Cemetery,
              FeatureClass::Industrial, FeatureClass::Commercial, FeatureClass::Sand, FeatureClass::Water,
              FeatureClass::River, FeatureClass::Rail, FeatureClass::Path, FeatureClass::ServiceRoad,
              FeatureClass::Motorway, FeatureClass::Place})
            QVERIFY2(count[c] > 0, qPrintable(QString::number(static_cast<int>(c))));
    }
    void mapIsWellFormed() {
        FeatureClass before{};
        for (const Feature& f : m_city.features) {
            QVERIFY(f.cls >= before);
            before = f.cls;
            QVERIFY(f.firstPoint + f.pointCount <= m_city.points.size());
            QVERIFY(f.name < m_city.names.size());
            QVERIFY(f.pointCount >= (f.shape == Shape::Polygon ? 3U : f.shape == Shape::Line ? 2U : 1U));
            QCOMPARE(f.ringCount, f.shape == Shape::Polygon ? 1U : 0U);
            for (const WorldPoint p : m_city.pointsOf(f)) QVERIFY(f.bounds.contains(p));
        }
        const std::set<std::string> names(m_city.names.begin(), m_city.names.end());
        QCOMPARE(names.size(), m_city.names.size());
        QVERIFY(m_city.names[0].empty());
    }
    void districtsTileTheLand() {
        const auto shared = std::make_shared<const CityMap>(m_city);
        const AreaIndex index(shared);
        const Cover land(m_city, FeatureClass::Land);
        std::size_t onLand = 0;
        std::size_t once = 0;
        for (int j = 1; j < 300; ++j)
            for (int i = 1; i < 430; ++i) {
                const WorldRect& b = m_city.bounds;
                const WorldPoint p{b.left + (b.right - b.left) * i / 430, b.top + (b.bottom - b.top) * j / 300};
                int districts = 0;
                int wards = 0;
                for (const std::uint32_t a : index.areasAt(p))
                    (m_city.areas[a].kind == "district" ? districts : wards)++;
                QVERIFY(districts <= 1);
                QCOMPARE(wards, districts);
                if (!land.has(p)) continue;
                ++onLand;
                once += districts == 1;
            }
        QVERIFY(onLand > 60'000);
        // Piers and breakwaters stand in the sea and belong to nobody.
        QVERIFY2(static_cast<double>(once) > 0.993 * static_cast<double>(onLand),
                 qPrintable(QString::number(static_cast<double>(once) / static_cast<double>(onLand))));
    }
    void everyAddressLiesInItsDistrict() {
        const auto shared = std::make_shared<const CityMap>(m_city);
        const AreaIndex index(shared);
        std::set<std::uint32_t> districts;
        for (const Address& a : m_city.addresses) {
            QCOMPARE(m_city.areas[a.area].kind, std::string("district"));
            const Area* found = index.areaAt(a.at, "district");
            QVERIFY(found == &shared->areas[a.area]);
            districts.insert(a.area);
        }
        QCOMPARE(districts.size(), std::size_t{9});
    }
    void numbersRiseAlongAndSidesDiffer() {
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        std::map<std::uint32_t, std::array<int, 2>> sides;
        for (const Address& a : m_city.addresses) {
            QVERIFY(a.street != 0);
            QVERIFY2(seen.emplace(a.street, a.number).second, m_city.names[a.street].c_str());
            ++sides[a.street][static_cast<std::size_t>(std::stoi(m_city.names[a.number]) % 2)];
        }
        const auto both =
            std::ranges::count_if(sides, [](const auto& s) { return s.second[0] > 0 && s.second[1] > 0; });
        QVERIFY(both * 10 > static_cast<std::ptrdiff_t>(sides.size()) * 9);
    }
    void noStreetRunsThroughWater() {
        const Cover land(m_city, FeatureClass::Land);
        const Cover river(m_city, FeatureClass::River);
        const double metre = (m_city.bounds.right - m_city.bounds.left) / 13000;
        const WorldRect inner{m_city.bounds.left + metre, m_city.bounds.top + metre, m_city.bounds.right - metre,
                              m_city.bounds.bottom - metre};
        for (const Feature& f : m_city.features) {
            if (!isStreet(f.cls) || f.cls == FeatureClass::Path) continue;
            const bool mayBridge = f.cls >= FeatureClass::Secondary;
            for (const WorldPoint p : m_city.pointsOf(f)) {
                if (!inner.contains(p)) continue;
                QVERIFY2(land.has(p), m_city.names[f.name].c_str());
                QVERIFY2(mayBridge || !river.has(p), m_city.names[f.name].c_str());
            }
        }
    }
    void noHouseStandsInARoadOrWater() {
        // Corners of houses against centre lines: a grid of 20 m cells over the road segments.
        const double metre = (m_city.bounds.right - m_city.bounds.left) / 13000;
        const WorldRect inner{m_city.bounds.left + metre, m_city.bounds.top + metre, m_city.bounds.right - metre,
                              m_city.bounds.bottom - metre};
        struct Segment {
            WorldPoint a, b;
        };
        std::map<std::pair<int, int>, std::vector<Segment>> cells;
        const auto cell = [&](double v, double origin) {
            return static_cast<int>(std::floor((v - origin) / (20 * metre)));
        };
        for (const Feature& f : m_city.features) {
            if (f.cls < FeatureClass::Street || f.cls > FeatureClass::Motorway) continue;
            const auto points = m_city.pointsOf(f);
            for (std::size_t i = 1; i < points.size(); ++i) {
                const WorldPoint a = points[i - 1];
                const WorldPoint b = points[i];
                for (int y = cell(std::min(a.y, b.y) - 4 * metre, m_city.bounds.top);
                     y <= cell(std::max(a.y, b.y) + 4 * metre, m_city.bounds.top); ++y)
                    for (int x = cell(std::min(a.x, b.x) - 4 * metre, m_city.bounds.left);
                         x <= cell(std::max(a.x, b.x) + 4 * metre, m_city.bounds.left); ++x)
                        cells[{x, y}].push_back({a, b});
            }
        }
        const Cover river(m_city, FeatureClass::River);
        const Cover land(m_city, FeatureClass::Land);
        for (const Feature& f : m_city.features) {
            if (f.cls != FeatureClass::Building) continue;
            for (const WorldPoint p : m_city.pointsOf(f)) {
                if (!inner.contains(p)) continue;
                const GeoPoint g = toGeo(p);
                QVERIFY2(land.has(p) && !river.has(p), qPrintable(QStringLiteral("%1 %2").arg(g.lat()).arg(g.lon())));
                for (const Segment& s : cells[{cell(p.x, m_city.bounds.left), cell(p.y, m_city.bounds.top)}]) {
                    const double dx = s.b.x - s.a.x;
                    const double dy = s.b.y - s.a.y;
                    const double t =
                        std::clamp(((p.x - s.a.x) * dx + (p.y - s.a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
                    const double away = std::hypot(s.a.x + t * dx - p.x, s.a.y + t * dy - p.y) / metre;
                    QVERIFY2(away > 4, qPrintable(QString::number(away)));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(DemoCityTest)
#include "demo_city_test.moc"
