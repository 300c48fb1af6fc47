// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gets holidays for a calendar: the public ones of a region, or those of an iCalendar file. wardline-holidays, the
// program beside this one, knows both; it is asked while the window works on.

#include <QDialog>
#include <QJsonArray>
#include <QProcess>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace wl::ui {

class ToneLabel;

class HolidayDialog final : public QDialog {
    Q_OBJECT

public:
    /// `zone`: the calendar's, whose country is proposed; `year`: this one.
    HolidayDialog(const QString& zone, int year, QWidget* parent);

Q_SIGNALS:
    /// [{date, name}…], ascending.
    void found(const QJsonArray& days);

private:
    void ask(const QStringList& words, void (HolidayDialog::*take)(const QString&));
    void takeRegions(const QString& lines);
    void takeDays(const QString& lines);
    void chooseFile();
    void get();
    void say(const QString& words, bool wrong);

    QProcess m_program;
    QComboBox* m_region;
    QLineEdit* m_file;
    QSpinBox *m_from, *m_to;
    ToneLabel* m_words;
    QPushButton* m_get;
    QString m_zone;
};

}  // namespace wl::ui
