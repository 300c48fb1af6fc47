// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/balance.hpp"

#include <algorithm>
#include <optional>

namespace wl::rules {
namespace {

double daysOf(const CrewLoad& load, const Crew& crew) {
    return static_cast<double>(load.open) / std::max(1, crew.capacity);
}

struct Shared {
    std::vector<std::string> services, areas;
};

std::vector<std::string> common(const std::vector<std::string>& x, const std::vector<std::string>& y) {
    if (x.empty()) return y;
    if (y.empty()) return x;
    std::vector<std::string> out;
    std::ranges::copy_if(x, std::back_inserter(out), [&](const auto& v) { return std::ranges::contains(y, v); });
    return out;
}

// What both do; nothing if they share no service. Where they share no area either, the one helps out in the other's.
std::optional<Shared> shared(const Crew& a, const Crew& b) {
    Shared out{common(a.services, b.services), common(a.areas, b.areas)};
    if (out.services.empty() && !(a.services.empty() && b.services.empty())) return std::nullopt;
    return out;
}

}  // namespace

std::vector<BalanceSuggestion> balanceSuggestions(const Catalogue& catalogue, const std::vector<CrewLoad>& loads,
                                                  double leastDays) {
    std::vector<BalanceSuggestion> out;
    for (const auto& department : catalogue.departments()) {
        std::optional<BalanceSuggestion> worst;
        for (const auto& from : loads) {
            const auto* giver = catalogue.crew(from.crew);
            if (giver == nullptr || giver->department != department.code || giver->capacity <= 0) continue;
            for (const auto& to : loads) {
                const auto* taker = catalogue.crew(to.crew);
                if (taker == nullptr || taker == giver || taker->department != department.code || taker->capacity <= 0)
                    continue;
                const double much = daysOf(from, *giver), little = daysOf(to, *taker);
                const auto both = shared(*giver, *taker);
                if (much - little < leastDays || !both) continue;
                // So many that both have the same days of work left: (f - n) / c = (t + n) / d.
                const double c = giver->capacity, d = taker->capacity;
                const int n = std::min(from.unassigned, static_cast<int>((from.open * d - to.open * c) / (c + d)));
                if (n < 1 || (worst && much - little <= worst->fromDays - worst->toDays)) continue;
                worst = BalanceSuggestion{from.crew, to.crew, n, much, little, both->services, both->areas};
            }
        }
        if (worst) out.push_back(std::move(*worst));
    }
    std::ranges::stable_sort(out, std::ranges::greater{}, [](const auto& s) { return s.fromDays - s.toDays; });
    return out;
}

}  // namespace wl::rules
