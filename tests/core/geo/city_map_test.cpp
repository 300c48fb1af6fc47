// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/city_map.hpp"

#include <rapidcheck.h>

#include <QtTest>

#include "geo/demo_city.hpp"

using namespace wl;
using namespace wl::geo;

namespace {

CityMap smallMap() {
    CityMap map;
    map.name = "Kleinstädt";
    map.copyright = "nobody";
    map.names = {"", "Market Street", "12A"};
    map.points = {{0.25, 0.25}, {0.5, 0.25},  {0.5, 0.5},   {0.3, 0.3},
                  {0.31, 0.3},  {0.31, 0.31}, {0.25, 0.25}, {0.75, 0.5}};
    for (auto& p : map.points) p = {std::round(p.x * 0x1p40) * 0x1p-40, std::round(p.y * 0x1p40) * 0x1p-40};
    map.ringEnds = {3, 6};
    Feature park{FeatureClass::Park, Shape::Polygon, 0, 0, 6, 0, 2, {}};
    Feature street{FeatureClass::Street, Shape::Line, 1, 6, 2, 0, 0, {}};
    park.bounds = boundsOf(map.pointsOf(park));
    street.bounds = boundsOf(map.pointsOf(street));
    map.features = {park, street};
    map.addresses = {{1, 2, 0, GeoPoint{-123456789, 1799999999}}, {1, 2, 0, GeoPoint{899999999, -1800000000}}};
    Area area;
    area.code = "all";
    area.name = "All";
    area.kind = "district";
    area.rings = {{map.points.begin(), map.points.begin() + 3}};
    area.bounds = boundsOf(area.rings[0]);
    area.label = {0.375, 0.375};
    map.areas = {area};
    map.bounds = {0.25, 0.25, 0.75, 0.5};
    return map;
}

void compare(const CityMap& a, const CityMap& b) {
    QCOMPARE(a.name, b.name);
    QCOMPARE(a.copyright, b.copyright);
    QVERIFY(a.names == b.names);
    QVERIFY(a.points == b.points);
    QVERIFY(a.ringEnds == b.ringEnds);
    QVERIFY(a.bounds == b.bounds);
    QCOMPARE(a.features.size(), b.features.size());
    for (std::size_t i = 0; i < a.features.size(); ++i) {
        const Feature& f = a.features[i];
        const Feature& g = b.features[i];
        QVERIFY(f.cls == g.cls && f.shape == g.shape && f.name == g.name && f.firstPoint == g.firstPoint &&
                f.pointCount == g.pointCount);
        QVERIFY(f.firstRing == g.firstRing && f.ringCount == g.ringCount && f.bounds == g.bounds);
    }
    QCOMPARE(a.addresses.size(), b.addresses.size());
    for (std::size_t i = 0; i < a.addresses.size(); ++i) {
        const Address& x = a.addresses[i];
        const Address& y = b.addresses[i];
        QVERIFY(x.street == y.street && x.number == y.number && x.area == y.area && x.at == y.at);
    }
    QCOMPARE(a.areas.size(), b.areas.size());
    for (std::size_t i = 0; i < a.areas.size(); ++i) {
        const Area& x = a.areas[i];
        const Area& y = b.areas[i];
        QVERIFY(x.code == y.code && x.name == y.name && x.kind == y.kind && x.rings == y.rings &&
                x.bounds == y.bounds && x.label == y.label);
    }
}

}  // namespace

class CityMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void smallMapIsTheSameAfterwards() {
        const CityMap map = smallMap();
        const std::string bytes = encodeCityMap(map);
        const auto back = decodeCityMap(bytes);
        QVERIFY2(back.has_value(), back.has_value() ? "" : back.error().field.c_str());
        compare(*back, map);
        QCOMPARE(encodeCityMap(*back), bytes);
    }
    void emptyMapIsTheSameAfterwards() {
        const auto back = decodeCityMap(encodeCityMap({}));
        QVERIFY(back.has_value());
        QVERIFY(back->features.empty());
    }
    void wholeCityIsTheSameAfterwards() {
        const CityMap map = makeDemoCity(portLindenSeed);
        const auto back = decodeCityMap(encodeCityMap(map));
        QVERIFY2(back.has_value(), back.has_value() ? "" : back.error().field.c_str());
        compare(*back, map);
    }
    void everyTruncationIsRefused() {
        const std::string bytes = encodeCityMap(smallMap());
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            const auto got = decodeCityMap(std::string_view(bytes).substr(0, n));
            QVERIFY2(!got.has_value(), qPrintable(QString::number(n)));
            QVERIFY(!got.error().code.empty());
        }
    }
    void everyFlippedByteIsRefused() {
        const std::string bytes = encodeCityMap(smallMap());
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            std::string bad = bytes;
            bad[i] = static_cast<char>(bad[i] ^ 0x41);
            QVERIFY2(!decodeCityMap(bad).has_value(), qPrintable(QString::number(i)));
        }
    }
    // The checksum keeps accidents out; these are files that somebody made so on purpose.
    void indicesOutOfBoundsAreRefused_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<QString>("field");
        QTest::newRow("name of a street") << 0 << QStringLiteral("index");
        QTest::newRow("rings") << 1 << QStringLiteral("index");
        QTest::newRow("end of a ring") << 2 << QStringLiteral("ring");
        QTest::newRow("address street") << 3 << QStringLiteral("index");
        QTest::newRow("address area") << 4 << QStringLiteral("address.area");
        QTest::newRow("class") << 5 << QStringLiteral("index");
        QTest::newRow("feature without points") << 6 << QStringLiteral("feature");
        QTest::newRow("far away") << 7 << QStringLiteral("coordinate");
    }
    void indicesOutOfBoundsAreRefused() {
        QFETCH(int, what);
        QFETCH(QString, field);
        CityMap map = smallMap();
        if (what == 0) map.features[1].name = 3;
        if (what == 1) map.features[0].ringCount = 3;
        if (what == 2) map.ringEnds[1] = 7;
        if (what == 3) map.addresses[0].street = 3;
        if (what == 4) map.addresses[1].area = 1;
        if (what == 5) map.features[1].cls = static_cast<FeatureClass>(40);
        if (what == 6) map.features[1].pointCount = 0;
        if (what == 7) map.points[0].x = 30;
        const auto got = decodeCityMap(encodeCityMap(map));
        QVERIFY(!got.has_value());
        QCOMPARE(got.error().code, std::string("map.corrupt"));
        QCOMPARE(QString::fromStdString(got.error().field), field);
    }
    void noiseIsRefused() {
        QVERIFY(rc::check("any bytes", [](const std::string& bytes) {
            RC_ASSERT(!decodeCityMap(bytes).has_value());
            RC_ASSERT(!decodeCityMap("WLMAP\1" + bytes).has_value());
        }));
    }
};

QTEST_APPLESS_MAIN(CityMapTest)
#include "city_map_test.moc"
