// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/holiday_dialog.hpp"

#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

HolidayDialog::HolidayDialog(const QString& zone, int year, QWidget* parent)
    : QDialog(parent), m_region(new QComboBox), m_file(new QLineEdit), m_from(new QSpinBox), m_to(new QSpinBox),
      m_words(new ToneLabel), m_get(nullptr), m_zone(zone) {
    setObjectName(u"holidayDialog"_s);
    setWindowTitle(tr("Take in holidays"));
    m_region->setObjectName(u"holidayRegion"_s);
    m_region->setAccessibleName(tr("Region"));
    m_region->setEditable(true);
    m_region->setInsertPolicy(QComboBox::NoInsert);
    m_region->completer()->setFilterMode(Qt::MatchContains);
    m_region->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_region->addItem(tr("Of the calendar's time zone (%1)").arg(zone), QString());
    m_file->setObjectName(u"holidayFile"_s);
    m_file->setAccessibleName(tr("iCalendar file"));
    m_file->setPlaceholderText(tr("instead: an iCalendar file (.ics)"));
    auto* choose = new QPushButton(tr("&Choose…"));
    choose->setObjectName(u"holidayChoose"_s);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &HolidayDialog::chooseFile);
    auto* file = new QHBoxLayout;
    file->addWidget(m_file, 1);
    file->addWidget(choose);
    for (auto* box : {m_from, m_to}) box->setRange(1990, 2099);
    m_from->setObjectName(u"holidayFrom"_s);
    m_from->setValue(year);
    m_to->setObjectName(u"holidayTo"_s);
    m_to->setValue(year + 2);
    m_words->setObjectName(u"holidayWords"_s);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_get = buttons->button(QDialogButtonBox::Ok);
    m_get->setObjectName(u"holidayGet"_s);
    m_get->setText(tr("Take in"));
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Region"), m_region);
    auto* fileLabel = new QLabel(tr("&File"));
    fileLabel->setBuddy(m_file);
    form->addRow(fileLabel, file);
    form->addRow(tr("Fro&m year"), m_from);
    form->addRow(tr("&To year"), m_to);
    form->addRow(m_words);
    form->addRow(buttons);
    setMinimumWidth(grid(120));
    connect(buttons, &QDialogButtonBox::accepted, this, &HolidayDialog::get);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    ask({u"--list"_s}, &HolidayDialog::takeRegions);
}

void HolidayDialog::say(const QString& words, bool wrong) {
    m_words->setTone(wrong ? SlaState::Breached : SlaState::Met);
    m_words->setText(words);
}

void HolidayDialog::ask(const QStringList& words, void (HolidayDialog::*take)(const QString&)) {
    m_program.disconnect(this);
    connect(&m_program, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            say(tr("%1 is not there. Install the whole program.").arg(m_program.program()), true);
        m_get->setEnabled(true);
    });
    connect(&m_program, &QProcess::finished, this, [this, take](int status) {
        m_get->setEnabled(true);
        if (status != 0) return say(QString::fromUtf8(m_program.readAllStandardError()).trimmed(), true);
        (this->*take)(QString::fromUtf8(m_program.readAllStandardOutput()));
    });
    // Beside this program; a test's is elsewhere.
    const auto folder = qEnvironmentVariable("WARDLINE_BIN", QCoreApplication::applicationDirPath());
    m_get->setEnabled(false);
    m_program.start(folder + u"/wardline-holidays"_s, words);
}

void HolidayDialog::takeRegions(const QString& lines) {
    for (const auto& line : lines.split(u'\n', Qt::SkipEmptyParts))
        m_region->addItem(u"%1 (%2)"_s.arg(line.section(u'\t', 1), line.section(u'\t', 0, 0)),
                          line.section(u'\t', 0, 0));
}

void HolidayDialog::chooseFile() {
    const auto name = QFileDialog::getOpenFileName(this, tr("iCalendar file"), {}, tr("iCalendar (*.ics);;All (*)"));
    if (!name.isEmpty()) m_file->setText(name);
}

void HolidayDialog::get() {
    const auto file = m_file->text().trimmed();
    QStringList words{u"--from"_s, QString::number(m_from->value()), u"--to"_s, QString::number(m_to->value())};
    const int at = m_region->findText(m_region->currentText());
    if (!file.isEmpty()) words << u"--ical"_s << file;
    else if (at > 0) words << u"--region"_s << m_region->itemData(at).toString();
    else if (at == 0) words << u"--zone"_s << m_zone;
    else return say(tr("“%1” is none of the regions.").arg(m_region->currentText()), true);
    ask(words, &HolidayDialog::takeDays);
}

void HolidayDialog::takeDays(const QString& lines) {
    QJsonArray days;
    for (const auto& line : lines.split(u'\n', Qt::SkipEmptyParts))
        days.append(QJsonObject{{u"date"_s, line.section(u'\t', 0, 0)}, {u"name"_s, line.section(u'\t', 1)}});
    if (days.isEmpty()) return say(tr("There is no holiday in these years."), true);
    Q_EMIT found(days);
    accept();
}

}  // namespace wl::ui
