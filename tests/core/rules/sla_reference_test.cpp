// SPDX-License-Identifier: GPL-3.0-or-later
// The fold against the slow clock on random calendars and histories. WARDLINE_HISTORIES sets how many, WARDLINE_SEED
// which.
#include <QtTest>
#include <map>
#include <random>

#include "case_history.hpp"
#include "rules/sla.hpp"
#include "slow_clock.hpp"

using namespace wl;
using namespace wl::rules;
using namespace wl::rules::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kUsualHistories = 3'000;
#else
constexpr int kUsualHistories = 12'000;
#endif

constexpr std::array<TargetUnit, 4> kUnits{TargetUnit::BusinessMinutes, TargetUnit::BusinessDays,
                                           TargetUnit::CalendarMinutes, TargetUnit::CalendarDays};
constexpr int kLongestSeason = 1'700;  // minutes
constexpr std::array<int, 4> kWarn{50, 75, 80, 100};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_random(seed) {}
    std::int64_t operator()(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(m_random);
    }
    bool chance(int percent) { return (*this)(1, 100) <= percent; }
    template <class T, std::size_t N>
    T of(const std::array<T, N>& values) {
        return values[static_cast<std::size_t>((*this)(0, N - 1))];
    }

private:
    std::mt19937_64 m_random;
};

