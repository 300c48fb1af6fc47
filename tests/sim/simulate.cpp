// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/simulate.hpp"

#include <algorithm>

namespace wl::sim {

Outcome live(const Plan& plan, Bug bug) { return World(plan, bug).run(); }

Plan shrink(Plan plan, const std::string& check, Bug bug) {
    const auto fails = [&](const Plan& p) {
        const auto out = live(p, bug);
        return std::ranges::any_of(out.failures, [&](const Failure& f) { return f.check == check; });
    };
    int tries = 120;  // each is a whole life
    // Whole runs of actions first, then smaller ones (Zeller and Hildebrandt 2002).
    for (std::size_t size = std::max<std::size_t>(plan.actions.size() / 2, 1); tries > 0;) {
        bool smaller = false;
        for (std::size_t at = 0; at < plan.actions.size() && tries > 0;) {
            auto without = plan;
            const auto n = std::min(size, plan.actions.size() - at);
            without.actions.erase(without.actions.begin() + static_cast<std::ptrdiff_t>(at),
                                  without.actions.begin() + static_cast<std::ptrdiff_t>(at + n));
            --tries;
            if (fails(without)) plan = std::move(without), smaller = true;
            else at += n;
        }
        if (size == 1 && !smaller) break;
        size = std::max<std::size_t>(size / 2, 1);
    }
    return plan;
}

SimulateReport simulate(const SimulateOptions& options, const std::function<bool(std::uint64_t, bool)>& each) {
    SimulateReport report;
    for (auto seed = options.from; seed <= options.to; seed += options.step) {
        const auto peers = options.peers ? options.peers : 3 + seed % 6;
        const auto plan = makePlan(seed, peers, Millis(static_cast<std::int64_t>(options.minutes * 60'000)));
        auto out = live(plan);
        ++report.seeds;
        report.ops += out.ops;
        report.bytes += out.deliveries;
        report.lived += out.lived;
        const bool good = out.failures.empty();
        if (!good) {
            const auto check = out.failures.front().check;
            report.failed.push_back({seed, std::move(out.failures), options.shrink ? shrink(plan, check) : plan});
        }
        if (each && !each(seed, good)) break;
    }
    return report;
}

}  // namespace wl::sim
