// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The top of the open case: what, which number, where it stands, who has it, and its clocks. Shows values and asks for
// changes; never changes anything itself.

#include <QWidget>

#include "store/views.hpp"
#include "ui/models/clock_words.hpp"

class QLabel;
class QToolButton;

namespace wl::ui {

class ElidedLabel;
class SlaStrip;

class CaseHeader final : public QWidget {
    Q_OBJECT

public:
    explicit CaseHeader(QWidget* parent = nullptr);

    void show(const store::CaseDetail& detail, const rules::Catalogue& catalogue);
    void showClocks(std::vector<ClockView> clocks);
    /// Where the case's edits are ("On 3 machines"), and who else has it open; empty = nothing to say.
    void showConsoles(const QString& machines, bool onlyHere, const QString& presence);
    [[nodiscard]] const SlaStrip& strip() const { return *m_strip; }
    /// Where menus and pickers open.
    [[nodiscard]] QToolButton* statusButton() const { return m_status; }
    [[nodiscard]] QToolButton* priorityButton() const { return m_priority; }
    [[nodiscard]] QToolButton* ownerButton() const { return m_owner; }

Q_SIGNALS:
    void copyNumberRequested();
    void statusRequested();
    void priorityRequested();
    void ownerRequested();
    void conflictsRequested();

private:
    QLabel* m_icon;
    ElidedLabel* m_service;
    QToolButton* m_number;
    QToolButton* m_status;
    QToolButton* m_priority;
    QToolButton* m_owner;
    QToolButton* m_conflicts;
    QLabel* m_lock;
    ElidedLabel* m_address;
    QLabel* m_machines;
    QLabel* m_presence;
    SlaStrip* m_strip;
};

}  // namespace wl::ui
