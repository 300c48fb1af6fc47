// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QQmlExpression>
#include <QQmlContext>
#include <QQuickItem>
#include <QQuickWidget>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

#include "ui/map/map_widget.hpp"
#include "ui/map/tile_layer.hpp"
#include "small_city.hpp"

using namespace wl;
using namespace wl::ui;

// The map as a person uses it: real events into a shown widget, drawn by Qt's software renderer.
class MapWidgetTest : public QObject {
    Q_OBJECT

    std::unique_ptr<MapWidget> m_map;

    static std::shared_ptr<const MapPoints> points(int count, std::uint64_t generation = 1) {
        auto points = std::make_shared<MapPoints>();
        points->generation = generation;
        for (int i = 0; i < count; ++i)
            points->add(100 + i,
                        test::SmallCity::at({-1500.0 + 3000.0 * (i % 10) / 10, -1500.0 + 3000.0 * (i / 10) / 10.0}),
                        static_cast<std::uint8_t>(i % 6));
        return points;
    }
    QQuickWidget* view() const { return m_map->findChild<QQuickWidget*>(QStringLiteral("mapView")); }
    QQuickItem* mapItem() const { return view()->rootObject()->findChild<QQuickItem*>(QStringLiteral("map")); }
    TileLayer* tiles() const { return view()->rootObject()->findChild<TileLayer*>(QStringLiteral("tiles")); }
    bool settle() const {
        return QTest::qWaitFor([this] { return m_map->isIdle(); }, 20000);
    }
    void wheel(QPointF at, int angle) const {
        QWheelEvent event(at, view()->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(view(), &event);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::mousePress(view(), Qt::LeftButton, modifiers, from);
        for (int i = 1; i <= 20; ++i) {
            const QPoint at = from + (to - from) * i / 20;
            QMouseEvent move(QEvent::MouseMove, at, view()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
            QCoreApplication::sendEvent(view(), &move);
            QCoreApplication::processEvents();
        }
        QTest::mouseRelease(view(), Qt::LeftButton, modifiers, to);
    }
    QColor colourAt(QPoint at) const { return view()->grabFramebuffer().pixelColor(at); }

private Q_SLOTS:
    void init() {
        m_map = std::make_unique<MapWidget>();
        m_map->setTheme(false);
        m_map->resize(900, 700);
        m_map->setCity(test::SmallCity::make());
        m_map->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_map.get()));
        QVERIFY(settle());
    }
    void cleanup() { m_map.reset(); }

    void opensOnTheCity() {
        const geo::WorldRect area = m_map->visibleArea();
        QVERIFY(area.contains(test::SmallCity::at({-2000, -2000})));
        QVERIFY(area.contains(test::SmallCity::at({2000, 2000})));
        QCOMPARE(m_map->zoom(), std::round(m_map->zoom()));
        QVERIFY(!m_map->findChild<QWidget*>(QStringLiteral("mapEmpty"))->isVisible());
        QVERIFY(m_map->findChild<QWidget*>(QStringLiteral("mapCopyright"))->isVisible());
    }

