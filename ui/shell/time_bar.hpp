// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The band across the window while somebody looks back: which instant is shown, a scrubber over the stretch within
// reach, and what plays it. Out of sight otherwise.

#include <QWidget>

#include "ui/models/time_travel.hpp"

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace wl::ui {

struct WindowActions;

class TimeBar final : public QWidget {
    Q_OBJECT

public:
    TimeBar(TimeTravel& travel, ConsoleBridge& bridge, const WindowActions& actions, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void ink();
    [[nodiscard]] QColor band() const;

    TimeTravel& m_travel;
    ConsoleBridge& m_bridge;
    const WindowActions& m_actions;
    QLabel* m_words;
    QSlider* m_slider;
    QLabel *m_first, *m_last;
    QComboBox *m_reach, *m_speed;
    bool m_inking{};
};

}  // namespace wl::ui
