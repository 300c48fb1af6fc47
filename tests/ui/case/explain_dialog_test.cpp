// SPDX-License-Identifier: GPL-3.0-or-later
// "Why is it due then?": the key that opens it, and that it says what the command line says.
#include "ui/case/explain_dialog.hpp"

#include <QTreeWidget>

#include <algorithm>

#include "ui/case/case_pane.hpp"
#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class ExplainDialogTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<CasePane> m_pane;
    CaseKey m_case;

    ExplainDialog* openByKey() {
        m_pane->showCase(m_case);
        m_pane->setFocus();
        QTest::keyClick(m_pane.get(), Qt::Key_E);
        return m_pane->findChild<ExplainDialog*>();
    }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qobject_cast<QApplication*>(QCoreApplication::instance()));
    }
    void init() {
        m_desk = std::make_unique<Desk>();
        m_case = m_desk->openCase().caseKey;
        m_pane = std::make_unique<CasePane>(m_desk->bridge());
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    }
    void cleanup() {
        m_pane.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void theKeyOpensItAndItNamesThePolicy() {
        auto* dialog = openByKey();
        QVERIFY(dialog && dialog->isVisible());
        const auto text = dialog->asText();
        QVERIFY(dialog->windowTitle().contains(QString::fromStdString(m_desk->detail(m_case).number)));
        const auto catalogue = m_desk->bridge().catalogue();
        const auto& state = m_desk->detail(m_case).state;
        const auto* policy =
            catalogue->policyFor(Desk::service(), static_cast<Priority>(state.number(CaseField::Priority)),
                                 state.text(CaseField::Department), state.text(CaseField::Area), Desk::kNow,
                                 state.text(CaseField::Crew));
        QVERIFY(policy);
        QVERIFY2(text.contains(QString::fromStdString(policy->name)), qPrintable(text));
        QVERIFY(dialog->findChild<QTreeWidget*>()->topLevelItemCount() >= 2);
    }
    void aPauseStandsInItWithItsReason() {
        m_desk->submit(engine::ChangeStatus{{m_case, {}}, Status::Acknowledged, {}, {}, {}});
        const auto catalogue = m_desk->bridge().catalogue();
        const auto& reason = *std::ranges::find_if(catalogue->pauseReasons(), &rules::PauseReason::stopsClock);
        engine::ChangeStatus wait{{m_case, {}}, Status::Waiting, reason.code, {}, {}};
        if (reason.needsWakeUp) wait.until = Desk::kNow + std::chrono::hours{48};
        m_desk->submit(wait);
        m_desk->clock().set(Desk::kNow + std::chrono::hours{2});
        auto* dialog = openByKey();
        QVERIFY(dialog);
        QVERIFY2(dialog->asText().contains(QString::fromStdString(reason.name)), qPrintable(dialog->asText()));
    }
};

QTEST_MAIN(ExplainDialogTest)
#include "explain_dialog_test.moc"
