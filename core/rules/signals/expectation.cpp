// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/signals/expectation.hpp"

#include <cmath>
#include <map>

namespace wl::rules::signals {
namespace {

constexpr std::size_t kLeastWeeks = 6;
constexpr double kSpreads = 3;
constexpr double kNormal = 1.4826;  // of the median absolute deviation, for a normal distribution

double medianOf(std::vector<double> values) {
    std::ranges::sort(values);
    const auto n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

}  // namespace

bool hasUsualDays(FigureKind kind) {
    return kind == FigureKind::Opened || kind == FigureKind::Closed || kind == FigureKind::Council;
}

std::vector<ExpectedDay> expectedDays(const FigureSeries& before, const FigureSeries& now, Second asOf,
                                      const TimeZone& zone) {
    const auto dayOf = [&](const FigurePoint& p) { return zone.toLocal({p.at * 1000}).day(); };
    std::map<DayNumber, double> known;
    for (const auto* series : {&before, &now})
        for (const auto& p : series->points)
            if (!known.emplace(dayOf(p), p.value).second) return {};  // not by days
    std::vector<ExpectedDay> out;
    for (const auto& p : now.points) {
        const auto day = dayOf(p);
        std::vector<double> earlier;
        double cases = 0;
        for (int week = 1; week <= kUsualWeeks; ++week)
            if (const auto at = known.find(day - 7 * week); at != known.end()) {
                earlier.push_back(at->second);
                cases += at->second;
            }
        if (earlier.size() < kLeastWeeks || cases < static_cast<double>(kFew)) continue;
        ExpectedDay e{p.at, p.value, medianOf(earlier), 0, 0, false};
        std::vector<double> off;
        for (const auto value : earlier) off.push_back(std::abs(value - e.expected));
        const double spread = std::max(kNormal * medianOf(off), std::sqrt(std::max(1.0, e.expected)));
        e.low = std::max(0.0, e.expected - kSpreads * spread);
        e.high = e.expected + kSpreads * spread;
        const bool over = secondOf(zone.toUtc(LocalTime::of(day + 1))) <= asOf + 1;
        e.unusual = p.value > e.high || (over && p.value < e.low);
        out.push_back(e);
    }
    return out;
}

}  // namespace wl::rules::signals
