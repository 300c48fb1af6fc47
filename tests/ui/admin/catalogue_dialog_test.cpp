// SPDX-License-Identifier: GPL-3.0-or-later
// Administration: opened by keys, edited, refused beside the field, published as one change with one undo.
#include "ui/admin/catalogue_dialog.hpp"

#include <QComboBox>
#include <QInputDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTreeWidget>

#include "ui/admin/item_form.hpp"
#include "engine/messages/shipped.hpp"
#include "ui/desk.hpp"
#include "ui/models/catalogue_drafts.hpp"
#include "ui/shell/main_window.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class CatalogueDialogTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    CatalogueDialog* m_dialog{};

    template <class T>
    T* part(const QString& name) {
        auto* found = m_dialog->findChild<T*>(name);
        if (!found) qFatal("no %s", qPrintable(name));
        return found;
    }
    void show(const QString& kind, const QString& code) {
        m_dialog->showKind(kind);
        m_dialog->showItem(code);
    }
    QString error(const QString& member) {
        auto* label = part<QLabel>(u"formError_"_s + member);
        return label->isVisibleTo(m_dialog) ? label->text() : QString();
    }
    static void type(QLineEdit* line, const QString& text) {
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qobject_cast<QApplication*>(QCoreApplication::instance()));
    }
    void init() {
        m_desk = std::make_unique<Desk>();
        m_window = std::make_unique<MainWindow>(m_desk->bridge(), *m_theme, m_desk->path(u"city"_s).toStdString());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        m_dialog = m_window->findChild<CatalogueDialog*>();
        QVERIFY(m_dialog && m_dialog->isVisible());
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog));
        m_dialog->activateWindow();
        QTRY_VERIFY(m_dialog->isActiveWindow());
    }
    void cleanup() {
        m_window.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    // What nobody touched stays as it is, byte for byte, whatever edits it.
    void everyEditorGivesBackWhatItWasGiven() {
        m_desk->submit(engine::PublishCatalogue{engine::shippedMessages()});
        CatalogueDrafts drafts;
        drafts.setStanding(*m_desk->bridge().catalogue());
        const auto choices = std::make_shared<const FormChoices>(drafts.whole(), m_desk->engine().city());
        int items = 0;
        for (const auto& kind : formKinds())
            for (const auto& code : drafts.codes(kind.kind)) {
                const CatalogueDrafts::Key key{kind.kind, code};
                auto object = drafts.object(key);
                for (const auto& field : kind.fields) {
                    const std::unique_ptr<FieldEditor> editor(makeFieldEditor(field, choices));
                    editor->load(object);
                    QString why;
                    QVERIFY2(editor->store(object, &why), qPrintable(QString::fromStdString(code) + u' ' + why));
                }
                QCOMPARE(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)),
                         QString::fromStdString(drafts.document(key)));
                ++items;
            }
        QVERIFY(items > 150);
    }

    void aTextToCitizensIsChangedAndCountsItsVersions() {
        m_dialog->showKind(u"template"_s);
        auto* list = part<QTreeWidget>(u"catalogueItems"_s);
        QCOMPARE(list->topLevelItemCount(), int(m_desk->bridge().catalogue()->templates().size()));
        QVERIFY(list->topLevelItemCount() > 20);
        const auto standing = [this]() -> const rules::MessageTemplate& {
            for (const auto& t : m_desk->bridge().catalogue()->templates())
                if (t.code == "received-en") return t;
            qFatal("no template received-en");
        };
        const auto version = standing().version;
        m_dialog->showItem(u"received-en"_s);
        type(part<QLineEdit>(u"form_subject"_s), u"We have your report {{nummer}}"_s);
        QVERIFY(!part<QPushButton>(u"cataloguePublish"_s)->isEnabled());  // there is no such variable
        type(part<QLineEdit>(u"form_subject"_s), u"We have your report {{number}}"_s);
        QTRY_VERIFY(part<QPushButton>(u"cataloguePublish"_s)->isEnabled());
        QTest::keyClick(m_dialog, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(standing().subject, std::string("We have your report {{number}}"));
        QCOMPARE(standing().version, version + 1);
    }

    void theListShowsNamesAndIsSearched() {
        m_dialog->showKind(u"staff"_s);
        auto* list = part<QTreeWidget>(u"catalogueItems"_s);
        QVERIFY(list->topLevelItemCount() > 12);
        const auto name = list->topLevelItem(5)->text(0);
        QVERIFY(name.contains(u' '));  // no code
        QTest::keyClick(m_dialog, Qt::Key_F, Qt::ControlModifier);
        auto* search = part<QLineEdit>(u"catalogueSearch"_s);
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, name);
        int shown = 0;
        for (int row = 0; row < list->topLevelItemCount(); ++row) shown += list->topLevelItem(row)->isHidden() ? 0 : 1;
        QCOMPARE(shown, 1);
        QCOMPARE(list->currentItem()->text(0), name);
    }

    void whatIsWrongStandsBesideTheField() {
        show(u"service"_s, QString::fromStdString(Desk::service()));
        auto* department = part<QComboBox>(u"form_department"_s);
        type(department->lineEdit(), u"No such place"_s);
        QVERIFY(error(u"department"_s).contains(u"No such place"_s));
        QVERIFY(!part<QPushButton>(u"cataloguePublish"_s)->isEnabled());
        type(department->lineEdit(), department->itemText(1));
        QVERIFY(error(u"department"_s).isEmpty());

        show(u"calendar"_s, u"weekdays"_s);
        type(part<QLineEdit>(u"form_week_tue"_s), u"08:00-12:00 11:00-13:00"_s);
        QVERIFY(!error(u"week"_s).isEmpty());
        type(part<QLineEdit>(u"form_week_tue"_s), u"08:00 to 12:00"_s);
        QVERIFY(error(u"week"_s).contains(u"08:30-17:00"_s));
        type(part<QLineEdit>(u"form_week_tue"_s), u"08:00-12:00"_s);
        QVERIFY(error(u"week"_s).isEmpty());
        QVERIFY(part<QPushButton>(u"cataloguePublish"_s)->isEnabled());
    }

    void publishingIsOneChangeWithOneUndo() {
        show(u"crew"_s, u"pw-streets-west"_s);
        type(part<QLineEdit>(u"form_name"_s), u"Streets, far west"_s);
        show(u"policy"_s, u""_s);
        auto* amount = part<QSpinBox>(u"form_resolve"_s);
        amount->setFocus();
        amount->selectAll();
        QTest::keyClicks(amount, u"17"_s);
        QVERIFY(part<QLabel>(u"catalogueSummary"_s)->text().contains(u"2"_s));
        QSignalSpy changed(&m_desk->bridge(), &ConsoleBridge::catalogueChanged);
        QTest::keyClick(m_dialog, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(m_desk->bridge().catalogue()->crewName("pw-streets-west"), std::string("Streets, far west"));
        QTRY_VERIFY(part<QLabel>(u"catalogueSummary"_s)->text().startsWith(u"Published"_s));
        QTRY_COMPARE(changed.count(), 1);
        m_dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_window->activateWindow();
        QTRY_VERIFY(m_window->isActiveWindow());
        QTRY_VERIFY(m_window->actions().undo->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(m_desk->bridge().catalogue()->crewName("pw-streets-west") != "Streets, far west");
    }

    void aQuestionIsAddedMovedAndRefused() {
        const auto code = Desk::service();
        show(u"service"_s, QString::fromStdString(code));
        const auto before = m_desk->bridge().catalogue()->service(code)->attributes.size();
        auto* table = part<QTableWidget>(u"form_attributes"_s);
        table->setFocus();
        table->setCurrentCell(table->rowCount() - 1, 0);
        QTest::keyClick(table, Qt::Key_Insert);
        QCOMPARE(table->rowCount(), static_cast<int>(before) + 1);
        QVERIFY(!error(u"attributes"_s).isEmpty());  // it has no code yet
        type(part<QLineEdit>(u"form_code"_s), u"near_school"_s);
        QVERIFY(error(u"attributes"_s).isEmpty());
        auto* rows = part<QTableWidget>(u"form_attributes"_s);
        rows->setFocus();
        QTest::keyClick(rows, Qt::Key_Up, Qt::AltModifier);
        type(part<QLineEdit>(u"form_only_if"_s), u"nothing_asked"_s);
        QVERIFY(error(u"attributes"_s).contains(u"nothing_asked"_s));
        QVERIFY(error(u"attributes"_s).startsWith(u"Row"_s));
        part<QLineEdit>(u"form_only_if"_s)->selectAll();
        QTest::keyClick(part<QLineEdit>(u"form_only_if"_s), Qt::Key_Delete);
        QTest::keyClick(m_dialog, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(m_desk->bridge().catalogue()->service(code)->attributes.size(), before + 1);
        const auto& asked = m_desk->bridge().catalogue()->service(code)->attributes;
        QCOMPARE(asked[before - 1].code, std::string("near_school"));
        for (std::size_t i = 0; i < asked.size(); ++i) QCOMPARE(asked[i].order, static_cast<int>(i) + 1);
    }

    void aNewItemIsMadeByKeysAndWithdrawn() {
        m_dialog->showKind(u"pause_reason"_s);
        QTest::keyClick(m_dialog, Qt::Key_N, Qt::ControlModifier);
        auto* ask = part<QInputDialog>(u"catalogueNewCode"_s);
        QTest::keyClicks(ask->findChild<QLineEdit*>(), u"strike"_s);
        QTest::keyClick(ask, Qt::Key_Return);
        QTRY_COMPARE(part<QTreeWidget>(u"catalogueItems"_s)->currentItem()->text(1), u"strike"_s);
        type(part<QLineEdit>(u"form_name"_s), u"Strike"_s);
        QTest::keyClick(m_dialog, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(m_desk->bridge().catalogue()->pauseReason("strike") != nullptr);
        QTRY_VERIFY(part<QLabel>(u"catalogueSummary"_s)->text().startsWith(u"Published"_s));
        QTest::mouseClick(part<QPushButton>(u"catalogueWithdraw"_s), Qt::LeftButton);
        QCOMPARE(part<QTreeWidget>(u"catalogueItems"_s)->currentItem()->text(2), u"withdrawn"_s);
        QVERIFY2(part<QPushButton>(u"cataloguePublish"_s)->isEnabled(),
                 qPrintable(part<QLabel>(u"catalogueSummary"_s)->text()));
        m_dialog->activateWindow();
        QTRY_VERIFY(m_dialog->isActiveWindow());
        QTest::keyClick(m_dialog, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY2(m_desk->bridge().catalogue()->pauseReason("strike") == nullptr,
                     qPrintable(part<QLabel>(u"catalogueSummary"_s)->text()));
    }

    void itsSizeIsRemembered() {
        m_dialog->resize(m_dialog->width(), m_dialog->height() - 40);  // less than the screen of the test
        const auto height = m_dialog->height();
        m_dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_window->activateWindow();
        QTRY_VERIFY(m_window->isActiveWindow());
        QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        m_dialog = m_window->findChild<CatalogueDialog*>();
        QVERIFY(m_dialog);
        QCOMPARE(m_dialog->height(), height);
    }
};

QTEST_MAIN(CatalogueDialogTest)
#include "catalogue_dialog_test.moc"
