// SPDX-License-Identifier: GPL-3.0-or-later
// eval hotspots.
#include <boost/json.hpp>

#include <cstdio>

#include "app/ctl/context.hpp"
#include "domain/time_zone.hpp"
#include "engine/eval_hotspots.hpp"
#include "engine/plain_json.hpp"

namespace wl::ctl {
namespace {

namespace json = boost::json;

struct HotSpotArguments {
    std::string file, map;
    std::size_t inject{100};
    std::uint64_t seed{1};
};

json::object alarmJson(const geo::HotSpot& h, const engine::HotSpotScore& score) {
    json::object out{{"raised", isoInstant(h.to)},
                     {"service", score.services[h.service]},
                     {"where", h.cityWide ? "city" : "place"},
                     {"grew", h.grew},
                     {"from", isoInstant(h.from)},
                     {"to", isoInstant(h.to)},
                     {"observed", h.observed},
                     {"expected", h.expected},
                     {"surprise", h.surprise},
                     {"recurrence_days", h.recurrenceDays}};
    if (h.cityWide) return out;
    out["lat"] = h.centre.lat();
    out["long"] = h.centre.lon();
    out["radius"] = h.radiusMetres;
    json::array members;
    for (const auto key : h.members) members.emplace_back(score.externalIds[static_cast<std::size_t>(key - 1)]);
    out["members"] = std::move(members);
    return out;
}

Result<int> evaluate(const Context& context, const HotSpotArguments& a) {
    WL_TRY(const auto mapping, feed::loadMapping(a.map));
    WL_TRY(const auto score, engine::evaluateHotSpots(a.file, mapping, a.inject, a.seed));
    const auto& t = score.trial;
    json::object out{{"injected", t.injected},
                     {"found", t.found},
                     {"median_delay_days", t.medianDelayDays},
                     {"false_alarms_per_week", t.alarmsPerWeek},
                     {"rows", score.rows},
                     {"weeks", t.weeks},
                     {"seconds", score.seconds}};
    if (context.json) {
        json::array alarms;
        for (const auto& h : t.alarms) alarms.push_back(alarmJson(h, score));
        out["alarms"] = std::move(alarms);
        print(engine::plainJson(out));
        return 0;
    }
    for (const auto& [key, value] : out) print(std::string(key) + ": " + engine::plainJson(value));
    for (const auto& h : t.alarms) {
        char figures[96];
        std::snprintf(figures, sizeof figures, "%s  %u instead of %.1f in %d days", h.cityWide ? "city " : "place",
                      h.observed, h.expected, static_cast<int>((h.to - h.from) / std::chrono::days(1)));
        print(isoInstant(h.to).substr(0, 10) + "  " + figures + "  " + score.services[h.service] +
              (h.grew ? "  (grew)" : ""));
    }
    return 0;
}

}  // namespace

void addHotSpotCommands(CLI::App& app, Context& context) {
    auto a = std::make_shared<HotSpotArguments>();
    auto* hotspots = app.get_subcommand("eval")->add_subcommand(
        "hotspots",
        "How many patterns put into a city's history are found, how soon, and how many alarms it has of itself");
    hotspots->add_option("FILE", a->file, "A feed of requests")->required();
    hotspots->add_option("--map", a->map, "Mapping file, or the name of a shipped one")->required();
    hotspots->add_option("--inject", a->inject, "Patterns: eight cases of a service within 200 m and a week")
        ->capture_default_str();
    hotspots->add_option("--seed", a->seed, "Of where and when they are")->capture_default_str();
    hotspots->callback(command(context, [&context, a] { return evaluate(context, *a); }, Needs::Nothing));
}

}  // namespace wl::ctl
