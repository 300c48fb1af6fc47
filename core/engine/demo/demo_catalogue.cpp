// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/demo_catalogue.hpp"

#include "engine/messages/shipped.hpp"

namespace wl::engine {
namespace demo {
namespace {

rules::Crew crew(const char* code, const char* name, const char* department, std::vector<std::string> areas,
                 std::vector<std::string> services, int capacity) {
    return {.code = code,
            .name = name,
            .department = department,
            .areas = std::move(areas),
            .services = std::move(services),
            .capacity = capacity};
}
// The first of its people leads a crew.
void appointLeads(std::vector<rules::Crew>& crews) {
    for (auto& one : crews)
        for (const auto& member : staff())
            if (one.lead.empty() && member.crew == one.code) one.lead = member.code;
}
rules::StaffMember person(const char* code, const char* name, const char* department, const char* crewCode,
                          const char* role) {
    return {.code = code, .name = name, .department = department, .crew = crewCode, .role = role};
}

}  // namespace

std::vector<rules::Service> services() {
    std::vector<rules::Service> all;
    for (auto part : {streetServices(), sanitationServices(), parksServices(), codeServices(), waterServices()})
        all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    return all;
}

std::vector<rules::Department> departments() {
    return {
        {.code = "public_works", .name = "Public Works", .calendar = "weekdays", .head = "d.asphalten"},
        {.code = "sanitation", .name = "Sanitation", .calendar = "collection", .head = "g.binnington"},
        {.code = "parks", .name = "Parks", .calendar = "parks", .head = "f.meadowlark"},
        {.code = "code_enforcement", .name = "Code Enforcement", .calendar = "enforcement", .head = "p.statutely"},
        {.code = "water_sewer", .name = "Water & Sewer", .calendar = "round_the_clock", .head = "h.wellspring"},
    };
}

std::vector<rules::Crew> crews() {
    const std::vector<std::string> west{"hillcrest", "westbrook", "university", "garden-quarter"};
    const std::vector<std::string> centre{"old-town", "riverside", "harbour"};
    const std::vector<std::string> east{"northfield", "eastgate", "harbour", "riverside"};
    const std::vector<std::string> west2{"hillcrest", "westbrook", "university", "garden-quarter", "old-town"};
    std::vector<rules::Crew> all{
        crew("pw-streets-west", "Streets West", "public_works", west2,
             {"pothole", "sidewalk", "street_sign", "opening_check", "road_hazard", "snow_ice"}, 14),
        crew("pw-streets-east", "Streets East", "public_works", east,
             {"pothole", "sidewalk", "street_sign", "opening_check", "road_hazard", "snow_ice"}, 14),
        crew("pw-lights", "Lights and Signals", "public_works", {}, {"street_light", "traffic_signal"}, 16),
        crew("sa-route-west", "Collection West", "sanitation", west, {"missed_collection", "bulky_item"}, 30),
        crew("sa-route-centre", "Collection Centre", "sanitation", centre, {"missed_collection", "bulky_item"}, 30),
        crew("sa-route-east", "Collection East", "sanitation", {"northfield", "eastgate"},
             {"missed_collection", "bulky_item"}, 30),
        crew("sa-clean", "Street Cleaning", "sanitation", {},
             {"illegal_dumping", "litter_bin", "dead_animal", "street_cleaning"}, 24),
        crew("pk-trees", "Tree Crew", "parks", {}, {"fallen_tree", "tree_pruning"}, 10),
        crew("pk-grounds-west", "Grounds West", "parks", west2, {"park_upkeep", "grass_weeds"}, 12),
        crew("pk-grounds-east", "Grounds East", "parks", east, {"park_upkeep", "grass_weeds"}, 12),
        crew("ce-streets", "Street Enforcement", "code_enforcement", {},
             {"parking", "abandoned_vehicle", "noise", "graffiti"}, 26),
        crew("ce-housing", "Housing Inspection", "code_enforcement", {}, {"housing", "pests"}, 9),
        crew("ws-duty", "Water Duty Crew", "water_sewer", {}, {"water_leak", "no_water", "water_quality"}, 10),
        crew("ws-drains", "Drains and Sewers", "water_sewer", {}, {"blocked_drain", "sewer_backup"}, 10),
    };
    appointLeads(all);
    return all;
}

std::vector<rules::StaffMember> staff() {
    return {
        // the service desk belongs to no department
        person("m.alder", "Morgan Alder", "", "", "agent"),
        person("j.birchwood", "Jules Birchwood", "", "", "agent"),
        person("t.cedarling", "Tavi Cedarling", "", "", "agent"),
        person("r.dogwood", "Remy Dogwood", "", "", "agent"),
        person("s.elmsford", "Sunny Elmsford", "", "", "agent"),
        person("k.firbank", "Kit Firbank", "", "", "agent"),
        person("n.gorsewell", "Noor Gorsewell", "", "", "agent"),
        person("a.hawthornby", "Ari Hawthornby", "", "", "agent"),
        person("o.ivyson", "Oak Ivyson", "", "", "agent"),
        person("p.junipero", "Paz Junipero", "", "", "agent"),
        person("l.larchfield", "Lux Larchfield", "", "", "supervisor"),
        person("h.mapleton", "Harper Mapleton", "", "", "manager"),
        // Public Works
        person("d.asphalten", "Dara Asphalten", "public_works", "", "manager"),
        person("c.cobbleigh", "Cam Cobbleigh", "public_works", "", "supervisor"),
        person("v.kerbstone", "Val Kerbstone", "public_works", "", "dispatcher"),
        person("b.gravelly", "Bo Gravelly", "public_works", "pw-streets-west", "crew"),
        person("f.flagstone", "Fen Flagstone", "public_works", "pw-streets-west", "crew"),
        person("i.mortarlee", "Indy Mortarlee", "public_works", "pw-streets-east", "crew"),
        person("q.quarrier", "Quinn Quarrier", "public_works", "pw-streets-east", "crew"),
        person("e.lumenfield", "Eden Lumenfield", "public_works", "pw-lights", "crew"),
        person("w.wattley", "Wren Wattley", "public_works", "pw-lights", "crew"),
        // Sanitation
        person("g.binnington", "Gray Binnington", "sanitation", "", "manager"),
        person("u.sweepley", "Uma Sweepley", "sanitation", "", "dispatcher"),
        person("y.cartwell", "Yael Cartwell", "sanitation", "sa-route-west", "crew"),
        person("z.hopperton", "Zuri Hopperton", "sanitation", "sa-route-centre", "crew"),
        person("t.skipworthy", "Toby Skipworthy", "sanitation", "sa-route-east", "crew"),
        person("r.broomhill", "Robin Broomhill", "sanitation", "sa-clean", "crew"),
        person("n.brushley", "Nico Brushley", "sanitation", "sa-clean", "crew"),
        // Parks
        person("f.meadowlark", "Finley Meadowlark", "parks", "", "manager"),
        person("s.hedgerley", "Sage Hedgerley", "parks", "", "dispatcher"),
        person("a.boughton", "Ash Boughton", "parks", "pk-trees", "crew"),
        person("l.limbrick", "Lane Limbrick", "parks", "pk-trees", "crew"),
        person("c.lawnsby", "Clover Lawnsby", "parks", "pk-grounds-west", "crew"),
        person("d.turfield", "Dale Turfield", "parks", "pk-grounds-east", "crew"),
        // Code Enforcement
        person("p.statutely", "Perry Statutely", "code_enforcement", "", "manager"),
        person("j.noticeby", "Jan Noticeby", "code_enforcement", "", "supervisor"),
        person("m.ticketson", "Mika Ticketson", "code_enforcement", "ce-streets", "crew"),
        person("o.wardenley", "Ola Wardenley", "code_enforcement", "ce-streets", "crew"),
        person("k.plumbline", "Kai Plumbline", "code_enforcement", "ce-housing", "crew"),
        person("b.beamish-ladd", "Bea Beamish-Ladd", "code_enforcement", "ce-housing", "crew"),
        // Water & Sewer
        person("h.wellspring", "Hollis Wellspring", "water_sewer", "", "manager"),
        person("e.valvedale", "Emery Valvedale", "water_sewer", "", "dispatcher"),
        person("g.pipewell", "Gale Pipewell", "water_sewer", "ws-duty", "crew"),
        person("i.hydrante", "Ira Hydrante", "water_sewer", "ws-duty", "crew"),
        person("v.culverton", "Vic Culverton", "water_sewer", "ws-drains", "crew"),
        person("s.drainsley", "Sol Drainsley", "water_sewer", "ws-drains", "crew"),
    };
}

}  // namespace demo

std::vector<rules::CatalogueItem> demoCatalogue(Instant now) {
    std::vector<rules::CatalogueItem> items;
    const auto take = [&](const auto& values) {
        for (const auto& v : values) items.push_back(rules::toItem(v));
    };
    items.push_back(rules::toItem(rules::Jurisdiction{.code = "port-linden",
                                                      .name = "Port Linden",
                                                      .timeZone = std::string(kDemoTimeZone),
                                                      .manager = "h.mapleton",
                                                      .region = "US"}));
    take(demo::calendars(now));
    take(demo::departments());
    take(demo::crews());
    take(demo::staff());
    take(demo::pauseReasons());
    take(demo::services());
    take(demo::policies());
    take(demo::routingRules());
    take(demo::ladders(now));
    for (auto& item : shippedMessages()) items.push_back(std::move(item));
    return items;
}

}  // namespace wl::engine
