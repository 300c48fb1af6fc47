// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/import_wizard.hpp"

#include <QFile>
#include <QLabel>
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
};

QTEST_MAIN(ImportWizardTest)
#include "import_wizard_test.moc"
