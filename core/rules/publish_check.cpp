// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/publish_check.hpp"

#include <algorithm>
#include <array>

#include "domain/workflow.hpp"
#include "rules/sla.hpp"

namespace wl::rules {
namespace {

using Problems = std::vector<Error>;

void note(Problems& problems, std::string_view code, std::string field, std::string detail = {}) {
    problems.push_back({ErrorKind::Input, std::string(code), std::move(field), std::move(detail)});
}

void checkPeople(const Catalogue& c, Problems& problems) {
    for (const auto& crew : c.crews()) {
        const bool any = std::ranges::any_of(c.staffMembers(),
                                             [&](const StaffMember& m) { return m.active && m.crew == crew.code; });
        if (!any) note(problems, "catalogue.crew.empty", "crew/" + crew.code + ".members");
        if (!crew.lead.empty() && c.staff(crew.lead) == nullptr)
            note(problems, "catalogue.staff.unknown", "crew/" + crew.code + ".lead", crew.lead);
    }
    for (const auto& d : c.departments())
        if (!d.head.empty() && c.staff(d.head) == nullptr)
            note(problems, "catalogue.staff.unknown", "department/" + d.code + ".head", d.head);
    for (const auto& m : c.staffMembers()) {
        const auto* next = &m;
        for (std::size_t steps = 0; next != nullptr && !next->substitute.empty(); ++steps) {
            next = c.staff(next->substitute);
            if (next == nullptr)
                note(problems, "catalogue.staff.unknown", "staff/" + m.code + ".substitute", m.substitute);
            if (next != &m && steps <= c.staffMembers().size()) continue;
            if (next != nullptr)
                note(problems, "catalogue.substitute.circle", "staff/" + m.code + ".substitute", m.substitute);
            break;
        }
    }
}

bool sameScope(const SlaPolicy& a, const SlaPolicy& b) {
    return a.service == b.service && a.group == b.group && a.department == b.department && a.crew == b.crew &&
           a.area == b.area && a.priority == b.priority && a.validFrom == b.validFrom;
}

void checkPolicies(const Catalogue& c, Problems& problems) {
    const auto& all = c.policies();
    for (const auto& p : all) {
        const auto* service = c.service(p.service);
        const auto* crew = c.crew(p.crew);
        const bool wrongGroup = service != nullptr && !p.group.empty() && service->group != p.group;
        const bool wrongCrew = crew != nullptr && !p.department.empty() && crew->department != p.department;
        // Of two for the same, the lower code holds.
        const bool shadowed =
            std::ranges::any_of(all, [&](const SlaPolicy& o) { return o.code < p.code && sameScope(o, p); });
        if (wrongGroup || wrongCrew || shadowed)
            note(problems, "catalogue.policy.unreachable",
                 "policy/" + p.code +
                     (wrongGroup  ? ".group"
                      : wrongCrew ? ".crew"
                                  : ".service"));
    }
}

template <class T>
bool covers(const std::vector<T>& wide, const std::vector<T>& narrow) {
    return wide.empty() || (!narrow.empty() && std::ranges::all_of(narrow, [&](const T& v) {
               return std::ranges::find(wide, v) != wide.end();
           }));
}

// Every case that `b` matches, `a` took before; and `a` can always be kept.
bool hides(const RoutingRule& a, const RoutingRule& b) {
    return a.active && a.alarm == b.alarm && a.owner.empty() && a.skill.empty() && a.when.empty() &&
           (!a.department.empty() || !a.crew.empty()) && covers(a.services, b.services) && covers(a.groups, b.groups) &&
           covers(a.areas, b.areas) && covers(a.priorities, b.priorities) && covers(a.channels, b.channels) &&
           covers(a.words, b.words);
}

void checkRouting(const Catalogue& c, Problems& problems) {
    const auto& rules = c.routingRules();
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto& r = rules[i];
        const auto field = "routing_rule/" + r.code;
        if (!r.department.empty() && c.department(r.department) == nullptr)
            note(problems, "catalogue.department.unknown", field + ".department", r.department);
        if (const auto* crew = c.crew(r.crew); !r.crew.empty() && crew == nullptr)
            note(problems, "catalogue.crew.unknown", field + ".crew", r.crew);
        else if (crew != nullptr && !r.department.empty() && crew->department != r.department)
            note(problems, "catalogue.crew.department", field + ".crew", r.crew);
        for (const auto& service : r.services)
            if (c.service(service) == nullptr)
                note(problems, "catalogue.service.unknown", field + ".services", service);
        const bool strategy = r.owner.empty() || r.owner == "round_robin" || r.owner == "least_loaded";
        if (!strategy && c.staff(r.owner) == nullptr)
            note(problems, "catalogue.staff.unknown", field + ".owner", r.owner);
        if (!r.when.empty() && (c.calendar(r.calendar) == nullptr || (r.when != "open" && r.when != "closed")))
            note(problems, "catalogue.rule.when", field + ".when", r.when);
        for (std::size_t k = 0; k < i && r.active; ++k)
            if (hides(rules[k], r)) {
                note(problems, "catalogue.rule.unreachable", field + ".order", rules[k].code);
                break;
            }
    }
}

void checkLadders(const Catalogue& c, Problems& problems) {
    constexpr std::array<std::string_view, 4> roles{"owner", "crew_lead", "department_head", "city_manager"};
    for (const auto& l : c.ladders()) {
        const auto field = "escalation/" + l.code;
        if (l.steps.empty()) note(problems, "catalogue.ladder.empty", field + ".steps");
        if (!targetKindFromCode(l.target)) note(problems, "catalogue.ladder.target", field + ".target", l.target);
        if (!l.calendar.empty() && c.calendar(l.calendar) == nullptr)
            note(problems, "catalogue.calendar.unknown", field + ".calendar", l.calendar);
        for (const auto& step : l.steps)
            if (std::ranges::find(roles, step.to) == roles.end() && c.staff(step.to) == nullptr)
                note(problems, "catalogue.ladder.nobody", field + ".steps", step.to);
    }
    if (const auto& manager = c.jurisdiction().manager; !manager.empty() && c.staff(manager) == nullptr)
        note(problems, "catalogue.staff.unknown", "jurisdiction/" + c.jurisdiction().code + ".manager", manager);
    for (const auto& reason : c.pauseReasons())
        if (!mayStep(Status::Waiting, reason.fallback) || reason.fallback == Status::Closed ||
            reason.fallback == Status::Waiting)
            note(problems, "catalogue.pause.fallback", "pause_reason/" + reason.code + ".fallback",
                 std::string(code(reason.fallback)));
}

Problems allProblems(const std::vector<CatalogueItem>& items) {
    Problems problems;
    const auto built = Catalogue::build(items, &problems);
    checkForPublishing(*built, problems);
    return problems;
}

}  // namespace

void checkForPublishing(const Catalogue& catalogue, std::vector<Error>& problems) {
    checkPeople(catalogue, problems);
    checkPolicies(catalogue, problems);
    checkRouting(catalogue, problems);
    checkLadders(catalogue, problems);
}

std::vector<Error> problemsOfPublishing(const std::vector<CatalogueItem>& standing,
                                        const std::vector<CatalogueItem>& items) {
    const auto before = allProblems(standing);
    auto whole = standing;
    whole.insert(whole.end(), items.begin(), items.end());
    auto after = allProblems(whole);
    std::erase_if(after, [&](const Error& e) {
        return std::ranges::any_of(before, [&](const Error& b) {
            return b.code == e.code && b.field == e.field && b.detail == e.detail;
        });
    });
    return after;
}

}  // namespace wl::rules
