// SPDX-License-Identifier: GPL-3.0-or-later
// Work orders in the window: made of selected cases, changed, finished with an outcome.
#include "ui/dispatch/jobs_dialog.hpp"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

#include "ui/desk.hpp"
#include "ui/dispatch/job_dialog.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class JobsDialogTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Desk> m_desk;
    std::vector<CaseKey> m_cases;

    static void open(QWidget& dialog) {
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
    }
    static void type(QWidget& in, const QString& name, const QString& text) {
        auto* line = in.findChild<QLineEdit*>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    void makeJob() {
        rules::Job job;
        job.title = "Potholes";
        job.department = "public_works";
        JobDialog dialog(m_desk->bridge(), job, m_cases, nullptr);
        open(dialog);
        QSignalSpy told(&dialog, &JobDialog::told);
        type(dialog, u"jobTitle"_s, u"Fill Grand Avenue"_s);
        auto* crew = dialog.findChild<QComboBox*>(u"jobCrew"_s);
        crew->setCurrentIndex(crew->findData(u"pw-streets-west"_s));
        type(dialog, u"jobFrom"_s, u"2026-12-01 08:00"_s);
        type(dialog, u"jobTo"_s, u"2026-12-01 12:00"_s);
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(told.count(), 1);
    }
    const rules::Job& job() { return m_desk->bridge().catalogue()->jobs().front(); }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        m_cases = {m_desk->openCase().caseKey, m_desk->openCase().caseKey};
    }
    void cleanup() { m_desk.reset(); }

    void aJobHasCrewAndWindow() {
        makeJob();
        QCOMPARE(m_desk->bridge().catalogue()->jobs().size(), std::size_t{1});
        QCOMPARE(job().title, std::string("Fill Grand Avenue"));
        QCOMPARE(job().crew, std::string("pw-streets-west"));
        QCOMPARE(jobMomentText(job().from, *m_desk->bridge().catalogue()), u"2026-12-01 08:00"_s);
        for (const auto key : m_cases) {
            QCOMPARE(m_desk->detail(key).state.text(CaseField::Job), job().code);
            QCOMPARE(m_desk->detail(key).state.text(CaseField::Crew), std::string("pw-streets-west"));
        }
    }
    void aWindowThatCannotBeIsRefusedAtOnce() {
        rules::Job job;
        job.title = "x";
        JobDialog dialog(m_desk->bridge(), job, m_cases, nullptr);
        open(dialog);
        auto* error = dialog.findChild<QLabel*>(u"jobError"_s);
        type(dialog, u"jobFrom"_s, u"tomorrow"_s);
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(error->isVisible() && error->text().contains(u"tomorrow"_s));
        type(dialog, u"jobFrom"_s, u"2026-12-02"_s);
        type(dialog, u"jobTo"_s, u"2026-12-01"_s);
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(error->isVisible());
        QVERIFY(m_desk->bridge().catalogue()->jobs().empty());
    }
    void theListLeadsToTheCasesAndFinishesWithAnOutcome() {
        makeJob();
        JobsDialog dialog(m_desk->bridge(), nullptr);
        open(dialog);
        auto* list = dialog.findChild<QTreeWidget*>(u"jobsList"_s);
        QCOMPARE(list->topLevelItemCount(), 1);
        QCOMPARE(list->topLevelItem(0)->text(5), u"2"_s);
        dialog.findChild<QPushButton*>(u"jobsFinish"_s)->click();
        auto* finish = dialog.findChild<FinishJobDialog*>();
        finish->activateWindow();
        QTRY_VERIFY(finish->isActiveWindow());
        auto* outcome = finish->findChild<QComboBox*>(u"finishOutcome"_s);
        outcome->setCurrentIndex(outcome->findData(u"not_found"_s));
        auto* note = finish->findChild<QPlainTextEdit*>(u"finishNote"_s);
        QTest::keyClick(finish, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(finish->findChild<QLabel*>(u"finishError"_s)->isVisible());  // nothing is written yet
        QTest::keyClicks(note, u"No holes there"_s);
        QTest::keyClick(finish, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(job().state, std::string("done"));
        QCOMPARE(job().outcome, std::string("not_found"));
        QCOMPARE(m_desk->detail(m_cases[1]).state.statusReason, std::string("not_found"));
        QTRY_COMPARE(list->topLevelItemCount(), 0);
        dialog.activateWindow();
        QSignalSpy wanted(&dialog, &JobsDialog::casesWanted);
        dialog.findChild<QAbstractButton*>(u"jobsDone"_s)->click();
        QCOMPARE(list->topLevelItemCount(), 1);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(wanted.count(), 1);
    }
};

QTEST_MAIN(JobsDialogTest)
#include "jobs_dialog_test.moc"
