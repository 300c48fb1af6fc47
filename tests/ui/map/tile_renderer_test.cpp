// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <thread>

#include "ui/map/graticule.hpp"
#include "ui/map/line_names.hpp"
#include "ui/map/tile_renderer.hpp"
#include "ui/map/viewport.hpp"
#include "small_city.hpp"

using namespace wl;
using namespace wl::ui;

class TileRendererTest : public QObject {
    Q_OBJECT

    const geo::CityMapPtr m_city = test::SmallCity::make();

    static TileId tileAt(geo::WorldPoint p, int zoom) {
        const double tiles = std::ldexp(1.0, zoom - 1);
        return {zoom - 1, static_cast<int>(p.x * tiles), static_cast<int>(p.y * tiles)};
    }
    static int differing(const QImage& a, const QImage& b) {
        int count = 0;
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x) count += a.pixel(x, y) != b.pixel(x, y);
        return count;
    }

private Q_SLOTS:
    void sameTileComesOutTheSame_data() {
        QTest::addColumn<int>("zoom");
        QTest::addColumn<double>("dpr");
        for (const int zoom : {12, 14, 16, 17, 18})
            for (const double dpr : {1.0, 2.0}) QTest::addRow("zoom %d at %.0fx", zoom, dpr) << zoom << dpr;
    }
    void sameTileComesOutTheSame() {
        QFETCH(int, zoom);
        QFETCH(double, dpr);
        const TileId id = tileAt(test::SmallCity::at({0, 0}), zoom);
        const TileRenderer first(m_city), second(m_city);
        // The second renderer has met other tiles before, in other threads.
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([&, i] { std::ignore = second.render({id.z, id.x + i - 1, id.y}, i % 2 == 0, dpr); });
        for (std::thread& t : threads) t.join();
        const QImage image = first.render(id, false, dpr);
        QCOMPARE(image.size(), QSize(512, 512) * dpr);
        QCOMPARE(differing(image, second.render(id, false, dpr)), 0);
    }

    void lightAndDarkDiffer() {
        const TileRenderer renderer(m_city);
        const TileId id = tileAt(test::SmallCity::at({10, 10}), 15);
        QVERIFY(qGray(renderer.render(id, false, 1).pixel(256, 256)) > 128);
        QVERIFY(qGray(renderer.render(id, true, 1).pixel(256, 256)) < 128);
    }

    // Labels stay inside their metatile, and across a seam the picture changes no more than beside it.
    void noSeamBetweenTiles_data() {
        QTest::addColumn<int>("zoom");
        for (const int zoom : {13, 15, 16, 17}) QTest::addRow("zoom %d", zoom) << zoom;
    }
    void noSeamBetweenTiles() {
        QFETCH(int, zoom);
        const TileRenderer renderer(m_city);
        const TileId id = tileAt(test::SmallCity::at({-100, -100}), zoom);
        const QImage left = renderer.render(id, false, 1), right = renderer.render({id.z, id.x + 1, id.y}, false, 1);
        // Labels come from the metatile: none of them may stop at the seam unless a metatile ends there.
        const auto city = placeCityLabels(TileIndex(m_city), zoom);
        for (int meta = id.x / kMetatileTiles; meta <= (id.x + 1) / kMetatileTiles; ++meta) {
            const QRectF bounds(meta * 2048.0, id.y / kMetatileTiles * 2048.0, 2048, 2048);
            for (const PlacedLabel& label :
                 placeMetatileLabels(TileIndex(m_city), zoom, meta, id.y / kMetatileTiles, city))
                QVERIFY(bounds.contains(label.box));
        }
        int torn = 0;
        for (int y = 0; y < 512; ++y) {
            const auto step = [](QRgb a, QRgb b) { return std::abs(qGray(a) - qGray(b)); };
            const int beside =
                step(left.pixel(510, y), left.pixel(511, y)) + step(right.pixel(0, y), right.pixel(1, y));
            torn += step(left.pixel(511, y), right.pixel(0, y)) > 2 * beside + 40;
        }
        QVERIFY2(torn <= 8,  // the strokes of letters; one cut label adds at least as many
                 qPrintable(QString::number(torn)));
    }

    void labelsDoNotOverlap_data() { noSeamBetweenTiles_data(); }
    void labelsDoNotOverlap() {
        QFETCH(int, zoom);
        const TileIndex index(m_city);
        const TileId id = tileAt(test::SmallCity::at({0, 0}), zoom);
        const auto city = placeCityLabels(index, zoom);
        auto labels = placeMetatileLabels(index, zoom, id.x / kMetatileTiles, id.y / kMetatileTiles, city);
        QVERIFY(!labels.empty());
        labels.insert(labels.end(), city.begin(), city.end());
        for (std::size_t a = 0; a < labels.size(); ++a)
            for (std::size_t b = a + 1; b < labels.size(); ++b)
                for (const QRectF& x : labels[a].obstacles)
                    for (const QRectF& y : labels[b].obstacles) QVERIFY(!x.intersects(y));
    }

    void kindsOfLabelsByZoom_data() {
        QTest::addColumn<int>("zoom");
        QTest::addColumn<bool>("numbers");
        QTest::addColumn<bool>("areas");
        QTest::addRow("city") << 13 << false << true;
        QTest::addRow("quarter") << 15 << false << true;
        QTest::addRow("houses") << 17 << true << false;
    }
    void kindsOfLabelsByZoom() {
        QFETCH(int, zoom);
        QFETCH(bool, numbers);
        QFETCH(bool, areas);
        const TileIndex index(m_city);
        const auto city = placeCityLabels(index, zoom);
        QCOMPARE(std::ranges::any_of(city, [](const auto& l) { return l.kind == LabelKind::Area; }), areas);
        const TileId id = tileAt(test::SmallCity::at({0, 0}), zoom);
        const auto labels = placeMetatileLabels(index, zoom, id.x / kMetatileTiles, id.y / kMetatileTiles, city);
        QCOMPARE(std::ranges::any_of(labels, [](const auto& l) { return l.kind == LabelKind::HouseNumber; }), numbers);
    }

    void holesStayOpen() {
        const TileRenderer renderer(m_city);
        const geo::WorldPoint island = test::SmallCity::at({650, 550}), lake = test::SmallCity::at({350, 450});
        const auto colourAt = [&](geo::WorldPoint p) {
            const TileId id = tileAt(p, 16);
            const double scale = Viewport::worldPixels(16);
            return renderer.render(id, false, 1)
                .pixelColor(int(p.x * scale - id.x * 512.0), int(p.y * scale - id.y * 512.0));
        };
        QCOMPARE(colourAt(lake), MapStyle::of(false).feature(geo::FeatureClass::Water).fill);
        QCOMPARE(colourAt(island), MapStyle::of(false).ground());
    }

    void tilesFarFromTheCityAreEmpty() {
        const TileRenderer renderer(m_city);
        const TileId id = tileAt(test::SmallCity::at({0, 0}), 15);
        QVERIFY(renderer.hasContent(id));
        QVERIFY(!renderer.hasContent({id.z, id.x + 40, id.y}));
    }

    void withoutACityThereIsAGraticule() {
        const TileRenderer renderer(nullptr);
        const QImage image = renderer.render({5, 16, 11}, false, 1);
        int lines = 0;
        for (int x = 0; x < 512; ++x) lines += image.pixelColor(x, 3) == MapStyle::of(false).graticule();
        QVERIFY2(lines >= 2 && lines <= 6, qPrintable(QString::number(lines)));
        const Graticule g = graticule(TileId{5, 16, 11}.area(), 6);
        for (const double x : g.meridians) QVERIFY(std::abs(std::remainder((x - 0.5) * 360, 1)) < 1e-6);
    }

    void piecesOfAStreetAreJoined() {
        const TileIndex index(m_city);
        const auto all = index.features(m_city->bounds);
        const auto lines = namedLines(*m_city, all, m_city->bounds,
                                      [](geo::FeatureClass c) { return c == geo::FeatureClass::Primary; });
        QCOMPARE(lines.size(), 1U);
        QCOMPARE(lines[0].points.size(), 3U);
    }

    void linesAreCutAtTheWindow() {
        const std::array<geo::WorldPoint, 4> zigzag{{{-1, 0.5}, {2, 0.5}, {2, 0.25}, {0.5, 0.25}}};
        const auto parts = clipLine(zigzag, {0, 0, 1, 1});
        QCOMPARE(parts.size(), 2U);
        QCOMPARE(parts[0].front(), (geo::WorldPoint{0, 0.5}));
        QCOMPARE(parts[0].back(), (geo::WorldPoint{1, 0.5}));
        QCOMPARE(parts[1].front(), (geo::WorldPoint{1, 0.25}));
        QCOMPARE(parts[1].back(), (geo::WorldPoint{0.5, 0.25}));
    }
};

QTEST_MAIN(TileRendererTest)
#include "tile_renderer_test.moc"
