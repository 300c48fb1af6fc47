// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "store/basemap_file.hpp"
#include "store/file_store.hpp"
#include "store/schema.hpp"
#include "store/secrets.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kFileLimit = 512 * 1024 * 1024;
// What a replica is besides its database. The journal is not among it: opening writes it anew from the log.
struct Beside {
    const char* name;
    bool needed;
};
constexpr std::array kBeside{Beside{"realm.key", true}, Beside{"origin.key", true}, Beside{"realm.log", false},
                             Beside{"sync.json", false}, Beside{kBasemapFile, false}};

constexpr const char* kFiles = "files";  // what was attached, as FileStore keeps it

// files/ab/abcd…: nothing else in a backup is written under a name that it gives.
bool isAttachment(std::string_view name) {
    constexpr std::string_view kHex = "0123456789abcdef";
    return name.size() == 6 + 3 + 64 && name.starts_with("files/") && name[8] == '/' &&
           name.find_first_not_of(kHex, 9) == std::string_view::npos && name.substr(6, 2) == name.substr(9, 2);
}

std::unexpected<Error> worldError(const fs::path& file) {
    return fail(ErrorKind::World, errno == ENOSPC ? "disk.full" : "file.write", file.string(), std::strerror(errno));
}

Result<void> syncFile(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!synced) return worldError(file);
    return {};
}

// Readable by the owner alone from its first byte on.
Result<void> makeEmpty(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return worldError(file);
    ::close(fd);
    return {};
}

Result<void> packFiles(sql::Database& db, const fs::path& dir) {
    WL_CHECK(db.run("PRAGMA journal_mode=DELETE; CREATE TABLE backup_file(name TEXT PRIMARY KEY, bytes BLOB NOT NULL)"
                    " WITHOUT ROWID"));
    WL_TRY(auto insert, (sql::Statement<2>::prepare(db, "INSERT INTO backup_file VALUES(?,?)")));
    for (const auto& [name, needed] : kBeside) {
        if (!needed && !fs::exists(dir / name)) continue;
        WL_TRY(const auto bytes, readWholeFile(dir / name, kFileLimit));
        WL_CHECK(insert.exec(std::string_view(name), sql::Blob{bytes}));
    }
    std::error_code none;
    for (fs::recursive_directory_iterator at(dir / kFiles, none), end; at != end; at.increment(none)) {
        if (!at->is_regular_file(none) || !isAttachment(at->path().lexically_relative(dir).generic_string())) continue;
        WL_TRY(const auto bytes, readWholeFile(at->path(), kFileLimit));
        WL_CHECK(insert.exec(at->path().lexically_relative(dir).generic_string(), sql::Blob{bytes}));
    }
    return {};
}

Result<void> fill(const fs::path& dir, const fs::path& aside) {
    WL_CHECK(makeEmpty(aside));
    WL_CHECK(copyDatabase(databasePath(dir), aside));
    {
        WL_TRY(auto db, sql::Database::open(aside, sql::Access::ReadWrite));
        WL_CHECK(packFiles(db, dir));
    }
    return syncFile(aside);
}

Result<void> checkBackup(sql::Database& db, const fs::path& file) {
    WL_TRY(auto tables, (sql::Statement<0, 1>::prepare(db, "SELECT 1 FROM sqlite_master WHERE name='backup_file'")));
    WL_TRY(const bool is, tables.step());
    if (!is) return fail(ErrorKind::Input, "backup.foreign", file.string());
    WL_CHECK(isCurrent(db));  // refuses what another program or a newer version wrote
    WL_TRY(auto check, (sql::Statement<0, 1>::prepare(db, "PRAGMA integrity_check(1)")));
    WL_TRY(const bool row, check.step());
    if (!row || check.text(0) != "ok")
        return fail(ErrorKind::Corrupt, "backup.damaged", file.string(), row ? check.text(0) : std::string());
    return {};
}

Result<void> unpackFiles(sql::Database& db, const fs::path& dir) {
    WL_TRY(auto query, (sql::Statement<1, 1>::prepare(db, "SELECT bytes FROM backup_file WHERE name=?")));
    for (const auto& [name, needed] : kBeside) {
        query.bind(std::string_view(name));
        WL_TRY(const bool there, query.step());
        if (there) WL_CHECK(writeFileAtomically(dir / name, query.bytes(0)));
        else if (needed) return fail(ErrorKind::Corrupt, "backup.damaged", name);
    }
    WL_TRY(auto attached, (sql::Statement<0, 2>::prepare(db, "SELECT name, bytes FROM backup_file WHERE name>='files/' "
                                                             "AND name<'files0'")));
    while (true) {
        WL_TRY(const bool there, attached.step());
        if (!there) break;
        const auto name = attached.text(0);
        if (!isAttachment(name)) return fail(ErrorKind::Corrupt, "backup.damaged", name);
        WL_CHECK(FileStore(diskOf(dir), dir / kFiles).put(attached.bytes(1)));
    }
    return {};
}

