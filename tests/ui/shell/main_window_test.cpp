// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.hpp"

#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>

#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_rail.hpp"
#include "ui/shell/command_palette.hpp"
#include "ui/shell/side_pane.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
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
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QTRY_COMPARE(side()->casePane().current(), wanted);
        QCOMPARE(m_table->currentCase(), wanted);
    }

    void ctrlKRunsACommand() {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* input = m_window->findChild<QLineEdit*>(QStringLiteral("paletteInput"));
        QTest::keyClicks(input, QStringLiteral("dark"));
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(m_theme->choice(), ThemeChoice::Dark);
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
        QVERIFY(lines[0].startsWith(QStringLiteral("SLA\tNumber\tService")));
        QVERIFY(lines[1].contains(QStringLiteral("Quay Street")));
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
        m_desk->bridge->submit(std::move(batch));
        QTRY_VERIFY(m_window->actions().undo->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY([&] {
            const auto now = m_desk->bridge->reader().rows(m_keys);
            return std::ranges::all_of(*now, [](const auto& row) { return row.owner.empty(); });
        }());
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
    SidePane* side() { return m_window->findChild<SidePane*>(); }

    Theme* m_theme{};
    std::unique_ptr<SmallDesk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    std::vector<CaseKey> m_keys;
    CaseTable* m_table{};
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
