// SPDX-License-Identifier: GPL-3.0-or-later
// A replica that version 1 of the schema wrote (version1.replica.z: `wardlinectl init --demo --closed 8 --open 4` of
// the program of that time, deflated) is brought up to date and takes part in exchange.
#include <QFile>
#include <QTest>

#include "exchange.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kDigest = "fd2302e2680d02bc8ee658bed7c5a7697818928a5eeeb4e8368cf26357b9f4bf";

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

    StoreOptions options() { return {m_dir, m_clock, m_rng}; }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_dir = m_folder->path().toStdString();
        QFile packed(QStringLiteral("%1/tests/core/store/version1.replica.z")
                         .arg(qEnvironmentVariable("WARDLINE_SOURCE", QStringLiteral("."))));
        QVERIFY2(packed.open(QIODevice::ReadOnly), "run it where the sources are");
        put(m_dir / "replica.db", qUncompress(packed.readAll()));
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

    void aReaderBringsItUpToDateToo() {
        QVERIFY(prepareToRead(m_dir).has_value());
        QVERIFY(prepareToRead(m_dir).has_value());
        QCOMPARE(Store::open(options()).value()->digest().value(), std::string(kDigest));
    }
};

QTEST_GUILESS_MAIN(MigrationTest)
#include "migration_test.moc"
