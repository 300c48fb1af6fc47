// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica gives to others and takes from them. Taking is one pipeline: known author, next number, bounded
// unpacking, chain and signature, form of each op, verdict, fold; all bundles of a call in one transaction.
#include <algorithm>
#include <cassert>

#include "domain/cbor.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kBundleOverhead = 220;  // of a segment on the way, beside its body
constexpr std::size_t kKeyBytes = 100;

struct Ending {
    ReadAhead& ahead;
    ~Ending() { ahead.end(); }
};

// The realm epoch that an op cites, read without decoding the rest; 1 where nothing is said or nothing can be read.
std::uint64_t epochOf(std::string_view op) {
    cbor::Reader in(op);
    const auto pairs = in.map();
    for (std::uint64_t i = 0; pairs && i < *pairs; ++i) {
        const auto key = in.uint();
        if (!key || *key > 4) return 1;
        if (*key == 4) return in.uint().value_or(1);
        if (!in.skip()) return 1;
    }
    return 1;
}

}  // namespace

Segment cutFrom(const Segment& g, std::vector<std::string>& ops, std::uint64_t first, const Hash& before) {
    Segment out = g;
    ops.erase(ops.begin(), ops.begin() + static_cast<std::ptrdiff_t>(first - g.firstSeq));
    std::string raw;
    for (const auto& op : ops) raw += op;
    out.firstSeq = first;
    out.count = static_cast<std::uint32_t>(ops.size());
    out.prevHash = before;
    packBody(out, raw);
    return out;
}

Result<Hash> Store::Impl::hashAt(std::int64_t index, std::uint64_t seq) {
    const auto* row = origins.row(index);
    if (!row || seq > row->headSeq) return fail(ErrorKind::NotFound, "log.unknown");
    if (seq == row->headSeq) return row->headHash;
    if (seq == 0) return chainStart(row->id, realm.realm);
    auto& find = sql->segmentAt;
    find.bind(index, seq);
    WL_TRY(const bool found, find.step());
    if (!found) return fail(ErrorKind::Corrupt, "log.gap", {}, std::to_string(seq));
    const auto first = static_cast<std::uint64_t>(find.integer(0));
    const auto count = static_cast<std::uint32_t>(find.integer(1));
    auto hash = arrayFromBytes<Hash>(find.bytes(2));
    const auto head = arrayFromBytes<Hash>(find.bytes(3));
    auto raw = seq == first + count - 1 ? Result<std::string>{} : unpackBody(find.bytes(5), find.integer(4));
    find.reset();
    if (seq == first + count - 1) return head;
    if (!raw) return std::unexpected(raw.error());
    WL_TRY(const auto ops, splitOps(*raw, count));
    if (seq >= first + count) return fail(ErrorKind::Corrupt, "log.gap", {}, std::to_string(seq));
    for (std::uint64_t i = first; i <= seq; ++i) hash = chainNext(hash, ops[i - first]);
    return hash;
}

