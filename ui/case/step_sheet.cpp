// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/step_sheet.hpp"

#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/models/choice_match.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

StepSheet::StepSheet(QWidget* parent)
    : Sheet(u"step"_s, parent), m_reasonLabel(new QLabel), m_reason(new QComboBox), m_dateLabel(new QLabel),
      m_date(new QDateEdit), m_note(new QPlainTextEdit) {
    m_reason->setObjectName(u"stepReason"_s);
    m_reasonLabel->setBuddy(m_reason);
    m_date->setObjectName(u"stepDate"_s);
    m_date->setCalendarPopup(true);
    m_note->setObjectName(u"stepNote"_s);
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(3 * fontMetrics().lineSpacing() + grid(3));
    go()->setToolTip(tr("Ctrl+Enter"));
    m_dateLabel->setBuddy(m_date);
    auto* rows = new QGridLayout;
    rows->setHorizontalSpacing(grid(2));
    rows->setVerticalSpacing(grid(1));
    rows->setColumnStretch(1, 1);
    rows->addWidget(m_reasonLabel, 0, 0);
    rows->addWidget(m_reason, 0, 1);
    rows->addWidget(m_dateLabel, 1, 0);
    rows->addWidget(m_date, 1, 1);
    fields()->addLayout(rows);
    fields()->addWidget(m_note);
}

void StepSheet::open(Status to, bool reopening, const rules::Catalogue& catalogue, const rules::StaffMember* who,
                     Instant now) {
    if (isVisible()) keep();
    m_to = to;
    m_zone = zoneOf(catalogue);
    m_reason->clear();
    showError({});
    if (to == Status::Waiting) {
        for (const auto& choice : pauseChoices(catalogue, who)) m_reason->addItem(choice.name, choice.code);
        if (m_reason->count() == 0) showError(errorWords({ErrorKind::Refused, "pause.none", "reason", {}}).line());
    } else if (to == Status::Closed) {
        for (const auto& resolution : kResolutions) m_reason->addItem(resolutionWord(resolution), fromText(resolution));
    }
    const bool hasReason = m_reason->count() > 0;
    m_reason->setVisible(hasReason);
    m_date->setVisible(to == Status::Planned || to == Status::Waiting);
    m_reasonLabel->setVisible(hasReason);
    m_reasonLabel->setText(to == Status::Closed ? tr("&Resolution") : tr("&Reason"));
    m_reason->setAccessibleName(m_reasonLabel->text().remove(u'&'));
    m_dateLabel->setVisible(!m_date->isHidden());
    m_dateLabel->setText(to == Status::Waiting ? tr("Wakes &up on") : tr("Planned &for"));
    const auto today = QDateTime::fromMSecsSinceEpoch(now.ms, m_zone).date();
    // A pause may have no wake-up: the day itself stands for that.
    m_date->setSpecialValueText(to == Status::Waiting ? tr("no wake-up date") : QString());
    m_date->setAccessibleName(m_dateLabel->text().remove(u'&'));
    m_date->setMinimumDate(today);
    m_date->setDate(to == Status::Waiting ? today : today.addDays(1));
    title()->setText(reopening               ? tr("Reopen this case")
                     : to == Status::Closed  ? tr("Close this case")
                     : to == Status::Waiting ? tr("Pause this case")
                     : to == Status::Planned ? tr("Plan this case")
                                             : tr("Step to %1").arg(statusWord(to)));
    go()->setText(reopening               ? tr("Reopen")
                  : to == Status::Closed  ? tr("Close case")
                  : to == Status::Waiting ? tr("Pause")
                                          : tr("Plan"));
    m_note->setPlaceholderText(to == Status::Closed ? tr("What was done; for a duplicate, the number of the other case")
                                                    : tr("Comment (optional)"));
    m_note->setAccessibleName(m_note->placeholderText());
    m_note->setPlainText(m_notes[to]);
    show();
    if (hasReason) m_reason->setFocus(Qt::ShortcutFocusReason);
    else if (to == Status::Planned) m_date->setFocus(Qt::ShortcutFocusReason);
    else m_note->setFocus(Qt::ShortcutFocusReason);
}

void StepSheet::keep() { m_notes[m_to] = m_note->toPlainText(); }

void StepSheet::dismiss() {
    if (!isHidden()) keep();
    Sheet::dismiss();
}

void StepSheet::forget() {
    m_notes.clear();
    m_note->clear();
    hide();
}

void StepSheet::accept() {
    keep();
    Instant planned;
    const bool wakes = m_to == Status::Waiting && m_date->date() > m_date->minimumDate();
    if (m_to == Status::Planned || wakes)
        planned = {QDateTime(m_date->date(), QTime(12, 0), m_zone).toMSecsSinceEpoch()};
    Q_EMIT accepted(m_to, m_reason->currentData().toString().toStdString(),
                    m_note->toPlainText().trimmed().toStdString(), planned);
}

}  // namespace wl::ui
