// SPDX-License-Identifier: GPL-3.0-or-later
// eval risk: how far the forecast of lateness can be believed.
#include <boost/json.hpp>
#include <cmath>
#include <cstdio>

#include "app/ctl/context.hpp"
#include "engine/risk_eval.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

Result<int> evalRisk(const Context& context) {
    WL_TRY(const auto engine, context.openToRead());
    engine->waitUntilLoaded();
    WL_TRY(const auto listing, engine->queryAndWait({}));
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto r, engine::evaluateRisk(*reader, listing->keys));
    json::array bins;
    for (const auto& bin : r.bins) {
        bins.push_back(json::object{{"cases", bin.cases}, {"predicted", bin.predicted}, {"observed", bin.observed}});
        if (!context.json && bin.cases > 0)
            std::printf("%6d cases: %5.1f %% forecast, %5.1f %% late\n", bin.cases, 100 * bin.predicted,
                        100 * bin.observed);
    }
    const double covered = r.intervals > 0 ? static_cast<double>(r.inInterval) / r.intervals : 0;
    const json::object out{{"moments", r.moments},
                           {"cases", r.cases},
                           {"late", r.late},
                           {"brier", r.brier},
                           {"brier_baseline", r.baseline},
                           {"interval_share", covered},
                           {"flagged_early", r.flagged},
                           {"flagged_early_late", r.flaggedLate},
                           {"bins", std::move(bins)}};
    if (context.json) print(json::serialize(out));
    else
        std::printf("%d cases at %d moments; Brier %.4f (always the overall share: %.4f); %.0f %% inside the 80 %% "
                    "interval\n%d flagged before the warning, %d of them were late\n",
                    r.cases, r.moments, r.brier, r.baseline, 100 * covered, r.flagged, r.flaggedLate);
    return 0;
}

}  // namespace

void addRiskCommands(CLI::App& app, Context& context) {
    auto* eval = app.get_subcommand("eval");
    eval->add_subcommand("risk", "Forecasts of lateness against what happened, on the replica's own cases (--data)")
        ->callback(command(context, [&context] { return evalRisk(context); }));
}

}  // namespace wl::ctl
