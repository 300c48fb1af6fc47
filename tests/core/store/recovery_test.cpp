// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are not what they were: older copies, torn journals, damaged and foreign databases, full disks.
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <algorithm>
#include <fstream>

#include "failing_disk.hpp"
#include "replica.hpp"
#include "store/journal.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void overwrite(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

QString codeOf(const Result<void>& result) {
    return result ? QStringLiteral("good") : QString::fromStdString(result.error().code);
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { FailingDisk::install(); }
    void cleanup() { FailingDisk::heal(); }

    void anOlderCopyOfTheDatabaseGetsItsOpsBack() {
        Replica replica;
        replica.commit({replica.opening("before")}).value();
        replica.close();
        const auto old = contents(replica.database());
        replica.open();
        replica.commit({replica.opening("a caller's own words")}).value();
        Recipe r({5, 9, 13, 77, 1, 2, 40, 6, 11, 90, 3, 8, 21, 34, 55});
        while (!r.atEnd()) QVERIFY(replica.work(r));
        const auto digest = replica.digest();
        const auto head = replica.store->vector()->front().seq;
        replica.close();
        overwrite(replica.database(), old);
        replica.open();
        QCOMPARE(replica.store->vector()->front().seq, head);
        QCOMPARE(replica.digest(), digest);  // sealed texts too
        QVERIFY(!replica.store->recovered().empty());
        QVERIFY(replica.store->rederive(replica.deriver, replica.store->recovered()).has_value());
        QVERIFY(replica.verify().good());
        replica.commit({replica.opening("after")}).value();
        replica.open();
        QVERIFY(replica.verify().good());
    }

    void aLostDatabaseIsMadeAnewFromTheJournal() {
        Replica replica;
        replica.commit({replica.opening("a caller's own words")}).value();
        const auto digest = replica.digest();
        replica.close();
        overwrite(replica.database(), "not a database at all, whatever it was before");
        QCOMPARE(codeOf(replica.tryOpen()), QStringLiteral("replica.corrupt"));
        const auto aside = setAside(replica.dir());
        QVERIFY(aside.has_value() && fs::exists(*aside) && !fs::exists(replica.database()));
        QVERIFY(replica.rebuildIt().has_value());
        replica.open();
        QCOMPARE(replica.digest(), digest);
        QVERIFY(replica.verify().good());
    }

    void whatTheJournalLacksIsCopiedAtTheStart() {
        Replica replica;
        replica.commit({replica.opening("a caller's own words")}).value();
        replica.commit({replica.opening("another's")}).value();
        const auto digest = replica.digest();
        replica.close();
        fs::remove(replica.journal());  // as good as: the disk was full when it was to be written
        replica.open();
        replica.commit({replica.opening("a third")}).value();
        replica.close();
        overwrite(replica.database(), "not a database at all, whatever it was before");
        QVERIFY(setAside(replica.dir()).has_value());
        QVERIFY(replica.rebuildIt().has_value());
        replica.open();
        QVERIFY(replica.verify().good());
        QCOMPARE(replica.store->stats()->cases, std::int64_t{3});
        QVERIFY(replica.digest() != digest);
    }

    void aTornJournalLosesItsLastFrameAlone_data() {
        QTest::addColumn<int>("keep");
        QTest::newRow("a part of the last frame") << -20;
        QTest::newRow("all but a byte") << -1;
        QTest::newRow("a head without a body") << 6;
    }
    void aTornJournalLosesItsLastFrameAlone() {
        QFETCH(int, keep);
        Replica replica;
        replica.commit({replica.opening()}).value();
        const auto whole = contents(replica.journal());
        replica.commit({replica.opening()}).value();
        replica.close();
        const auto both = contents(replica.journal());
        overwrite(replica.journal(), keep > 0 ? whole + both.substr(whole.size(), static_cast<std::size_t>(keep))
                                              : both.substr(0, both.size() - static_cast<std::size_t>(-keep)));
        replica.open();
        replica.commit({replica.opening()}).value();
        std::vector<std::uint64_t> seqs;
        const auto read = OwnJournal::read(
            replica.journal(), [](const WrappedKey&) -> Result<void> { return {}; },
            [&](Segment&& s) -> Result<void> {
                seqs.push_back(s.firstSeq);
                return {};
            });
        QVERIFY(read.has_value());
        QCOMPARE(seqs.front(), std::uint64_t{1});
        QCOMPARE(seqs.back(), std::uint64_t{3});
        QVERIFY(replica.verify().good());
    }
    void manyKeysOfOneCommitAreReadBack() {
        QTemporaryDir dir;
        const fs::path file = dir.path().toStdString() + "/own.log";
        const std::vector<WrappedKey> keys(60'000, {std::string(20, 'i'), std::string(72, 'w'), 1});
        Segment s;
        s.firstSeq = 1, s.count = 1, s.rawLength = 4, s.body = "x";
        QVERIFY(OwnJournal::open(file)->append(keys, {&s, 1}).has_value());
        QCOMPARE(OwnJournal::open(file)->lastSeq({}), std::uint64_t{1});
    }
    void garbageInTheJournalIsIgnored() {
        Replica replica;
        replica.commit({replica.opening()}).value();
        replica.close();
        overwrite(replica.journal(), "WLJ1\xff\xff\xff\xff garbage");
        replica.open();
        QVERIFY(replica.verify().good());
    }

    void aFrameThatDidNotFitIsWrittenWholeLater() {
        QTemporaryDir dir;
        const fs::path file = dir.path().toStdString() + "/own.log";
        const auto segment = [](std::uint64_t seq, std::size_t size) {
            Segment s;
            s.firstSeq = seq, s.count = 1, s.rawLength = 4, s.body = std::string(size, 'x');
            return s;
        };
        auto journal = OwnJournal::open(file).value();
        const std::array first{segment(1, 100)}, second{segment(2, 5000)};
        QVERIFY(journal.append({}, first).has_value());
        const auto good = fs::file_size(file);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{}, tight{};
        getrlimit(RLIMIT_FSIZE, &before);
        tight = before;
        tight.rlim_cur = good + 1000;
        setrlimit(RLIMIT_FSIZE, &tight);
        const auto failed = journal.append({}, second);
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!failed.has_value());
        QCOMPARE(fs::file_size(file), good);
        QVERIFY(journal.append({}, second).has_value());
        QCOMPARE(OwnJournal::open(file)->lastSeq({}), std::uint64_t{2});
    }

    void aFileThatIsNoReplicaIsNamedAndLeftAlone_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("code");
        QTest::newRow("cut in half") << "half" << "replica.corrupt";
        QTest::newRow("cut to nothing") << "empty" << "replica.corrupt";
        QTest::newRow("cut inside the first page") << "stub" << "replica.corrupt";
        QTest::newRow("not SQLite") << "garbage" << "replica.corrupt";
        QTest::newRow("another program's database") << "foreign" << "replica.foreign";
        QTest::newRow("of a newer version") << "newer" << "replica.newer";
        QTest::newRow("not there") << "missing" << "replica.missing";
    }
    void aFileThatIsNoReplicaIsNamedAndLeftAlone() {
        QFETCH(QString, damage);
        QFETCH(QString, code);
        Replica replica;
        for (int i = 0; i < 20; ++i) replica.commit({replica.opening(std::string(3000, 'x'))}).value();
        const auto digest = replica.digest();
        replica.close();
        auto bytes = contents(replica.database());
        if (damage == QLatin1String("half")) bytes.resize(bytes.size() / 2);
        if (damage == QLatin1String("empty")) bytes.clear();
        if (damage == QLatin1String("stub")) bytes.resize(300);
        if (damage == QLatin1String("garbage")) bytes = std::string(50'000, 'g');
        overwrite(replica.database(), bytes);
        if (damage == QLatin1String("newer")) replica.sql("PRAGMA user_version=99");
        if (damage == QLatin1String("foreign")) replica.sql("PRAGMA application_id=7");
        if (damage == QLatin1String("missing")) fs::remove(replica.database());
        const auto before = contents(replica.database());
        QCOMPARE(codeOf(replica.tryOpen()), code);
        QCOMPARE(contents(replica.database()), before);
        if (code != QLatin1String("replica.corrupt")) return;
        QVERIFY(setAside(replica.dir()).has_value());
        QVERIFY(replica.rebuildIt().has_value());
        replica.open();
        QCOMPARE(replica.digest(), digest);
    }

    void aBitFlippedAnywhereIsNoticedOrHarmless() {
        Replica replica;
        for (int i = 0; i < 10; ++i) replica.commit({replica.opening(std::string(2000, 'x'))}).value();
        const auto digest = replica.digest();
        replica.close();
        const auto bytes = contents(replica.database());
        for (std::size_t round = 0; round < 40; ++round) {
            auto flipped = bytes;
            flipped[(round * 104'729 + 13) % flipped.size()] ^= 0x20;
            overwrite(replica.database(), flipped);
            if (!replica.tryOpen()) continue;  // noticed at once
            const auto report = replica.store->verify(replica.deriver);
            const bool good = report && report->good();
            const auto now = replica.store->digest();
            if (good) QCOMPARE(now ? *now : std::string(), digest);
        }
    }

    void aSecondWriterIsRefused() {
        Replica replica;
        const auto second = Store::open(replica.options());
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().code, std::string("replica.in_use"));
    }

    void aFullDiskLosesNothingAndWorkGoesOnLater_data() {
        QTest::addColumn<int>("room");
        for (const int room : {0, 1, 2, 5, 9, 14, 20, 30})
            QTest::newRow(qPrintable(QStringLiteral("room for %1 writes").arg(room))) << room;
    }
    void aFullDiskLosesNothingAndWorkGoesOnLater() {
        QFETCH(int, room);
        Replica replica;
        replica.commit({replica.opening()}).value();
        const auto digest = replica.digest();
        FailingDisk::fillAfter(room);
        std::vector<OpDraft> group;
        for (int i = 0; i < 300; ++i) group.push_back(replica.opening(std::string(1500, 'x')));
        const auto failed = replica.commit(std::move(group));
        FailingDisk::heal();
        QVERIFY(!failed.has_value());
        QCOMPARE(failed.error().code, std::string("disk.full"));
        QCOMPARE(replica.digest(), digest);
        QVERIFY(replica.verify().good());
        replica.commit({replica.opening("once there is room")}).value();
        QVERIFY(replica.verify().good());
        replica.open();
        QVERIFY(replica.verify().good());
        QCOMPARE(replica.store->stats()->cases, 2);
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "recovery_test.moc"
