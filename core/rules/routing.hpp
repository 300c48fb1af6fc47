// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a new or re-classified case goes. The city's routing rules come first. Without one: department from the
// service, crew from department, service and area. Of the crews that fit, one that names the area beats one that does
// not, then one that names the service, then the lower code; a crew without areas or services takes all of them.

#include <string>
#include <unordered_map>
#include <string_view>

#include "rules/catalogue.hpp"

namespace wl::rules {

struct Route {
    std::string department;
    std::string crew;    ///< empty if no crew fits
    /// Which rule fired: "crew.area_and_service", "crew.area", "crew.service", "crew.department" (a crew for
    /// everything), "service.department" (no crew fits), "service.no_department", "service.unknown".
    std::string reason;
    std::string owner{};   ///< empty: the department picks
    std::string rule{};    ///< code of the routing rule that fired; empty: the way above
    bool alarm{};          ///< nothing else took the case: somebody has to look
};

/// What a case is when it is routed.
struct RoutingRequest {
    std::string service, area;
    Priority priority{Priority::Normal};
    Channel channel{Channel::Phone};
    std::string text;  ///< title and description
    Instant at;
};

/// Open cases by staff code and by crew, and when somebody was given one last. Only what rules with round robin or
/// least loaded ask for.
struct Workload {
    std::unordered_map<std::string, int> byOwner, byCrew;
    std::unordered_map<std::string, Instant> lastGiven;
};

[[nodiscard]] Route routeFor(const Catalogue& catalogue, std::string_view service, std::string_view area);

/// The first rule that matches and can be kept (its people are not all away or at their capacity); then the way of
/// routeFor; then, where that names no department, the catch-alls.
[[nodiscard]] Route routeCase(const Catalogue& catalogue, const RoutingRequest& request, const Workload& workload);
/// True if some rule asks for the workload.
[[nodiscard]] bool asksForWorkload(const Catalogue& catalogue);

}  // namespace wl::rules
