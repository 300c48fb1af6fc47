// SPDX-License-Identifier: GPL-3.0-or-later
// A basemap of small files made here: what each is taken for, and what is refused with which reason. With Baltimore's
// extract (WARDLINE_DATA names the folder), how well its addresses are found.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

#include "geo/area_index.hpp"
#include "geo/basemap/builder.hpp"
#include "geo/gazetteer.hpp"

using namespace wl;
using namespace wl::geo;
using namespace Qt::StringLiterals;

namespace {

QByteArray collection(const QByteArray& features, const QByteArray& crs = {}) {
    return "{\"type\":\"FeatureCollection\"," + crs + "\"features\":[" + features + "]}";
}
QByteArray feature(const QByteArray& properties, const QByteArray& type, const QByteArray& coordinates) {
    return "{\"type\":\"Feature\",\"properties\":{" + properties + "},\"geometry\":{\"type\":\"" + type +
           "\",\"coordinates\":" + coordinates + "}}";
}

}  // namespace

class BasemapTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    BasemapSource file(const QString& name, const QByteArray& bytes, SourceRole role = SourceRole::Auto) {
        QFile out(m_dir.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) qFatal("%s", qPrintable(name));
        return {out.fileName().toStdString(), role};
    }
    static std::string codeOf(const BasemapSource& source, const BasemapOptions& options = {}) {
        const auto made = buildBasemap({&source, 1}, options);
        return made ? "" : made.error().code;
    }
    static QByteArray square(double west, double south, double side) {
        const auto p = [](double x, double y) {
            return "[" + QByteArray::number(x, 'f', 5) + "," + QByteArray::number(y, 'f', 5) + "]";
        };
        return "[[" + p(west, south) + "," + p(west + side, south) + "," + p(west + side, south + side) + "," +
               p(west, south + side) + "," + p(west, south) + "]]";
    }

