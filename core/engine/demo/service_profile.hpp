// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How often and when a service is asked for in Port Linden, and how its cases go.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/demo/weather.hpp"

namespace wl::engine::demo {

enum class Rhythm : std::uint8_t { Office, Commute, Morning, Evening, Night, Round };
enum class Week : std::uint8_t { Work, Even, Weekend };
enum class Where : std::uint8_t { Home, Near, Anywhere };

struct ServiceProfile {
    std::string_view service;
    double weight{};                 ///< share of a year's cases, in no unit
    std::array<double, 12> season{}; ///< January first
    Rhythm rhythm{};
    Week week{};
    Where where{};
    double storm{};                  ///< how much a full storm multiplies it, less one
    double thaw{};                   ///< the same for frost and thaw
    double snow{};                   ///< the same for lying snow
    double anonymous{};              ///< share of reports without a name
    double pace{};                   ///< typical share of the target that work takes
    double late{};                   ///< share of cases that miss their target
    double waits{};                  ///< share of cases that wait for something
    std::array<std::string_view, 2> waitReasons;
    double targetDays{};             ///< about how long the target is, for the mix of open cases
};

[[nodiscard]] std::span<const ServiceProfile> serviceProfiles();
[[nodiscard]] const ServiceProfile& profileOf(std::string_view service);

/// Relative number of cases of that service on a day.
[[nodiscard]] double intensity(const ServiceProfile& profile, std::int64_t day, const WeatherDay& weather);
/// Relative number of cases in each hour of the day.
[[nodiscard]] std::span<const double, 24> hourWeights(Rhythm rhythm, bool weekend);

/// How much more (or less) a district asks for a service than others with as many people.
[[nodiscard]] double districtFactor(std::string_view district, std::string_view service);
/// How much slower work goes there.
[[nodiscard]] double districtLateness(std::string_view district);

}  // namespace wl::engine::demo