Result<void> Store::Impl::setDurable(bool full) {
    if (syncsEachCommit == full) return {};
    WL_CHECK(db.run(full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    syncsEachCommit = full;
    return {};
}

std::vector<LogHead> Store::Impl::currentHeads() {
    std::vector<LogHead> out;
    for (const auto& [index, row] : origins.rows()) {
        if (row.headSeq == 0 || row.local) continue;
        const auto limit = limitOf(row.id);
        if (row.headSeq <= limit) {
            out.push_back({row.id, row.headSeq, row.headHash});
        } else if (limit > 0) {
            // A damaged segment there is for `verify` to name; the origin is left out then.
            if (const auto hash = hashAt(index, limit)) out.push_back({row.id, limit, *hash});
        }
    }
    std::ranges::sort(out, {}, &LogHead::origin);
    return out;
}

Result<std::optional<ForkProof>> Store::Impl::proveFork(const Segment& g, std::span<const std::string> ops,
                                                        std::int64_t index) {
    WL_TRY(auto query, SelectSegments::prepare(db, selectSegments("WHERE oi=?1 AND first_seq<=?3 AND "
                                                                  "first_seq+n>?2 ORDER BY first_seq")));
    query.bind(index, g.firstSeq, g.firstSeq + g.count - 1);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return std::nullopt;
        const auto mine = segmentOf(query, g.origin);
        WL_TRY(const auto raw, unpackBody(mine.body, mine.rawLength));
        WL_TRY(const auto mineOps, splitOps(raw, mine.count));
        if (auto proof = compareSegments(mine, mineOps, g, ops)) return proof;
    }
}

// Keys that a peer has and this replica lacks, for ops that are here already.
Result<void> Store::Impl::takeLateKeys(const Bundle& bundle, std::int64_t index) {
    bool missing = false;
    for (const auto& key : bundle.keys) {
        sql->hasKey.bind(sql::Blob{key.id});
        WL_TRY(const bool known, sql->hasKey.step());
        sql->hasKey.reset();
        missing = missing || !known;
    }
    if (!missing) return {};
    const auto& g = bundle.segment;
    WL_TRY(auto log, LogReader::make(db, origins));
    keys->expect(bundle.keys, index, g.firstSeq);
    for (auto seq = g.firstSeq; seq < g.firstSeq + g.count; ++seq) {
        WL_TRY(const auto bytes, log.opBytes(index, seq));
        WL_CHECK(readOp(bytes, g.origin, *keys));
    }
    for (const auto& entity : keys->settle()) WL_CHECK(projector->refold(entity));
    return {};
}

Result<bool> Store::Impl::takeBundle(const Bundle& bundle, Accepted& out) {
    const auto& g = bundle.segment;
    using Stop = Accepted::Stop;
    const auto stop = [&](Stop what, std::optional<Error> why = {}) {
        out.stop = what;
        out.at = g.origin;
        out.why = std::move(why);
        return false;
    };
    const auto index = origins.indexOf(g.origin);
    auto* author = origins.row(index);
    if (!author || !realmLog.find(g.origin)) return stop(Stop::UnknownOrigin);
    if (g.count == 0 || g.count > kSegmentOpLimit || g.firstSeq == 0 || g.firstSeq > kLastSeq)
        return stop(Stop::Bad, Error{ErrorKind::Corrupt, "log.count", {}, std::to_string(g.firstSeq)});
    if (g.firstSeq > limitOf(g.origin)) {
        if (const auto fork = forks.find(g.origin); fork != forks.end() && forkedAt(g.origin) > 0) {
            out.fork = fork->second;
            return stop(Stop::Forked);
        }
        return stop(Stop::Revoked);
    }
    if (g.firstSeq > author->headSeq + 1) return stop(Stop::Gap);
    const auto last = g.firstSeq + g.count - 1;
    if (last <= author->headSeq) {
        WL_TRY(const auto mine, hashAt(index, last));
        if (mine == g.headHash) {
            WL_CHECK(takeLateKeys(bundle, index));
            ++out.taken;
            return true;
        }
    }
    auto unpacked = unpackSegment(g);
    if (!unpacked) return stop(Stop::Bad, unpacked.error());
    auto& ops = *unpacked;
    // Read by another thread while this one checks them; nothing of it is used if they do not hold.
    ahead->begin(ops, g.origin, bundle.keys);
    const Ending endReading{*ahead};
    if (auto checked = checkSegment(g, ops, author->key, realm.realm); !checked)
        return stop(Stop::Bad, checked.error());
    WL_TRY(const auto before, hashAt(index, g.firstSeq - 1));
    if (before != g.prevHash || !(onChosen(g, ops))) {
        // Of a branch that was chosen a part was taken in that may be of the other one: begin again where they part.
        const auto fork = forks.find(g.origin);
        if (onBranch.contains(g.origin) && fork != forks.end() && author->headSeq >= fork->second.seq &&
            author->headSeq < realmLog.find(g.origin)->branch->first) {
            WL_CHECK(truncate(index, fork->second.seq));
            return stop(Stop::Gap);
        }
        return stop(Stop::Forked);
    }
    const Segment* take = &g;
    Segment cut;
    if (g.firstSeq <= author->headSeq) {
        WL_TRY(out.fork, proveFork(g, ops, index));
        if (out.fork) return stop(Stop::Forked);
        if (last <= author->headSeq) return stop(Stop::Bad, Error{ErrorKind::Corrupt, "log.chain", {}, {}});
        ahead->end();
        cut = cutFrom(g, ops, author->headSeq + 1, author->headHash);
        ahead->begin(ops, g.origin, bundle.keys);
        take = &cut;
    }
    for (const auto& op : ops)
        if (epochOf(op) > realmLog.epoch()) return stop(Stop::UnknownEpoch);
    keys->expect(bundle.keys, index, take->firstSeq);
    WL_TRY(const auto ingested, ingest(*take, ops, index, clock.now()));
    for (const auto& entity : keys->settle()) WL_CHECK(projector->refold(entity));
    if (index == oi) WL_CHECK(stopWriting());
    ++out.taken;
    out.ops += take->count;
    out.parked += ingested.parked;
    out.voided += ingested.voided;
    return true;
}

bool Store::Impl::onChosen(const Segment& g, std::span<const std::string> ops) const {
    const auto* console = realmLog.find(g.origin);
    if (!console || !console->branch || !onBranch.contains(g.origin)) return true;
    const auto& [seq, head] = *console->branch;
    if (seq < g.firstSeq || seq >= g.firstSeq + ops.size()) return true;
    auto hash = g.prevHash;
    for (auto at = g.firstSeq; at <= seq; ++at) hash = chainNext(hash, ops[at - g.firstSeq]);
    return hash == head;
}

Result<void> Store::Impl::undoRemote() {
    auto done = db.run("ROLLBACK");
    projector->discard();
    keys->forget();
    WL_CHECK(reloadNames());
    WL_CHECK(loadRealm());
    for (const auto& [origin, proof] : forks) WL_CHECK(followBranch(origin));
    if (const auto* row = origins.row(oi)) headSeq = row->headSeq, headHash = row->headHash;
    return done;
}

Result<Store::Taken> Store::accept(std::span<const Bundle> bundles, const CaseDeriver& deriver) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    // Others have these ops: should the machine lose power now, they are fetched again.
    WL_CHECK(s.setDurable(false));
    if (!s.durable) s.durable = s.currentHeads();
    Taken out;
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    const auto doAll = [&]() -> Result<void> {
        for (const auto& bundle : bundles) {
            WL_TRY(const bool on, s.takeBundle(bundle, out.accepted));
            if (!on) break;
        }
        WL_TRY(out.changes, s.projector->flush(deriver));
        return s.db.run("COMMIT");
    };
    if (auto done = doAll(); !done) {
        WL_CHECK(s.undoRemote());
        return std::unexpected(done.error());
    }
    return out;
}

