// SPDX-License-Identifier: GPL-3.0-or-later
// Making the database anew from the log alone. The new file is made aside from the segments that can still be read
// (and the own journal) and swapped in at the end; the old file is moved aside, never deleted.
#include <map>

#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kTouchedPerFlush = 2000;

// Copies data keys; a table that cannot be read to its end gives what it gave.
Result<void> copyKeys(sql::Database& from, sql::Database& to) {
    auto query = sql::Statement<0, 4>::prepare(from, "SELECT dek_id, wrapped, kek_epoch, erased_at FROM dek");
    if (!query) return {};
    WL_TRY(auto insert, (sql::Statement<4>::prepare(
                            to, "INSERT OR IGNORE INTO dek(dek_id, wrapped, kek_epoch, erased_at) VALUES(?,?,?,?)")));
    while (true) {
        const auto row = query->step();
        if (!row || !*row) return {};
        insert.reset();
        insert.bindAt(1, sql::Blob{query->bytes(0)});
        if (query->isNull(1)) insert.bindAt(2, sql::Null{});
        else insert.bindAt(2, sql::Blob{query->bytes(1)});
        insert.bindAt(3, query->integer(2));
        if (query->isNull(3)) insert.bindAt(4, sql::Null{});
        else insert.bindAt(4, query->integer(3));
        WL_CHECK(insert.step());
    }
}

Result<void> copyProofs(sql::Database& from, sql::Database& to) {
    auto query = sql::Statement<0, 2>::prepare(from, "SELECT origin_id, proof FROM fork_proof");
    if (!query) return {};
    WL_TRY(auto insert, (sql::Statement<2>::prepare(to, "INSERT OR IGNORE INTO fork_proof VALUES(?,?)")));
    for (auto row = query->step(); row && *row; row = query->step())
        WL_CHECK(insert.exec(sql::Blob{query->bytes(0)}, sql::Blob{query->bytes(1)}));
    return {};
}

}  // namespace

Result<std::filesystem::path> setAside(const std::filesystem::path& dir) {
    const auto to = dir / ("replica.damaged." + std::to_string(SystemClock{}.now().ms));
    std::error_code bad;
    std::filesystem::rename(databasePath(dir), to, bad);
    if (bad) return fail(ErrorKind::World, "file.write", databasePath(dir).string(), bad.message());
    for (const char* suffix : {"-wal", "-shm"}) {
        auto from = databasePath(dir), beside = to;
        from += suffix;
        beside += suffix;
        std::filesystem::rename(from, beside, bad);  // there need not be one
    }
    return to;
}

