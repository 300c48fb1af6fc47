// SPDX-License-Identifier: GPL-3.0-or-later
// The realm log in the replica: one row an entry, and a copy of the whole in `realm.log` beside the database, so that a
// database that was lost does not make the installation forget which city it belongs to.
#include <unistd.h>

#include <algorithm>

#include "domain/cbor.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kRealmFileLimit = 64 * 1024 * 1024;

std::filesystem::path realmPath(const std::filesystem::path& dir) { return dir / "realm.log"; }

std::string encodeEntries(std::span<const RealmEntry> entries) {
    std::string out;
    cbor::Writer w(out);
    w.array(entries.size());
    for (const auto& entry : entries) w.array(2), w.bytes(entry.bytes), w.bytes(view(entry.signature));
    return out;
}

Result<std::vector<RealmEntry>> decodeEntries(std::string_view bytes) {
    cbor::Reader in(bytes);
    WL_TRY(const auto count, in.array());
    std::vector<RealmEntry> out;
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto parts, in.array());
        if (parts != 2) return fail(ErrorKind::Corrupt, "realm.form");
        WL_TRY(const auto entry, in.bytes());
        WL_TRY(const auto signature, in.bytes());
        if (signature.size() != 64) return fail(ErrorKind::Corrupt, "realm.form");
        out.push_back({std::string(entry), arrayFromBytes<Signature>(signature)});
    }
    return out;
}

// As many entries as hold together.
std::vector<RealmEntry> soundPart(const RealmId& realm, std::vector<RealmEntry> entries) {
    RealmState state(realm);
    std::size_t good = 0;
    while (good < entries.size() && state.apply(entries[good])) ++good;
    entries.resize(good);
    return entries;
}

std::string hostName() {
    char name[256]{};
    if (::gethostname(name, sizeof name - 1) != 0 || !cbor::isUtf8(name)) return {};
    return name;
}

// The city's name, if the catalogue says it already.
std::string cityName(sql::Database& db) {
    auto query =
        sql::Statement<0, 1>::prepare(db, "SELECT json_extract(document,'$.name') FROM item WHERE "
                                          "kind='jurisdiction' AND json_valid(document) ORDER BY code LIMIT 1");
    if (!query) return {};
    const auto row = query->step();
    auto name = row && *row ? query->text(0) : std::string();
    return cbor::isUtf8(name) ? name : std::string();
}

}  // namespace

Result<void> saveRealmLog(const std::filesystem::path& dir, std::span<const RealmEntry> entries) {
    return writeFileAtomically(realmPath(dir), encodeEntries(entries));
}

std::vector<RealmEntry> readRealmFile(const std::filesystem::path& dir, const RealmId& realm) {
    const auto bytes = readWholeFile(realmPath(dir), kRealmFileLimit);
    if (!bytes) return {};
    auto entries = decodeEntries(*bytes);
    return entries ? soundPart(realm, std::move(*entries)) : std::vector<RealmEntry>();
}

std::vector<RealmEntry> readRealmTable(sql::Database& db, const RealmId& realm) {
    std::vector<RealmEntry> entries;
    auto query = sql::Statement<0, 2>::prepare(db, "SELECT bytes, sig FROM realm_log ORDER BY epoch");
    if (!query) return {};
    for (auto row = query->step(); row && *row; row = query->step())
        entries.push_back({query->text(0), arrayFromBytes<Signature>(query->bytes(1))});
    return soundPart(realm, std::move(entries));
}

Result<void> Store::Impl::loadRealm() {
    auto stored = readRealmTable(db, realm.realm);
    realmLog = RealmState(realm.realm);
    entries.clear();
    for (const auto& entry : stored) WL_CHECK(realmLog.apply(entry));
    entries = std::move(stored);
    // An older database was put back, or this one is made anew: the rest is in the file.
    const auto filed = readRealmFile(dir, realm.realm);
    if (filed.size() > entries.size() && std::ranges::equal(entries, std::span(filed).first(entries.size())))
        WL_CHECK(addEntries(std::span(filed).subspan(entries.size())));
    WL_TRY(auto query, (sql::Statement<0, 1>::prepare(db, "SELECT proof FROM fork_proof")));
    forks.clear();
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return {};
        if (auto proof = decodeForkProof(query.bytes(0))) forks[proof->origin] = std::move(*proof);
    }
}

