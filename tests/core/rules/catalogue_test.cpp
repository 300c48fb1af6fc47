// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/catalogue.hpp"

#include <rapidcheck.h>

#include <QtTest>

#include "case_history.hpp"
#include "rules/business_hours.hpp"

using namespace wl;
using namespace wl::rules;
using namespace wl::rules::test;

namespace {

QByteArray text(const std::vector<Error>& problems) {
    QByteArray out;
    for (const auto& p : problems) {
        if (!out.isEmpty()) out += "; ";
        out += QByteArray::fromStdString(p.code + " " + p.field +
                                         (p.detail.empty() || p.code == "catalogue.json" ? "" : "=" + p.detail));
    }
    return out;
}

QByteArray problemsOf(const std::vector<CatalogueItem>& items) {
    std::vector<Error> problems;
    (void)Catalogue::build(items, &problems);
    return text(problems);
}

Service fullService() {
    Service s;
    s.code = "pothole", s.name = "Pothole \"deep\" \u00e4\n", s.group = "Streets", s.description = "d",
    s.keywords = {"hole", "", "road"};
    s.department = "works", s.priority = Priority::High, s.notice = "n", s.icon = "i";
    s.staffOnly = s.confidential = true, s.active = false;
    s.attributes = {{"depth",
                     "How deep?",
                     "singlevaluelist",
                     "a guess will do",
                     true,
                     false,
                     -3,
                     {{"1", "shallow"}, {"2", ""}},
                     "2",
                     "Call 112"},
                    {}};
    auto& why = s.attributes.back();
    why.code = "why", why.onlyIf = "depth", why.onlyIfValue = "2";
    return s;
}
SlaPolicy fullPolicy() {
    SlaPolicy p{"fast",
                "Fast",
                "pothole",
                "Streets",
                "works",
                "c1",
                "north",
                Priority::Urgent,
                "office",
                {},
                {},
                60,
                at("2025-01-01T05:00:00.250Z")};
    p.respond = SlaTarget{30, TargetUnit::CalendarMinutes};
    p.resolve = SlaTarget{2, TargetUnit::BusinessDays};
    return p;
}

}  // namespace

class CatalogueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyItemReturnsAsItWas() {
        const auto service = fullService();
        const auto policy = fullPolicy();
        auto calendar = office("Europe/Berlin");
        calendar.holidays = {{"2025-12-25", "Christmas"}, {"2025-01-01", ""}};
        const Crew crew{"c1", "Crew", "works", {"north", "south"}, {"pothole"}, 12};
        const StaffMember staff{"ada", "Ada Example", "works", "c1", "dispatcher", false};
        const Department department{"works", "Public Works", "office"};
        const PauseReason reason{"weather", "Weather", false};
        Jurisdiction city{"city", "Port Linden", "America/New_York"};
        city.dormantDays = 0;
        std::vector<Error> problems;
        const auto c = Catalogue::build({toItem(service), toItem(policy), toItem(calendar), toItem(crew), toItem(staff),
                                         toItem(department), toItem(reason), toItem(city)},
                                        &problems);
        QVERIFY2(problems.empty(), text(problems));
        QVERIFY(*c->service("pothole") == service);
        QVERIFY(c->policies() == std::vector{policy});
        QVERIFY(*c->calendar("office") == calendar);
        QVERIFY(*c->crew("c1") == crew);
        QVERIFY(*c->staff("ada") == staff);
        QVERIFY(*c->department("works") == department);
        QVERIFY(*c->pauseReason("weather") == reason);
        QVERIFY(c->jurisdiction() == city);
        QCOMPARE(QByteArray::fromStdString(c->timeZone().name()), QByteArray("America/New_York"));
        QVERIFY(c->hours("office") != nullptr);
        QVERIFY(c->hours("works") == nullptr);
    }
    void documentsAreCanonical() {
        Service s;
        s.code = "pothole";
        QCOMPARE(toItem(s).document, std::string("{}"));
        s.name = "Pothole", s.active = false, s.department = "works";
        QCOMPARE(toItem(s).document, std::string(R"({"active":false,"department":"works","name":"Pothole"})"));
        QCOMPARE(
            toItem(fullPolicy()).document,
            std::string(
                R"({"area":"north","calendar":"office","crew":"c1","department":"works","group":"Streets","name":"Fast","priority":"urgent",)"
                R"("resolve":{"amount":2,"unit":"business_days"},"respond":{"amount":30,"unit":"calendar_minutes"},)"
                R"("service":"pothole","valid_from":"2025-01-01T05:00:00.250Z","warn_percent":60})"));
    }
    void hostileDocuments_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* kind, QByteArray document, const char* problem) {
            QTest::addRow("%s %s", kind, document.left(60).constData())
                << QByteArray(kind) << document << QByteArray(problem);
        };
        row("service", "{", "catalogue.json service/x");
        row("service", "null", "catalogue.type service/x=object");
        row("service", "[]", "catalogue.type service/x=object");
        row("service", "{} {}", "catalogue.json service/x");
        row("service", "{\"name\":\"\xff\"}", "catalogue.json service/x");
        row("service", QByteArray(100'000, '['), "catalogue.json service/x");
        row("service", QByteArray("{\"future\":") + QByteArray(20, '[') + QByteArray(20, ']') + "}", "");
        row("service", R"({"name":5})", "catalogue.type service/x.name=string");
        row("service", R"({"name":null})", "catalogue.type service/x.name=string");
        row("service", R"({"active":"yes"})", "catalogue.type service/x.active=boolean");
        row("service", R"({"priority":"mega"})", "catalogue.value service/x.priority=mega");
        row("service", R"({"priority":2})", "catalogue.type service/x.priority=string");
        row("service", R"({"keywords":"hole"})", "catalogue.type service/x.keywords=array");
        row("service", R"({"keywords":["a",1]})", "catalogue.type service/x.keywords[1]=string");
        row("service", R"({"attributes":[{},5]})", "catalogue.type service/x.attributes[1]=object");
        row("service", R"({"attributes":[{"values":[{"key":1}]}]})",
            "catalogue.type service/x.attributes[0].values[0].key=string");
        row("service", R"({"name":1,"group":2})",
            "catalogue.type service/x.name=string; catalogue.type service/x.group=string");
        row("crew", R"({"capacity":-1})", "catalogue.value crew/x.capacity=-1");
        row("crew", R"({"capacity":1.5})", "catalogue.value crew/x.capacity=1.5E0");
        row("crew", R"({"capacity":99999999999})", "catalogue.value crew/x.capacity=99999999999");
        row("crew", R"({"capacity":18446744073709551615})", "catalogue.value crew/x.capacity=18446744073709551615");
        row("crew", R"({"capacity":"5"})", "catalogue.type crew/x.capacity=whole number");
        row("calendar", R"({"week":[]})", "catalogue.type calendar/x.week=object");
        row("calendar", R"({"week":{"tue":[{"from":"8"}]}})",
            "catalogue.type calendar/x.week.tue[0].from=whole number");
        row("policy", R"({"resolve":{"unit":"business_days"}})", "catalogue.value policy/x.resolve.amount");
        row("policy", R"({"resolve":{"amount":0}})", "catalogue.value policy/x.resolve.amount=0");
        row("policy", R"({"resolve":{"amount":1,"unit":"moons"}})", "catalogue.value policy/x.resolve.unit=moons");
        row("policy", R"({"resolve":{"amount":1},"warn_percent":0})", "catalogue.value policy/x.warn_percent=0");
        row("policy", R"({"resolve":{"amount":1},"valid_from":"2025-02-30"})",
            "catalogue.value policy/x.valid_from=2025-02-30");
        row("policy", R"({"resolve":5})", "catalogue.type policy/x.resolve=object");
        row("pause_reason", R"({"stops_clock":1})", "catalogue.type pause_reason/x.stops_clock=boolean");
        row("jurisdiction", R"({"time_zone":[]})", "catalogue.type jurisdiction/x.time_zone=string");
    }
    void hostileDocuments() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, document);
        QFETCH(QByteArray, problem);
        std::vector<Error> problems;
        const auto c =
            Catalogue::build({{kind.toStdString(), "x", document.toStdString()}, {"service", "y", "{}"}}, &problems);
        QCOMPARE(text(problems), problem);
        QVERIFY(c->service("y") != nullptr);
        if (problem.isEmpty()) return;
        QVERIFY(c->service("x") == nullptr && c->crew("x") == nullptr && c->calendar("x") == nullptr);
        QVERIFY(c->policies().empty() && c->pauseReasons().empty() && c->jurisdiction() == Jurisdiction{});
    }
    void anyDamageIsSurvived() {
        QVERIFY(rc::check("a damaged document is read or reported, never thrown", [] {
            auto item = *rc::gen::element(toItem(fullService()), toItem(fullPolicy()), toItem(office("Europe/Berlin")));
            for (auto n = *rc::gen::inRange(1, 6); n > 0 && !item.document.empty(); --n) {
                const auto place = *rc::gen::inRange<std::size_t>(0, item.document.size());
                if (*rc::gen::arbitrary<bool>()) item.document[place] = *rc::gen::arbitrary<char>();
                else item.document.erase(place, *rc::gen::inRange<std::size_t>(1, 9));
            }
            std::vector<Error> problems;
            const auto c = Catalogue::build({item}, &problems);
            RC_ASSERT(c->services().size() + c->policies().size() + c->calendars().size() == 1 || !problems.empty() ||
                      item.document.empty());
        }));
    }
    void meaninglessItems_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* name, const char* kind, const char* document, const char* problem) {
            QTest::newRow(name) << QByteArray(kind) << QByteArray(document) << QByteArray(problem);
        };
        row("overlap", "calendar", R"({"week":{"mon":[{"from":480,"to":720},{"from":700,"to":900}]}})",
            "catalogue.window.overlap calendar/x.week.mon[1]=700-900");
        row("overlap with the night before", "calendar",
            R"({"week":{"mon":[{"from":1320,"to":1860}],"tue":[{"from":360,"to":600}]}})",
            "catalogue.window.overlap calendar/x.week.tue[0]=360-600");
        row("overlap over the weekend", "calendar",
            R"({"week":{"mon":[{"from":60,"to":600}],"sun":[{"from":1320,"to":1600}]}})",
            "catalogue.window.overlap calendar/x.week.mon[0]=60-600");
        row("windows that meet", "calendar",
            R"({"week":{"mon":[{"from":0,"to":720},{"from":720,"to":1440}],"tue":[{"from":0,"to":5}]}})", "");
        row("backwards", "calendar", R"({"week":{"mon":[{"from":0,"to":5},{"from":720,"to":720}]}})",
            "catalogue.window.range calendar/x.week.mon[1]=720-720");
        row("longer than a day", "calendar", R"({"week":{"mon":[{"from":0,"to":5},{"from":600,"to":2041}]}})",
            "catalogue.window.range calendar/x.week.mon[1]=600-2041");
        row("no hours", "calendar", R"({"name":"Never"})", "catalogue.calendar.empty calendar/x.week");
        row("unknown zone", "calendar", R"({"time_zone":"Mars/Olympus","week":{"mon":[{"from":0,"to":5}]}})",
            "catalogue.time_zone.unknown calendar/x.time_zone=Mars/Olympus");
        row("no such date", "calendar", R"({"holidays":[{"date":"2025-02-29"}],"week":{"mon":[{"from":0,"to":5}]}})",
            "catalogue.holiday.date calendar/x.holidays[0].date=2025-02-29");
        row("city in an unknown zone", "jurisdiction", R"({"time_zone":"Nowhere"})",
            "catalogue.time_zone.unknown jurisdiction/x.time_zone=Nowhere");
        row("policy without calendar", "policy", R"({"calendar":"lost","resolve":{"amount":1}})",
            "catalogue.calendar.unknown policy/x.calendar=lost");
        row("policy for nobody", "policy", R"({"department":"d","group":"g","resolve":{"amount":1},"service":"s"})",
            "catalogue.service.unknown policy/x.service=s; catalogue.group.unknown policy/x.group=g; "
            "catalogue.department.unknown policy/x.department=d");
        row("policy without a target", "policy", R"({})", "catalogue.policy.targets policy/x");
        row("crew of nobody", "crew", R"({"department":"d","services":["s"]})",
            "catalogue.department.unknown crew/x.department=d; catalogue.service.unknown crew/x.services=s");
        row("staff of nobody", "staff", R"({"crew":"c"})", "catalogue.crew.unknown staff/x.crew=c");
        row("department without calendar", "department", R"({"calendar":"c"})",
            "catalogue.calendar.unknown department/x.calendar=c");
        row("question without a code", "service", R"({"attributes":[{"description":"?"}]})",
            "catalogue.question.code service/x.attributes[0].code");
        row("two questions of one code", "service", R"({"attributes":[{"code":"a"},{"code":"a"}]})",
            "catalogue.question.twice service/x.attributes[1].code=a");
        row("no answers", "service", R"({"attributes":[{"code":"a","datatype":"singlevaluelist"}]})",
            "catalogue.question.values service/x.attributes[0].values=a");
        row("no such answer", "service", R"({"attributes":[{"code":"a","datatype":"blob"}]})",
            "catalogue.question.type service/x.attributes[0].datatype=blob");
        row("stops at nothing", "service",
            R"({"attributes":[{"code":"a","datatype":"singlevaluelist","stop_value":"z","values":[{"key":"b"}]}]})",
            "catalogue.question.value service/x.attributes[0].stop_value=z");
        row("hangs on a later question", "service", R"({"attributes":[{"code":"a","only_if":"b"},{"code":"b"}]})",
            "catalogue.question.condition service/x.attributes[0].only_if=b");
        row("hangs on itself", "service", R"({"attributes":[{"code":"a","only_if":"a"}]})",
            "catalogue.question.condition service/x.attributes[0].only_if=a");
        row("hangs on no answer", "service",
            R"({"attributes":[{"code":"a","values":[{"key":"y"}]},{"code":"b","only_if":"a","only_if_value":"n"}]})",
            "catalogue.question.value service/x.attributes[1].only_if_value=n");
        row("a chain of questions", "service",
            R"({"attributes":[{"code":"a"},{"code":"b","only_if":"a"},{"code":"c","only_if":"b","only_if_value":"1"}]})",
            "");
        row("service of nobody", "service", R"({"department":"d"})",
            "catalogue.department.unknown service/x.department=d");
    }
    void meaninglessItems() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, document);
        QFETCH(QByteArray, problem);
        QCOMPARE(problemsOf({{kind.toStdString(), "x", document.toStdString()}}), problem);
    }
    void aCodeIsNeeded() { QCOMPARE(problemsOf({{"service", "", "{}"}}), QByteArray("catalogue.code service/")); }
    void laterItemsReplaceAndEmptyOnesWithdraw() {
        const auto c = Catalogue::build({{"service", "a", R"({"name":"Old"})"},
                                         {"service", "b", R"({"name":"Gone"})"},
                                         {"service", "a", R"({"name":"New"})"},
                                         {"service", "b", ""},
                                         {"drone", "d1", "?"}});
        QCOMPARE(c->services().size(), std::size_t{1});
        QCOMPARE(c->serviceName("a"), std::string("New"));
        QCOMPARE(c->serviceName("b"), std::string("b"));
        QCOMPARE(c->unknownItems(), (std::vector<CatalogueItem>{{"drone", "d1", "?"}}));
    }
    void itemsComeInTheOrderPeopleRead() {
        std::vector<CatalogueItem> items;
        for (
            const auto& [code, group, name] :
            {std::tuple{"1", "Trees", "Ash"}, {"2", "Roads", "Sign"}, {"3", "Roads", "Hole"}, {"0", "Roads", "Sign"}}) {
            Service s;
            s.code = code, s.group = group, s.name = name;
            items.push_back(toItem(s));
        }
        std::string order;
        const auto c = Catalogue::build(items);
        for (const auto& s : c->services()) order += s.code;
        QCOMPARE(order, std::string("3021"));
    }

    void policySpecificity_data() {
        QTest::addColumn<QByteArray>("service");
        QTest::addColumn<int>("priority");
        QTest::addColumn<QByteArray>("department");
        QTest::addColumn<QByteArray>("area");
        QTest::addColumn<QByteArray>("policy");
        const auto row = [](const char* name, const char* service, Priority priority, const char* department,
                            const char* area, const char* policy) {
            QTest::newRow(name) << QByteArray(service) << static_cast<int>(priority) << QByteArray(department)
                                << QByteArray(area) << QByteArray(policy);
        };
        row("service beats all the rest together", "pothole", Priority::Urgent, "works", "north", "service");
        row("group beats department, priority and area", "sign", Priority::Urgent, "works", "north", "group");
        row("department beats priority and area", "tree", Priority::Urgent, "works", "north", "department");
        row("priority beats area", "tree", Priority::Urgent, "parks", "north", "priority");
        row("area", "tree", Priority::Normal, "parks", "north", "area");
        row("any", "tree", Priority::Normal, "parks", "south", "any");
        row("a service nobody knows", "ufo", Priority::Normal, "parks", "north", "area");
        row("a service only a policy knows", "ghost", Priority::Normal, "", "", "ghost");
    }
    void policySpecificity() {
        QFETCH(QByteArray, service);
        QFETCH(int, priority);
        QFETCH(QByteArray, department);
        QFETCH(QByteArray, area);
        std::vector<CatalogueItem> items;
        for (const auto& [code, group] : {std::pair{"pothole", "Roads"}, {"sign", "Roads"}, {"tree", "Green"}}) {
            Service s;
            s.code = code, s.group = group;
            items.push_back(toItem(s));
        }
        const auto put = [&](const char* code, auto set) {
            SlaPolicy p;
            p.code = code, p.resolve = SlaTarget{1, TargetUnit::CalendarDays};
            set(p);
            items.push_back(toItem(p));
        };
        put("any", [](SlaPolicy&) {});
        put("service", [](SlaPolicy& p) { p.service = "pothole"; });
        put("ghost", [](SlaPolicy& p) { p.service = "ghost"; });
        put("group", [](SlaPolicy& p) { p.group = "Roads"; });
        put("everything but",
            [](SlaPolicy& p) { p.department = "water", p.area = "north", p.priority = Priority::Urgent; });
        put("department", [](SlaPolicy& p) { p.department = "works"; });
        put("priority", [](SlaPolicy& p) { p.priority = Priority::Urgent; });
        put("area", [](SlaPolicy& p) { p.area = "north"; });
        const auto c = Catalogue::build(items);
        const auto* found = c->policyFor(service.toStdString(), static_cast<Priority>(priority),
                                         department.toStdString(), area.toStdString(), {1});
        QVERIFY(found != nullptr);
        QTEST(QByteArray::fromStdString(found->code), "policy");
    }
    void policyVersions() {
        std::vector<CatalogueItem> items;
        const auto put = [&](const char* code, const char* from, const char* service = "") {
            SlaPolicy p;
            p.code = code, p.service = service;
            if (*from != '\0') p.validFrom = at(from);
            items.push_back(toItem(p));
        };
        put("2025", "2025-01-01T05:00:00Z"), put("first", ""), put("2024b", "2024-01-01T05:00:00Z"),
            put("2024a", "2024-01-01T05:00:00Z");
        put("special", "2026-01-01T00:00:00Z", "pothole");
        const auto c = Catalogue::build(items);
        const auto codeAt = [&](const char* service, const char* when) {
            return QByteArray::fromStdString(c->policyFor(service, Priority::Normal, "", "", at(when))->code);
        };
        QCOMPARE(codeAt("pothole", "2023-06-01T00:00:00Z"), QByteArray("first"));
        QCOMPARE(codeAt("pothole", "2024-06-01T00:00:00Z"), QByteArray("2024a"));  // equals: the lower code
        QCOMPARE(codeAt("pothole", "2025-01-01T04:59:59.999Z"), QByteArray("2024a"));
        QCOMPARE(codeAt("pothole", "2025-01-01T05:00:00Z"), QByteArray("2025"));
        QCOMPARE(codeAt("pothole", "2026-06-01T00:00:00Z"), QByteArray("special"));
        QCOMPARE(codeAt("sign", "2026-06-01T00:00:00Z"), QByteArray("2025"));
        QVERIFY(Catalogue::build({})->policyFor("sign", Priority::Normal, "", "", {1}) == nullptr);
    }
};

QTEST_GUILESS_MAIN(CatalogueTest)
#include "catalogue_test.moc"
