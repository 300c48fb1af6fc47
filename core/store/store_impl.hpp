// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the store: what its parts (store.cpp, verify.cpp, rebuild.cpp) share.

#include <optional>

#include "store/journal.hpp"
#include "store/projector.hpp"
#include "store/store.hpp"

namespace wl::store {

/// Holds the folder for one writing program; a second one is told so at once.
class FolderLock {
public:
    static Result<FolderLock> take(const std::filesystem::path& dir);
    FolderLock(FolderLock&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int fd) : m_fd(fd) {}
    int m_fd;
};

class Store::Impl {
public:
    Impl(const StoreOptions& options, sql::Database database)
        : dir(options.dir), clock(options.clock), rng(options.rng), db(std::move(database)) {}

    struct Statements {
        sql::Statement<12> insertSegment;
        sql::Statement<5> updateOrigin;
    };
    /// The segment being filled by the current transaction.
    struct Open {
        std::uint64_t firstSeq{};
        std::uint32_t count{};
        Hlc hlcMin, hlcMax;
        Hash prevHash{};
        std::string raw;
    };

    Result<void> prepare();
    Result<void> insertSegment(const Segment& segment, std::int64_t oi, Instant receivedAt);
    Result<void> closeSegment();
    /// Adds a segment whose chain and signature were checked, with its ops, to log and rows. Not for the own open one.
    Result<void> ingest(const Segment& segment, const std::vector<std::string>& ops, std::int64_t index,
                        Instant receivedAt);
    /// Own segments that the journal has and the database lost (an older file was put back).
    Result<void> catchUpFromJournal();
    Result<void> reloadNames();

    std::optional<FolderLock> lock;
    std::filesystem::path dir;
    const Clock& clock;
    Rng& rng;
    sql::Database db;
    RealmSecrets realm;
    OriginSecrets own;
    Origins origins;
    Terms terms;
    std::unique_ptr<StoreKeyRing> keys;
    std::optional<Projector> projector;
    std::optional<Statements> sql;
    std::optional<OwnJournal> journal;
    std::optional<HlcClock> hlc;
    std::int64_t oi{};
    std::uint64_t headSeq{};  ///< including the current transaction
    Hash headHash{};
    Open open;
    std::vector<Segment> written;  ///< committed or about to be, not yet in the journal
    std::vector<WrappedKey> newKeys;  ///< made with them
    std::size_t newKeysBefore{};
    std::vector<CaseKey> recovered;  ///< cases that `catchUpFromJournal` changed
    std::size_t writtenBefore{};  ///< how many of them earlier transactions left (the disk was full)
    bool inTransaction{};
    std::size_t pending{};
};

/// Puts a data key back that the database lost; one that is there stays.
Result<void> restoreKey(sql::Database& db, const WrappedKey& key);

/// Calls `each` with every op of the log in order of origin and number; chains are not checked here.
using EachOp = std::function<Result<void>(std::int64_t oi, std::uint64_t seq, std::string_view bytes)>;
Result<void> forEachOp(sql::Database& db, const EachOp& each);

/// The entity an op is about, read without decoding the rest.
Result<EntityId> entityOf(std::string_view opBytes);

Result<std::vector<CatalogueEntry>> readCatalogue(sql::Database& db);

}  // namespace wl::store
