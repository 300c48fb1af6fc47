// SPDX-License-Identifier: GPL-3.0-or-later
// Finished picture tiles as the ground of the map: the right picture in the right place, nearer and farther than the
// file goes, dimmed in the dark.
#include "ui/map/picture_tiles.hpp"

#include <QBuffer>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include "store/sqlite.hpp"
#include "ui/map/tile_renderer.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

namespace {

const QColor kNorthWest(200, 40, 40), kNorthEast(40, 200, 40), kSouthWest(40, 40, 200), kSouthEast(200, 200, 40);

template <class T>
T must(Result<T> result) {
    if (!result) qFatal("%s %s", result.error().code.c_str(), result.error().detail.c_str());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string png(const QColor& colour) {
    QImage image(256, 256, QImage::Format_RGB32);
    image.fill(colour);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes.toStdString();
}

bool alike(const QColor& a, const QColor& b) {
    return std::abs(a.red() - b.red()) < 6 && std::abs(a.green() - b.green()) < 6 && std::abs(a.blue() - b.blue()) < 6;
}

}  // namespace

class PictureTilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    PictureTilesPtr m_pictures;

    QColor at(const QImage& image, double x, double y) {
        return image.pixelColor(int(x * (image.width() - 1)), int(y * (image.height() - 1)));
    }
    QImage drawn(TileId id, bool dark = false, double dpr = 1) {
        return TileRenderer(nullptr, m_pictures).render(id, dark, dpr);
    }

private Q_SLOTS:
    // Zoom 5, the four pictures of the tile 4/3/7; rows are counted from the south in the file.
    void initTestCase() {
        const auto path = std::filesystem::path(m_dir.filePath(u"four.mbtiles"_s).toStdString());
        {
            auto db = must(store::sql::Database::open(path, store::sql::Access::Create));
            must(db.run(
                "CREATE TABLE metadata(name text, value text);"
                "CREATE TABLE tiles(zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"));
            auto put = must(store::sql::Statement<4>::prepare(db, "INSERT INTO tiles VALUES(?,?,?,?)"));
            must(put.exec(5, 6, 31 - 14, store::sql::Blob{png(kNorthWest)}));
            must(put.exec(5, 7, 31 - 14, store::sql::Blob{png(kNorthEast)}));
            must(put.exec(5, 6, 31 - 15, store::sql::Blob{png(kSouthWest)}));
            must(put.exec(5, 7, 31 - 15, store::sql::Blob{png(kSouthEast)}));
        }
        m_pictures = std::make_shared<const PictureTiles>(must(store::TileFile::open(path)));
    }

    void fourPicturesMakeATile() {
        const auto image = drawn({4, 3, 7});
        QCOMPARE(image.width(), 512);
        QVERIFY(alike(at(image, 0.25, 0.25), kNorthWest));
        QVERIFY(alike(at(image, 0.75, 0.25), kNorthEast));
        QVERIFY(alike(at(image, 0.25, 0.75), kSouthWest));
        QVERIFY(alike(at(image, 0.75, 0.75), kSouthEast));
    }
    void nearerThanTheFileGoesAPictureIsMadeLarger() {
        QVERIFY(alike(at(drawn({7, 24, 56}), 0.5, 0.5), kNorthWest));
        QVERIFY(alike(at(drawn({7, 31, 63}), 0.5, 0.5), kSouthEast));
    }
    void fartherOffPicturesArePutTogether() {
        const auto image = drawn({3, 1, 3});  // 4/3/7 is its south-eastern quarter
        QVERIFY(alike(at(image, 0.6, 0.6), kNorthWest));
        QVERIFY(alike(at(image, 0.9, 0.9), kSouthEast));
        QVERIFY(alike(at(image, 0.2, 0.2), MapStyle::of(false).ground()));
    }
    void onAScreenOfTwoPixelsTheFilesOwnZoomIsAllThereIs() {
        const auto image = drawn({4, 3, 7}, false, 2);
        QCOMPARE(image.width(), 1024);
        QVERIFY(alike(at(image, 0.25, 0.25), kNorthWest));
    }
    void inTheDarkPicturesAreDimmed() {
        const auto dimmed = at(drawn({4, 3, 7}, true), 0.25, 0.25);
        QVERIFY(dimmed.red() < kNorthWest.red() - 40);
        QVERIFY(dimmed.red() > dimmed.green());
    }
    void noNamesOfOursLieOverThem() {
        QVERIFY(TileRenderer(nullptr, m_pictures).labels(TileId{4, 3, 7}.area(), 12).empty());
    }
};

QTEST_GUILESS_MAIN(PictureTilesTest)
#include "picture_tiles_test.moc"
