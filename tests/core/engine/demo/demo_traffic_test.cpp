// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/demo_traffic.hpp"

#include <QtTest>

#include <map>
#include <set>

#include "command_text.hpp"
#include "domain/crypto.hpp"
#include "domain/workflow.hpp"
#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/local_time.hpp"
#include "geo/demo_city.hpp"
#include "rules/sla.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

constexpr Instant kNow{1'780'000'000'000};

geo::CityMapPtr city() {
    static const auto map = std::make_shared<const geo::CityMap>(geo::makeDemoCity(geo::portLindenSeed));
    return map;
}
rules::CataloguePtr catalogue() {
    static const auto c = rules::Catalogue::build(demoCatalogue(kNow));
    return c;
}

struct Story {
    std::string service, department, area, description;
    Channel channel{};
    Instant requested, closed;
    GeoPoint at;
    Status status{Status::New};
    std::string reason, owner;
    int reopened{};
    bool paused{}, anonymous{};
};

struct History {
    Hash hash{};
    std::map<CaseId, Story> cases;
    std::set<Channel> channelsIn, channelsOut;
    std::set<Status> statuses;
    std::set<std::string> resolutions, reasons, agents;
    std::size_t commands{}, interactions{}, persons{};
    std::vector<DemoCluster> clusters;
    std::vector<Instant> storms;
    std::vector<std::string> texts, phones, mails;
    std::string trouble;  ///< the first thing that must not be
};

void note(History& h, const TimedCommand& c) {
    if (const auto* open = std::get_if<OpenCase>(&c.command)) {
        auto& s = h.cases[open->id];
        s.service = asText(*open->fields.find(CaseField::Service));
        s.area = asText(*open->fields.find(CaseField::Area));
        s.description = asText(*open->fields.find(CaseField::Description));
        s.channel = static_cast<Channel>(asInt(*open->fields.find(CaseField::FirstChannel)));
        s.requested = {asInt(*open->fields.find(CaseField::RequestedAt))};
        s.at = std::get<GeoPoint>(*open->fields.find(CaseField::Position));
        s.anonymous = open->requester.known.isNull();
        s.department = catalogue()->service(s.service)->department;
        h.channelsIn.insert(s.channel);
        h.texts.push_back(s.description);
        h.texts.push_back(open->firstContact->body);
        if (s.requested != c.at) h.trouble = "opened at another time than it was requested";
    } else if (const auto* step = std::get_if<ChangeStatus>(&c.command)) {
        if (!h.cases.contains(step->target.id)) h.trouble = "a step before the opening";
        auto& s = h.cases[step->target.id];
        if (step->at != c.at) h.trouble = "a step at another time than it was written";
        if (!mayStep(s.status, step->to)) h.trouble = "a step that nobody may take";
        if (s.status == Status::Closed) ++s.reopened;
        s.status = step->to;
        s.reason = step->reason;
        h.statuses.insert(step->to);
        if (step->to == Status::Closed) s.closed = c.at, h.resolutions.insert(step->reason);
        if (step->to == Status::Waiting) s.paused = true, h.reasons.insert(step->reason);
        h.texts.push_back(step->note);
    } else if (const auto* said = std::get_if<RecordInteraction>(&c.command)) {
        ++h.interactions;
        if (!h.cases.contains(said->target.id)) h.trouble = "said before the opening";
        if (said->interaction.direction == Direction::In) h.channelsIn.insert(said->interaction.channel);
        if (said->interaction.direction == Direction::Out) h.channelsOut.insert(said->interaction.channel);
        h.texts.push_back(said->interaction.body);
    } else if (const auto* person = std::get_if<OpenPerson>(&c.command)) {
        ++h.persons;
        for (const auto& contact : person->contacts)
            (contact.kind == ContactKind::Email ? h.mails : h.phones).push_back(contact.value);
        if (person->contacts.empty() || person->contacts.size() > 3)
            h.trouble = "a person without contacts, or with too many";
    } else if (const auto* edit = std::get_if<EditCase>(&c.command)) {
        if (const auto* owner = edit->fields.find(CaseField::Owner)) {  // an owner makes a new case an assigned one
            auto& s = h.cases[edit->target.id];
            s.owner = asText(*owner);
            if (s.status == Status::New || s.status == Status::Acknowledged)
                s.status = Status::Assigned, h.statuses.insert(s.status);
        }
    }
}

