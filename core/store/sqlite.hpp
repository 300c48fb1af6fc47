// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SQLite behind typed RAII. A Statement knows at compile time how many values it binds and how many columns it gives.
// Every SQLite failure becomes an Error here: kind Corrupt for SQLITE_CORRUPT and SQLITE_NOTADB, World for the rest.

#include <sqlite3.h>

#include <array>
#include <cassert>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "domain/result.hpp"

namespace wl::store::sql {

enum class Access : std::uint8_t { ReadOnly, ReadWrite, Create };

class Database {
public:
    static Result<Database> open(const std::filesystem::path& file, Access access);
    Database(Database&& other) noexcept : m_db(std::exchange(other.m_db, nullptr)) {}
    Database& operator=(Database&& other) noexcept {
        std::swap(m_db, other.m_db);
        return *this;
    }
    ~Database();

    /// Runs one or more statements without values.
    Result<void> run(const char* sql);
    Result<void> run(const std::string& sql) { return run(sql.c_str()); }
    [[nodiscard]] std::int64_t lastRowId() const { return sqlite3_last_insert_rowid(m_db); }
    [[nodiscard]] int changes() const { return sqlite3_changes(m_db); }
    [[nodiscard]] sqlite3* handle() const { return m_db; }
    [[nodiscard]] std::unexpected<Error> failure(int code, std::string_view doing) const;

private:
    explicit Database(sqlite3* db) : m_db(db) {}
    sqlite3* m_db{};
};

/// A stored blob or nothing; distinguishes bytes from text when binding.
struct Blob {
    std::string_view bytes;
};
struct Null {};

template <int Binds, int Columns = 0>
class Statement {
public:
    static Result<Statement> prepare(Database& db, std::string_view text) {
        sqlite3_stmt* stmt = nullptr;
        const int rc = sqlite3_prepare_v3(db.handle(), text.data(), static_cast<int>(text.size()),
                                          SQLITE_PREPARE_PERSISTENT, &stmt, nullptr);
        if (rc != SQLITE_OK) return db.failure(rc, text);
        assert(sqlite3_bind_parameter_count(stmt) == Binds && sqlite3_column_count(stmt) == Columns);
        return Statement(db, stmt);
    }
    Statement(Statement&& other) noexcept : m_db(other.m_db), m_stmt(std::exchange(other.m_stmt, nullptr)) {}
    Statement& operator=(Statement&& other) noexcept {
        std::swap(m_db, other.m_db);
        std::swap(m_stmt, other.m_stmt);
        return *this;
    }
    ~Statement() { sqlite3_finalize(m_stmt); }

    /// Binds all values; text and blobs must live until the statement is stepped to its end or bound again.
    template <class... Args>
    Statement& bind(const Args&... args) {
        static_assert(sizeof...(Args) == static_cast<std::size_t>(Binds), "one argument for each ? of the statement");
        sqlite3_reset(m_stmt);
        int index = 0;
        (bindOne(++index, args), ...);
        return *this;
    }
    /// For statements whose columns are known at run time: one value, 1-based, after reset().
    template <class T>
    void bindAt(int index, const T& value) {
        bindOne(index, value);
    }
    void reset() { sqlite3_reset(m_stmt); }

    /// True while there is a row.
    [[nodiscard]] Result<bool> step() {
        const int rc = sqlite3_step(m_stmt);
        if (rc == SQLITE_ROW) return true;
        sqlite3_reset(m_stmt);
        if (rc == SQLITE_DONE) return false;
        return m_db->failure(rc, sqlite3_sql(m_stmt));
    }
    /// Binds and runs a statement that gives no rows.
    template <class... Args>
    [[nodiscard]] Result<void> exec(const Args&... args) {
        bind(args...);
        if (auto row = step(); !row) return std::unexpected(row.error());
        sqlite3_reset(m_stmt);
        return {};
    }

    [[nodiscard]] std::int64_t integer(int column) const {
        assert(column < Columns);
        return sqlite3_column_int64(m_stmt, column);
    }
    [[nodiscard]] bool isNull(int column) const { return sqlite3_column_type(m_stmt, column) == SQLITE_NULL; }
    /// Text or blob; valid until the next step.
    [[nodiscard]] std::string_view bytes(int column) const {
        assert(column < Columns);
        const auto* data = static_cast<const char*>(sqlite3_column_blob(m_stmt, column));
        return {data, data ? static_cast<std::size_t>(sqlite3_column_bytes(m_stmt, column)) : 0};
    }
    [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }

private:
    Statement(Database& db, sqlite3_stmt* stmt) : m_db(&db), m_stmt(stmt) {}

    template <std::integral T>
    void bindOne(int i, T v) {
        sqlite3_bind_int64(m_stmt, i, static_cast<std::int64_t>(v));
    }
    void bindOne(int i, std::string_view v) {
        sqlite3_bind_text(m_stmt, i, v.data() ? v.data() : "", static_cast<int>(v.size()), SQLITE_STATIC);
    }
    void bindOne(int i, const std::string& v) { bindOne(i, std::string_view(v)); }
    void bindOne(int i, Blob v) {
        sqlite3_bind_blob(m_stmt, i, v.bytes.data() ? v.bytes.data() : "", static_cast<int>(v.bytes.size()),
                          SQLITE_STATIC);
    }
    void bindOne(int i, Null) { sqlite3_bind_null(m_stmt, i); }

    Database* m_db;
    sqlite3_stmt* m_stmt;
};

}  // namespace wl::store::sql
