// SPDX-License-Identifier: GPL-3.0-or-later
// Looking back with the keys that people press: list, queues and map as of a past instant, edits refused, and the way
// back.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QStatusBar>

#include "ui/map/map_widget.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/shell/time_bar.hpp"
#include "ui/signals/signals_panel.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::kHour;
using wl::test::kNow;
using wl::test::SmallDesk;

class TimeTravelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qobject_cast<QApplication*>(QCoreApplication::instance())); }
    // Twelve cases, one an hour back each; those of the last three hours and of the sixth stay open.
    void init() {
        m_desk = std::make_unique<SmallDesk>();
        m_keys = m_desk->openMany(12);
        for (const auto at : {3UL, 4UL, 6UL, 7UL, 8UL, 9UL, 10UL, 11UL}) {
            engine::ChangeStatus close;
            close.target.key = m_keys[at];
            close.to = Status::Closed;
            close.reason = "fixed";
            close.at = {kNow.ms - kHour / 2};
            m_desk->submit(close);
        }
        m_window = std::make_unique<MainWindow>(*m_desk->bridge, *m_theme, m_desk->folder());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_table = m_window->findChild<CaseTable*>();
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
        m_table->setFocus();
    }
    void cleanup() {
        m_window.reset();
        m_desk.reset();
    }

    void theWindowShowsWhatWasOpenThen() {
        lookBack();
        auto* bar = m_window->findChild<TimeBar*>();
        QVERIFY(bar->isVisible());
        QVERIFY(words().contains(u"As of"_s));
        QVERIFY(words().contains(u"read only"_s));
        // A quarter of an hour back all closings are done already; three quarters back none is.
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
        QTest::keyClick(m_table, Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(m_table, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        QTRY_COMPARE(m_window->findChild<QueueRail*>() != nullptr, true);
        // Six hours back: the seven oldest.
        m_window->travel().go({kNow.ms - 6 * kHour});
        QTRY_COMPARE(m_table->model()->rowCount(), 7);
        QTRY_COMPARE(m_window->findChild<QLabel*>(u"caseCounts"_s)->text(), u"Showing 7 of 7 cases"_s);
        QTRY_COMPARE(m_window->findChild<MapWidget*>()->findChildren<QObject*>().isEmpty(), false);
        test::SmallDesk::must(m_desk->bridge->shownCase(m_keys[11]));
        QCOMPARE(m_desk->bridge->shownCase(m_keys[11])->detail.state.status, Status::New);
        QCOMPARE(m_desk->bridge->reader().detail(m_keys[11])->state.status, Status::Closed);
    }

    void theWindowSaysThatWordsAreThoseOfNow() {
        auto* said = m_window->findChild<QLabel*>(u"filterOfNow"_s);
        auto* words = m_window->findChild<QLineEdit*>(u"filterText"_s);
        lookBack();
        QVERIFY(!said->isVisible());  // nothing is searched for
        QTest::keyClicks(words, u"quay"_s);
        QTRY_VERIFY(said->isVisible());
        m_window->travel().end();
        QTRY_VERIFY(!said->isVisible());
    }
    void escapeGoesBackToNow() {
        lookBack();
        m_window->travel().go({kNow.ms - 6 * kHour});
        QTRY_COMPARE(m_table->model()->rowCount(), 7);
        QTest::keyClick(m_table, Qt::Key_Escape);
        QVERIFY(!m_desk->bridge->asOf());
        QVERIFY(!m_window->findChild<TimeBar*>()->isVisible());
        QVERIFY(!m_window->actions().timePlay->isEnabled());
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
    }

    void nothingCanBeChangedThen() {
        lookBack();
        const auto key = m_keys[0];
        m_table->choose(key);
        QTRY_COMPARE(m_window->findChild<SidePane*>()->casePane().current(), key);
        const auto before = m_desk->bridge->reader().timeline(key)->size();
        engine::EditCase edit;
        edit.target.key = key;
        edit.fields.set(CaseField::Owner, std::string("b.birch"));
        std::string code;
        m_desk->bridge->submit(edit, m_window.get(),
                               [&](const Result<engine::Receipt>& done) { code = done ? "done" : done.error().code; });
        QTRY_COMPARE(code, std::string("console.looking_back"));
        m_desk->bridge->submit(edit);
        QTRY_VERIFY(m_window->statusBar()->currentMessage().contains(u"Go back to now"_s));
        QCOMPARE(m_desk->bridge->reader().timeline(key)->size(), before);
        QTest::keyClick(m_table, Qt::Key_Escape);
        m_desk->bridge->submit(edit);
        QTRY_VERIFY(m_desk->bridge->reader().timeline(key)->size() > before);
    }

    void spacePlaysUpToNowAndStops() {
        lookBack();
        auto& travel = m_window->travel();
        travel.setSpeed(2);  // a week a minute: a day and a half in 13 s
        travel.go({kNow.ms - 2 * kHour});
        QTRY_COMPARE(m_table->model()->rowCount(), 11);
        QTest::keyClick(m_table, Qt::Key_Space);
        QVERIFY(travel.isPlaying());
        QTRY_VERIFY(travel.at().ms > kNow.ms - 2 * kHour);
        QTest::keyClick(m_table, Qt::Key_Space);
        QVERIFY(!travel.isPlaying());
        travel.setSpeed(3);
        QTest::keyClick(m_table, Qt::Key_Space);
        QTRY_COMPARE(travel.at(), kNow);
        QTRY_VERIFY(!travel.isPlaying());
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
    }

    void theScrubberReachesAWholeYear() {
        lookBack();
        auto* reach = m_window->findChild<QComboBox*>(u"timeBarReach"_s);
        reach->setFocus();
        QTest::keyClick(reach, Qt::Key_End);
        QTRY_COMPARE(m_window->travel().reach(), TimeTravel::Reach::Year);
        QTRY_VERIFY(m_window->travel().isReady());
        auto* slider = m_window->findChild<QSlider*>(u"timeBarSlider"_s);
        QTRY_VERIFY(slider->isEnabled());
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QCOMPARE(m_window->travel().at(), m_window->travel().from());
        QTRY_COMPARE(m_table->model()->rowCount(), 0);
        QTest::keyClick(slider, Qt::Key_End);
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
    }

    void figuresFollowAndComeBack() {
        lookBack();
        m_window->actions().signalsPerspective->trigger();
        m_window->findChild<SignalsPanel*>()->feed().setKinds({FigureKind::Backlog});
        m_window->travel().go({kNow.ms - 6 * kHour});
        auto& feed = m_window->findChild<SignalsPanel*>()->feed();
        QCOMPARE(feed.asOf(), Instant{kNow.ms - 6 * kHour});
        QTRY_VERIFY(feed.figure(FigureKind::Backlog) && feed.figure(FigureKind::Backlog)->now.n == 7);
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QCOMPARE(feed.asOf(), Instant{});
        QTRY_COMPARE(feed.figure(FigureKind::Backlog)->now.n, 4);
    }

private:
    void lookBack() {
        QTest::keyClick(m_table, Qt::Key_F9);
        QVERIFY(m_window->travel().isOn());
        QTRY_VERIFY(m_window->travel().isReady());
        QVERIFY(bool(m_desk->bridge->asOf()));
    }
    QString words() { return m_window->findChild<QLabel*>(u"timeBarWords"_s)->text(); }

    Theme* m_theme{};
    std::unique_ptr<SmallDesk> m_desk;
    std::vector<CaseKey> m_keys;
    std::unique_ptr<MainWindow> m_window;
    CaseTable* m_table{};
};

QTEST_MAIN(TimeTravelTest)
#include "time_travel_test.moc"
