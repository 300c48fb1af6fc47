// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "rules/signals/figure.hpp"

namespace wl::rules::signals {

std::uint32_t nearestRank(std::vector<std::uint32_t>& values, double q) {
    if (values.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size()) - 1e-9));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
    std::ranges::nth_element(values, at);
    return *at;
}

Tally::Tally(FigureKind kind, Scope scope)
    : m_scope(std::move(scope)), m_now(m_scope.now()), m_kind(kind), m_by(m_scope.by.value_or(figureSpec(kind).by)),
      m_steps(m_scope.buckets.size()) {}

std::int32_t Tally::groupOf(const CaseLife& life) const {
    switch (m_by) {
        case By::Department: return life.department;
        case By::Service: return life.service;
        case By::Area: return life.area;
        case By::Channel: return static_cast<std::int32_t>(life.channel);
        case By::Crew: return life.crew;
        case By::Owner: return life.owner;
        case By::Band:
        case By::Reason:
        case By::Pattern: break;
    }
    return 0;
}

Tally::Sum& Tally::sum(std::int32_t group) {
    const auto at = static_cast<std::size_t>(std::max(group, 0));
    if (at >= m_sums.size()) m_sums.resize(at + at / 2 + 8);
    return m_sums[at];
}

void Tally::remember(const CaseLife& life, std::int32_t group, bool counted) {
    if (!m_scope.collect || (m_scope.group >= 0 && m_scope.group != group)) return;
    m_seen.push_back({life.requested, life.key, counted});
}

int Tally::bucketOf(Second at) const {
    const auto after = std::ranges::upper_bound(m_scope.buckets, at);
    return static_cast<int>(after - m_scope.buckets.begin()) - 1;
}

FigureSeries Tally::seriesOf(std::string name, const std::vector<std::int64_t>& counts) const {
    FigureSeries out{std::move(name), {}};
    for (std::size_t i = 0; i < m_scope.buckets.size() && i < counts.size(); ++i)
        if (m_scope.buckets[i] <= m_now)
            out.points.push_back({m_scope.buckets[i], static_cast<double>(counts[i]), counts[i]});
    return out;
}

FigureSeries Tally::stepSeries(std::string name, double secondsPerUnit) {
    FigureSeries out{std::move(name), {}};
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        auto& s = m_steps[i];
        const auto n = secondsPerUnit > 0 ? static_cast<std::int64_t>(s.lengths.size()) : s.denominator;
        if (n == 0) continue;
        const auto value = secondsPerUnit > 0 ? nearestRank(s.lengths, 0.5) / secondsPerUnit
                                              : static_cast<double>(s.numerator) / static_cast<double>(s.denominator);
        out.points.push_back({m_scope.buckets[i], value, n});
    }
    return out;
}

void Tally::count(const CaseLife& life, std::int32_t group, Second at, bool counted) {
    auto& s = sum(group);
    ++s.denominator;
    s.numerator += counted ? 1 : 0;
    if (const auto step = bucketOf(at); step >= 0) {
        ++m_steps[static_cast<std::size_t>(step)].denominator;
        m_steps[static_cast<std::size_t>(step)].numerator += counted ? 1 : 0;
    }
    remember(life, group, counted);
}

void Tally::measure(const CaseLife& life, std::int32_t group, Second at, Second length) {
    const auto seconds = static_cast<std::uint32_t>(std::clamp<Second>(length, 0, 0xffff'ffffLL));
    sum(group).lengths.push_back(seconds);
    if (const auto step = bucketOf(at); step >= 0) m_steps[static_cast<std::size_t>(step)].lengths.push_back(seconds);
    remember(life, group, false);
}

void Tally::concludeCounts(Figure& f) {
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const auto& s = m_sums[i];
        if (s.denominator == 0) continue;
        FigureGroup g;
        g.number = static_cast<std::int32_t>(i);
        g.value = static_cast<double>(s.denominator);
        g.numerator = g.denominator = g.n = s.denominator;
        f.n += s.denominator;
        f.groups.push_back(std::move(g));
    }
    f.empty = false;
    f.numerator = f.denominator = f.n;
    f.value = static_cast<double>(f.n);
}

void Tally::concludeShares(Figure& f) {
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const auto& s = m_sums[i];
        if (s.denominator == 0) continue;
        FigureGroup g;
        g.number = static_cast<std::int32_t>(i);
        g.numerator = s.numerator;
        g.denominator = g.n = s.denominator;
        g.value = static_cast<double>(s.numerator) / static_cast<double>(s.denominator);
        g.few = g.n < kFew;
        f.numerator += s.numerator;
        f.denominator += s.denominator;
        f.groups.push_back(std::move(g));
    }
    f.n = f.denominator;
    f.empty = f.denominator == 0;
    f.value = f.empty ? 0 : static_cast<double>(f.numerator) / static_cast<double>(f.denominator);
}

void Tally::concludeLengths(Figure& f, double secondsPerUnit) {
    std::vector<std::uint32_t> all;
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        auto& s = m_sums[i];
        if (s.lengths.empty()) continue;
        FigureGroup g;
        g.number = static_cast<std::int32_t>(i);
        g.n = g.denominator = static_cast<std::int64_t>(s.lengths.size());
        all.insert(all.end(), s.lengths.begin(), s.lengths.end());
        g.value = nearestRank(s.lengths, 0.5) / secondsPerUnit;
        g.p90 = nearestRank(s.lengths, 0.9) / secondsPerUnit;
        g.few = g.n < kFew;
        f.groups.push_back(std::move(g));
    }
    f.n = f.denominator = static_cast<std::int64_t>(all.size());
    f.empty = all.empty();
    f.value = nearestRank(all, 0.5) / secondsPerUnit;
    if (!f.empty) f.parts.push_back({"p90", nearestRank(all, 0.9) / secondsPerUnit, 0, f.n});
}

Figure Tally::finish() {
    Figure f;
    const auto& spec = figureSpec(m_kind);
    f.kind = m_kind;
    f.unit = spec.unit;
    f.by = m_by;
    f.from = m_scope.from;
    f.to = m_scope.to;
    f.asOf = m_now;
    conclude(f);
    std::ranges::sort(m_seen, [](const Seen& a, const Seen& b) {
        return std::tie(a.requested, a.key, b.counted) < std::tie(b.requested, b.key, a.counted);
    });
    for (const auto& seen : m_seen) {
        // A case may count more than once, as with two closings.
        if (f.cases.empty() || f.cases.back() != seen.key) f.cases.push_back(seen.key);
        if (seen.counted && (f.counted.empty() || f.counted.back() != seen.key)) f.counted.push_back(seen.key);
    }
    return f;
}

}  // namespace wl::rules::signals
