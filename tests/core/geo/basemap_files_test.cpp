// SPDX-License-Identifier: GPL-3.0-or-later
// Basemaps of files as cities hand them out, written here by GDAL: Shapefile, GeoPackage, vector tiles; and what is
// wrong with such files.
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "geo/area_index.hpp"
#include "geo/basemap/builder.hpp"
#include "geo/gazetteer.hpp"

using namespace wl;
using namespace wl::geo;
using namespace Qt::StringLiterals;

namespace {

struct Ring {
    const char* name;
    std::vector<std::pair<double, double>> points;  ///< closed by itself
};

Ring square(const char* name, double x, double y, double side) {
    return {name, {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}};
}

OGRLayer* layerOf(GDALDataset& data, const char* name, int epsg, OGRwkbGeometryType type) {
    OGRSpatialReference crs;
    if (epsg != 0) crs.importFromEPSG(epsg);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    auto* layer = data.CreateLayer(name, epsg == 0 ? nullptr : &crs, type);
    if (!layer) qFatal("%s: %s", name, CPLGetLastErrorMsg());
    OGRFieldDefn field("name", OFTString);
    if (layer->CreateField(&field) != OGRERR_NONE) qFatal("field");
    return layer;
}

void addPolygons(OGRLayer& layer, const std::vector<Ring>& rings) {
    for (const auto& one : rings) {
        OGRLinearRing ring;
        for (const auto& [x, y] : one.points) ring.addPoint(x, y);
        ring.closeRings();
        OGRPolygon polygon;
        polygon.addRing(&ring);
        OGRFeature feature(layer.GetLayerDefn());
        feature.SetField("name", one.name);
        feature.SetGeometry(&polygon);
        if (layer.CreateFeature(&feature) != OGRERR_NONE) qFatal("feature");
    }
}

}  // namespace

class BasemapFilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    std::unique_ptr<GDALDataset> create(const char* driver, const QString& name) {
        auto* known = GetGDALDriverManager()->GetDriverByName(driver);
        if (!known) qFatal("no driver %s", driver);
        return std::unique_ptr<GDALDataset>(known->Create(path(name).toUtf8().constData(), 0, 0, 0, GDT_Unknown,
                                                          nullptr));
    }
    QString path(const QString& name) { return m_dir.filePath(name); }
    QString shapefile(const QString& name, int epsg, const std::vector<Ring>& rings) {
        auto data = create("ESRI Shapefile", name);
        addPolygons(*layerOf(*data, name.chopped(4).toUtf8().constData(), epsg, wkbPolygon), rings);
        return path(name);
    }
    static Result<CityMap> mapOf(const QString& file, const BasemapOptions& options = {}, BasemapReport* report = {}) {
        const BasemapSource source{file.toStdString()};
        return buildBasemap({&source, 1}, options, report);
    }
    static std::string codeOf(const QString& file, const BasemapOptions& options = {}) {
        const auto map = mapOf(file, options);
        return map ? "" : map.error().code;
    }

