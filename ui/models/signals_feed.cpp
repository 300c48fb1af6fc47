// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/signals_feed.hpp"

#include <chrono>

#include "ui/models/query_slots.hpp"

namespace wl::ui {
namespace {

using rules::signals::concerns;

constexpr int kMinute = 60'000;

// The series of what the figure itself counts: it may bring others beside that.
const rules::signals::FigureSeries* seriesThatCounts(const rules::signals::Figure& f) {
    const auto* name = f.kind == FigureKind::Closed ? "closed" : "opened";
    for (const auto& one : f.series)
        if (one.name == name) return &one;
    return nullptr;
}

}  // namespace

std::pair<Instant, Instant> spanOf(const SignalPeriod& period, Instant now, const TimeZone& zone) {
    using Usual = SignalPeriod::Usual;
    const auto today = zone.toLocal(now).day();
    const auto day = [&](DayNumber number) { return zone.toUtc(LocalTime::of(number)); };
    const auto month = [&](int later) {
        const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{today}}};
        const auto first = std::chrono::year_month{date.year(), date.month()} + std::chrono::months{later};
        return day(static_cast<DayNumber>(std::chrono::sys_days{first / 1}.time_since_epoch().count()));
    };
    switch (period.usual) {
        case Usual::Today: return {day(today), day(today + 1)};
        case Usual::Week: return {day(today - 6), day(today + 1)};
        case Usual::Month: return {day(today - 29), day(today + 1)};
        case Usual::Quarter: return {day(today - 89), day(today + 1)};
        case Usual::Year: return {day(today - 364), day(today + 1)};
        case Usual::ThisMonth: return {month(0), month(1)};
        case Usual::LastMonth: return {month(-1), month(0)};
        case Usual::Days: break;
    }
    return {period.from, period.to};
}

SignalsFeed::SignalsFeed(ConsoleBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    connect(&m_pacer, &Pacer::due, this, &SignalsFeed::ask);
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) { touch(*changes); });
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &SignalsFeed::touchAll);
    connect(&bridge, &ConsoleBridge::instantChanged, this, [this] { setAsOf(m_bridge.asOf()); });
    m_clock.setInterval(kMinute);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (!m_scope.asOf) touchAll();  // ages grow, closings grow old, midnight passes
    });
}

void SignalsFeed::setKinds(const std::vector<FigureKind>& kinds) {
    const std::set<FigureKind> wanted(kinds.begin(), kinds.end());
    for (const auto kind : wanted)
        if (!m_kinds.contains(kind)) m_dirty.insert(kind);
    m_kinds = wanted;
    std::erase_if(m_dirty, [&](FigureKind kind) { return !m_kinds.contains(kind); });
    std::erase_if(m_figures, [&](const auto& one) { return !m_kinds.contains(one.first); });
    if (m_watched && !m_dirty.empty()) m_pacer.hurry();
}

void SignalsFeed::setPeriod(const SignalPeriod& period) {
    if (m_period == period) return;
    m_period = period;
    askAnew();
}

void SignalsFeed::setScope(engine::SignalScope scope) {
    scope.asOf = m_scope.asOf;
    scope.from = scope.to = {};
    if (scope == m_scope) return;
    m_scope = std::move(scope);
    askAnew();
}

void SignalsFeed::setAsOf(Instant at) {
    if (m_scope.asOf == at) return;
    m_scope.asOf = at;
    askAnew();
}

void SignalsFeed::setWatched(bool on) {
    m_watched = on;
    if (!on) return m_clock.stop();
    m_clock.start();
    if (!m_dirty.empty()) m_pacer.hurry();
}

engine::SignalScope SignalsFeed::fullScope() const {
    auto scope = m_scope;
    const auto now = scope.asOf ? scope.asOf : m_bridge.now();
    std::tie(scope.from, scope.to) = spanOf(m_period, now, m_bridge.catalogue()->timeZone());
    return scope;
}

// As many days before, or the month before; as things stood at its end.
engine::SignalScope SignalsFeed::before(const engine::SignalScope& scope) const {
    auto out = scope;
    out.to = scope.from;
    if (m_period.usual == SignalPeriod::Usual::ThisMonth || m_period.usual == SignalPeriod::Usual::LastMonth) {
        SignalPeriod month;
        month.usual = SignalPeriod::Usual::LastMonth;
        out.from = spanOf(month, scope.from, m_bridge.catalogue()->timeZone()).first;
    } else {
        out.from = scope.from - (scope.to - scope.from);
    }
    out.asOf = scope.from - Millis{1};
    return out;
}

