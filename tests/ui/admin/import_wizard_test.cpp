// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/import_wizard.hpp"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::Desk;

class ImportWizardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileIsCheckedAndImported() {
        Theme theme(*qApp);
        theme.setChoice(ThemeChoice::Light);
        Desk desk;
        QFile file(desk.path(u"town.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("case_id,open_dt,closed_dt,type,address,case_status,source\n"
                   "1,2026-11-01T08:00:00Z,,Pothole,4 Elm Street,Open,Phone\n"
                   "2,2026-11-02T08:00:00Z,2026-11-03T08:00:00Z,Street light,5 Elm Street,Closed,Phone\n"
                   "3,2026-11-05T08:00:00Z,2026-11-01T08:00:00Z,Pothole,6 Elm Street,Closed,Phone\n");
        file.close();
        ImportWizard wizard(desk.bridge());
        wizard.show();
        wizard.setFile(desk.path(u"town.csv"_s).toStdString());
        QCOMPARE(wizard.findChild<QTableWidget*>(u"importPreview"_s)->rowCount(), 3);
        Desk::grabBoth(theme, wizard, u"import-1-file"_s);
        wizard.next();
        QCOMPARE(wizard.currentId(), int{ImportWizard::ColumnsPage});
        Desk::grabBoth(theme, wizard, u"import-2-columns"_s);
        wizard.next();
        QVERIFY2(wizard.currentId() == ImportWizard::ValuesPage,
                 qPrintable(wizard.findChild<QLabel*>(u"importColumnsError"_s)->text()));
        Desk::grabBoth(theme, wizard, u"import-3-values"_s);
        QTRY_VERIFY(wizard.currentPage()->isComplete());  // the words were looked for beside the window
        wizard.next();
        QTRY_VERIFY(wizard.currentPage()->isComplete());
        QCOMPARE(wizard.state().dryRun.good, std::uint64_t{2});
        QCOMPARE(wizard.state().dryRun.bad, std::uint64_t{1});
        Desk::grabBoth(theme, wizard, u"import-4-check"_s);
        wizard.next();
        QTRY_VERIFY(wizard.state().summary.has_value());
        const auto& summary = *wizard.state().summary;
        QVERIFY2(summary.has_value(), summary ? "" : (summary.error().code + summary.error().detail).c_str());
        QCOMPARE(summary->counts.imported, std::uint64_t{2});
        QCOMPARE(summary->counts.rejected, std::uint64_t{1});
        QVERIFY(QFile::exists(QString::fromStdString(summary->rejectFile.string())));
        Desk::grabBoth(theme, wizard, u"import-5-done"_s);
        QVERIFY(desk.bridge().reader().findCase("1").has_value());
    }

    void beforeAFileIsChosenThePageSaysSo() {
        Desk desk;
        ImportWizard wizard(desk.bridge());
        wizard.show();
        auto* empty = wizard.findChild<QWidget*>(u"emptyState"_s);
        QVERIFY(empty != nullptr && empty->isVisible());
        QVERIFY(!wizard.currentPage()->isComplete());
    }

    void whatCannotBeReadIsNamedWithItsRemedy_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("thing");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFEi\0d\0\n\0", 8) << u"UTF-16"_s << u"UTF-8"_s;
        QTest::newRow("archive") << QByteArray("PK\x03\x04\0\0\0\0", 8) << u"not a text file"_s << u"CSV"_s;
        QTest::newRow("XML") << QByteArray("<requests/>") << u"XML"_s << u"JSON"_s;
        QTest::newRow("empty") << QByteArray("  \n") << u"empty"_s << u"exported again"_s;
    }
    void whatCannotBeReadIsNamedWithItsRemedy() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, thing);
        QFETCH(QString, remedy);
        Desk desk;
        QFile file(desk.path(u"town.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        ImportWizard wizard(desk.bridge());
        wizard.show();
        wizard.setFile(file.fileName().toStdString());
        QVERIFY(!wizard.currentPage()->isComplete());
        QString said;
        for (const auto* label : wizard.findChild<QWidget*>(u"emptyState"_s)->findChildren<QLabel*>())
            said += label->text() + u'|';
        QVERIFY2(said.contains(u"town.csv"_s) && said.contains(thing) && said.contains(remedy), qPrintable(said));
    }

    // Stop keeps what was stored; going on, and importing again, bring the rest and nothing twice.
    void anImportIsStoppedAndGoneOnWith() {
        constexpr int kRows = 30'000;
        Desk desk;
        QFile file(desk.path(u"town.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("case_id,open_dt,type,address,case_status\n");
        for (int i = 1; i <= kRows; ++i)
            file.write(u"%1,2026-11-01T08:00:00Z,Pothole,%2 Elm Street,Open\n"_s.arg(i).arg(i % 400 + 1).toUtf8());
        file.close();
        ImportWizard wizard(desk.bridge());
        wizard.show();
        wizard.setFile(file.fileName().toStdString());
        for (int page = 0; page < 3; ++page) {
            QTRY_VERIFY(wizard.currentPage()->isComplete());
            wizard.next();
        }
        QTRY_VERIFY(wizard.currentPage()->isComplete());
        auto* stop = wizard.findChild<QPushButton*>(u"importStop"_s);
        const auto once = connect(&wizard.session(), &ImportSession::importing, stop, &QPushButton::click);
        wizard.next();
        QTRY_VERIFY(wizard.state().summary.has_value());
        disconnect(once);
        const auto first = wizard.state().summary->value();
        QVERIFY(first.stopped.has_value());
        QVERIFY(first.counts.imported > 0 && first.counts.imported < kRows);

        auto* goOn = wizard.findChild<QPushButton*>(u"importGoOn"_s);
        QVERIFY(goOn->isVisible());
        QTest::mouseClick(goOn, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(wizard.state().summary.has_value(), 60000);
        const auto& rest = wizard.state().summary->value();
        QVERIFY(!rest.stopped.has_value());
        QCOMPARE(rest.counts.unchanged, first.counts.imported);
        QCOMPARE(rest.counts.imported + rest.counts.unchanged, std::uint64_t{kRows});

        ImportWizard again(desk.bridge());
        again.show();
        again.setFile(file.fileName().toStdString());
        for (int page = 0; page < 4; ++page) {
            QTRY_VERIFY(again.currentPage()->isComplete());
            again.next();
        }
        QTRY_VERIFY_WITH_TIMEOUT(again.state().summary.has_value(), 60000);
        QCOMPARE(again.state().summary->value().counts.unchanged, std::uint64_t{kRows});
        QVERIFY(again.findChild<QLabel*>(u"importSummary"_s)->text().contains(u"Nothing changed"_s));
    }
};

QTEST_MAIN(ImportWizardTest)
#include "import_wizard_test.moc"
