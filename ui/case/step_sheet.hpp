// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a status step needs to know before it is taken: the pause reason, the resolution, the planned date, a comment.
// Stands inside the pane, never in front of it; what was typed for a step is kept until the step is taken.

#include <QTimeZone>
#include <QWidget>

#include <map>

#include "domain/time.hpp"
#include "domain/vocab.hpp"
#include "rules/catalogue.hpp"

class QComboBox;
class QDateEdit;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class StepSheet final : public QWidget {
    Q_OBJECT

public:
    explicit StepSheet(QWidget* parent = nullptr);

    void open(Status to, bool reopening, const rules::Catalogue& catalogue, Instant now);
    void dismiss();
    void showError(const QString& words);
    /// Forgets all that was typed; another case is shown.
    void forget();
    [[nodiscard]] Status step() const { return m_to; }

Q_SIGNALS:
    /// `planned`: the date of Planned, or the wake-up of Waiting if one was chosen.
    void accepted(wl::Status to, const std::string& reason, const std::string& note, wl::Instant planned);
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void accept();
    void keep();

    Status m_to{};
    QTimeZone m_zone{QTimeZone::utc()};
    std::map<Status, QString> m_notes;
    QLabel* m_title;
    QLabel* m_reasonLabel;
    QComboBox* m_reason;
    QDateEdit* m_date;
    QPlainTextEdit* m_note;
    ToneLabel* m_error;
    QPushButton* m_go;
};

}  // namespace wl::ui
