// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures that call for somebody, in the alarm bar: for managers and supervisors a backlog that grew for two weeks (a
// supervisor's own department, the manager's whole city), for everybody the targets that they set themselves and last
// week missed. Each is told once a week. GUI thread.

#include "ui/models/alarm_watch.hpp"
#include "ui/models/signals_feed.hpp"

namespace wl::ui {

class SignalAlarms final : public QObject {
    Q_OBJECT

public:
    using Targets = std::vector<std::pair<FigureKind, double>>;
    /// `titleOf` gives the words for a figure and for a value of it.
    struct Words {
        std::function<QString(FigureKind)> title;
        std::function<QString(const rules::signals::Figure&)> value;
        std::function<QString(FigureKind, double)> target;
    };
    SignalAlarms(ConsoleBridge& bridge, AlarmWatch& watch, Words words, QObject* parent);

    /// Looks at the last two full weeks, against the targets of the person at this console.
    void look(const Targets& targets);

Q_SIGNALS:
    void looked();

private:
    void take(const Targets& targets, const std::vector<rules::signals::Figure>& figures, const std::string& week);

    ConsoleBridge& m_bridge;
    AlarmWatch& m_watch;
    Words m_words;
};

}  // namespace wl::ui
