// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QPushButton>
#include <QQuickWidget>

#include "ui/dispatch/job_dialog.hpp"
#include "ui/map/map_widget.hpp"
#include "ui/map/small_city.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::SmallDesk;

// The map as a work surface of the desk: what is drawn around on it is selected in the list, and the verbs act on it.
class MapSelectionTest final : public QObject {
    Q_OBJECT

    static GeoPoint place(int n) { return GeoPoint::of(32.30 + 0.0004 * (n / 4), -64.70 + 0.0004 * (n % 4)); }

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qobject_cast<QApplication*>(QCoreApplication::instance())); }
    void init() {
        m_desk = std::make_unique<SmallDesk>();
        // Twelve close together, three some kilometres away, between them in the order of the list.
        for (int i = 0; i < 15; ++i) {
            auto command =
                SmallDesk::opening(i % 2 ? "POTHOLE" : "GRAFFITI", std::to_string(i + 1) + " Quay Street", 15 - i);
            const bool far = i % 5 == 4;
            command.fields.set(CaseField::Position, far ? GeoPoint::of(32.36, -64.66 + 0.001 * i) : place(i));
            (far ? m_far : m_near).push_back(m_desk->submit(std::move(command)).caseKey);
        }
        m_window = std::make_unique<MainWindow>(*m_desk->bridge, *m_theme, m_desk->folder());
        m_window->resize(1440, 900);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_table = m_window->findChild<CaseTable*>();
        m_map = m_window->findChild<MapWidget*>();
        m_window->showQueue(u"open"_s);
        QTRY_COMPARE(m_table->model()->rowCount(), 15);
        QTRY_VERIFY(m_map->screenPosition(m_near.front().value));
        m_map->flyTo(place(5), 16);
        QVERIFY(QTest::qWaitFor([this] { return m_map->isIdle(); }, 20000));
    }
    void cleanup() {
        m_window.reset();
        m_desk.reset();
        m_near.clear();
        m_far.clear();
    }

    void twelveCasesAreLassoedIntoAJob() {
        lasso();
        QTRY_COMPARE(m_table->selectedCases().size(), 12U);
        QVERIFY(std::ranges::is_permutation(m_table->selectedCases(), m_near));
        QTRY_VERIFY(m_table->hasFocus());
        QTest::keyClick(m_table, Qt::Key_W);
        QPointer<JobDialog> dialog;
        QTRY_VERIFY((dialog = m_window->findChild<JobDialog*>()) != nullptr);
        dialog->findChild<QLineEdit*>(u"jobTitle"_s)->setText(u"Quay Street, both sides"_s);
        QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(dialog == nullptr);
        const auto jobs = m_desk->bridge->catalogue()->jobs();
        QCOMPARE(jobs.size(), 1U);
        QCOMPARE(jobs.front().title, "Quay Street, both sides");
        engine::CaseFilter filter;
        filter.jobs = {jobs.front().code};
        m_window->findChild<FilterBar*>()->setFilter(filter);
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        for (const auto key : m_near) QVERIFY(m_table->choose(key));
    }

    void aSecondOutlineWithBothKeysAdds() {
        lasso();
        QTRY_COMPARE(m_table->selectedCases().size(), 12U);
        m_map->flyTo(GeoPoint::of(32.36, -64.651), 15);
        QVERIFY(QTest::qWaitFor([this] { return m_map->isIdle(); }, 20000));
        const QPoint middle(view()->width() / 2, view()->height() / 2);
        outline({middle - QPoint(150, 100), middle + QPoint(150, -100), middle + QPoint(150, 100),
                 middle + QPoint(-150, 100)},
                Qt::ShiftModifier | Qt::ControlModifier);
        QTRY_COMPARE(m_table->selectedCases().size(), 15U);
    }

    void onlyTheSelectedAndBack() {
        lasso();
        QTRY_COMPARE(m_table->selectedCases().size(), 12U);
        m_window->actions().onlySelected->trigger();
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_window->findChild<FilterBar*>()->clearAll();
        QTRY_COMPARE(m_table->model()->rowCount(), 15);
    }

    void onlyWhatTheMapShowsFollowsTheMap() {
        m_window->actions().filterByMap->setChecked(true);
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_map->flyTo(GeoPoint::of(32.36, -64.651), 15);
        QTRY_COMPARE(m_table->model()->rowCount(), 3);
        m_window->actions().filterByMap->setChecked(false);
        QTRY_COMPARE(m_table->model()->rowCount(), 15);
    }

    void aClickOnAnAreaNarrowsTheListToIt() {
        const auto city = test::SmallCity::make();
        SmallDesk::must(m_desk->engine->setCity(city));
        for (int i = 0; i < 4; ++i) {
            auto command = SmallDesk::opening("POTHOLE", "Grand Avenue", 2);
            command.fields.set(CaseField::Area, std::string(i < 3 ? "west" : "east"));
            command.fields.set(CaseField::Position, geo::toGeo(test::SmallCity::at({i < 3 ? -900.0 : 900.0, 100.0})));
            m_desk->submit(std::move(command));
        }
        QTRY_COMPARE(m_table->model()->rowCount(), 19);
        QTest::keyClick(m_window.get(), Qt::Key_4, Qt::AltModifier);
        QTRY_COMPARE(m_map->layer(), MapLayer::AreaCount);
        const auto west = std::ranges::find(city->areas, "west", &geo::Area::code);
        m_map->flyTo(geo::toGeo(west->label), 14);
        QVERIFY(QTest::qWaitFor([this] { return m_map->isIdle(); }, 20000));
        QTest::mouseClick(view(), Qt::LeftButton, {}, {view()->width() / 2, view()->height() / 2});
        QTRY_COMPARE(m_table->model()->rowCount(), 3);
        QCOMPARE(m_window->findChild<FilterBar*>()->filter().areas, std::vector<std::string>{"west"});
        m_window->findChild<FilterBar*>()->clearAll();
        QTRY_COMPARE(m_table->model()->rowCount(), 19);
    }

    void layerIsRememberedAndHasItsKey() {
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
        QTRY_COMPARE(m_map->layer(), MapLayer::Hexagons);
        m_window->close();
        m_window.reset();
        MainWindow again(*m_desk->bridge, *m_theme, m_desk->folder());
        QCOMPARE(again.findChild<MapWidget*>()->layer(), MapLayer::Hexagons);
        QVERIFY(again.actions().mapLayers[2]->isChecked());
    }

