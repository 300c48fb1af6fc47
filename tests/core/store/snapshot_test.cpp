// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of whole replicas for newcomers, old segments made into strata, and the own journal cut once others have it.
#include <QTest>

#include <filesystem>
#include <fstream>
#include <thread>

#include "domain/compress.hpp"
#include "exchange.hpp"
#include "store/journal.hpp"
#include "store/reader.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::uint32_t> numbers(std::uint32_t seed, std::size_t count) {
    std::vector<std::uint32_t> out;
    for (auto x = seed; out.size() < count;) out.push_back((x = x * 1664525 + 1013904223) >> 3);
    return out;
}

std::unique_ptr<Replica> busy(std::uint64_t seed = 1) {
    auto out = std::make_unique<Replica>(seed);
    out->commit({out->opening("Deep hole by the school")}).value();
    if (!out->store->foundRealm()) qFatal("found");
    Recipe r(numbers(7, 700));
    while (!r.atEnd())
        if (!out->work(r)) qFatal("work");
    return out;
}

// Hands over the chunks that are wanted, up to `most` of them.
void hand(Replica& to, Replica& from, const SnapshotOffer& offer, std::size_t most = 1'000'000) {
    const auto wanted = to.store->wantSnapshot(offer).value().value();
    for (const auto index : wanted) {
        if (most-- == 0) return;
        const auto chunk = from.store->snapshotChunk(offer.id(), index).value().value();
        if (!to.store->takeSnapshotChunk(offer, index, chunk)) qFatal("chunk");
    }
}

// A copy is made by another thread.
SnapshotOffer copyOf(Store& store) {
    while (true) {
        if (auto made = store.makeSnapshot().value()) return *made;
        if (!store.makingSnapshot()) qFatal("no copy");
        std::this_thread::yield();
    }
}

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void checkAll(Replica& r) {
    for (int i = 0; i < 10'000; ++i) {
        const auto left = r.store->checkSnapshot(3);
        if (!left) qFatal("%s", left.error().code.c_str());
        if (*left > 0) continue;
        const auto unfolded = r.store->checkState(3);
        if (!unfolded) qFatal("%s %s", unfolded.error().code.c_str(), unfolded.error().detail.c_str());
        if (*unfolded == 0) return;
    }
    qFatal("it never ends");
}

}  // namespace

class SnapshotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewcomerStartsFromACopyAndGoesOnWithOps() {
        auto a = busy();
        Replica b(*a, 2), c(*a, 3);
        meet(*a, b);
        Recipe r(numbers(3, 60));
        while (!r.atEnd()) QVERIFY(b.work(r));
        meet(*a, b);
        const auto offer = copyOf(*a->store);
        QCOMPARE(offer.heads, a->store->heads());
        a->commit({a->opening("after the copy")}).value();
        c.commit({c.opening("mine, before it came")}).value();
        meetRealm(*a, c);
        hand(c, *a, offer);
        QVERIFY(c.store->installSnapshot(offer).has_value());
        QCOMPARE(c.store->stats()->cases, a->store->stats()->cases);  // one each that the other lacks
        checkAll(c);
        QVERIFY(!c.store->recovered().empty());
        QVERIFY(c.store->rederive(c.deriver, c.store->recovered()).has_value());
        meet(*a, c);
        QCOMPARE(c.digest(), a->digest());
        QVERIFY2(c.verify().good(), complaintsOf(c.verify()).c_str());
        QVERIFY(c.store->heads() == a->store->heads());
        c.commit({c.opening("and after")}).value();
        c.open();
        QVERIFY2(c.verify().good(), complaintsOf(c.verify()).c_str());
        meet(*a, c);
        meet(b, c);
        QCOMPARE(c.digest(), a->digest());
        const auto findable = [](Replica& replica) {
            const auto found = Reader::open(replica.database()).value()->search("Main");
            return found ? found->cases.size() : 0;
        };
        QVERIFY(findable(c) > 0);
        QCOMPARE(findable(c), findable(*a));
        QVERIFY(!fs::exists(c.dir() / "snapshot.partial") && !fs::exists(c.dir() / "snapshot.db"));
    }

    void whatWasFetchedIsNotFetchedAgain() {
        auto a = busy();
        for (int i = 0; i < 40; ++i) {
            std::string noise;
            for (const auto n : numbers(static_cast<std::uint32_t>(i), 12'000))
                noise.push_back(static_cast<char>('a' + n % 26));
            a->commit({a->opening(noise)}).value();
        }
        Replica b(*a, 2);
        const auto offer = copyOf(*a->store);
        QVERIFY(offer.chunks.size() > 1);
        hand(b, *a, offer, 1);
        b.open();
        QCOMPARE(b.store->wantSnapshot(offer).value()->size(), offer.chunks.size() - 1);
        QVERIFY(!b.store->installSnapshot(offer).has_value());
        hand(b, *a, offer);
        QVERIFY(b.store->installSnapshot(offer).has_value());
        QCOMPARE(b.digest(), a->digest());
    }

    void aReplicaWithOthersOpsKeepsThem() {
        auto a = busy();
        Replica b(*a, 2);
        meet(*a, b);
        QVERIFY(!b.store->wantSnapshot(copyOf(*a->store)).value().has_value());
    }

    void aCopyThatIsNotWhatItSaysIsRefused_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("atOnce");
        const auto row = [](const char* name, const char* sql, bool atOnce = true) {
            QTest::newRow(name) << QString::fromLatin1(sql) << atOnce;
        };
        row("a trigger", "CREATE TRIGGER t AFTER INSERT ON segment BEGIN DELETE FROM cases; END");
        row("a view in a table's place", "DROP TABLE item; CREATE VIEW item AS SELECT 1");
        row("another head", "UPDATE origin SET head_seq = head_seq + 1 WHERE head_seq > 0");
        row("a forged signature", "UPDATE origin SET head_sig = zeroblob(64) WHERE head_seq > 0");
        row("a console nobody enrolled", "INSERT INTO origin(origin_id, pubkey, state, head_seq, head_hash, max_hlc) "
                                         "VALUES(zeroblob(16), zeroblob(32), 0, 0, zeroblob(32), 0)");
        row("of a later version", "PRAGMA user_version=99");
        row("a segment's signature", "UPDATE segment SET sig = zeroblob(64) WHERE id=3", false);
        row("a segment's body", "UPDATE segment SET body = (SELECT body FROM segment WHERE id=2) WHERE id=3", false);
        row("a segment that is missing", "DELETE FROM segment WHERE id=3", false);
        row("a case's row", "UPDATE cases SET priority=77", false);
        row("a person's row", "UPDATE person SET name='not so'", false);
    }
    void aCopyThatIsNotWhatItSaysIsRefused() {
        QFETCH(QString, sql);
        QFETCH(bool, atOnce);
        auto a = busy();
        Replica b(*a, 2);
        const auto heads = a->store->heads();
        a->sql(sql.toStdString());
        // A peer that lies: it packs what it likes.
        std::string bytes = contents(a->database()), file = "WLS1";
        const auto number = [](std::size_t v) {
            std::string out;
            for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>((v >> shift) & 0xffU));
            return out;
        };
        for (std::size_t at = 0; at < bytes.size(); at += 1 << 20) {
            const auto raw = bytes.substr(at, 1 << 20);
            const auto packed = compress(raw);
            file += number(raw.size()) + number(packed.size()) + packed;
        }
        SnapshotOffer offer;
        offer.bytes = file.size();
        offer.heads = heads;
        for (std::size_t at = 0; at < file.size(); at += kSnapshotChunk)
            offer.chunks.push_back(blake2b({std::string_view(file).substr(at, kSnapshotChunk)}));
        for (std::uint32_t i = 0; i < offer.chunks.size(); ++i)
            QVERIFY(b.store
                        ->takeSnapshotChunk(offer, i, std::string_view(file).substr(i * kSnapshotChunk, kSnapshotChunk))
                        .has_value());
        QVERIFY(!b.store->takeSnapshotChunk(offer, 0, "something else").has_value());
        const auto done = b.store->installSnapshot(offer);
        if (atOnce) {
            QVERIFY(!done.has_value());
            QCOMPARE(done.error().code, std::string("snapshot.bad"));
            QCOMPARE(b.store->stats()->cases, 0);
            QVERIFY(!fs::exists(b.dir() / "snapshot.partial"));
            QVERIFY2(b.verify().good(), complaintsOf(b.verify()).c_str());
            b.commit({b.opening()}).value();
            return;
        }
        QVERIFY(done.has_value());
        Result<std::int64_t> left = 1;
        while (left && *left > 0) left = b.store->checkSnapshot(5);
        if (left) left = 1;
        while (left && *left > 0) left = b.store->checkState(5);
        QVERIFY(!left.has_value());
        QCOMPARE(left.error().kind, ErrorKind::Corrupt);
    }

    void theTailOfAConsoleThatWasShutOutIsNotCopied() {
        auto a = busy();
        Replica b(*a, 2), c(*a, 3);
        meet(*a, b);
        meet(*a, c);
        b.commit({b.opening("the office has it")}).value();
        meet(*a, b);
        const auto known = a->store->heads();
        const auto cutoff = std::ranges::find(known, b.store->origin(), &LogHead::origin)->seq;
        b.commit({b.opening("it has not")}).value();
        meet(b, c);
        QVERIFY(a->store->appendRealm(ConsoleRevoked{b.store->origin(), cutoff, "stolen"}, a->deriver).has_value());
        Replica d(*a, 4);
        meet(*a, c);
        const auto offer = copyOf(*c.store);
        QCOMPARE(offer.heads, c.store->heads());
        QCOMPARE(std::ranges::find(offer.heads, b.store->origin(), &LogHead::origin)->seq, cutoff);
        hand(d, c, offer);
        QVERIFY(d.store->installSnapshot(offer).has_value());
        QCOMPARE(d.digest(), c.digest());
        checkAll(d);
        QVERIFY2(d.verify().good(), complaintsOf(d.verify()).c_str());
    }

    void oldSegmentsBecomeStrataThatVerifyAndTravel() {
        auto a = busy();
        Replica b(*a, 2), c(*a, 3);
        meet(*a, b);
        for (int i = 0; i < 1100; ++i) {
            CaseEdited body;
            body.fields.set(CaseField::Priority, std::int64_t{1 + i % 4});
            a->commit({{a->cases().front(), body, {}, false}}).value();
        }
        const auto segments = a->store->stats()->segments;
        QCOMPARE(a->store->mergeSegments(100).value(), std::size_t{0});  // too young
        a->clock.set({a->clock.now().ms + 7'200'000});
        const auto digest = a->digest();
        QVERIFY(a->store->mergeSegments(100).value() > 0);
        QCOMPARE(a->store->mergeSegments(100).value(), std::size_t{0});
        QVERIFY(a->store->stats()->segments < segments / 2);
        QCOMPARE(a->digest(), digest);
        QVERIFY2(a->verify().good(), complaintsOf(a->verify()).c_str());
        b.clock.set(a->clock.now());
        c.clock.set(a->clock.now());
        meet(*a, b);  // B has a part of what is one segment now
        meet(*a, c);
        QCOMPARE(b.digest(), digest);
        QCOMPARE(c.digest(), digest);
        QVERIFY2(b.verify().good(), complaintsOf(b.verify()).c_str());
        QVERIFY(a->rebuildIt().has_value());
        a->open();
        QCOMPARE(a->digest(), digest);
    }

    void theJournalIsCutOnceTwoOthersHaveItAll() {
        auto a = busy();
        Replica b(*a, 2), c(*a, 3);
        a->store->setJournalLimit(1);
        QVERIFY(fs::file_size(a->journal()) > 0);
        meet(*a, b);
        const auto key = a->store->findCase(a->cases().front()).value();
        auto reader = Reader::open(a->database()).value();
        QCOMPARE(reader->holders(key).value(), 0);  // nobody has told yet
        QVERIFY(a->store->peerHas(b.store->origin(), b.store->heads(), a->clock.now()).has_value());
        QCOMPARE(reader->holders(key).value(), 1);
        QVERIFY(fs::file_size(a->journal()) > 0);
        meet(*a, c);
        QVERIFY(a->store->peerHas(c.store->origin(), c.store->heads(), a->clock.now()).has_value());
        QCOMPARE(reader->holders(key).value(), 2);
        QCOMPARE(fs::file_size(a->journal()), std::uintmax_t{0});
        a->commit({{a->cases().front(), CaseEdited{{}, {}}, "why", false}}).value();
        QVERIFY(fs::file_size(a->journal()) > 0);
        QCOMPARE(reader->holders(key).value(), 0);
        a->open();
        QVERIFY2(a->verify().good(), complaintsOf(a->verify()).c_str());
    }

    void anOlderDatabaseAndACutJournalWaitForThePeers() {
        auto a = busy();
        Replica b(*a, 2);
        a->close();
        const auto old = a->dir().string() + ".db";
        fs::copy_file(a->database(), old);
        a->open();
        a->store->setJournalLimit(1);
        a->commit({a->opening("one")}).value();
        meet(*a, b);
        QVERIFY(a->store->peerHas(b.store->origin(), b.store->heads(), a->clock.now()).has_value());
        QCOMPARE(fs::file_size(a->journal()), std::uintmax_t{0});  // two consoles: one acknowledgement is all there is
        a->commit({a->opening("two")}).value();
        meet(*a, b);
        a->close();
        fs::copy_file(old, a->database(), fs::copy_options::overwrite_existing);
        a->open();
        QCOMPARE(a->commit({a->opening()}).error().code, std::string("origin.behind"));
        catchUp(*a, b);
        QCOMPARE(a->digest(), b.digest());
        QVERIFY2(a->verify().good(), complaintsOf(a->verify()).c_str());
    }
};

QTEST_GUILESS_MAIN(SnapshotTest)
#include "snapshot_test.moc"
