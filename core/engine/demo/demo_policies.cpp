// SPDX-License-Identifier: GPL-3.0-or-later
// By when: SLA policies, from the general to the particular, and why a clock may stand still.
#include <algorithm>

#include "engine/demo/demo_catalogue.hpp"

namespace wl::engine::demo {
namespace {

using rules::SlaPolicy;
using rules::SlaTarget;
using rules::TargetUnit;

SlaTarget hours(int n) { return {n * 60, TargetUnit::CalendarMinutes}; }
SlaTarget minutes(int n) { return {n, TargetUnit::CalendarMinutes}; }
SlaTarget openHours(int n) { return {n * 60, TargetUnit::BusinessMinutes}; }
SlaTarget workDays(int n) { return {n, TargetUnit::BusinessDays}; }
SlaTarget days(int n) { return {n, TargetUnit::CalendarDays}; }

// Half of the time to the first answer.
SlaTarget half(const SlaTarget& t) {
    if (t.unit == TargetUnit::BusinessDays) return openHours(4 * t.amount);
    return {std::max(15, t.amount / 2), t.unit};
}
// The paperwork may take a week longer than the work.
SlaTarget weekLater(const SlaTarget& t) {
    switch (t.unit) {
        case TargetUnit::BusinessDays: return workDays(t.amount + 5);
        case TargetUnit::CalendarDays: return days(t.amount + 7);
        case TargetUnit::CalendarMinutes: return {t.amount + 7 * 1440, t.unit};
        case TargetUnit::BusinessMinutes: break;
    }
    return {t.amount + 5 * 480, t.unit};
}

struct Row {
    const char* service;
    const char* name;
    const char* calendar;
    SlaTarget respond;
    SlaTarget resolve;
};

SlaPolicy policy(const Row& row) {
    SlaPolicy p;
    p.code = std::string(row.service) + ".standard";
    p.name = row.name;
    p.service = row.service;
    p.calendar = row.calendar;
    p.respond = row.respond;
    p.resolve = row.resolve;
    p.acknowledge = half(row.respond);
    p.nextResponse = workDays(2);
    p.close = weekLater(row.resolve);
    return p;
}
SlaPolicy raised(const Row& row, Priority priority) {
    auto p = policy(row);
    p.code = std::string(row.service) + "." + std::string(code(priority));
    p.priority = priority;
    return p;
}

}  // namespace

std::vector<SlaPolicy> policies() {
    const Row rows[] = {
        {"pothole", "Potholes within five working days", "weekdays", openHours(8), workDays(5)},
        {"sidewalk", "Sidewalks within twenty working days", "weekdays", workDays(2), workDays(20)},
        {"road_hazard", "Road hazards within four hours", "round_the_clock", minutes(30), hours(4)},
        {"street_sign", "Signs within ten working days", "weekdays", workDays(1), workDays(10)},
        {"street_light", "Lights within seven working days", "weekdays", workDays(1), workDays(7)},
        {"traffic_signal", "Signals within twelve hours", "round_the_clock", hours(1), hours(12)},
        {"snow_ice", "Snow within a day", "round_the_clock", hours(4), hours(24)},
        {"opening_check", "Openings checked within fifteen working days", "weekdays", workDays(3), workDays(15)},
        {"missed_collection", "Missed bins within two working days", "collection", openHours(8), workDays(2)},
        {"bulky_item", "Bulky items within ten working days", "collection", workDays(1), workDays(10)},
        {"illegal_dumping", "Dumping within three working days", "collection", openHours(8), workDays(3)},
        {"litter_bin", "Litter bins within two working days", "collection", openHours(8), workDays(2)},
        {"dead_animal", "Dead animals within one working day", "collection", openHours(4), workDays(1)},
        {"street_cleaning", "Sweeping within ten working days", "collection", workDays(2), workDays(10)},
        {"fallen_tree", "Fallen trees within a day", "round_the_clock", hours(2), hours(24)},
        {"tree_pruning", "Pruning within forty-five days", "parks", workDays(5), days(45)},
        {"park_upkeep", "Park faults within ten working days", "parks", workDays(2), workDays(10)},
        {"grass_weeds", "Mowing within fifteen working days", "parks", workDays(3), workDays(15)},
        {"graffiti", "Graffiti within five working days", "weekdays", workDays(1), workDays(5)},
        {"abandoned_vehicle", "Vehicles within fourteen days", "enforcement", workDays(2), days(14)},
        {"parking", "Parking within eight open hours", "enforcement", openHours(2), openHours(8)},
        {"noise", "Noise within two working days", "enforcement", openHours(4), workDays(2)},
        {"housing", "Housing within seven working days", "weekdays", workDays(1), workDays(7)},
        {"pests", "Pests within eight working days", "weekdays", workDays(1), workDays(8)},
        {"water_leak", "Leaks within six hours", "round_the_clock", minutes(30), hours(6)},
        {"no_water", "Supply within eight hours", "round_the_clock", hours(1), hours(8)},
        {"water_quality", "Water quality within two days", "round_the_clock", hours(4), hours(48)},
        {"blocked_drain", "Drains within a day and a half", "round_the_clock", hours(4), hours(36)},
        {"sewer_backup", "Sewer back-ups within six hours", "round_the_clock", minutes(30), hours(6)},
    };
    const std::pair<Row, Priority> exceptions[] = {
        {{"pothole", "Deep potholes within two working days", "weekdays", openHours(4), workDays(2)}, Priority::High},
        {{"street_light", "Dark streets within a day", "round_the_clock", hours(4), hours(24)}, Priority::High},
        {{"street_sign", "Stop signs within a day", "round_the_clock", hours(2), hours(24)}, Priority::High},
        {{"park_upkeep", "Dangerous play equipment within a day", "parks", openHours(2), workDays(1)}, Priority::High},
        {{"graffiti", "Hateful graffiti within one working day", "weekdays", openHours(4), workDays(1)},
         Priority::High},
        {{"traffic_signal", "Dark junctions within four hours", "round_the_clock", minutes(30), hours(4)},
         Priority::Urgent},
        {{"fallen_tree", "Trees across a road within six hours", "round_the_clock", minutes(30), hours(6)},
         Priority::Urgent},
        {{"housing", "No heat with children within two days", "weekdays", openHours(4), workDays(2)}, Priority::Urgent},
        {{"blocked_drain", "Flooded houses within six hours", "round_the_clock", minutes(30), hours(6)},
         Priority::Urgent},
    };
    std::vector<SlaPolicy> all;
    for (const auto& row : rows) all.push_back(policy(row));
    for (const auto& [row, priority] : exceptions) all.push_back(raised(row, priority));

    // What holds for a service that somebody adds later.
    const std::pair<const char*, const char*> fallbacks[] = {{"public_works", "weekdays"},
                                                             {"sanitation", "collection"},
                                                             {"parks", "parks"},
                                                             {"code_enforcement", "enforcement"},
                                                             {"water_sewer", "round_the_clock"}};
    for (const auto& [department, calendar] : fallbacks) {
        SlaPolicy p;
        p.code = std::string(department) + ".default";
        p.name = "Unless said otherwise: ten working days";
        p.department = department;
        p.calendar = calendar;
        p.respond = workDays(2);
        p.resolve = workDays(10);
        p.close = workDays(15);
        all.push_back(std::move(p));
    }
    return all;
}

std::vector<rules::PauseReason> pauseReasons() {
    return {
        {.code = "resident", .name = "Waiting for the resident", .stopsClock = true, .maxMinutes = 45 * 1440},
        {.code = "other_agency", .name = "Waiting for another agency", .stopsClock = true, .maxMinutes = 90 * 1440},
        {.code = "weather", .name = "Weather does not allow it", .stopsClock = true, .maxMinutes = 60 * 1440},
        {.code = "season", .name = "Out of season", .stopsClock = true, .maxMinutes = 240 * 1440},
        {.code = "contractor", .name = "Waiting for a contractor", .stopsClock = false, .maxMinutes = 90 * 1440},
        {.code = "material", .name = "Waiting for material", .stopsClock = false, .maxMinutes = 90 * 1440},
        {.code = "legal_notice", .name = "Legal notice period runs", .stopsClock = true, .maxMinutes = 90 * 1440},
    };
}

std::vector<rules::RoutingRule> routingRules() {
    rules::RoutingRule flood;
    flood.code = "flooded_houses";
    flood.name = "Water in a house goes to the duty crew";
    flood.order = 10;
    flood.services = {"blocked_drain", "sewer_backup"};
    flood.words = {"basement", "flooded"};
    flood.department = "water_sewer";
    flood.crew = "ws-duty";
    rules::RoutingRule rest;
    rest.code = "catch_all";
    rest.name = "What no department answers for";
    rest.order = 1000;
    rest.department = "public_works";
    rest.alarm = true;
    return {flood, rest};
}

std::vector<rules::EscalationLadder> ladders(Instant now) {
    rules::EscalationLadder usual;
    usual.code = "usual";
    usual.name = "Work that runs late";
    usual.steps = {{.percent = 75, .to = "owner"},
                   {.percent = 100, .to = "crew_lead"},
                   {.minutes = 480, .to = "department_head", .repeatMinutes = 2 * 1440},
                   {.percent = 200, .to = "city_manager"}};
    usual.calendar = "weekdays";
    usual.validFrom = now;
    auto urgent = usual;
    urgent.code = "urgent";
    urgent.name = "Urgent work that runs late";
    urgent.priority = Priority::Urgent;
    urgent.steps = {{.percent = 50, .to = "owner"},
                    {.percent = 75, .to = "crew_lead"},
                    {.percent = 100, .to = "department_head", .repeatMinutes = 60},
                    {.percent = 150, .to = "city_manager"}};
    urgent.calendar.clear();
    return {usual, urgent};
}

}  // namespace wl::engine::demo
