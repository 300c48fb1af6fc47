// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/clock_words.hpp"

#include <QCoreApplication>

#include <algorithm>

#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct ClockWords {
    Q_DECLARE_TR_FUNCTIONS(ClockWords)
};

SlaState stateOf(const rules::SlaClock& clock, Instant now) { return slaStateAt(shownAs(clock), now); }

QString reasonName(const rules::Catalogue& catalogue, const std::string& code) {
    const auto* reason = catalogue.pauseReason(code);
    return fromText(reason ? std::string_view(reason->name) : std::string_view(code));
}

QString wordsOf(const rules::SlaClock& clock, SlaState state, const rules::Catalogue& catalogue, Instant now) {
    if (state == SlaState::Met)
        return clock.finished ? ClockWords::tr("met after %1").arg(durationWords(clock.finished - clock.start))
                              : ClockWords::tr("met");
    if (state == SlaState::Breached && clock.finished && clock.finished > clock.due)
        return ClockWords::tr("done %1 late").arg(durationWords(clock.finished - clock.due));
    if (state == SlaState::Paused) {
        const auto reason = clock.pauses.empty() ? QString() : reasonName(catalogue, clock.pauses.back().reason);
        if (clock.pausedUntil)
            return reason.isEmpty()
                       ? ClockWords::tr("paused, %1 left").arg(durationWords(clock.pausedUntil - now))
                       : ClockWords::tr("paused: %1, %2 left").arg(reason, durationWords(clock.pausedUntil - now));
        return reason.isEmpty() ? ClockWords::tr("paused") : ClockWords::tr("paused: %1").arg(reason);
    }
    return dueWords(state, clock.due, now);
}

QString reasonOf(const rules::SlaClock& clock, const rules::Catalogue& catalogue, const QTimeZone& zone, Instant now) {
    QStringList lines{ClockWords::tr("Due %1").arg(absoluteWords(clock.due, zone))};
    if (clock.policy) {
        const auto* target = rules::targetOf(*clock.policy, clock.kind);
        lines << (target ? ClockWords::tr("Policy: %1 (%2)").arg(fromText(clock.policy->name), targetWords(*target))
                         : ClockWords::tr("Policy: %1").arg(fromText(clock.policy->name)));
        if (const auto* calendar = catalogue.calendar(clock.policy->calendar))
            lines << ClockWords::tr("Calendar: %1").arg(fromText(calendar->name));
    } else {
        lines << ClockWords::tr("The due date came with the case or was set by hand");
    }
    lines << ClockWords::tr("Started %1").arg(absoluteWords(clock.start, zone));
    if (clock.finished) lines << ClockWords::tr("Reached %1").arg(absoluteWords(clock.finished, zone));
    for (const auto& pause : clock.pauses) {
        const auto length = durationWords((pause.to ? pause.to : now) - pause.from);
        lines << ClockWords::tr("Paused %1 for %2: %3")
                     .arg(absoluteWords(pause.from, zone), length, reasonName(catalogue, pause.reason));
    }
    return lines.join(u'\n');
}

}  // namespace

