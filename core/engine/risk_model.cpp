// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/risk_model.hpp"

#include <algorithm>

namespace wl::engine {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr double kCalm = 0.8, kBusy = 1.25;  // of the usual number of open cases
constexpr double kLean = 60;                 // cases that the coarser group counts for
constexpr int kPoints = 64;                  // at which they lie
constexpr double kSameShare = 0.998;         // steps smaller than this are made one

}  // namespace

// A group's name: the level in the top bits, what it goes by below.
std::uint64_t RiskModel::groupOf(const LifeSample& kind, int load, int level) {
    const auto part = [](std::int32_t code) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(code)) & 0xffffffU;
    };
    const auto named = static_cast<std::uint64_t>(level) << 60;
    if (level == 4) return named;
    if (level == 3) return named | part(kind.service) << 24;
    const auto place = named | part(kind.service) << 24 | part(level == 0 ? kind.area : kind.department);
    return level == 2 ? place : place | static_cast<std::uint64_t>(load) << 48;
}

void RiskModel::countDays(std::span<const LifeSample> samples) {
    struct Span {
        std::int64_t first, last;
    };
    std::unordered_map<std::int32_t, Span> spans;
    const auto endOf = [](const LifeSample& s) { return (s.requested + std::max<std::int64_t>(0, s.lasted)) / kDay; };
    for (const auto& s : samples) {
        const auto day = s.requested / kDay;
        const auto [found, fresh] = spans.try_emplace(s.department, Span{day, day});
        if (!fresh) found->second = {std::min(found->second.first, day), std::max(found->second.last, day)};
    }
    m_days.clear();
    for (const auto& [department, span] : spans)
        m_days[department] = {span.first,
                              std::vector<std::int32_t>(static_cast<std::size_t>(span.last - span.first) + 2), 0};
    for (const auto& s : samples) {
        auto& days = m_days[s.department];
        const auto last = static_cast<std::int64_t>(days.open.size()) - 1;
        ++days.open[static_cast<std::size_t>(s.requested / kDay - days.first)];
        if (const auto gone = endOf(s) + 1 - days.first; gone <= last) --days.open[static_cast<std::size_t>(gone)];
    }
    for (auto& [department, days] : m_days) {
        days.open.pop_back();
        for (std::size_t i = 1; i < days.open.size(); ++i) days.open[i] += days.open[i - 1];
        auto sorted = days.open;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::ranges::nth_element(sorted, middle);
        days.usual = *middle;
    }
}

// 0 calm, 1 as usual, 2 busy.
int RiskModel::loadOf(const LifeSample& kind) const {
    const auto found = m_days.find(kind.department);
    if (found == m_days.end()) return 1;
    const auto& days = found->second;
    const auto at = std::clamp<std::int64_t>(kind.requested / kDay - days.first, 0,
                                             static_cast<std::int64_t>(days.open.size()) - 1);
    const auto open = static_cast<double>(days.open[static_cast<std::size_t>(at)]);
    return open < kCalm * days.usual ? 0 : open > kBusy * days.usual ? 2 : 1;
}

double RiskModel::Curve::survival(std::int64_t t) const {
    const auto next = std::ranges::upper_bound(at, t);
    if (next == at.begin()) return 1;
    return survives[static_cast<std::size_t>(next - at.begin()) - 1];
}

std::size_t RiskModel::Curve::step(double share) const {
    const auto found = std::ranges::partition_point(survives, [&](float s) { return static_cast<double>(s) > share; });
    return static_cast<std::size_t>(found - survives.begin());
}

std::int64_t RiskModel::Curve::when(double share) const {
    const auto found = step(share);
    return found == at.size() ? 0 : at[found];
}

