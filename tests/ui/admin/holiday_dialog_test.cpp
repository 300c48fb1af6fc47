// SPDX-License-Identifier: GPL-3.0-or-later
// Holidays of a region and of an iCalendar file, asked of the program that knows them.
#include "ui/admin/holiday_dialog.hpp"

#include <QComboBox>
#include <QFile>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace wl::ui;
using namespace Qt::StringLiterals;

class HolidayDialogTest final : public QObject {
    Q_OBJECT

    static QStringList daysOf(const QSignalSpy& found) {
        QStringList out;
        for (const auto one : found.front().front().toJsonArray())
            out << one[u"date"].toString() + u' ' + one[u"name"].toString();
        return out;
    }
    static void ready(HolidayDialog& dialog) {
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<QPushButton*>(u"holidayGet"_s)->isEnabled(), 20'000);
    }

private Q_SLOTS:
    void theRegionOfATimeZoneIsProposed() {
        HolidayDialog dialog(u"America/New_York"_s, 2026, nullptr);
        dialog.show();
        ready(dialog);
        QVERIFY(dialog.findChild<QComboBox*>(u"holidayRegion"_s)->count() > 20);
        QSignalSpy found(&dialog, &HolidayDialog::found);
        dialog.findChild<QSpinBox*>(u"holidayTo"_s)->setValue(2026);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QTRY_COMPARE(found.count(), 1);
        QVERIFY(daysOf(found).filter(u"2026-12-25"_s).size() == 1);
    }
    void anICalendarFileIsReadWithWhatRecurs() {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"city.ics"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
            "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20240310\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270310"
            "\r\nSUMMARY:Founders\\, and all\r\nEND:VEVENT\r\n"
            "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Break"
            "\r\nEND:VEVENT\r\n"
            "BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20260501T100000Z\r\nSUMMARY:A meeting\r\nEND:VEVENT\r\n"
            "END:VCALENDAR\r\n");
        file.close();
        HolidayDialog dialog(u"UTC"_s, 2026, nullptr);
        dialog.show();
        ready(dialog);
        dialog.findChild<QLineEdit*>(u"holidayFile"_s)->setText(file.fileName());
        dialog.findChild<QSpinBox*>(u"holidayTo"_s)->setValue(2028);
        QSignalSpy found(&dialog, &HolidayDialog::found);
        dialog.findChild<QPushButton*>(u"holidayGet"_s)->click();
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(daysOf(found),
                 (QStringList{u"2026-03-10 Founders, and all"_s, u"2026-12-24 Break"_s, u"2026-12-25 Break"_s,
                              u"2026-12-26 Break"_s, u"2028-03-10 Founders, and all"_s}));
    }
    void whatIsNoCalendarIsSaid() {
        HolidayDialog dialog(u"UTC"_s, 2026, nullptr);
        dialog.show();
        ready(dialog);
        dialog.findChild<QLineEdit*>(u"holidayFile"_s)->setText(u"/nowhere.ics"_s);
        dialog.findChild<QPushButton*>(u"holidayGet"_s)->click();
        auto* words = dialog.findChild<QLabel*>(u"holidayWords"_s);
        QTRY_VERIFY(words->text().contains(u"/nowhere.ics"_s));
        QVERIFY(dialog.isVisible());
    }
};

QTEST_MAIN(HolidayDialogTest)
#include "holiday_dialog_test.moc"
