// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a case is a function of the set of its ops: any order, any batching, with or without the shortcut.
#include <QTest>

#include "consoles.hpp"

using namespace wl;
using namespace wl::test;

namespace {

constexpr int kLongest = 500;

std::string hex(const CaseState& s) { return toHex(canonicalBytes(s)); }

std::string story(std::span<const StampedOp> ops) {
    std::string out;
    for (const auto& o : ops) {
        out += "\n  " + std::to_string(o.stamp.hlc.value % 1'000'000'000) + " " +
               toHex(o.stamp.dot.origin).substr(0, 2) + "." + std::to_string(o.stamp.dot.seq) + " kind " +
               std::to_string(kindNumber(o.op.body));
        if (const auto* e = std::get_if<CaseEdited>(&o.op.body)) {
            for (const auto& [id, v] : e->fields) out += " f" + std::to_string(id);
            for (const auto& [id, dots] : e->preds)
                for (const auto& d : dots)
                    out +=
                        " saw" + std::to_string(id) + ":" + toHex(d.origin).substr(0, 2) + "." + std::to_string(d.seq);
        }
        if (const auto* c = std::get_if<CaseStatusChanged>(&o.op.body))
            out += " " + std::string(code(c->from)) + ">" + std::string(code(c->to));
    }
    return out;
}

// What the projector does: the shortcut where it may be taken, the fold where not.
std::string foldStepByStep(std::span<const StampedOp> arrival) {
    CaseState s;
    s.id = caseId();
    for (std::size_t i = 0; i < arrival.size(); ++i) {
        const auto untouched = s;
        if (!applyToCase(s, arrival[i])) {
            if (!(s == untouched)) return "a refused shortcut changed the state" + story(arrival.first(i + 1));
            s = foldCase(caseId(), arrival.first(i + 1));
        }
        const auto whole = foldCase(caseId(), arrival.first(i + 1));
        if (!(s == whole) || canonicalBytes(s) != canonicalBytes(whole))
            return "the shortcut differs from the fold" + story(arrival.first(i + 1));
    }
    return {};
}

// The definition of a field's heads, word for word: writes that no later write of the field names as seen.
std::vector<const StampedOp*> headsOf(std::span<const StampedOp> ops, CaseField field, const Stamp& opened) {
    std::vector<const StampedOp*> writes;
    for (const auto& o : ops) {
        const auto* e = std::get_if<CaseEdited>(&o.op.body);
        if (o.stamp == opened || (e && e->fields.find(field) && spec(field).merge == MergeRule::Register))
            writes.push_back(&o);
    }
    std::ranges::sort(writes, {}, [](const StampedOp* o) { return o->stamp; });
    std::vector<const StampedOp*> heads;
    for (const auto* w : writes) {
        bool overwritten = false;
        for (const auto* later : writes) {
            const auto* e = std::get_if<CaseEdited>(&later->op.body);
            if (!e || later->stamp <= w->stamp) continue;
            const auto named = e->preds.find(static_cast<std::uint8_t>(field));
            overwritten = overwritten || (named == e->preds.end()
                                              ? w->stamp == opened
                                              : std::ranges::find(named->second, w->stamp.dot) != named->second.end());
        }
        const auto* opening = std::get_if<CaseOpened>(&w->op.body);
        if (opening && writes.size() > 1 && !opening->fields.find(field)) continue;  // emptiness rivals nothing
        if (!overwritten) heads.push_back(w);
    }
    return heads;
}

const Value* valueIn(const StampedOp& o, CaseField field) {
    if (const auto* e = std::get_if<CaseEdited>(&o.op.body)) return e->fields.find(field);
    if (const auto* c = std::get_if<CaseOpened>(&o.op.body)) return c->fields.find(field);
    return nullptr;
}

std::string checkHeads(std::span<const StampedOp> ops) {
    const auto s = foldCase(caseId(), ops);
    for (const auto& field : kCaseFields) {
        const auto heads = headsOf(ops, static_cast<CaseField>(field.id), s.opened);
        const auto& reg = s.fields[field.id];
        const auto name = std::string(field.name);
        if (reg.rivals.size() != (heads.empty() ? 0 : heads.size() - 1))
            return name + ": " + std::to_string(heads.size()) + " heads, " + std::to_string(reg.rivals.size()) +
                   " rivals" + story(ops);
        if (((s.fields.conflicts() >> field.id) & 1) != (heads.size() > 1 ? 1 : 0))
            return name + ": conflict bit" + story(ops);
        if (heads.empty()) continue;
        if (reg.stamp != heads.back()->stamp) return name + ": shows another than the last head" + story(ops);
        const auto* value = valueIn(*heads.back(), static_cast<CaseField>(field.id));
        if (reg.value != (value ? *value : Value{})) return name + ": shows another value" + story(ops);
        for (std::size_t i = 0; i + 1 < heads.size(); ++i)
            if (reg.rivals[i] != heads[i]->stamp) return name + ": names another rival" + story(ops);
    }
    return {};
}

std::string checkPath(const CaseState& s, std::span<const StampedOp> ops) {
    auto current = Status::New;
    std::vector<std::pair<Dot, Status>> before;  // steps that count, and where the case stood
    for (std::size_t i = 0; i < s.history.size(); ++i) {
        const auto& e = s.history[i];
        if (i > 0 && !(s.history[i - 1].stamp < e.stamp)) return "history out of order" + story(ops);
        if (e.undone && e.effective) return "a step taken back counts" + story(ops);
        const Dot back{e.stamp.dot.origin, e.takesBack};
        if (e.takesBack != 0 && !before.empty() && before.back().first == back) {
            if (!e.undone) return "a step was not taken back" + story(ops);
            current = before.back().second;
            before.pop_back();
            continue;
        }
        if ((e.effective || e.undone) != stepTakesEffect(current, e.from, e.to)) return "wrong verdict" + story(ops);
        if (!e.effective && !e.undone) continue;
        if (current == Status::Closed && e.from != Status::Closed) return "a closure was lost" + story(ops);
        if (isTerminal(current) && !isTerminal(e.to) && e.from != current)
            return "finished work was reopened unseen" + story(ops);
        if (e.from != current && !mayStep(current, e.to)) return "no arrow in the table" + story(ops);
        before.emplace_back(e.stamp.dot, current);
        current = e.to;
    }
    if (s.status != current) return "status is not the end of its path" + story(ops);
    if ((current == Status::Closed) != static_cast<bool>(s.closedAt))
        return "closing instant does not match the status" + story(ops);
    if (isTerminal(current) != static_cast<bool>(s.workDoneAt))
        return "instant of work done does not match the status" + story(ops);
    return {};
}

}  // namespace

class CaseStateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyOrderOfArrivalGivesTheSameState_data() { mischief(); }
    void anyOrderOfArrivalGivesTheSameState() {
        QFETCH(bool, mischief);
        QVERIFY(holds(
            "S4",
            [&](Recipe& r) -> std::string {
                const Consoles desk(r, mischief);
                auto ops = desk.ops();
                const auto expected = foldCase(caseId(), ops);
                Recipe shuffle({static_cast<std::uint32_t>(ops.size()), 77, 13, 5, 901, 44, 8, 3, 2, 71, 66, 15, 9, 27,
                                81, 243});
                for (int round = 0; round < 3; ++round) {
                    ops = Consoles::arrival(ops, shuffle, true);
                    const auto other = foldCase(caseId(), ops);
                    if (!(other == expected) || hex(other) != hex(expected))
                        return "another order, another state" + story(ops);
                }
                return {};
            },
            150, kLongest));
    }

