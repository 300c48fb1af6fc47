// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a new or re-classified case goes: department from the service, crew from department, service and area.

#include <string>
#include <string_view>

#include "rules/catalogue.hpp"

namespace wl::rules {

struct Route {
    std::string department;
    std::string crew;    ///< empty if no crew fits
    std::string reason;  ///< machine-readable: "service.department", "crew.area", …
};

[[nodiscard]] Route routeFor(const Catalogue& catalogue, std::string_view service, std::string_view area);

}  // namespace wl::rules
