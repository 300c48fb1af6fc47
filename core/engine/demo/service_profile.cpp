// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/service_profile.hpp"

#include "engine/demo/local_time.hpp"

// The tables below are set by hand.
// clang-format off

namespace wl::engine::demo {
namespace {

using Months = std::array<double, 12>;
constexpr Months kEven{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
constexpr Months kRoads{1.2, 1.7, 2.0, 1.6, 1.1, 0.7, 0.6, 0.6, 0.6, 0.7, 0.8, 0.9};
constexpr Months kDark{1.5, 1.3, 1.0, 0.8, 0.7, 0.6, 0.6, 0.7, 0.9, 1.2, 1.5, 1.6};
constexpr Months kSummer{0.5, 0.5, 0.7, 0.9, 1.2, 1.6, 1.8, 1.7, 1.3, 0.9, 0.6, 0.5};
constexpr Months kGrowth{0.0, 0.0, 0.1, 0.6, 1.9, 2.3, 2.1, 1.8, 1.2, 0.5, 0.1, 0.0};
constexpr Months kLeaves{0.5, 0.5, 0.9, 1.0, 0.8, 0.6, 0.6, 0.7, 1.1, 2.1, 2.3, 1.0};
constexpr Months kHeat{2.0, 1.8, 1.4, 1.0, 0.6, 0.4, 0.4, 0.4, 0.6, 1.3, 1.7, 1.9};
constexpr Months kMoving{0.7, 0.7, 0.9, 1.0, 1.2, 1.4, 1.3, 1.5, 1.4, 1.0, 0.8, 0.9};
constexpr Months kCold{1.5, 1.6, 1.2, 0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.9, 1.0, 1.2};
constexpr Months kSnow{1, 1, 1, 0.5, 0, 0, 0, 0, 0, 0, 0.8, 1};

constexpr ServiceProfile kProfiles[] = {
    {"pothole", 11, kRoads, Rhythm::Commute, Week::Work, Where::Near, 0.2, 2.5, 0, 0.25, 0.62, 0.16, 0.08, {"weather", "material"}, 6},
    {"sidewalk", 4.5, kEven, Rhythm::Office, Week::Work, Where::Near, 0.1, 0.8, 0, 0.2, 0.7, 0.2, 0.14, {"contractor", "weather"}, 26},
    {"road_hazard", 3, kEven, Rhythm::Commute, Week::Even, Where::Anywhere, 9, 0, 0.2, 0.4, 0.45, 0.1, 0.01, {"other_agency", "weather"}, 0.17},
    {"street_sign", 2.6, kEven, Rhythm::Office, Week::Work, Where::Near, 3, 0, 0, 0.3, 0.6, 0.1, 0.08, {"material", "other_agency"}, 13},
    {"street_light", 8, kDark, Rhythm::Evening, Week::Even, Where::Near, 2.2, 0, 0, 0.22, 0.6, 0.15, 0.09, {"other_agency", "material"}, 9},
    {"traffic_signal", 2.6, kEven, Rhythm::Commute, Week::Even, Where::Anywhere, 5, 0, 0.2, 0.4, 0.42, 0.09, 0.04, {"other_agency", "material"}, 0.5},
    {"snow_ice", 3.0, kSnow, Rhythm::Morning, Week::Even, Where::Near, 0, 0, 30, 0.25, 0.55, 0.2, 0, {"weather", "weather"}, 1},
    {"opening_check", 1.2, kEven, Rhythm::Office, Week::Work, Where::Anywhere, 0, 0, 0, 1, 0.7, 0.14, 0.1, {"contractor", "other_agency"}, 20},
    {"missed_collection", 14, kEven, Rhythm::Morning, Week::Work, Where::Home, 0.6, 0, 1.5, 0.08, 0.5, 0.09, 0.01, {"weather", "resident"}, 2.6},
    {"bulky_item", 7, kMoving, Rhythm::Office, Week::Work, Where::Home, 0, 0, 0, 0.02, 0.65, 0.08, 0.1, {"resident", "contractor"}, 12},
    {"illegal_dumping", 7, kEven, Rhythm::Office, Week::Work, Where::Near, 0, 0, 0, 0.35, 0.6, 0.14, 0.05, {"other_agency", "contractor"}, 4},
    {"litter_bin", 3.2, kSummer, Rhythm::Office, Week::Weekend, Where::Anywhere, 0.3, 0, 0, 0.4, 0.5, 0.08, 0, {"material", "material"}, 2.6},
    {"dead_animal", 2, kSummer, Rhythm::Morning, Week::Even, Where::Near, 0, 0, 0, 0.3, 0.45, 0.06, 0, {"other_agency", "other_agency"}, 1.4},
    {"street_cleaning", 3.2, kLeaves, Rhythm::Office, Week::Work, Where::Near, 0.8, 0, 0, 0.2, 0.6, 0.1, 0.03, {"weather", "weather"}, 12},
    {"fallen_tree", 3, kEven, Rhythm::Round, Week::Even, Where::Near, 38, 0, 0.5, 0.25, 0.5, 0.14, 0.03, {"other_agency", "weather"}, 1},
    {"tree_pruning", 4.2, kSummer, Rhythm::Office, Week::Work, Where::Near, 0.5, 0, 0, 0.08, 0.72, 0.2, 0.25, {"season", "contractor"}, 45},
    {"park_upkeep", 3.4, kSummer, Rhythm::Office, Week::Weekend, Where::Near, 0.8, 0, 0, 0.25, 0.62, 0.14, 0.09, {"material", "contractor"}, 12},
    {"grass_weeds", 2.8, kGrowth, Rhythm::Office, Week::Work, Where::Near, 0, 0, 0, 0.15, 0.68, 0.12, 0.06, {"weather", "season"}, 18},
    {"graffiti", 5, kSummer, Rhythm::Morning, Week::Work, Where::Anywhere, 0, 0, 0, 0.35, 0.6, 0.14, 0.08, {"resident", "weather"}, 7},
    {"abandoned_vehicle", 3.6, kEven, Rhythm::Office, Week::Work, Where::Near, 0, 0, 0, 0.2, 0.7, 0.2, 0.5, {"legal_notice", "other_agency"}, 14},
    {"parking", 8, kEven, Rhythm::Commute, Week::Even, Where::Near, 0, 0, 0.4, 0.45, 0.45, 0.18, 0, {"other_agency", "other_agency"}, 1},
    {"noise", 5.5, kSummer, Rhythm::Night, Week::Weekend, Where::Home, 0, 0, 0, 0.3, 0.55, 0.2, 0.04, {"resident", "other_agency"}, 2.5},
    {"housing", 4.2, kHeat, Rhythm::Office, Week::Work, Where::Home, 0.4, 0, 0.8, 0.04, 0.68, 0.22, 0.22, {"resident", "legal_notice"}, 9},
    {"pests", 4, kSummer, Rhythm::Office, Week::Work, Where::Near, 0, 0, 0, 0.15, 0.66, 0.15, 0.06, {"resident", "contractor"}, 10},
    {"water_leak", 3, kCold, Rhythm::Round, Week::Even, Where::Near, 0.6, 0.6, 0, 0.3, 0.55, 0.14, 0.03, {"other_agency", "material"}, 0.25},
    {"no_water", 2.4, kCold, Rhythm::Morning, Week::Even, Where::Home, 1.2, 0, 0, 0.03, 0.5, 0.09, 0.02, {"resident", "contractor"}, 0.33},
    {"water_quality", 1.8, kSummer, Rhythm::Morning, Week::Even, Where::Home, 0.5, 0, 0, 0.03, 0.5, 0.08, 0.06, {"resident", "other_agency"}, 2},
    {"blocked_drain", 3.6, kLeaves, Rhythm::Round, Week::Even, Where::Near, 26, 0, 0.6, 0.2, 0.55, 0.15, 0.04, {"weather", "contractor"}, 1.5},
    {"sewer_backup", 1.8, kEven, Rhythm::Round, Week::Even, Where::Home, 12, 0, 0, 0.02, 0.6, 0.13, 0.02, {"resident", "contractor"}, 0.25},
};

using Hours = std::array<double, 24>;
constexpr Hours kOffice{.2, .1, .1, .1, .1, .3, .9, 2.2, 5, 7.6, 8.2, 7.6, 6.4, 6.2, 6.4, 6.2, 5.6, 4.4, 3.2, 2.6, 2.2, 1.6, .9, .4};
constexpr Hours kCommute{.4, .2, .2, .2, .3, .8, 2.6, 6.4, 8.4, 6.2, 4.8, 4.6, 4.8, 4.6, 4.8, 5.8, 7.6, 7.4, 4.8, 2.8, 2, 1.4, 1, .6};
constexpr Hours kMorning{.3, .2, .2, .2, .4, 1.2, 3.4, 7.2, 9.2, 9, 8, 6.4, 5, 4.2, 3.8, 3.6, 3.6, 3.4, 2.8, 2.2, 1.6, 1, .7, .4};
constexpr Hours kEvening{.9, .5, .3, .2, .3, .8, 2, 3.2, 4, 4.2, 3.8, 3.4, 3.2, 3, 3, 3.4, 4.4, 6.2, 7.4, 7.6, 7, 5.6, 3.4, 1.8};
constexpr Hours kNight{6.2, 4.2, 2.6, 1.2, .8, 1, 1.4, 2, 2.2, 2, 1.8, 1.8, 1.8, 1.8, 1.8, 2, 2.2, 2.8, 3.6, 4.8, 6, 7.8, 9.2, 8.6};
constexpr Hours kRound{1.6, 1.2, 1, 1, 1.2, 2.2, 4, 6, 7, 6.8, 6, 5.4, 5, 4.8, 4.8, 5, 5.2, 5.2, 4.8, 4.2, 3.6, 3, 2.6, 2};
// People sleep longer at weekends.
constexpr Hours kWeekend{1.4, .9, .6, .4, .4, .6, 1, 2, 3.6, 5.6, 7, 7.2, 6.6, 6, 5.6, 5.4, 5.2, 4.8, 4.4, 4, 3.6, 3.2, 2.6, 2};

struct Character {
    std::string_view district;
    std::string_view service;
    double factor;
};
constexpr Character kCharacters[] = {
    {"old-town", "graffiti", 2.2}, {"old-town", "noise", 2.2}, {"old-town", "litter_bin", 2}, {"old-town", "parking", 1.7},
    {"old-town", "tree_pruning", .4}, {"old-town", "grass_weeds", .3}, {"old-town", "pests", 1.5}, {"old-town", "water_leak", 1.5},
    {"harbour", "illegal_dumping", 2.2}, {"harbour", "road_hazard", 1.9}, {"harbour", "blocked_drain", 1.9}, {"harbour", "pests", 1.4},
    {"harbour", "abandoned_vehicle", 1.6}, {"harbour", "fallen_tree", .5},
    {"riverside", "blocked_drain", 2}, {"riverside", "sewer_backup", 1.8}, {"riverside", "park_upkeep", 1.5}, {"riverside", "housing", 1.3},
    {"hillcrest", "snow_ice", 2}, {"hillcrest", "fallen_tree", 1.9}, {"hillcrest", "tree_pruning", 1.9}, {"hillcrest", "no_water", 1.7},
    {"hillcrest", "graffiti", .4}, {"hillcrest", "noise", .6}, {"hillcrest", "illegal_dumping", .5},
    {"eastgate", "parking", 1.6}, {"eastgate", "traffic_signal", 1.6}, {"eastgate", "housing", 1.5}, {"eastgate", "noise", 1.3},
    {"northfield", "missed_collection", 1.5}, {"northfield", "bulky_item", 1.4}, {"northfield", "grass_weeds", 1.5},
    {"northfield", "street_light", 1.3}, {"northfield", "housing", 1.3},
    {"university", "noise", 2.4}, {"university", "bulky_item", 1.8}, {"university", "litter_bin", 1.5}, {"university", "graffiti", 1.4},
    {"university", "missed_collection", .8}, {"university", "housing", 1.4},
    {"garden-quarter", "tree_pruning", 2.1}, {"garden-quarter", "sidewalk", 1.6}, {"garden-quarter", "street_cleaning", 1.8},
    {"garden-quarter", "graffiti", .6}, {"garden-quarter", "housing", .6},
    {"westbrook", "missed_collection", 1.4}, {"westbrook", "street_light", 1.3}, {"westbrook", "pothole", 1.3}, {"westbrook", "water_quality", 1.6},
    {"westbrook", "noise", .6},
};

}  // namespace

std::span<const ServiceProfile> serviceProfiles() { return kProfiles; }

const ServiceProfile& profileOf(std::string_view service) {
    for (const auto& p : kProfiles)
        if (p.service == service) return p;
    return kProfiles[0];
}

double intensity(const ServiceProfile& p, std::int64_t day, const WeatherDay& weather) {
    const auto date = dayOf(day);
    // between the middles of months the season changes evenly
    const double month = date.month - 1 + (date.day - 15.5) / 30.5 + 12;
    const auto low = static_cast<std::size_t>(month);
    const double part = month - static_cast<double>(low);
    const double season = p.season[low % 12] * (1 - part) + p.season[(low + 1) % 12] * part;

    constexpr double kWork[] = {1.25, 1.15, 1.1, 1.08, 1.0, 0.5, 0.36};
    constexpr double kEvenly[] = {1.05, 1.0, 1.0, 1.0, 1.02, 0.95, 0.9};
    constexpr double kWeekends[] = {1.0, 0.8, 0.8, 0.85, 1.05, 1.35, 1.2};
    const auto w = static_cast<std::size_t>(date.weekday);
    const double week = p.week == Week::Work ? kWork[w] : p.week == Week::Even ? kEvenly[w] : kWeekends[w];

    // snow service is asked for only where snow lies
    const double ground = p.service == "snow_ice" ? 0.0 : 1.0;
    return p.weight * season * week * (ground + p.storm * weather.storm + p.thaw * weather.thaw) +
           (ground > 0 ? p.weight * p.snow * weather.snow * 0.3 : p.weight * season * p.snow * weather.snow * 0.3);
}

std::span<const double, 24> hourWeights(Rhythm rhythm, bool weekend) {
    if (weekend && rhythm != Rhythm::Night && rhythm != Rhythm::Evening) return kWeekend;
    switch (rhythm) {
        case Rhythm::Office: return kOffice;
        case Rhythm::Commute: return kCommute;
        case Rhythm::Morning: return kMorning;
        case Rhythm::Evening: return kEvening;
        case Rhythm::Night: return kNight;
        case Rhythm::Round: return kRound;
    }
    return kOffice;
}

double districtFactor(std::string_view district, std::string_view service) {
    for (const auto& c : kCharacters)
        if (c.district == district && c.service == service) return c.factor;
    return 1;
}

double districtLateness(std::string_view district) {
    if (district == "northfield") return 1.45;
    if (district == "eastgate") return 1.25;
    if (district == "harbour") return 1.15;
    if (district == "garden-quarter" || district == "hillcrest") return 0.75;
    return 1;
}

}  // namespace wl::engine::demo
