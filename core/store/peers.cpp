// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of the other consoles of the realm, for the engine and for programs that only read.
#include "store/peers.hpp"

#include <algorithm>

#include "store/secrets.hpp"
#include "store/sqlite.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

Result<std::vector<PeerRecord>> readPeers(sql::Database& db) {
    std::vector<PeerRecord> out;
    WL_TRY(auto seen, (sql::Statement<0, 2>::prepare(db, "SELECT origin_id, last_seen FROM peer ORDER BY origin_id")));
    while (true) {
        WL_TRY(const bool row, seen.step());
        if (!row) break;
        out.push_back({idFromBytes<OriginId>(seen.bytes(0)), {seen.integer(1)}, {}});
    }
    WL_TRY(auto heads, (sql::Statement<0, 3>::prepare(db, "SELECT peer, origin, seq FROM peer_head")));
    while (true) {
        WL_TRY(const bool row, heads.step());
        if (!row) break;
        const auto peer = idFromBytes<OriginId>(heads.bytes(0));
        const auto known = std::ranges::find(out, peer, &PeerRecord::origin);
        if (known != out.end())
            known->heads.push_back(
                {idFromBytes<OriginId>(heads.bytes(1)), static_cast<std::uint64_t>(heads.integer(2)), {}});
    }
    return out;
}

}  // namespace

std::vector<PeerRecord> Store::peers() {
    // What cannot be read is told again by the peers themselves.
    return readPeers(m_impl->db).value_or(std::vector<PeerRecord>());
}

namespace {

Result<std::optional<Error>> readStopped(sql::Database& db, const RealmState& realm, const OriginId& own) {
    const auto because = [&](const char* code) {
        return std::optional(Error{ErrorKind::Refused, code, toHex(own), {}});
    };
    WL_TRY(auto behind, (sql::Statement<0, 1>::prepare(db, "SELECT v FROM meta WHERE k='behind'")));
    WL_TRY(const bool marked, behind.step());
    if (marked && idFromBytes<OriginId>(behind.bytes(0)) == own) return because("origin.behind");
    const auto* self = realm.find(own);
    WL_TRY(auto fork, (sql::Statement<1, 1>::prepare(db, "SELECT 1 FROM fork_proof WHERE origin_id=?")));
    fork.bind(sql::Blob{wl::view(own)});
    WL_TRY(const bool forked, fork.step());
    if (forked && !(self && self->branch)) return because("origin.forked");
    if (self && self->cutoff) return because(*self->cutoff == kReplacedCutoff ? "origin.replaced" : "origin.revoked");
    return std::nullopt;
}

}  // namespace

Result<RealmView> realmViewOf(const std::filesystem::path& dir) {
    WL_TRY(const auto realm, readRealmSecrets(dir));
    WL_TRY(const auto own, readOriginSecrets(dir));
    WL_CHECK(prepareToRead(dir));
    WL_TRY(auto db, sql::Database::open(databasePath(dir), sql::Access::ReadOnly));
    RealmView out{RealmState(realm.realm), own.origin, {}, {}, {}, own.was};
    for (const auto& entry : readRealmTable(db, realm.realm)) WL_CHECK(out.state.apply(entry));
    WL_TRY(out.stopped, readStopped(db, out.state, own.origin));
    WL_TRY(out.peers, readPeers(db));
    WL_TRY(auto heads, (sql::Statement<0, 2>::prepare(db, "SELECT origin_id, head_seq FROM origin WHERE head_seq>0")));
    while (true) {
        WL_TRY(const bool row, heads.step());
        if (!row) return out;
        out.heads.push_back({idFromBytes<OriginId>(heads.bytes(0)), static_cast<std::uint64_t>(heads.integer(1)), {}});
    }
}

}  // namespace wl::store
