// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input is refused with the reason at the field.
#include "rules/publish_check.hpp"

#include <QtTest>

using namespace wl;
using namespace wl::rules;

namespace {

WorkCalendar office() {
    WorkCalendar c;
    c.code = "office", c.name = "Office", c.week[0] = {{540, 1020}};
    return c;
}
StaffMember person(const char* code, const char* substitute = "") {
    StaffMember m;
    m.code = m.name = code, m.crew = "c", m.department = "d", m.substitute = substitute;
    return m;
}
std::vector<CatalogueItem> city() {
    Service s;
    s.code = "hole", s.name = "Hole", s.group = "Streets", s.department = "d";
    Crew crew;
    crew.code = "c", crew.name = "C", crew.department = "d";
    Department d;
    d.code = "d", d.name = "D";
    return {toItem(office()), toItem(s), toItem(crew), toItem(d), toItem(person("ann"))};
}
std::string first(const CatalogueItem& item, const CatalogueItem& other = {}) {
    std::vector<CatalogueItem> items{item};
    if (!other.kind.empty()) items.push_back(other);
    const auto problems = problemsOfPublishing(city(), items);
    return problems.empty() ? std::string() : problems.front().field + " " + problems.front().code;
}

}  // namespace

class PublishCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatStandsIsNotHeldAgainstAChange() { QVERIFY(problemsOfPublishing(city(), {}).empty()); }

    void windowsMayNotOverlap() {
        auto c = office();
        c.week[0].push_back({600, 700});
        QCOMPARE(first(toItem(c)), std::string("calendar/office.week.mon[1] catalogue.window.overlap"));
    }
    void aCalendarNeedsHours() {
        auto c = office();
        c.week[0].clear();
        QCOMPARE(first(toItem(c)), std::string("calendar/office.week catalogue.calendar.empty"));
    }
    void aCrewNeedsMembers() {
        Crew crew;
        crew.code = "new", crew.name = "New", crew.department = "d";
        QCOMPARE(first(toItem(crew)), std::string("crew/new.members catalogue.crew.empty"));
    }
    void aPolicyMustBeReachable() {
        SlaPolicy a;
        a.code = "a", a.service = "hole", a.resolve = SlaTarget{1, TargetUnit::CalendarDays};
        auto b = a;
        b.code = "b";
        QCOMPARE(first(toItem(a), toItem(b)), std::string("policy/b.service catalogue.policy.unreachable"));
        b.service.clear();
        QCOMPARE(first(toItem(a), toItem(b)), std::string());
    }
    void aRuleMustBeReachable() {
        RoutingRule wide;
        wide.code = "wide", wide.name = "Wide", wide.order = 1, wide.department = "d";
        auto narrow = wide;
        narrow.code = "narrow", narrow.order = 2, narrow.services = {"hole"};
        QCOMPARE(first(toItem(wide), toItem(narrow)),
                 std::string("routing_rule/narrow.order catalogue.rule.unreachable"));
        narrow.order = 0;
        QCOMPARE(first(toItem(wide), toItem(narrow)), std::string());
    }
    void substitutesMayNotGoInACircle() {
        QCOMPARE(first(toItem(person("bob", "cyd")), toItem(person("cyd", "bob"))),
                 std::string("staff/bob.substitute catalogue.substitute.circle"));
    }
    void aLadderNeedsStepsThatReachSomebody() {
        EscalationLadder l;
        l.code = "l";
        QCOMPARE(first(toItem(l)), std::string("escalation/l.steps catalogue.ladder.empty"));
        l.steps = {{.percent = 50, .to = "nobody"}};
        QCOMPARE(first(toItem(l)), std::string("escalation/l.steps catalogue.ladder.nobody"));
    }
};

QTEST_GUILESS_MAIN(PublishCheckTest)
#include "publish_check_test.moc"
