// SPDX-License-Identifier: GPL-3.0-or-later
// Queues as of a past instant against the fold, from scratch, of the ops that had happened by then.
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

#include "engine/engine.hpp"
#include "rules/sla.hpp"
#include "support/property.hpp"

using namespace wl;
using namespace wl::engine;
using wl::test::Recipe;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000, kHourMs = 3'600'000;
template <class T>
T must(Result<T> result) {
    if (!result)
        qFatal("%s %s %s", result.error().code.c_str(), result.error().field.c_str(), result.error().detail.c_str());
    return std::move(*result);
}

const std::array kServices{"pothole", "lamp", "tree"}, kDepartments{"light", "roads", "parks"};

class City {
public:
    City() {
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &clock;
        o.agent = "will";
        if (!Engine::create(o)) qFatal("create");
        engine = Engine::open(o).value();
        engine->waitUntilLoaded();
        PublishCatalogue publish;
        for (const char* code : kServices) {
            rules::Service s;
            s.code = s.name = code;
            s.department = code[0] == 'l' ? "light" : "roads";
            publish.items.push_back(rules::toItem(s));
        }
        for (const char* code : kDepartments) {
            rules::Department d;
            d.code = d.name = code;
            publish.items.push_back(rules::toItem(d));
        }
        rules::SlaPolicy slow, fast;
        slow.code = slow.name = "all";
        slow.resolve = rules::SlaTarget{48 * 60, rules::TargetUnit::CalendarMinutes};
        publish.items.push_back(rules::toItem(slow));
        fast.code = fast.name = "urgent";
        fast.priority = Priority::Urgent;
        fast.resolve = rules::SlaTarget{8 * 60, rules::TargetUnit::CalendarMinutes};
        publish.items.push_back(rules::toItem(fast));
        run(publish);
    }
    /// What a rule refuses is no part of the history.
    void run(Command command) {
        if (const auto done = engine->submitAndWait(std::move(command)); done && done->caseKey) last = done->caseKey;
    }
    CaseListingPtr list(CaseFilter filter, CaseOrder order = {}) { return must(engine->queryAndWait({filter, order})); }

    ManualClock clock{Instant{kStart}};
    std::unique_ptr<Engine> engine;
    CaseKey last;

private:
    QTemporaryDir m_dir;
};

