// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The service desk of Port Linden, a plainly fictional city: what it offers, who works there, and by when.

#include <string_view>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::engine {

/// IANA zone whose clocks Port Linden keeps.
inline constexpr std::string_view kDemoTimeZone = "Atlantic/Bermuda";
/// Staff code of the person who sits at the demo console.
inline constexpr std::string_view kDemoAgent = "m.alder";

/// Everything to publish. Holidays cover three years before `now`, its own and the next one.
[[nodiscard]] std::vector<rules::CatalogueItem> demoCatalogue(Instant now);

namespace demo {

// The typed tables behind it, by kind.
[[nodiscard]] std::vector<rules::Service> services();
[[nodiscard]] std::vector<rules::Department> departments();
[[nodiscard]] std::vector<rules::Crew> crews();
[[nodiscard]] std::vector<rules::StaffMember> staff();
[[nodiscard]] std::vector<rules::WorkCalendar> calendars(Instant now);
[[nodiscard]] std::vector<rules::SlaPolicy> policies();
[[nodiscard]] std::vector<rules::PauseReason> pauseReasons();
[[nodiscard]] std::vector<rules::RoutingRule> routingRules();
[[nodiscard]] std::vector<rules::EscalationLadder> ladders(Instant now);

// Parts of services().
[[nodiscard]] std::vector<rules::Service> streetServices();
[[nodiscard]] std::vector<rules::Service> sanitationServices();
[[nodiscard]] std::vector<rules::Service> parksServices();
[[nodiscard]] std::vector<rules::Service> codeServices();
[[nodiscard]] std::vector<rules::Service> waterServices();

}  // namespace demo
}  // namespace wl::engine