QString targetWords(const rules::SlaTarget& target) {
    switch (target.unit) {
        case rules::TargetUnit::BusinessMinutes:
            return ClockWords::tr("%1 of opening hours")
                .arg(durationWords(Millis{std::int64_t{target.amount} * 60'000}));
        case rules::TargetUnit::CalendarMinutes: return durationWords(Millis{std::int64_t{target.amount} * 60'000});
        case rules::TargetUnit::BusinessDays:
            return target.amount == 1 ? ClockWords::tr("1 business day")
                                      : ClockWords::tr("%1 business days").arg(target.amount);
        case rules::TargetUnit::CalendarDays:
            return target.amount == 1 ? ClockWords::tr("1 day") : ClockWords::tr("%1 days").arg(target.amount);
    }
    return {};
}

QString targetKindWord(rules::TargetKind kind) {
    switch (kind) {
        case rules::TargetKind::Acknowledge: return ClockWords::tr("Acknowledge");
        case rules::TargetKind::Respond: return ClockWords::tr("Respond");
        case rules::TargetKind::NextResponse: return ClockWords::tr("Answer again");
        case rules::TargetKind::Resolve: return ClockWords::tr("Resolve");
        case rules::TargetKind::Close: return ClockWords::tr("Close");
    }
    return {};
}

ClockView clockView(const rules::SlaClock& clock, const rules::Catalogue& catalogue, const QTimeZone& zone,
                    Instant now) {
    ClockView view;
    view.kind = clock.kind;
    view.name = targetKindWord(clock.kind);
    view.state = stateOf(clock, now);
    view.words = wordsOf(clock, view.state, catalogue, now);
    view.due = clock.due;
    view.running = !clock.finished && (!clock.paused || clock.pausedUntil);
    view.reason = reasonOf(clock, catalogue, zone, now);
    const auto whole = (clock.due - clock.start).count();
    const auto until =
        clock.finished ? clock.finished : (clock.paused && !clock.pauses.empty() ? clock.pauses.back().from : now);
    const auto part = (until - clock.start).count();
    view.used = whole <= 0 ? 1.0 : std::clamp(static_cast<double>(part) / static_cast<double>(whole), 0.0, 1.0);
    return view;
}

std::vector<ClockView> clockViews(const CaseState& state, const DerivedCase& row,
                                  const std::optional<engine::Forecast>& forecast, const rules::Catalogue& catalogue,
                                  Instant now) {
    std::vector<ClockView> views;
    const auto zone = zoneOf(catalogue);
    auto clocks = rules::computeClocks(state, catalogue);
    auto main = std::ranges::find(clocks, rules::TargetKind::Resolve, &rules::SlaClock::kind);
    if (main == clocks.end()) main = std::ranges::find(clocks, rules::TargetKind::Close, &rules::SlaClock::kind);
    for (auto clock = clocks.begin(); clock != clocks.end(); ++clock) {
        const bool foreseen = clock == main && !clock->finished && row.warn && row.warn < clock->warn;
        const bool early = foreseen && now < clock->warn;
        if (foreseen) clock->warn = row.warn;
        views.push_back(clockView(*clock, catalogue, zone, now));
        auto& view = views.back();
        if (early && view.state == SlaState::AtRisk) view.words = ClockWords::tr("%1, likely late").arg(view.words);
        if (clock == main && !clock->finished && forecast)
            view.reason += u'\n' + forecastWords(*forecast, state.instant(CaseField::RequestedAt), zone).join(u'\n');
    }
    return views;
}

QStringList forecastWords(const engine::Forecast& f, Instant requested, const QTimeZone& zone) {
    const auto at = [&](Millis after) { return absoluteWords(requested + after, zone); };
    QStringList out;
    if (f.middle.count() > 0) out << ClockWords::tr("Half of the cases like it were done by %1").arg(at(f.middle));
    if (f.early.count() > 0 && f.late.count() > 0)
        out << ClockWords::tr("Eight of ten were done between %1 and %2").arg(at(f.early), at(f.late));
    else if (f.early.count() > 0) out << ClockWords::tr("Nine of ten were not done before %1").arg(at(f.early));
    switch (f.level) {
        case 0:
            out << ClockWords::tr("%Ln case(s) of its service in its area, at times as busy", nullptr, f.cases);
            break;
        case 1:
            out << ClockWords::tr("%Ln case(s) of its service and department, at times as busy", nullptr, f.cases);
            break;
        case 2: out << ClockWords::tr("%Ln case(s) of its service and department", nullptr, f.cases); break;
        case 3: out << ClockWords::tr("%Ln case(s) of its service", nullptr, f.cases); break;
        default: out << ClockWords::tr("%Ln case(s) of every service", nullptr, f.cases); break;
    }
    return out;
}

Millis clockWordsStayFor(const std::vector<ClockView>& clocks, Instant now, Millis most) {
    for (const auto& clock : clocks)
        if (clock.running) most = std::min(most, wordsStayFor(clock.due - now));
    return most;
}

}  // namespace wl::ui
