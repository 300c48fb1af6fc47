// SPDX-License-Identifier: GPL-3.0-or-later
// Twenty cases of a real city worked by keyboard alone in the real window: every step is a key, every effect is read
// back from the replica. Needs the Open311 requests of Boston (WARDLINE_DATA); without them made-up cases are worked.
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>

#include "engine/import/importer.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::Desk;

class TwentyCasesTest final : public QObject {
    Q_OBJECT

private:
    QWidget* focus() { return QApplication::focusWidget(); }
    // A closed popup gives the focus back to its window; where there is no window manager, by hand.
    void key(Qt::Key k, Qt::KeyboardModifiers with = {}) {
        if (!focus()) m_window->activateWindow();
        QTRY_VERIFY(focus() != nullptr);
        QTest::keyClick(focus(), k, with);
    }
    void type(const QString& text) {
        QVERIFY(focus() != nullptr);
        QTest::keyClicks(focus(), text);
    }
    template <class W>
    bool focusIs(const QString& name) {
        auto* w = qobject_cast<W*>(focus());
        return w && (name.isEmpty() || w->objectName() == name);
    }
    CaseState state(CaseKey of) { return m_desk->detail(of).state; }
    std::string newestNote(CaseKey of) {
        const auto entries = Desk::must(m_desk->bridge().reader().timeline(of));
        for (auto at = entries.rbegin(); at != entries.rend(); ++at)
            if (const auto* said = std::get_if<InteractionRecorded>(&at->op.body)) return said->body;
        return {};
    }
    void tabTo(const QString& name) {
        QStringList passed;
        for (int i = 0; i < 20 && !(focus() && focus()->objectName() == name); ++i) {
            key(Qt::Key_Tab);
            passed << (focus() ? focus()->objectName() : QString());
        }
        QVERIFY2(focus() && focus()->objectName() == name,
                 qPrintable(name + u" is not in the tab order: "_s + passed.join(u' ')));
    }
    void answer(const rules::ServiceAttribute& question) {
        const auto name = u"answer_"_s + QString::fromStdString(question.code);
        if (question.datatype == "multivaluelist") {
            tabTo(name + u'_' + QString::fromStdString(question.values.front().key));
            return key(Qt::Key_Space);
        }
        tabTo(name);
        if (qobject_cast<QComboBox*>(focus())) key(Qt::Key_Down);
        else type(question.datatype == "datetime" ? u"2026-11-20"_s : u"3"_s);
    }
    // What intake says against the report.
    QString complaints() {
        QStringList all;
        for (const auto* label : m_window->findChildren<QLabel*>())
            if (label->objectName().startsWith(u"error_"_s) && label->isVisible()) all << label->text();
        return all.join(u'\n');
    }
    // To the next row, as J does, until the pane shows it.
    CaseKey nextCase() {
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        if (!focus()) m_window->activateWindow();
        if (!QTest::qWaitFor([&] { return focus() == m_table; })) return {};
        key(Qt::Key_J);
        const auto at = m_table->currentCase();
        if (!QTest::qWaitFor([&] { return m_side->casePane().current() == at; })) return {};
        return at;
    }

private Q_SLOTS:
    void initTestCase() {
        m_theme = std::make_unique<Theme>(*qApp);
        m_desk = std::make_unique<Desk>();
        const auto folder = qEnvironmentVariable("WARDLINE_DATA");
        const QString feed = folder + u"/boston-open311/requests-2008-2016.ndjson.zst"_s;
        if (QFileInfo::exists(feed)) {
            importBoston(feed.toStdString());
        } else {
            qInfo("no feed at %s (set WARDLINE_DATA): working made-up cases", qPrintable(feed));
            for (int i = 0; i < 40; ++i) m_desk->openCase();
        }
        m_window = std::make_unique<MainWindow>(m_desk->bridge(), *m_theme, m_desk->path(u"memory"_s).toStdString());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        m_table = m_window->findChild<CaseTable*>();
        m_side = m_window->findChild<SidePane*>();
        QTRY_VERIFY_WITH_TIMEOUT(m_table->model()->rowCount() > 20, 20000);
        m_table->setFocus();
    }
    void cleanupTestCase() {
        m_window.reset();
        m_desk.reset();
        m_theme.reset();
    }

