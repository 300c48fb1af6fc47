// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Replicas that hand each other bundles, in any order, any batches, twice or in other cuts.

#include "replica.hpp"

namespace wl::store::test {

inline Store::Taken give(Replica& to, std::span<const Bundle> bundles) {
    auto taken = to.store->accept(bundles, to.deriver);
    if (!taken) qFatal("accept: %s %s", taken.error().code.c_str(), taken.error().detail.c_str());
    return std::move(*taken);
}

/// All bundles of an origin after a number.
inline std::vector<Bundle> bundlesOf(Replica& from, const OriginId& origin, std::uint64_t after = 0) {
    return from.store->read(origin, after, std::size_t{1} << 30).value();
}

inline std::uint64_t headOf(Replica& replica, const OriginId& origin) {
    for (const auto& head : replica.store->heads())
        if (head.origin == origin) return head.seq;
    return 0;
}

/// Brings the realm log of both to the longer one.
inline void meetRealm(Replica& a, Replica& b) {
    const auto pass = [](Replica& from, Replica& to) {
        const auto done = to.store->acceptRealm(1, from.store->realmEntries(1), to.deriver);
        if (!done) qFatal("realm: %s", done.error().code.c_str());
    };
    const bool more = a.store->realmState().epoch() > b.store->realmState().epoch();
    if (more) pass(a, b);
    else pass(b, a);
}

/// One way, everything that `to` lacks.
inline void catchUp(Replica& to, Replica& from) {
    if (!to.store->makeDurable() || !from.store->makeDurable()) qFatal("sync");
    for (const auto& head : from.store->heads())
        if (headOf(to, head.origin) < head.seq) give(to, bundlesOf(from, head.origin, headOf(to, head.origin)));
    if (!to.store->makeDurable()) qFatal("sync");
}

/// Both ways: realm, proofs, ops.
inline void meet(Replica& a, Replica& b) {
    meetRealm(a, b);
    for (const auto& proof : a.store->forkProofs())
        if (!b.store->acceptForkProof(proof, b.deriver)) qFatal("proof");
    for (const auto& proof : b.store->forkProofs())
        if (!a.store->acceptForkProof(proof, a.deriver)) qFatal("proof");
    catchUp(a, b);
    catchUp(b, a);
    a.learn(b);
    b.learn(a);
}

/// A part of what `to` lacks or has already: some origin, cut somewhere, perhaps more than once.
inline void someTraffic(Recipe& r, Replica& to, Replica& from) {
    const auto heads = from.store->heads();
    if (heads.empty()) return;
    const auto& head = heads[r.below(heads.size())];
    const auto mine = headOf(to, head.origin);
    const auto after = r.chance(70) ? mine : r.below(mine + 1);
    auto bundles = bundlesOf(from, head.origin, after);
    if (bundles.empty()) return;
    bundles.resize(1 + r.below(bundles.size()));
    give(to, bundles);
    if (r.chance(20)) give(to, bundles);
    if (r.chance(50) && !to.store->makeDurable()) qFatal("sync");
}

inline std::string complaintsOf(const VerifyReport& report) {
    if (report.good()) return {};
    std::string out = "integrity " + report.integrity;
    for (const auto& c : report.complaints) out += "; " + c;
    return out;
}

/// Which ops the replica keeps without effect, as text.
inline std::string verdictsOf(Replica& replica) {
    auto db = wl::store::sql::Database::open(replica.database(), wl::store::sql::Access::ReadOnly).value();
    auto query = wl::store::sql::Statement<0, 3>::prepare(
                     db, "SELECT hex(origin_id), seq, why FROM void_op JOIN origin USING(oi) ORDER BY 1, 2")
                     .value();
    std::string out;
    while (query.step().value()) out += query.text(0).substr(0, 8) + ':' + query.text(1) + '=' + query.text(2) + ' ';
    return out;
}

}  // namespace wl::store::test
