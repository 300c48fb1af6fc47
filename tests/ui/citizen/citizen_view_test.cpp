// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/citizen/citizen_view.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include "ui/case/timeline_view.hpp"
#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::Desk;

class CitizenViewTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<CitizenView> m_view;
    PersonId m_person;

    PersonState now() { return Desk::must(m_desk->bridge().reader().person(m_person)).state; }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setChoice(ThemeChoice::Light);
    }
    void init() {
        m_desk = std::make_unique<Desk>();
        const auto key = m_desk->openCase().caseKey;
        m_person = std::get<EntityId>(m_desk->detail(key).state.value(CaseField::Requester));
        m_view = std::make_unique<CitizenView>(m_desk->bridge());
        m_view->resize(520, 700);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->showPerson(m_person);
    }
    void cleanup() {
        m_view.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void escapeClosesItAndNothingElse() {
        QSignalSpy closed(m_view.get(), &CitizenView::closeRequested);
        QAction outer(m_view.get());  // of the window around it
        outer.setShortcut(Qt::Key_Escape);
        m_view->addAction(&outer);
        QSignalSpy elsewhere(&outer, &QAction::triggered);
        QTest::keyClick(m_view->findChild<QTableView*>(u"citizenCases"_s), Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
        QCOMPARE(elsewhere.count(), 0);
    }
    void contactsAndCasesAreShown() {
        QCOMPARE(m_view->findChild<QLineEdit*>(u"person_name"_s)->text(), u"Robin Sample"_s);
        QCOMPARE(m_view->findChild<QTableView*>(u"citizenCases"_s)->model()->rowCount(), 1);
        Desk::grabBoth(*m_theme, *m_view, u"citizen"_s);
    }
    void theNameIsEditedInPlace() {
        auto* name = m_view->findChild<QLineEdit*>(u"person_name"_s);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, u"Robin B. Sample"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(now().text(PersonField::Name), std::string("Robin B. Sample"));
    }
    void contactsAreAddedAndRemoved() {
        auto* value = m_view->findChild<QLineEdit*>(u"contactValue"_s);
        value->setFocus();
        QTest::keyClicks(value, u"Robin@Example.com"_s);
        QTest::keyClick(value, Qt::Key_Return);
        QTRY_COMPARE(now().contacts.size(), std::size_t{3});
        QCOMPARE(now().contacts.back().value, std::string("robin@example.com"));
        QTRY_VERIFY(m_view->findChild<QToolButton*>(u"removeContact2"_s));
        QTest::mouseClick(m_view->findChild<QToolButton*>(u"removeContact0"_s), Qt::LeftButton);
        QTRY_COMPARE(now().contacts.size(), std::size_t{2});
    }
    void twoRecordsOfOnePersonAreJoinedAndTakenApartByKeys() {
        engine::OpenPerson again;
        again.fields.set(PersonField::Name, std::string("Sample, Robin"));
        again.contacts.push_back({ContactKind::Phone, "+1 441 555 0142", {}});
        again.contacts.push_back({ContactKind::Email, "rs@example.net", {}});
        const auto other = m_desk->submit(again).personId;
        auto& likely = *m_view->findChild<QListWidget*>(u"likelyRecords"_s);
        QTRY_COMPARE(likely.count(), 1);
        Desk::grabBoth(*m_theme, *m_view, u"citizen-likely"_s);
        likely.setFocus();
        QTest::keyClick(&likely, Qt::Key_M);
        auto& joined = *m_view->findChild<QListWidget*>(u"joinedRecords"_s);
        QTRY_COMPARE(joined.count(), 1);
        // Every contact of both, each once.
        QTRY_VERIFY(m_view->findChild<QLabel*>(u"contact2"_s));
        QCOMPARE(m_view->findChild<QLabel*>(u"contact0"_s)->text(), u"(441) 555-0142"_s);
        QTRY_COMPARE(likely.count(), 0);
        Desk::grabBoth(*m_theme, *m_view, u"citizen-joined"_s);
        QCOMPARE(m_desk->bridge().reader().personGroup(other)->records.size(), std::size_t{2});
        joined.setFocus();
        joined.setCurrentRow(0);
        QTest::keyClick(&joined, Qt::Key_X);
        QTRY_COMPARE(joined.count(), 0);
        QTRY_COMPARE(likely.count(), 0);  // remembered for good
        QCOMPARE(m_desk->bridge().reader().personGroup(other)->records.size(), std::size_t{1});
    }
    void everythingIsInOneTimelineOverAllCases() {
        m_desk->clock().set({Desk::kNow.ms + 600'000});
        const auto second = m_desk->openCase().caseKey;
        const auto someone = std::get<EntityId>(m_desk->detail(second).state.value(CaseField::Requester));
        engine::AddReport add;
        add.target.key = second;
        add.reporter.known = m_person;
        add.body = "Still there";
        m_desk->submit(add);
        QVERIFY(someone != m_person);
        auto* timeline = m_view->findChild<TimelineView*>(u"citizenTimeline"_s);
        m_view->findChild<QTabWidget*>(u"citizenTabs"_s)->setCurrentIndex(1);
        QTRY_COMPARE(m_view->findChild<QTableView*>(u"citizenCases"_s)->model()->rowCount(), 2);
        QStringList bodies;
        for (int i = 0; i < timeline->model().rowCount(); ++i) bodies << timeline->model().line(i).body;
        QVERIFY2(bodies.contains(u"Still there"_s), qPrintable(bodies.join(u'|')));
        // What somebody else said on that case is theirs.
        QCOMPARE(bodies.count(u"Nearly lost a wheel this morning. Wants to be called back when it is filled."_s), 1);
        Desk::grabBoth(*m_theme, *m_view, u"citizen-timeline"_s);
    }
    void aCaseIsOpenedFromTheTable() {
        QSignalSpy opened(m_view.get(), &CitizenView::openCase);
        auto* table = m_view->findChild<QTableView*>(u"citizenCases"_s);
        table->setFocus();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
    }
};

QTEST_MAIN(CitizenViewTest)
#include "citizen_view_test.moc"
