// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A line under the top bar while an alarm waits: what it is, and two keys. It takes no focus and hides nothing.

#include <QWidget>

#include "ui/models/alarm_watch.hpp"

class QAction;
class QToolButton;

namespace wl::ui {

class ToneLabel;

class AlarmBar final : public QWidget {
    Q_OBJECT

public:
    /// The actions open the alarm's case and put the alarm away.
    AlarmBar(const AlarmWatch& watch, QAction* open, QAction* dismiss, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    const AlarmWatch& m_watch;
    QAction* m_open;
    QAction* m_dismiss;
    ToneLabel* m_words;
};

}  // namespace wl::ui