Result<void> Store::Impl::addEntries(std::span<const RealmEntry> added) {
    WL_TRY(auto insert,
           (sql::Statement<3>::prepare(db, "INSERT OR REPLACE INTO realm_log(epoch, bytes, sig) VALUES(?,?,?)")));
    auto after = realmLog;
    for (const auto& entry : added) {
        WL_CHECK(after.apply(entry));
        WL_CHECK(insert.exec(after.epoch(), sql::Blob{entry.bytes}, sql::Blob{wl::view(entry.signature)}));
    }
    WL_TRY(auto settle, (sql::Statement<1>::prepare(db, "UPDATE origin SET state=0 WHERE origin_id=?")));
    for (const auto& [id, console] : after.consoles()) {
        const auto index = origins.indexOf(id);
        if (index == 0) WL_CHECK(origins.add(db, id, console.card.key, realm.realm, false));
        else if (auto* row = origins.row(index); row->local) {
            WL_CHECK(settle.exec(sql::Blob{wl::view(id)}));
            row->local = false;
        }
    }
    realmLog = std::move(after);
    entries.insert(entries.end(), added.begin(), added.end());
    return {};
}

std::uint64_t Store::Impl::forkedAt(const OriginId& origin) const {
    const auto at = forks.find(origin);
    if (at == forks.end()) return 0;
    const auto* console = realmLog.find(origin);
    const bool settled = console && console->branch && at->second.seq <= console->branch->first;
    return settled && onBranch.contains(origin) ? 0 : at->second.seq;
}

std::uint64_t Store::Impl::limitOf(const OriginId& origin) const {
    auto limit = std::numeric_limits<std::uint64_t>::max();
    if (const auto* console = realmLog.find(origin); console && console->cutoff) {
        limit = *console->cutoff;
        if (!console->reinstated.empty()) limit = std::max(limit, console->reinstated.back());
    }
    if (const auto forked = forkedAt(origin); forked > 0) limit = std::min(limit, forked - 1);
    return limit;
}

Result<void> Store::Impl::appendOwn(std::span<const RealmBody> bodies) {
    std::vector<RealmEntry> made;
    auto state = realmLog;
    for (const auto& body : bodies) {
        hlc->observe(Hlc::of(state.timeOf(state.epoch()), 0xffff));
        made.push_back(makeRealmEntry(state, body, own.keys, own.origin, hlc->tick()));
        WL_CHECK(state.apply(made.back()));
    }
    WL_CHECK(setDurable(true));
    WL_CHECK(db.run("BEGIN IMMEDIATE"));
    auto done = addEntries(made);
    if (done) done = db.run("COMMIT");
    if (!done) {
        WL_CHECK(db.run("ROLLBACK"));
        WL_CHECK(reloadNames());
        WL_CHECK(loadRealm());
        return done;
    }
    return saveRealmLog(dir, entries);
}

Result<void> Store::Impl::foundRealm() {
    if (realmLog.epoch() > 0) return {};
    std::vector<RealmBody> bodies{RealmFounded{
        {own.origin, own.keys.publicKey, own.tls.publicKey, hostName(), {}, ConsoleRole::Administrator}, cityName(db)}};
    // What this machine wrote under earlier names (its disk was copied) goes on counting.
    for (const auto& [index, row] : origins.rows())
        if (row.id != own.origin && row.headSeq > 0)
            bodies.push_back(ConsoleEnrolled{{row.id, row.key, {}, hostName(), {}, ConsoleRole::Administrator}});
    return appendOwn(bodies);
}

Result<void> Store::Impl::nameSuccessor(const OriginSecrets& next) {
    const auto& card = realmLog.find(own.origin)->card;
    const RealmBody bodies[] = {
        ConsoleEnrolled{{next.origin, next.keys.publicKey, next.tls.publicKey, card.name, card.department, card.role}},
        ConsoleRevoked{own.origin, kReplacedCutoff, "goes on as " + toHex(next.origin)}, WriterNamed{next.origin}};
    return appendOwn(bodies);
}

