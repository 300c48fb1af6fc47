// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a status step needs to know before it is taken: the pause reason, the resolution, the planned date, a comment.
// What was typed for a step is kept until the step is taken.

#include <QTimeZone>

#include <map>

#include "domain/time.hpp"
#include "domain/vocab.hpp"
#include "rules/catalogue.hpp"
#include "ui/kit/sheet.hpp"

class QComboBox;
class QDateEdit;
class QLabel;
class QPlainTextEdit;

namespace wl::ui {

class StepSheet final : public Sheet {
    Q_OBJECT

public:
    explicit StepSheet(QWidget* parent = nullptr);

    /// `who` takes the step: of the reasons for a pause only theirs are offered.
    void open(Status to, bool reopening, const rules::Catalogue& catalogue, const rules::StaffMember* who, Instant now);
    void dismiss() override;
    /// Forgets all that was typed; another case is shown.
    void forget();
    [[nodiscard]] Status step() const { return m_to; }

Q_SIGNALS:
    /// `planned`: the date of Planned, or the wake-up of Waiting if one was chosen.
    void accepted(wl::Status to, const std::string& reason, const std::string& note, wl::Instant planned);

private:
    void accept() override;
    void keep();

    Status m_to{};
    QTimeZone m_zone{QTimeZone::utc()};
    std::map<Status, QString> m_notes;
    QLabel* m_reasonLabel;
    QComboBox* m_reason;
    QLabel* m_dateLabel;
    QDateEdit* m_date;
    QPlainTextEdit* m_note;
};

}  // namespace wl::ui
