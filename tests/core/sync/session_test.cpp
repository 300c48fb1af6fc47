// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/session.hpp"

#include <QTest>

#include "core/sync/small_net.hpp"
#include "domain/compress.hpp"
#include "sync/frames.hpp"
#include "sync/wire.hpp"

using namespace wl;
using namespace wl::sync;
using namespace wl::test;
using std::chrono::seconds;

namespace {

std::vector<std::string> texts(std::size_t n, const std::string& prefix = "op ") {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < n; ++i) out.push_back(prefix + std::to_string(i));
    return out;
}

}  // namespace

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoConsolesEndWithTheSameLogs() {
        SmallNet net;
        net.found(2);
        for (int i = 0; i < 30; ++i) net.author(0, texts(40)), net.author(1, texts(7));
        auto& wire = net.connect(0, 1);
        net.run(seconds(2));
        QVERIFY(net.converged());
        QCOMPARE(net.consoles[0]->replica.total(), std::uint64_t{30 * 47});
        QVERIFY(net.session(wire).caughtUp());
        QCOMPARE(net.session(wire).counters().opsIn, std::uint64_t{30 * 7});  // the exact difference, once
        QCOMPARE(net.session(wire).counters().opsOut, std::uint64_t{30 * 40});
        QCOMPARE(net.heard<PeerKnown>(0).front().name, std::string("Desk 1"));
    }

    void anEditIsPushedAtOnceAndAcknowledged() {
        SmallNet net;
        net.found(2);
        auto& wire = net.connect(0, 1);
        net.run(seconds(5));
        net.author(0, {"hello"});
        const auto sent = net.now;
        net.run(Millis(0));  // no time passes
        QCOMPARE(net.consoles[1]->replica.total(), std::uint64_t{1});
        net.run(Millis(100));
        QVERIFY(net.session(wire).caughtUp());
        const auto& has = net.session(wire).peerHeads();
        QCOMPARE(has.size(), std::size_t{1});
        QCOMPARE(has.front().seq, std::uint64_t{1});
        QVERIFY(net.now - sent <= Millis(100));
        net.run(seconds(2));  // the replica is told now and then
        QCOMPARE(net.consoles[0]->replica.peers[net.city.members[1].origin].size(), std::size_t{1});
    }

    void nothingThatACrashTakesWasAcknowledged() {
        SmallNet net;
        net.found(2);
        auto& wire = net.connect(0, 1);
        net.run(seconds(5));
        for (int round = 0; round < 20; ++round) {
            net.author(0, {"x"});
            net.run(Millis(7));
            std::uint64_t acknowledged = 0;
            for (const auto& head : net.session(wire).peerHeads()) acknowledged = head.seq;
            std::uint64_t safe = 0;
            for (const auto& head : net.consoles[1]->replica.heads()) safe = head.seq;
            QVERIFY(acknowledged <= safe);
        }
    }

    void opsTravelOverConsolesThatDoNotSeeEachOther() {
        SmallNet net;
        net.found(4);
        for (std::size_t i = 0; i + 1 < 4; ++i) net.connect(i, i + 1);
        net.run(seconds(5));
        net.author(0, {"far"});
        net.author(3, {"away"});
        net.run(seconds(1));
        QVERIFY(net.converged());
        QCOMPARE(net.consoles[0]->replica.total(), std::uint64_t{2});
    }

    void whatASessionBroughtBeforeItBrokeIsHandedOn() {
        SmallNet net;
        net.found(3);
        net.connect(1, 2);
        auto& first = net.connect(0, 1);
        net.run(seconds(5));
        net.author(0, texts(40));
        while (net.consoles[1]->replica.total() == 0) QVERIFY(net.step(nullptr));
        net.breakWire(first);
        net.run(seconds(1));
        QCOMPARE(net.consoles[2]->replica.total(), std::uint64_t{40});
    }

    void aFullMeshSendsLittleTwice() {
        SmallNet net;
        net.found(8);
        for (std::size_t i = 0; i < 8; ++i)
            for (std::size_t j = i + 1; j < 8; ++j) net.connect(i, j);
        net.run(seconds(5));
        for (int round = 0; round < 25; ++round) {
            for (std::size_t i = 0; i < 8; ++i) net.author(i, {"edit"});
            net.run(Millis(40));
        }
        net.run(seconds(1));
        QVERIFY(net.converged());
        std::uint64_t repeated = 0;
        for (const auto& w : net.wires)
            for (const bool from : {true, false}) repeated += net.session(*w, from).counters().opsRepeated;
        QVERIFY2(repeated <= 25 * 8 * 7 / 10, std::to_string(repeated).c_str());
    }

    void theRealmLogGoesFirst() {
        SmallNet net;
        net.city.members.reserve(8);
        net.city.enrol();
        const auto early = net.city.entries.size();
        net.city.enrol();
        net.add(net.city.members[0], early);  // knows nothing of the third console
        net.add(net.city.members[2]);
        net.author(1, texts(3));
        net.connect(0, 1);
        net.run(seconds(1));
        QVERIFY(net.converged());
        QCOMPARE(net.consoles[0]->replica.realm().epoch(), net.city.state.epoch());
        QCOMPARE(net.consoles[0]->replica.total(), std::uint64_t{3});
    }

    void strangersLearnNothing() {
        SmallNet net;
        net.found(1);
        auto stranger = net.city.member("Nobody");
        net.add(stranger);
        net.author(0, texts(3));
        net.connect(1, 0);
        net.run(seconds(20));
        QCOMPARE(net.consoles[1]->replica.total(), std::uint64_t{0});
        QCOMPARE(net.consoles[1]->ends.front().reason, CloseReason::UnknownPeer);
        QVERIFY(net.consoles[0]->ends.front().reason == CloseReason::UnknownPeer);
    }

    void aRevokedConsoleIsToldAndCutOff() {
        SmallNet net;
        net.found(3);
        net.connect(0, 2);
        net.author(2, texts(4));
        net.run(seconds(1));
        net.city.revoke(net.city.members[2], 3);
        QVERIFY(net.consoles[0]->replica.acceptRealm(net.city.state.epoch(), {&net.city.entries.back(), 1}));
        net.consoles[0]->mesh.changed(net.at(0));
        net.run(seconds(1));
        QCOMPARE(net.consoles[2]->ends.front().reason, CloseReason::Revoked);
        QVERIFY(net.consoles[2]->ends.front().byPeer);
        QCOMPARE(net.consoles[2]->replica.realm().epoch(), net.city.state.epoch());  // it knows
        // It comes again, with more work: refused at the greeting. Another that has not heard of it still takes it …
        net.author(2, texts(5));
        net.connect(2, 0);
        net.run(seconds(1));
        QCOMPARE(net.consoles[0]->ends.back().reason, CloseReason::Revoked);
        // … until the realm log reaches it: what lies behind the cutoff does not count there either.
        net.connect(0, 1);
        net.run(seconds(1));
        QVERIFY(net.consoles[0]->replica.digest() == net.consoles[1]->replica.digest());
        QCOMPARE(net.consoles[1]->replica.opsOf(net.city.members[2].origin).size(), std::size_t{4});
    }

    void anotherConsolesNameIsNotBelieved() {
        SmallNet net;
        net.found(3);
        const auto link = net.consoles[0]->mesh.open({.peerTlsKey = net.city.members[1].tls.publicKey}, net.at(0));
        Session liar(net.consoles[2]->replica, {.peerTlsKey = net.city.members[0].tls.publicKey});
        liar.start(net.at(2));
        net.consoles[0]->mesh.find(link)->received(liar.takeOutput(net.at(2)), net.at(0));
        QCOMPARE(net.consoles[0]->mesh.find(link)->closed()->reason, CloseReason::WrongIdentity);
    }

    void branchesOfTheRealmLogDoNotMix() {
        SmallNet net;
        net.found(2);
        auto other = net.city;
        net.city.enrol();
        other.append(RoleChanged{other.members[1].origin, ConsoleRole::Reader, ""}, other.members[0]);
        QVERIFY(net.consoles[0]->replica.acceptRealm(net.city.state.epoch(), {&net.city.entries.back(), 1}));
        QVERIFY(net.consoles[1]->replica.acceptRealm(other.state.epoch(), {&other.entries.back(), 1}));
        net.connect(0, 1);
        net.run(seconds(1));
        QCOMPARE(net.consoles[0]->ends.front().reason, CloseReason::RealmBranch);
        // A longer branch is refused as well.
        net.city.enrol();
        QVERIFY(net.consoles[0]->replica.acceptRealm(net.city.state.epoch(), {&net.city.entries.back(), 1}));
        net.connect(0, 1);
        net.run(seconds(1));
        QVERIFY(net.consoles[0]->ends.back().reason == CloseReason::RealmBranch);
    }

    void anotherCityIsRefused() {
        SmallNet net, other(2);
        net.found(1), other.found(1);
        Session a(net.consoles[0]->replica, {.peerTlsKey = other.city.members[0].tls.publicKey});
        Session b(other.consoles[0]->replica, {.peerTlsKey = net.city.members[0].tls.publicKey});
        a.start(net.at(0)), b.start(net.at(0));
        a.received(b.takeOutput(net.at(0)), net.at(0));
        QCOMPARE(a.closed()->reason, CloseReason::WrongRealm);
    }

    void aForkIsProvedAndReachesEverybody() {
        for (const int common : {0, 1, 9, 40}) {
            SmallNet net(static_cast<std::uint64_t>(common) + 3);
            net.found(4);
            const auto& forked = net.city.members[3];
            for (std::size_t i = 0; i < 2; ++i) {
                auto& r = net.consoles[i]->replica;
                for (int n = 0; n < common; ++n) r.authorAs(forked, {"common " + std::to_string(n)});
                // The two work on under one key, and cut their segments differently.
                if (i == 0) r.authorAs(forked, {"a1"}), r.authorAs(forked, {"a2", "a3"});
                else
                    r.authorAs(forked, {"b1", "b2"}), r.authorAs(forked, texts(common ? 3 : 1, "b")),
                        r.authorAs(forked, {"b9"});
            }
            net.connect(0, 1), net.connect(1, 2);
            net.run(seconds(30));
            for (std::size_t i = 0; i < 3; ++i) {
                const auto proofs = net.consoles[i]->replica.forkProofs();
                QCOMPARE(proofs.size(), std::size_t{1});
                QCOMPARE(proofs.front().seq, static_cast<std::uint64_t>(common + 1));
            }
            QVERIFY(net.consoles[0]->replica.digest() == net.consoles[1]->replica.digest());
            QVERIFY(net.consoles[2]->replica.digest() == net.consoles[1]->replica.digest());
            QVERIFY(net.consoles[0]->ends.empty());
            // Everything else goes on.
            net.author(0, {"work goes on"});
            net.run(seconds(1));
            QCOMPARE(net.consoles[2]->replica.opsOf(net.city.members[0].origin).size(), std::size_t{1});
        }
    }

    void aForkThatLiesFarBackIsFound() {
        for (int longer = 1; longer < 20; ++longer) {
            SmallNet net(static_cast<std::uint64_t>(longer) + 50);
            net.found(3);
            const auto& forked = net.city.members[2];
            for (std::size_t i = 0; i < 2; ++i) {
                auto& r = net.consoles[i]->replica;
                for (int n = 0; n < 10; ++n) r.authorAs(forked, {"common " + std::to_string(n)});
                for (int n = 0; n < (i == 0 ? 6 : 6 + longer); ++n)
                    r.authorAs(forked, texts(1 + i, "own"));  // the first is the same
            }
            net.connect(0, 1);
            net.run(seconds(5));
            for (std::size_t i = 0; i < 2; ++i) {
                const auto proofs = net.consoles[i]->replica.forkProofs();
                QCOMPARE(proofs.size(), std::size_t{1});
                QCOMPARE(proofs.front().seq, std::uint64_t{12});
            }
        }
    }

    void aRestoredBackupIsToldOfItsLostWork() {
        SmallNet net;
        net.found(2);
        net.consoles[1]->replica.authorAs(net.city.members[0], texts(5));
        net.connect(0, 1);
        net.run(seconds(1));
        QCOMPARE(net.heard<OwnLogAhead>(0).front().seq, std::uint64_t{5});
        QCOMPARE(net.consoles[0]->replica.total(), std::uint64_t{5});
    }

    void aSlowReceiverHoldsTheSenderBack() {
        SmallNet net;
        net.found(2);
        for (int i = 0; i < 400; ++i)
            net.author(0, texts(50, "a rather long text that fills the window quickly " + std::to_string(i)));
        auto& wire = net.connect(0, 1, {.window = 20'000});
        auto& from = net.session(wire);
        auto& to = net.session(wire, false);
        for (int i = 0; i < 50; ++i) {  // bytes flow, nothing is applied
            to.received(from.takeOutput(net.at(0)), net.at(1));
            from.received(to.takeOutput(net.at(1)), net.at(0));
        }
        QVERIFY(to.hasWork());
        QVERIFY2(to.bytesHeld() < 20'000 + 40'000, std::to_string(to.bytesHeld()).c_str());
        net.run(seconds(1));
        QVERIFY(net.converged());
        QVERIFY(net.consoles[1]->replica.largestSlice <= 1000);
    }

    void aConsoleThatComesBackToManyGetsEachOpOnce() {
        SmallNet net;
        net.found(4);
        for (int i = 0; i < 300; ++i) net.author(0, texts(10, "some text of an op " + std::to_string(i)));
        std::vector<SmallNet::Wire*> first{&net.connect(0, 1), &net.connect(0, 2)};
        net.run(seconds(5));
        for (auto* wire : first) net.breakWire(*wire);
        auto& one = net.connect(1, 3);
        auto& two = net.connect(2, 3);
        net.run(seconds(10));
        QCOMPARE(net.consoles[3]->replica.total(), std::uint64_t{3000});
        const auto came = net.session(one, false).counters().opsIn + net.session(two, false).counters().opsIn;
        QVERIFY2(came < 3300, std::to_string(came).c_str());
    }

    void applyingGoesSliceBySlice() {
        SmallNet net;
        net.found(2);
        for (int i = 0; i < 300; ++i) net.author(0, texts(10));
        auto& wire = net.connect(0, 1, {.sliceOps = 100});
        net.run(seconds(1));
        QVERIFY(net.converged());
        QCOMPARE(net.consoles[1]->replica.largestSlice, std::uint64_t{100});
        QVERIFY(net.consoles[1]->replica.syncs < 10);  // and is made durable seldom
        (void)wire;
    }

    void aMemberThatMisbehavesIsCutOffAndNothingPilesUp_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("reason");
        const auto row = [](const char* what, CloseReason why) {
            QTest::newRow(what) << QString::fromLatin1(what) << static_cast<int>(why);
        };
        row("garbage", CloseReason::Protocol);
        row("half a frame, then silence", CloseReason::Timeout);
        row("messages without end", CloseReason::Flooding);
        row("more ops than were granted", CloseReason::Flooding);
        row("questions whose answers it does not read", CloseReason::Flooding);
        row("a bomb", CloseReason::Protocol);  // a length that no segment has
        row("a forged signature", CloseReason::BadData);
    }
    void aMemberThatMisbehavesIsCutOffAndNothingPilesUp() {
        QFETCH(QString, what);
        QFETCH(int, reason);
        SmallNet net;
        net.found(3);
        net.author(2, texts(3));
        net.connect(0, 1);
        auto& wire = net.connect(0, 2);
        net.run(seconds(2));
        QVERIFY(net.converged());
        auto& victim = net.session(wire);
        wire.cutTo = true;  // from here on this test speaks in its place
        std::string bytes;
        auto bundle = net.consoles[2]->replica.read(net.consoles[2]->replica.self(), 0, 1 << 20)->back();
        bundle.segment.firstSeq = 4, bundle.segment.prevHash = bundle.segment.headHash;
        if (what == QLatin1String("garbage")) bytes.assign(3'000'000, '\x5a');
        if (what.startsWith(QLatin1String("half"))) bytes = std::string("\x00\x0f\xff\xff\x05\x00 half of it", 16);
        if (what.startsWith(QLatin1String("messages")))
            for (int i = 0; i < 6000; ++i) appendMessage(bytes, FrameType::Credit, encodeUint(1));
        if (what.startsWith(QLatin1String("more ops"))) {
            bundle.segment.body.assign(200'000, 'x');
            for (int i = 0; i < 60; ++i) appendMessage(bytes, FrameType::Data, encodeData({&bundle, 1}));
        }
        if (what.startsWith(QLatin1String("questions"))) {
            for (int i = 0; i < 5000; ++i) appendMessage(bytes, FrameType::Realm, encodeRealm(1, {}));
        }
        if (what == QLatin1String("a bomb")) {
            bundle.segment.body = compress(std::string(200'000'000, 'x'));
            bundle.segment.rawLength = 200'000'000;
            appendMessage(bytes, FrameType::Data, encodeData({&bundle, 1}));
        }
        if (what.startsWith(QLatin1String("a forged"))) {
            bundle.segment.signature[7] ^= 1U;
            appendMessage(bytes, FrameType::Data, encodeData({&bundle, 1}));
        }
        std::size_t most = 0;
        for (std::size_t at = 0; at < bytes.size() && !victim.closed(); at += 16 * 1024) {
            victim.received(std::string_view(bytes).substr(at, 16 * 1024), net.at(0));
            most = std::max(most, victim.bytesHeld());
        }
        std::optional<Closed> end;
        for (int i = 0; i < 100 && !end; ++i) {
            if (victim.closed()) end = victim.closed();
            else if (victim.hasWork()) (void)victim.work(net.at(0));
            else net.now += seconds(1), victim.tick(net.at(0));
        }
        QVERIFY(end.has_value());
        QCOMPARE(static_cast<int>(end->reason), reason);
        QVERIFY(!end->text.empty());
        QVERIFY2(most < 12'000'000, std::to_string(most).c_str());
        net.settle(0);
        net.breakWire(wire);
        net.author(0, {"life goes on"});
        net.run(seconds(2));
        QCOMPARE(net.consoles[1]->replica.digest(), net.consoles[0]->replica.digest());
    }

    void aFullDiskEndsTheSessionAndLosesNothing() {
        SmallNet net;
        net.found(2);
        net.consoles[1]->replica.diskFull = true;
        net.author(0, texts(3));
        net.connect(0, 1);
        net.run(seconds(1));
        QCOMPARE(net.consoles[1]->ends.front().reason, CloseReason::OurDisk);
        net.consoles[1]->replica.diskFull = false;
        net.connect(0, 1);
        net.run(seconds(1));
        QVERIFY(net.converged());
    }

    void idleConnectionsAreQuiet() {
        SmallNet net;
        net.found(3);
        net.author(0, texts(5)), net.author(1, texts(5));
        auto& wire = net.connect(0, 1);
        net.connect(1, 2);
        net.run(seconds(60));
        const auto before = net.session(wire).counters();
        net.run(std::chrono::hours(1));
        const auto after = net.session(wire).counters();
        QVERIFY(after.bytesOut - before.bytesOut < 50 * 3600 / 2);
        QVERIFY(after.bytesOut > before.bytesOut);
        QVERIFY(after.opsOut == before.opsOut);
    }

    void digestsRepairWhatAPeerLost() {
        SmallNet net;
        net.found(2);
        net.author(0, texts(5));
        auto& wire = net.connect(0, 1);
        net.run(seconds(5));
        // An old database under a running connection: nothing says so but the digest.
        net.consoles[1]->replica.authorAs(net.city.members[1], {"own"});
        net.run(seconds(100));
        QVERIFY(net.converged());
        (void)wire;
    }

    void clocksAreCompared() {
        SmallNet net;
        net.found(2);
        net.consoles[1]->skew = {7000};
        net.connect(0, 1);
        net.run(seconds(10));
        QCOMPARE(net.heard<SkewMeasured>(0).back().skew, Millis(7000));
        QCOMPARE(net.heard<SkewMeasured>(1).back().skew, Millis(-7000));
    }

    void presenceIsHeard() {
        SmallNet net;
        net.found(2);
        PresenceItem item;
        item.entity.bytes[3] = 9;
        item.agent = "kim";
        item.doing = PresenceItem::Doing::Editing;
        net.consoles[0]->mesh.setPresence({item}, net.at(0));
        net.connect(0, 1);
        net.run(seconds(1));
        QVERIFY(net.heard<PresenceHeard>(1).back().items == std::vector{item});
        net.consoles[0]->mesh.setPresence({}, net.at(0));
        net.run(seconds(1));
        QVERIFY(net.heard<PresenceHeard>(1).back().items.empty());
    }

    void aSilentPeerIsGivenUp() {
        SmallNet net;
        net.found(2);
        Session s(net.consoles[0]->replica, {.peerTlsKey = net.city.members[1].tls.publicKey});
        s.start(net.at(0));
        QCOMPARE(s.wakeAt(), net.now + seconds(10));
        net.now += seconds(10);
        s.tick(net.at(0));
        QCOMPARE(s.closed()->reason, CloseReason::Timeout);
    }

    void twoConnectionsBecomeOne() {
        SmallNet net;
        net.found(2);
        net.connect(0, 1), net.connect(1, 0);
        net.author(0, texts(4)), net.author(1, texts(3));
        net.run(seconds(5));
        QCOMPARE(net.consoles[0]->mesh.links().size(), std::size_t{1});
        QCOMPARE(net.consoles[1]->mesh.links().size(), std::size_t{1});
        QVERIFY(net.converged());
        QCOMPARE(net.consoles[0]->ends.front().reason, CloseReason::Replaced);
    }

    void aNewcomerTakesASnapshotAndGoesOnWithOps() {
        SmallNet net;
        net.found(2);
        std::string noise(60'000, ' ');
        net.city.rng.fill({reinterpret_cast<std::uint8_t*>(noise.data()), noise.size()});
        std::string hex = toHex(noise);
        for (int i = 0; i < 30; ++i) net.author(0, {hex + std::to_string(i)});
        auto &giver = net.consoles[0]->replica, &taker = net.consoles[1]->replica;
        giver.givesSnapshots = taker.takesSnapshots = true;
        auto& first = net.connect(0, 1, {.snapshotFrom = 10});
        for (int i = 0; i < 400 && giver.chunksGiven < 2; ++i) net.step(nullptr);
        net.author(0, {"meanwhile"});
        net.breakWire(first);  // what is there stays
        const auto given = giver.chunksGiven;
        QVERIFY(given >= 2);
        net.connect(0, 1, {.snapshotFrom = 10});
        net.run(seconds(5));
        QVERIFY(net.converged());
        QCOMPARE(taker.total(), std::uint64_t{31});
        QCOMPARE(taker.installed, 1);
        QVERIFY(net.heard<SnapshotProgress>(1).back().installed);
    }
};

QTEST_APPLESS_MAIN(SessionTest)
#include "session_test.moc"