    void takenOver() {  // 1 to 3
        for (int i = 0; i < 3; ++i) {
            const auto at = nextCase();
            key(Qt::Key_A, Qt::ShiftModifier);
            QTRY_COMPARE(state(at).text(CaseField::Owner), m_desk->bridge().agent());
        }
    }
    void noted() {  // 4 to 6
        for (int i = 0; i < 3; ++i) {
            const auto at = nextCase();
            key(Qt::Key_N);
            QTRY_VERIFY(focusIs<QPlainTextEdit>(u"composerText"_s));
            type(u"rang back, will look on the way home"_s);
            key(Qt::Key_Return, Qt::ControlModifier);
            QTRY_COMPARE(newestNote(at), std::string("rang back, will look on the way home"));
        }
    }
    void statusChanged() {  // 7, 8
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            const auto before = state(at).status;
            key(Qt::Key_S);
            QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            QTest::keyClick(menu, Qt::Key_Return);
            QTRY_VERIFY(state(at).status != before);
        }
    }
    void priorityRaised() {  // 9, 10
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            key(Qt::Key_P, Qt::ShiftModifier);
            QTRY_VERIFY(focusIs<QLineEdit>({}));
            type(u"urg"_s);
            key(Qt::Key_Return);
            QTRY_COMPARE(state(at).number(CaseField::Priority), static_cast<std::int64_t>(Priority::Urgent));
        }
    }
    void givenToSomebody() {  // 11, 12
        const auto person = engine::demo::staff().back();
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            key(Qt::Key_A);
            QTRY_VERIFY(focusIs<QLineEdit>({}));
            type(QString::fromStdString(person.name));
            key(Qt::Key_Return);
            QTRY_COMPARE(state(at).text(CaseField::Owner), person.code);
        }
    }
    void serviceCorrected() {  // 13, 14
        const auto other = engine::demo::services().back();
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            key(Qt::Key_S, Qt::ShiftModifier);
            QTRY_VERIFY(focusIs<QLineEdit>({}));
            type(QString::fromStdString(other.name));
            key(Qt::Key_Return);
            QTRY_COMPARE(state(at).text(CaseField::Service), other.code);
        }
    }
    void addressCorrected() {  // 15, 16
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            key(Qt::Key_Return);  // into the case
            key(Qt::Key_L, Qt::ControlModifier);
            QTRY_VERIFY(focusIs<QLineEdit>(u"field_address_editor"_s));
            key(Qt::Key_A, Qt::ControlModifier);
            type(u"behind the bus stop"_s);
            key(Qt::Key_Return);
            QTRY_COMPARE(state(at).text(CaseField::Address), std::string("behind the bus stop"));
        }
    }
    void pausedAndResumed() {  // 17, 18
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            key(Qt::Key_P);
            QTRY_VERIFY(m_window->findChild<QWidget*>(u"stepSheet"_s)->isVisible());
            key(Qt::Key_Return);
            QTRY_COMPARE(state(at).status, Status::Waiting);
            QTRY_VERIFY(!m_window->findChild<QWidget*>(u"stepSheet"_s)->isVisible());
            if (i == 0) continue;
            key(Qt::Key_P);
            QTRY_COMPARE(state(at).status, Status::InProgress);
        }
    }
    void closedAndUndone() {  // 19, 20
        for (int i = 0; i < 2; ++i) {
            const auto at = nextCase();
            const auto before = state(at).status;
            key(Qt::Key_C);
            QTRY_VERIFY(m_window->findChild<QWidget*>(u"stepSheet"_s)->isVisible());
            key(Qt::Key_Tab);
            type(u"filled the hole"_s);
            key(Qt::Key_Return, Qt::ControlModifier);
            QTRY_COMPARE(state(at).status, Status::Closed);
            if (i == 0) continue;
            QTRY_VERIFY(!m_window->findChild<QWidget*>(u"stepSheet"_s)->isVisible());
            key(Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(state(at).status, before);
            QCOMPARE(state(at).reopenedCount, 0);
        }
    }
    void newCaseFiled() {
        const auto services = engine::demo::services();
        const auto plain = std::ranges::min_element(services, {}, [](const auto& s) { return s.attributes.size(); });
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(focusIs<QLineEdit>(u"callerFind"_s));
        type(u"+1 441 555 0199"_s);
        tabTo(u"callerName"_s);
        type(u"Jo Example"_s);
        tabTo(u"serviceFind"_s);
        type(QString::fromStdString(plain->name));
        key(Qt::Key_Return);
        for (const auto& question : plain->attributes)
            if (question.required) answer(question);
        tabTo(u"placeAddress"_s);
        type(u"42 grand"_s);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QTRY_COMPARE(qobject_cast<QLineEdit*>(focus())->text(), u"42 Grand Avenue"_s);
        tabTo(u"intakeDescription"_s);
        type(u"it is broken again"_s);
        key(Qt::Key_Return, Qt::ControlModifier);
        auto* receipt = m_window->findChild<QLabel*>(u"receiptNumber"_s);
        QTRY_VERIFY2(receipt->isVisible(), qPrintable(complaints()));
        const auto filed = Desk::must(m_desk->bridge().reader().findCase(receipt->text().toStdString()));
        QCOMPARE(state(filed).text(CaseField::Service), plain->code);
        QCOMPARE(state(filed).text(CaseField::Address), std::string("42 Grand Avenue"));
        key(Qt::Key_Escape);
    }
    void foundByNumber() {
        m_window->activateWindow();
        QTRY_VERIFY(m_window->isActiveWindow());
        const auto listing = Desk::must(m_desk->engine().queryAndWait({}));
        const auto wanted = listing->keys[listing->keys.size() / 2];
        const auto number = QString::fromStdString(m_desk->detail(wanted).number);
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(focusIs<QLineEdit>(u"paletteInput"_s));
        type(number);
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_side->casePane().current(), wanted, 20'000);
    }

private:
    void importBoston(const std::filesystem::path& feed) {
        std::string text;
        for (const auto& shipped : feed::shippedMappings())
            if (shipped.name == "boston-open311") text = shipped.text;
        const auto mapping = Desk::must(feed::parseMapping(text));
        const auto sink = engine::sinkOf(m_desk->engine());
        engine::ImportOptions options;
        options.file = feed;
        options.rejectFile = m_desk->path(u"rejects.csv"_s).toStdString();
        const auto summary = Desk::must(engine::runImport(*sink, mapping, options));
        QVERIFY(summary.counts.imported > 130'000);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    CaseTable* m_table{};
    SidePane* m_side{};
};

QTEST_MAIN(TwentyCasesTest)
#include "twenty_cases_test.moc"
