// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/demo_catalogue.hpp"

#include <QtTest>

#include <set>

#include "engine/demo/answers.hpp"
#include "engine/demo/phrases.hpp"
#include "engine/demo/service_profile.hpp"
#include "rules/routing.hpp"
#include "rules/sla.hpp"

using namespace wl;
using namespace wl::engine;

namespace {
constexpr Instant kNow{1'780'000'000'000};  // 28 May 2026
}

class DemoCatalogueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void buildsWithoutProblems() {
        std::vector<Error> problems;
        const auto c = rules::Catalogue::build(demoCatalogue(kNow), &problems);
        for (const auto& p : problems) qInfo("%s %s %s", p.code.c_str(), p.field.c_str(), p.detail.c_str());
        QVERIFY(problems.empty());
        QCOMPARE(c->departments().size(), 5U);
        QVERIFY(c->services().size() >= 25);
        QVERIFY(c->staffMembers().size() >= 45);
        QCOMPARE(c->jurisdiction().name, std::string("Port Linden"));
        QCOMPARE(c->jurisdiction().timeZone, std::string(kDemoTimeZone));
        QVERIFY(c->staff(kDemoAgent) != nullptr);
    }

    void everythingNamedExists() {
        const auto c = rules::Catalogue::build(demoCatalogue(kNow));
        for (const auto& s : c->services()) QVERIFY(c->department(s.department) != nullptr);
        for (const auto& d : c->departments()) QVERIFY(c->calendar(d.calendar) != nullptr);
        for (const auto& p : c->policies()) {
            QVERIFY(c->calendar(p.calendar) != nullptr);
            QVERIFY(p.service.empty() || c->service(p.service) != nullptr);
        }
        for (const auto& crew : c->crews()) {
            QVERIFY(c->department(crew.department) != nullptr);
            for (const auto& code : crew.services) QCOMPARE(c->service(code)->department, crew.department);
        }
        for (const auto& s : c->staffMembers()) {
            if (!s.crew.empty()) QCOMPARE(c->crew(s.crew)->department, s.department);
        }
        for (const auto& p : demo::serviceProfiles()) {
            QVERIFY2(c->service(p.service) != nullptr, p.service.data());
            for (const auto reason : p.waitReasons) QVERIFY2(c->pauseReason(reason) != nullptr, reason.data());
        }
        QCOMPARE(demo::serviceProfiles().size(), c->services().size());
    }

    // Every service has its own policy, a crew in each district that it is routed to, and phrases.
    void everyServiceIsServed() {
        const auto c = rules::Catalogue::build(demoCatalogue(kNow));
        std::set<std::string_view> spoken;
        for (const auto& part :
             {demo::streetPhrases(), demo::sanitationPhrases(), demo::codePhrases(), demo::greenAndWaterPhrases()})
            for (const auto& p : part) {
                spoken.insert(p.service);
                QVERIFY(p.reports.size() >= 4 && p.fixed.size() >= 2 && p.unfixed.size() >= 2 &&
                        p.crewNotes.size() >= 2);
                QCOMPARE(p.foreign.size(), 3U);
            }
        for (const auto& s : c->services()) {
            QVERIFY2(spoken.contains(s.code), s.code.c_str());
            for (const char* area : {"old-town", "harbour", "riverside", "hillcrest", "eastgate", "northfield",
                                     "university", "garden-quarter", "westbrook"}) {
                const auto route = rules::routeFor(*c, s.code, area);
                QCOMPARE(route.department, s.department);
                QVERIFY2(!route.crew.empty(), (s.code + " in " + area).c_str());
                const auto* policy = c->policyFor(s.code, s.priority, s.department, area, kNow);
                QVERIFY2(policy && policy->service == s.code, s.code.c_str());
                QVERIFY(rules::expectedBy(*c, s.code, s.priority, s.department, area, kNow) > kNow);
            }
        }
    }

    void questionsAreAskedInOrderAndListsHaveValues() {
        for (const auto& s : demo::services()) {
            int order = 0;
            QVERIFY(!s.description.empty() && !s.notice.empty() && s.keywords.size() >= 4);
            for (const auto& a : s.attributes) {
                QCOMPARE(a.order, ++order);
                QCOMPARE(a.values.empty(), a.datatype.find("list") == std::string::npos);
                QCOMPARE(a.stopValue.empty(), a.stopMessage.empty());
            }
        }
    }

    void answersAreCompleteAndNeverAnEmergency() {
        for (const auto& s : demo::services())
            for (std::uint64_t i = 0; i < 200; ++i) {
                demo::Chance chance(1, 2, i);
                const auto given = demo::answersTo(s, 20'000, chance);
                QVERIFY(given.priority >= s.priority);
                for (const auto& a : s.attributes) {
                    const auto named = given.json.find("\"" + a.code + "\":") != std::string::npos;
                    if (a.required) QVERIFY2(named, (s.code + "." + a.code).c_str());
                    if (!a.variable) QVERIFY(!named);
                    if (!a.stopValue.empty())
                        QVERIFY(given.json.find("\"" + a.code + "\":\"" + a.stopValue + "\"") == std::string::npos);
                }
            }
    }

    void holidaysCoverFiveYears() {
        for (const auto& calendar : demo::calendars(kNow)) {
            if (calendar.code == "round_the_clock") continue;
            std::set<std::string> years;
            for (const auto& [date, name] : calendar.holidays) years.insert(date.substr(0, 4));
            QCOMPARE(years, (std::set<std::string>{"2023", "2024", "2025", "2026", "2027"}));
            // Easter of 2026 was on 5 April
            QVERIFY(std::ranges::any_of(calendar.holidays, [](const auto& h) {
                return h.first == "2026-04-03" && h.second == "Good Friday";
            }));
        }
    }
};

QTEST_GUILESS_MAIN(DemoCatalogueTest)
#include "demo_catalogue_test.moc"