Result<void> Store::makeDurable() {
    auto& s = *m_impl;
    if (!s.durable) return {};
    // What a commit in WAL mode wrote is in the WAL: syncing that file makes all of it durable.
    sqlite3_file* wal = nullptr;
    const int rc = sqlite3_file_control(s.db.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
    if (rc != SQLITE_OK) return s.db.failure(rc, "sync");
    if (wal && wal->pMethods)
        if (const int synced = wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL); synced != SQLITE_OK)
            return s.db.failure(synced, "sync");
    s.durable.reset();
    return {};
}

std::vector<LogHead> Store::heads() const { return m_impl->durable ? *m_impl->durable : m_impl->currentHeads(); }

Result<void> Store::peerHas(const OriginId& peer, std::span<const LogHead> heads, Instant now) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    // Losing these to a power cut costs nothing: the peer tells them again.
    WL_CHECK(s.setDurable(false));
    if (!s.durable) s.durable = s.currentHeads();
    WL_TRY(auto seen, (sql::Statement<2>::prepare(s.db, "INSERT INTO peer(origin_id, last_seen) VALUES(?,?) ON CONFLICT"
                                                        "(origin_id) DO UPDATE SET last_seen=excluded.last_seen")));
    WL_TRY(auto has, (sql::Statement<3>::prepare(s.db, "INSERT INTO peer_head VALUES(?,?,?) ON CONFLICT(peer, origin) "
                                                       "DO UPDATE SET seq=max(seq, excluded.seq)")));
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    const auto doAll = [&]() -> Result<void> {
        WL_CHECK(seen.exec(sql::Blob{wl::view(peer)}, now.ms));
        for (const auto& head : heads)
            WL_CHECK(has.exec(sql::Blob{wl::view(peer)}, sql::Blob{wl::view(head.origin)}, head.seq));
        return s.db.run("COMMIT");
    };
    auto done = doAll();
    if (!done) WL_CHECK(s.undoRemote());
    else done = s.cutJournal();
    return done;
}

