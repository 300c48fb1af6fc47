// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/case_pane.hpp"

#include <QLabel>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include "ui/case/case_header.hpp"
#include "ui/case/field_row.hpp"
#include "ui/case/sla_strip.hpp"
#include "ui/case/timeline_view.hpp"
#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::Desk;

class CasePaneTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<CasePane> m_pane;
    CaseKey m_key;

    template <class W>
    W& find(const QString& name) {
        auto* widget = m_pane->findChild<W*>(name);
        if (!widget) qFatal("no %s", qPrintable(name));
        return *widget;
    }
    QString newest() {
        const auto& model = m_pane->findChild<TimelineView*>()->model();
        return model.rowCount() > 0 ? model.line(0).heading : QString();
    }
    store::CaseDetail now() { return m_desk->detail(m_key); }
    QWidget* popup() { return m_pane->findChild<QWidget*>(u"choicePopup"_s); }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setChoice(ThemeChoice::Light);
    }

    void init() {
        m_desk = std::make_unique<Desk>();
        m_key = m_desk->openCase().caseKey;
        QVERIFY(m_key);
        m_pane = std::make_unique<CasePane>(m_desk->bridge());
        m_pane->resize(460, 860);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        m_pane->showCase(m_key);
        m_pane->setFocus();
    }
    void cleanup() {
        m_pane.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    // Only what the agent's role may use; a desk without reasons can pause all the same.
    void thePauseOffersTheReasonsOfTheRole() {
        rules::PauseReason forAll, forManagers;
        forAll.code = "parts", forAll.name = "Waiting for parts";
        forManagers.code = "budget", forManagers.name = "Waiting for money", forManagers.roles = {"manager"};
        m_desk->submit(engine::PublishCatalogue{{rules::toItem(forAll), rules::toItem(forManagers)}});
        QTRY_VERIFY(m_desk->bridge().catalogue()->pauseReason("budget"));
        QTest::keyClick(m_pane.get(), Qt::Key_P);
        auto& reasons = find<QComboBox>(u"stepReason"_s);
        QVERIFY(reasons.isVisible());
        QVERIFY(reasons.findData(u"parts"_s) >= 0);
        QVERIFY(reasons.findData(u"budget"_s) < 0);
    }
    void aDeskWithoutReasonsCanPause() {
        engine::PublishCatalogue none;
        for (const auto& reason : m_desk->bridge().catalogue()->pauseReasons())
            none.items.push_back({"pause_reason", reason.code, {}});
        m_desk->submit(std::move(none));
        QTRY_VERIFY(m_desk->bridge().catalogue()->pauseReasons().empty());
        QTest::keyClick(m_pane.get(), Qt::Key_P);
        QCOMPARE(find<QComboBox>(u"stepReason"_s).count(), 1);
        QTest::mouseClick(&find<QPushButton>(u"stepGo"_s), Qt::LeftButton);
        QTRY_COMPARE(now().state.status, Status::Waiting);
        QVERIFY(!now().clock.paused);
    }

    void theCaseIsToldAtAGlance() {
        QCOMPARE(find<QToolButton>(u"caseNumber"_s).text(), QString::fromStdString(now().number));
        QVERIFY(!find<SlaStrip>(u"slaStrip"_s).clocks().empty());
        QCOMPARE(find<QToolButton>(u"requesterName"_s).text(), u"Robin Sample"_s);
        QCOMPARE(find<QLineEdit>(u"field_address_editor"_s).text(), u"42 Grand Avenue"_s);
        Desk::grabBoth(*m_theme, *m_pane, u"case-new"_s);
    }

    void theSameFaultIsJoinedAndTakenApartByKeys() {
        m_desk->clock().set({Desk::kNow.ms + 600'000});
        const auto other = m_desk->openCase().caseKey;
        m_pane->showCase(other);
        auto& likely = find<QListWidget>(u"likelyList"_s);
        QTRY_COMPARE(likely.count(), 1);
        Desk::grabBoth(*m_theme, *m_pane, u"case-likely"_s);
        QTest::keyClick(m_pane.get(), Qt::Key_M);
        QVERIFY(likely.hasFocus());
        QTest::keyClick(&likely, Qt::Key_M);
        QTRY_COMPARE(m_desk->detail(other).state.status, Status::Closed);
        auto& reporters = find<QListWidget>(u"reporterList"_s);
        QTRY_COMPARE(reporters.count(), 2);
        QTRY_VERIFY(!likely.isVisible());
        Desk::grabBoth(*m_theme, *m_pane, u"case-joined"_s);
        QVERIFY(find<QLabel>(u"reportersTitle"_s).text().contains(QString::fromStdString(now().number)));
        reporters.setFocus();
        reporters.setCurrentRow(1);
        QTest::keyClick(&reporters, Qt::Key_X);
        QTRY_COMPARE(m_desk->detail(other).state.status, Status::New);
        QTRY_VERIFY(!reporters.isVisible());
        // Said once, remembered for good.
        QTRY_COMPARE(likely.count(), 0);
    }

    void aRejectedPairStaysRejected() {
        m_desk->clock().set({Desk::kNow.ms + 600'000});
        const auto other = m_desk->openCase().caseKey;
        m_pane->showCase(other);
        auto& likely = find<QListWidget>(u"likelyList"_s);
        QTRY_COMPARE(likely.count(), 1);
        likely.setFocus();
        QTest::keyClick(&likely, Qt::Key_X);
        QTRY_COMPARE(likely.count(), 0);
        m_pane->showCase(m_key);
        QVERIFY(m_desk->engine().withStore([](auto&, const auto&) -> Result<void> { return {}; }).has_value());
        QTRY_VERIFY(find<QToolButton>(u"caseNumber"_s).text() == QString::fromStdString(now().number));
        QTest::qWait(0);
        QCOMPARE(likely.count(), 0);
        const auto judged = m_desk->bridge().reader().judgedCases(now().state.id, m_desk->detail(other).state.id);
        QCOMPARE(judged.value(), Judgement::Different);
    }

    void aNoteIsWrittenByKeyboard() {
        QTest::keyClick(m_pane.get(), Qt::Key_N);
        auto& text = find<QPlainTextEdit>(u"composerText"_s);
        QTRY_VERIFY(text.hasFocus());
        QTest::keyClicks(&text, u"crew asked for a second truck"_s);
        QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(newest(), u"Note"_s);
        QCOMPARE(now().state.interactionCount, 2);
        QTRY_VERIFY(text.toPlainText().isEmpty());
    }

    void halfTypedTextStaysWithItsCase() {
        const auto other = m_desk->openCase().caseKey;
        auto& text = find<QPlainTextEdit>(u"composerText"_s);
        QTest::keyClick(m_pane.get(), Qt::Key_N);
        QTRY_VERIFY(text.hasFocus());
        QTest::keyClicks(&text, u"half a"_s);
        m_desk->edit(m_key, CaseField::Priority, std::int64_t{4});  // something arrives meanwhile
        QTRY_COMPARE(find<QToolButton>(u"casePriority"_s).text(), u"Urgent"_s);
        QCOMPARE(text.toPlainText(), u"half a"_s);
        m_pane->showCase(other);
        QCOMPARE(text.toPlainText(), QString());
        m_pane->showCase(m_key);
        QCOMPARE(text.toPlainText(), u"half a"_s);
    }

    void theOwnerIsPickedByTyping() {
        QTest::keyClick(m_pane.get(), Qt::Key_A);
        QTRY_VERIFY(popup());
        auto* filter = popup()->findChild<QLineEdit*>();
        auto* list = popup()->findChild<QListWidget*>();
        const auto person = engine::demo::staff().back();
        QTest::keyClicks(filter, QString::fromStdString(person.name));
        QCOMPARE(list->item(0)->text(), QString::fromStdString(person.name));
        Desk::grab(*popup(), u"case-owner-popup"_s);
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_COMPARE(now().state.text(CaseField::Owner), person.code);
        QTRY_VERIFY(find<QToolButton>(u"caseOwner"_s).accessibleName().contains(QString::fromStdString(person.name)));
    }

    void pauseAsksForAReasonAndStopsTheClock() {
        QTest::keyClick(m_pane.get(), Qt::Key_P);
        auto& sheet = find<QWidget>(u"stepSheet"_s);
        QTRY_VERIFY(sheet.isVisible());
        Desk::grabBoth(*m_theme, *m_pane, u"case-pause"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(now().state.status, Status::Waiting);
        QTRY_VERIFY(!sheet.isVisible());
        m_pane->setFocus();
        QTest::keyClick(m_pane.get(), Qt::Key_P);  // the same key resumes
        QTRY_COMPARE(now().state.status, Status::InProgress);
    }

    void closingTakesResolutionAndCommentAndIsUndone() {
        engine::ChangeStatus seen;
        seen.target.key = m_key;
        seen.to = Status::Acknowledged;
        m_desk->submit(seen);
        QTRY_COMPARE(find<QToolButton>(u"caseStatus"_s).text(), u"Acknowledged"_s);
        QTest::keyClick(m_pane.get(), Qt::Key_C);
        auto& note = find<QPlainTextEdit>(u"stepNote"_s);
        QTRY_VERIFY(note.isVisible());
        note.setFocus();
        QTest::keyClicks(&note, u"filled with cold mix"_s);
        QTest::keyClick(&note, Qt::Key_Escape);
        QVERIFY(!note.isVisible());
        QTest::keyClick(m_pane.get(), Qt::Key_C);
        QTRY_VERIFY(note.isVisible());
        QCOMPARE(note.toPlainText(), u"filled with cold mix"_s);
        QTest::keyClick(&note, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(now().state.status, Status::Closed);
        QCOMPARE(now().state.statusReason, std::string("fixed"));
        QTRY_VERIFY(newest().contains(u"Closed, Fixed"_s));
        Desk::grabBoth(*m_theme, *m_pane, u"case-closed"_s);
        m_pane->setFocus();
        QTRY_VERIFY(m_pane->action(u"caseUndo"_s)->isEnabled());
        QTest::keyClick(m_pane.get(), Qt::Key_Z);
        QTRY_VERIFY(now().state.status != Status::Closed);
    }

    void aFieldIsEditedInPlace() {
        auto& text = find<QPlainTextEdit>(u"field_description_editor"_s);
        text.setFocus();
        text.selectAll();
        QTest::keyClicks(&text, u"Two holes"_s);
        QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(now().state.text(CaseField::Description), std::string("Two holes"));
        QTRY_VERIFY(newest().startsWith(u"Description:"_s));
    }

    void aRivalValueStandsBesideTheTypedOne() {
        auto& line = find<QLineEdit>(u"field_location_note_editor"_s);
        line.setFocus();
        QTest::keyClicks(&line, u"by the school"_s);
        m_desk->edit(m_key, CaseField::LocationNote, std::string("near the bridge"));
        auto* row = m_pane->findChild<FieldRow*>(u"field_location_note"_s);
        QTRY_VERIFY(row->message().contains(u"near the bridge"_s));
        QCOMPARE(line.text(), u"by the school"_s);
        Desk::grabBoth(*m_theme, *m_pane, u"case-rival"_s);
        QTest::mouseClick(&find<QPushButton>(u"field_location_note_mine"_s), Qt::LeftButton);
        QTRY_COMPARE(now().state.text(CaseField::LocationNote), std::string("by the school"));
        QTRY_VERIFY(row->message().isEmpty());
    }

    void anEditThatComesTooLateIsNotLost() {
        // The other edit is in the engine, but this window has not heard of it yet.
        auto& line = find<QLineEdit>(u"field_location_note_editor"_s);
        line.setFocus();
        QTest::keyClicks(&line, u"by the school"_s);
        m_desk->edit(m_key, CaseField::LocationNote, std::string("near the bridge"));
        QTest::keyClick(&line, Qt::Key_Return);
        auto* row = m_pane->findChild<FieldRow*>(u"field_location_note"_s);
        QTRY_VERIFY(row->message().contains(u"near the bridge"_s));
        QCOMPARE(line.text(), u"by the school"_s);
        QCOMPARE(now().state.text(CaseField::LocationNote), std::string("near the bridge"));
    }

    void aPinFromTheMapMovesTheCase() {
        QSignalSpy wanted(m_pane.get(), &CasePane::pickPlaceRequested);
        QTest::mouseClick(&find<QToolButton>(u"pickPlace"_s), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        const auto there = geo::toGeo(test::SmallCity::at({540, -40}));
        m_pane->placePicked(there);
        QTRY_COMPARE(std::get<GeoPoint>(now().state.value(CaseField::Position)), there);
    }
};

QTEST_MAIN(CasePaneTest)
#include "case_pane_test.moc"
