// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/signals/patterns.hpp"

#include <algorithm>

namespace wl::engine {
namespace {

using namespace rules::signals;

bool isIn(const std::vector<std::string>& wanted, const std::string& code) {
    return wanted.empty() || std::ranges::find(wanted, code) != wanted.end();
}

bool isInScope(const Pattern& p, const SignalScope& scope, const rules::Catalogue& catalogue) {
    const auto* service = catalogue.service(p.service);
    return isIn(scope.services, p.service) && isIn(scope.areas, p.area) &&
           isIn(scope.departments, service ? service->department : std::string());
}

}  // namespace

Figure patternFigure(const Patterns* found, const SignalQuestion& question, Figure f,
                     const rules::Catalogue& catalogue) {
    f.empty = true;
    if (!found || question.scope.asOf) return f;
    f.empty = false;
    std::int64_t acknowledged = 0, wholeCity = 0, cases = 0;
    for (const auto& p : found->list) {
        if (!isInScope(p, question.scope, catalogue)) continue;
        if (p.acknowledged) {
            ++acknowledged;
            continue;
        }
        FigureGroup g;
        g.key = "pattern-" + std::to_string(p.spot.episode);
        g.label = catalogue.serviceName(p.service);
        g.value = p.spot.surprise;
        g.numerator = p.spot.observed;
        g.denominator = g.n = static_cast<std::int64_t>(p.spot.cityWide ? p.spot.observed : p.cases.size());
        g.low = p.spot.expected;
        g.high = p.spot.recurrenceDays;
        g.place = p.area;
        wholeCity += p.spot.cityWide ? 1 : 0;
        cases += g.n;
        if (question.cases && (!question.group || *question.group == g.key))
            f.cases.insert(f.cases.end(), p.cases.begin(), p.cases.end());
        f.groups.push_back(std::move(g));
    }
    std::ranges::stable_sort(f.groups, std::greater<>(), &FigureGroup::value);
    std::ranges::sort(f.cases);
    f.cases.erase(std::ranges::unique(f.cases).begin(), f.cases.end());
    f.counted = f.cases;
    f.n = f.numerator = static_cast<std::int64_t>(f.groups.size());
    f.denominator = f.n + acknowledged;
    f.value = static_cast<double>(f.n);
    f.parts = {{"whole_city", static_cast<double>(wholeCity), wholeCity, f.n},
               {"cases_in_patterns", static_cast<double>(cases), cases, cases}};
    f.exclusions = {{"acknowledged", acknowledged}};
    return f;
}

}  // namespace wl::engine