RiskModel::Curve RiskModel::curveOf(std::span<const Life> lives, const Curve* coarser) {
    struct Point {
        std::int64_t at;
        double weight;
        bool finished;
    };
    std::vector<Point> points;
    points.reserve(lives.size() + kPoints);
    for (const auto& life : lives) points.push_back({life.lasted, 1, life.finished});
    if (coarser != nullptr) {
        for (int i = 0; i < kPoints; ++i) {
            const auto step = coarser->step(1 - (i + 0.5) / kPoints);
            const bool ends = step < coarser->at.size();
            points.push_back({ends ? coarser->at[step] : coarser->at.back() + 1, kLean / kPoints, ends});
        }
        std::ranges::stable_sort(points, {}, &Point::at);
    }
    double seen = 0;
    for (const auto& p : points) seen += p.weight;
    Curve out;
    double survives = 1;
    for (std::size_t i = 0; i < points.size();) {
        const auto t = points[i].at;
        double gone = 0, finished = 0;
        for (; i < points.size() && points[i].at == t; ++i) {
            gone += points[i].weight;
            if (points[i].finished) finished += points[i].weight;
        }
        const double left = i < points.size() ? seen - gone : 0;
        if (finished > 0) {
            survives = finished >= seen || (left <= 0 && finished >= gone) ? 0 : survives * (1 - finished / seen);
            const double last = out.survives.empty() ? 1.0 : static_cast<double>(out.survives.back());
            if (survives <= last * kSameShare) {
                out.at.push_back(t);
                out.survives.push_back(static_cast<float>(survives));
                out.left.push_back(static_cast<float>(left));
            }
        }
        seen = left;
    }
    out.finished = static_cast<int>(std::ranges::count_if(lives, &Life::finished));
    return out;
}

void RiskModel::learn(std::span<const LifeSample> samples) {
    m_curves.clear();
    countDays(samples);
    std::vector<std::uint8_t> loads;
    loads.reserve(samples.size());
    for (const auto& s : samples) loads.push_back(static_cast<std::uint8_t>(loadOf(s)));
    struct Member {
        std::uint64_t coarser;
        Life life;
    };
    std::vector<Member> members;
    std::vector<Life> lives;
    members.reserve(samples.size());
    for (int level = kLevels - 1; level >= 0; --level) {
        members.clear();
        for (std::size_t i = 0; i < samples.size(); ++i)
            members.push_back({groupOf(samples[i], loads[i], std::min(level + 1, kLevels - 1)),
                               {groupOf(samples[i], loads[i], level), std::max<std::int64_t>(0, samples[i].lasted),
                                samples[i].finished}});
        std::ranges::sort(members, {}, &Member::life);
        for (std::size_t from = 0; from < members.size();) {
            const auto group = members[from].life.group;
            const auto coarser = m_curves.find(members[from].coarser);
            lives.clear();
            for (; from < members.size() && members[from].life.group == group; ++from)
                lives.push_back(members[from].life);
            if (std::ranges::count_if(lives, &Life::finished) >= kEnough)
                m_curves.emplace(group, curveOf(lives, coarser == m_curves.end() ? nullptr : &coarser->second));
        }
    }
}

const RiskModel::Curve* RiskModel::curveFor(const LifeSample& kind, int* level) const {
    const int load = loadOf(kind);
    for (*level = 0; *level < kLevels; ++*level)
        if (const auto found = m_curves.find(groupOf(kind, load, *level)); found != m_curves.end())
            return &found->second;
    return nullptr;
}

std::optional<double> RiskModel::chanceOver(const LifeSample& kind, Millis age, Millis limit) const {
    if (limit <= age) return 1.0;
    int level = 0;
    const auto* curve = curveFor(kind, &level);
    if (curve == nullptr) return std::nullopt;
    const auto now = curve->survival(age.count());
    if (now <= 0) return std::nullopt;  // none has lasted so long: nothing is known of it
    return curve->survival(limit.count()) / now;
}

std::optional<Millis> RiskModel::likelyOverFrom(const LifeSample& kind, Millis limit) const {
    int level = 0;
    const auto* curve = curveFor(kind, &level);
    if (curve == nullptr) return std::nullopt;
    const auto over = curve->survival(limit.count());
    if (over >= 0.5) return Millis{0};
    // S(limit) / S(age) only grows with age.
    const auto step = over > 0 ? curve->step(2 * over) : curve->at.size();
    if (step == curve->at.size() || static_cast<double>(curve->left[step]) < kFewest ||
        curve->at[step] >= limit.count())
        return std::nullopt;
    return Millis{curve->at[step]};
}

std::optional<Forecast> RiskModel::forecast(const LifeSample& kind, Millis age) const {
    Forecast out;
    const auto* curve = curveFor(kind, &out.level);
    if (curve == nullptr) return std::nullopt;
    const auto now = curve->survival(age.count());
    if (now <= 0) return std::nullopt;
    out.early = Millis{curve->when(0.9 * now)};
    out.middle = Millis{curve->when(0.5 * now)};
    out.late = Millis{curve->when(0.1 * now)};
    out.cases = curve->finished;
    return out;
}

}  // namespace wl::engine