private Q_SLOTS:
    void osmIsTakenByItsTags() {
        const auto osm = file(u"small.osm"_s, R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="42.30" lon="-71.10" version="1"/><node id="2" lat="42.30" lon="-71.09" version="1"/>
<node id="3" lat="42.31" lon="-71.09" version="1"/><node id="4" lat="42.305" lon="-71.095" version="1">
<tag k="addr:housenumber" v="12"/><tag k="addr:street" v="Main Street"/></node>
<node id="5" lat="42.295" lon="-71.095" version="1"/><node id="6" lat="42.31" lon="-71.095" version="1"/>
<way id="10" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="name" v="Main Street"/></way>
<way id="11" version="1"><nd ref="5"/><nd ref="6"/><tag k="highway" v="residential"/><tag k="name" v="3rd Street"/></way>
<way id="12" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="leisure" v="park"/><tag k="name" v="Elm Park"/></way>
</osm>)");
        BasemapReport report;
        const auto map = buildBasemap({&osm, 1}, {"Small", {}, {}, {}}, &report);
        QVERIFY2(map.has_value(), map ? "" : (map.error().code + map.error().detail).c_str());
        QCOMPARE(report.streets, std::size_t(2));
        QCOMPARE(report.addresses, std::size_t(1));
        QVERIFY(map->copyright.contains("OpenStreetMap"));
        const Gazetteer gazetteer(std::make_shared<const CityMap>(*map));
        QCOMPARE(gazetteer.search("12 main").front().label, std::string("12 Main Street"));
        QCOMPARE(gazetteer.search("main & 3rd").front().kind, HitKind::Crossing);
        QCOMPARE(gazetteer.search("elm park").front().label, std::string("Elm Park"));
    }
    void districtsOfACityAreAreas() {
        const auto areas =
            file(u"Neighborhoods.geojson"_s,
                 collection(feature(R"("Name":"Back Bay")", "Polygon", square(-71.10, 42.30, 0.02)) + "," +
                            feature(R"("Name":"Mission Hill")", "Polygon", square(-71.08, 42.30, 0.02))));
        const auto map = buildBasemap({&areas, 1}, {});
        QVERIFY(map.has_value());
        QCOMPARE(map->areas.size(), std::size_t(2));
        QCOMPARE(map->areas[0].code, std::string("back_bay"));  // as imports call it
        QCOMPARE(map->areas[0].kind, std::string("district"));
        const AreaIndex index(std::make_shared<const CityMap>(*map));
        QCOMPARE(index.areaAt(GeoPoint::of(42.31, -71.07), "district")->name, std::string("Mission Hill"));
    }
    void projectedCoordinatesAreConverted() {
        const auto utm =
            file(u"wards.geojson"_s,
                 collection(feature(R"("name":"One")", "Polygon",
                                    "[[[330000,4685000],[331000,4685000],[331000,4686000],[330000,4685000]]]"),
                            R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32619"}},)"));
        const auto map = buildBasemap({&utm, 1}, {});
        QVERIFY2(map.has_value(), map ? "" : map.error().code.c_str());
        const auto at = toGeo(map->areas.front().label);
        QVERIFY(std::abs(at.lat() - 42.30) < 0.05 && std::abs(at.lon() + 71.06) < 0.05);
    }
    void badFilesAreRefusedWithTheReason() {
        QCOMPARE(codeOf({"/nowhere/at.geojson"}), std::string("basemap.missing"));
        QCOMPARE(codeOf(file(u"bad.geojson"_s, "{ not json")), std::string("basemap.unreadable"));
        QCOMPARE(codeOf(file(u"empty.osm.pbf"_s, "")), std::string("basemap.unreadable"));
        QCOMPARE(codeOf(file(u"none.geojson"_s, collection(feature("", "Point", "[-71,42]")))),
                 std::string("basemap.empty"));
        QCOMPARE(codeOf(file(u"metres.geojson"_s,
                             collection(feature(R"("name":"A")", "Polygon", square(236000, 900000, 1000))))),
                 std::string("basemap.wrong_crs"));
        QCOMPARE(codeOf(file(u"swapped.geojson"_s,
                             collection(feature(R"("name":"A")", "Polygon", square(42.3, -71.1, 0.1))))),
                 std::string("basemap.swapped"));
    }
    void aMapOfAnotherCityIsRefused() {
        const auto areas =
            file(u"districts.geojson"_s, collection(feature(R"("name":"A")", "Polygon", square(-71.1, 42.3, 0.1))));
        BasemapOptions options;
        options.casesAt = GeoPoint::of(42.35, -71.05);
        QCOMPARE(codeOf(areas, options), std::string());
        options.casesAt = GeoPoint::of(39.3, -76.6);
        QCOMPARE(codeOf(areas, options), std::string("basemap.elsewhere"));
        options.casesAt = GeoPoint::of(-71.05, 42.35);
        QCOMPARE(codeOf(areas, options), std::string("basemap.swapped"));
    }
    void anAreaThatCrossesItselfIsMended() {
        const auto bow =
            file(u"districts2.geojson"_s,
                 collection(feature(R"("name":"Bow")", "Polygon",
                                    "[[[-71.1,42.3],[-71.0,42.4],[-71.0,42.3],[-71.1,42.4],[-71.1,42.3]]]")));
        BasemapReport report;
        const auto map = buildBasemap({&bow, 1}, {}, &report);
        QVERIFY(map.has_value());
        QCOMPARE(report.repaired, std::size_t(1));
        const AreaIndex index(std::make_shared<const CityMap>(*map));
        QVERIFY(index.areaAt(GeoPoint::of(42.35, -71.09), "district") != nullptr);
        QVERIFY(index.areaAt(GeoPoint::of(42.39, -71.05), "district") == nullptr);
    }
    void itCanBeStopped() {
        BasemapOptions options;
        options.progress = [](std::string_view phase, const std::string&, double) { return phase != "build"; };
        const auto areas =
            file(u"districts3.geojson"_s, collection(feature(R"("name":"A")", "Polygon", square(-71.1, 42.3, 0.1))));
        QCOMPARE(codeOf(areas, options), std::string("basemap.cancelled"));
    }
    void baltimoresAddressesAreFound() {
        const auto folder = qEnvironmentVariable("WARDLINE_DATA");
        const auto pbf = folder + u"/osm/baltimore.osm.pbf"_s;
        if (folder.isEmpty() || !QFile::exists(pbf)) QSKIP("WARDLINE_DATA names no folder with osm/baltimore.osm.pbf");
        const BasemapSource source{pbf.toStdString()};
        const auto map = buildBasemap({&source, 1}, {});
        QVERIFY(map.has_value());
        const auto city = std::make_shared<const CityMap>(*map);
        const Gazetteer gazetteer(city);
        std::size_t first = 0, third = 0, near = 0;
        unsigned dice = 5;
        for (const auto& a : city->addresses) {
            const auto label = city->names[a.number] + ' ' + city->names[a.street];
            const auto hits = gazetteer.search(label);
            if (!hits.empty() && hits.front().label == label && !hits.front().approximate) ++first;
            else if (first + 20 > std::size_t(&a - city->addresses.data()))
                qInfo("%s -> %s", label.c_str(), hits.empty() ? "" : hits.front().label.c_str());
            // One typo in the street: two neighbours swapped, one letter lost or another one.
            auto street = QString::fromStdString(city->names[a.street]);
            dice = dice * 1'103'515'245 + 12'345;
            const auto at =
                1 + static_cast<int>(dice / 65'536 % static_cast<unsigned>(std::max<qsizetype>(1, street.size() - 2)));
            if (dice / 7 % 3 == 0) std::swap(street[at - 1], street[at]);
            else if (dice / 7 % 3 == 1) street.remove(at, 1);
            else street[at] = u'x';
            const auto typo = gazetteer.search(city->names[a.number] + ' ' + street.toStdString(), 3);
            if (std::ranges::contains(typo, label, &GazetteerHit::label)) ++third;
            const auto back = gazetteer.nearest(a.at);
            if (back && back->metres < 1) ++near;
        }
        const auto all = city->addresses.size();
        qInfo("%zu addresses: itself first %zu, with a typo in the top 3 %zu", all, first, third);
        QVERIFY(first * 1000 >= all * 995);
        QVERIFY(third * 100 >= all * 95);
        QCOMPARE(near, all);
    }
};

QTEST_APPLESS_MAIN(BasemapTest)
#include "basemap_test.moc"
