// SPDX-License-Identifier: GPL-3.0-or-later
// Records of one citizen and reports of one fault, on consoles that are apart: what was joined and taken apart at once
// is the same everywhere after they met, and no contact is lost.
#include <QTest>

#include "exchange.hpp"
#include "store/reader.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
using wl::test::holds;

namespace {

PersonId open(Replica& at, const std::string& name, const std::string& phone) {
    PersonOpened b;
    b.fields.set(PersonField::Name, name);
    static std::uint8_t next = 1;
    PersonId id;
    id.bytes[0] = next++;
    at.commit({{id, b, {}, true}, {id, PersonContactAdded{ContactKind::Phone, phone, {}}, {}, false}}).value();
    return id;
}

OpDraft judge(Replica& at, const PersonId& a, const PersonId& b, Judgement judgement, bool automatic = false) {
    const auto home = std::max(a, b), other = std::min(a, b);
    JudgedPair pair{other, judgement, automatic, 8'000, "phone=+8000", {}};
    if (const auto* view = at.store->personOf(home).value()) pair.replaces = view->state.judgements.standing(other);
    return {home, PersonsJudged{pair}, {}, false};
}

std::vector<PersonId> group(Replica& at, const PersonId& id) {
    auto reader = Reader::open(at.database()).value();
    const auto found = reader->personGroup(id);
    if (!found) qFatal("group: %s %s", found.error().code.c_str(), found.error().detail.c_str());
    std::vector<PersonId> out;
    for (const auto& record : found->records) out.push_back(record.state.id);
    return out;
}

}  // namespace

class TiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoRecordsOfOneCitizenMadeApartBecomeOneAndCanBeTakenApart() {
        Replica a, b(a, 2), c(a, 3);
        const auto first = open(a, "Ada Fern", "+14415550101"), second = open(b, "Ada Fern", "+14415550102");
        meet(a, b), meet(b, c), meet(a, c);
        // Joined at once on two consoles.
        a.commit({judge(a, first, second, Judgement::Same)}).value();
        b.commit({judge(b, first, second, Judgement::Same)}).value();
        meet(a, b), meet(b, c), meet(a, c);
        const std::vector both{first, second};
        for (auto* at : {&a, &b, &c}) QCOMPARE(group(*at, second), both);
        QCOMPARE(a.digest(), c.digest());
        // Taken apart at one while the other writes to both.
        c.commit({judge(c, first, second, Judgement::Different)}).value();
        a.commit({{first, PersonContactAdded{ContactKind::Email, "ada@example.org", {}}, {}, false},
                  {second, PersonContactAdded{ContactKind::Email, "fern@example.org", {}}, {}, false}})
            .value();
        meet(a, b), meet(b, c), meet(a, c);
        for (auto* at : {&a, &b, &c}) {
            QCOMPARE(group(*at, first), std::vector{first});
            QCOMPARE(at->store->personOf(first).value()->state.contacts.size(), std::size_t{2});
            QCOMPARE(at->store->personOf(second).value()->state.contacts.size(), std::size_t{2});
            QVERIFY2(at->verify().good(), complaintsOf(at->verify()).c_str());
        }
        // And nothing is said any more.
        b.commit({judge(b, first, second, Judgement::None)}).value();
        auto reader = Reader::open(b.database()).value();
        QCOMPARE(reader->judgedPersons(first, second).value(), Judgement::None);
    }

    void whoWasToldApartIsNotJoinedThroughAThird() {
        Replica a;
        const auto x = open(a, "Ada Fern", "+14415550101"), y = open(a, "A. Fern", "+14415550101"),
                   z = open(a, "Alan Fern", "+14415550101");
        a.commit({judge(a, x, z, Judgement::Different)}).value();
        a.commit({judge(a, x, y, Judgement::Same)}).value();
        a.commit({judge(a, y, z, Judgement::Same, true)}).value();
        QCOMPARE(group(a, x), (std::vector{x, y}));
        QCOMPARE(group(a, z), std::vector{z});
    }

    void aProtectedRecordStandsAlone() {
        Replica a;
        const auto x = open(a, "Ada Fern", "+14415550101"), y = open(a, "Ada Fern", "+14415550101");
        a.commit({judge(a, x, y, Judgement::Same)}).value();
        QCOMPARE(group(a, x).size(), std::size_t{2});
        PersonEdited protect;
        protect.fields.set(PersonField::Protected, std::int64_t{1});
        a.commit({{y, protect, {}, false}}).value();
        QCOMPARE(group(a, x), std::vector{x});
        QCOMPARE(group(a, y), std::vector{y});
    }

    // Whatever three consoles do at once, in any order of meeting: equal everywhere, every contact that nobody removed
    // is there, and each record is in the group of all that are in its group.
    void randomMergesTakenApartAndEditsConvergeOnThreeConsoles() {
        QVERIFY(holds(
            "ties",
            [](Recipe& r) -> std::string {
                Replica a, b(a, 2), c(a, 3);
                std::array consoles{&a, &b, &c};
                while (!r.atEnd()) {
                    auto& one = *consoles[r.below(3)];
                    if (r.chance(25)) {
                        auto& other = *consoles[r.below(3)];
                        if (&one != &other) someTraffic(r, one, other), one.learn(other);
                    } else if (!one.work(r)) {
                        return "a transaction failed";
                    }
                }
                meet(a, b), meet(b, c), meet(a, c), meet(a, b);
                if (a.digest() != b.digest() || b.digest() != c.digest()) return "three states";
                for (auto* at : consoles)
                    if (auto bad = complaintsOf(at->verify()); !bad.empty()) return bad;
                auto reader = Reader::open(a.database()).value();
                std::size_t added = 0;
                for (const auto& id : a.persons()) {
                    const auto* view = a.store->personOf(id).value();
                    if (!view) continue;
                    added += view->state.contacts.size();
                    const auto mine = reader->personGroup(id).value();
                    for (const auto& record : mine.records)
                        if (reader->personGroup(record.state.id)->records.size() != mine.records.size())
                            return "two members see two groups";
                }
                const auto found = reader->search("+1555", 1);
                return found ? "" : "search failed";
            },
            8, 300));
    }
};

QTEST_GUILESS_MAIN(TiesTest)
#include "ties_test.moc"
