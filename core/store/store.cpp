// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "domain/cbor.hpp"
#include "store/message_queries.hpp"
#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace wl::store {

std::filesystem::path databasePath(const std::filesystem::path& dir) { return dir / "replica.db"; }

namespace {

// A new installation incarnation: a key that never existed before and is never restored.
Result<OriginSecrets> newOrigin(const std::filesystem::path& dir, const RealmSecrets& realm, Rng& rng) {
    auto own = makeOriginSecrets(realm.realm, rng);
    own.machine = diskOf(dir).machine();
    WL_CHECK(writeOriginSecrets(dir, own));
    return own;
}

Result<void> makeFolder(const std::filesystem::path& dir) {
    auto& disk = diskOf(dir);
    WL_CHECK(disk.makeFolder(dir));
    if (disk.exists(databasePath(dir)) || disk.exists(dir / "origin.key"))
        return fail(ErrorKind::Refused, "replica.exists", dir.string());
    return {};
}

Result<bool> passesQuickCheck(sql::Database& db) {
    // The log's own chains are checked by `verify`; here only what a torn or overwritten file shows at once.
    WL_TRY(auto query,
           (sql::Statement<0, 1>::prepare(db, "SELECT count(*) FROM (SELECT 1 FROM origin UNION ALL SELECT 1 FROM"
                                              " (SELECT id FROM segment ORDER BY id DESC LIMIT 1))")));
    return query.step();
}

}  // namespace

Result<void> restoreKey(sql::Database& db, const WrappedKey& key) {
    WL_TRY(auto insert,
           (sql::Statement<3>::prepare(db, "INSERT OR IGNORE INTO dek(dek_id, wrapped, kek_epoch) VALUES(?,?,?)")));
    return insert.exec(sql::Blob{key.id}, sql::Blob{key.wrapped}, key.epoch);
}

Result<std::vector<CatalogueEntry>> readCatalogue(sql::Database& db) {
    WL_TRY(auto query, (sql::Statement<0, 3>::prepare(
                           db, "SELECT kind, code, document FROM item WHERE document<>'' ORDER BY kind, code")));
    std::vector<CatalogueEntry> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return out;
        out.push_back({query.text(0), query.text(1), query.text(2)});
    }
}

Result<std::vector<CatalogueEntry>> readCatalogueOf(const std::filesystem::path& database) {
    WL_TRY(auto db, sql::Database::open(database, sql::Access::ReadOnly));
    return readCatalogue(db);
}

Result<void> writeFile(const std::filesystem::path& file, std::string_view bytes) {
    return writeFileAtomically(file, bytes);
}

Result<EntityId> entityOf(std::string_view opBytes) {
    cbor::Reader in(opBytes);
    WL_TRY(const auto pairs, in.map());
    for (std::uint64_t i = 0; i < pairs; ++i) {
        WL_TRY(const auto key, in.uint());
        if (key == 1) {
            WL_TRY(const auto id, in.bytes());
            return idFromBytes<EntityId>(id);
        }
        WL_CHECK(in.skip());
    }
    return fail(ErrorKind::Corrupt, "op.entity");
}

Result<void> forEachOp(sql::Database& db, const EachOp& each) {
    WL_TRY(auto query, (sql::Statement<0, 5>::prepare(
                           db, "SELECT oi, first_seq, n, raw_len, body FROM segment ORDER BY oi, first_seq")));
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return {};
        WL_TRY(const auto raw, unpackBody(query.bytes(4), query.integer(3)));
        WL_TRY(const auto ops, splitOps(raw, static_cast<std::uint32_t>(query.integer(2))));
        auto seq = static_cast<std::uint64_t>(query.integer(1));
        for (const auto& op : ops) WL_CHECK(each(query.integer(0), seq++, op));
    }
}

Result<void> Store::create(const StoreOptions& options) {
    WL_CHECK(makeFolder(options.dir));
    RealmSecrets realm;
    realm.realm.bytes = randomBytes<decltype(realm.realm.bytes)>(options.rng);
    realm.kek = randomBytes<SymmetricKey>(options.rng);
    WL_CHECK(writeRealmSecrets(options.dir, realm));
    WL_TRY(const auto own, newOrigin(options.dir, realm, options.rng));
    WL_TRY(auto db, sql::Database::open(databasePath(options.dir), sql::Access::Create));
    WL_CHECK(migrate(db));
    Origins origins;
    WL_CHECK(origins.add(db, own.origin, own.keys.publicKey, realm.realm, false));
    return {};
}

