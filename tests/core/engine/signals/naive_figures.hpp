// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figures by plain loops over cases folded from their ops, sharing nothing with the tallies.
#include <cmath>
#include <map>

#include "core/engine/signals/lived_city.hpp"

namespace wl::test {

struct Naive {
    std::int64_t numerator{}, denominator{};
    std::vector<std::int64_t> lengths;
    void length(Second from, Second to) { lengths.push_back(std::max<Second>(0, to - from)); }
    [[nodiscard]] std::int64_t rank(int percent) {
        std::ranges::sort(lengths);
        const auto n = static_cast<std::int64_t>(lengths.size());
        return lengths[static_cast<std::size_t>((n * percent + 99) / 100 - 1)];
    }
};

inline Naive naive(FigureKind kind, const std::vector<std::pair<CaseState, DerivedCase>>& all, Second from, Second to,
                   Instant now) {
    Naive out;
    const auto in = [&](Second at) { return at >= from && at < to && at <= secondOf(now); };
    const auto one = [&](bool counts, bool top = true) {
        if (!counts) return;
        ++out.denominator;
        out.numerator += top ? 1 : 0;
    };
    for (const auto& [s, d] : all) {
        const auto requested = secondOf(s.instant(CaseField::RequestedAt)), closed = secondOf(s.closedAt),
                   done = secondOf(s.workDoneAt), due = secondOf(d.due);
        const auto state = slaStateAt(d, now);
        switch (kind) {
            case FigureKind::Opened: one(in(requested)); break;
            case FigureKind::Council: one(in(requested) && s.number(CaseField::FirstChannel) == 8); break;
            case FigureKind::Closed: one(closed != 0 && in(closed)); break;
            case FigureKind::Backlog: one(s.status != Status::Closed); break;
            case FigureKind::WorkDone:
                if (done != 0 && in(done)) out.length(requested, done);
                break;
            case FigureKind::TimeToClose:
                if (closed != 0 && in(closed)) out.length(requested, closed);
                break;
            case FigureKind::FirstResponse:
                if (s.firstResponseAt && in(secondOf(s.firstResponseAt)))
                    out.length(requested, secondOf(s.firstResponseAt));
                break;
            case FigureKind::OnTime:
                if (state == SlaState::Met) one(in(done), true);
                else if (state == SlaState::Breached) one(in(due), false);
                break;
            case FigureKind::Overdue: one(d.settled == SlaState::OnTrack && state == SlaState::Breached); break;
            case FigureKind::AtRisk: one(state == SlaState::AtRisk); break;
            case FigureKind::Reopened: {
                std::vector<std::pair<Second, bool>> steps;  // when, closes
                for (const auto& e : s.history)
                    if (e.effective) steps.emplace_back(secondOf(e.at), e.to == Status::Closed);
                for (std::size_t i = 0; i < steps.size(); ++i) {
                    if (!steps[i].second) continue;
                    const bool again = i + 1 < steps.size() && steps[i + 1].first - steps[i].first <= 30 * kDayS;
                    one(in(steps[i].first), again);
                }
                break;
            }
            case FigureKind::HandOffs:
                for (const auto& h : s.handOffs)
                    one(h.stamp.dot.seq != 0 && h.answer == HandOffAnswer::Accepted && in(secondOf(h.answeredAt)));
                break;
            case FigureKind::Duplicates:
                for (const auto& r : s.reports) one(in(secondOf(r.at)));
                one(s.status == Status::Closed && s.statusReason == "duplicate" && in(closed));
                break;
            case FigureKind::DueSoon:
                one(d.settled == SlaState::OnTrack && (state == SlaState::OnTrack || state == SlaState::AtRisk) &&
                    d.due.ms - now.ms <= kDayS * 1000);
                break;
            case FigureKind::Workload: one(s.status != Status::Closed); break;
            case FigureKind::Ageing:
            case FigureKind::Oldest:
                if (s.status != Status::Closed) out.length(requested, secondOf(now));
                break;
            case FigureKind::Held: {
                std::vector<Second> taken;
                for (const auto& h : s.handOffs)
                    if (h.stamp.dot.seq != 0 && h.answer == HandOffAnswer::Accepted)
                        taken.push_back(secondOf(h.answeredAt));
                std::ranges::sort(taken);
                for (std::size_t i = 1; i < taken.size(); ++i)
                    if (in(taken[i])) out.length(taken[i - 1], taken[i]);
                if (closed != 0 && in(closed)) out.length(taken.empty() ? requested : taken.back(), closed);
                break;
            }
            case FigureKind::MessagesSent:
                for (const auto& m : s.messages) one(m.isWritten() && m.sentAt && in(secondOf(m.sentAt)));
                break;
            case FigureKind::MessagesKept:
                for (const auto& m : s.messages) {
                    if (!m.isWritten()) continue;
                    Instant kept = m.first == MessageState::Suppressed ? m.at : Instant{};
                    for (const auto& step : m.steps)
                        if (!kept && step.effective && step.to == MessageState::Suppressed) kept = step.at;
                    one(kept && in(secondOf(kept)));
                }
                break;
            case FigureKind::Fairness:
            case FigureKind::HotSpots: break;
        }
    }
    return out;
}

inline std::string compare(FigureKind kind, const Figure& f, Naive expected, double perUnit) {
    const std::string name(figureSpec(kind).name);
    const auto differs = [&](const char* what, double is, double should) {
        return name + ' ' + what + ": " + std::to_string(is) + ", from the log " + std::to_string(should);
    };
    if (kind == FigureKind::Oldest && f.n > 0) {
        std::ranges::sort(expected.lengths);
        const auto oldest = static_cast<double>(expected.lengths.back()) / perUnit;
        return f.value == oldest ? std::string() : differs("greatest age", f.value, oldest);
    }
    if (perUnit > 0) {
        if (f.n != static_cast<std::int64_t>(expected.lengths.size()))
            return differs("n", static_cast<double>(f.n), static_cast<double>(expected.lengths.size()));
        if (f.n == 0) return {};
        if (const auto should = static_cast<double>(expected.rank(50)) / perUnit; f.value != should)
            return differs("median", f.value, should);
        if (const auto should = static_cast<double>(expected.rank(90)) / perUnit; f.parts.at(0).value != should)
            return differs("p90", f.parts.at(0).value, should);
        return {};
    }
    const bool standing = kind == FigureKind::Overdue || kind == FigureKind::AtRisk || kind == FigureKind::DueSoon ||
                          kind == FigureKind::Workload;
    const auto n = standing ? f.n : f.denominator;
    if (n != expected.denominator)
        return differs("n", static_cast<double>(n), static_cast<double>(expected.denominator));
    if (f.numerator != expected.numerator)
        return differs("numerator", static_cast<double>(f.numerator), static_cast<double>(expected.numerator));
    std::int64_t sum = 0;
    for (const auto& g : f.groups) sum += g.n;
    if (sum != f.n) return differs("sum of groups", static_cast<double>(sum), static_cast<double>(f.n));
    return {};
}

struct NaiveWait {
    std::int64_t all{}, n{};
    double ratio{};
};

/// By area: how many times as long as the city it waits, service by service, weighted by the city's mix.
inline std::map<std::string, NaiveWait> naiveFairness(const std::vector<std::pair<CaseState, DerivedCase>>& all,
                                                      Second now) {
    std::map<std::string, std::vector<std::int64_t>> city;
    std::map<std::string, std::map<std::string, std::vector<std::int64_t>>> areas;
    for (const auto& [s, d] : all) {
        const auto done = s.workDoneAt ? s.workDoneAt : s.closedAt;
        const auto area = s.text(CaseField::Area), service = s.text(CaseField::Service);
        if (!done || secondOf(done) > now || area.empty()) continue;
        const auto length = std::max<Second>(0, secondOf(done) - secondOf(s.instant(CaseField::RequestedAt)));
        city[service].push_back(length);
        areas[area][service].push_back(length);
    }
    const auto middle = [](std::vector<std::int64_t> v) {
        std::ranges::sort(v);
        return std::max<double>(60, static_cast<double>(v[(v.size() + 1) / 2 - 1]));
    };
    std::map<std::string, NaiveWait> out;
    for (const auto& [area, services] : areas) {
        auto& one = out[area];
        double log = 0, weights = 0;
        for (const auto& [service, lengths] : services) {
            one.all += static_cast<std::int64_t>(lengths.size());
            if (lengths.size() < 5) continue;
            one.n += static_cast<std::int64_t>(lengths.size());
            const auto weight = static_cast<double>(city[service].size());
            log += weight * std::log(middle(lengths) / middle(city[service]));
            weights += weight;
        }
        if (weights > 0) one.ratio = std::exp(log / weights);
    }
    return out;
}

}  // namespace wl::test
