// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/realm_log.hpp"

#include <QTest>

#include "domain/case_fields.hpp"
#include "domain/verdict.hpp"

using namespace wl;

namespace {

struct Member {
    KeyPair keys;
    OriginId origin;
};

Member member(Rng& rng, const RealmId& realm) {
    Member m;
    m.keys = makeKeyPair(rng);
    m.origin = originOf(m.keys.publicKey, realm);
    return m;
}

ConsoleCard card(const Member& m, const char* name, ConsoleRole role) {
    return {m.origin, m.keys.publicKey, m.keys.publicKey, name, "public_works", role};
}

}  // namespace

class RealmLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        rng = std::make_unique<SeededRng>(7);
        realm.bytes = randomBytes<decltype(realm.bytes)>(*rng);
        admin = member(*rng, realm);
        desk = member(*rng, realm);
        state = std::make_unique<RealmState>(realm);
        at = Hlc::of({1'700'000'000'000});
        add(RealmFounded{card(admin, "Office", ConsoleRole::Administrator), "Port Linden"}, admin);
        add(ConsoleEnrolled{card(desk, "Desk 1", ConsoleRole::Agent)}, admin);
    }

    void readsBackWhatIsWritten() {
        const std::vector<RealmBody> bodies{ConsoleRevoked{desk.origin, 12, "stolen"},
                                            RoleChanged{desk.origin, ConsoleRole::Reader, "parks"},
                                            WriterNamed{desk.origin}, BranchChosen{desk.origin, 4, blake2b({"x"})},
                                            OpsReinstated{desk.origin, {13, 15}}};
        for (const auto& body : bodies) {
            const auto entry = makeRealmEntry(*state, body, admin.keys, admin.origin, next());
            const auto read = readRealmEntry(entry);
            QVERIFY(read && *read);
            QCOMPARE((*read)->index(), body.index());
            const auto again = makeRealmEntry(*state, **read, admin.keys, admin.origin, at);
            QVERIFY(again.bytes == entry.bytes);
        }
    }

    void onlyTheWriterWrites() {
        const auto entry = makeRealmEntry(*state, RoleChanged{desk.origin, ConsoleRole::Administrator, ""}, desk.keys,
                                          desk.origin, next());
        const auto done = state->apply(entry);
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("realm.writer"));
        add(WriterNamed{desk.origin}, admin);
        add(RoleChanged{desk.origin, ConsoleRole::Administrator, ""}, desk);
        QVERIFY(!state->apply(makeRealmEntry(*state, WriterNamed{admin.origin}, admin.keys, admin.origin, next())));
    }

    void everyChangedBitIsRefused() {
        const auto entry =
            makeRealmEntry(*state, ConsoleRevoked{desk.origin, 12, "stolen"}, admin.keys, admin.origin, next());
        for (std::size_t i = 0; i < entry.bytes.size(); ++i) {
            auto bent = entry;
            bent.bytes[i] = static_cast<char>(bent.bytes[i] ^ 1);
            auto copy = *state;
            QVERIFY(!copy.apply(bent));
        }
        QVERIFY(state->apply(entry));
    }

    void anEntryOfANewerKindHasNoEffectAndKeepsTheChain() {
        auto entry = makeRealmEntry(*state, WriterNamed{desk.origin}, admin.keys, admin.origin, next());
        entry.bytes[2] = 9;  // a5/a6, key 0, kind
        std::string message("rlm");
        message += view(realm);
        message += entry.bytes;
        entry.signature = sign(admin.keys.secretKey, message);
        QVERIFY(state->apply(entry));
        QCOMPARE(state->epoch(), 3U);
        QVERIFY(state->writer() == admin.origin);
        add(RoleChanged{desk.origin, ConsoleRole::Reader, ""}, admin);
    }

    void verdictsFollowRoleCutoffAndOrder() {
        OpFacts op{{desk.origin, 5}, next(), 2, 2, true, Hlc::of({1'600'000'000'000}), 2, {}};
        QCOMPARE(judge(op, *state), Verdict::Valid);
        op.kind = 40;
        QCOMPARE(judge(op, *state), Verdict::NotAllowed);
        op.kind = 2;
        op.epoch = op.epochBefore = 1;  // written while it waited to be enrolled
        QCOMPARE(judge(op, *state), Verdict::Valid);
        auto stranger = op;
        stranger.dot.origin.bytes[0] ^= 1U;
        QCOMPARE(judge(stranger, *state), Verdict::NotEnrolled);
        op.epoch = op.epochBefore = 2;
        op.hlcBefore = op.hlc;
        QCOMPARE(judge(op, *state), Verdict::ClockRunsBack);
        op.hlcBefore = {};
        op.epochBefore = 3;
        QCOMPARE(judge(op, *state), Verdict::EpochRunsBack);
        op.epochBefore = 2;
        op.forkedAt = 5;
        QCOMPARE(judge(op, *state), Verdict::AfterFork);
        op.forkedAt = 6;
        add(ConsoleRevoked{desk.origin, 4, "stolen"}, admin);
        QCOMPARE(judge(op, *state), Verdict::AfterCutoff);
        op.dot.seq = 4;
        QCOMPARE(judge(op, *state), Verdict::Valid);
        op.dot.seq = 5;
        add(OpsReinstated{desk.origin, {5, 7}}, admin);
        QCOMPARE(judge(op, *state), Verdict::Valid);
        op.dot.seq = 6;
        QVERIFY(judge(op, *state) != Verdict::Valid);
    }

    void aConsoleOfADepartmentTakesNoCases() {
        const auto edit = [&](const char* department, std::vector<Dot> seen) {
            CaseEdited edited;
            edited.fields.set(CaseField::Department, std::string(department));
            edited.preds[static_cast<std::uint8_t>(CaseField::Department)] = std::move(seen);
            return OpBody{std::move(edited)};
        };
        const Dot theirs{admin.origin, 3}, own{desk.origin, 4};
        const auto verdict = [&](const OpBody& body, std::uint32_t epoch) {
            OpFacts op{{desk.origin, 5}, next(), epoch, 2, true, {}, 2, {}};
            readScope(body, desk.origin, op);
            return judge(op, *state);
        };
        const auto takes = edit("PW", {theirs}), gives = edit("PARKS", {theirs}), takesBack = edit("PW", {own});
        QCOMPARE(verdict(takes, 2), Verdict::Valid);  // works for the whole city
        add(RoleChanged{desk.origin, ConsoleRole::Agent, "PW"}, admin);  // epoch 3
        QCOMPARE(verdict(takes, 3), Verdict::OutOfScope);
        QCOMPARE(verdict(edit("PW", {}), 3), Verdict::OutOfScope);
        QCOMPARE(verdict(edit("PW", {own, theirs}), 3), Verdict::OutOfScope);
        QCOMPARE(verdict(gives, 3), Verdict::Valid);
        QCOMPARE(verdict(takesBack, 3), Verdict::Valid);
        QCOMPARE(verdict(OpBody{CaseOpened{}}, 3), Verdict::Valid);
        QCOMPARE(verdict(takes, 2), Verdict::Valid);  // before it knew
        add(RoleChanged{desk.origin, ConsoleRole::Administrator, "PW"}, admin);
        QCOMPARE(verdict(takes, 4), Verdict::Valid);
        add(RoleChanged{desk.origin, ConsoleRole::Agent, ""}, admin);
        QCOMPARE(verdict(takes, 5), Verdict::Valid);
        QCOMPARE(verdict(takes, 3), Verdict::OutOfScope);  // what was said then stands
    }

    void anOldEpochIsGoodForFourteenDays() {
        add(RoleChanged{desk.origin, ConsoleRole::Reader, ""}, admin);  // epoch 3
        const auto replaced = state->timeOf(3);
        OpFacts op{{desk.origin, 5}, Hlc::of(replaced + kEpochGrace), 2, 2, true, {}, 2, {}};
        QCOMPARE(judge(op, *state), Verdict::Valid);
        op.hlc = Hlc::of(replaced + kEpochGrace + Millis(1));
        QCOMPARE(judge(op, *state), Verdict::EpochTooOld);
        op.epoch = 3;
        QCOMPARE(judge(op, *state), Verdict::NotAllowed);  // a reader by now
    }

private:
    Hlc next() { return at = {at.value + 65536}; }
    void add(const RealmBody& body, const Member& by) {
        const auto done = state->apply(makeRealmEntry(*state, body, by.keys, by.origin, next()));
        QVERIFY2(done, done ? "" : done.error().code.c_str());
    }

    std::unique_ptr<SeededRng> rng;
    RealmId realm;
    Member admin, desk;
    std::unique_ptr<RealmState> state;
    Hlc at;
};

QTEST_GUILESS_MAIN(RealmLogTest)
#include "realm_log_test.moc"
