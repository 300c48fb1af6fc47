// SPDX-License-Identifier: GPL-3.0-or-later
// Figures against a recomputation from the log: every case is folded from its ops, and counted by plain loops that
// share nothing with the tallies.
#include <QTemporaryDir>
#include <QTest>

#include <map>

#include "engine/engine.hpp"
#include "engine/signals/signal_text.hpp"
#include "rules/sla.hpp"
#include "support/property.hpp"

using namespace wl;
using namespace wl::engine;
using namespace wl::rules::signals;
using wl::test::Recipe;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000, kHourMs = 3'600'000, kDayS = 86'400;

class City {
public:
    City() {
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &clock;
        o.agent = "will";
        if (!Engine::create(o)) qFatal("create");
        reopen();
        PublishCatalogue publish;
        for (const char* code : {"pothole", "lamp", "tree"}) {
            rules::Service s;
            s.code = s.name = code;
            s.department = code[0] == 'l' ? "light" : "roads";
            publish.items.push_back(rules::toItem(s));
        }
        for (const char* code : {"light", "roads", "parks"}) {
            rules::Department d;
            d.code = d.name = code;
            publish.items.push_back(rules::toItem(d));
        }
        rules::SlaPolicy p;
        p.code = p.name = "all";
        p.resolve = rules::SlaTarget{48 * 60, rules::TargetUnit::CalendarMinutes};
        publish.items.push_back(rules::toItem(p));
        run(publish);
    }
    void reopen() {
        engine.reset();
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &clock;
        o.agent = "will";
        engine = Engine::open(o).value();
        engine->waitUntilLoaded();
    }
    /// What a rule refuses is no part of the history.
    void run(Command command) {
        if (const auto done = engine->submitAndWait(std::move(command)); done && done->caseKey) last = done->caseKey;
    }
    Figure figure(FigureKind kind, SignalScope scope = {}, bool cases = false) {
        SignalQuestion q;
        q.kind = kind;
        q.scope = std::move(scope);
        q.cases = cases;
        const auto out = engine->figuresAndWait({q});
        if (!out) qFatal("figures: %s %s", out.error().code.c_str(), out.error().detail.c_str());
        return out.value()->front();
    }
    /// Every case as its ops say, and what its clock shows.
    std::vector<std::pair<CaseState, DerivedCase>> cases() {
        std::vector<std::pair<CaseState, DerivedCase>> out;
        const auto reader = engine->openReader().value();
        const auto keys = engine->queryAndWait({}).value()->keys;
        for (const auto key : keys) {
            const auto timeline = reader->timeline(key).value();
            std::vector<StampedOp> ops;
            for (const auto& entry : timeline) ops.push_back({entry.stamp, entry.op});
            const auto id = reader->detail(key).value().state.id;
            const auto state = foldCase(id, ops);
            out.emplace_back(state, rules::SlaDeriver(engine->catalogue()).derive(state));
        }
        return out;
    }

    ManualClock clock{Instant{kStart}};
    std::unique_ptr<Engine> engine;
    CaseKey last;

private:
    QTemporaryDir m_dir;
};