History play(const DemoOptions& options) {
    DemoTraffic traffic(options, city(), catalogue());
    History h;
    Instant last;
    std::string text;
    while (auto command = traffic.next()) {
        if (command->at < last) h.trouble = "back in time";
        if (command->at > options.now) h.trouble = "after the end";
        last = command->at;
        if (!command->agent.empty() && !catalogue()->staff(command->agent))
            h.trouble = "unknown agent " + command->agent;
        h.agents.insert(command->agent);
        ++h.commands;
        text = textOf(*command);
        h.hash = blake2b({view(h.hash), text});
        note(h, *command);
    }
    h.clusters = traffic.clusters();
    h.storms = traffic.storms();
    return h;
}

const History& large() {
    static const auto h = play({.seed = 311, .closed = 20'000, .open = 700, .now = kNow});
    return h;
}

}  // namespace

class DemoTrafficTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameSeedSameCommands() {
        const DemoOptions options{.seed = 7, .closed = 900, .open = 90, .now = kNow};
        const auto a = play(options);
        const auto b = play(options);
        QCOMPARE(a.commands, b.commands);
        QVERIFY(a.hash == b.hash);
        auto other = options;
        other.seed = 8;
        QVERIFY(play(other).hash != a.hash);
    }

    void countsAreAsAsked_data() {
        QTest::addColumn<int>("closed");
        QTest::addColumn<int>("open");
        QTest::newRow("none") << 0 << 0;
        QTest::newRow("only open") << 0 << 40;
        QTest::newRow("only closed") << 40 << 0;
        QTest::newRow("small") << 300 << 60;
    }
    void countsAreAsAsked() {
        QFETCH(int, closed);
        QFETCH(int, open);
        const auto h = play({.seed = 3,
                             .closed = static_cast<std::size_t>(closed),
                             .open = static_cast<std::size_t>(open),
                             .now = kNow});
        QCOMPARE(QString::fromStdString(h.trouble), QString());
        const auto isClosed = [](const auto& c) { return c.second.status == Status::Closed; };
        QCOMPARE(std::ranges::count_if(h.cases, isClosed), closed);
        QCOMPARE(static_cast<int>(h.cases.size()), closed + open);
    }

    void historyIsSound() {
        const auto& h = large();
        QCOMPARE(QString::fromStdString(h.trouble), QString());
        QCOMPARE(std::ranges::count_if(h.cases, [](const auto& c) { return c.second.status == Status::Closed; }),
                 20'000);
        QVERIFY(h.commands > h.cases.size() * 5);
        qInfo("%zu commands, %zu persons, %zu interactions", h.commands, h.persons, h.interactions);
    }

    void everyKindOccurs() {
        const auto& h = large();
        std::set<std::string> services, departments, areas;
        std::set<Status> open;
        int unassigned = 0, mine = 0, reopened = 0;
        for (const auto& [id, s] : h.cases) {
            services.insert(s.service);
            departments.insert(s.department);
            areas.insert(s.area);
            reopened += s.reopened > 0;
            if (s.status == Status::Closed) continue;
            open.insert(s.status);
            unassigned += s.owner.empty();
            mine += s.owner == kDemoAgent;
        }
        QCOMPARE(services.size(), catalogue()->services().size());
        QCOMPARE(departments.size(), 5U);
        QCOMPARE(areas.size(), 9U);
        QCOMPARE(open.size(), static_cast<std::size_t>(kStatusCount - 1));
        for (int i = 1; i <= kChannelCount; ++i)
            if (const auto c = static_cast<Channel>(i); c != Channel::Import)
                QVERIFY2(h.channelsIn.contains(c), code(c).data());
        for (const auto c : {Channel::Phone, Channel::Email, Channel::WhatsApp, Channel::Sms, Channel::App})
            QVERIFY(h.channelsOut.contains(c));
        for (const auto resolution : kResolutions)
            QVERIFY2(h.resolutions.contains(std::string(resolution)), resolution.data());
        QCOMPARE(h.reasons.size(), catalogue()->pauseReasons().size());
        QVERIFY(unassigned > 60 && mine > 5 && reopened > 150);
        QVERIFY(h.agents.size() > 30 && h.agents.contains(""));
    }

    // What the open cases come to by the real clocks: each queue has content and none drowns the others.
    void openCasesFillEveryQueue() {
        std::map<SlaState, int> states;
        int open = 0;
        for (const auto& [id, s] : large().cases) {
            if (s.status == Status::Closed) continue;
            ++open;
            if (s.status == Status::Waiting) {
                ++states[SlaState::Paused];
                continue;
            }
            const auto& service = *catalogue()->service(s.service);
            const auto due =
                rules::expectedBy(*catalogue(), s.service, service.priority, s.department, s.area, s.requested);
            const double used =
                static_cast<double>((kNow - s.requested).count()) / static_cast<double>((due - s.requested).count());
            ++states[used > 1 ? SlaState::Breached : used > 0.75 ? SlaState::AtRisk : SlaState::OnTrack];
        }
        qInfo("on track %d, at risk %d, breached %d, waiting %d", states[SlaState::OnTrack], states[SlaState::AtRisk],
              states[SlaState::Breached], states[SlaState::Paused]);
        QVERIFY(states[SlaState::OnTrack] > open * 35 / 100);
        QVERIFY(states[SlaState::AtRisk] > open * 7 / 100);
        QVERIFY(states[SlaState::Breached] > open * 7 / 100 && states[SlaState::Breached] < open * 30 / 100);
        QVERIFY(states[SlaState::Paused] > open * 5 / 100);
    }

    void mostWorkIsInTime() {
        int met = 0, all = 0;
        for (const auto& [id, s] : large().cases) {
            if (s.status != Status::Closed || s.paused || s.reopened || s.reason == "duplicate") continue;
            const auto& service = *catalogue()->service(s.service);
            const auto due =
                rules::expectedBy(*catalogue(), s.service, service.priority, s.department, s.area, s.requested);
            ++all;
            met += s.closed <= due;
        }
        qInfo("on time %.3f", static_cast<double>(met) / all);
        QVERIFY(met > all * 78 / 100 && met < all * 92 / 100);
    }

    void weekAndSeasonAreVisible() {
        const demo::LocalTime time(kDemoTimeZone, {1'600'000'000'000}, {1'800'000'000'000});
        std::array<int, 7> week{};
        std::map<std::string, std::array<int, 12>> months;
        std::array<int, 24> hours{};
        for (const auto& [id, s] : large().cases) {
            const auto day = time.day(s.requested);
            ++week[static_cast<std::size_t>(day.weekday)];
            ++hours[static_cast<std::size_t>(time.hour(s.requested))];
            ++months[s.service][static_cast<std::size_t>(day.month - 1)];
        }
        QVERIFY(week[1] > 3 * week[6] / 2);
        QVERIFY(hours[10] > 8 * hours[3]);
        QVERIFY(months["pothole"][2] > 2 * months["pothole"][7]);
        QVERIFY(months["grass_weeds"][5] > 10 * (months["grass_weeds"][0] + 1));
        QVERIFY(months["street_light"][11] > months["street_light"][5]);
        QCOMPARE(months["snow_ice"][6], 0);
        QVERIFY(months["snow_ice"][0] + months["snow_ice"][1] > 20);
    }

    void stormsAreVisible() {
        const auto& h = large();
        QVERIFY(h.storms.size() > 8);
        std::map<std::int64_t, int> trees;
        for (const auto& [id, s] : h.cases)
            if (s.service == "fallen_tree" || s.service == "blocked_drain") ++trees[s.requested.ms / demo::kDay];
        double stormy = 0, all = 0;
        for (const auto& [day, n] : trees) all += n;
        int seen = 0;
        for (const auto& at : h.storms) {
            if (at.ms < kNow.ms - 1000 * demo::kDay) continue;
            ++seen;
            stormy += trees[at.ms / demo::kDay] + trees[at.ms / demo::kDay + 1];
        }
        QVERIFY(stormy / seen > 8 * all / 1096);
    }

    void clustersAreThere() {
        const auto& h = large();
        QVERIFY(h.clusters.size() >= 12);
        std::set<std::string> causes;
        for (const auto& c : h.clusters) {
            causes.insert(c.cause);
            std::size_t inside = 0;
            for (const auto& [id, s] : h.cases)
                inside += s.requested >= c.from && s.requested <= c.to && geo::distanceMetres(s.at, c.centre) < 700 &&
                          (s.service == c.service || c.cause == "burst main");
            QVERIFY2(inside >= c.cases * 6 / 10, c.cause.c_str());
        }
        QCOMPARE(causes.size(), 6U);
    }

    void textsAreFinishedAndNobodyIsReal() {
        const auto& h = large();
        std::set<std::string_view> different;
        for (const auto& t : h.texts) {
            QVERIFY2(t.find('{') == std::string::npos && t.find('}') == std::string::npos, t.c_str());
            QVERIFY2(t.find("  ") == std::string::npos, t.c_str());
            different.insert(t);
        }
        QVERIFY(different.size() > h.texts.size() / 3);
        for (const auto& p : h.phones) {  // +1 AAA 555 01XX, an area code that may exist and a line that may not
            QCOMPARE(p.size(), 12U);
            QCOMPARE(p.substr(0, 2), std::string("+1"));
            QCOMPARE(p.substr(5, 5), std::string("55501"));
        }
        for (const auto& m : h.mails) {
            const auto host = m.substr(m.find('@') + 1);
            QVERIFY2(host == "example.org" || host == "example.net" || host == "example.com", m.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(DemoTrafficTest)
#include "demo_traffic_test.moc"