private Q_SLOTS:
    void initTestCase() { GDALAllRegister(); }

    void aShapefileInStatePlaneFeetIsConverted() {
        // Massachusetts mainland, feet: downtown Boston.
        const auto file = shapefile(
            u"wards.shp"_s, 2249, {square("One", 770'000, 2'950'000, 5'000), square("Two", 775'000, 2'950'000, 5'000)});
        const auto map = mapOf(file);
        QVERIFY2(map.has_value(), map ? "" : (map.error().code + ' ' + map.error().detail).c_str());
        QCOMPARE(map->areas.size(), 2U);
        QCOMPARE(map->areas.front().name, std::string("One"));
        const auto at = toGeo(map->areas.front().label);
        QVERIFY2(std::abs(at.lat() - 42.34) < 0.02 && std::abs(at.lon() + 71.07) < 0.05,
                 qPrintable(u"%1, %2"_s.arg(at.lat()).arg(at.lon())));
    }
    void aShapefileWithoutReferenceSystemIsRefused() {
        const auto file = shapefile(u"bare.shp"_s, 0, {square("One", 770'000, 2'950'000, 5'000)});
        QVERIFY(!QFile::exists(path(u"bare.prj"_s)));
        const auto map = mapOf(file);
        QCOMPARE(map.error().code, std::string("basemap.no_crs"));
        QCOMPARE(map.error().detail, std::string("bare"));  // the layer
    }
    void aShapefileWithTheWrongReferenceSystemIsRefused() {
        QCOMPARE(codeOf(shapefile(u"degrees.shp"_s, 4326, {square("One", 770'000, 2'950'000, 5'000)})),
                 std::string("basemap.wrong_crs"));
        // Feet of Massachusetts that call themselves metres of Maryland lie somewhere else.
        BasemapOptions boston;
        boston.casesAt = GeoPoint::of(42.35, -71.06);
        const auto file = shapefile(u"maryland.shp"_s, 26985, {square("One", 770'000, 2'950'000, 5'000)});
        QVERIFY(codeOf(file, boston) == "basemap.elsewhere" || codeOf(file, boston) == "basemap.wrong_crs");
    }
    void aShapefileWhoseCoordinatesAreSwappedIsRefused() {
        BasemapOptions boston;
        boston.casesAt = GeoPoint::of(42.35, -71.06);
        QCOMPARE(codeOf(shapefile(u"swapped.shp"_s, 4326, {square("One", 42.3, -71.1, 0.1)}), boston),
                 std::string("basemap.swapped"));
    }
    void aShapefileWithoutItsIndexIsCutOff() {
        const auto file =
            shapefile(u"cut.shp"_s, 4326, {square("One", -71.1, 42.3, 0.1), square("Two", -71.0, 42.3, 0.1)});
        QFile shp(file);
        QVERIFY(shp.resize(shp.size() - 60));
        const auto code = codeOf(file);
        QVERIFY2(code == "basemap.damaged" || code == "basemap.unreadable", code.c_str());
    }
    void aGeoPackageOfSeveralLayersIsOneMap() {
        {
            auto data = create("GPKG", u"city.gpkg"_s);
            addPolygons(*layerOf(*data, "neighborhoods", 26986, wkbPolygon),
                        {square("Back Bay", 234'000, 900'000, 1'000), square("Fenway", 233'000, 900'000, 1'000)});
            addPolygons(*layerOf(*data, "parks", 4326, wkbPolygon), {square("Common", -71.07, 42.35, 0.005)});
            auto* streets = layerOf(*data, "streets", 4326, wkbLineString);
            OGRFeature feature(streets->GetLayerDefn());
            OGRLineString line;
            line.addPoint(-71.08, 42.35), line.addPoint(-71.06, 42.35);
            feature.SetField("name", "Beacon Street");
            feature.SetGeometry(&line);
            QCOMPARE(streets->CreateFeature(&feature), OGRERR_NONE);
        }
        BasemapReport report;
        const auto map = mapOf(path(u"city.gpkg"_s), {}, &report);
        QVERIFY2(map.has_value(), map ? "" : (map.error().code + ' ' + map.error().detail).c_str());
        QCOMPARE(report.areas, 2U);
        QCOMPARE(report.streets, 1U);
        const auto city = std::make_shared<const CityMap>(*map);
        QVERIFY(AreaIndex(city).areaAt(toGeo(map->areas.front().label), "district") != nullptr);
        QCOMPARE(Gazetteer(city).search("beacon").front().label, std::string("Beacon Street"));
    }
    void polygonsOfAGeoPackageThatCrossThemselvesAreMended() {
        {
            auto data = create("GPKG", u"bow.gpkg"_s);
            addPolygons(*layerOf(*data, "districts", 4326, wkbPolygon),
                        {{"Bow", {{-71.1, 42.3}, {-71.0, 42.4}, {-71.0, 42.3}, {-71.1, 42.4}}},
                         square("Plain", -71.0, 42.3, 0.1)});
        }
        BasemapReport report;
        const auto map = mapOf(path(u"bow.gpkg"_s), {}, &report);
        QVERIFY(map.has_value());
        QCOMPARE(report.repaired, 1U);
        const AreaIndex index(std::make_shared<const CityMap>(*map));
        QVERIFY(index.areaAt(GeoPoint::of(42.35, -71.09), "district") != nullptr);
        QVERIFY(index.areaAt(GeoPoint::of(42.39, -71.05), "district") == nullptr);
    }
    void aGeoPackageThatIsCutInHalfIsRefused() {
        {
            auto data = create("GPKG", u"half.gpkg"_s);
            auto* layer = layerOf(*data, "districts", 4326, wkbPolygon);
            std::vector<Ring> many;
            for (int i = 0; i < 2'000; ++i) many.push_back(square("Some district", -71.1 + i * 1e-5, 42.3, 0.1));
            addPolygons(*layer, many);
        }
        QFile file(path(u"half.gpkg"_s));
        QVERIFY(file.resize(file.size() / 2));
        const auto code = codeOf(file.fileName());
        QVERIFY2(code == "basemap.damaged" || code == "basemap.unreadable", code.c_str());
    }
    void vectorTilesAreDrawnAsTheSameCity() {
        {
            auto data = create("MBTiles", u"city.mbtiles"_s);
            auto* streets = data->CreateLayer("transportation", nullptr, wkbLineString);
            QVERIFY(streets != nullptr);
            for (const char* column : {"class", "name"}) {
                OGRFieldDefn field(column, OFTString);
                QCOMPARE(streets->CreateField(&field), OGRERR_NONE);
            }
            const std::pair<const char*, const char*> ways[]{{"primary", "Beacon Street"}, {"minor", "Elm Street"}};
            double y = 5'214'000;
            for (const auto& [cls, name] : ways) {
                OGRFeature feature(streets->GetLayerDefn());
                OGRLineString line;
                line.addPoint(-7'912'000, y), line.addPoint(-7'911'000, y);
                y += 100;
                feature.SetField("class", cls);
                feature.SetField("name", name);
                feature.SetGeometry(&line);
                QCOMPARE(streets->CreateFeature(&feature), OGRERR_NONE);
            }
        }
        BasemapReport report;
        const auto map = mapOf(path(u"city.mbtiles"_s), {}, &report);
        QVERIFY2(map.has_value(), map ? "" : (map.error().code + ' ' + map.error().detail).c_str());
        QCOMPARE(report.streets, 2U);
        QVERIFY(std::ranges::contains(map->features, FeatureClass::Primary, &Feature::cls));
        QVERIFY(std::ranges::contains(map->features, FeatureClass::Street, &Feature::cls));
        QCOMPARE(Gazetteer(std::make_shared<const CityMap>(*map)).search("elm").front().label,
                 std::string("Elm Street"));
        QFile file(path(u"city.mbtiles"_s));
        QVERIFY(file.resize(file.size() / 2));
        const auto code = codeOf(file.fileName());
        QVERIFY2(code == "basemap.damaged" || code == "basemap.unreadable", code.c_str());
    }
    void moreThanAMapCanHoldIsRefused() {
        QFile file(path(u"huge.geojson"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"type":"FeatureCollection","features":[)");
        for (int i = 0; i < 400; ++i) {
            const auto line =
                u"%1{\"type\":\"Feature\",\"properties\":{\"name\":\"Street %2\",\"highway\":\"residential\"},"
                "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[-71.06,%3],[-71.05,%3]]}}"_s;
            file.write(line.arg(i == 0 ? QString() : u","_s).arg(i).arg(42.3 + i * 1e-4, 0, 'f', 5).toUtf8());
        }
        file.write("]}");
        file.close();
        const auto made = [&](std::size_t most) {
            BasemapOptions options;
            options.mostPoints = most;
            return codeOf(file.fileName(), options);
        };
        QCOMPARE(made(1'000), std::string());
        QCOMPARE(made(500), std::string("basemap.too_large"));
    }
    void anExtractThatIsCutInHalfIsRefused() {
        const auto whole = qEnvironmentVariable("WARDLINE_DATA") + u"/osm/baltimore.osm.pbf"_s;
        if (!QFile::exists(whole)) QSKIP("WARDLINE_DATA names no folder with osm/baltimore.osm.pbf");
        QFile from(whole), half(path(u"half.osm.pbf"_s));
        QVERIFY(from.open(QIODevice::ReadOnly) && half.open(QIODevice::WriteOnly));
        half.write(from.read(from.size() / 2));
        half.close();
        QCOMPARE(codeOf(half.fileName()), std::string("basemap.damaged"));
    }
};

QTEST_APPLESS_MAIN(BasemapFilesTest)
#include "basemap_files_test.moc"
