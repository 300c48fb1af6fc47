// SPDX-License-Identifier: GPL-3.0-or-later
// The city's own routing rules: conditions, order, people who are away or full, catch-alls.
#include <QtTest>

#include "rules/routing.hpp"

using namespace wl;
using namespace wl::rules;

namespace {

Service service(const char* code, const char* department) {
    Service s;
    s.code = s.name = code, s.department = department, s.group = "Streets";
    return s;
}
StaffMember person(const char* code, const char* crew) {
    StaffMember m;
    m.code = m.name = code, m.department = "works", m.crew = crew, m.role = "crew";
    return m;
}
RoutingRule rule(const char* code, int order) {
    RoutingRule r;
    r.code = r.name = code, r.order = order;
    return r;
}

struct City {
    std::vector<RoutingRule> rules;
    std::vector<StaffMember> people{person("ann", "north"), person("bob", "north"), person("cyd", "south")};
    Workload workload;

    [[nodiscard]] Route route(RoutingRequest r = {"pothole", "hill", Priority::Normal, Channel::Phone, "A hole",
                                                  Instant{1'750'000'000'000}}) const {
        std::vector<CatalogueItem> items{
            toItem(service("pothole", "works")),
            toItem(service("lost", "")),
            toItem(Department{.code = "works", .name = "Works", .calendar = {}}),
            toItem(Department{.code = "water", .name = "Water", .calendar = {}}),
            toItem(Crew{.code = "north", .name = "N", .department = "works", .areas = {"hill"}, .services = {}}),
            toItem(Crew{.code = "south",
                        .name = "S",
                        .department = "works",
                        .areas = {"bay"},
                        .services = {},
                        .skills = {"asphalt"}})};
        for (const auto& one : rules) items.push_back(toItem(one));
        for (const auto& one : people) items.push_back(toItem(one));
        return routeCase(*Catalogue::build(items), r, workload);
    }
};

}  // namespace

class RoutingRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutRulesTheServiceDecides() {
        const auto r = City{}.route();
        QCOMPARE(r.department + "/" + r.crew + "/" + r.rule, std::string("works/north/"));
    }
    void theFirstMatchByOrderWins() {
        City city;
        city.rules = {rule("late", 20), rule("early", 10)};
        city.rules[0].department = "works", city.rules[1].department = "water";
        QCOMPARE(city.route().rule, std::string("early"));
        QCOMPARE(city.route().department, std::string("water"));
    }
    void everyConditionMustHold_data() {
        QTest::addColumn<int>("which");
        for (int i = 0; i < 7; ++i) QTest::addRow("condition %d", i) << i;
    }
    void everyConditionMustHold() {
        QFETCH(int, which);
        City city;
        auto r = rule("r", 1);
        r.department = "water";
        r.services = {"pothole"}, r.groups = {"Streets"}, r.areas = {"hill"}, r.priorities = {Priority::Normal};
        r.channels = {Channel::Phone}, r.words = {"HOLE"};
        city.rules = {r};
        QCOMPARE(city.route().department, std::string("water"));
        auto& one = city.rules.front();
        if (which == 0) one.services = {"lost"};
        if (which == 1) one.groups = {"Trees"};
        if (which == 2) one.areas = {"bay"};
        if (which == 3) one.priorities = {Priority::Urgent};
        if (which == 4) one.channels = {Channel::Email};
        if (which == 5) one.words = {"flood"};
        if (which == 6) one.active = false;
        QCOMPARE(city.route().department, std::string("works"));
    }
    void aSkillPicksTheCrewThatHasIt() {
        City city;
        city.rules = {rule("r", 1)};
        city.rules[0].skill = "asphalt";
        QCOMPARE(city.route().crew, std::string("south"));
        city.rules[0].skill = "welding";  // nobody can: the rule cannot be kept
        QCOMPARE(city.route().crew, std::string("north"));
        QVERIFY(city.route().rule.empty());
    }
    void theLeastLoadedGetsIt() {
        City city;
        city.rules = {rule("r", 1)};
        city.rules[0].owner = "least_loaded";
        city.workload.byOwner = {{"ann", 5}, {"bob", 2}};
        QCOMPARE(city.route().owner, std::string("bob"));
        city.people[1].capacity = 2;  // bob is full
        QCOMPARE(city.route().owner, std::string("ann"));
    }
    void turnsAreTaken() {
        City city;
        city.rules = {rule("r", 1)};
        city.rules[0].owner = "round_robin";
        city.workload.lastGiven = {{"ann", Instant{5}}, {"bob", Instant{9}}};
        QCOMPARE(city.route().owner, std::string("ann"));
        city.workload.lastGiven["ann"] = Instant{10};
        QCOMPARE(city.route().owner, std::string("bob"));
    }
    void whoIsAwayIsPassedOver() {
        City city;
        city.rules = {rule("r", 1)};
        city.rules[0].owner = "ann";
        city.people[0].awayFrom = "2025-06-01", city.people[0].awayUntil = "2025-06-30";  // the 15th is within
        city.people[0].substitute = "cyd";
        QCOMPARE(city.route().owner, std::string("cyd"));
        city.people[0].substitute.clear();
        QVERIFY(city.route().rule.empty());
        city.people[0].awayUntil = "2025-06-14";
        QCOMPARE(city.route().owner, std::string("ann"));
    }
    void nothingFallsThrough() {
        City city;
        const RoutingRequest lost{"lost", "hill", Priority::Normal, Channel::Phone, "?", Instant{1}};
        QVERIFY(city.route(lost).alarm && city.route(lost).department.empty());
        city.rules = {rule("catch_all", 1)};
        city.rules[0].department = "works", city.rules[0].alarm = true;
        QCOMPARE(city.route(lost).rule, std::string("catch_all"));
        QVERIFY(city.route(lost).alarm);
        QVERIFY(city.route().rule.empty());  // a catch-all stands behind the usual way
    }
};

QTEST_GUILESS_MAIN(RoutingRulesTest)
#include "routing_rules_test.moc"
