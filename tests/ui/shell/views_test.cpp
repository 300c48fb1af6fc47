// SPDX-License-Identifier: GPL-3.0-or-later
// Saved views: kept by keys, counted, renamed, deleted, there again after a restart.
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/queue/view_dialog.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::SmallDesk;

class ViewsTest final : public QObject {
    Q_OBJECT

    Theme* m_theme{};
    std::unique_ptr<SmallDesk> m_desk;
    std::unique_ptr<MainWindow> m_window;

    QueueRail* rail() { return m_window->findChild<QueueRail*>(); }
    QAbstractItemModel* table() { return m_window->findChild<CaseTable*>()->model(); }
    void openWindow() {
        m_window = std::make_unique<MainWindow>(*m_desk->bridge, *m_theme, m_desk->folder());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QTRY_VERIFY(m_window->isActiveWindow());
        m_window->showQueue(u"open"_s);
        QTRY_COMPARE(table()->rowCount(), 12);
    }
    QModelIndex entry(const QString& id) {
        for (int row = 0; row < rail()->model()->rowCount(); ++row)
            if (const auto at = rail()->model()->index(row, 0); at.data(QueueListModel::IdRole) == id) return at;
        return {};
    }
    // By keys: filter, Ctrl+Shift+V, name, Enter.
    void save(const QString& name, const QString& who = {}) {
        engine::CaseFilter filter;
        filter.services = {"POTHOLE"};
        m_window->findChild<FilterBar*>()->setFilter(filter);
        QTRY_COMPARE(table()->rowCount(), 6);
        QTest::keyClick(m_window.get(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = m_window->findChild<ViewDialog*>();
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QLabel*>(u"viewWords"_s)->text().contains(u"Pothole"_s));
        if (!who.isEmpty()) {
            auto* box = dialog->findChild<QComboBox*>(u"viewFor"_s);
            box->setCurrentIndex(box->findText(who));
        }
        auto* line = dialog->findChild<QLineEdit*>(u"viewName"_s);
        QTest::keyClicks(line, name);
        QTest::keyClick(line, Qt::Key_Return);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qobject_cast<QApplication*>(QCoreApplication::instance())); }
    void init() {
        m_desk = std::make_unique<SmallDesk>();
        m_desk->openMany(12);
        openWindow();
    }
    void cleanup() {
        m_window.reset();
        m_desk.reset();
    }
    void cleanupTestCase() { delete m_theme; }

    void aViewIsKeptCountedAndThereAfterARestart() {
        save(u"All potholes"_s);
        QTRY_COMPARE(rail()->chosen(), u"my:all-potholes"_s);
        QVERIFY(m_window->findChild<FilterBar*>()->isEmpty());
        QTRY_COMPARE(table()->rowCount(), 6);
        QTRY_COMPARE(entry(u"my:all-potholes"_s).data(QueueListModel::TotalRole).toInt(), 6);
        m_desk->open("POTHOLE", "99 Quay Street");
        QTRY_COMPARE(entry(u"my:all-potholes"_s).data(QueueListModel::TotalRole).toInt(), 7);
        m_window.reset();
        m_window = std::make_unique<MainWindow>(*m_desk->bridge, *m_theme, m_desk->folder());
        QCOMPARE(entry(u"my:all-potholes"_s).data().toString(), u"All potholes"_s);
        QCOMPARE(rail()->chosen(), u"my:all-potholes"_s);  // where the window was left
    }
    void itIsRenamedAndDeleted() {
        save(u"Mine"_s);
        QTRY_COMPARE(rail()->chosen(), u"my:mine"_s);
        m_window->actions().renameView->trigger();
        auto* ask = m_window->findChild<QInputDialog*>(u"renameViewDialog"_s);
        auto* line = ask->findChild<QLineEdit*>();
        line->selectAll();
        QTest::keyClicks(line, u"Holes"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(entry(u"my:mine"_s).data().toString(), u"Holes"_s);
        m_window->actions().deleteView->trigger();
        QTRY_VERIFY(!entry(u"my:mine"_s).isValid());
        QCOMPARE(rail()->chosen(), u"open"_s);
        QVERIFY(!m_window->actions().deleteView->isEnabled());
    }
    void anotherAgentHasOthers() {
        save(u"Ada only"_s);
        QTRY_VERIFY(entry(u"my:ada-only"_s).isValid());
        m_desk->bridge->setAgent("b.birch");
        QTRY_VERIFY(!entry(u"my:ada-only"_s).isValid());
    }
    void aSharedOneIsAnItemWithAnUndo() {
        save(u"For all"_s, u"Everybody"_s);
        QTRY_COMPARE(rail()->chosen(), u"view:for-all"_s);
        QCOMPARE(m_desk->bridge->catalogue()->views().size(), std::size_t{1});
        m_desk->bridge->setAgent("b.birch");
        QTRY_VERIFY(entry(u"view:for-all"_s).isValid());
        m_desk->bridge->setAgent("a.alder");
        m_desk->submit(engine::Undo{});
        QTRY_VERIFY(!entry(u"view:for-all"_s).isValid());
    }
};

QTEST_MAIN(ViewsTest)
#include "views_test.moc"
