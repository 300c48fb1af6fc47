// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas that versions 1 and 2 of the schema wrote (version1.replica.z: `wardlinectl init --demo --closed 8 --open 4`
// of the program of that time, deflated) are brought up to date and take part in exchange. In both each text is sealed
// for itself, under keys wrapped whole.
#include <QFile>
#include <QTest>

#include "exchange.hpp"
#include "store/reader.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kDigest = "eba6f3cd3704489313ed8bc6afb676c0d8dae9eabdf22e63028a3603c5efcb8c";

void put(const fs::path& file, const QByteArray& bytes) {
    QFile out(QString::fromStdString(file.string()));
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) qFatal("write");
}

}  // namespace

class MigrationTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_dir;
    SystemClock m_clock;
    SeededRng m_rng{5};

    static QByteArray deflated(const QString& name) {
        QFile packed(QStringLiteral("%1/tests/core/store/%2")
                         .arg(qEnvironmentVariable("WARDLINE_SOURCE", QStringLiteral(".")), name));
        if (!packed.open(QIODevice::ReadOnly)) qFatal("run it where the sources are");
        return qUncompress(packed.readAll());
    }
    StoreOptions options() { return {m_dir, m_clock, m_rng}; }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_dir = m_folder->path().toStdString();
        put(m_dir / "replica.db", deflated(QStringLiteral("version1.replica.z")));
        put(m_dir / "realm.key", "wardline realm 1\nrealm 9f56f907ae860781f7b66d26abf901d3\nkek "
                                 "4c292f31b08b949972b2b327ae1a40a5899e1605c0fe0c684ffce11bcb6dee05\n");
        put(m_dir / "origin.key",
            "wardline origin 1\norigin aa2052c3dbdc0e665ae6bd785f9cc206\npublic "
            "ae02ea43d3dc780a0c91375b0d48425dd5a2ef3f450f973b7a1d098a6c20e1fc\n"
            "secret 8d33068c1b8496b902d048900e318fa1343b8a9b5b30fbe2d63ea063d519f91e"
            "ae02ea43d3dc780a0c91375b0d48425dd5a2ef3f450f973b7a1d098a6c20e1fc\nmachine \nlast_seq 0\n");
    }

    void itSaysTheSameAsBeforeAndFoundsItsRealm() {
        auto store = Store::open(options()).value();
        QCOMPARE(store->digest().value(), std::string(kDigest));
        PlainDeriver plain;
        QVERIFY(store->rederive(plain).has_value());
        const auto& realm = store->realmState();
        QCOMPARE(realm.epoch(), 1U);
        QVERIFY(realm.writer() == store->origin());
        QVERIFY(!realm.name().empty());
        const auto* self = realm.find(store->origin());
        QVERIFY(self && self->card.role == ConsoleRole::Administrator);
        QVERIFY(self->card.tlsKey == store->ownSecrets().tls.publicKey && self->card.tlsKey != PublicKey{});
        const auto name = realm.name();
        const auto tls = store->ownSecrets().tls.secretKey;
        store.reset();
        store = Store::open(options()).value();
        QCOMPARE(store->realmState().epoch(), 1U);
        QCOMPARE(store->realmState().name(), name);
        QVERIFY(store->ownSecrets().tls.secretKey == tls);
        auto report = store->verify(plain).value();
        QCOMPARE(report.voidOps + report.badOps + report.badChains + report.gaps, 0);
    }

    void itsKeysTravelWithItsOps() {
        auto store = Store::open(options()).value();
        std::size_t keys = 0;
        const auto bundles = store->read(store->origin(), 0, 1 << 30).value();
        for (const auto& bundle : bundles) keys += bundle.keys.size();
        QCOMPARE(keys, std::size_t{20});

        PlainDeriver plain;
        QTemporaryDir folder;
        const StoreOptions other{folder.path().toStdString() + "/b", m_clock, m_rng};
        const auto own = makeOriginSecrets(store->realm(), m_rng);
        const ConsoleCard card{own.origin, own.keys.publicKey, own.tls.publicKey, "Desk", {}, ConsoleRole::Agent};
        QVERIFY(store->appendRealm(ConsoleEnrolled{card}, plain).has_value());
        QVERIFY(Store::join(other, store->realmSecrets(), own, store->realmEntries(1)).has_value());
        auto b = Store::open(other).value();
        QCOMPARE(b->accept(bundles, plain)->accepted.voided, std::uint64_t{0});
        QCOMPARE(b->digest().value(), std::string(kDigest));
        const auto report = b->verify(plain).value();
        QVERIFY2(report.good(), complaintsOf(report).c_str());
    }

    void aReplicaOfVersion2SaysTheSameToo() {
        put(m_dir / "replica.db", deflated(QStringLiteral("version2.replica.z")));
        put(m_dir / "realm.key", "wardline realm 1\n"
                                 "realm d3a701f971ac9eb22cedbcae171e638c\n"
                                 "kek 1bdc9a4d34698a2e88e9142814502edb1a72ef929e105e2b8979baef81028d1f\n");
        put(m_dir / "origin.key", "wardline origin 1\n"
                                  "origin 092413ac9cb37d6739d91b2a3bd7ebff\n"
                                  "public 6a8a6ee6ccb3e5fcfbda6cf22461d868db32db5e9b65fc9401f9a684cee2cbb4\n"
                                  "secret "
                                  "706e1c392927d2d65c868eb76b64471a3095defcf65080fe8a44f5f38ec3cf136a8a6ee6ccb3e5fcfbda"
                                  "6cf22461d868db32db5e9b65fc9401f9a684cee2cbb4\n"
                                  "tls_public 7a68c1783108126b256e02afcce754368492788d521f015bffeff3ee002c4068\n"
                                  "tls_secret "
                                  "4dcfe6c20be579364504e97fc656b06ca7e0d21e6836a687940be8f66f5079507a68c1783108126b256e"
                                  "02afcce754368492788d521f015bffeff3ee002c4068\n"
                                  "machine \n"
                                  "last_seq 0\n");
        auto store = Store::open(options()).value();
        QCOMPARE(store->digest().value(),
                 std::string("89c6c8bcfef5d10647cdba1e31e5083de8e855767652dad401346510cb68ade7"));
        const auto bundles = store->read(store->origin(), 0, 1 << 30).value();
        QVERIFY(!bundles.empty() && !bundles.back().keys.empty());
        QCOMPARE(bundles.back().keys.front().wrapped.size(), std::size_t{48});
        store.reset();
        auto reader = Reader::open(databasePath(m_dir)).value();
        const auto found = reader->near(GeoPoint::of(0, 0), 1e9, 100).value();
        QCOMPARE(found.size(), std::size_t{9});
        const auto there = reader->rows(std::span(found).first(1)).value().front();
        const auto close = reader->near(*there.position, 5, 100).value();
        QVERIFY(std::ranges::find(close, found.front()) != close.end());
    }

    void aReaderBringsItUpToDateToo() {
        QVERIFY(prepareToRead(m_dir).has_value());
        QVERIFY(prepareToRead(m_dir).has_value());
        QCOMPARE(Store::open(options()).value()->digest().value(), std::string(kDigest));
    }
};

QTEST_GUILESS_MAIN(MigrationTest)
#include "migration_test.moc"
