// SPDX-License-Identifier: GPL-3.0-or-later
// What arrives for the agent while they work elsewhere: the bar, its keys, and when it goes by itself.
#include <QLabel>
#include <QSignalSpy>

#include "ui/desk.hpp"
#include "ui/models/alarm_watch.hpp"
#include "ui/models/signal_alarms.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/shell/alarm_bar.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class AlarmsTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    CaseKey m_case;

    AlarmBar* bar() { return m_window->findChild<AlarmBar*>(); }
    void becomeSomebodyOf(const std::string& department) {
        for (const auto& one : m_desk->bridge().catalogue()->staffMembers())
            if (one.department == department && one.active) return m_desk->bridge().setAgent(one.code);
    }
    void offer() { m_desk->submit(engine::OfferHandOff{{m_case, {}}, "parks", {}, "A tree did it"}); }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qobject_cast<QApplication*>(QCoreApplication::instance()));
    }
    void init() {
        m_desk = std::make_unique<Desk>();
        m_case = m_desk->openCase().caseKey;
        m_window = std::make_unique<MainWindow>(m_desk->bridge(), *m_theme, m_desk->path(u"city"_s).toStdString());
        m_window->show();
    }
    void cleanup() {
        m_window.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void anOfferToMyDepartmentIsToldAndOpenedByAKey() {
        becomeSomebodyOf("parks");
        m_desk->openCase();
        QTRY_VERIFY(m_window->isSettled());
        auto* focus = m_window->focusWidget();
        QVERIFY(!bar()->isVisible());
        offer();
        QTRY_VERIFY(bar()->isVisible());
        QCOMPARE(m_window->focusWidget(), focus);  // it takes no focus
        const auto number = QString::fromStdString(m_desk->detail(m_case).number);
        QVERIFY(bar()->findChild<QLabel*>(u"alarmWords"_s)->text().contains(number));
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        QTRY_COMPARE(m_window->findChild<SidePane*>()->casePane().current(), m_case);
        QTRY_VERIFY(!bar()->isVisible());
    }
    void anOfferToOthersIsNoAlarm() {
        becomeSomebodyOf("public_works");
        offer();
        QTRY_VERIFY(m_window->isSettled());
        QVERIFY(!bar()->isVisible());
    }
    void itGoesWhenSomebodyAnswers() {
        becomeSomebodyOf("parks");
        offer();
        QTRY_VERIFY(bar()->isVisible());
        m_desk->submit(engine::AnswerHandOff{{m_case, {}}, HandOffAnswer::Withdrawn, {}});
        QTRY_VERIFY(!bar()->isVisible());
    }
    void itIsPutAwayByAKeyAndNotToldAgain() {
        becomeSomebodyOf("parks");
        offer();
        QTRY_VERIFY(bar()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ShiftModifier);
        QVERIFY(!bar()->isVisible());
        m_desk->edit(m_case, CaseField::Description, Value{std::string("Now with a lorry in it")});
        QTRY_VERIFY(m_window->isSettled());
        QVERIFY(!bar()->isVisible());
    }
    void dormantCasesAreRemindedOf() {
        m_desk->edit(m_case, CaseField::Owner, Value{m_desk->bridge().agent()});
        AlarmWatch watch(m_desk->bridge());
        QSignalSpy raised(&watch, &AlarmWatch::raised);
        m_desk->clock().set(Desk::kNow + std::chrono::hours{24 * 15});
        watch.remindOfDormant();
        QTRY_COMPARE(raised.count(), 1);
        QCOMPARE(watch.pending().front().kind, Alarm::Kind::Dormant);
        watch.remindOfDormant();
        QTRY_VERIFY(m_window->isSettled());
        QCOMPARE(raised.count(), 1);  // once a day
    }
    void aTargetThatLastWeekMissedIsToldOnce() {
        AlarmWatch watch(m_desk->bridge());
        QSignalSpy raised(&watch, &AlarmWatch::raised);
        SignalAlarms figures(m_desk->bridge(), watch,
                             {[](FigureKind) { return u"Cases opened"_s; },
                              [](const rules::signals::Figure& f) { return QString::number(f.value); },
                              [](FigureKind, double target) { return QString::number(target); }},
                             nullptr);
        QSignalSpy looked(&figures, &SignalAlarms::looked);
        figures.look({{FigureKind::Opened, 5.0}, {FigureKind::Overdue, 3.0}});
        QTRY_COMPARE(looked.count(), 1);
        QCOMPARE(raised.count(), 1);  // none was opened last week, and none is overdue
        QCOMPARE(watch.pending().front().kind, Alarm::Kind::Figure);
        QCOMPARE(watch.pending().front().words, u"Target missed last week: Cases opened was 0, target 5"_s);
        figures.look({{FigureKind::Opened, 5.0}});
        QTRY_COMPARE(looked.count(), 2);
        QCOMPARE(raised.count(), 1);
        m_desk->clock().set(Desk::kNow + std::chrono::days{7});
        figures.look({{FigureKind::Opened, 5.0}});
        QTRY_COMPARE(looked.count(), 3);
        QCOMPARE(raised.count(), 2);  // another week
    }
    void nobodyIsDisturbedOutsideTheirHours() {
        becomeSomebodyOf("public_works");
        const AlarmWatch watch(m_desk->bridge());
        QVERIFY(watch.mayDisturb());  // Monday, 10:00
        m_desk->clock().set(Desk::kNow + std::chrono::hours{13});
        QVERIFY(!watch.mayDisturb());
    }
};

QTEST_MAIN(AlarmsTest)
#include "alarms_test.moc"