Result<void> Store::join(const StoreOptions& options, const RealmSecrets& realm, const OriginSecrets& own,
                         std::span<const RealmEntry> entries) {
    RealmState state(realm.realm);
    for (const auto& entry : entries) WL_CHECK(state.apply(entry));
    const auto* console = state.find(own.origin);
    if (!console || console->card.key != own.keys.publicKey)
        return fail(ErrorKind::Refused, "realm.unknown_console", toHex(own.origin));
    WL_CHECK(makeFolder(options.dir));
    WL_CHECK(writeRealmSecrets(options.dir, realm));
    WL_CHECK(writeOriginSecrets(options.dir, own));
    WL_CHECK(saveRealmLog(options.dir, entries));
    WL_TRY(auto db, sql::Database::open(databasePath(options.dir), sql::Access::Create));
    return migrate(db);  // opening takes the realm log, and with it the origins, from its file
}

Result<void> prepareToRead(const std::filesystem::path& dir) {
    if (!diskOf(dir).exists(databasePath(dir))) return fail(ErrorKind::NotFound, "replica.missing", dir.string());
    {
        WL_TRY(auto db, sql::Database::open(databasePath(dir), sql::Access::ReadOnly));
        WL_TRY(const bool current, isCurrent(db));
        if (current) return {};
    }
    // An older replica is brought up to date first, unless an older console is at work on it.
    WL_TRY(const auto lock, lockFolder(dir));
    WL_TRY(auto db, sql::Database::open(databasePath(dir), sql::Access::ReadWrite));
    return migrate(db);
}

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options) {
    const auto file = databasePath(options.dir);
    if (!diskOf(file).exists(file)) return fail(ErrorKind::NotFound, "replica.missing", options.dir.string());
    WL_TRY(auto lock, lockFolder(options.dir));
    WL_TRY(auto realm, readRealmSecrets(options.dir));
    WL_TRY(auto own, readOriginSecrets(options.dir));
    WL_TRY(auto db, sql::Database::open(file, sql::Access::ReadWrite));
    auto impl = std::make_unique<Impl>(options, std::move(db));
    impl->realm = realm;
    impl->own = own;
    impl->lock = std::move(lock);
    WL_CHECK(isCurrent(impl->db));
    WL_CHECK(migrate(impl->db));
    WL_CHECK(impl->setDurable(true));
    WL_CHECK(passesQuickCheck(impl->db));
    WL_CHECK(impl->origins.load(impl->db));
    WL_CHECK(impl->terms.load(impl->db));
    WL_CHECK(impl->loadRealm());
    WL_CHECK(placeKeys(impl->db));
    if (impl->own.tls.publicKey == PublicKey{}) {
        impl->own.tls = makeKeyPair(options.rng);
        WL_CHECK(writeOriginSecrets(options.dir, impl->own));
    }
    WL_CHECK(impl->finishSuccession());
    impl->oi = impl->origins.indexOf(impl->own.origin);
    const auto* row = impl->origins.row(impl->oi);
    // A copy of another machine's disk must not go on under that machine's name: the same numbers would be signed
    // twice.
    const auto machine = diskOf(options.dir).machine();
    WL_TRY(auto journal, OwnJournal::open(journalPath(options.dir)));
    impl->journal.emplace(std::move(journal));
    if (!impl->own.machine.empty() && !machine.empty() && impl->own.machine != machine) {
        WL_CHECK(impl->startOrigin(true));
        row = impl->origins.row(impl->oi);
    } else if (!row && impl->journal->lastSeq(impl->own.origin) > 0) {
        // A database from before this name was put back: what was written under it comes from the journal.
        WL_TRY(impl->oi, impl->origins.add(impl->db, impl->own.origin, impl->own.keys.publicKey, impl->realm.realm,
                                           impl->realmLog.epoch() > 0));
        row = impl->origins.row(impl->oi);
    } else if (!row) {
        WL_CHECK(impl->startOrigin(true));
        row = impl->origins.row(impl->oi);
    }
    impl->headSeq = row->headSeq;
    impl->headHash = row->headHash;
    auto last = row->lastHlc;
    for (const auto& [oi, origin] : impl->origins.rows()) last = std::max(last, origin.maxHlc);
    impl->hlc.emplace(impl->clock, last);
    WL_CHECK(impl->prepare());
    for (const auto& [origin, proof] : impl->forks) WL_CHECK(impl->followBranch(origin));
    {
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(impl->db, "SELECT v FROM meta WHERE k='behind'")));
        WL_TRY(const bool stopped, query.step());
        impl->behind = stopped && idFromBytes<OriginId>(query.bytes(0)) == impl->own.origin;
    }
    {
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(impl->db, "SELECT v FROM meta WHERE k='journal_cut'")));
        WL_TRY(const bool cut, query.step());
        if (cut) impl->journalCut = static_cast<std::uint64_t>(query.integer(0));
    }
    if (impl->journalIsAhead()) WL_CHECK(impl->catchUpFromJournal());
    // A full disk is no reason not to start: it is tried again with the next commit.
    else if (auto filled = impl->fillJournal(); !filled) impl->durable.reset();
    WL_CHECK(impl->refoldOlder());
    if (impl->headSeq > 0) WL_CHECK(impl->foundRealm());
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Result<void> Store::Impl::reload() {
    projector->discard();
    recovered.clear();
    WL_CHECK(reloadNames());
    WL_CHECK(loadRealm());
    oi = origins.indexOf(own.origin);
    const auto* row = origins.row(oi);
    if (!row) return fail(ErrorKind::Corrupt, "replica.corrupt", {}, "the own origin is missing");
    headSeq = row->headSeq;
    headHash = row->headHash;
    for (const auto& [index, origin] : origins.rows()) hlc->observe(origin.maxHlc);
    WL_CHECK(prepare());
    durable.reset();
    for (const auto& [origin, proof] : forks) WL_CHECK(followBranch(origin));
    if (journalIsAhead()) WL_CHECK(catchUpFromJournal());
    return {};
}

