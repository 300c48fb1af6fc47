// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.hpp"

#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSplitter>

#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/shell/bulk_run.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::SmallDesk;

class MainWindowTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qobject_cast<QApplication*>(QCoreApplication::instance())); }
    void init() {
        m_desk = std::make_unique<SmallDesk>();
        m_keys = m_desk->openMany(12);
        openWindow();
    }
    void cleanup() {
        m_window.reset();
        m_desk.reset();
    }

    void jAndKWalkAndTheCaseFollows() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_table->setFocus();
        const int start = m_table->currentIndex().row();
        QTest::keyClick(m_table, Qt::Key_J);
        QTest::keyClick(m_table, Qt::Key_J);
        QCOMPARE(m_table->currentIndex().row(), start + 2);
        QTest::keyClick(m_table, Qt::Key_K);
        QCOMPARE(m_table->currentIndex().row(), start + 1);
        QTRY_COMPARE(side()->casePane().current(), m_table->currentCase());
    }

    void enterMovesIntoTheCase() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_J);
        const auto key = m_table->currentCase();
        QTest::keyClick(m_table, Qt::Key_Return);
        QCOMPARE(side()->casePane().current(), key);
        QVERIFY(!m_table->hasFocus());
    }

    void ctrlKFindsACaseByItsNumber() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        const auto wanted = m_keys[7];
        const auto rows = m_desk->bridge->reader().rows(std::vector{wanted});
        QVERIFY(rows.has_value());
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = m_window->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* input = m_window->findChild<QLineEdit*>(QStringLiteral("paletteInput"));
        QTest::keyClicks(input, QString::fromStdString(rows->front().number));
        QTest::keyClick(input, Qt::Key_Return);  // before the answer has come
        QTRY_VERIFY(!palette->isVisible());
        QTRY_COMPARE(side()->casePane().current(), wanted);
        QCOMPARE(m_table->currentCase(), wanted);
    }

    void ctrlKRunsACommand() {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* input = m_window->findChild<QLineEdit*>(QStringLiteral("paletteInput"));
        QTest::keyClicks(input, QStringLiteral("dark"));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(m_theme->choice(), ThemeChoice::Dark);
        m_theme->setChoice(ThemeChoice::Light);
    }

    void ctrlNOpensTheIntakeAndEscKeepsTheDraft() {
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(side()->currentWidget(), static_cast<QWidget*>(&side()->intake()));
        QTest::keyClick(&side()->intake(), Qt::Key_Escape);
        QTRY_COMPARE(side()->currentWidget(), static_cast<QWidget*>(&side()->casePane()));
    }

    void ctrlAndADigitSwitchQueues() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(m_window->findChild<QueueRail*>()->chosen(), QStringLiteral("mine"));
        QTRY_COMPARE(m_table->model()->rowCount(), 0);
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
    }

    void filterTextNarrowsTheList() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        auto* text = m_window->findChild<QLineEdit*>(QStringLiteral("filterText"));
        QTRY_VERIFY(text->hasFocus());
        QTest::keyClicks(text, QStringLiteral("7 quay"));
        QTRY_COMPARE(m_table->model()->rowCount(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_Backspace, Qt::ControlModifier);
        m_window->findChild<FilterBar*>()->clearAll();
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
    }

    void copiedRowsHaveHeadersAndVisibleColumns() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_table->setFocus();
        m_table->selectAll();
        const auto lines = m_table->selectedAsText().split(u'\n');
        QCOMPARE(lines.size(), 13);
        QVERIFY(lines[0].startsWith(QStringLiteral("SLA\tNumber\tTitle\tStatus")));
        QVERIFY(lines[1].contains(QStringLiteral("Graffiti")) || lines[1].contains(QStringLiteral("Pothole")));
    }

    void aBulkEditHasOneUndo() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        auto rows = m_desk->bridge->reader().rows(m_keys);
        QVERIFY(rows.has_value());
        engine::CommandBatch batch;
        for (const auto& row : *rows) {
            engine::EditCase edit;
            edit.target.key = row.key;
            edit.fields.set(CaseField::Owner, std::string("b.birch"));
            batch.commands.emplace_back(edit);
        }
        const auto allOwnedBy = [&](const std::string& owner) {
            const auto now = m_desk->bridge->reader().rows(m_keys);
            return now && std::ranges::all_of(*now, [&](const auto& row) { return row.owner == owner; });
        };
        m_desk->bridge->submit(std::move(batch));
        QTRY_VERIFY(allOwnedBy("b.birch"));
        QTRY_VERIFY(m_window->actions().undo->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(allOwnedBy(""));
    }

    // Two actions that want one key answer to neither.
    void noKeyMeansTwoThings() {
        QHash<QString, QString> taken;
        for (const auto* action : m_window->findChildren<QAction*>()) {
            if (action->shortcutContext() == Qt::WidgetShortcut) continue;  // on one list alone
            for (const auto& keys : action->shortcuts()) {
                const auto text = keys.toString();
                QVERIFY2(!taken.contains(text) || taken[text] == action->objectName(),
                         qPrintable(text + u": "_s + taken.value(text) + u", "_s + action->objectName()));
                taken[text] = action->objectName();
            }
        }
    }

    // A letter means every selected row, with one undo.
    void lettersActOnAllSelectedRows() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_table->setFocus();
        m_table->selectAll();
        QTest::keyClick(m_table, Qt::Key_A, Qt::ShiftModifier);
        QTRY_VERIFY(all([](const auto& row) { return row.owner == "a.alder"; }));
        QTest::keyClick(m_table, Qt::Key_D);
        QTRY_VERIFY(all([](const auto& row) { return row.status == Status::WorkDone; }));
        QTRY_COMPARE(m_table->selectedCases().size(), std::size_t{12});
        QTest::keyClick(m_table, Qt::Key_P, Qt::ShiftModifier);
        auto* popup = QApplication::focusWidget();
        QTRY_VERIFY((popup = QApplication::focusWidget()) && qobject_cast<QLineEdit*>(popup));
        QTest::keyClicks(popup, QStringLiteral("urg"));
        QTest::keyClick(popup, Qt::Key_Return);
        QTRY_VERIFY(all([](const auto& row) { return row.priority == Priority::Urgent; }));
        m_window->activateWindow();  // no window manager gives it back what the popup had
        QTRY_VERIFY(m_window->isActiveWindow());
        for (int i = 0; i < 3; ++i) {
            QTRY_VERIFY(m_window->actions().undo->isEnabled());
            QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        }
        QTRY_VERIFY(all([](const auto& row) {
            return row.owner.empty() && row.status == Status::New && row.priority != Priority::Urgent;
        }));
    }

    // More than one batch: progress, one undo for all.
    void aChangeOfVeryManyCasesIsOneUndo() {
        m_desk->fill(900);
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 912, 60000);
        m_table->setFocus();
        m_table->selectAll();
        QTest::keyClick(m_table, Qt::Key_A, Qt::ShiftModifier);
        const auto mine = [&](const char* owner) {
            engine::CaseQuery query;
            query.filter.owners = {owner};
            const auto listing = m_desk->bridge->engine().queryAndWait(query);
            return listing ? (*listing)->keys.size() : std::size_t{0};
        };
        QTRY_COMPARE_WITH_TIMEOUT(mine("a.alder"), std::size_t{912}, 60000);
        QTRY_VERIFY(m_window->actions().undo->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(mine(""), std::size_t{912}, 60000);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(mine("a.alder"), std::size_t{912}, 60000);
    }

    void stoppingAChangeOfManyCasesKeepsWhatWasDone() {
        m_desk->fill(900);
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 912, 60000);
        BulkRun run(*m_desk->bridge, nullptr);
        QSignalSpy finished(&run, &BulkRun::finished);
        connect(&run, &BulkRun::progressed, this, [&] { run.stop(); });
        std::vector<CaseKey> keys;
        for (int row = 0; row < 912; ++row) keys.push_back(model()->keyAt(row));
        QVERIFY(run.start(keys, [](const auto& rows) { return bulkOwner(rows, "b.birch"); }));
        QVERIFY(!run.start(keys, [](const auto& rows) { return bulkOwner(rows, "b.birch"); }));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        const auto outcome = finished.front().front().value<BulkRun::Outcome>();
        QVERIFY(outcome.stopped);
        QCOMPARE(outcome.changed, qsizetype{BulkRun::kBatch});
    }

    // At 1440 px the seven columns of the desk are there whole, and the clock's words are never cut.
    void theListFitsItsWindow() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        m_window->resize(1440, 900);
        QTRY_COMPARE(m_window->width(), 1440);
        QTRY_COMPARE(m_table->horizontalScrollBar()->maximum(), 0);
        using engine::CaseColumn;
        for (const auto column : {CaseColumn::Number, CaseColumn::Title, CaseColumn::Status, CaseColumn::Sla,
                                  CaseColumn::Priority, CaseColumn::Owner, CaseColumn::Requested})
            QVERIFY(!m_table->isColumnHidden(static_cast<int>(column)));
        QVERIFY(m_table->columnWidth(static_cast<int>(CaseColumn::Title)) >= 120);
    }

    void layoutIsRemembered() {
        QTRY_COMPARE(m_table->model()->rowCount(), 12);
        const int area = static_cast<int>(engine::CaseColumn::Area);
        const int owner = static_cast<int>(engine::CaseColumn::Owner);
        QVERIFY(m_table->isColumnHidden(area));
        m_table->setColumnHidden(area, false);
        m_table->horizontalHeader()->moveSection(m_table->horizontalHeader()->visualIndex(owner), 0);
        m_table->model()->sort(static_cast<int>(engine::CaseColumn::Address), Qt::DescendingOrder);
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        m_window->actions().mapBeside->setChecked(true);
        QCoreApplication::processEvents();
        m_window->close();
        m_window.reset();
        openWindow();
        QVERIFY(!m_table->isColumnHidden(area));
        QCOMPARE(m_table->horizontalHeader()->visualIndex(owner), 0);
        QCOMPARE(m_window->findChild<QueueRail*>()->chosen(), QStringLiteral("unassigned"));
        QCOMPARE(m_window->findChild<QSplitter*>(QStringLiteral("centreSplitter"))->orientation(), Qt::Horizontal);
    }

    void splitterSizesAreRemembered() {
        const auto make = [] {
            auto splitter = std::make_unique<QSplitter>();
            splitter->setObjectName(QStringLiteral("deskSplitter"));
            for (int i = 0; i < 3; ++i) splitter->addWidget(new QWidget);
            splitter->resize(900, 100);
            splitter->show();
            return splitter;
        };
        const auto before = make();
        before->setSizes({150, 450, 300});
        const auto sizes = before->sizes();
        WindowMemory(m_desk->folder()).keep(*before);
        const auto after = make();
        QVERIFY(after->sizes() != sizes);
        QVERIFY(WindowMemory(m_desk->folder()).restore(*after));
        QCOMPARE(after->sizes(), sizes);
    }

private:
    void openWindow() {
        m_window = std::make_unique<MainWindow>(*m_desk->bridge, *m_theme, m_desk->folder());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        m_table = m_window->findChild<CaseTable*>();
    }
    CaseTableModel* model() { return qobject_cast<CaseTableModel*>(m_table->model()); }
    template <class Is>
    bool all(Is is) {
        const auto rows = m_desk->bridge->reader().rows(m_keys);
        return rows && std::ranges::all_of(*rows, is);
    }
    SidePane* side() { return m_window->findChild<SidePane*>(); }

    Theme* m_theme{};
    std::unique_ptr<SmallDesk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    std::vector<CaseKey> m_keys;
    CaseTable* m_table{};
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
