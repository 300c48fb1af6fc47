// SPDX-License-Identifier: GPL-3.0-or-later
// Writing to a citizen by keys: the preview is the real case, a colleague is refused and told why, and the outbox shows
// what became of it.
#include "ui/case/reply_dialog.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

#include "engine/messages/shipped.hpp"
#include "ui/case/case_pane.hpp"
#include "ui/desk.hpp"
#include "ui/kit/theme.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/outbox/outbox_dialog.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class ReplyDialogTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<CasePane> m_pane;
    CaseKey m_case;

    ReplyDialog* reply() {
        QTest::keyClick(m_pane.get(), Qt::Key_R);
        return m_pane->findChild<ReplyDialog*>();
    }
    template <class T>
    static T& part(QWidget& in, const QString& name) {
        auto* found = in.findChild<T*>(name);
        if (!found) qFatal("no part %s", qPrintable(name));
        return *found;
    }
    std::vector<store::OutboxRow> outbox() { return m_desk->bridge().reader().outbox({}).value(); }
    void own(const std::string& who) {
        engine::EditCase cmd;
        cmd.target.key = m_case;
        cmd.fields.set(CaseField::Owner, who);
        m_desk->submit(std::move(cmd));
        QTRY_COMPARE(m_desk->bridge().reader().detail(m_case)->state.text(CaseField::Owner), who);
        m_pane->showCase(m_case);
    }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setChoice(ThemeChoice::Light);
    }
    void init() {
        m_desk = std::make_unique<Desk>();
        m_desk->submit(engine::PublishCatalogue{engine::shippedMessages()});
        m_case = m_desk->openCase().caseKey;
        m_pane = std::make_unique<CasePane>(m_desk->bridge());
        m_pane->resize(700, 900);
        m_pane->showCase(m_case);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        m_pane->setFocus();
    }
    void cleanup() {
        m_pane.reset();
        m_desk.reset();
    }

    void theOwnerAnswersByKeys() {
        own(m_desk->bridge().agent());
        const auto before = outbox().size();
        auto* dialog = reply();
        QVERIFY(dialog);
        QTRY_COMPARE(QApplication::activeWindow(), dialog);  // not its parent, whose activity it would share
        QTest::keyClicks(&part<QPlainTextEdit>(*dialog, u"replyText"_s), u"We come on Monday."_s);
        const auto preview = part<QPlainTextEdit>(*dialog, u"replyPreview"_s).toPlainText();
        QVERIFY2(preview.contains(u"We come on Monday."_s) && preview.contains(u"Robin Sample"_s), qPrintable(preview));
        QVERIFY(part<QLineEdit>(*dialog, u"replySubject"_s)
                    .text()
                    .contains(QString::fromStdString(m_desk->bridge().reader().detail(m_case)->number)));
        Desk::grabBoth(*m_theme, *dialog, u"reply"_s);
        QSignalSpy told(dialog, &ReplyDialog::told);
        part<QLineEdit>(*dialog, u"replyOverride"_s).setText(u"They asked for it on the telephone"_s);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(told.count(), 1);  // the dialog is gone then
        QCOMPARE(outbox().size(), before + 1);
        QVERIFY(m_desk->bridge().reader().messageText(outbox().front()).value().body.contains("We come on Monday."));
    }

    void aColleagueIsRefusedAndTheTextStays() {
        own("h.mapleton");
        auto* dialog = reply();
        QVERIFY(dialog);
        QTRY_COMPARE(QApplication::activeWindow(), dialog);  // not its parent, whose activity it would share
        auto& text = part<QPlainTextEdit>(*dialog, u"replyText"_s);
        QTest::keyClicks(&text, u"Hello"_s);
        const auto before = outbox().size();
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        auto& error = part<ToneLabel>(*dialog, u"replyError"_s);
        QTRY_VERIFY(error.isVisible());
        QVERIFY2(error.text().contains(u"owner"_s), qPrintable(error.text()));
        QVERIFY(part<QLineEdit>(*dialog, u"replyOverride"_s).isVisible());
        Desk::grabBoth(*m_theme, *dialog, u"reply-refused"_s);
        QCOMPARE(text.toPlainText(), u"Hello"_s);
        QCOMPARE(outbox().size(), before);
    }

    void theOutboxTellsAndCancels() {
        own(m_desk->bridge().agent());
        engine::WriteMessage cmd;
        cmd.target.key = m_case;
        cmd.channel = Channel::Email;
        cmd.address = "robin@example.org";
        cmd.body = "We come on Monday.", cmd.subject = "About it", cmd.event = "answer", cmd.language = "en";
        m_desk->submit(std::move(cmd));
        OutboxDialog dialog(m_desk->bridge(), nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto& list = part<QTreeWidget>(dialog, u"outboxList"_s);
        QVERIFY(list.topLevelItemCount() > 0);
        QTest::keyClicks(&part<QLineEdit>(dialog, u"outboxWords"_s), u"robin@example.org"_s);
        QVERIFY(list.currentItem() && !list.currentItem()->isHidden());
        QVERIFY(part<QPlainTextEdit>(dialog, u"outboxText"_s).toPlainText().contains(u"We come on Monday."_s));
        part<QLineEdit>(dialog, u"outboxWords"_s).clear();
        list.setCurrentItem(list.topLevelItem(0));
        Desk::grabBoth(*m_theme, dialog, u"outbox"_s);
        list.setFocus();
        QTest::keyClick(&list, Qt::Key_Delete);
        QTRY_COMPARE(outbox().front().state, MessageState::Cancelled);
        QSignalSpy wanted(&dialog, &OutboxDialog::caseWanted);
        QTRY_COMPARE(list.currentItem()->text(0), u"Cancelled"_s);
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
    }
};

QTEST_MAIN(ReplyDialogTest)
#include "reply_dialog_test.moc"
