// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing_trial.hpp"

#include <algorithm>

#include "rules/routing.hpp"

namespace wl::engine {

Result<RoutingTrial> tryRouting(store::Reader& reader, std::span<const CaseKey> cases,
                                const rules::Catalogue& proposed) {
    constexpr std::size_t kPage = 500, kShown = 200;
    RoutingTrial out;
    for (std::size_t at = 0; at < cases.size(); at += kPage) {
        WL_TRY(const auto rows, reader.rows(cases.subspan(at, std::min(kPage, cases.size() - at))));
        for (const auto& row : rows) {
            const rules::RoutingRequest request{
                row.service, row.area, row.priority, row.channel, row.title + ' ' + row.description, row.requestedAt};
            const auto route = rules::routeCase(proposed, request, {});
            const auto& name = route.rule.empty() ? route.reason : route.rule;
            ++out.cases;
            ++out.byRule[name];
            if (route.alarm) ++out.alarms;
            if (route.department == row.department && (route.crew == row.crew || row.crew.empty())) continue;
            ++out.changed;
            if (out.changes.size() < kShown)
                out.changes.push_back({row.number, row.service, row.department, row.crew, route.department, route.crew,
                                       route.owner, name});
        }
    }
    return out;
}

}  // namespace wl::engine
