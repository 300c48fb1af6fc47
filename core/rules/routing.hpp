// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a new or re-classified case goes: department from the service, crew from department, service and area.
// Of the crews that fit, one that names the area beats one that does not, then one that names the service, then the
// lower code; a crew without areas or services takes all of them.

#include <string>
#include <string_view>

#include "rules/catalogue.hpp"

namespace wl::rules {

struct Route {
    std::string department;
    std::string crew;    ///< empty if no crew fits
    /// Which rule fired: "crew.area_and_service", "crew.area", "crew.service", "crew.department" (a crew for
    /// everything), "service.department" (no crew fits), "service.no_department", "service.unknown".
    std::string reason;
};

[[nodiscard]] Route routeFor(const Catalogue& catalogue, std::string_view service, std::string_view area);

}  // namespace wl::rules
