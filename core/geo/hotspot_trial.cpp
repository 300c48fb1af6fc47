// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/hotspot_trial.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wl::geo {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::size_t kCases = 8;
constexpr double kMetres = 200;

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 2 + 1) {}
    /// In [0, 1).
    double roll() {
        auto z = (m_state += 0x9e3779b97f4a7c15ULL);  // SplitMix64
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }
    std::size_t below(std::size_t n) {
        return std::min(n - 1, static_cast<std::size_t>(roll() * static_cast<double>(n)));
    }

private:
    std::uint64_t m_state;
};

struct Pattern {
    std::int64_t from{};
    std::vector<ScanCase> cases;  ///< by time; keys are negative
};

Pattern makePattern(std::span<const ScanCase* const> placed, std::int64_t from, std::int64_t firstKey, Dice& dice) {
    Pattern out{from, {}};
    const auto service = placed[dice.below(placed.size())]->service;
    const auto centre = *placed[dice.below(placed.size())]->place;
    for (std::size_t i = 0; i < kCases; ++i) {
        const double r = kMetres * std::sqrt(dice.roll()), a = 2 * std::numbers::pi * dice.roll();
        const auto place =
            GeoPoint::of(centre.lat() + r * std::sin(a) / 111'195,
                         centre.lon() + r * std::cos(a) / (111'195 * std::cos(centre.lat() * std::numbers::pi / 180)));
        const auto at = from + static_cast<std::int64_t>(dice.roll() * 7 * static_cast<double>(kDay));
        out.cases.push_back({0, service, {at}, place});
    }
    std::ranges::sort(out.cases, {}, [](const ScanCase& c) { return c.at.ms; });
    for (auto& c : out.cases) c.key = firstKey--;
    return out;
}

// Lives through the history with these patterns in it.
void runPass(std::span<const ScanCase> history, std::span<const Pattern> patterns, const ScanOptions& options,
             HotSpotTrial& trial) {
    std::vector<ScanCase> cases(history.begin(), history.end());
    for (const auto& p : patterns) cases.insert(cases.end(), p.cases.begin(), p.cases.end());
    std::ranges::stable_sort(cases, {}, [](const ScanCase& c) { return c.at.ms; });
    HotSpotScan scan(options);
    std::vector<bool> found(patterns.size());
    for (const auto& next : cases)
        for (const auto& alarm : scan.add(next)) {
            for (std::size_t i = 0; i < patterns.size(); ++i) {
                const auto& p = patterns[i];
                if (found[i] || alarm.cityWide || next.at.ms < p.from || next.at.ms > p.cases.back().at.ms + kDay)
                    continue;
                const auto in = std::ranges::count_if(alarm.members, [&](std::int64_t key) {
                    return key <= p.cases.front().key && key >= p.cases.back().key;
                });
                if (in < 3) continue;
                found[i] = true;
                trial.delays.push_back(
                    std::max(0.0, static_cast<double>(next.at.ms - p.cases[3].at.ms) / static_cast<double>(kDay)));
            }
        }
    trial.found += static_cast<std::size_t>(std::ranges::count(found, true));
    trial.injected += patterns.size();
}

}  // namespace

HotSpotTrial tryHotSpots(std::span<const ScanCase> history, std::size_t inject, std::uint64_t seed,
                         const ScanOptions& options) {
    HotSpotTrial trial;
    if (history.empty()) return trial;
    const auto first = history.front().at.ms, last = history.back().at.ms;
    HotSpotScan scan(options);
    for (const auto& next : history)
        for (auto& alarm : scan.add(next)) {
            trial.alarms.push_back(std::move(alarm));
            trial.raised.push_back(next.at);
        }
    trial.weeks =
        std::max(0.0, static_cast<double>(last - first - options.warmUp.count()) / static_cast<double>(7 * kDay));
    if (trial.weeks > 0) trial.alarmsPerWeek = static_cast<double>(trial.alarms.size()) / trial.weeks;

    std::vector<const ScanCase*> placed;
    for (const auto& c : history)
        if (c.place) placed.push_back(&c);
    const auto from = first + options.warmUp.count(), to = last - 8 * kDay;
    const auto slots = static_cast<std::size_t>(std::max<std::int64_t>(0, (to - from) / (14 * kDay)));
    if (slots > 0 && !placed.empty()) {
        Dice dice(seed);
        std::int64_t key = -1;
        for (std::size_t done = 0; done < inject;) {
            // Which fortnights have one in this pass: all, or as many as are left, spread at random.
            std::vector<std::size_t> order(slots);
            for (std::size_t i = 0; i < slots; ++i) order[i] = i;
            for (std::size_t i = slots; i > 1; --i) std::swap(order[i - 1], order[dice.below(i)]);
            order.resize(std::min(slots, inject - done));
            std::vector<Pattern> patterns;
            for (const auto slot : order) {
                const auto begin = from + static_cast<std::int64_t>((static_cast<double>(slot) + dice.roll() * 0.4) *
                                                                    14 * static_cast<double>(kDay));
                patterns.push_back(makePattern(placed, begin, key, dice));
                key -= static_cast<std::int64_t>(kCases);
            }
            runPass(history, patterns, options, trial);
            done += patterns.size();
        }
    }
    std::ranges::sort(trial.delays);
    if (!trial.delays.empty()) trial.medianDelayDays = trial.delays[trial.delays.size() / 2];
    return trial;
}

}  // namespace wl::geo