    // A wall of twice the pixels shows the same city as the small one, each thing twice as large.
    void magnifiedItShowsTheSameCityLarger() {
        auto some = std::make_shared<MapPoints>();
        for (int i = 0; i < 20; ++i) some->add(1 + i, test::SmallCity::at({1200.0 + i, 900}), 2);
        some->add(131, test::SmallCity::at({-600, -300}), 3);
        m_map->setPoints(some);
        QVERIFY(settle());
        const geo::WorldRect area = m_map->visibleArea();
        const auto before = m_map->screenPosition(131);
        const QImage small = view()->grabFramebuffer();
        m_map->setMagnification(2);
        m_map->resize(1800, 1400);
        QVERIFY(settle());
        const geo::WorldRect now = m_map->visibleArea();
        QVERIFY(std::abs(now.left - area.left) < 1e-9 && std::abs(now.right - area.right) < 1e-9);
        QCOMPARE(*m_map->screenPosition(131), *before);
        const QPoint at = (*before * 2).toPoint();
        QSignalSpy clicked(m_map.get(), &MapWidget::caseClicked);
        QTest::mouseClick(view(), Qt::LeftButton, {}, at);
        QTRY_COMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toLongLong(), 131);
        // The ground at places far from letters and lines: pond, park, street side.
        const QImage large = view()->grabFramebuffer();
        for (const auto& metres : {geo::WorldPoint{300, 300}, {-500, -500}, {-700, -300}, {900, 500}}) {
            const geo::WorldPoint place = test::SmallCity::at(metres);
            const QPointF pixel((place.x - area.left) / (area.right - area.left) * 900,
                                (place.y - area.top) / (area.bottom - area.top) * 700);
            const QColor is = large.pixelColor((pixel * 2).toPoint()), was = small.pixelColor(pixel.toPoint());
            for (const int off : {is.red() - was.red(), is.green() - was.green(), is.blue() - was.blue()})
                QVERIFY2(std::abs(off) <= 8, qPrintable(is.name() + QStringLiteral(" for ") + was.name()));
        }
    }

    void projectionAgreesWithTheMap_data() {
        QTest::addColumn<double>("zoom");
        for (const double zoom : {14.0, 15.3, 17.77}) QTest::addRow("zoom %.2f", zoom) << zoom;
    }
    void projectionAgreesWithTheMap() {
        QFETCH(double, zoom);
        m_map->flyTo(geo::toGeo(test::SmallCity::at({300, -400})), zoom);
        QVERIFY(settle());
        const geo::WorldRect area = m_map->visibleArea();
        for (const QPoint at : {QPoint(0, 0), QPoint(450, 350), QPoint(812, 77)}) {
            QQmlExpression ask(view()->rootContext(), mapItem(),
                               QStringLiteral("(function() { var c = toCoordinate(Qt.point(%1, %2), false); return "
                                              "[c.latitude, c.longitude] })()")
                                   .arg(at.x())
                                   .arg(at.y()));
            const QVariantList theirs = ask.evaluate().toList();
            QCOMPARE(theirs.size(), 2);
            const geo::WorldPoint world = geo::toWorld(GeoPoint::of(theirs[0].toDouble(), theirs[1].toDouble()));
            const double scale = 256 * std::exp2(zoom);
            QVERIFY(std::abs((world.x - area.left) * scale - at.x()) < 0.2);
            QVERIFY(std::abs((world.y - area.top) * scale - at.y()) < 0.2);
        }
    }

    void wheelZoomsAboutThePointer() {
        const QPointF at(200, 150);
        const double before = m_map->zoom();
        const geo::WorldRect area = m_map->visibleArea();
        const auto under = [&](const geo::WorldRect& a) {
            return geo::WorldPoint{a.left + (a.right - a.left) * at.x() / 900,
                                   a.top + (a.bottom - a.top) * at.y() / 700};
        };
        wheel(at, 120);
        QVERIFY(settle());
        QCOMPARE(m_map->zoom(), before + 1);
        const double scale = 256 * std::exp2(m_map->zoom());
        QVERIFY(std::abs(under(area).x - under(m_map->visibleArea()).x) * scale < 1);
        QVERIFY(std::abs(under(area).y - under(m_map->visibleArea()).y) * scale < 1);
        wheel(at, -120);
        QVERIFY(settle());
        QCOMPARE(m_map->zoom(), before);
    }

    void zoomStopsAtItsLimits() {
        wheel({450, 350}, 120 * 30);
        QVERIFY(settle());
        QCOMPARE(m_map->zoom(), 19.0);
        QVERIFY(!m_map->findChild<QToolButton*>(QStringLiteral("mapZoomIn"))->isEnabled());
        wheel({450, 350}, -120 * 30);
        QVERIFY(settle());
        QVERIFY(m_map->zoom() >= 3);
        QVERIFY(!m_map->findChild<QToolButton*>(QStringLiteral("mapZoomOut"))->isEnabled());
    }

    void dragPansAndStaysInTheCity() {
        m_map->flyTo(geo::toGeo(test::SmallCity::at({0, 0})), 16);
        QVERIFY(settle());
        QSignalSpy moved(m_map.get(), &MapWidget::areaChanged);
        const geo::WorldRect before = m_map->visibleArea();
        drag({600, 400}, {400, 300});
        QVERIFY(settle());
        QVERIFY(m_map->visibleArea().left > before.left);
        QVERIFY(m_map->visibleArea().top > before.top);
        QTRY_VERIFY(moved.count() > 0);
        for (int i = 0; i < 12; ++i) drag({850, 400}, {50, 400});
        QVERIFY(settle());
        const geo::WorldRect area = m_map->visibleArea();
        QVERIFY((area.left + area.right) / 2 <= test::SmallCity::at({2000, 0}).x + 1e-9);
    }

    void clickSelectsAndHoverTells_data() {
        QTest::addColumn<double>("zoom");
        QTest::addRow("single among clusters") << 14.0;
        QTest::addRow("pins") << 16.0;
    }
    void clickSelectsAndHoverTells() {
        QFETCH(double, zoom);
        auto some = std::make_shared<MapPoints>();
        for (int i = 0; i < 20; ++i) some->add(1 + i, test::SmallCity::at({1200.0 + i, 900}), 2);
        some->add(137, test::SmallCity::at({-600, -300}), 3);
        m_map->setPoints(some);
        m_map->flyTo(geo::toGeo(some->at.back()), zoom);
        QVERIFY(settle());
        QSignalSpy clicked(m_map.get(), &MapWidget::caseClicked), hovered(m_map.get(), &MapWidget::caseHovered);
        const QPoint at = m_map->screenPosition(137)->toPoint();
        QTest::mouseMove(view(), at + QPoint(60, 3));
        QTest::mouseMove(view(), at);
        QTRY_COMPARE(hovered.value(hovered.count() - 1).value(0).toLongLong(), 137);
        QTest::mouseClick(view(), Qt::LeftButton, {}, at);
        QTRY_COMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toLongLong(), 137);
        QTest::mouseMove(view(), at + QPoint(40, 20));
        QTRY_COMPARE(hovered.last()[0].toLongLong(), 0);
    }

    void clusterOpensOnClick() {
        auto close = std::make_shared<MapPoints>();
        for (int i = 0; i < 40; ++i) close->add(i + 1, test::SmallCity::at({10.0 * (i % 8), 10.0 * (i / 8)}), 3);
        m_map->setPoints(close);
        QVERIFY(settle());
        const double before = m_map->zoom();
        QVERIFY(before < 15);
        QTest::mouseClick(view(), Qt::LeftButton, {}, m_map->screenPosition(20)->toPoint());
        QTRY_VERIFY(m_map->zoom() > before);
        QVERIFY(settle());
    }

    void doubleClickAndKeysMove() {
        m_map->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_map.get()));
        const double before = m_map->zoom();
        quint64 time = 100'000;  // of the events: a double click is told by it
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease, QEvent::MouseButtonDblClick,
                                QEvent::MouseButtonRelease}) {
            QMouseEvent event(type, QPointF(300, 300), view()->mapToGlobal(QPointF(300, 300)), Qt::LeftButton,
                              type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            event.setTimestamp(time += 20);
            QCoreApplication::sendEvent(view(), &event);
        }
        QTRY_COMPARE(m_map->zoom(), before + 1);
        QVERIFY(settle());
        view()->setFocus();
        const geo::WorldRect area = m_map->visibleArea();
        QTest::keyClick(view(), Qt::Key_Right);
        QTRY_VERIFY(m_map->visibleArea().left > area.left);
        QTest::keyClick(view(), Qt::Key_Plus);
        QTRY_COMPARE(m_map->zoom(), before + 2);
        QTest::keyClick(view(), Qt::Key_Minus);
        QTRY_COMPARE(m_map->zoom(), before + 1);
    }

    void rightClickOffersCoordinatesAndANewCase() {
        QSignalSpy wanted(m_map.get(), &MapWidget::newCaseRequested);
        QTest::mouseClick(view(), Qt::RightButton, {}, {450, 350});
        QPointer<QMenu> menu;
        QTRY_VERIFY((menu = m_map->findChild<QMenu*>(QStringLiteral("mapMenu"))) != nullptr);
        menu->findChild<QAction*>(QStringLiteral("mapNewCase"))->trigger();
        QCOMPARE(wanted.count(), 1);
        const GeoPoint at = wanted[0][0].value<GeoPoint>();
        QVERIFY(std::abs(at.lat() - 10) < 1e-3 && std::abs(at.lon() - 10) < 1e-3);
        menu->findChild<QAction*>(QStringLiteral("mapCopyCoordinates"))->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("%1, %2").arg(at.lat(), 0, 'f', 6).arg(at.lon(), 0, 'f', 6));
        menu->close();
    }

    void draftPinIsDraggedAndPlaced() {
        QSignalSpy picked(m_map.get(), &MapWidget::placePicked);
        m_map->flyTo(GeoPoint::of(10, 10), 16);
        QVERIFY(settle());
        m_map->setDraftPin(GeoPoint::of(10, 10));
        drag({450, 328}, {550, 428});  // by its head, above the place
        QTRY_COMPARE(picked.count(), 1);
        const geo::WorldPoint at = geo::toWorld(picked[0][0].value<GeoPoint>()),
                              centre = geo::toWorld(GeoPoint::of(10, 10));
        const double scale = 256 * std::exp2(16);
        QVERIFY(std::abs((at.x - centre.x) * scale - 100) < 2);
        QVERIFY(std::abs((at.y - centre.y) * scale - 100) < 2);
        QTest::mouseClick(view(), Qt::LeftButton, {}, {200, 200});
        QTRY_COMPARE(picked.count(), 2);
    }

    void pickingTakesAPlaceOrEnds() {
        QSignalSpy picked(m_map.get(), &MapWidget::placePicked), ended(m_map.get(), &MapWidget::pickCancelled);
        m_map->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_map.get()));
        m_map->setPicking(true);
        QTest::mouseClick(view(), Qt::LeftButton, {}, {100, 100});
        QTRY_COMPARE(picked.count(), 1);
        QTest::keyClick(view(), Qt::Key_Escape);
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!m_map->isPicking());
    }

    void lassoSelectsWhatItEncloses() {
        m_map->setPoints(points(100));
        m_map->flyTo(geo::toGeo(points(100)->at[44]), 16);
        QVERIFY(settle());
        QSignalSpy lassoed(m_map.get(), &MapWidget::casesSelected);
        const QPoint at = m_map->screenPosition(144)->toPoint();
        const geo::WorldRect before = m_map->visibleArea();
        QTest::mousePress(view(), Qt::LeftButton, Qt::ShiftModifier, at + QPoint(-40, -40));
        for (const QPoint corner :
             {QPoint(-20, -40), QPoint(40, -40), QPoint(40, 40), QPoint(-40, 40), QPoint(-40, -30)}) {
            QMouseEvent move(QEvent::MouseMove, at + corner, view()->mapToGlobal(at + corner), Qt::NoButton,
                             Qt::LeftButton, Qt::ShiftModifier);
            QCoreApplication::sendEvent(view(), &move);
        }
        QTest::mouseRelease(view(), Qt::LeftButton, Qt::ShiftModifier, at + QPoint(-40, -30));
        QTRY_COMPARE(lassoed.count(), 1);
        QCOMPARE(lassoed[0][0].value<QList<qint64>>(), QList<qint64>{144});
        QCOMPARE(m_map->visibleArea(), before);
    }

    void tilesOnScreenAreThoseOfTheRenderer() {
        m_map->flyTo(geo::toGeo(test::SmallCity::at({100, 100})), 16);
        QVERIFY(settle());
        const geo::WorldRect area = m_map->visibleArea();
        const double scale = 256 * std::exp2(16);
        const QPoint corner(int(std::round(area.left * scale)), int(std::round(area.top * scale)));
        const TileId id{15, (corner.x() + 450) / 512, (corner.y() + 350) / 512};
        const QImage tile = tiles()->renderer()->render(id, false, 1);
        const QImage screen = view()->grabFramebuffer().convertToFormat(QImage::Format_RGB32);
        int different = 0, compared = 0;
        for (int y = 20; y < 680; ++y)
            for (int x = 20; x < 880; ++x) {
                const QPoint in(corner.x() + x - id.x * 512, corner.y() + y - id.y * 512);
                if (!tile.rect().contains(in)) continue;
                ++compared;
                different += tile.pixel(in) != screen.pixel(x, y);
            }
        QVERIFY(compared > 100000);
        QCOMPARE(different, 0);
    }

    void themeSwitchRepaints() {
        m_map->flyTo(geo::toGeo(test::SmallCity::at({110, 110})), 16);
        QVERIFY(settle());
        QVERIFY(colourAt({450, 350}).lightness() > 150);
        m_map->setTheme(true);
        QVERIFY(!m_map->isIdle());
        QVERIFY(settle());
        QVERIFY(colourAt({450, 350}).lightness() < 100);
        m_map->setTheme(false);
        QVERIFY(settle());
        QVERIFY(colourAt({450, 350}).lightness() > 150);
    }

    void casesAreDrawnAndReplaced() {
        m_map->flyTo(geo::toGeo(points(1)->at[0]), 16);
        QVERIFY(settle());
        const QImage bare = view()->grabFramebuffer();
        m_map->setPoints(points(1));
        QVERIFY(settle());
        QVERIFY(view()->grabFramebuffer() != bare);
        m_map->setPoints(nullptr);
        QVERIFY(settle());
        QCOMPARE(view()->grabFramebuffer(), bare);
    }

    void withoutACityCasesAreStillShown() {
        m_map->setCity(nullptr);
        const auto shown = points(50);
        m_map->setPoints(shown);
        QVERIFY(settle());
        QVERIFY(m_map->findChild<QWidget*>(QStringLiteral("mapEmpty"))->isVisible());
        const geo::WorldRect area = m_map->visibleArea();
        for (const geo::WorldPoint p : shown->at) QVERIFY(area.contains(p));
    }

    void diesQuietlyWithTilesInFlight_data() {
        QTest::addColumn<int>("turns");
        for (const int turns : {0, 1, 3, 10, 30}) QTest::addRow("after %d turns", turns) << turns;
    }
    void diesQuietlyWithTilesInFlight() {
        QFETCH(int, turns);
        m_map->setPoints(points(100, 2));
        m_map->setTheme(true);
        wheel({450, 350}, 240);
        for (int i = 0; i < turns; ++i) QCoreApplication::processEvents();
        m_map.reset();
        QCoreApplication::processEvents();
    }
};

QTEST_MAIN(MapWidgetTest)
#include "map_widget_test.moc"