    void theShortcutEqualsTheFold_data() { mischief(); }
    void theShortcutEqualsTheFold() {
        QFETCH(bool, mischief);
        std::uint32_t turn = 0;
        QVERIFY(holds(
            "S5",
            [&](Recipe& r) -> std::string {
                const Consoles desk(r, mischief);
                std::vector<std::uint32_t> numbers;
                for (std::uint32_t i = 0, x = ++turn; i < 200; ++i) numbers.push_back(x = x * 1664525 + 1013904223);
                Recipe shuffle(numbers);
                if (auto bad = foldStepByStep(desk.ops()); !bad.empty()) return bad;  // as it happened
                if (auto bad = foldStepByStep(Consoles::arrival(desk.ops(), shuffle, false)); !bad.empty()) return bad;
                return foldStepByStep(Consoles::arrival(desk.ops(), shuffle, true));
            },
            150, kLongest));
    }

    void conflictsAreExactlyTheHeadsNobodySaw_data() { mischief(); }
    void conflictsAreExactlyTheHeadsNobodySaw() {
        QFETCH(bool, mischief);
        QVERIFY(holds("S6", [&](Recipe& r) { return checkHeads(Consoles(r, mischief).ops()); }, 150, kLongest));
    }

    void theStatusFollowsItsTable_data() { mischief(); }
    void theStatusFollowsItsTable() {
        QFETCH(bool, mischief);
        QVERIFY(holds(
            "S11",
            [&](Recipe& r) {
                const Consoles desk(r, mischief);
                return checkPath(foldCase(caseId(), desk.ops()), desk.ops());
            },
            200, kLongest));
    }