// Two peers have all own ops durably, or all the others there are.
Result<void> Store::Impl::cutJournal() {
    if (journal->size() <= journalLimit || headSeq == 0 || journalEnd() < headSeq) return {};
    std::int64_t others = 0;
    for (const auto& [id, console] : realmLog.consoles()) others += id != own.origin && !console.cutoff ? 1 : 0;
    WL_TRY(auto query, (sql::Statement<2, 1>::prepare(db, "SELECT count(*) FROM peer_head WHERE origin=? AND seq>=?")));
    query.bind(sql::Blob{wl::view(own.origin)}, headSeq);
    WL_CHECK(query.step());
    if (others == 0 || query.integer(0) < std::min<std::int64_t>(2, others)) return {};
    WL_TRY(auto put, (sql::Statement<1>::prepare(db, "INSERT OR REPLACE INTO meta VALUES('journal_cut', ?)")));
    WL_CHECK(put.exec(headSeq));
    journalCut = headSeq;
    return journal->clear();
}

void Store::setJournalLimit(std::uint64_t bytes) { m_impl->journalLimit = bytes; }

Result<std::optional<Hash>> Store::hashAt(const OriginId& origin, std::uint64_t seq) {
    const auto index = m_impl->origins.indexOf(origin);
    auto hash = m_impl->hashAt(index, seq);
    if (!hash && hash.error().kind == ErrorKind::NotFound) return std::nullopt;
    if (!hash) return std::unexpected(hash.error());
    return std::optional(*hash);
}

Result<std::vector<Bundle>> Store::read(const OriginId& origin, std::uint64_t after, std::size_t maxBytes) {
    auto& s = *m_impl;
    std::vector<Bundle> out;
    const auto index = s.origins.indexOf(origin);
    const auto* row = s.origins.row(index);
    if (!row || row->local || after >= std::min(row->headSeq, s.limitOf(origin))) return out;
    WL_TRY(auto query,
           SelectSegments::prepare(
               s.db, selectSegments("WHERE oi=?1 AND first_seq>=(SELECT max(first_seq) FROM segment WHERE oi=?1 AND "
                                    "first_seq<=?2) AND first_seq<=?3 ORDER BY first_seq")));
    WL_TRY(auto keys, (sql::Statement<3, 3>::prepare(s.db, "SELECT dek_id, wrapped, kek_epoch FROM dek WHERE oi=? AND "
                                                           "first_seq BETWEEN ? AND ? AND wrapped IS NOT NULL")));
    const auto limit = std::min(s.limitOf(origin), row->headSeq);
    query.bind(index, after + 1, limit);
    std::size_t bytes = 0;
    while (true) {
        WL_TRY(const bool more, query.step());
        if (!more) return out;
        Bundle bundle{segmentOf(query, origin), {}};
        keys.bind(index, bundle.segment.firstSeq, bundle.segment.firstSeq + bundle.segment.count - 1);
        while (true) {
            WL_TRY(const bool key, keys.step());
            if (!key) break;
            bundle.keys.push_back({keys.text(0), keys.text(1), static_cast<std::uint32_t>(keys.integer(2))});
        }
        const auto size = kBundleOverhead + bundle.segment.body.size() + bundle.keys.size() * kKeyBytes;
        if (!out.empty() && bytes + size > maxBytes) return out;
        bytes += size;
        out.push_back(std::move(bundle));
    }
}

}  // namespace wl::store