private:
    QQuickWidget* view() const { return m_map->findChild<QQuickWidget*>(u"mapView"_s); }
    void outline(const QList<QPoint>& corners, Qt::KeyboardModifiers keys) const {
        QTest::mousePress(view(), Qt::LeftButton, keys, corners.first());
        for (int i = 0; i < corners.size(); ++i)
            for (int step = 1; step <= 6; ++step) {
                const QPoint at = corners[i] + (corners[(i + 1) % corners.size()] - corners[i]) * step / 6;
                QMouseEvent move(QEvent::MouseMove, at, view()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, keys);
                QCoreApplication::sendEvent(view(), &move);
                QCoreApplication::processEvents();
            }
        QTest::mouseRelease(view(), Qt::LeftButton, keys, corners.first());
    }
    void lasso() const {
        const QPoint a = m_map->screenPosition(m_near.front().value)->toPoint();
        QPoint b = a;
        for (const auto key : m_near) {
            const QPoint at = m_map->screenPosition(key.value)->toPoint();
            b = {std::max(b.x(), at.x()), std::min(b.y(), at.y())};
        }
        outline(
            {{a.x() - 30, a.y() + 30}, {b.x() + 30, a.y() + 30}, {b.x() + 30, b.y() - 30}, {a.x() - 30, b.y() - 30}},
            Qt::ShiftModifier);
    }

    Theme* m_theme{};
    std::unique_ptr<SmallDesk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    std::vector<CaseKey> m_near, m_far;
    CaseTable* m_table{};
    MapWidget* m_map{};
};

QTEST_MAIN(MapSelectionTest)
#include "map_selection_test.moc"
