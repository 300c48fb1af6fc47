// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which report, and where it goes: print preview, PDF, CSV; and which are written into a folder by themselves. GUI
// thread.

#include <QDialog>
#include <QTimer>

#include "ui/signals/report.hpp"

class QComboBox;
class QLabel;
class QLineEdit;

namespace wl::ui {

class WindowMemory;

class ReportDialog final : public QDialog {
    Q_OBJECT

public:
    /// `board` is what the perspective shows.
    ReportDialog(ConsoleBridge& bridge, WindowMemory& memory, ReportPlan board, CodeNames names, QWidget* parent);

Q_SIGNALS:
    /// What is written by itself was changed.
    void scheduleChanged();

private:
    [[nodiscard]] ReportPlan plan() const;
    void make(std::function<void(QTextDocument&, const ReportFigures&)> use);
    void preview();
    void save(bool pdf);

    ConsoleBridge& m_bridge;
    WindowMemory& m_memory;
    ReportPlan m_board;
    CodeNames m_names;
    QComboBox *m_which, *m_department;
    QLabel* m_said;
    QLineEdit* m_folder;
};

/// Writes the reports that were asked for into their folder once their day, week or month is over. A report that lies
/// there already is left alone, so it may run at any time and on any number of consoles with a common folder.
class ReportSchedule final : public QObject {
    Q_OBJECT

public:
    ReportSchedule(ConsoleBridge& bridge, WindowMemory& memory, QObject* parent);
    /// Writes now what is due.
    void check();

Q_SIGNALS:
    void told(const QString& line);
    void written(const QString& path);

private:
    void write(const ReportPlan& plan, const QString& path);
    ConsoleBridge& m_bridge;
    WindowMemory& m_memory;
    QTimer m_timer;
};

}  // namespace wl::ui