    // Hand-made: what the random histories must have met at least once.
    void aStaleClickDoesNotReopen() {
        const auto s = foldSteps({{Status::New, Status::InProgress},
                                  {Status::InProgress, Status::Closed},
                                  {Status::InProgress, Status::Waiting}});
        QCOMPARE(s.status, Status::Closed);
        QVERIFY(!s.history.back().effective);
    }
    void closingWorksFromAStatusTheAuthorHadNotSeen() {
        const auto s = foldSteps({{Status::New, Status::InProgress},
                                  {Status::InProgress, Status::Waiting},
                                  {Status::InProgress, Status::Closed}});
        QCOMPARE(s.status, Status::Closed);
    }
    void reopeningNamesTheClosure() {
        const auto s = foldSteps({{Status::New, Status::Closed}, {Status::Closed, Status::Acknowledged}});
        QCOMPARE(s.status, Status::Acknowledged);
        QCOMPARE(s.reopenedCount, 1);
        QVERIFY(!s.closedAt);
    }
    void aClosureTakenBackIsNoReopening() {
        const auto open = foldSteps({{Status::New, Status::InProgress}});
        const auto s = foldSteps({{Status::New, Status::InProgress},
                                  {Status::InProgress, Status::Closed},
                                  {Status::Closed, Status::InProgress, 3}});
        QCOMPARE(s.status, Status::InProgress);
        QCOMPARE(s.reopenedCount, 0);
        QVERIFY(!s.closedAt && !s.workDoneAt);
        QCOMPARE(s.statusAt, open.statusAt);
        QVERIFY(s.history[1].undone && s.history[2].undone);
    }
    void takingBackTheClosureOfDoneWorkKeepsWhenItWasDone() {
        const auto s = foldSteps({{Status::New, Status::WorkDone},
                                  {Status::WorkDone, Status::Closed},
                                  {Status::Closed, Status::WorkDone, 3}});
        QCOMPARE(s.status, Status::WorkDone);
        QCOMPARE(s.workDoneAt, s.history[0].at);
    }
    void onlyTheLastStepCanBeTakenBack() {
        const auto s = foldSteps({{Status::New, Status::Closed},
                                  {Status::Closed, Status::Acknowledged},
                                  {Status::Acknowledged, Status::Closed},
                                  {Status::Closed, Status::Acknowledged, 2}});
        QCOMPARE(s.status, Status::Acknowledged);
        QCOMPARE(s.reopenedCount, 2);
    }
    void nobodyTakesBackTheStepOfAnother() {
        const std::vector<StampedOp> ops{
            opOf(1, 0, 1, CaseOpened{}),
            opOf(2, 0, 2,
                 CaseStatusChanged{.from = Status::New, .to = Status::Closed, .reason = {}, .at = {}, .note = {}}),
            opOf(3, 1, 1,
                 CaseStatusChanged{.from = Status::Closed,
                                   .to = Status::Acknowledged,
                                   .reason = {},
                                   .at = {},
                                   .note = {},
                                   .takesBack = 2})};
        QCOMPARE(foldCase(caseId(), ops).reopenedCount, 1);
    }
    // Two consoles that do not hear each other: one closes, the other closes and reopens. In any order of arrival the
    // case is open, reopened once, and the closure that nobody named has no effect any more.
    void twoConsolesThatCloseAndReopenAtOnceAgree() {
        const auto step = [](Status from, Status to) {
            return CaseStatusChanged{.from = from, .to = to, .reason = {}, .at = {}, .note = {}};
        };
        std::vector<StampedOp> ops{opOf(1, 0, 1, CaseOpened{}), opOf(3, 0, 2, step(Status::New, Status::Closed)),
                                   opOf(2, 1, 1, step(Status::New, Status::Closed)),
                                   opOf(4, 1, 2, step(Status::Closed, Status::Acknowledged))};
        const auto wanted = foldCase(caseId(), ops);
        QCOMPARE(wanted.status, Status::Acknowledged);
        QCOMPARE(wanted.reopenedCount, 1);
        QVERIFY(!wanted.closedAt);
        const auto place = [](const StampedOp& op) { return std::pair(op.stamp.dot.origin, op.stamp.dot.seq); };
        std::ranges::sort(ops, {}, place);
        do {
            CaseState arriving;
            arriving.id = caseId();
            std::vector<StampedOp> there;
            for (const auto& op : ops) {
                there.push_back(op);
                if (!applyToCase(arriving, op)) arriving = foldCase(caseId(), there);
            }
            QCOMPARE(canonicalBytes(arriving), canonicalBytes(wanted));
        } while (std::ranges::next_permutation(ops, {}, place).found);
    }
    void aWriteThatClaimsToHaveSeenALaterOneDoesNotHideIt() {
        // a.2 and b.1 name each other; only the later can have seen the earlier.
        std::vector<StampedOp> ops{opOf(1, 0, 1, CaseOpened{})};
        CaseEdited a, b;
        a.fields.set(CaseField::Owner, std::string("a"));
        a.preds[10] = {{originNumber(1), 1}};
        b.fields.set(CaseField::Owner, std::string("b"));
        b.preds[10] = {{originNumber(0), 2}};
        ops.push_back(opOf(2, 0, 2, a));
        ops.push_back(opOf(3, 1, 1, b));
        QCOMPARE(foldCase(caseId(), ops).text(CaseField::Owner), std::string("b"));
        QCOMPARE(QString::fromStdString(foldStepByStep(ops)), QString());
    }

private:
    static void mischief() {
        QTest::addColumn<bool>("mischief");
        QTest::newRow("honest consoles") << false;
        QTest::newRow("some lie or are newer") << true;
    }
    static StampedOp opOf(std::uint64_t minute, std::size_t origin, std::uint64_t seq, OpBody body) {
        Op op;
        op.entity = caseId();
        op.hlc = Hlc::of({1'700'000'000'000 + static_cast<std::int64_t>(minute) * 60'000});
        op.body = std::move(body);
        return {{op.hlc, {originNumber(origin), seq}}, op};
    }
    struct Step {
        Status from, to;
        std::uint64_t takesBack{};  ///< number of an op; the opening is 1
    };
    static CaseState foldSteps(std::initializer_list<Step> steps) {
        std::vector<StampedOp> ops{opOf(1, 0, 1, CaseOpened{})};
        for (const auto& [from, to, back] : steps)
            ops.push_back(
                opOf(ops.size() + 1, 0, ops.size() + 1,
                     CaseStatusChanged{.from = from, .to = to, .reason = {}, .at = {}, .note = {}, .takesBack = back}));
        return foldCase(caseId(), ops);
    }
};

QTEST_GUILESS_MAIN(CaseStateTest)
#include "case_state_test.moc"