Result<RebuildReport> rebuild(
    const StoreOptions& options,
    const std::function<std::unique_ptr<CaseDeriver>(const std::vector<CatalogueEntry>&)>& deriverFor,
    const Progress& progress) {
    WL_TRY(auto lock, lockFolder(options.dir));
    WL_TRY(const auto realm, readRealmSecrets(options.dir));
    WL_TRY(const auto own, readOriginSecrets(options.dir));
    const auto aside = options.dir / "rebuild.tmp";
    std::error_code ignored;
    std::filesystem::remove_all(aside, ignored);
    std::filesystem::create_directories(aside, ignored);

    WL_TRY(auto made, sql::Database::open(databasePath(aside), sql::Access::Create));
    auto impl = std::make_unique<Store::Impl>(options, std::move(made));
    impl->realm = realm;
    impl->own = own;
    WL_CHECK(migrate(impl->db));
    WL_CHECK(impl->db.run("PRAGMA synchronous=OFF"));  // nothing of it counts before the swap, which syncs
    RebuildReport report;

    auto old = sql::Database::open(databasePath(options.dir), sql::Access::ReadWrite);
    std::map<OriginId, std::pair<PublicKey, bool>> origins;  // key, waits to be enrolled
    auto entries = readRealmFile(options.dir, realm.realm);
    if (old) {
        if (auto query = sql::Statement<0, 3>::prepare(*old, "SELECT origin_id, pubkey, state FROM origin")) {
            for (auto row = query->step(); row && *row; row = query->step())
                origins[idFromBytes<OriginId>(query->bytes(0))] = {arrayFromBytes<PublicKey>(query->bytes(1)),
                                                                   query->integer(2) == 1};
        }
        WL_CHECK(copyKeys(*old, impl->db));
        WL_CHECK(copyProofs(*old, impl->db));
        if (auto stored = readRealmTable(*old, realm.realm); stored.size() > entries.size())
            entries = std::move(stored);
    }
    origins.try_emplace(own.origin, own.keys.publicKey, false);
    for (const auto& [id, origin] : origins) {
        if (originOf(origin.first, realm.realm) != id) continue;  // not an origin of this realm
        WL_CHECK(impl->origins.add(impl->db, id, origin.first, realm.realm, origin.second));
    }
    WL_CHECK(impl->loadRealm());
    if (impl->entries.empty()) WL_CHECK(impl->addEntries(entries));
    impl->oi = impl->origins.indexOf(own.origin);
    impl->hlc.emplace(impl->clock, Hlc{});
    WL_CHECK(impl->prepare());

    // Clocks need the whole catalogue, which is only complete at the end: they are derived in a second pass.
    struct NoClock final : CaseDeriver {
        DerivedCase derive(const CaseState&) const override { return {}; }
    } noClock;
    WL_CHECK(impl->db.run("BEGIN IMMEDIATE"));
    std::int64_t total = 0;
    if (old) {
        if (auto query = sql::Statement<0, 1>::prepare(*old, "SELECT coalesce(sum(n),0) FROM segment"))
            if (auto row = query->step(); row && *row) total = query->integer(0);
    }
    const auto take = [&](const Segment& g, Instant receivedAt) -> Result<void> {
        const auto index = impl->origins.indexOf(g.origin);
        const auto* origin = impl->origins.row(index);
        if (!origin || g.firstSeq != origin->headSeq + 1) return {};
        const auto ops = openSegment(g, origin->key, realm.realm);
        if (!ops) {
            ++report.lostSegments;
            return {};
        }
        WL_CHECK(impl->ingest(g, *ops, index, receivedAt));
        ++report.segments;
        report.ops += g.count;
        if (impl->projector->touched() > kTouchedPerFlush) {
            WL_CHECK(impl->projector->flush(noClock));
            if (progress && !progress("rebuild", report.ops, total)) return fail(ErrorKind::Cancelled, "cancelled");
        }
        return {};
    };
    if (old) {
        auto query = sql::Statement<0, 12>::prepare(
            *old, selectSegments("JOIN origin o USING(oi) ORDER BY s.oi, s.first_seq", ", o.origin_id, s.recv_at"));
        if (query) {
            for (auto row = query->step(); row && *row; row = query->step())
                WL_CHECK(take(segmentOf(*query, idFromBytes<OriginId>(query->bytes(10))), {query->integer(11)}));
        }
    }
    // What the database lost and this console wrote itself comes back from the journal.
    const auto eachKey = [&](const WrappedKey& key) { return restoreKey(impl->db, key); };
    WL_CHECK(OwnJournal::read(journalPath(options.dir), eachKey,
                              [&](Segment&& g) -> Result<void> { return take(g, options.clock.now()); }));
    // Which branch of a forked origin is here shows only now.
    for (const auto& [origin, proof] : impl->forks) {
        WL_CHECK(impl->followBranch(origin));
        WL_CHECK(impl->reconsider(impl->origins.indexOf(origin)));
    }
    WL_CHECK(impl->projector->flush(noClock));
    WL_CHECK(placeKeys(impl->db));
    WL_CHECK(impl->db.run("COMMIT"));

    WL_TRY(const auto items, readCatalogue(impl->db));
    const auto deriver = deriverFor(items);
    auto& db = impl->db;
    std::vector<CaseKey> every;
    {
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(db, "SELECT ck FROM cases")));
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            every.push_back({query.integer(0)});
        }
    }
    {
        auto* raw = impl.get();
        Store store(std::move(impl));
        if (!every.empty()) WL_CHECK(store.rederive(*deriver, every));
        WL_CHECK(raw->db.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous=FULL;"));
    }
    old = std::unexpected(Error{});

    // The old file keeps a second name and its journal files move with it; then one rename puts the new file in place,
    // so that at every instant there is a whole database under the known name.
    std::error_code bad;
    const auto kept = options.dir / "replica.before-rebuild";
    for (const char* suffix : {"", "-wal", "-shm"}) {
        auto from = databasePath(options.dir), beside = kept;
        from += suffix;
        beside += suffix;
        std::filesystem::remove(beside, ignored);
        if (*suffix) std::filesystem::rename(from, beside, ignored);
        else if (std::filesystem::exists(from)) std::filesystem::create_hard_link(from, beside, bad);
        if (bad) return fail(ErrorKind::World, "file.write", beside.string(), bad.message());
    }
    std::filesystem::rename(databasePath(aside), databasePath(options.dir), bad);
    if (bad) return fail(ErrorKind::World, "file.write", databasePath(options.dir).string(), bad.message());
    std::filesystem::remove_all(aside, ignored);
    return report;
}

}  // namespace wl::store
