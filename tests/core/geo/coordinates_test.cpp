// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/coordinates.hpp"

#include <rapidcheck.h>

#include <QtTest>

using namespace wl;
using namespace wl::geo;

class CoordinatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownPlaces_data() {
        QTest::addColumn<double>("lat");
        QTest::addColumn<double>("lon");
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::newRow("origin") << 0.0 << 0.0 << 0.5 << 0.5;
        QTest::newRow("north-west end") << 85.0511288 << -180.0 << 0.0 << 0.0;
        QTest::newRow("south-east end") << -85.0511288 << 180.0 << 1.0 << 1.0;
        QTest::newRow("beyond the north end") << 90.0 << 90.0 << 0.75 << 0.0;
        QTest::newRow("45 degrees") << 45.0 << 45.0 << 0.625 << 0.3597250369;
    }
    void knownPlaces() {
        QFETCH(double, lat);
        QFETCH(double, lon);
        QFETCH(double, x);
        QFETCH(double, y);
        const WorldPoint w = toWorld(GeoPoint::of(lat, lon));
        QVERIFY2(std::abs(w.x - x) < 1e-9, qPrintable(QString::number(w.x, 'g', 15)));
        QVERIFY2(std::abs(w.y - y) < 1e-9, qPrintable(QString::number(w.y, 'g', 15)));
    }
    void returnsToTheSameTenMillionth() {
        QVERIFY(rc::check("toGeo undoes toWorld", [] {
            const GeoPoint p{*rc::gen::inRange(-850'000'000, 850'000'001),
                             *rc::gen::inRange(-1'800'000'000, 1'800'000'001)};
            const GeoPoint q = toGeo(toWorld(p));
            RC_ASSERT(std::abs(q.latE7 - p.latE7) <= 1);
            RC_ASSERT(std::abs(q.lonE7 - p.lonE7) <= 1);
        }));
    }
    void distances_data() {
        QTest::addColumn<double>("lat");
        QTest::addColumn<double>("lon");
        QTest::addColumn<double>("metres");
        QTest::newRow("nothing") << 0.0 << 0.0 << 0.0;
        QTest::newRow("a degree of longitude") << 0.0 << 1.0 << 111195.080;
        QTest::newRow("a degree of latitude") << 1.0 << 0.0 << 111195.080;
        QTest::newRow("to the pole") << 90.0 << 0.0 << 10007557.22;
        QTest::newRow("to the antipode") << 0.0 << 180.0 << 20015114.44;
    }
    void distances() {
        QFETCH(double, lat);
        QFETCH(double, lon);
        QFETCH(double, metres);
        const GeoPoint a = GeoPoint::of(0, 0);
        const GeoPoint b = GeoPoint::of(lat, lon);
        QVERIFY2(std::abs(distanceMetres(a, b) - metres) < 0.5, qPrintable(QString::number(distanceMetres(a, b), 'f')));
        QCOMPARE(distanceMetres(a, b), distanceMetres(b, a));
    }
};

QTEST_APPLESS_MAIN(CoordinatesTest)
#include "coordinates_test.moc"
