// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QQuickItem>
#include <QQuickWidget>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <set>

#include "small_city.hpp"
#include "ui/map/area_layer.hpp"
#include "ui/map/density_layer.hpp"
#include "ui/map/map_furniture.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/map/ramp.hpp"
#include "ui/map/spider_layer.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;

// Selecting, measuring and the layers of the map, with real events.
class MapToolsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<MapWidget> m_map;

    QQuickWidget* view() const { return m_map->findChild<QQuickWidget*>(u"mapView"_s); }
    template <class Item>
    Item* item(const QString& name) const {
        return view()->rootObject()->findChild<Item*>(name);
    }
    bool settle() const {
        return QTest::qWaitFor([this] { return m_map->isIdle(); }, 20000);
    }
    void move(QPoint at, Qt::KeyboardModifiers modifiers) const {
        QMouseEvent event(QEvent::MouseMove, at, view()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(view(), &event);
        QCoreApplication::processEvents();
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::mousePress(view(), Qt::LeftButton, modifiers, from);
        for (int i = 1; i <= 20; ++i) move(from + (to - from) * i / 20, modifiers);
        QTest::mouseRelease(view(), Qt::LeftButton, modifiers, to);
    }
    // Twelve cases on a grid of 40 m about the middle, and one far from them.
    static std::shared_ptr<const MapPoints> twelve() {
        auto some = std::make_shared<MapPoints>();
        for (int i = 0; i < 12; ++i)
            some->add(100 + i, test::SmallCity::at({-60.0 + 40 * (i % 4), -40.0 + 40 * (i / 4)}),
                      static_cast<std::uint8_t>(i % 6));
        some->add(999, test::SmallCity::at({900, 900}), 3);
        return some;
    }
    static QList<qint64> sorted(const QVariant& keys) {
        auto list = keys.value<QList<qint64>>();
        std::ranges::sort(list);
        return list;
    }
    static QList<qint64> theTwelve() {
        QList<qint64> keys;
        for (int i = 0; i < 12; ++i) keys << 100 + i;
        return keys;
    }
    void showTwelve(double zoom = 16) {
        m_map->setPoints(twelve());
        m_map->flyTo(geo::toGeo(test::SmallCity::at({0, 0})), zoom);
        QVERIFY(settle());
    }

private Q_SLOTS:
    void init() {
        m_map = std::make_unique<MapWidget>();
        m_map->setTheme(false);
        m_map->resize(900, 700);
        m_map->setCity(test::SmallCity::make());
        m_map->show();
        m_map->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_map.get()));
        view()->setFocus();
        QVERIFY(settle());
    }
    void cleanup() { m_map.reset(); }

    void ctrlDragSelectsInABox() {
        showTwelve();
        QSignalSpy selected(m_map.get(), &MapWidget::casesSelected);
        const geo::WorldRect before = m_map->visibleArea();
        drag({330, 260}, {560, 440}, Qt::ControlModifier);
        QTRY_COMPARE(selected.count(), 1);
        QCOMPARE(sorted(selected[0][0]), theTwelve());
        QCOMPARE(selected[0][1].toBool(), false);
        QCOMPARE(m_map->visibleArea(), before);
        QCOMPARE(m_map->tool(), MapTool::None);
    }

    void theButtonTakesTheBoxInHandForOneDrag() {
        showTwelve();
        QSignalSpy selected(m_map.get(), &MapWidget::casesSelected);
        auto* button = m_map->findChild<QToolButton*>(u"mapBox"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(m_map->tool(), MapTool::Box);
        QVERIFY(m_map->findChild<QWidget*>(u"mapHint"_s)->isVisible());
        drag({560, 440}, {330, 260}, Qt::ShiftModifier);  // from the other corner, and beside the others
        QTRY_COMPARE(selected.count(), 1);
        QCOMPARE(sorted(selected[0][0]), theTwelve());
        QCOMPARE(selected[0][1].toBool(), true);
        QVERIFY(!button->isChecked());
        const geo::WorldRect before = m_map->visibleArea();
        drag({560, 440}, {330, 260});
        QVERIFY(m_map->visibleArea() != before);  // the tool is put away: a drag moves the map
    }

    void aBoxIsSetWithKeysFromTheMiddle() {
        showTwelve();
        QSignalSpy selected(m_map.get(), &MapWidget::casesSelected);
        QTest::keyClick(view(), Qt::Key_Left);
        QTest::keyClick(view(), Qt::Key_Up);
        QTest::keyClick(view(), Qt::Key_B);
        QCOMPARE(m_map->tool(), MapTool::Box);
        QTest::keyClick(view(), Qt::Key_Return);
        for (int i = 0; i < 2; ++i) {
            QTest::keyClick(view(), Qt::Key_Right);
            QTest::keyClick(view(), Qt::Key_Down);
        }
        QCOMPARE(selected.count(), 0);
        QTest::keyClick(view(), Qt::Key_Return);
        QCOMPARE(selected.count(), 1);
        QCOMPARE(sorted(selected[0][0]), theTwelve());
    }

    void aLassoOfClicksClosesAtItsFirstCorner() {
        showTwelve();
        QSignalSpy selected(m_map.get(), &MapWidget::casesSelected);
        QTest::keyClick(view(), Qt::Key_L);
        for (const QPoint at : {QPoint(330, 250), QPoint(570, 250), QPoint(570, 450), QPoint(330, 450)}) {
            QTest::mouseClick(view(), Qt::LeftButton, {}, at);
            QTest::qWait(0);
        }
        QCOMPARE(selected.count(), 0);
        QTest::mouseClick(view(), Qt::LeftButton, {}, {333, 252});
        QTRY_COMPARE(selected.count(), 1);
        QCOMPARE(sorted(selected[0][0]), theTwelve());
    }

    void escPutsTheToolAwayAndSelectsNothing() {
        showTwelve();
        QSignalSpy selected(m_map.get(), &MapWidget::casesSelected);
        QTest::keyClick(view(), Qt::Key_L);
        QTest::mouseClick(view(), Qt::LeftButton, {}, {330, 250});
        QTest::keyClick(view(), Qt::Key_Escape);
        QCOMPARE(m_map->tool(), MapTool::None);
        QCOMPARE(selected.count(), 0);
        QVERIFY(!m_map->findChild<QWidget*>(u"mapHint"_s)->isVisible());
    }

    void clustersAreSelectedByTheCasesInThem() {
        showTwelve(13);
        QSignalSpy selected(m_map.get(), &MapWidget::casesSelected);
        drag({425, 325}, {475, 375}, Qt::ControlModifier);
        QTRY_COMPARE(selected.count(), 1);
        QCOMPARE(sorted(selected[0][0]), theTwelve());
    }

    void aKilometreIsMeasuredAndCopied() {
        m_map->flyTo(geo::toGeo(test::SmallCity::at({0, 0})), 14);
        QVERIFY(settle());
        QSignalSpy told(m_map.get(), &MapWidget::told);
        const geo::WorldRect area = m_map->visibleArea();
        const double metres = geo::distanceMetres(geo::toGeo({area.left, (area.top + area.bottom) / 2}),
                                                  geo::toGeo({area.right, (area.top + area.bottom) / 2}));
        const int span = static_cast<int>(std::lround(900 * 1000 / metres));
        QTest::keyClick(view(), Qt::Key_M);
        QTest::mouseClick(view(), Qt::LeftButton, {}, {100, 350});
        QTest::mouseClick(view(), Qt::LeftButton, {}, {100 + span, 350});
        QTest::keyClick(view(), Qt::Key_C);
        QCOMPARE(told.count(), 1);
        const QString words = QGuiApplication::clipboard()->text();
        const double length = words.split(u' ').first().toDouble();
        QVERIFY2(std::abs(words.endsWith(u"km"_s) ? length * 1000 - 1000 : length - 1000) < 8, qPrintable(words));
        QTest::mouseClick(view(), Qt::LeftButton, {}, {100 + span, 350 + span});
        QTest::keyClick(view(), Qt::Key_C);
        const QString surface = QGuiApplication::clipboard()->text();
        const double hectares = surface.section(u"encloses "_s, 1).section(u' ', 0, 0).toDouble();
        QVERIFY2(surface.endsWith(u" ha"_s) && std::abs(hectares - 50) < 1, qPrintable(surface));
        QTest::keyClick(view(), Qt::Key_Backspace);
        QTest::keyClick(view(), Qt::Key_C);
        QCOMPARE(QGuiApplication::clipboard()->text(), words);
    }

    void cCopiesTheMiddleOfTheMap() {
        m_map->flyTo(GeoPoint::of(10, 10), 16);
        QVERIFY(settle());
        QTest::mouseMove(m_map->findChild<QToolButton*>(u"mapFit"_s));
        QTest::keyClick(view(), Qt::Key_C);
        const auto parts = QGuiApplication::clipboard()->text().split(u", "_s);
        QCOMPARE(parts.size(), 2);
        QVERIFY(std::abs(parts[0].toDouble() - 10) < 0.01 && std::abs(parts[1].toDouble() - 10) < 0.01);
    }

    void stackedCasesAreSpreadAndEachCanBeOpened_data() {
        QTest::addColumn<int>("count");
        for (const int count : {2, 9, 30}) QTest::addRow("%d", count) << count;
    }
    void stackedCasesAreSpreadAndEachCanBeOpened() {
        QFETCH(int, count);
        auto stack = std::make_shared<MapPoints>();
        for (int i = 0; i < count; ++i)
            stack->add(1 + i, test::SmallCity::at({0, 0}), static_cast<std::uint8_t>(i % 6));
        m_map->setPoints(stack);
        m_map->flyTo(geo::toGeo(test::SmallCity::at({0, 0})), 19);
        QVERIFY(settle());
        QSignalSpy clicked(m_map.get(), &MapWidget::caseClicked);
        QTest::mouseClick(view(), Qt::LeftButton, {}, m_map->screenPosition(1)->toPoint());
        auto* spider = item<SpiderLayer>(u"spider"_s);
        QTRY_VERIFY(spider->isOpen());
        QCOMPARE(clicked.count(), 0);
        QCOMPARE(spider->keys().size(), std::size_t(count));
        QVERIFY(settle());
        std::set<qint64> opened;
        for (int i = 0; i < count; ++i) {
            for (int j = 0; j < i; ++j) {
                const QPointF off = spider->foot(std::size_t(i)) - spider->foot(std::size_t(j));
                QVERIFY(std::hypot(off.x(), off.y()) >= 18);  // no mark lies on another
            }
            QTest::mouseClick(view(), Qt::LeftButton, {}, spider->foot(std::size_t(i)).toPoint());
            QTRY_COMPARE(clicked.count(), i + 1);
            opened.insert(clicked.last()[0].toLongLong());
        }
        QCOMPARE(opened.size(), std::size_t(count));
        QTest::keyClick(view(), Qt::Key_Escape);
        QVERIFY(!spider->isOpen());
        QTest::keyClick(view(), Qt::Key_S);
        QVERIFY(spider->isOpen());
    }

    void digitsSwitchTheLayerAndThePicture() {
        showTwelve(14);
        QSignalSpy changed(m_map.get(), &MapWidget::layerChanged);
        std::vector<QImage> pictures;
        for (const auto key : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5}) {
            QTest::keyClick(view(), key);
            QVERIFY(settle());
            QCOMPARE(m_map->layer(), static_cast<MapLayer>(key - Qt::Key_1));
            const QImage now = view()->grabFramebuffer();
            for (const auto& other : pictures) QVERIFY(now != other);
            pictures.push_back(now);
        }
        QVERIFY(changed.count() >= 5);
        QTest::keyClick(view(), Qt::Key_1);
        QVERIFY(settle());
        QCOMPARE(view()->grabFramebuffer(), pictures.front());
    }

    void aHexagonIsTheSameWhateverPartIsSeen() {
        auto many = std::make_shared<MapPoints>();
        QRandomGenerator random(7);
        for (int i = 0; i < 5000; ++i)
            many->add(i + 1, test::SmallCity::at({random.bounded(4000.0) - 2000, random.bounded(4000.0) - 2000}), 1);
        const IssueIndex issues(many);
        const Viewport one{test::SmallCity::at({0, 0}), 14, {900, 700}};
        std::map<std::pair<std::int64_t, std::int64_t>, std::uint32_t> counts;
        std::uint32_t all = 0;
        for (const HexCell& cell : hexCells(issues, {one.centre, 14, {4000, 4000}})) {
            counts[{cell.column, cell.row}] = cell.count;
            all += cell.count;
        }
        QCOMPARE(all, 5000U);  // each case in one cell
        for (int i = 0; i < 20; ++i) {
            const Viewport moved{
                test::SmallCity::at({random.bounded(2000.0) - 1000, random.bounded(2000.0) - 1000}), 14, {900, 700}};
            for (const HexCell& cell : hexCells(issues, moved)) {
                const auto same = counts.find({cell.column, cell.row});
                QVERIFY(same != counts.end() && same->second == cell.count);
            }
        }
    }

    void areasCountTheirCasesAndTellHowManyAreOnTime() {
        const auto city = test::SmallCity::make();
        QVERIFY(!city->areas.empty());
        auto points = std::make_shared<MapPoints>();
        const geo::WorldPoint inside = city->areas[0].label;
        const geo::AreaIndex index(city);
        QVERIFY(!index.areasAt(inside).empty());
        const std::uint32_t area = index.areasAt(inside).front();
        const std::array<std::uint8_t, 6> states{0, 1, 2, 3, 4, 5};  // none … breached is one of them
        for (std::size_t i = 0; i < states.size(); ++i) points->add(std::int64_t(i) + 1, inside, states[i]);
        const auto figures = tallyAreas(std::make_shared<const IssueIndex>(points), city, index);
        QCOMPARE(figures.tallies[area].cases, 6U);
        QCOMPARE(figures.tallies[area].promised, 5U);
        QCOMPARE(figures.tallies[area].breached, 1U);
        QCOMPARE(figures.tallies[area].onTime(), 0.8);
        QCOMPARE(figures.step(area, MapLayer::AreaOnTime), 3);
        QCOMPARE(figures.step(area, MapLayer::AreaCount), 4);
    }

    void anAreaSaysItsNameAndNarrowsTheList() {
        m_map->setPoints(twelve());
        m_map->setLayer(MapLayer::AreaCount);
        QVERIFY(settle());
        const auto city = test::SmallCity::make();
        const geo::WorldRect seen = m_map->visibleArea();
        const double scale = 900 / (seen.right - seen.left);
        const QPoint at(int((city->areas[0].label.x - seen.left) * scale),
                        int((city->areas[0].label.y - seen.top) * scale));
        QSignalSpy clicked(m_map.get(), &MapWidget::areaClicked);
        QTest::mouseClick(view(), Qt::LeftButton, {}, at);
        QTRY_COMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toString(), QString::fromStdString(city->areas[0].code));
        QTest::mouseMove(view(), at + QPoint(9, 0));
        QTest::mouseMove(view(), at + QPoint(3, 0));
        QTRY_VERIFY(view()->toolTip().contains(QString::fromStdString(city->areas[0].name)));
    }

    void inkIsReadOnEveryStep() {
        const auto channel = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        const auto light = [&](const QColor& c) {
            return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
        };
        for (const bool dark : {false, true})
            for (int step = 0; step < kRampSteps; ++step)
                for (const QColor& ground : {countColour(step, dark), onTimeColour(step, dark)}) {
                    const double a = light(ground) + 0.05, b = light(inkOn(ground)) + 0.05;
                    QVERIFY2(std::max(a, b) / std::min(a, b) >= 4.5, qPrintable(ground.name()));
                }
    }
};

QTEST_MAIN(MapToolsTest)
#include "map_tools_test.moc"
