// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Long work in the status bar: what is being done, how far it is, and a button that stops it. Comes into sight only
// when the work takes longer than a moment.

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace wl::ui {

class WorkLine final : public QWidget {
    Q_OBJECT

public:
    explicit WorkLine(QWidget* parent = nullptr);

    void progress(const QString& what, qsizetype done, qsizetype total);
    void finish();

Q_SIGNALS:
    void stopRequested();

private:
    QLabel* m_what;
    QProgressBar* m_bar;
    QPushButton* m_stop;
    QTimer m_patience;
    bool m_working{};
};

}  // namespace wl::ui
