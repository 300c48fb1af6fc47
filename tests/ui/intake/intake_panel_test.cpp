// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/intake_panel.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include "ui/desk.hpp"
#include "ui/intake/draft_store.hpp"
#include "ui/intake/receipt_card.hpp"
#include "ui/models/place_search.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::Desk;

class IntakePanelTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<IntakePanel> m_panel;

    template <class W>
    W& find(const QString& name) {
        auto* widget = m_panel->findChild<W*>(name);
        if (!widget) qFatal("no %s", qPrintable(name));
        return *widget;
    }
    std::filesystem::path drafts() const { return m_desk->path(u"drafts"_s).toStdString(); }
    void open() {
        m_panel = std::make_unique<IntakePanel>(m_desk->bridge(), drafts());
        m_panel->resize(460, 860);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        m_panel->begin();
    }
    void chooseService(const QString& typed) {
        auto& line = find<QLineEdit>(u"serviceFind"_s);
        line.setFocus();
        QTest::keyClicks(&line, typed);
        QTest::keyClick(&line, Qt::Key_Return);
    }
    static rules::Service plain() {
        const auto services = engine::demo::services();
        return *std::ranges::min_element(services, {}, [](const auto& s) { return s.attributes.size(); });
    }
    // Something that can be filed for every question that needs an answer.
    void answerAll(const rules::Service& service) {
        for (const auto& question : service.attributes) {
            const auto name = u"answer_"_s + QString::fromStdString(question.code);
            if (!question.required) continue;
            if (auto* combo = m_panel->findChild<QComboBox*>(name)) combo->setCurrentIndex(combo->count() - 1);
            if (auto* line = m_panel->findChild<QLineEdit*>(name))
                line->setText(question.datatype == "datetime" ? u"2026-11-20"_s : u"3"_s);
            if (auto* text = m_panel->findChild<QPlainTextEdit*>(name)) text->setPlainText(u"as told"_s);
            if (question.datatype == "multivaluelist")
                find<QCheckBox>(name + u'_' + QString::fromStdString(question.values.front().key)).setChecked(true);
        }
    }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setChoice(ThemeChoice::Light);
    }
    void init() {
        m_desk = std::make_unique<Desk>();
        open();
    }
    void cleanup() {
        m_panel.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void aReportIsFiledWithoutTheMouse() {
        QTRY_VERIFY(PlaceSearch::of(m_desk->bridge()).isReady());
        Desk::grabBoth(*m_theme, *m_panel, u"intake-empty"_s);
        auto& caller = find<QLineEdit>(u"callerFind"_s);
        QTRY_VERIFY(caller.hasFocus());
        QTest::keyClicks(&caller, u"+1 441 555 0199"_s);
        QTest::keyClick(&caller, Qt::Key_Tab);
        QTRY_VERIFY(find<QLineEdit>(u"callerName"_s).isVisible());
        find<QLineEdit>(u"callerName"_s).setFocus();
        QTest::keyClicks(QApplication::focusWidget(), u"Jo Example"_s);
        const auto service = plain();
        chooseService(QString::fromStdString(service.name));
        answerAll(service);
        auto& address = find<QLineEdit>(u"placeAddress"_s);
        address.setFocus();
        QTest::keyClicks(&address, u"42 grand"_s);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QTRY_COMPARE(address.text(), u"42 Grand Avenue"_s);
        QVERIFY(find<QLabel>(u"placeWhere"_s).text().contains(u"Pin set"_s));
        auto& description = find<QPlainTextEdit>(u"intakeDescription"_s);
        description.setFocus();
        QTest::keyClicks(&description, u"It is broken again"_s);
        QVERIFY(!find<QLabel>(u"intakeExpected"_s).text().isEmpty());
        Desk::grabBoth(*m_theme, *m_panel, u"intake-filled"_s);
        QSignalSpy opened(m_panel.get(), &IntakePanel::caseOpened);
        QTest::keyClick(&description, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(opened.count(), 1);
        const auto filed = m_desk->detail(opened.front().front().value<CaseKey>());
        QCOMPARE(filed.state.text(CaseField::Service), service.code);
        QCOMPARE(filed.state.text(CaseField::Address), std::string("42 Grand Avenue"));
        QCOMPARE(filed.state.text(CaseField::Description), std::string("It is broken again"));
        QCOMPARE(filed.state.interactionCount, 1);
        QVERIFY(std::holds_alternative<EntityId>(filed.state.value(CaseField::Requester)));
        QCOMPARE(find<QLabel>(u"receiptNumber"_s).text(), QString::fromStdString(filed.number));
        QCOMPARE(m_panel->draftCount(), 0);
        Desk::grabBoth(*m_theme, *m_panel, u"intake-receipt"_s);
    }

    void questionsOfTheServiceAreAsked() {
        const auto services = engine::demo::services();
        const auto most = std::ranges::max_element(services, {}, [](const auto& s) { return s.attributes.size(); });
        chooseService(QString::fromStdString(most->name));
        for (const auto& question : most->attributes)
            if (question.variable && question.datatype != "multivaluelist")
                QVERIFY2(m_panel->findChild<QWidget*>(u"answer_"_s + QString::fromStdString(question.code)),
                         question.code.c_str());
        QTest::keyClick(m_panel.get(), Qt::Key_Return, Qt::ControlModifier);
        Desk::grabBoth(*m_theme, *m_panel, u"intake-questions"_s);
    }

    void anEmergencyIsNotFiled() {
        const auto services = engine::demo::services();
        const rules::Service* service = nullptr;
        const rules::ServiceAttribute* stop = nullptr;
        for (const auto& s : services)
            for (const auto& a : s.attributes)
                if (!a.stopValue.empty()) service = &s, stop = &a;
        QVERIFY(stop);
        chooseService(QString::fromStdString(service->name));
        auto& combo = find<QComboBox>(u"answer_"_s + QString::fromStdString(stop->code));
        combo.setCurrentIndex(combo.findData(QString::fromStdString(stop->stopValue)));
        QVERIFY(find<QLabel>(u"stopMessage"_s).text().contains(QString::fromStdString(stop->stopMessage)));
        Desk::grabBoth(*m_theme, *m_panel, u"intake-stop"_s);
        QSignalSpy opened(m_panel.get(), &IntakePanel::caseOpened);
        QTest::keyClick(m_panel.get(), Qt::Key_Return, Qt::ControlModifier);
        // Had it been sent, the engine would have done it before this, and told us.
        QVERIFY(m_desk->engine().withStore([](auto&, const auto&) -> Result<void> { return {}; }).has_value());
        QCoreApplication::processEvents();
        QCOMPARE(opened.count(), 0);
    }

    void whatIsMissingIsToldBesideTheField() {
        QTest::keyClick(m_panel.get(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(find<QLabel>(u"error_service_code"_s).isVisible());
        QVERIFY(find<QLineEdit>(u"serviceFind"_s).hasFocus());
    }

    void theDraftSurvivesTheProgram() {
        auto& description = find<QPlainTextEdit>(u"intakeDescription"_s);
        chooseService(QString::fromStdString(plain().name));
        description.setFocus();
        QTest::keyClicks(&description, u"half a sent"_s);
        // Nothing is closed or destroyed: the file must be there on its own a moment later.
        QTRY_COMPARE(DraftStore(drafts()).list().size(), std::size_t{1});
        QTRY_COMPARE(DraftStore(drafts()).list().front().form.value(u"description"_s).toString(), u"half a sent"_s);
        m_panel.release()->deleteLater();  // the old window never gets the chance to save
        open();
        QCOMPARE(m_panel->draftCount(), 1);
    }

    void escapeClosesAndKeepsTheDraft() {
        QSignalSpy closed(m_panel.get(), &IntakePanel::closeRequested);
        auto& description = find<QPlainTextEdit>(u"intakeDescription"_s);
        description.setFocus();
        QTest::keyClicks(&description, u"typed"_s);
        QTest::keyClick(&description, Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
        QCOMPARE(m_panel->draftCount(), 1);
        m_panel->begin();
        QCOMPARE(description.toPlainText(), u"typed"_s);
    }

    void aKnownCallerIsFound() {
        m_desk->openCase();
        auto& caller = find<QLineEdit>(u"callerFind"_s);
        QTest::keyClicks(&caller, u"robin sam"_s);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QTRY_VERIFY(find<QLabel>(u"callerKnown"_s).isVisible());
        QVERIFY(find<QLabel>(u"callerKnown"_s).text().startsWith(u"Robin Sample"_s));
        QVERIFY(find<QLabel>(u"callerKnown"_s).text().contains(u"1 earlier"_s));
    }

    void openCasesNearbyAreListed() {
        m_desk->openCase();
        const auto service = engine::demo::streetServices().front();
        chooseService(QString::fromStdString(service.name));
        m_panel->placePicked(geo::toGeo(test::SmallCity::at({150, -40})));
        QTRY_COMPARE(find<QListWidget>(u"nearbyList"_s).count(), 1);
        Desk::grabBoth(*m_theme, *m_panel, u"intake-nearby"_s);
    }

    void enterOnTheNearbyListOpensTheCase() {
        const auto known = m_desk->openCase();
        chooseService(QString::fromStdString(engine::demo::streetServices().front().name));
        m_panel->placePicked(geo::toGeo(test::SmallCity::at({150, -40})));
        auto& nearby = find<QListWidget>(u"nearbyList"_s);
        QTRY_COMPARE(nearby.count(), 1);
        nearby.setFocus();
        QSignalSpy opened(m_panel.get(), &IntakePanel::openCase);
        QTest::keyClick(&nearby, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QVERIFY(opened.front().front().value<CaseKey>() == known.caseKey);
    }

    void theCallerIsAddedToTheKnownReportByOneKey() {
        const auto known = m_desk->openCase();
        auto& caller = find<QLineEdit>(u"callerFind"_s);
        QTest::keyClicks(&caller, u"+1 441 555 0177"_s);
        QTest::keyClick(&caller, Qt::Key_Tab);
        QTRY_VERIFY(find<QLineEdit>(u"callerName"_s).isVisible());
        find<QLineEdit>(u"callerName"_s).setFocus();
        QTest::keyClicks(QApplication::focusWidget(), u"Jo Example"_s);
        chooseService(QString::fromStdString(engine::demo::streetServices().front().name));
        m_panel->placePicked(geo::toGeo(test::SmallCity::at({150, -40})));
        QTRY_COMPARE(find<QListWidget>(u"nearbyList"_s).count(), 1);
        auto& description = find<QPlainTextEdit>(u"intakeDescription"_s);
        description.setFocus();
        QTest::keyClicks(&description, u"The hole is at our gate"_s);
        QTest::keyClick(&description, Qt::Key_A, Qt::AltModifier);
        QTRY_VERIFY(find<QLabel>(u"receiptTitle"_s).isVisible());
        QCOMPARE(find<QLabel>(u"receiptNumber"_s).text(), QString::fromStdString(known.number));
        Desk::grabBoth(*m_theme, *m_panel, u"intake-added"_s);
        const auto incident = m_desk->bridge().reader().incident(known.caseKey).value();
        QCOMPARE(incident.reporters.size(), std::size_t{2});
        QCOMPARE(incident.reporters[1].body, std::string("The hole is at our gate"));
        QCOMPARE(m_desk->bridge().reader().person(incident.reporters[1].person)->state.text(PersonField::Name),
                 std::string("Jo Example"));
        QCOMPARE(m_panel->draftCount(), 0);
        m_desk->submit(engine::Undo{});
        QCOMPARE(m_desk->bridge().reader().incident(known.caseKey)->reporters.size(), std::size_t{1});
    }

    void numbersAreSpelled() { QCOMPARE(spelled(u"7K2-QX"_s), u"7 · Kilo · 2\nQuebec · X-ray"_s); }
};

QTEST_MAIN(IntakePanelTest)
#include "intake_panel_test.moc"
