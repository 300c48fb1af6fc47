// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/risk_model.hpp"

#include <algorithm>

namespace wl::engine {
namespace {

constexpr int kLevels = 4;

// A group's name: the level in the top bits, what it goes by below.
std::uint64_t keyOf(const LifeSample& s, int level) {
    const auto service = static_cast<std::uint64_t>(static_cast<std::uint32_t>(s.service) & 0xffffffU);
    const auto other =
        static_cast<std::uint64_t>(static_cast<std::uint32_t>(level == 0 ? s.area : s.department) & 0xffffffU);
    const auto named = static_cast<std::uint64_t>(level) << 60;
    if (level == 3) return named;
    if (level == 2) return named | service << 24;
    return named | service << 24 | other;
}

}  // namespace

double RiskModel::Curve::survival(std::int64_t t) const {
    const auto next = std::ranges::upper_bound(at, t);
    if (next == at.begin()) return 1;
    return survives[static_cast<std::size_t>(next - at.begin()) - 1];
}

std::int64_t RiskModel::Curve::when(double share) const {
    const auto found = std::ranges::find_if(survives, [&](float s) { return static_cast<double>(s) <= share; });
    return found == survives.end() ? -1 : at[static_cast<std::size_t>(found - survives.begin())];
}

RiskModel::Curve RiskModel::curveOf(std::vector<std::pair<std::int64_t, bool>>& lives) {
    std::ranges::sort(lives);
    Curve out;
    double survives = 1;
    for (std::size_t i = 0; i < lives.size();) {
        const auto t = lives[i].first;
        const auto atRisk = static_cast<double>(lives.size() - i);
        int closed = 0;
        for (; i < lives.size() && lives[i].first == t; ++i) closed += lives[i].second ? 1 : 0;
        if (closed == 0) continue;
        survives *= 1 - closed / atRisk;
        out.at.push_back(t);
        out.survives.push_back(static_cast<float>(survives));
        out.closed += closed;
    }
    return out;
}

void RiskModel::learn(std::span<const LifeSample> samples) {
    m_curves.clear();
    std::unordered_map<std::uint64_t, std::vector<std::pair<std::int64_t, bool>>> groups;
    for (const auto& s : samples)
        for (int level = 0; level < kLevels; ++level)
            groups[keyOf(s, level)].emplace_back(std::max<std::int64_t>(0, s.lasted), s.closed);
    for (auto& [key, lives] : groups) {
        const auto closed = std::ranges::count_if(lives, [](const auto& life) { return life.second; });
        if (closed >= kEnough) m_curves.emplace(key, curveOf(lives));
    }
}

const RiskModel::Curve* RiskModel::curveFor(const LifeSample& kind, int* level) const {
    for (*level = 0; *level < kLevels; ++*level)
        if (const auto found = m_curves.find(keyOf(kind, *level)); found != m_curves.end()) return &found->second;
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

std::optional<Forecast> RiskModel::forecast(const LifeSample& kind, Millis age) const {
    Forecast out;
    const auto* curve = curveFor(kind, &out.level);
    if (curve == nullptr) return std::nullopt;
    const auto now = curve->survival(age.count());
    if (now <= 0) return std::nullopt;
    const auto at = [&](double share) { return Millis{std::max<std::int64_t>(0, curve->when(share * now))}; };
    out.early = at(0.9);
    out.middle = at(0.5);
    out.late = at(0.1);
    out.cases = curve->closed;
    return out;
}

}  // namespace wl::engine