Result<void> Store::Impl::startOrigin(bool newCertificate) {
    auto next = makeOriginSecrets(realm.realm, rng);
    next.machine = diskOf(dir).machine();
    if (!newCertificate) next.tls = own.tls, next.was = own.origin;
    // The pen is handed over by the old key: the new one is safe before the log names it, the old one until then.
    if (!newCertificate && realmLog.epoch() > 0 && realmLog.writer() == own.origin) {
        WL_CHECK(writeOriginSecrets(dir, next, "origin.next"));
        WL_CHECK(nameSuccessor(next));
    }
    WL_CHECK(writeOriginSecrets(dir, next));
    own = next;
    // The founder of a realm needs nobody's consent; later it is for the realm's writer to enrol it.
    oi = origins.indexOf(own.origin);
    if (oi == 0) { WL_TRY(oi, origins.add(db, own.origin, own.keys.publicKey, realm.realm, realmLog.epoch() > 0)); }
    const auto* row = origins.row(oi);
    headSeq = row->headSeq;
    headHash = row->headHash;
    behind = false;
    journalCut = 0;
    return db.run("DELETE FROM meta WHERE k='journal_cut'");
}

Result<void> Store::mintOrigin() {
    assert(!m_impl->inTransaction);
    return m_impl->startOrigin(false);
}

