// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/week_editor.hpp"

#include <QFormLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QLocale>

#include "rules/catalogue_json.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

WeekEditor::WeekEditor(const FormField& field) : FieldEditor(field) {
    auto* week = new QWidget;
    week->setObjectName(u"form_week_days"_s);
    auto* form = new QFormLayout(week);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(grid(1));
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        auto* line = m_days[day] = new QLineEdit;
        line->setObjectName(u"form_week_"_s + fromText(rules::kWeekdayMembers[day]));
        const auto name = QLocale().dayName(static_cast<int>(day) + 1);
        line->setAccessibleName(name);
        line->setPlaceholderText(tr("closed; or like 08:30-12:00 13:00-17:00"));
        form->addRow(QLocale().dayName(static_cast<int>(day) + 1, QLocale::ShortFormat), line);
        connect(line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    }
    week->setFocusProxy(m_days.front());
    place(week);
}

void WeekEditor::show(const QJsonValue& value) {
    for (std::size_t day = 0; day < m_days.size(); ++day)
        m_days[day]->setText(windowsText(value[fromText(rules::kWeekdayMembers[day])].toArray()));
}

std::optional<QJsonValue> WeekEditor::read(QString* why) const {
    QJsonObject week;
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        const auto windows = windowsOf(m_days[day]->text(), why);
        if (!windows) return std::nullopt;
        if (!windows->isEmpty()) week.insert(fromText(rules::kWeekdayMembers[day]), *windows);
    }
    return week;
}

}  // namespace wl::ui
