// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite.hpp"

#include "store/disk.hpp"

namespace wl::store::sql {

Result<Database> Database::open(const std::filesystem::path& file, Access access) {
    const int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
        (access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                    : SQLITE_OPEN_READWRITE | (access == Access::Create ? SQLITE_OPEN_CREATE : 0));
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, flags, diskOf(file).vfs());
    Database db(raw);
    if (rc != SQLITE_OK) return db.failure(rc, file.string());
    sqlite3_busy_timeout(raw, 10'000);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return db;
}

Database::~Database() { sqlite3_close_v2(m_db); }

Result<void> Database::run(const char* text) {
    const int rc = sqlite3_exec(m_db, text, nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return failure(rc, text);
    return {};
}

std::unexpected<Error> Database::failure(int code, std::string_view doing) const {
    const int primary = code & 0xff;
    std::string message = m_db ? sqlite3_errmsg(m_db) : sqlite3_errstr(code);
    const int extended = m_db ? sqlite3_extended_errcode(m_db) : code;
    message += " (" + std::to_string(extended) + ") [" + std::string(doing.substr(0, 120)) + "]";
    switch (primary) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return fail(ErrorKind::Corrupt, "replica.corrupt", {}, message);
        case SQLITE_FULL: return fail(ErrorKind::World, "disk.full", {}, message);
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return fail(ErrorKind::World, "replica.in_use", {}, message);
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN: return fail(ErrorKind::World, "replica.unreadable", {}, message);
        default: return fail(ErrorKind::World, "replica.io", {}, message);
    }
}

}  // namespace wl::store::sql
