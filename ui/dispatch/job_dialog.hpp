// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One work order: what is to be done, who does it, when. A new one is made of cases and published with them as one
// change; one that stands is changed.

#include <QDialog>

#include <vector>

#include "ui/models/console_bridge.hpp"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class JobDialog final : public QDialog {
    Q_OBJECT

public:
    /// A job without a code is new; `cases` come under it.
    JobDialog(ConsoleBridge& bridge, rules::Job job, std::vector<CaseKey> cases, QWidget* parent);

Q_SIGNALS:
    void told(const QString& line);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void save();
    void fail(const Error& error);
    [[nodiscard]] std::optional<Instant> instantOf(const QLineEdit& line, const char* field);
    [[nodiscard]] Result<engine::CommandBatch> batch();

    ConsoleBridge& m_bridge;
    rules::Job m_job;
    const bool m_isNew;
    std::vector<CaseKey> m_cases;
    QLineEdit *m_title, *m_from, *m_to, *m_materials;
    QComboBox *m_crew, *m_state;
    QPlainTextEdit* m_note;
    ToneLabel* m_error;
    QPushButton* m_save{};
};

/// A moment in the city as it is typed, "2026-12-01 08:00" or a day; an invalid one where it is neither.
[[nodiscard]] std::optional<Instant> jobMoment(const QString& typed, const rules::Catalogue& catalogue);
[[nodiscard]] QString jobMomentText(Instant at, const rules::Catalogue& catalogue);

}  // namespace wl::ui