void live(City& city, Recipe& r) {
    std::vector<CaseKey> known;
    const std::array services{"pothole", "lamp", "tree"};
    const std::array departments{"light", "roads", "parks"};
    for (int i = 0; i < 45; ++i) {
        city.clock.set({city.clock.now().ms + static_cast<std::int64_t>(r.below(40)) * kHourMs + 1'357});
        const auto late = [&] {
            return r.chance(25) ? Instant{city.clock.now().ms - static_cast<std::int64_t>(r.below(90)) * kHourMs}
                                : Instant{};
        };
        const auto what = known.empty() ? 0 : r.below(12);
        CaseRef target;
        if (!known.empty()) target.key = r.of(known);
        if (what <= 2) {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string(r.of(services)));
            c.fields.set(CaseField::Area, std::string(r.chance(50) ? "north" : "south"));
            c.fields.set(CaseField::FirstChannel, std::int64_t{r.chance(30) ? 8 : 1});
            if (const auto at = late()) c.fields.set(CaseField::RequestedAt, at.ms);
            city.run(c);
            known.push_back(city.last);
        } else if (what <= 5) {
            ChangeStatus c;
            c.target = target;
            c.to = r.chance(60) ? Status::Closed : r.chance(50) ? Status::WorkDone : Status::InProgress;
            c.reason = c.to == Status::Closed ? "fixed" : "";
            c.at = late();
            city.run(c);
        } else if (what == 6) {
            ChangeStatus c;  // reopens, where it is closed
            c.target = target;
            c.to = Status::Acknowledged;
            city.run(c);
        } else if (what == 7) {
            city.run(Undo{});
        } else if (what == 8) {
            AddReport a;
            a.target = target;
            a.at = late();
            city.run(a);
        } else if (what == 9) {
            JudgeCases j;
            j.target = target;
            j.of.key = r.of(known);
            j.judgement = r.chance(70) ? Judgement::Same : Judgement::None;
            city.run(j);
        } else if (what == 10) {
            OfferHandOff o;
            o.target = target;
            o.department = r.of(departments);
            o.reason = "theirs";
            city.run(o);
            AnswerHandOff a;
            a.target = target;
            a.answer = HandOffAnswer::Accepted;
            city.run(a);
        } else {
            RecordInteraction m;
            m.target = target;
            m.interaction.channel = Channel::Email;
            m.interaction.direction = r.chance(70) ? Direction::Out : Direction::In;
            m.interaction.visibility = Visibility::Public;
            m.interaction.kind = InteractionKind::Message;
            m.interaction.body = "Thank you.";
            m.interaction.at = late();
            city.run(m);
        }
        // The tallies are alive from the first case on, so everything later comes to them as a change.
        if (i == 3) city.figure(FigureKind::Opened);
    }
    for (int i = 0; i < 2; ++i) {  // past their warning, before their due instant
        OpenCase c;
        c.fields.set(CaseField::Service, std::string("tree"));
        c.fields.set(CaseField::RequestedAt, city.clock.now().ms - 40 * kHourMs);
        city.run(c);
    }
}

struct Naive {
    std::int64_t numerator{}, denominator{};
    std::vector<std::int64_t> lengths;
    void length(Second from, Second to) { lengths.push_back(std::max<Second>(0, to - from)); }
    [[nodiscard]] std::int64_t rank(int percent) {
        std::ranges::sort(lengths);
        const auto n = static_cast<std::int64_t>(lengths.size());
        return lengths[static_cast<std::size_t>((n * percent + 99) / 100 - 1)];
    }
};

Naive naive(FigureKind kind, const std::vector<std::pair<CaseState, DerivedCase>>& all, Second from, Second to,
            Instant now) {
    Naive out;
    const auto in = [&](Second at) { return at >= from && at < to && at <= secondOf(now); };
    const auto one = [&](bool counts, bool top = true) {
        if (!counts) return;
        ++out.denominator;
        out.numerator += top ? 1 : 0;
    };
    for (const auto& [s, d] : all) {
        const auto requested = secondOf(s.instant(CaseField::RequestedAt)), closed = secondOf(s.closedAt),
                   done = secondOf(s.workDoneAt), due = secondOf(d.due);
        const auto state = slaStateAt(d, now);
        switch (kind) {
            case FigureKind::Opened: one(in(requested)); break;
            case FigureKind::Council: one(in(requested) && s.number(CaseField::FirstChannel) == 8); break;
            case FigureKind::Closed: one(closed != 0 && in(closed)); break;
            case FigureKind::Backlog: one(s.status != Status::Closed); break;
            case FigureKind::WorkDone:
                if (done != 0 && in(done)) out.length(requested, done);
                break;
            case FigureKind::TimeToClose:
                if (closed != 0 && in(closed)) out.length(requested, closed);
                break;
            case FigureKind::FirstResponse:
                if (s.firstResponseAt && in(secondOf(s.firstResponseAt)))
                    out.length(requested, secondOf(s.firstResponseAt));
                break;
            case FigureKind::OnTime:
                if (state == SlaState::Met) one(in(done), true);
                else if (state == SlaState::Breached) one(in(due), false);
                break;
            case FigureKind::Overdue: one(d.settled == SlaState::OnTrack && state == SlaState::Breached); break;
            case FigureKind::AtRisk: one(state == SlaState::AtRisk); break;
            case FigureKind::Reopened: {
                std::vector<std::pair<Second, bool>> steps;  // when, closes
                for (const auto& e : s.history)
                    if (e.effective) steps.emplace_back(secondOf(e.at), e.to == Status::Closed);
                for (std::size_t i = 0; i < steps.size(); ++i) {
                    if (!steps[i].second) continue;
                    const bool again = i + 1 < steps.size() && steps[i + 1].first - steps[i].first <= 30 * kDayS;
                    one(in(steps[i].first), again);
                }
                break;
            }
            case FigureKind::HandOffs:
                for (const auto& h : s.handOffs)
                    one(h.stamp.dot.seq != 0 && h.answer == HandOffAnswer::Accepted && in(secondOf(h.answeredAt)));
                break;
            case FigureKind::Duplicates:
                for (const auto& r : s.reports) one(in(secondOf(r.at)));
                one(s.status == Status::Closed && s.statusReason == "duplicate" && in(closed));
                break;
            case FigureKind::Ageing:
            case FigureKind::DueSoon:
            case FigureKind::Oldest:
            case FigureKind::Held:
            case FigureKind::Workload:
            case FigureKind::Fairness: break;
        }
    }
    return out;
}

std::string compare(FigureKind kind, const Figure& f, Naive expected, double perUnit) {
    const std::string name(figureSpec(kind).name);
    const auto differs = [&](const char* what, double is, double should) {
        return name + ' ' + what + ": " + std::to_string(is) + ", from the log " + std::to_string(should);
    };
    if (perUnit > 0) {
        if (f.n != static_cast<std::int64_t>(expected.lengths.size()))
            return differs("n", static_cast<double>(f.n), static_cast<double>(expected.lengths.size()));
        if (f.n == 0) return {};
        if (const auto should = static_cast<double>(expected.rank(50)) / perUnit; f.value != should)
            return differs("median", f.value, should);
        if (const auto should = static_cast<double>(expected.rank(90)) / perUnit; f.parts.at(0).value != should)
            return differs("p90", f.parts.at(0).value, should);
        return {};
    }
    const auto n = kind == FigureKind::Overdue || kind == FigureKind::AtRisk ? f.n : f.denominator;
    if (n != expected.denominator)
        return differs("n", static_cast<double>(n), static_cast<double>(expected.denominator));
    if (f.numerator != expected.numerator)
        return differs("numerator", static_cast<double>(f.numerator), static_cast<double>(expected.numerator));
    std::int64_t sum = 0;
    for (const auto& g : f.groups) sum += g.n;
    if (sum != f.n) return differs("sum of groups", static_cast<double>(sum), static_cast<double>(f.n));
    return {};
}

constexpr std::array<std::pair<FigureKind, double>, 13> kChecked{{{FigureKind::Opened, 0},
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
                                                                  {FigureKind::Duplicates, 0}}};

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
