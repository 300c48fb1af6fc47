// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/signal_alarms.hpp"

#include "rules/signals/alerts.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace rules::signals;

constexpr std::size_t kWeekFigures = 3;  // opened, closed, time to close

WeekOfWork weekOf(const std::vector<Figure>& figures, std::size_t from) {
    return {figures[from].n, figures[from + 1].n, figures[from + 2].value, figures[from + 2].n};
}

bool leads(const rules::StaffMember* who) {
    return who != nullptr && (who->role == "manager" || who->role == "supervisor");
}

}  // namespace

SignalAlarms::SignalAlarms(ConsoleBridge& bridge, AlarmWatch& watch, Words words, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_watch(watch), m_words(std::move(words)) {}

void SignalAlarms::look(const Targets& targets) {
    const auto catalogue = m_bridge.catalogue();
    const auto& zone = catalogue->timeZone();
    const auto* me = catalogue->staff(m_bridge.agent());
    if (targets.empty() && !leads(me)) return Q_EMIT looked();
    const auto today = zone.toLocal(m_bridge.now()).day();
    const auto monday = today - weekdayOf(today);
    const auto week = [&](int back) {
        engine::SignalScope scope;
        scope.from = zone.toUtc(LocalTime::of(monday - 7 * back));
        scope.to = zone.toUtc(LocalTime::of(monday - 7 * (back - 1)));
        scope.asOf = scope.to - Millis{1};
        if (me && me->role == "supervisor" && !me->department.empty()) scope.departments = {me->department};
        return scope;
    };
    std::vector<engine::SignalQuestion> questions;
    for (const int back : {2, 1})
        for (const auto kind : {FigureKind::Opened, FigureKind::Closed, FigureKind::TimeToClose})
            questions.push_back({kind, week(back), {}, false, {}});
    for (const auto& [kind, target] : targets) questions.push_back({kind, week(1), {}, false, {}});
    m_bridge.figures(std::move(questions), 0, this,
                     [this, targets, token = isoDate(monday)](const Result<engine::FiguresPtr>& figures) {
                         if (figures) take(targets, **figures, token);
                         Q_EMIT looked();
                     });
}

void SignalAlarms::take(const Targets& targets, const std::vector<Figure>& figures, const std::string& week) {
    const auto catalogue = m_bridge.catalogue();
    const auto* me = catalogue->staff(m_bridge.agent());
    if (leads(me) && backlogRises(weekOf(figures, 0), weekOf(figures, kWeekFigures))) {
        const auto last = weekOf(figures, kWeekFigures);
        const auto where =
            me->role == "supervisor" ? fromText(catalogue->departmentName(me->department)) : tr("The city");
        m_watch.raise(
            {Alarm::Kind::Figure,
             {},
             "b/" + week,
             tr("%1: for two weeks more was opened than closed, and closing takes longer (last week %2 opened, "
                "%3 closed)")
                 .arg(where)
                 .arg(last.opened)
                 .arg(last.closed),
             static_cast<int>(FigureKind::Backlog)});
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const auto& [kind, target] = targets[i];
        const auto& figure = figures[2 * kWeekFigures + i];
        if (!misses(figure, target)) continue;
        m_watch.raise({Alarm::Kind::Figure,
                       {},
                       "t/" + std::string(figureSpec(kind).name) + '/' + week,
                       tr("Target missed last week: %1 was %2, target %3")
                           .arg(m_words.title(kind), m_words.value(figure), m_words.target(kind, target)),
                       static_cast<int>(kind)});
    }
}

}  // namespace wl::ui
