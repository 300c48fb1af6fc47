// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/routing.hpp"

#include <algorithm>

namespace wl::rules {
namespace {

bool names(const std::vector<std::string>& codes, std::string_view code) {
    return !code.empty() && std::ranges::find(codes, code) != codes.end();
}

// 0 = does not fit; naming the area outweighs naming the service, and both outweigh a crew for everything.
int fit(const Crew& crew, std::string_view service, std::string_view area) {
    const bool namesArea = names(crew.areas, area);
    const bool namesService = names(crew.services, service);
    if ((!crew.areas.empty() && !namesArea) || (!crew.services.empty() && !namesService)) return 0;
    return 1 + (namesArea ? 2 : 0) + (namesService ? 1 : 0);
}

}  // namespace

Route routeFor(const Catalogue& catalogue, std::string_view service, std::string_view area) {
    const auto* known = catalogue.service(service);
    if (known == nullptr) return {{}, {}, "service.unknown"};
    if (known->department.empty()) return {{}, {}, "service.no_department"};
    const Crew* best = nullptr;
    int bestFit = 0;
    for (const auto& crew : catalogue.crews()) {
        if (crew.department != known->department) continue;
        const int crewFit = fit(crew, service, area);
        if (crewFit > bestFit || (crewFit > 0 && crewFit == bestFit && crew.code < best->code)) {
            best = &crew;
            bestFit = crewFit;
        }
    }
    constexpr std::array<std::string_view, 5> reasons{"service.department", "crew.department", "crew.service",
                                                      "crew.area", "crew.area_and_service"};
    return {known->department, best != nullptr ? best->code : std::string(),
            std::string(reasons[static_cast<std::size_t>(bestFit)])};
}

}  // namespace wl::rules
