// SPDX-License-Identifier: GPL-3.0-or-later
// Stolen consoles, copied disks, old backups and wrong clocks: what does not count is out of every state on every
// replica, whenever it arrives, and what counts is in (S9, S10, S14, S15, S20).
#include <QTest>

#include <filesystem>

#include "exchange.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
using wl::test::holds;
namespace fs = std::filesystem;

namespace {

using Stop = Accepted::Stop;

std::unique_ptr<Replica> founder(std::uint64_t seed = 1) {
    auto out = std::make_unique<Replica>(seed);
    out->commit({out->opening("Deep hole by the school")}).value();
    if (!out->store->foundRealm()) qFatal("found");
    return out;
}

void tick(Replica& r, std::int64_t ms = 1000) { r.clock.set({r.clock.now().ms + ms}); }

void edit(Replica& r, const CaseId& id, CaseField field, Value value) {
    tick(r);
    CaseEdited body;
    body.fields.set(field, std::move(value));
    r.commit({{id, body, {}, false}}).value();
}

// A folder as it was before, put in another one's place.
void copyFolder(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

std::int64_t priorityOf(Replica& r, const CaseId& id) {
    return r.store->caseOf(id).value()->state.number(CaseField::Priority);
}

bool sound(Replica& r) {
    const auto report = r.verify();
    if (!report.good()) qWarning("%s", complaintsOf(report).c_str());
    return report.good();
}

}  // namespace

class RevocationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAStolenConsoleWroteAfterTheCutoffIsOutEverywhere() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3), d(*a, 4);
        const auto id = a->cases().front();
        for (auto* r : {&b, &c, &d}) meet(*a, *r);
        edit(b, id, CaseField::Priority, std::int64_t{3});
        meet(*a, b);
        edit(b, id, CaseField::Priority, std::int64_t{4});       // in the thief's hands
        b.commit({b.opening("made up")}).value();
        const auto stolen = bundlesOf(b, b.store->origin());
        meet(b, c);                                              // C heard it, A has not
        QCOMPARE(priorityOf(c, id), 4);
        const auto changes = a->store->appendRealm(ConsoleRevoked{b.store->origin(), 1, "stolen"}, a->deriver).value();
        QVERIFY(changes.empty());                                // nothing after the cutoff was here
        meet(*a, c);
        QCOMPARE(priorityOf(c, id), 3);
        QVERIFY(c.store->findCase(b.cases().back()).value().value == 0);
        QCOMPARE(c.store->stats()->cases, 1);
        meet(c, d);
        QCOMPARE(c.digest(), a->digest());
        QCOMPARE(d.digest(), a->digest());
        QVERIFY(c.store->heads() == d.store->heads());           // what does not count is in no vector
        QCOMPARE(give(d, stolen).accepted.stop, Stop::Revoked);
        QCOMPARE(give(*a, stolen).accepted.stop, Stop::Revoked);
        for (auto* r : {a.get(), &c, &d}) QVERIFY(sound(*r));
        QVERIFY(c.verify().voidOps == 2);
        meetRealm(*a, b);
        const auto refused = b.commit({b.opening()});
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, std::string("origin.revoked"));

        // What the rightful owner wrote in good faith is put back.
        QVERIFY(a->store->appendRealm(OpsReinstated{b.store->origin(), {3}}, a->deriver).has_value());
        for (auto* r : {&c, &d}) meet(*a, *r);
        for (auto* r : {a.get(), &d}) meet(c, *r);
        QCOMPARE(c.store->stats()->cases, 2);
        QCOMPARE(priorityOf(c, id), 3);
        QCOMPARE(a->digest(), c.digest());
        QCOMPARE(d.digest(), c.digest());
        QCOMPARE(verdictsOf(d), verdictsOf(c));
        for (auto* r : {a.get(), &c, &d}) QVERIFY(sound(*r));
        const auto digest = c.digest();
        QVERIFY(c.rebuildIt().has_value());
        c.open();
        QCOMPARE(c.digest(), digest);
        QVERIFY(sound(c));
    }

    void revocationsAndWorkMayMeetInAnyTurn() {
        QVERIFY(holds(
            "S9 S10",
            [](Recipe& r) -> std::string {
                auto a = founder();
                std::vector<std::unique_ptr<Replica>> others;
                for (std::uint64_t n = 0; n < 3; ++n) others.push_back(std::make_unique<Replica>(*a, 50 + n));
                Replica& thief = *others.front();
                std::uint64_t cutoff = 0;
                while (!r.atEnd()) {
                    auto& x = r.chance(30) ? *a : *r.of(others);
                    auto& y = *r.of(others);
                    if (r.chance(50)) {
                        if (!x.work(r)) x.store->rollback();
                    } else if (&x != &y) {
                        someTraffic(r, x, y);
                        x.learn(y);
                    }
                    if (cutoff == 0 && r.chance(4)) {
                        if (!a->store->makeDurable()) return "sync";
                        cutoff = std::max<std::uint64_t>(1, headOf(*a, thief.store->origin()));
                        if (!a->store->appendRealm(ConsoleRevoked{thief.store->origin(), cutoff, {}}, a->deriver))
                            return "revoke";
                    }
                    if (cutoff > 0 && r.chance(10)) meetRealm(*a, *others.back());
                }
                for (int round = 0; round < 2; ++round)
                    for (auto& x : others)
                        for (auto& y : others)
                            if (x != y) meet(*a, *x), meet(*x, *y), meet(*a, *y);
                for (auto& x : others) {
                    if (auto bad = complaintsOf(x->verify()); !bad.empty()) return bad;
                    if (x->digest() != a->digest()) return "other states";
                    if (x->store->heads() != a->store->heads()) return "other vectors";
                }
                return complaintsOf(a->verify());
            },
            12, 500));
    }

    void opsDatedAheadWaitAndAreNotLost() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);
        const auto id = a->cases().front();
        meet(*a, b);
        tick(b, 3'600'000);  // its clock is an hour fast
        edit(b, id, CaseField::Priority, std::int64_t{4});
        const auto before = a->digest();
        const auto taken = give(*a, bundlesOf(b, b.store->origin()));
        QCOMPARE(taken.accepted.parked, std::uint64_t{1});
        QCOMPARE(a->digest(), before);
        QVERIFY(sound(*a));
        QCOMPARE(a->verify().parkedOps, 1);
        meet(*a, c);  // forwarded all the same
        QVERIFY(a->store->makeDurable().has_value());
        QCOMPARE(headOf(c, b.store->origin()), std::uint64_t{1});
        // S14: it does not pull the clock here along.
        edit(*a, id, CaseField::Department, std::string("PW"));
        QVERIFY(a->store->caseOf(id).value()->state.fields[8].stamp.hlc.wall() <= a->clock.now());
        const auto due = a->store->nextUnpark().value();
        QCOMPARE(due.ms, b.clock.now().ms - 300'000);
        QVERIFY(a->store->unpark(Instant{due.ms - 1}, a->deriver)->empty());
        QCOMPARE(priorityOf(*a, id), 2);
        a->open();
        a->clock.set(due);
        QVERIFY(!a->store->unpark(due, a->deriver)->empty());
        QCOMPARE(priorityOf(*a, id), 4);
        QVERIFY(!a->store->nextUnpark().value());
        QVERIFY(sound(*a));
        // S15: the same as if it had been folded at once.
        Replica d(*a, 5);
        d.clock.set({due.ms + 1'000'000});
        meet(*a, d);
        QCOMPARE(d.verify().parkedOps, 0);
        QCOMPARE(d.digest(), a->digest());
    }

    void whatOthersWroteOnARecordOfAStolenConsoleStaysReadable() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);
        for (auto* r : {&b, &c}) meet(*a, *r);
        b.commit({b.opening("opened with a key of its own")}).value();
        const auto id = b.cases().back();
        meet(b, c);
        edit(c, id, CaseField::Description, std::string("a word that must not be lost"));
        QVERIFY(a->store->appendRealm(ConsoleRevoked{b.store->origin(), 0, "stolen"}, a->deriver).has_value());
        meet(*a, c);
        const auto here = a->store->caseOf(id);
        QVERIFY(here.has_value() && *here);
        QCOMPARE(asText((*here)->state.value(CaseField::Description)), std::string("a word that must not be lost"));
        QCOMPARE(a->digest(), c.digest());
        QVERIFY(sound(*a) && sound(c));
    }

    void anOpThatIsRevokedWhileItWaitsNeverCounts() {
        auto a = founder();
        Replica b(*a, 2);
        const auto id = a->cases().front();
        meet(*a, b);
        tick(b, 3'600'000);
        edit(b, id, CaseField::Priority, std::int64_t{4});
        give(*a, bundlesOf(b, b.store->origin()));
        QVERIFY(a->store->appendRealm(ConsoleRevoked{b.store->origin(), 0, {}}, a->deriver).has_value());
        QVERIFY(!a->store->nextUnpark().value());
        QVERIFY(a->store->unpark(b.clock.now(), a->deriver)->empty());
        QCOMPARE(priorityOf(*a, id), 2);
        QVERIFY(sound(*a));
    }

    void aCopiedDiskIsProvenAndTheChosenBranchGoesOn_data() {
        QTest::addColumn<bool>("clone");
        QTest::newRow("the machine's own branch") << false;
        QTest::newRow("the copy's branch") << true;
    }
    void aCopiedDiskIsProvenAndTheChosenBranchGoesOn() {
        QFETCH(bool, clone);
        auto a = founder();
        Replica b(*a, 2), c(*a, 3), d(*a, 4), twin(*a, 9);
        const auto id = a->cases().front();
        for (auto* r : {&b, &c, &d}) meet(*a, *r);
        edit(b, id, CaseField::Priority, std::int64_t{3});
        // The copy has the same machine id, so nothing tells it apart.
        b.close();
        twin.close();
        copyFolder(b.dir(), twin.dir());
        b.open();
        twin.open();
        twin.learn(b);
        QVERIFY(twin.store->origin() == b.store->origin());
        edit(b, id, CaseField::Priority, std::int64_t{1});
        edit(b, id, CaseField::Department, std::string("PW"));
        tick(twin, 5000);
        edit(twin, id, CaseField::Priority, std::int64_t{4});
        edit(twin, id, CaseField::Department, std::string("WATER"));
        catchUp(c, b);
        catchUp(d, twin);
        // S20: the first contact of the two branches proves it.
        const auto taken = give(c, bundlesOf(d, b.store->origin()));
        QCOMPARE(taken.accepted.stop, Stop::Forked);
        QVERIFY(taken.accepted.fork.has_value());
        QCOMPARE(taken.accepted.fork->seq, std::uint64_t{2});
        const auto proof = *taken.accepted.fork;
        for (auto* r : {a.get(), &b, &c, &d, &twin}) {
            QVERIFY(r->store->acceptForkProof(proof, r->deriver)->has_value());
            QVERIFY(!r->store->acceptForkProof(proof, r->deriver)->has_value());
            QVERIFY(sound(*r));
        }
        QCOMPARE(priorityOf(c, id), 3);  // the common part stands, nothing after it
        QCOMPARE(priorityOf(d, id), 3);
        meet(*a, c);
        meet(*a, d);
        QCOMPARE(c.digest(), d.digest());
        QCOMPARE(c.digest(), a->digest());
        QVERIFY(c.store->heads() == d.store->heads());
        QCOMPARE(b.commit({b.opening()}).error().code, std::string("origin.forked"));

        auto& chosen = clone ? d : c;
        auto& other = clone ? c : d;
        auto& lives = clone ? twin : b;
        auto& ends = clone ? b : twin;
        auto lie = proof;
        lie.one.leaves.front()[0] ^= 1U;
        QCOMPARE(a->store->acceptForkProof(lie, a->deriver).error().code, std::string("fork.proof"));
        const auto origin = b.store->origin();
        const auto head = lives.store->hashAt(origin, 3).value().value();
        QVERIFY(a->store->appendRealm(BranchChosen{origin, 3, head}, a->deriver).has_value());
        for (auto* r : {&chosen, &other, &lives, &ends}) meetRealm(*a, *r);
        QCOMPARE(priorityOf(chosen, id), clone ? 4 : 1);
        meet(other, chosen);
        meet(*a, other);
        QCOMPARE(priorityOf(other, id), clone ? 4 : 1);
        QCOMPARE(other.digest(), chosen.digest());
        QCOMPARE(a->digest(), chosen.digest());
        for (auto* r : {a.get(), &chosen, &other, &lives, &ends}) QVERIFY(sound(*r));
        edit(lives, id, CaseField::Priority, std::int64_t{2});
        meet(lives, *a);
        QCOMPARE(priorityOf(*a, id), 2);
        QVERIFY(ends.store->origin() != origin);  // goes on under a name of its own
        meet(ends, *a);
        edit(ends, id, CaseField::Priority, std::int64_t{3});
        QCOMPARE(priorityOf(ends, id), 3);
        other.open();
        QVERIFY(sound(other));
        const auto digest = other.digest();
        QVERIFY(other.rebuildIt().has_value());
        other.open();
        QCOMPARE(other.digest(), digest);
    }

    void anOlderBackupWritesNothingUntilItHasANewName() {
        auto a = founder();
        Replica b(*a, 2);
        meet(*a, b);
        const auto id = a->cases().front();
        b.close();
        const auto backup = fs::path(b.dir().string() + ".backup");
        copyFolder(b.dir(), backup);
        b.open();
        edit(b, id, CaseField::Priority, std::int64_t{4});
        meet(*a, b);
        b.close();
        copyFolder(backup, b.dir());
        b.open();
        const auto origin = b.store->origin();
        QCOMPARE(headOf(b, origin), std::uint64_t{0});
        QVERIFY(headOf(*a, origin) > headOf(b, origin));  // what the session sees in the peer's vector
        QVERIFY(b.store->stopWriting().has_value());
        QCOMPARE(b.commit({b.opening()}).error().code, std::string("origin.behind"));
        b.open();
        QCOMPARE(b.commit({b.opening()}).error().code, std::string("origin.behind"));
        catchUp(b, *a);
        QCOMPARE(priorityOf(b, id), 4);
        QVERIFY(b.store->mintOrigin().has_value());
        QVERIFY(b.store->origin() != origin);
        tick(b, 10'000);
        edit(b, id, CaseField::Priority, std::int64_t{1});
        const auto card = [&] {
            const auto& own = b.store->ownSecrets();
            return ConsoleCard{own.origin, own.keys.publicKey, own.tls.publicKey, "Desk", {}, ConsoleRole::Agent};
        }();
        catchUp(*a, b);
        QCOMPARE(priorityOf(*a, id), 4);  // not enrolled yet: its work is its own
        b.open();
        QCOMPARE(priorityOf(b, id), 1);
        QVERIFY(sound(b));
        QVERIFY(a->store->appendRealm(ConsoleEnrolled{card}, a->deriver).has_value());
        meet(*a, b);
        QCOMPARE(priorityOf(*a, id), 1);
        QCOMPARE(a->digest(), b.digest());
        QVERIFY(sound(*a) && sound(b));
    }
};

QTEST_GUILESS_MAIN(RevocationTest)
#include "revocation_test.moc"
