// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What arrives for the person at this console while they work elsewhere: an escalation to them, an offer to their
// department, cases of theirs that nobody touches any more. Each is told once, and goes by itself when it is answered,
// here or at another console. What was there before the window opened stands in the queues. GUI thread.

#include <QObject>

#include <set>

#include "ui/models/console_bridge.hpp"

namespace wl::ui {

struct Alarm {
    enum class Kind : std::uint8_t { Escalated, Offered, Dormant, Figure };
    Kind kind{};
    CaseKey key{};      ///< none for Dormant and Figure
    std::string token;  ///< what it is about: key of the escalation, offer
    QString words;      ///< without personal data
    int figure{-1};     ///< Figure: which
};

class AlarmWatch final : public QObject {
    Q_OBJECT

public:
    explicit AlarmWatch(ConsoleBridge& bridge, QObject* parent = nullptr);

    /// Oldest first.
    [[nodiscard]] const std::vector<Alarm>& pending() const { return m_pending; }
    void dismiss();
    /// Tells of something that others watch, once a token.
    void raise(Alarm alarm) { add(std::move(alarm)); }
    /// Counts the agent's dormant cases, and says so if there are any.
    void remindOfDormant();
    /// The hours of the agent's department; outside them nobody is disturbed beyond the window.
    [[nodiscard]] bool mayDisturb() const;

Q_SIGNALS:
    void raised(const wl::ui::Alarm& alarm);
    void changed();

private:
    void look(const ChangeSetPtr& changes);
    bool lookAt(CaseKey key);
    void add(Alarm alarm);
    [[nodiscard]] QString about(const store::CaseDetail& detail) const;

    ConsoleBridge& m_bridge;
    std::vector<Alarm> m_pending;
    std::set<std::string> m_told;
};

}  // namespace wl::ui