void SignalsFeed::askAnew() {
    ++m_epoch;
    m_dirty = m_kinds;
    if (m_watched && !m_dirty.empty()) m_pacer.hurry();
}

void SignalsFeed::touchAll() {
    m_dirty = m_kinds;
    if (m_watched && !m_dirty.empty()) m_pacer.touch();
}

void SignalsFeed::touch(const ChangeSet& changes) {
    if (changes.everything || changes.catalogue) return touchAll();
    std::uint64_t all = 0;
    for (const auto& [key, mask] : changes.cases) all |= mask;
    if (all == 0) return;
    const auto known = m_dirty.size();
    for (const auto kind : m_kinds)
        if ((concerns(kind) & all) != 0) m_dirty.insert(kind);
    if (m_watched && m_dirty.size() > known) m_pacer.touch();
}

void SignalsFeed::touchPatterns() {
    if (!m_kinds.contains(FigureKind::HotSpots) || m_scope.asOf) return;
    m_dirty.insert(FigureKind::HotSpots);
    if (m_watched) m_pacer.touch();
}

void SignalsFeed::ask() {
    const std::vector kinds(m_dirty.begin(), m_dirty.end());
    if (kinds.empty()) return m_pacer.answered();
    m_dirty.clear();
    ++m_asking;
    std::vector<engine::SignalQuestion> questions;
    std::vector<Asked> asked;
    const auto scope = fullScope();
    const bool part = !scope.departments.empty() || !scope.services.empty() || !scope.areas.empty();
    const auto add = [&](FigureKind kind, engine::SignalScope of) {
        questions.push_back({kind, std::move(of), {}, false, {}});
        return static_cast<int>(questions.size()) - 1;
    };
    for (const auto kind : kinds) {
        Asked one{kind, add(kind, scope), add(kind, before(scope))};
        if (part) {
            auto city = scope;
            city.departments.clear(), city.services.clear(), city.areas.clear();
            one.city = add(kind, std::move(city));
        }
        if (rules::signals::hasUsualDays(kind)) {
            auto weeks = scope;
            weeks.to = scope.from;
            weeks.from =
                engine::dayStart(scope.from, m_bridge.catalogue()->timeZone(), -7 * rules::signals::kUsualWeeks);
            one.weeks = add(kind, std::move(weeks));
        }
        asked.push_back(one);
    }
    m_bridge.figures(std::move(questions), 0, this,
                     [this, asked = std::move(asked), epoch = m_epoch](const Result<engine::FiguresPtr>& figures) {
                         take(asked, figures, epoch);
                     });
}

void SignalsFeed::take(const std::vector<Asked>& asked, const Result<engine::FiguresPtr>& figures,
                       std::uint64_t epoch) {
    --m_asking;
    m_pacer.answered();
    if (epoch != m_epoch) return;  // a newer question asks for all of them
    if (!figures) return Q_EMIT failed(figures.error());
    const auto& all = **figures;
    const auto of = [&](int index) -> const rules::signals::Figure& { return all[static_cast<std::size_t>(index)]; };
    QList<int> told;
    for (const auto& a : asked) {
        if (!m_kinds.contains(a.kind)) continue;
        auto& one = m_figures[a.kind];
        one.now = of(a.now);
        one.before = of(a.before);
        if (a.city >= 0) one.city = of(a.city);
        else one.city.reset();
        one.usual.clear();
        if (const auto* own = seriesThatCounts(one.now))
            if (const auto* weeks = a.weeks >= 0 ? seriesThatCounts(of(a.weeks)) : nullptr)
                one.usual = rules::signals::expectedDays(*weeks, *own, one.now.asOf, m_bridge.catalogue()->timeZone());
        told << static_cast<int>(a.kind);
    }
    Q_EMIT counted(told);
}

const ComparedFigure* SignalsFeed::figure(FigureKind kind) const {
    const auto at = m_figures.find(kind);
    return at == m_figures.end() ? nullptr : &at->second;
}

void SignalsFeed::cases(FigureKind kind, std::optional<std::string> group, QObject* context,
                        std::function<void(const Result<engine::FiguresPtr>&)> answer) {
    m_bridge.figures({{kind, fullScope(), {}, true, std::move(group)}}, FigureCasesSlot, context, std::move(answer));
}

}  // namespace wl::ui
