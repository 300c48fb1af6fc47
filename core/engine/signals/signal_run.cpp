// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <map>

#include "engine/signals/patterns.hpp"

namespace wl::engine {
namespace {

using namespace rules::signals;

constexpr std::size_t kSlice = 50'000;
constexpr std::int64_t kLongestByDay = 93, kLongestByMonth = 12 * 31 * 12;

std::chrono::year_month_day dateOf(DayNumber day) { return std::chrono::sys_days{std::chrono::days{day}}; }
Second startOf(DayNumber day, const TimeZone& zone) { return secondOf(zone.toUtc(LocalTime::of(day))); }

Result<std::vector<bool>> numbersOf(const std::vector<std::string>& codes, store::FacetReader& terms) {
    std::vector<bool> out;
    for (const auto& code : codes) {
        WL_TRY(const auto term, terms.term(code));
        if (term < 0) {  // used by no case: the list still must not mean "all"
            if (out.empty()) out.resize(1);
            continue;
        }
        if (out.size() <= static_cast<std::size_t>(term)) out.resize(static_cast<std::size_t>(term) + 1);
        out[static_cast<std::size_t>(term)] = true;
    }
    return out;
}

std::string bandKey(std::int32_t band) {
    const auto at = static_cast<std::size_t>(band);
    const auto from = at == 0 ? 0 : kAgeBands[at - 1];
    if (at >= kAgeBands.size()) return std::to_string(from) + "+";
    return std::to_string(from) + "-" + std::to_string(kAgeBands[at]);
}

Result<std::int32_t> groupNumber(By by, const std::string& key, store::FacetReader& terms) {
    if (by == By::Channel) {
        const auto channel = channelFromCode(key);
        return channel ? static_cast<std::int32_t>(*channel) : 0;
    }
    if (by == By::Reason) {
        const auto at = std::ranges::find(kKeptBackReasons, key);
        if (at == kKeptBackReasons.end()) return fail(ErrorKind::Input, "signals.group", key);
        return static_cast<std::int32_t>(at - kKeptBackReasons.begin());
    }
    if (by == By::Band) {
        for (std::int32_t band = 0; band <= static_cast<std::int32_t>(kAgeBands.size()); ++band)
            if (bandKey(band) == key) return band;
        return fail(ErrorKind::Input, "signals.group", key);
    }
    WL_TRY(const auto term, terms.term(key));
    if (term < 0) return fail(ErrorKind::Input, "signals.group", key);
    return term;
}

std::string labelOf(By by, const std::string& key, const rules::Catalogue& catalogue) {
    switch (by) {
        case By::Department: return catalogue.departmentName(key);
        case By::Service: return catalogue.serviceName(key);
        case By::Crew: return catalogue.crewName(key);
        case By::Owner: return catalogue.staffName(key);
        case By::Area:
        case By::Channel:
        case By::Band:
        case By::Reason:
        case By::Pattern: break;
    }
    return key;
}

}  // namespace

Instant dayStart(Instant at, const TimeZone& zone, int daysLater) {
    return zone.toUtc(LocalTime::of(zone.toLocal(at).day() + daysLater));
}

std::vector<Second> bucketsOf(Second from, Second to, const TimeZone& zone) {
    std::vector<Second> out;
    if (to <= from) return out;
    out.push_back(from);
    const auto first = zone.toLocal({from * 1000}).day(), last = zone.toLocal({(to - 1) * 1000}).day();
    const auto days = last - first + 1;
    if (days <= kLongestByDay) {
        for (auto day = first + 1; day <= last; ++day) out.push_back(startOf(day, zone));
        return out;
    }
    const auto step = days <= kLongestByMonth ? std::chrono::months{1} : std::chrono::months{12};
    const auto date = dateOf(first);
    std::chrono::year_month month = date.year() / (step.count() == 1 ? date.month() : std::chrono::January);
    while (true) {
        month += step;
        const auto day = std::chrono::sys_days{month / 1}.time_since_epoch().count();
        if (day > last) return out;
        out.push_back(startOf(static_cast<DayNumber>(day), zone));
    }
}

Result<std::unique_ptr<SignalRun>> SignalRun::begin(const std::vector<SignalQuestion>& questions, Instant now,
                                                    store::FacetReader& terms, rules::CataloguePtr catalogue,
                                                    PatternsPtr patterns) {
    auto run = std::make_unique<SignalRun>();
    const auto& zone = catalogue->timeZone();
    for (const auto& q : questions) {
        Scope scope;
        const auto at = q.scope.asOf ? q.scope.asOf : now;
        scope.nowMs = at.ms;
        const auto to = q.scope.to ? q.scope.to : dayStart(at, zone, 1);
        const auto from = q.scope.from ? q.scope.from : dayStart(to - Millis{1}, zone, -29);
        if (to <= from) return fail(ErrorKind::Input, "signals.period", "to", isoInstant(to));
        scope.from = secondOf(from);
        scope.to = secondOf(to);
        WL_TRY(scope.departments, numbersOf(q.scope.departments, terms));
        WL_TRY(scope.services, numbersOf(q.scope.services, terms));
        WL_TRY(scope.areas, numbersOf(q.scope.areas, terms));
        scope.by = q.by;
        scope.buckets = bucketsOf(scope.from, scope.to, zone);
        scope.collect = q.cases;
        if (q.group && q.kind != FigureKind::HotSpots) {
            WL_TRY(scope.group, groupNumber(q.by.value_or(figureSpec(q.kind).by), *q.group, terms));
        }
        One one;
        one.asOf = q.scope.asOf ? secondOf(q.scope.asOf) : 0;
        if (q.kind == FigureKind::HotSpots) {
            one.question = q;
            const auto& spec = figureSpec(q.kind);
            one.blank.kind = q.kind, one.blank.unit = spec.unit, one.blank.by = spec.by;
            one.blank.from = scope.from, one.blank.to = scope.to, one.blank.asOf = scope.now();
        } else {
            one.tally = Tally::make(q.kind, std::move(scope));
        }
        run->m_all.push_back(std::move(one));
    }
    run->m_patterns = std::move(patterns);
    run->m_catalogue = std::move(catalogue);
    run->lookForWholeCity();
    return run;
}

// A pattern of the whole city names no members: they are all cases of its service in its window.
void SignalRun::lookForWholeCity() {
    if (!m_patterns || std::ranges::none_of(m_all, [](const One& one) { return one.question.cases; })) return;
    for (std::size_t i = 0; i < m_patterns->list.size(); ++i) {
        const auto& spot = m_patterns->list[i].spot;
        if (spot.cityWide)
            m_wanted.push_back(
                {i, static_cast<std::int32_t>(spot.service), secondOf(spot.from), secondOf(spot.to), {}});
    }
}

bool SignalRun::step(const CaseIndex& index, const SignalBook& book) {
    if (m_wanted.empty() && std::ranges::none_of(m_all, [](const One& one) { return one.tally != nullptr; }))
        return true;
    const auto end = std::min(m_next + kSlice, index.slots());
    CaseLife life, past;
    for (auto slot = m_next; slot < end; ++slot) {
        if (!book.lifeOf(index, slot, life)) continue;
        for (auto& w : m_wanted)
            if (life.service == w.service && life.requested >= w.from && life.requested <= w.to)
                w.cases.push_back(life.key);
        Second known = -1;
        bool there = false;
        for (const auto& one : m_all) {
            if (!one.tally) continue;
            if (one.asOf == 0) {
                one.tally->take(life);
                continue;
            }
            if (one.asOf != known) {
                known = one.asOf;
                const auto stood = asOf(life, known);
                there = stood.has_value();
                if (there) past = *stood;
            }
            if (there) one.tally->take(past);
        }
    }
    m_next = std::max(m_next, end);
    return m_next >= index.slots();
}

Result<FiguresPtr> SignalRun::finish(store::FacetReader& terms) {
    if (!m_wanted.empty()) {
        auto whole = std::make_shared<Patterns>(*m_patterns);
        for (auto& w : m_wanted) whole->list[w.pattern].cases = std::move(w.cases);
        m_patterns = std::move(whole);
    }
    auto out = std::make_shared<std::vector<Figure>>();
    for (const auto& one : m_all) {
        if (one.tally) {
            out->push_back(one.tally->finish());
            WL_CHECK(name(out->back(), terms));
        } else {
            out->push_back(patternFigure(m_patterns.get(), one.question, one.blank, *m_catalogue));
        }
    }
    return out;
}

Result<void> SignalRun::name(Figure& f, store::FacetReader& terms) const {
    for (auto& g : f.groups) {
        if (f.by == By::Band) g.key = bandKey(g.number);
        else if (f.by == By::Reason) g.key = kKeptBackReasons[static_cast<std::size_t>(g.number)];
        else if (f.by == By::Channel) g.key = g.number == 0 ? "" : std::string(code(static_cast<Channel>(g.number)));
        else { WL_TRY(g.key, terms.text(g.number)); }
        g.label = labelOf(f.by, g.key, *m_catalogue);
        if (f.kind == FigureKind::Workload && f.by == By::Crew)
            if (const auto* crew = m_catalogue->crew(g.key)) f.denominator += g.denominator = crew->capacity;
    }
    if (f.by == By::Band) return {};
    std::map<std::string, int> named;  // two codes may have one name
    for (const auto& g : f.groups) ++named[g.label];
    for (auto& g : f.groups)
        if (named[g.label] > 1) g.label += " (" + g.key + ")";
    const bool byValue = !isCount(f.unit);
    std::ranges::stable_sort(f.groups, [&](const FigureGroup& a, const FigureGroup& b) {
        if (a.few != b.few) return b.few;  // too few to be ranked stand last
        if (!byValue) return std::tie(b.n, a.key) < std::tie(a.n, b.key);
        const bool low = f.kind == FigureKind::OnTime;  // the worst first
        return low ? std::tie(a.value, b.n) < std::tie(b.value, a.n) : std::tie(b.value, b.n) < std::tie(a.value, a.n);
    });
    return {};
}

}  // namespace wl::engine