Store::Store(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Store::~Store() {
    if (m_impl && m_impl->inTransaction) rollback();
}

Result<void> Store::Impl::prepare() {
    WL_TRY(auto ring, StoreKeyRing::make(db, realm, &rng));
    keys = std::move(ring);
    ahead.emplace(realm);
    WL_TRY(auto made, Projector::make(db, origins, terms, *keys));
    projector.emplace(std::move(made));
    WL_TRY(auto insert,
           (sql::Statement<12>::prepare(
               db, "INSERT INTO segment(oi, first_seq, n, hlc_min, hlc_max, prev_hash, head_hash, sig, dict,"
                   " raw_len, recv_at, body) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)")));
    WL_TRY(auto update, (sql::Statement<7>::prepare(db, "UPDATE origin SET head_seq=?, head_hash=?, head_sig=?, "
                                                        "max_hlc=?, last_hlc=?, last_epoch=? WHERE oi=?")));
    WL_TRY(auto insertVoid, (sql::Statement<4>::prepare(db, "INSERT INTO void_op VALUES(?,?,?,?)")));
    WL_TRY(auto insertParked, (sql::Statement<4>::prepare(db, "INSERT INTO parked VALUES(?,?,?,?)")));
    WL_TRY(auto updateMaxHlc, (sql::Statement<2>::prepare(db, "UPDATE origin SET max_hlc=? WHERE oi=?")));
    WL_TRY(auto segmentAt,
           (sql::Statement<2, 6>::prepare(db, "SELECT first_seq, n, prev_hash, head_hash, raw_len, body FROM segment "
                                              "WHERE oi=? AND first_seq<=? ORDER BY first_seq DESC LIMIT 1")));
    WL_TRY(auto hasKey, (sql::Statement<1, 1>::prepare(db, "SELECT 1 FROM dek WHERE dek_id=?")));
    sql.emplace(Statements{std::move(insert), std::move(update), std::move(insertVoid), std::move(insertParked),
                           std::move(updateMaxHlc), std::move(segmentAt), std::move(hasKey)});
    return {};
}

Result<void> Store::Impl::reloadNames() {
    terms = {};
    WL_CHECK(terms.load(db));
    return origins.load(db);
}

std::optional<Error> Store::writingStopped() const {
    const auto& s = *m_impl;
    const auto because = [&](const char* code) { return Error{ErrorKind::Refused, code, toHex(s.own.origin), {}}; };
    if (s.behind) return because("origin.behind");
    if (s.forkedAt(s.own.origin) > 0) return because("origin.forked");
    const auto* self = s.realmLog.find(s.own.origin);
    if (self && self->cutoff) return because(*self->cutoff == kReplacedCutoff ? "origin.replaced" : "origin.revoked");
    return std::nullopt;
}

Result<void> Store::begin() {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    if (auto stopped = writingStopped()) return std::unexpected(std::move(*stopped));
    WL_CHECK(s.setDurable(true));
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    s.inTransaction = true;
    s.open = {};
    s.written.clear();
    s.newKeys.clear();
    s.pending = 0;
    return {};
}

Result<void> Store::Impl::checkScope(const Op& op) {
    const auto scope = realmLog.scopeAt(own.origin, realmLog.epoch());
    if (scope.empty() ||
        !(std::holds_alternative<CaseEdited>(op.body) || std::holds_alternative<CaseStatusChanged>(op.body)))
        return {};
    WL_TRY(const auto* detail, projector->caseOf(CaseId{op.entity}));
    const auto theirs = detail ? detail->state.text(CaseField::Department) : std::string();
    if (theirs.empty() || theirs == scope) return {};
    OpFacts facts;
    readScope(op.body, own.origin, facts);
    if (facts.department == scope && facts.ownHandOff) return {};
    return fail(ErrorKind::Refused, "op.out_of_scope", "department", theirs);
}

Result<std::vector<Stamp>> Store::add(std::span<OpDraft> group, const std::string& agent, Instant at) {
    auto& s = *m_impl;
    assert(s.inTransaction && !group.empty());
    std::vector<Stamp> stamps;
    stamps.reserve(group.size());
    // Ops of one group are never split over two segments.
    if (s.open.count > 0 && (s.open.count + group.size() > kSegmentOpLimit || s.open.raw.size() > kSegmentRawLimit / 2))
        WL_CHECK(s.closeSegment());
    for (std::size_t i = 0; i < group.size(); ++i) {
        auto& draft = group[i];
        StampedOp item;
        item.op.entity = draft.entity;
        item.op.hlc = at && at < s.clock.now() ? s.hlc->tickAt(at) : s.hlc->tick();
        item.op.epoch = std::max<std::uint32_t>(1, s.realmLog.epoch());
        item.op.agent = agent;
        item.op.comment = draft.comment;
        item.op.body = std::move(draft.body);
        item.op.tx = i == 0 ? static_cast<std::uint32_t>(group.size() - 1) : 0;
        item.stamp = {item.op.hlc, {s.own.origin, s.headSeq + 1}};
        auto* self = s.origins.row(s.oi);
        if (const auto verdict = s.verdictOf(*self, s.headSeq + 1, &item.op); verdict != Verdict::Valid)
            return fail(ErrorKind::Refused,
                        verdict == Verdict::NotAllowed   ? "op.not_allowed"
                        : verdict == Verdict::OutOfScope ? "op.out_of_scope"
                                                         : "op.void",
                        {}, std::to_string(static_cast<int>(verdict)));
        WL_CHECK(s.checkScope(item.op));
        self->lastHlc = item.op.hlc;
        self->lastEpoch = item.op.epoch;
        if (draft.newEntity) s.keys->expectNew(draft.entity);
        s.keys->writing(s.oi, s.headSeq + 1);
        WL_TRY(const auto bytes, encodeOp(item.op, s.own.origin, *s.keys, s.rng));
        if (s.open.raw.size() + bytes.size() > kSegmentRawLimit && i == 0 && s.open.count > 0)
            WL_CHECK(s.closeSegment());
        if (s.open.count == 0) {
            s.open.firstSeq = s.headSeq + 1;
            s.open.prevHash = s.headHash;
            s.open.hlcMin = item.op.hlc;
        }
        s.headHash = chainNext(s.headHash, bytes);
        ++s.headSeq;
        ++s.open.count;
        s.open.hlcMax = item.op.hlc;
        s.open.raw += bytes;
        ++s.pending;
        stamps.push_back(item.stamp);
        WL_CHECK(s.projector->apply(std::move(item)));
    }
    return stamps;
}

Result<void> Store::Impl::insertSegment(const Segment& g, std::int64_t index, Instant receivedAt) {
    return sql->insertSegment.exec(index, g.firstSeq, g.count, g.hlcMin.value, g.hlcMax.value,
                                   sql::Blob{wl::view(g.prevHash)}, sql::Blob{wl::view(g.headHash)},
                                   sql::Blob{wl::view(g.signature)}, g.dict, g.rawLength, receivedAt.ms,
                                   sql::Blob{g.body});
}

Result<void> Store::Impl::closeSegment() {
    if (open.count == 0) return {};
    Segment g;
    g.origin = own.origin;
    g.firstSeq = open.firstSeq;
    g.count = open.count;
    g.hlcMin = open.hlcMin;
    g.hlcMax = open.hlcMax;
    g.prevHash = open.prevHash;
    g.headHash = headHash;
    g.signature = sign(own.keys.secretKey, headMessage(realm.realm, own.origin, {headSeq, headHash, open.hlcMax}));
    packBody(g, open.raw);
    WL_CHECK(insertSegment(g, oi, clock.now()));
    WL_CHECK(sql->updateOrigin.exec(headSeq, sql::Blob{wl::view(headHash)}, sql::Blob{wl::view(g.signature)},
                                    g.hlcMax.value, g.hlcMax.value, origins.row(oi)->lastEpoch, oi));
    written.push_back(std::move(g));
    open = {};
    return {};
}

Result<ChangeSet> Store::commit(const CaseDeriver& deriver) {
    auto& s = *m_impl;
    assert(s.inTransaction);
    const auto doAll = [&]() -> Result<ChangeSet> {
        WL_CHECK(s.closeSegment());
        WL_TRY(auto changes, s.projector->flush(deriver));
        std::ranges::move(s.keys->takeCreated(), std::back_inserter(s.newKeys));
        WL_CHECK(s.db.run("COMMIT"));
        return changes;
    };
    auto changes = doAll();
    if (!changes) {
        rollback();
        return changes;
    }
    s.inTransaction = false;
    if (!s.written.empty()) {
        auto* row = s.origins.row(s.oi);
        row->headSeq = s.headSeq;
        row->headHash = s.headHash;
        row->maxHlc = row->lastHlc = s.written.back().hlcMax;
        s.durable.reset();  // the sync of this commit took what was committed before with it
        // The commit stands whatever happens to the second copy; what could not be copied is tried again next time.
        const bool follows = s.journalEnd() + 1 == s.written.front().firstSeq;
        if (auto copied = follows ? s.journal->append(s.newKeys, s.written) : s.fillJournal(); !copied)
            s.durable.reset();
    }
    return changes;
}

void Store::rollback() {
    auto& s = *m_impl;
    if (!s.inTransaction) return;
    s.inTransaction = false;
    // What SQLite says here changes nothing: the transaction is gone either way.
    if (auto done = s.db.run("ROLLBACK"); !done) s.pending = 0;
    s.projector->discard();
    s.keys->forget();
    s.written.clear();
    s.newKeys.clear();
    s.open = {};
    s.pending = 0;
    if (const auto* row = s.origins.row(s.oi)) {
        s.headSeq = row->headSeq;
        s.headHash = row->headHash;
    }
    if (auto loaded = s.reloadNames(); !loaded) s.pending = 0;
}

std::size_t Store::pendingOps() const { return m_impl->pending; }
Result<const CaseDetail*> Store::caseOf(CaseKey key) { return m_impl->projector->caseOf(key); }
Result<const CaseDetail*> Store::caseOf(const CaseId& id) { return m_impl->projector->caseOf(id); }
Result<const PersonView*> Store::personOf(const PersonId& id) { return m_impl->projector->personOf(id); }
Result<CaseKey> Store::findCase(const CaseId& id) { return m_impl->projector->findCase(id); }
Result<CaseKey> Store::findExternal(const std::string& source, const std::string& id) {
    return m_impl->projector->findExternal(source, id);
}
Result<std::optional<OutboxRow>> Store::findMessage(const MessageId& id) {
    WL_TRY(auto queries, MessageQueries::make(m_impl->db, m_impl->origins));
    return queries.find(id);
}

Result<ContactRecord> Store::contactRecord(const PersonId& person, const std::string& address, Instant now) {
    WL_TRY(auto queries, MessageQueries::make(m_impl->db, m_impl->origins));
    return queries.contact(person, address, now);
}

Result<std::vector<PersonId>> Store::requestersOfDuplicates(const CaseId& id) {
    WL_TRY(auto query, (sql::Statement<1, 1>::prepare(m_impl->db, "SELECT DISTINCT requester FROM case_text"
                                                                  " WHERE duplicate_of=? AND requester IS NOT NULL")));
    query.bind(sql::Blob{wl::view(id)});
    std::vector<PersonId> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return out;
        out.push_back(idFromBytes<PersonId>(query.bytes(0)));
    }
}

