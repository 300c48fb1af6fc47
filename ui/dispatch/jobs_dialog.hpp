// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All work orders: what, who, when, how many cases, how it ended. Enter shows a job's cases, F2 changes it, F4
// finishes it.

#include <QDialog>

#include "ui/models/console_bridge.hpp"

class QCheckBox;
class QPushButton;
class QTreeWidget;

namespace wl::ui {

class JobsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit JobsDialog(ConsoleBridge& bridge, QWidget* parent);

Q_SIGNALS:
    void casesWanted(const QString& job);
    void told(const QString& line);

private:
    void fill();
    void follow();
    void change();
    void finish();
    [[nodiscard]] const rules::Job* current(const rules::Catalogue& catalogue) const;
    [[nodiscard]] std::vector<CaseKey> membersOf(const std::string& job);

    ConsoleBridge& m_bridge;
    QTreeWidget* m_list;
    QCheckBox* m_done;
    QPushButton *m_show, *m_change, *m_finish;
};

/// How a job ended, and what is said of it in each of its cases.
class FinishJobDialog final : public QDialog {
    Q_OBJECT

public:
    FinishJobDialog(ConsoleBridge& bridge, const rules::Job& job, std::size_t cases, QWidget* parent);

Q_SIGNALS:
    void told(const QString& line);
};

}  // namespace wl::ui
