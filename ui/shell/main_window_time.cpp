// SPDX-License-Identifier: GPL-3.0-or-later
// Looking back: the keys, and what the rest of the window does meanwhile.
#include "ui/models/error_words.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/signals/signals_panel.hpp"

namespace wl::ui {

void MainWindow::connectTime() {
    const auto& a = m_actions;
    connect(a.lookBack, &QAction::triggered, this, [this](bool on) { on ? m_travel.begin() : m_travel.end(); });
    connect(a.timePlay, &QAction::triggered, this, [this] { m_travel.setPlaying(!m_travel.isPlaying()); });
    connect(a.timeBack, &QAction::triggered, this, [this] { m_travel.step(-1); });
    connect(a.timeForward, &QAction::triggered, this, [this] { m_travel.step(1); });
    connect(a.timeNow, &QAction::triggered, &m_travel, &TimeTravel::end);
    connect(&m_travel, &TimeTravel::changed, this, [this] {
        const auto& actions = m_actions;
        actions.lookBack->setChecked(m_travel.isOn());
        actions.timeNow->setEnabled(m_travel.isOn());
        actions.exportView->setEnabled(!m_travel.isOn());  // what is written is of now
        for (auto* action : {actions.timePlay, actions.timeBack, actions.timeForward})
            action->setEnabled(m_travel.isOn() && m_travel.isReady());
    });
    connect(&m_travel, &TimeTravel::failed, this, [this](const Error& error) { tell(errorWords(error).line()); });
    // The next picture of a play comes when map and list, or the figures, show this one.
    connect(&m_points, &MapPointsFeed::ready, &m_travel, &TimeTravel::drawn);
}

}  // namespace wl::ui