Result<CaseKey> Store::findInteraction(Channel channel, const std::string& id) {
    return m_impl->projector->findInteraction(channel, id);
}
Result<std::vector<CatalogueEntry>> Store::catalogue() { return readCatalogue(m_impl->db); }
std::span<const CaseKey> Store::recovered() const { return m_impl->recovered; }
OriginId Store::origin() const { return m_impl->own.origin; }
RealmId Store::realm() const { return m_impl->realm.realm; }
Result<void> Store::checkpoint() { return m_impl->db.run("PRAGMA wal_checkpoint(PASSIVE)"); }

Result<void> Store::setBulk(bool on) {
    // Fewer, larger checkpoints and index merges while many rows arrive; one merge at the end.
    if (on)
        return m_impl->db.run(
            "PRAGMA wal_autocheckpoint=8000; INSERT INTO case_fts(case_fts, rank) VALUES('automerge', 8)");
    return m_impl->db.run("PRAGMA wal_autocheckpoint=4000; INSERT INTO case_fts(case_fts, rank) VALUES('automerge', 4);"
                          "PRAGMA optimize; PRAGMA wal_checkpoint(PASSIVE)");
}

Result<std::vector<Store::Head>> Store::vector() {
    std::vector<Head> out;
    for (const auto& [oi, row] : m_impl->origins.rows())
        if (row.headSeq > 0) out.push_back({row.id, row.headSeq, toHex(wl::view(row.headHash))});
    std::ranges::sort(out, {}, &Head::origin);
    return out;
}

namespace {

Result<StoreStats> readStats(sql::Database& db) {
    WL_TRY(
        auto query,
        (sql::Statement<0, 9>::prepare(
            db,
            "SELECT (SELECT count(*) FROM cases WHERE status<>255), (SELECT count(*) FROM cases WHERE status<7),"
            "(SELECT count(*) FROM person), (SELECT coalesce(sum(n),0) FROM segment), (SELECT count(*) FROM segment),"
            "(SELECT count(*) FROM origin WHERE head_seq>0), (SELECT count(*) FROM interaction),"
            "(SELECT count(*) FROM item WHERE document<>''), (SELECT page_count*page_size FROM pragma_page_count, "
            "pragma_page_size)")));
    WL_CHECK(query.step());
    return StoreStats{query.integer(0), query.integer(1), query.integer(2), query.integer(3), query.integer(4),
                      query.integer(5), query.integer(6), query.integer(7), query.integer(8)};
}

}  // namespace

Result<StoreStats> Store::stats() { return readStats(m_impl->db); }

Result<StoreStats> statsOf(const std::filesystem::path& database) {
    WL_TRY(auto db, sql::Database::open(database, sql::Access::ReadOnly));
    return readStats(db);
}

}  // namespace wl::store