void addHolidays(Dice& dice, WorkCalendar& c) {
    for (auto n = dice(0, 25); n > 0; --n)
        c.holidays.emplace_back(isoDate(static_cast<DayNumber>(19'723 + dice(0, 1000))), "Holiday");
    if (dice.chance(60))  // the days the clocks change
        for (const auto* day : {"2024-03-31", "2024-10-27", "2025-03-09", "2025-11-02"})
            if (dice.chance(40)) c.holidays.emplace_back(day, "Holiday");
}

WorkCalendar randomCalendar(Dice& dice, const std::string& zone) {
    WorkCalendar c = office(zone);
    const auto style = dice(0, 5);
    if (style == 1) c.week.fill({{0, 1440}});
    if (style == 2)
        for (auto& day : c.week) day = {{1320, 1800}};  // every night 22:00 to 06:00
    if (style == 3)
        for (auto& day : c.week) day = {{90, 150}, {150, 200}, {1380, 1490}};  // about the hours that clocks change in
    if (style >= 4)
        for (auto& day : c.week) {
            day.clear();
            int from = static_cast<int>(dice(0, 300));
            while (from < 1440 && dice.chance(70)) {
                const int to = from + static_cast<int>(dice(1, 600));
                day.push_back({from, std::min(to, from + 1440)});
                from = to + static_cast<int>(dice(0, 240));
            }
        }
    // A night that runs into the next morning's window would belong to two days: keep them apart.
    for (std::size_t i = 0; i < 7; ++i) {
        auto& next = c.week[(i + 1) % 7];
        while (!c.week[i].empty() && !next.empty() && c.week[i].back().to > 1440 + next.front().from && style >= 4)
            next.erase(next.begin());
    }
    addHolidays(dice, c);
    return c;
}

struct Policies {
    CataloguePtr catalogue;
    std::map<std::string, SlaPolicy> byService;
};

Policies randomPolicies(Dice& dice, const WorkCalendar& calendar) {
    std::vector<CatalogueItem> items{
        toItem(calendar), toItem(PauseReason{"requester", "Requester", true}),
        toItem(PauseReason{.code = "season", .name = "Season", .stopsClock = true, .maxMinutes = kLongestSeason}),
        toItem(PauseReason{"weather", "Weather", false})};
    Policies out;
    for (int i = 0; i < 24; ++i) {
        SlaPolicy p;
        p.code = p.service = "s" + std::to_string(i);
        p.calendar = calendar.code;
        p.warnPercent = dice.of(kWarn);
        const auto unit = kUnits[static_cast<std::size_t>(i % 4)];
        const bool days = unit == TargetUnit::BusinessDays || unit == TargetUnit::CalendarDays;
        p.resolve = SlaTarget{static_cast<int>(days ? dice(1, 15) : 20 * dice(1, dice.chance(50) ? 40 : 400)), unit};
        items.push_back(toItem(p));
        out.byService[p.service] = p;
    }
    out.catalogue = Catalogue::build(items);
    return out;
}

CaseState randomCase(Dice& dice, const std::string& service) {
    // Half of them near the nights the clocks change in Berlin and New York.
    constexpr std::array<std::int64_t, 5> changes{19'813, 20'023, 20'156, 20'177, 20'394};
    const auto day = dice.chance(50) ? dice.of(changes) + dice(-6, 2) : dice(19'730, 20'400);
    auto when = day * 1440 + dice(0, 1439);
    CaseHistory made({when * 60'000}, service);
    Status status = Status::New;
    constexpr std::array<const char*, 4> reasons{"requester", "weather", "not in the catalogue", "season"};
    for (auto steps = dice(0, 9); steps > 0; --steps) {
        when += dice.chance(8) ? -dice(0, 600) : dice.chance(50) ? dice(0, 300) : dice(0, 4000);
        auto to = dice.chance(45) ? Status::Waiting : static_cast<Status>(dice(1, 7));
        if (to == Status::Closed && dice.chance(60)) to = Status::InProgress;
        made.step(dice.chance(90) ? status : static_cast<Status>(dice(0, 7)), to, {when * 60'000},
                  to == Status::Waiting ? dice.of(reasons) : "",
                  dice.chance(30) ? Instant{(when + dice(-60, 6000)) * 60'000} : Instant{});
        status = made.fold().status;
    }
    return made.fold();
}

QByteArray describe(const CaseState& state, const SlaPolicy& policy, const WorkCalendar& calendar) {
    auto text = toItem(calendar).document + "\n" + toItem(policy).document + "\nrequested " +
                isoInstant(state.instant(CaseField::RequestedAt)) + "\n";
    for (const auto& e : state.history)
        text += isoInstant(e.at) + " " + std::string(code(e.from)) + " -> " + std::string(code(e.to)) + " " + e.reason +
                (e.effective ? "\n" : " (no effect)\n") +
                (e.until ? "  until " + isoInstant(e.until) + "\n" : std::string());
    return QByteArray::fromStdString(text);
}

QByteArray compare(const SlaClock& clock, const SlowResult& slow, std::optional<std::int64_t> warn) {
    const auto text = [](Instant i) { return QByteArray::fromStdString(isoInstant(i)); };
    if (clock.due.ms != slow.due * 60'000) return "due " + text(clock.due) + ", slow " + text({slow.due * 60'000});
    if (clock.paused != slow.paused) return slow.paused ? "is not paused" : "is paused";
    if (clock.settled != slow.settled) return "settled";
    if (warn && clock.warn.ms != *warn * 60'000) return "warn " + text(clock.warn) + ", slow " + text({*warn * 60'000});
    return {};
}

}  // namespace

class SlaReferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheSlowClock_data() {
        QTest::addColumn<QString>("zone");
        QTest::newRow("Berlin") << QStringLiteral("Europe/Berlin");
        QTest::newRow("New York") << QStringLiteral("America/New_York");
        QTest::newRow("UTC") << QStringLiteral("UTC");
    }
    void agreesWithTheSlowClock() {
        QFETCH(QString, zone);
        const auto histories = std::max(qEnvironmentVariableIntValue("WARDLINE_HISTORIES"), 0);
        const int count = (histories > 0 ? histories : kUsualHistories) / 3;
        const auto seed = static_cast<std::uint64_t>(qEnvironmentVariableIntValue("WARDLINE_SEED"));
        Dice dice(seed + 1);
        const SlowZone slowZone(zone.toStdString());
        const std::set<std::string> running{"weather"};
        int compared = 0, pausedOnce = 0, breached = 0, woken = 0;
        for (int done = 0; done < count;) {
            const auto calendar = randomCalendar(dice, zone.toStdString());
            const auto policies = randomPolicies(dice, calendar);
            const SlowClock slow(slowZone, calendar, {{"season", kLongestSeason}});
            for (int i = 0; i < 240 && done < count; ++i, ++done) {
                const auto& policy = policies.byService.at("s" + std::to_string(i % 24));
                const auto state = randomCase(dice, policy.service);
                const auto start = state.instant(CaseField::RequestedAt).ms / 60'000;
                const auto finished = state.workDoneAt ? state.workDoneAt.ms / 60'000 : -1;
                const auto expected = slow.resolve(state, *policy.resolve, start, finished, running);
                const auto clocks = computeClocks(state, *policies.catalogue);
                if (!expected) continue;  // beyond the slow clock's three years
                QVERIFY2(clocks.size() == 1, describe(state, policy, calendar));
                std::optional<std::int64_t> warn;
                const auto unit = policy.resolve->unit;
                if (unit == TargetUnit::BusinessMinutes || unit == TargetUnit::CalendarMinutes) {
                    const SlaTarget part{policy.resolve->amount * policy.warnPercent / 100, unit};
                    if (const auto early = slow.resolve(state, part, start, finished, running)) warn = early->due;
                }
                const auto difference = compare(clocks.front(), *expected, warn);
                QVERIFY2(difference.isEmpty(), difference + "\n" + describe(state, policy, calendar));
                ++compared;
                pausedOnce += clocks.front().pauses.empty() ? 0 : 1;
                woken += clocks.front().pausedUntil ? 1 : 0;
                breached += clocks.front().settled == SlaState::Breached ? 1 : 0;
            }
        }
        // The dice must reach what this is about.
        QVERIFY(compared > count * 8 / 10);
        QVERIFY(pausedOnce > compared / 5);
        QVERIFY(breached > compared / 50);
        QVERIFY(woken > compared / 100);
    }
};

QTEST_GUILESS_MAIN(SlaReferenceTest)
#include "sla_reference_test.moc"
