// SPDX-License-Identifier: GPL-3.0-or-later
// A replica put into one file and made anew from it, on this machine or another.
#include <QTest>

#include <fstream>

#include "exchange.hpp"
#include "replica.hpp"
#include "store/backup.hpp"
#include "store/file_store.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
namespace fs = std::filesystem;

namespace {

QString codeOf(const auto& result) {
    return result ? QStringLiteral("good") : QString::fromStdString(result.error().code);
}
std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void overwrite(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

class BackupTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path at(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void aReplicaComesBackWithAllItHeldAndGoesOn() {
        Replica replica;
        replica.commit({replica.opening("a caller's own words")}).value();
        Recipe r({5, 9, 13, 77, 1, 2, 40, 6, 11, 90, 3, 8, 21, 34, 55});
        while (!r.atEnd()) QVERIFY(replica.work(r));
        overwrite(replica.dir() / "city.map", "streets");
        FileStore attached(diskOf(replica.dir()), replica.dir() / "files");
        const auto photo = attached.put("a photo").value();
        const auto digest = replica.digest();
        const auto was = replica.store->origin();
        const auto made = writeBackup(replica.dir(), at("one.backup"));  // while it is open
        QVERIFY2(made.has_value(), qPrintable(codeOf(made)));
        QCOMPARE(made->cases, replica.store->stats()->cases);
        QCOMPARE(static_cast<std::uintmax_t>(made->bytes), fs::file_size(at("one.backup")));
        QCOMPARE(fs::status(at("one.backup")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        QCOMPARE(codeOf(writeBackup(replica.dir(), at("one.backup"))), QStringLiteral("backup.exists"));
        replica.commit({replica.opening("too late for the copy")}).value();
        replica.close();
        fs::remove_all(replica.dir());

        const auto back = restoreBackup(at("one.backup"), replica.options());
        QVERIFY2(back.has_value(), qPrintable(codeOf(back)));
        QVERIFY(back->origin != was);
        QVERIFY(back->enrolled);  // the only console of the city lets its new name in by itself
        QCOMPARE(contents(replica.dir() / "city.map"), std::string("streets"));
        QCOMPARE(contents(attached.pathOf(photo)), std::string("a photo"));
        QVERIFY(contents(replica.database()).find(contents(replica.dir() / "realm.key")) == std::string::npos);
        replica.open();
        QCOMPARE(replica.digest(), digest);
        QVERIFY(!replica.store->goesOnAs());
        QVERIFY(replica.verify().good());
        replica.commit({replica.opening("after")}).value();
        const auto later = replica.digest();
        overwrite(replica.database(), "");  // the journal was filled from the backup too
        QVERIFY(setAside(replica.dir()).has_value());
        QVERIFY(replica.rebuildIt().has_value());
        replica.open();
        QCOMPARE(replica.digest(), later);
        QVERIFY(replica.verify().good());
    }

    void whatOthersHaveSinceComesBackFromThem() {
        Replica writer(1), other(writer, 2);
        meet(writer, other);
        other.commit({other.opening("before")}).value();
        QVERIFY(writeBackup(other.dir(), at("two.backup")).has_value());
        other.commit({other.opening("after the copy")}).value();
        meet(writer, other);
        const auto digest = writer.digest();
        other.close();
        fs::remove_all(other.dir());
        const auto back = restoreBackup(at("two.backup"), other.options());
        QVERIFY2(back.has_value(), qPrintable(codeOf(back)));
        QVERIFY(!back->enrolled);  // that is for the realm's writer to do
        other.open();
        meet(writer, other);
        QCOMPARE(other.digest(), digest);
        QVERIFY(other.verify().good());
    }

    void aFileThatIsNoBackupLeavesNothing_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("code");
        QTest::newRow("missing") << "remove" << "backup.missing";
        QTest::newRow("text") << "text" << "backup.damaged";
        QTest::newRow("empty") << "empty" << "backup.foreign";
        QTest::newRow("cut short") << "cut" << "backup.damaged";
        QTest::newRow("flipped") << "flip" << "backup.damaged";
        QTest::newRow("a bare replica") << "bare" << "backup.foreign";
        QTest::newRow("newer") << "newer" << "replica.newer";
    }
    void aFileThatIsNoBackupLeavesNothing() {
        QFETCH(QString, damage);
        QFETCH(QString, code);
        Replica replica;
        for (int i = 0; i < 40; ++i) replica.commit({replica.opening("words " + std::to_string(i))}).value();
        const auto file = at("bad.backup");
        fs::remove(file);
        QVERIFY(writeBackup(replica.dir(), file).has_value());
        auto bytes = contents(file);
        if (damage == u"remove") fs::remove(file);
        else if (damage == u"text") overwrite(file, "Dear desk, here is the copy you asked for. " + bytes.substr(60));
        else if (damage == u"empty") overwrite(file, "");
        else if (damage == u"cut") overwrite(file, bytes.substr(0, bytes.size() * 6 / 10));
        else if (damage == u"flip") {
            for (std::size_t i = bytes.size() / 3; i < bytes.size() / 3 + 9000; i += 7) bytes[i] ^= 0x5a;
            overwrite(file, bytes);
        } else if (damage == u"bare") {
            replica.close();
            fs::copy_file(replica.database(), file, fs::copy_options::overwrite_existing);
        } else {
            auto db = sql::Database::open(file, sql::Access::ReadWrite);
            QVERIFY(db.has_value() && db->run("PRAGMA user_version=9999").has_value());
        }
        auto options = replica.options();
        options.dir = at("fresh");
        QCOMPARE(codeOf(restoreBackup(file, options)), code);
        QVERIFY(!fs::exists(options.dir));
        QVERIFY(!fs::exists(options.dir.string() + ".restoring"));
    }

    void aFolderWithADeskInItIsLeftAlone() {
        Replica replica;
        replica.commit({replica.opening()}).value();
        QVERIFY(writeBackup(replica.dir(), at("four.backup")).has_value());
        const auto digest = replica.digest();
        QCOMPARE(codeOf(restoreBackup(at("four.backup"), replica.options())), QStringLiteral("replica.exists"));
        QCOMPARE(replica.digest(), digest);
        QCOMPARE(codeOf(writeBackup(at("nowhere"), at("five.backup"))), QStringLiteral("replica.missing"));
        QVERIFY(!fs::exists(at("five.backup")));
        QCOMPARE(codeOf(writeBackup(replica.dir(), at("no/folder/here"))), QStringLiteral("file.write"));
    }
};

QTEST_APPLESS_MAIN(BackupTest)
#include "backup_test.moc"
