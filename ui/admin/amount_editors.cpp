// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/amount_editors.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMost = 10'000'000;  // as the rules allow
enum TargetUnits : int { WorkHours, WorkDays, WorkMinutes, Hours, Days, Minutes };
enum WhenUnits : int { Percent, HoursAfter, MinutesAfter, HoursBefore, MinutesBefore };

}  // namespace

AmountEditor::AmountEditor(const FormField& field, const QStringList& units, const QString& none)
    : FieldEditor(field), m_amount(new QSpinBox), m_unit(new QComboBox) {
    const auto name = u"form_"_s + QString::fromLatin1(field.member);
    m_amount->setObjectName(name);
    m_amount->setRange(0, kMost);
    m_amount->setSpecialValueText(none);
    m_amount->setAccessibleName(field.label);
    m_unit->setObjectName(name + u"_unit"_s);
    m_unit->addItems(units);
    m_unit->setAccessibleName(tr("%1, unit").arg(field.label));
    auto* both = new QWidget;
    both->setObjectName(name + u"_both"_s);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(grid(2));
    row->addWidget(m_amount);
    row->addWidget(m_unit);
    row->addStretch();
    both->setFocusProxy(m_amount);
    const auto changed = [this] {
        if (!m_filling) Q_EMIT edited();
    };
    connect(m_amount, &QSpinBox::valueChanged, this, changed);
    connect(m_unit, &QComboBox::activated, this, changed);
    place(both);
}

void AmountEditor::put(int amount, int unit) {
    m_filling = true;
    m_amount->setValue(amount);
    m_unit->setCurrentIndex(unit);
    m_filling = false;
}

int AmountEditor::amount() const { return m_amount->value(); }
int AmountEditor::unit() const { return m_unit->currentIndex(); }

TargetEditor::TargetEditor(const FormField& field)
    : AmountEditor(field,
                   {tr("working hours"), tr("working days"), tr("working minutes"), tr("hours round the clock"),
                    tr("calendar days"), tr("minutes round the clock")},
                   tr("none")) {}

void TargetEditor::show(const QJsonValue& value) {
    const int amount = value[u"amount"].toInt();
    const auto unit = value[u"unit"].toString(u"business_minutes"_s);
    if (unit == u"business_days"_s) return put(amount, WorkDays);
    if (unit == u"calendar_days"_s) return put(amount, Days);
    const bool calendar = unit == u"calendar_minutes"_s;
    if (amount % 60 == 0) return put(amount / 60, calendar ? Hours : WorkHours);
    put(amount, calendar ? Minutes : WorkMinutes);
}

std::optional<QJsonValue> TargetEditor::read(QString* why) const {
    if (amount() == 0) return QJsonValue();
    const bool hours = unit() == Hours || unit() == WorkHours;
    if (hours && amount() > kMost / 60) {
        *why = tr("That is too long.");
        return std::nullopt;
    }
    QJsonObject target{{u"amount"_s, hours ? amount() * 60 : amount()}};
    if (unit() == WorkDays) target.insert(u"unit"_s, u"business_days"_s);
    if (unit() == Days) target.insert(u"unit"_s, u"calendar_days"_s);
    if (unit() == Hours || unit() == Minutes) target.insert(u"unit"_s, u"calendar_minutes"_s);
    return target;
}

WhenEditor::WhenEditor(const FormField& field)
    : AmountEditor(field,
                   {tr("% of the time"), tr("hours after due"), tr("minutes after due"), tr("hours before due"),
                    tr("minutes before due")},
                   tr("when due")) {}

void WhenEditor::load(const QJsonObject& document) {
    if (const int percent = document.value(u"percent").toInt(); percent != 0) return put(percent, Percent);
    const int minutes = document.value(u"minutes").toInt();
    const bool hours = minutes % 60 == 0;
    put(hours ? std::abs(minutes) / 60 : std::abs(minutes),
        minutes < 0 ? (hours ? HoursBefore : MinutesBefore) : (hours ? HoursAfter : MinutesAfter));
}

bool WhenEditor::store(QJsonObject& document, QString* why) const {
    document.remove(u"percent"_s);
    document.remove(u"minutes"_s);
    if (unit() == Percent && amount() > 1000) {
        *why = tr("At most 1,000 percent.");
        return false;
    }
    if (unit() == Percent && amount() > 0) document.insert(u"percent"_s, amount());
    if (unit() == Percent || amount() == 0) return true;
    const bool hours = unit() == HoursAfter || unit() == HoursBefore;
    if (hours && amount() > kMost / 60) {
        *why = tr("That is too long.");
        return false;
    }
    const int minutes = hours ? amount() * 60 : amount();
    document.insert(u"minutes"_s, unit() == HoursBefore || unit() == MinutesBefore ? -minutes : minutes);
    return true;
}

}  // namespace wl::ui
