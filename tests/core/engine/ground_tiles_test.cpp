// SPDX-License-Identifier: GPL-3.0-or-later
// Finished tiles under the cases: what is taken, what is refused with which reason, and that the old ones stay then.
#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/basemap.hpp"
#include "engine/ground_tiles.hpp"
#include "store/sqlite.hpp"

using namespace wl;
using namespace wl::engine;
using namespace Qt::StringLiterals;

namespace {

const std::string kPng = "\x89PNG\r\n\x1a\n picture of a street", kGzip = "\x1f\x8b packed lines";

template <class T>
T must(Result<T> result) {
    if (!result) qFatal("%s %s", result.error().code.c_str(), result.error().detail.c_str());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace

class GroundTilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Engine> m_engine;

    std::filesystem::path path(const char* name) { return m_dir.filePath(QString::fromLatin1(name)).toStdString(); }
    std::filesystem::path tiles(const char* name, const std::string& tile, int count = 40) {
        auto db = must(store::sql::Database::open(path(name), store::sql::Access::Create));
        must(db.run("CREATE TABLE metadata(name text, value text);"
                    "CREATE TABLE tiles(zoom_level integer, tile_column integer, tile_row integer, tile_data blob);"
                    "INSERT INTO metadata VALUES('name','Paper map'),"
                    "('attribution','<a href=\"x\">&copy; The City</a> &amp; friends')"));
        auto put = must(store::sql::Statement<4>::prepare(db, "INSERT INTO tiles VALUES(?,?,?,?)"));
        must(db.run("BEGIN"));
        const auto body = tile + std::string(600, 'x');
        for (int i = 0; i < count; ++i) must(put.exec(i < 4 ? 1 : 4, i % 16, i / 16, store::sql::Blob{body}));
        must(db.run("COMMIT"));
        return path(name);
    }
    std::string codeOf(const std::filesystem::path& file) {
        const auto done = setGroundTiles(*m_engine, file, {});
        return done ? "" : done.error().code;
    }

private Q_SLOTS:
    void initTestCase() {
        EngineOptions options;
        options.dir = path("city");
        must(Engine::create(options));
        m_engine = must(Engine::open(options));
    }

    void picturesAreLaidUnderTheCases() {
        QVERIFY(groundTiles(*m_engine) == nullptr);
        bool told = false;
        const auto subscription =
            m_engine->subscribe([&told](const ChangeSetPtr& changes) { told = told || changes->catalogue; });
        std::string copyright;
        QVERIFY(must(arePictures(tiles("paper.mbtiles", kPng), copyright)));
        const auto facts = must(setGroundTiles(*m_engine, path("paper.mbtiles"), {}));
        QCOMPARE(facts.tiles, 40);
        QCOMPARE(facts.minZoom, 1);
        QCOMPARE(facts.maxZoom, 4);
        QTRY_VERIFY(told);
        QFile::remove(m_dir.filePath(u"paper.mbtiles"_s));  // it is the replica's own now
        const auto ground = groundTiles(*m_engine);
        QVERIFY(ground != nullptr);
        QCOMPARE(ground->facts().name, std::string("Paper map"));
        QCOMPARE(store::plainAttribution(ground->facts().attribution), std::string("© The City & friends"));
        QVERIFY(ground->tile(4, 5, 15).starts_with(kPng));  // row 0 in the file is the southernmost
        QVERIFY(ground->tile(4, 5, 2).empty());
    }
    void badFilesAreRefusedAndTheOldTilesStay() {
        must(setGroundTiles(*m_engine, tiles("good.mbtiles", kPng), {}));
        QCOMPARE(codeOf(path("nowhere.mbtiles")), std::string("basemap.missing"));
        QFile empty(m_dir.filePath(u"empty.mbtiles"_s));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        QCOMPARE(codeOf(path("empty.mbtiles")), std::string("basemap.not_tiles"));
        QFile text(m_dir.filePath(u"text.mbtiles"_s));
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("SQLite format 3, or so it says") > 0);
        text.close();
        QCOMPARE(codeOf(path("text.mbtiles")), std::string("basemap.not_tiles"));
        QCOMPARE(codeOf(tiles("none.mbtiles", kPng, 0)), std::string("basemap.no_tiles"));
        QCOMPARE(codeOf(tiles("gif.mbtiles", "GIF89a")), std::string("basemap.tile_format"));
        QCOMPARE(codeOf(tiles("lines.mbtiles", kGzip)), std::string("basemap.tiles_vector"));
        QFile cut(QString::fromStdString(tiles("cut.mbtiles", kPng, 400).string()));
        QVERIFY(cut.resize(cut.size() / 2));
        QCOMPARE(codeOf(path("cut.mbtiles")), std::string("basemap.damaged"));
        QVERIFY(groundTiles(*m_engine) != nullptr);
        QCOMPARE(groundTiles(*m_engine)->facts().tiles, 40);
        QVERIFY(!std::filesystem::exists(path("city") / "ground.mbtiles.new"));
    }
    void copyingCanBeStopped() {
        must(setGroundTiles(*m_engine, tiles("first.mbtiles", kPng), {}));
        const auto stopped = setGroundTiles(*m_engine, tiles("second.mbtiles", kPng, 20), [](double) { return false; });
        QCOMPARE(stopped.error().code, std::string("basemap.cancelled"));
        QCOMPARE(groundTiles(*m_engine)->facts().tiles, 40);
    }
    void theyCanBeTakenAway() {
        must(setGroundTiles(*m_engine, tiles("away.mbtiles", kPng), {}));
        must(removeGroundTiles(*m_engine));
        QVERIFY(groundTiles(*m_engine) == nullptr);
        must(removeGroundTiles(*m_engine));
    }
    void picturesOfAnotherPlaceAreRefused() {
        rules::Department works{"works", "Works", {}};
        rules::Service pothole;
        pothole.code = "pothole", pothole.name = "Pothole", pothole.department = "works";
        must(m_engine->submitAndWait(PublishCatalogue{{rules::toItem(works), rules::toItem(pothole)}}));
        CommandBatch batch;
        for (int i = 0; i < 20; ++i) {
            OpenCase one;
            one.fields.set(CaseField::Service, std::string("pothole"));
            one.fields.set(CaseField::Position, GeoPoint{400'000'000 + i, -700'000'000});  // far north of the pictures
            batch.commands.emplace_back(std::move(one));
        }
        must(m_engine->submitAndWait(std::move(batch)));
        QCOMPARE(codeOf(tiles("elsewhere.mbtiles", kPng)), std::string("basemap.elsewhere"));
    }
};

QTEST_GUILESS_MAIN(GroundTilesTest)
#include "ground_tiles_test.moc"
