// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Early patterns of the last fortnight: what, where, how much more than usual, how rare. Enter shows the cases on the
// map and in the list, W makes them a job, A acknowledges.

#include <QDialog>

#include "ui/models/pattern_feed.hpp"

class QCheckBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace wl::ui {

class PatternsDialog final : public QDialog {
    Q_OBJECT

public:
    PatternsDialog(ConsoleBridge& bridge, PatternFeed& feed, QWidget* parent);

Q_SIGNALS:
    void shown(const wl::engine::Pattern& pattern);
    void told(const QString& line);

private:
    void fill();
    void follow();
    void makeJob();
    void acknowledge();
    [[nodiscard]] const engine::Pattern* current() const;
    [[nodiscard]] QString whereOf(const engine::Pattern& pattern);

    ConsoleBridge& m_bridge;
    PatternFeed& m_feed;
    QTreeWidget* m_list;
    QCheckBox* m_all;
    QPushButton *m_show, *m_job, *m_acknowledge;
    QLabel* m_state;
};

}  // namespace wl::ui
