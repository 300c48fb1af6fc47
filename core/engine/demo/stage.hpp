// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything that the demo's cases are played on: map, catalogue, calendar, weather, residents. Immutable once built.

#include <string_view>
#include <unordered_map>

#include "engine/demo/demo_options.hpp"
#include "engine/demo/local_time.hpp"
#include "engine/demo/people.hpp"
#include "engine/demo/phrases.hpp"
#include "engine/demo/places.hpp"
#include "engine/demo/service_profile.hpp"
#include "engine/demo/weather.hpp"
#include "engine/demo/work_times.hpp"

namespace wl::engine::demo {

inline constexpr std::int64_t kHistoryDays = 3 * 365 + 1;

struct Stage {
    Stage(const DemoOptions& options, geo::CityMapPtr city, rules::CataloguePtr catalogue);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    [[nodiscard]] std::int64_t firstDay() const { return lastDay - kHistoryDays; }
    [[nodiscard]] const WorkTimes& hoursOf(std::string_view department) const;
    [[nodiscard]] const ServicePhrases& phrasesOf(std::string_view service) const;
    /// Staff of that role; of a department, or of the service desk where `department` is empty.
    [[nodiscard]] std::vector<std::string> staffOf(std::string_view department, std::string_view role) const;
    /// Somebody at the service desk at that hour.
    [[nodiscard]] std::string deskAgent(Instant at, Chance& chance) const;
    /// Who in the field takes cases of that crew; a dispatcher where there is no crew.
    [[nodiscard]] std::string fieldAgent(std::string_view department, std::string_view crew, Chance& chance) const;
    [[nodiscard]] std::string dispatcher(std::string_view department) const;
    [[nodiscard]] Instant due(std::string_view service, Priority priority, std::size_t district, Instant at) const;

    DemoOptions options;
    rules::CataloguePtr catalogue;
    LocalTime time;
    std::int64_t lastDay;
    Places places;
    People people;
    Weather weather;

private:
    std::unordered_map<std::string, WorkTimes> m_hours;  ///< by department
    std::unordered_map<std::string_view, ServicePhrases> m_phrases;
    std::vector<std::string> m_desk;
};

}  // namespace wl::engine::demo
