// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <vector>

#include "geo/measure.hpp"

using namespace wl;
using namespace wl::geo;

class MeasureTest : public QObject {
    Q_OBJECT

    static std::vector<WorldPoint> corners(std::initializer_list<std::pair<double, double>> places) {
        std::vector<WorldPoint> out;
        for (const auto& [lat, lon] : places) out.push_back(toWorld(GeoPoint::of(lat, lon)));
        return out;
    }

private Q_SLOTS:
    void aDegreeOfLatitudeHasItsLength() {
        const double length = pathMetres(corners({{42, -71}, {43, -71}, {42, -71}}));
        QVERIFY(std::abs(length - 2 * 111'195) < 20);
        QCOMPARE(pathMetres({}), 0.0);
        QCOMPARE(pathMetres(corners({{42, -71}})), 0.0);
    }
    void aSquareKilometreIsOneAnywhere_data() {
        QTest::addColumn<double>("latitude");
        for (const double latitude : {0.0, 39.3, 42.4, -33.9, 64.1}) QTest::addRow("%.1f", latitude) << latitude;
    }
    void aSquareKilometreIsOneAnywhere() {
        QFETCH(double, latitude);
        const double dLat = 1000 / 111'195.08, dLon = dLat / std::cos(latitude * 0.017453292519943295);
        const auto square =
            corners({{latitude, 10}, {latitude, 10 + dLon}, {latitude + dLat, 10 + dLon}, {latitude + dLat, 10}});
        QVERIFY(std::abs(areaSquareMetres(square) / 1e6 - 1) < 1e-3);
        const std::vector<WorldPoint> back(square.rbegin(), square.rend());
        QVERIFY(std::abs(areaSquareMetres(back) - areaSquareMetres(square)) < 1e-3);
        QCOMPARE(areaSquareMetres(std::span(square).first(2)), 0.0);
    }
};

QTEST_GUILESS_MAIN(MeasureTest)
#include "measure_test.moc"
