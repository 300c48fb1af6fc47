// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas that exchange their logs: whatever the turn, the batches and the repetitions, the same state everywhere (S4,
// S5, S9), and nothing half taken from those who send nonsense.
#include <QTest>

#include "domain/compress.hpp"
#include "exchange.hpp"
#include "store/reader.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
using wl::test::holds;

namespace {

using Stop = Accepted::Stop;

std::unique_ptr<Replica> founder(std::uint64_t seed = 1) {
    auto out = std::make_unique<Replica>(seed);
    out->commit({out->opening("Deep hole by the school")}).value();
    if (!out->store->foundRealm()) qFatal("found");
    return out;
}

// Signs a segment of any bytes under any key, as somebody would who has the key and no scruples.
Segment forge(const OriginSecrets& who, const RealmId& realm, std::uint64_t first, const Hash& before,
              const std::vector<std::string>& ops, Hlc last = {1}) {
    Segment g;
    g.origin = who.origin;
    g.firstSeq = first;
    g.count = static_cast<std::uint32_t>(ops.size());
    g.hlcMin = g.hlcMax = last;
    g.prevHash = g.headHash = before;
    std::string raw;
    for (const auto& op : ops) {
        g.headHash = chainNext(g.headHash, op);
        raw += op;
    }
    g.rawLength = static_cast<std::uint32_t>(raw.size());
    g.body = compress(raw);
    g.signature = sign(who.keys.secretKey, headMessage(realm, who.origin, {first + g.count - 1, g.headHash, last}));
    return g;
}

std::string edit(const CaseId& id, const OriginId& author, Hlc hlc, std::uint32_t epoch = 1,
                 std::int64_t priority = 4) {
    Op op;
    op.entity = id;
    op.hlc = hlc;
    op.epoch = epoch;
    CaseEdited body;
    body.fields.set(CaseField::Priority, priority);
    op.body = body;
    NoKeys none;
    SeededRng rng(1);
    return encodeOp(op, author, none, rng).value();
}

std::string codeOf(const Accepted& a) { return a.why ? a.why->code : std::string(); }

}  // namespace

class ExchangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTurnInWhichOpsArriveDoesNotMatter() {
        QVERIFY(holds(
            "S4 S5 S9",
            [](Recipe& r) -> std::string {
                std::vector<std::unique_ptr<Replica>> all;
                all.push_back(founder());
                for (std::size_t n = 1; n < 2 + r.below(3); ++n)
                    all.push_back(std::make_unique<Replica>(
                        *all.front(), 100 + n, r.chance(70) ? ConsoleRole::Administrator : ConsoleRole::Agent));
                while (!r.atEnd()) {
                    auto& a = *r.of(all);
                    auto& b = *r.of(all);
                    if (r.chance(60)) {
                        if (!a.work(r)) a.store->rollback();  // an agent may not publish: refused whole
                    } else if (&a != &b) {
                        someTraffic(r, a, b);
                        a.learn(b);
                    }
                }
                for (auto& a : all)
                    if (auto bad = complaintsOf(a->verify()); !bad.empty()) return "under way: " + bad;
                Instant latest;
                for (auto& a : all) latest = std::max(latest, a->clock.now());
                for (auto& a : all) {
                    a->clock.set(latest);
                    if (!a->store->unpark(latest, a->deriver)) return "what waited could not be folded";
                }
                for (int round = 0; round < 2; ++round)
                    for (auto& a : all)
                        for (auto& b : all)
                            if (a != b) meet(*a, *b);
                for (auto& a : all) {
                    if (a->store->heads() != all.front()->store->heads()) return "other vectors";
                    if (auto bad = complaintsOf(a->verify()); !bad.empty()) return bad;
                    if (a->digest() != all.front()->digest()) return "other states";
                    if (verdictsOf(*a) != verdictsOf(*all.front())) return "other verdicts";
                }
                const auto digest = all.front()->digest();
                auto& last = *all.back();
                if (!last.rebuildIt()) return "rebuilding failed";
                last.open();
                if (auto bad = complaintsOf(last.verify()); !bad.empty()) return "rebuilt: " + bad;
                return last.digest() == digest ? "" : "rebuilding changed the state";
            },
            25, 900));
    }

    void aDayApartShowsEveryConflict() {
        auto a = founder();
        const auto inGroups = [](Replica& r, std::size_t count, const auto& draft) {
            for (std::size_t done = 0; done < count;) {
                std::vector<OpDraft> group;
                for (; group.size() < 250 && done < count; ++done) group.push_back(draft(done));
                QVERIFY(r.commit(std::move(group)).has_value());
            }
        };
        inGroups(*a, 2999, [&](std::size_t n) { return a->opening("case " + std::to_string(n)); });
        Replica b(*a, 7);
        meet(*a, b);
        QCOMPARE(b.digest(), a->digest());
        const auto work = [&](Replica& r, std::size_t own, const char* who) {
            r.clock.set(r.clock.now() + Millis(86'400'000));
            inGroups(r, 2000, [&](std::size_t n) -> OpDraft {
                const auto id = r.cases()[n < 1000 ? n : own + n];
                const auto* found = r.store->caseOf(id).value();
                CaseEdited edited;
                edited.fields.set(CaseField::Description, std::string(who) + std::to_string(n));
                edited.preds[4] = {found->state.fields[4].stamp.dot};
                return {id, edited, {}, false};
            });
        };
        work(*a, 0, "office ");
        work(b, 1000, "branch ");
        meet(*a, b);
        meet(b, *a);
        QCOMPARE(b.digest(), a->digest());
        for (auto* r : {a.get(), &b}) {
            QVERIFY(r->verify().good());
            std::size_t conflicts = 0;
            for (std::size_t n = 0; n < 3000; ++n) {
                const auto* found = r->store->caseOf(r->cases()[n]).value();
                const bool apart = found->state.fields[4].rivals.size() == 1;
                QCOMPARE(apart, n < 1000);
                conflicts += apart ? 1 : 0;
            }
            QCOMPARE(conflicts, std::size_t{1000});
        }
    }

    void sealedTextsCanBeReadEverywhere() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);
        meet(*a, b);
        // B writes a text under the key that A made, and C hears of B before it hears of A.
        CaseEdited text;
        text.fields.set(CaseField::Description, std::string("the caller's own words"));
        b.commit({{a->cases().front(), text, {}, false}}).value();
        give(c, bundlesOf(b, b.store->origin()));
        QVERIFY2(c.verify().good(), complaintsOf(c.verify()).c_str());
        give(c, bundlesOf(b, a->store->origin()));  // forwarded, with its key
        const auto* found = c.store->caseOf(a->cases().front()).value();
        QVERIFY(found);
        QCOMPARE(found->state.text(CaseField::Description), std::string("the caller's own words"));
        meet(*a, b);
        QCOMPARE(c.digest(), a->digest());
        QVERIFY2(c.verify().good(), complaintsOf(c.verify()).c_str());
    }

    void aKeyThatComesLateOpensWhatWasLocked() {
        auto a = founder();
        Replica b(*a, 2);
        auto bundles = bundlesOf(*a, a->store->origin());
        QCOMPARE(bundles.front().keys.size(), std::size_t{1});
        const auto whole = bundles;
        for (auto& bundle : bundles) bundle.keys.clear();
        give(b, bundles);
        QVERIFY(b.digest() != a->digest());
        auto foreign = whole;
        foreign.front().keys.front().wrapped[30] ^= 1;  // no key of this realm
        give(b, foreign);
        QVERIFY(b.digest() != a->digest());
        const auto taken = give(b, whole);
        QCOMPARE(taken.accepted.ops, std::uint64_t{0});
        QVERIFY(!taken.changes.cases.empty());
        QCOMPARE(b.digest(), a->digest());
        QVERIFY(b.verify().good());
    }

    void keysThatNoOpNamesAreNotKept() {
        auto a = founder();
        Replica b(*a, 2);
        a->commit({a->opening("another")}).value();
        auto bundles = bundlesOf(*a, a->store->origin());
        bundles.front().keys.push_back(bundles.back().keys.front());
        bundles.resize(1);
        give(b, bundles);
        b.close();
        auto db = wl::store::sql::Database::open(b.database(), wl::store::sql::Access::ReadOnly).value();
        auto query = wl::store::sql::Statement<0, 1>::prepare(db, "SELECT count(*) FROM dek").value();
        QVERIFY(query.step().value());
        QCOMPARE(query.integer(0), 1);
    }

    void nonsenseIsRefusedAndLeavesNothing_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("stop");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* what, Stop stop, const char* code = "") {
            QTest::newRow(what) << QString::fromLatin1(what) << static_cast<int>(stop) << QString::fromLatin1(code);
        };
        row("a bit of an op", Stop::Bad, "log.chain");
        row("a bit of the signature", Stop::Bad, "log.signature");
        row("a bit of the head", Stop::Bad, "log.chain");
        row("a bit of the clock", Stop::Bad, "log.signature");
        row("a bit of the hash before", Stop::Bad, "log.chain");
        row("a bomb", Stop::Bad, "log.length");
        row("a frame that is longer than it says", Stop::Bad);
        row("not zstd", Stop::Bad);
        row("a count too high", Stop::Bad, "log.count");
        row("no ops at all", Stop::Bad, "log.count");
        row("more ops than a segment has", Stop::Bad, "log.count");
        row("a number beyond all", Stop::Bad, "log.count");
        row("number zero", Stop::Bad, "log.count");
        row("another author's name", Stop::Bad, "log.signature");
        row("an author nobody knows", Stop::UnknownOrigin);
        row("one too early", Stop::Gap);
    }
    void nonsenseIsRefusedAndLeavesNothing() {
        QFETCH(QString, what);
        QFETCH(int, stop);
        QFETCH(QString, code);
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);
        meetRealm(*a, b);
        a->commit({a->opening("second")}).value();
        auto bundles = bundlesOf(*a, a->store->origin());
        QCOMPARE(bundles.size(), std::size_t{2});
        auto& g = bundles.back().segment;
        const std::string raw = decompress(g.body, g.rawLength).value();
        if (what == QLatin1String("a bit of an op")) {
            auto bad = raw;
            bad.back() ^= 1;  // of a sealed text
            g.body = compress(bad);
        }
        if (what == QLatin1String("a bit of the signature")) g.signature[5] ^= 1U;
        if (what == QLatin1String("a bit of the head")) g.headHash[5] ^= 1U;
        if (what == QLatin1String("a bit of the clock")) g.hlcMax.value ^= 1U;
        if (what == QLatin1String("a bit of the hash before")) g.prevHash[5] ^= 1U;
        if (what == QLatin1String("a bomb")) {
            g.body = compress(std::string(200'000'000, 'x'));
            g.rawLength = 200'000'000;
        }
        if (what == QLatin1String("a frame that is longer than it says"))
            g.body = compress(std::string(4'000'000, 'x'));
        if (what == QLatin1String("not zstd")) g.body = "once upon a time";
        if (what == QLatin1String("a count too high")) g.count += 1;
        if (what == QLatin1String("no ops at all")) g.count = 0;
        if (what == QLatin1String("more ops than a segment has")) g.count = kSegmentOpLimit + 1;
        if (what == QLatin1String("a number beyond all")) g.firstSeq = ~std::uint64_t{0};
        if (what == QLatin1String("number zero")) g.firstSeq = 0;
        if (what == QLatin1String("another author's name")) g.origin = c.store->origin(), g.firstSeq = 1;
        if (what == QLatin1String("an author nobody knows")) g.origin.bytes[3] ^= 1U;
        if (what == QLatin1String("one too early")) g.firstSeq = 3;
        meetRealm(*a, b);
        const auto taken = give(b, bundles);
        QCOMPARE(static_cast<int>(taken.accepted.stop), stop);
        if (!code.isEmpty()) QCOMPARE(QString::fromStdString(codeOf(taken.accepted)), code);
        QCOMPARE(taken.accepted.taken, std::size_t{1});  // the good one before it stays
        QCOMPARE(headOf(b, a->store->origin()), std::uint64_t{0});
        QVERIFY(b.store->makeDurable().has_value());
        QCOMPARE(headOf(b, a->store->origin()), std::uint64_t{1});
        QVERIFY2(b.verify().good(), complaintsOf(b.verify()).c_str());
        meet(*a, b);
        QCOMPARE(b.digest(), a->digest());
    }

    void opsThatDoNotCountAreKeptAndForwarded() {
        auto a = founder();
        Replica b(*a, 2, ConsoleRole::Agent), c(*a, 3), d(*a, 4);
        const auto who = b.store->ownSecrets();
        const auto realm = b.store->realm();
        const auto at = [&](int n) { return Hlc::of({a->clock.now().ms + n}); };
        const auto id = a->cases().front();
        NoKeys none;
        SeededRng rng(9);
        Op item;
        item.entity = itemId("service", "X");
        item.hlc = at(6);
        item.epoch = 2;
        item.body = CatalogueItemPublished{"service", "X", "{}"};
        const auto published = encodeOp(item, who.origin, none, rng).value();
        const std::vector<std::string> ops{edit(id, who.origin, at(1), 2),
                                           std::string("\xa1\x00\x01", 3),  // a map, but no op
                                           edit(id, who.origin, at(3), 2, 1),
                                           edit(id, who.origin, at(2), 2, 3),  // its clock runs back
                                           edit(id, who.origin, at(5), 1, 3),  // its epoch too
                                           published,  // an agent may not
                                           edit(id, who.origin, at(7), 2, 2)};
        const auto g = forge(who, realm, 1, chainStart(who.origin, realm), ops);
        meetRealm(*a, c);
        meetRealm(*a, d);
        const Bundle bundle{g, {}};
        const auto taken = give(c, {&bundle, 1});
        QCOMPARE(taken.accepted.stop, Stop::None);
        QCOMPARE(taken.accepted.ops, std::uint64_t{7});
        QCOMPARE(taken.accepted.voided, std::uint64_t{4});
        meet(c, d);  // forwarded as it is
        meet(*a, c);
        meet(c, d);
        QCOMPARE(d.digest(), c.digest());
        QCOMPARE(a->digest(), c.digest());
        QCOMPARE(verdictsOf(d), verdictsOf(c));
        QVERIFY(verdictsOf(c).contains("=1") && verdictsOf(c).contains("=2") && verdictsOf(c).contains("=3") &&
                verdictsOf(c).contains("=5"));
        for (auto* r : {a.get(), &c, &d}) QVERIFY2(r->verify().good(), complaintsOf(r->verify()).c_str());
        QCOMPARE(c.verify().voidOps, 4);
        QCOMPARE(c.store->caseOf(id).value()->state.number(CaseField::Priority), 2);
        const auto digest = c.digest();
        QVERIFY(c.rebuildIt().has_value());
        c.open();
        QCOMPARE(c.digest(), digest);
        QVERIFY2(c.verify().good(), complaintsOf(c.verify()).c_str());
    }

    void aSegmentThatOverlapsIsCut() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);
        const auto who = b.store->ownSecrets();
        const auto realm = b.store->realm();
        std::vector<std::string> ops;
        for (int i = 1; i <= 9; ++i)
            ops.push_back(edit(a->cases().front(), who.origin, Hlc::of({a->clock.now().ms + i}), 2, 1 + i % 4));
        const auto part = [&](std::size_t from, std::size_t to) {
            auto before = chainStart(who.origin, realm);
            for (std::size_t i = 0; i < from; ++i) before = chainNext(before, ops[i]);
            return Bundle{
                forge(who, realm, from + 1, before,
                      {ops.begin() + static_cast<std::ptrdiff_t>(from), ops.begin() + static_cast<std::ptrdiff_t>(to)}),
                {}};
        };
        const std::vector<Bundle> first{part(0, 4)}, second{part(2, 7), part(1, 6), part(5, 9), part(0, 9)};
        give(c, first);
        const auto taken = give(c, second);
        QCOMPARE(taken.accepted.taken, std::size_t{4});
        QCOMPARE(taken.accepted.ops, std::uint64_t{5});
        QVERIFY2(c.verify().good(), complaintsOf(c.verify()).c_str());
        meet(*a, c);
        Replica d(*a, 5);
        const std::vector<Bundle> whole{part(0, 9)};
        give(d, whole);
        meet(*a, d);
        QCOMPARE(c.digest(), d.digest());
        QVERIFY(c.store->hashAt(who.origin, 5).value() == d.store->hashAt(who.origin, 5).value());
    }

    void anOpOfALaterEpochWaitsForTheRealmLog() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);  // B does not know of C's enrolment, and C's ops cite it
        c.commit({c.opening("from the third desk")}).value();
        QCOMPARE(give(b, bundlesOf(c, c.store->origin())).accepted.stop, Stop::UnknownOrigin);
        meetRealm(*a, b);
        Replica d(*a, 4);
        meetRealm(*a, c);
        c.commit({c.opening("later")}).value();
        QCOMPARE(give(b, bundlesOf(c, c.store->origin())).accepted.stop, Stop::UnknownEpoch);
        QVERIFY(b.store->makeDurable().has_value());
        QCOMPARE(headOf(b, c.store->origin()), std::uint64_t{1});
        meet(b, c);
        meet(*a, c);
        meet(*a, b);
        QCOMPARE(b.digest(), a->digest());
    }

    void anOwnOpThatNobodyWouldTakeIsNotWritten() {
        auto a = founder();
        Replica b(*a, 2, ConsoleRole::Agent);
        const auto done = b.commit({{itemId("service", "X"), CatalogueItemPublished{"service", "X", "{}"}, {}, false}});
        QVERIFY(!done.has_value());
        QCOMPARE(done.error().code, std::string("op.not_allowed"));
        QCOMPARE(b.store->stats()->ops, 0);
    }

    void aRealmLogThatBranchesIsNamed() {
        auto a = founder();
        Replica b(*a, 2), c(*a, 3);
        auto entries = a->store->realmEntries(1);
        std::swap(entries[1], entries[2]);
        const auto branch = b.store->acceptRealm(1, entries, b.deriver);
        QVERIFY(!branch.has_value());
        QCOMPARE(branch.error().code, std::string("realm.branch"));
        entries = a->store->realmEntries(3);
        entries.front().signature[0] ^= 1U;
        const auto forged = b.store->acceptRealm(3, entries, b.deriver);
        QVERIFY(!forged.has_value());
        QCOMPARE(b.store->realmState().epoch(), 2U);
        b.open();
        QCOMPARE(b.store->realmState().epoch(), 2U);
        QCOMPARE(b.store->appendRealm(RoleChanged{a->store->origin(), ConsoleRole::Reader, {}}, b.deriver).error().code,
                 std::string("realm.not_writer"));
    }

    void theRealmLogOutlivesTheDatabase() {
        auto a = founder();
        Replica b(*a, 2);
        const auto entries = a->store->realmEntries(1);
        a->close();
        QVERIFY(setAside(a->dir()).has_value());
        QVERIFY(a->rebuildIt().has_value());
        a->open();
        QVERIFY(a->store->realmEntries(1) == entries);
        QVERIFY(a->store->appendRealm(RoleChanged{b.store->origin(), ConsoleRole::Agent, {}}, a->deriver).has_value());
    }

    void opsTakenAreGoneWithThePowerOnlyUntilTheyAreSynced() {
        auto a = founder();
        Replica b(*a, 2);
        give(b, bundlesOf(*a, a->store->origin()));
        QCOMPARE(headOf(b, a->store->origin()), std::uint64_t{0});  // not to be acknowledged yet
        b.commit({b.opening()}).value();  // an own commit syncs what lies before it
        QCOMPARE(headOf(b, a->store->origin()), std::uint64_t{1});
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "exchange_test.moc"
