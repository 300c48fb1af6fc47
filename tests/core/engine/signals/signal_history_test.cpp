// SPDX-License-Identifier: GPL-3.0-or-later
// Figures against a recomputation from the log: every case is folded from its ops, and counted by plain loops that
// share nothing with the tallies.
#include <QTest>

#include "core/engine/signals/naive_figures.hpp"
#include "engine/signals/signal_text.hpp"

using namespace wl;
using namespace wl::test;

namespace {

constexpr std::array<std::pair<FigureKind, double>, 20> kChecked{{{FigureKind::Opened, 0},
                                                                  {FigureKind::Closed, 0},
                                                                  {FigureKind::Council, 0},
                                                                  {FigureKind::Backlog, 0},
                                                                  {FigureKind::WorkDone, 86'400.0},
                                                                  {FigureKind::TimeToClose, 86'400.0},
                                                                  {FigureKind::FirstResponse, 3'600.0},
                                                                  {FigureKind::OnTime, 0},
                                                                  {FigureKind::Overdue, 0},
                                                                  {FigureKind::AtRisk, 0},
                                                                  {FigureKind::Reopened, 0},
                                                                  {FigureKind::HandOffs, 0},
                                                                  {FigureKind::Duplicates, 0},
                                                                  {FigureKind::Ageing, 86'400.0},
                                                                  {FigureKind::DueSoon, 0},
                                                                  {FigureKind::Oldest, 86'400.0},
                                                                  {FigureKind::Held, 86'400.0},
                                                                  {FigureKind::Workload, 0},
                                                                  {FigureKind::MessagesSent, 0},
                                                                  {FigureKind::MessagesKept, 0}}};

std::map<FigureKind, std::int64_t> seen;  ///< how many cases each figure was checked on

std::string disagreement(City& city, Recipe& r) {
    const auto all = city.cases();
    SignalScope scope;
    scope.from = {kStart + static_cast<std::int64_t>(r.below(15)) * 24 * kHourMs};
    scope.to = {city.clock.now().ms + 24 * kHourMs};
    for (const auto& [kind, unit] : kChecked) {
        const auto expected = naive(kind, all, secondOf(scope.from), secondOf(scope.to), city.clock.now());
        seen[kind] += expected.denominator + static_cast<std::int64_t>(expected.lengths.size());
        if (auto wrong = compare(kind, city.figure(kind, scope), expected, unit); !wrong.empty()) return wrong;
    }
    return {};
}

}  // namespace

class SignalHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void talliesEqualARecomputationFromTheLog() {
        QVERIFY(test::holds(
            "tallies",
            [](Recipe& r) {
                City city;
                live(city, r);
                if (auto wrong = disagreement(city, r); !wrong.empty()) return "as kept up: " + wrong;
                city.reopen();
                if (auto wrong = disagreement(city, r); !wrong.empty()) return "read anew: " + wrong;
                return std::string();
            },
            25, 400));
        for (const auto& [kind, unit] : kChecked)
            QVERIFY2(seen[kind] > 0, figureSpec(kind).name.data());  // the histories hold what is checked
    }
    void waitingByNeighbourhoodEqualsARecomputation() {
        QVERIFY(test::holds(
            "fairness",
            [](Recipe& r) {
                City city;
                const std::array services{"pothole", "lamp", "tree"}, areas{"north", "south", "west"};
                std::vector<CaseKey> known;
                for (int i = 0; i < 90; ++i) {
                    city.clock.set({city.clock.now().ms + static_cast<std::int64_t>(r.below(9)) * kHourMs + 777});
                    OpenCase c;
                    c.fields.set(CaseField::Service, std::string(r.of(services)));
                    if (!r.chance(5)) c.fields.set(CaseField::Area, std::string(r.of(areas)));
                    city.run(c);
                    known.push_back(city.last);
                    ChangeStatus done;
                    done.target.key = r.of(known);
                    done.to = r.chance(85) ? Status::Closed : Status::InProgress;
                    done.reason = done.to == Status::Closed ? "fixed" : "";
                    city.run(done);
                }
                const auto now = city.clock.now();
                SignalScope scope;
                scope.from = {kStart};
                scope.to = now + Millis{1000};
                const auto expected = naiveFairness(city.cases(), secondOf(now));
                const auto f = city.figure(FigureKind::Fairness, scope);
                for (const auto& [area, one] : expected) {
                    const auto g = std::ranges::find(f.groups, area, &FigureGroup::key);
                    if (g == f.groups.end()) return area + ": missing";
                    if (g->denominator != one.all || g->n != one.n) return area + ": n " + std::to_string(g->n);
                    if (one.n > 0 && std::abs(g->value - one.ratio) > 1e-9)
                        return area + ": " + std::to_string(g->value) + ", from the log " + std::to_string(one.ratio);
                }
                return f.groups.size() == expected.size() ? std::string() : "more areas than cases are in";
            },
            4, 600));
    }
    void thePastIsAsItWasThen() {
        QVERIFY(test::holds(
            "as of",
            [](Recipe& r) {
                City city;
                live(city, r);
                const Instant then{city.clock.now().ms - static_cast<std::int64_t>(r.below(400)) * kHourMs};
                SignalScope scope;
                scope.from = {kStart - 30 * 24 * kHourMs};
                scope.asOf = then;
                std::int64_t open = 0, closed = 0;
                for (const auto& [s, d] : city.cases()) {
                    if (secondOf(s.instant(CaseField::RequestedAt)) > secondOf(then)) continue;
                    Status status = Status::New;
                    for (const auto& e : s.history)
                        if (e.effective && secondOf(e.at) <= secondOf(then)) status = e.to;
                    ++(status == Status::Closed ? closed : open);
                }
                const auto backlog = city.figure(FigureKind::Backlog, scope).n,
                           done = city.figure(FigureKind::Closed, scope).n;
                if (backlog != open) return "open: " + std::to_string(backlog) + ", was " + std::to_string(open);
                if (done > closed) return "closed: " + std::to_string(done) + ", was " + std::to_string(closed);
                return std::string();
            },
            15, 400));
    }
    void theCasesBehindAFigureAreThoseThatMakeIt() {
        City city;
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t i = 0; i < 300; ++i) numbers.push_back(i * 2'654'435'761U);
        Recipe r(std::move(numbers));
        live(city, r);
        SignalScope scope;
        scope.from = {kStart};
        for (const auto kind : {FigureKind::Opened, FigureKind::Backlog, FigureKind::Closed}) {
            const auto f = city.figure(kind, scope, true);
            QVERIFY(f.n > 0);
            QCOMPARE(static_cast<std::int64_t>(f.cases.size()), f.n);
            SignalQuestion q;
            q.kind = kind;
            q.scope = scope;
            q.cases = true;
            q.group = f.groups.front().key;
            const auto one = city.engine->figuresAndWait({q}).value()->front();
            QCOMPARE(static_cast<std::int64_t>(one.cases.size()), f.groups.front().n);
        }
        // A department that no case has must not mean all of them.
        scope.departments = {"nobody"};
        QCOMPARE(city.figure(FigureKind::Opened, scope).n, 0);
        QVERIFY(city.figure(FigureKind::OnTime, scope).empty);
        scope.departments = {};
        scope.to = {kStart - kHourMs};
        SignalQuestion q;
        q.scope = scope;
        const auto refused = city.engine->figuresAndWait({q});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("signals.period"));
    }
    void stepsOfASeriesBeginAtLocalMidnight() {
        const auto& zone = *TimeZone::find("America/New_York");
        const auto from = secondOf(parseDay("2015-03-07", zone, false).value()),
                   to = secondOf(parseDay("2015-03-10", zone, true).value());
        const auto days = bucketsOf(from, to, zone);
        QCOMPARE(days.size(), std::size_t{4});
        QCOMPARE(days[2] - days[1], Second{23 * 3'600});  // the clock jumps on the 8th
        const auto months = bucketsOf(from, secondOf(parseDay("2015-12-31", zone, true).value()), zone);
        QCOMPARE(months.size(), std::size_t{10});
        QCOMPARE(isoInstant({months[1] * 1000}), std::string("2015-04-01T04:00:00Z"));
    }
};

QTEST_GUILESS_MAIN(SignalHistoryTest)
#include "signal_history_test.moc"