void live(City& city, Recipe& r) {
    std::vector<CaseKey> known;
    const std::array owners{"will", "ann", ""};
    for (int i = 0; i < 40; ++i) {
        city.clock.set({city.clock.now().ms + static_cast<std::int64_t>(r.below(20)) * kHourMs + 1'357});
        const auto late = [&] {
            return r.chance(25) ? Instant{city.clock.now().ms - static_cast<std::int64_t>(r.below(60)) * kHourMs}
                                : Instant{};
        };
        const auto what = known.empty() ? 0 : r.below(13);
        CaseRef target;
        if (!known.empty()) target.key = r.of(known);
        if (what <= 1) {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string(r.of(kServices)));
            c.fields.set(CaseField::Position, GeoPoint{420'000'000, -710'000'000});
            if (const auto at = late()) c.fields.set(CaseField::RequestedAt, at.ms);
            city.run(c);
            known.push_back(city.last);
        } else if (what <= 5) {
            ChangeStatus c;
            c.target = target;
            c.to = r.chance(40)   ? Status::Closed
                   : r.chance(40) ? Status::Waiting
                   : r.chance(50) ? Status::WorkDone
                                  : Status::InProgress;
            c.reason = c.to == Status::Closed ? "fixed" : c.to == Status::Waiting ? "parts" : "";
            c.at = late();
            city.run(c);
        } else if (what == 6) {
            ChangeStatus c;  // reopens, where it is closed
            c.target = target;
            c.to = Status::Acknowledged;
            city.run(c);
        } else if (what == 7) {
            city.run(Undo{});
        } else if (what <= 10) {
            EditCase e;
            e.target = target;
            if (what == 8) e.fields.set(CaseField::Owner, std::string(r.of(owners)));
            if (what == 9) e.fields.set(CaseField::Priority, std::int64_t{r.chance(50) ? 4 : 1});
            if (what == 10) e.fields.set(CaseField::Department, std::string(r.of(kDepartments)));
            city.run(e);
        } else if (what == 11) {
            OfferHandOff o;
            o.target = target;
            o.department = r.of(kDepartments);
            o.reason = "theirs";
            city.run(o);
            if (r.chance(50)) {
                AnswerHandOff a;
                a.target = target;
                a.answer = HandOffAnswer::Accepted;
                city.run(a);
            }
        } else {
            RecordInteraction m;
            m.target = target;
            m.interaction.channel = Channel::Email;
            m.interaction.direction = Direction::Out;
            m.interaction.visibility = Visibility::Public;
            m.interaction.kind = InteractionKind::Message;
            m.interaction.body = "Thank you.";
            m.interaction.at = late();
            city.run(m);
        }
        // From here on histories are read, and everything later comes as a change.
        if (i == 20) {
            CaseFilter filter;
            filter.asOf = {kStart + 5 * kHourMs};
            city.list(filter);
        }
    }
}

struct Stood {
    CaseKey key;
    CaseState state;
    SlaState sla{};
};

/// By plain means: the ops of each case that had happened by then, folded from scratch.
std::vector<Stood> bruteForce(City& city, Instant at) {
    std::vector<Stood> out;
    const auto reader = must(city.engine->openReader());
    const rules::SlaDeriver deriver(city.engine->catalogue());
    const auto listing = city.list({});
    for (const auto key : listing->keys) {
        std::vector<StampedOp> ops;
        const auto timeline = must(reader->timeline(key));
        for (const auto& entry : timeline)
            if (entry.at <= at) ops.push_back({entry.stamp, entry.op});
        const auto state = foldCase(must(reader->detail(key)).state.id, ops);
        if (state.isOpenedYet()) out.push_back({key, state, slaStateAt(deriver.derive(state), at)});
    }
    return out;
}

std::string compare(City& city, const char* name, CaseFilter filter, Instant at, const std::vector<Stood>& all,
                    const std::function<bool(const Stood&)>& matches) {
    filter.asOf = at;
    const auto listing = city.list(filter);
    const std::set<CaseKey> is(listing->keys.begin(), listing->keys.end());
    std::set<CaseKey> should;
    std::array<std::int64_t, kSlaStateCount> bySla{};
    for (const auto& one : all)
        if (matches(one)) {
            should.insert(one.key);
            ++bySla[static_cast<std::size_t>(one.sla)];
        }
    if (is != should)
        return std::string(name) + ": " + std::to_string(is.size()) + " cases, from the log " +
               std::to_string(should.size());
    if (listing->tally.bySla != bySla) return std::string(name) + ": other clocks than from the log";
    return {};
}

std::string disagreement(City& city, Instant at) {
    const auto all = bruteForce(city, at);
    std::string wrong;
    const auto check = [&](const char* name, const CaseFilter& filter,
                           const std::function<bool(const Stood&)>& matches) {
        if (wrong.empty()) wrong = compare(city, name, filter, at, all, matches);
    };
    const auto open = [](const Stood& s) { return s.state.status != Status::Closed; };
    check("all", {}, [](const Stood&) { return true; });
    CaseFilter f;
    f.open = true;
    check("open", f, open);
    f.owners = {"will"};
    check("open, of one owner", f, [&](const Stood& s) { return open(s) && s.state.text(CaseField::Owner) == "will"; });
    f = {};
    f.departments = {"light"};
    check("of a department", f, [](const Stood& s) { return s.state.text(CaseField::Department) == "light"; });
    f = {};
    f.statuses = {Status::Waiting};
    check("waiting", f, [](const Stood& s) { return s.state.status == Status::Waiting; });
    f = {};
    f.sla = {SlaState::Breached};
    check("breached", f, [](const Stood& s) { return s.sla == SlaState::Breached; });
    f = {};
    f.priorities = {Priority::Urgent};
    check("urgent", f, [](const Stood& s) { return s.state.number(CaseField::Priority) == 4; });
    f = {};
    f.offeredTo = {"*"};
    check("offered", f, [](const Stood& s) { return s.state.pendingHandOff() != nullptr; });
    if (!wrong.empty()) return wrong;

    // A row of the table says the same as the queue that holds it.
    const auto reader = must(city.engine->openReader());
    for (const auto& one : all) {
        const auto rows = must(rowsAsOf(*reader, city.engine->catalogue(), std::array{one.key}, at));
        if (rows.size() != 1) return "a case has no row";
        if (rows[0].status != one.state.status || rows[0].owner != one.state.text(CaseField::Owner) ||
            slaStateAt(rows[0].clock, at) != one.sla || rows[0].closedAt != one.state.closedAt)
            return "a row is not as the case stood";
    }
    return {};
}

}  // namespace

class PastTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void queuesStandAsTheLogSaysTheyStood() {
        std::size_t differed = 0;
        QVERIFY(test::holds(
            "as of",
            [&](Recipe& r) {
                City city;
                live(city, r);
                const auto span = city.clock.now().ms - kStart;
                for (int i = 0; i < 6; ++i) {
                    const Instant at{kStart +
                                     static_cast<std::int64_t>(r.wide() % static_cast<std::uint64_t>(span + 1))};
                    if (auto wrong = disagreement(city, at); !wrong.empty()) return wrong + " as of " + isoInstant(at);
                    CaseFilter then;
                    then.open = true;
                    const auto now = city.list(then)->keys;
                    then.asOf = at;
                    differed += city.list(then)->keys == now ? 0 : 1;
                }
                city.engine->forgetPast();
                return disagreement(city, {kStart + span / 2});
            },
            25, 400));
        QVERIFY(differed > 20);  // the past was another one
    }
    void nowStaysNowWhileSomebodyLooksBack() {
        City city;
        city.run([] {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string("tree"));
            return c;
        }());
        city.clock.set({kStart + 50 * kHourMs});
        CaseFilter filter;
        filter.asOf = {kStart - 1};
        QVERIFY(city.list(filter)->keys.empty());
        QCOMPARE(city.list({})->keys.size(), 1U);
        QCOMPARE(city.list({})->tally.bySla[static_cast<std::size_t>(SlaState::Breached)], 1);
        filter.asOf = {kStart + kHourMs};
        QCOMPARE(city.list(filter)->tally.bySla[static_cast<std::size_t>(SlaState::OnTrack)], 1);
    }
    void aCaseThatWasNotThereYetHasNoRow() {
        City city;
        city.run([] {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string("tree"));
            return c;
        }());
        const auto reader = must(city.engine->openReader());
        const auto none = caseAsOf(*reader, city.engine->catalogue(), city.last, {kStart - 1});
        QVERIFY(none.has_value());
        QVERIFY(!none->has_value());
        QVERIFY(rowsAsOf(*reader, city.engine->catalogue(), std::array{city.last}, {kStart - 1})->empty());
    }
    void ordersByTextAreThere() {
        City city;
        for (const char* title : {"banana", "apple", "cherry"}) {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string("tree"));
            c.fields.set(CaseField::Title, std::string(title));
            city.run(c);
        }
        CaseFilter filter;
        filter.asOf = city.clock.now();
        const auto then = city.list(filter, {CaseColumn::Title, false}),
                   now = city.list({}, {CaseColumn::Title, false});
        QVERIFY(then->keys == now->keys);
        QCOMPARE(then->keys.size(), 3U);
    }
    void readingTellsHowFarItIs() {
        City city;
        for (int i = 0; i < 450; ++i) {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string("tree"));
            city.run(c);
        }
        std::mutex mutex;
        std::vector<PastProgress> told;
        city.engine->preparePast({kStart}, [&](Result<PastProgress> step) {
            const std::scoped_lock lock(mutex);
            told.push_back(step.value());
        });
        const auto finished = [&] {
            const std::scoped_lock lock(mutex);
            return !told.empty() && told.back().done == told.back().total;
        };
        QTRY_VERIFY(finished());
        QVERIFY(told.size() >= 3);
        QCOMPARE(told.back().total, 450);
        QVERIFY(std::ranges::is_sorted(told, {}, &PastProgress::done));
    }
};

QTEST_GUILESS_MAIN(PastTest)
#include "past_test.moc"