Result<void> Store::Impl::finishSuccession() {
    if (!diskOf(dir).exists(dir / "origin.next")) return {};
    const auto next = readOriginSecrets(dir, "origin.next");
    // Not whole, or never named: the console goes on under its old name.
    if (!next || next->was != own.origin || !realmLog.find(next->origin)) return {};
    own = *next;
    return writeOriginSecrets(dir, own);
}

std::optional<Succession> Store::goesOnAs() const {
    const auto& s = *m_impl;
    if (s.own.was.isNull() || s.realmLog.find(s.own.origin)) return std::nullopt;
    return Succession{s.own.keys.publicKey, s.own.was};
}

const RealmState& Store::realmState() const { return m_impl->realmLog; }
const RealmSecrets& Store::realmSecrets() const { return m_impl->realm; }
const OriginSecrets& Store::ownSecrets() const { return m_impl->own; }
Result<void> Store::foundRealm() { return m_impl->foundRealm(); }

std::vector<RealmEntry> Store::realmEntries(std::uint32_t epoch) const {
    const auto& all = m_impl->entries;
    const auto skip = std::min<std::size_t>(all.size(), epoch > 0 ? epoch - 1 : 0);
    return {all.begin() + static_cast<std::ptrdiff_t>(skip), all.end()};
}

Result<std::optional<ChangeSet>> Store::acceptRealm(std::uint32_t firstEpoch, std::span<const RealmEntry> given,
                                                    const CaseDeriver& deriver) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    if (firstEpoch == 0 || firstEpoch > s.entries.size() + 1) return fail(ErrorKind::Corrupt, "realm.chain");
    const auto known = std::min(given.size(), s.entries.size() - (firstEpoch - 1));
    for (std::size_t i = 0; i < known; ++i)
        if (given[i].bytes != s.entries[firstEpoch - 1 + i].bytes)
            return fail(ErrorKind::Corrupt, "realm.branch", {}, std::to_string(firstEpoch + i));
    if (known == given.size()) return std::nullopt;
    const auto added = given.subspan(known);
    // What is wrong with them is found before anything is written.
    auto trial = s.realmLog;
    for (const auto& entry : added) WL_CHECK(trial.apply(entry));

    WL_CHECK(s.setDurable(true));
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    bool lost = false;
    const auto doAll = [&]() -> Result<ChangeSet> {
        const auto before = s.realmLog;
        WL_CHECK(s.addEntries(added));
        for (const auto& [origin, console] : s.realmLog.consoles()) {
            WL_TRY(const bool left, s.followBranch(origin));
            lost = lost || (left && origin == s.own.origin);
        }
        WL_CHECK(s.reconsider(before));
        WL_TRY(auto changes, s.projector->flush(deriver));
        WL_CHECK(s.db.run("COMMIT"));
        return changes;
    };
    auto changes = doAll();
    if (!changes) {
        WL_CHECK(s.undoRemote());
        return std::unexpected(changes.error());
    }
    s.durable.reset();
    WL_CHECK(saveRealmLog(s.dir, s.entries));
    // The other machine goes on under this name.
    if (lost) WL_CHECK(s.startOrigin(false));
    return std::optional(std::move(*changes));
}

Result<ChangeSet> Store::appendRealm(const RealmBody& body, const CaseDeriver& deriver) {
    auto& s = *m_impl;
    WL_CHECK(s.foundRealm());
    if (s.realmLog.writer() != s.own.origin)
        return fail(ErrorKind::Refused, "realm.not_writer", toHex(s.realmLog.writer()));
    s.hlc->observe(Hlc::of(s.realmLog.timeOf(s.realmLog.epoch()), 0xffff));
    const auto entry = makeRealmEntry(s.realmLog, body, s.own.keys, s.own.origin, s.hlc->tick());
    WL_TRY(auto changes, acceptRealm(s.realmLog.epoch() + 1, {&entry, 1}, deriver));
    return changes ? std::move(*changes) : ChangeSet{};
}

}  // namespace wl::store
