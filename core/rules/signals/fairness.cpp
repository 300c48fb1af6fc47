// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a neighbourhood waits longer for the same: direct standardisation (as in epidemiology: rates of each area by
// stratum, weighted by the strata of the whole). Strata are services, the measure is the ratio of medians.
#include <cmath>
#include <map>

#include "rules/signals/counts.hpp"

namespace wl::rules::signals {
namespace {

constexpr std::size_t kLeast = 5;          ///< cases of a service that an area must have
constexpr double kShortest = 60;           ///< seconds; shorter times count as this, logarithms need it
constexpr double kWide = 1.959963984540054;  ///< 95 in 100 of a normal distribution

double meanOf(const std::vector<std::uint32_t>& values) {
    double total = 0;
    for (const auto v : values) total += std::log(std::max<double>(v, kShortest));
    return total / static_cast<double>(values.size());
}

class FairnessTally final : public Tally {
public:
    explicit FairnessTally(Scope scope) : Tally(FigureKind::Fairness, std::move(scope)) {}

protected:
    void add(const CaseLife& life) override {
        const auto finished = life.finished();
        if (finished == 0 || !inPeriod(finished)) return;
        if (life.area == 0) {
            ++m_nowhere;
            return;
        }
        const auto seconds =
            static_cast<std::uint32_t>(std::clamp<Second>(finished - life.requested, 0, 0xffff'ffffLL));
        m_times[{life.service, life.area}].push_back(seconds);
        remember(life, life.area, true);
    }
    void conclude(Figure& f) override {
        std::map<std::int32_t, std::vector<std::uint32_t>> city;  // by service
        std::map<std::int32_t, std::int64_t> all;                 // by area
        for (const auto& [key, times] : m_times) {
            auto& whole = city[key.first];
            whole.insert(whole.end(), times.begin(), times.end());
            all[key.second] += static_cast<std::int64_t>(times.size());
        }
        std::map<std::int32_t, double> middle;
        for (auto& [service, times] : city) middle[service] = std::max<double>(nearestRank(times, 0.5), kShortest);
        std::map<std::int32_t, Ratio> ratios;
        for (auto& [key, times] : m_times) {
            if (times.size() < kLeast) continue;
            auto& r = ratios[key.second];
            const auto weight = static_cast<double>(city[key.first].size());
            r.weight += weight;
            r.n += static_cast<std::int64_t>(times.size());
            r.log += weight * std::log(std::max<double>(nearestRank(times, 0.5), kShortest) / middle[key.first]);
            r.variance += weight * weight * varianceOf(times);
        }
        for (const auto& [area, n] : all) {
            f.n += n;
            FigureGroup g;
            g.number = area;
            g.denominator = n;
            if (const auto at = ratios.find(area); at != ratios.end()) {
                const auto& r = at->second;
                const auto log = r.log / r.weight, wide = kWide * std::sqrt(r.variance) / r.weight;
                g.n = r.n;
                g.value = std::exp(log);
                g.low = std::exp(log - wide);
                g.high = std::exp(log + wide);
            }
            g.few = g.n < kFew;
            if (!g.few) worst(f, g);
            f.groups.push_back(std::move(g));
        }
        f.denominator = f.n;
        f.exclusions.push_back({"no_area", m_nowhere});
    }

private:
    struct Ratio {
        double weight{}, log{}, variance{};
        std::int64_t n{};
    };
    // Of the median of logarithms: pi/2 of the variance of their mean.
    static double varianceOf(const std::vector<std::uint32_t>& times) {
        const auto mean = meanOf(times), n = static_cast<double>(times.size());
        double squares = 0;
        for (const auto t : times) {
            const auto off = std::log(std::max<double>(t, kShortest)) - mean;
            squares += off * off;
        }
        return 1.5707963267948966 * squares / (n - 1) / n;
    }
    // The figure's one value: how many times as long the area with the longest wait waits.
    static void worst(Figure& f, const FigureGroup& g) {
        if (!f.empty && g.value <= f.value) return;
        f.empty = false;
        f.value = g.value;
    }
    std::map<std::pair<std::int32_t, std::int32_t>, std::vector<std::uint32_t>> m_times;  ///< by service, area
    std::int64_t m_nowhere{};
};

}  // namespace

std::unique_ptr<Tally> makeFairnessTally(Scope scope) { return std::make_unique<FairnessTally>(std::move(scope)); }

}  // namespace wl::rules::signals