Result<void> unpack(const fs::path& file, const fs::path& dir) {
    std::error_code failed;
    fs::create_directories(dir, failed);
    if (failed) return fail(ErrorKind::World, "file.write", dir.string(), failed.message());
    WL_CHECK(makeEmpty(databasePath(dir)));
    fs::copy_file(file, databasePath(dir), fs::copy_options::overwrite_existing, failed);
    if (failed)
        return fail(ErrorKind::World, failed == std::errc::no_space_on_device ? "disk.full" : "file.write",
                    dir.string(), failed.message());
    fs::permissions(databasePath(dir), fs::perms::owner_read | fs::perms::owner_write, failed);
    WL_TRY(auto db, sql::Database::open(databasePath(dir), sql::Access::ReadWrite));
    WL_CHECK(checkBackup(db, file));
    WL_CHECK(unpackFiles(db, dir));
    WL_CHECK(db.run("PRAGMA secure_delete=ON; DROP TABLE backup_file"));
    // On whatever machine this is, it is this console that goes on, and so it may sign its successor in.
    WL_TRY(auto own, readOriginSecrets(dir));
    own.machine = machineId();
    return writeOriginSecrets(dir, own);
}

}  // namespace

Result<void> copyDatabase(const fs::path& database, const fs::path& to) {
    std::string quoted = to.string();
    for (std::size_t at = 0; (at = quoted.find('\'', at)) != std::string::npos; at += 2) quoted.insert(at, 1, '\'');
    WL_TRY(auto from, sql::Database::open(database, sql::Access::ReadOnly));
    return from.run("VACUUM INTO '" + quoted + "'");
}

Result<BackupReport> writeBackup(const fs::path& dir, const fs::path& file) {
    if (fs::exists(file)) return fail(ErrorKind::Refused, "backup.exists", file.string());
    WL_CHECK(prepareToRead(dir));
    auto aside = file;
    aside += ".part";
    std::error_code ignored;
    if (auto done = fill(dir, aside); !done) {
        fs::remove(aside, ignored);
        return std::unexpected(done.error());
    }
    BackupReport report;
    WL_TRY(const auto stats, statsOf(aside));
    report.cases = stats.cases;
    report.ops = stats.ops;
    report.bytes = static_cast<std::int64_t>(fs::file_size(aside, ignored));
    if (::rename(aside.c_str(), file.c_str()) != 0) return worldError(file);
    return report;
}

Result<RestoreReport> restoreBackup(const fs::path& file, const StoreOptions& options) {
    const auto& dir = options.dir;
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return fail(ErrorKind::NotFound, "backup.missing", file.string());
    if (fs::exists(dir, ignored) && !fs::is_empty(dir, ignored))
        return fail(ErrorKind::Refused, "replica.exists", dir.string());
    // All of it is made beside the folder and takes its place at the end.
    const auto aside = fs::path(fs::absolute(dir).lexically_normal().string() + ".restoring");
    fs::remove_all(aside, ignored);
    const auto make = [&]() -> Result<RestoreReport> {
        WL_CHECK(unpack(file, aside));
        auto inside = options;
        inside.dir = aside;
        RestoreReport report;
        WL_TRY(const auto store, Store::open(inside));
        WL_CHECK(store->mintOrigin());
        WL_TRY(const auto stats, store->stats());
        report.cases = stats.cases;
        report.ops = stats.ops;
        report.origin = store->origin();
        report.enrolled = !store->goesOnAs();
        return report;
    };
    auto made = make();
    if (made && (fs::remove(dir, ignored), ::rename(aside.c_str(), fs::absolute(dir).lexically_normal().c_str()) != 0))
        made = worldError(dir);
    if (!made) {
        if (made.error().kind == ErrorKind::Corrupt && made.error().code == "replica.corrupt")
            made.error().code = "backup.damaged";
        if (made.error().code == "replica.foreign") made.error().code = "backup.foreign";
        made.error().field = file.string();
        fs::remove_all(aside, ignored);
    }
    return made;
}

}  // namespace wl::store
