// SPDX-License-Identifier: GPL-3.0-or-later
// A citizen record: registers and an add-wins set of contacts, the same for any order of arrival.
#include <QTest>

#include "consoles.hpp"
#include "domain/person_state.hpp"

using namespace wl;
using namespace wl::test;

namespace {

// Random ops of three consoles; removals name contacts that may not have arrived, edits what they saw or anything.
std::vector<StampedOp> randomPerson(Recipe& r) {
    std::vector<StampedOp> ops;
    std::array<std::uint64_t, 3> seq{};
    std::uint64_t now = Hlc::of({1'700'000'000'000}).value;
    const auto someDot = [&] { return Dot{originNumber(r.below(3)), 1 + r.below(8)}; };
    while (!r.atEnd()) {
        const auto o = r.below(3);
        OpBody body;
        switch (r.below(11)) {
            case 0: {
                PersonOpened b;
                b.fields.set(PersonField::Name, std::string("Ada Fern"));
                body = b;
                break;
            }
            case 1:
            case 2: body = PersonContactAdded{ContactKind::Phone, "+1555010" + std::to_string(r.below(4)), {}}; break;
            case 3: {
                PersonContactRemoved b;
                for (auto n = r.below(3); n > 0; --n) b.removed.push_back(someDot());
                body = b;
                break;
            }
            case 4: body = UnknownOp{77}; break;
            case 5:
            case 6: {
                JudgedPair pair{caseId(), static_cast<Judgement>(r.below(3)), r.chance(50), 5200, "name=+5200", {}};
                pair.other.bytes[0] = static_cast<std::uint8_t>(r.below(2));
                for (auto n = r.below(3); n > 0; --n) pair.replaces.push_back(someDot());
                body = PersonsJudged{pair};
                break;
            }
            default: {
                PersonEdited b;
                const auto field = r.chance(50) ? PersonField::Name : PersonField::Language;
                b.fields.set(field,
                             r.chance(20) ? Value{} : Value{std::string(1, static_cast<char>('a' + r.below(3)))});
                auto& dots = b.preds[static_cast<std::uint8_t>(field)];
                for (auto n = r.below(3); n > 0; --n) dots.push_back(someDot());
                if (r.chance(40)) b.preds.clear();
                body = b;
            }
        }
        now += r.below(3) << 16;
        Op op;
        op.entity = caseId();
        op.hlc = {now + r.below(2)};
        op.body = std::move(body);
        op.unread = r.chance(5) ? 1 : 0;
        ops.push_back({{op.hlc, {originNumber(o), ++seq[o]}}, std::move(op)});
    }
    return ops;
}

}  // namespace

class PersonStateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyOrderAndTheShortcutGiveTheSameState() {
        std::uint32_t turn = 0;
        QVERIFY(holds(
            "person",
            [&](Recipe& r) -> std::string {
                const auto ops = randomPerson(r);
                const auto expected = foldPerson(caseId(), ops);
                Recipe shuffle({++turn, turn * 31, turn * 17, turn * 7, turn * 3, turn * 91, turn * 13, turn * 57,
                                turn * 5, turn * 1009});
                for (const bool anyhow : {false, true}) {
                    const auto arrival = Consoles::arrival(ops, shuffle, anyhow);
                    PersonState s;
                    s.id = caseId();
                    for (std::size_t i = 0; i < arrival.size(); ++i) {
                        const auto untouched = s;
                        const auto soFar = std::span(arrival).first(i + 1);
                        if (!applyToPerson(s, arrival[i])) {
                            if (!(s == untouched)) return "a refused shortcut changed the state";
                            s = foldPerson(caseId(), soFar);
                        }
                        if (!(s == foldPerson(caseId(), soFar)))
                            return "the shortcut differs from the fold after " + std::to_string(i + 1);
                    }
                    if (canonicalBytes(s) != canonicalBytes(expected)) return "another order, another state";
                }
                return {};
            },
            200, 300));
    }

    void aJudgementStandsUntilReplacedAndApartOutweighsSame() {
        PersonId other = caseId();
        other.bytes[15] = 1;
        const auto at = [&](std::uint64_t n, Judgement judgement, std::vector<Dot> replaces) {
            Op op;
            op.entity = caseId();
            op.hlc = {n << 16};
            op.body = PersonsJudged{{other, judgement, false, 0, {}, std::move(replaces)}};
            return StampedOp{{op.hlc, {originNumber(n), n}}, op};
        };
        const auto same = at(1, Judgement::Same, {}), again = at(2, Judgement::Same, {});
        const auto apart = at(3, Judgement::Different, {same.stamp.dot});
        const auto late = at(4, Judgement::None, {apart.stamp.dot, again.stamp.dot});
        // Two consoles joined them while a third took apart the one join that it knew of.
        const std::vector ops{apart, again, same};
        QCOMPARE(foldPerson(caseId(), ops).judgements.of(other), Judgement::Different);
        QCOMPARE(foldPerson(caseId(), ops).judgements.marks.size(), std::size_t{2});
        const std::vector all{late, apart, again, same};
        QVERIFY(foldPerson(caseId(), all).judgements.marks.empty());
        const std::vector without{again, same};
        QCOMPARE(foldPerson(caseId(), without).judgements.of(other), Judgement::Same);
    }

    void aContactIsGoneOnceRemovedAndNotBefore() {
        QVERIFY(holds("contacts", [](Recipe& r) -> std::string {
            const auto ops = randomPerson(r);
            std::set<Dot> removed;
            std::set<Stamp> expected;
            for (const auto& o : ops)
                if (const auto* gone = std::get_if<PersonContactRemoved>(&o.op.body))
                    removed.insert(gone->removed.begin(), gone->removed.end());
            for (const auto& o : ops)
                if (std::holds_alternative<PersonContactAdded>(o.op.body) && !removed.contains(o.stamp.dot))
                    expected.insert(o.stamp);
            std::set<Stamp> got;
            for (const auto& c : foldPerson(caseId(), ops).contacts) got.insert(c.added);
            return got == expected
                       ? ""
                       : std::to_string(got.size()) + " contacts instead of " + std::to_string(expected.size());
        }));
    }
};

QTEST_GUILESS_MAIN(PersonStateTest)
#include "person_state_test.moc"
