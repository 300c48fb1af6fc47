// SPDX-License-Identifier: GPL-3.0-or-later
// What the Signals perspective asks of the window.
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"
#include "ui/queue/queue_panel.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/signals/signals_panel.hpp"

namespace wl::ui {

void MainWindow::connectSignals() {
    connect(m_signals, &SignalsPanel::told, this, &MainWindow::tell);
    connect(&m_patterns, &PatternFeed::changed, &m_signals->feed(), &SignalsFeed::touchPatterns);
    connect(m_signals, &SignalsPanel::casesWanted, this,
            [this](const std::vector<CaseKey>& keys, const QString& title) {
                showPerspective(Perspective::Desk);
                QueueEntry all;  // of every case, open and closed
                all.name = title;
                m_panel->showQueue(all);
                engine::CaseFilter filter;
                filter.keys = keys;
                m_panel->bar().setFilter(std::move(filter));
                m_panel->table().setFocus(Qt::OtherFocusReason);
                tell(tr("The cases behind: %1. F3 goes back to the figures.").arg(title));
            });
}

void MainWindow::openFigure(int kind) {
    showPerspective(Perspective::Signals);
    m_signals->openFigure(static_cast<FigureKind>(kind));
}

void MainWindow::lookAtFigures() {
    SignalAlarms::Targets targets;
    for (const auto& place : m_signals->tiles())
        if (place.target && *place.target > 0) targets.emplace_back(place.kind, *place.target);
    m_figureAlarms.look(targets);
}

}  // namespace wl::ui
