// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sync_port.hpp"

namespace wl::engine {

Result<std::unique_ptr<StoreReplica>> StoreReplica::make(store::Store& store, Rules rules, Announce announce) {
    return std::unique_ptr<StoreReplica>(new StoreReplica(store, std::move(rules), std::move(announce)));
}

void StoreReplica::tell(ChangeSet&& changes) {
    if (!changes.empty()) m_announce(std::move(changes));
}

Result<std::vector<RealmEntry>> StoreReplica::realmEntries(std::uint32_t epoch) { return m_store->realmEntries(epoch); }

Result<bool> StoreReplica::acceptRealm(std::uint32_t firstEpoch, std::span<const RealmEntry> entries) {
    WL_TRY(auto changes, m_store->acceptRealm(firstEpoch, entries, *m_rules()));
    if (!changes) return false;
    tell(std::move(*changes));
    return true;
}

Result<std::optional<Hash>> StoreReplica::hashAt(const OriginId& origin, std::uint64_t seq) {
    return m_store->hashAt(origin, seq);
}

Result<std::vector<Bundle>> StoreReplica::read(const OriginId& origin, std::uint64_t after, std::size_t maxBytes) {
    return m_store->read(origin, after, maxBytes);
}

Result<Accepted> StoreReplica::accept(std::span<const Bundle> bundles) {
    WL_TRY(auto taken, m_store->accept(bundles, *m_rules()));
    tell(std::move(taken.changes));
    return std::move(taken.accepted);
}

Result<bool> StoreReplica::acceptForkProof(const ForkProof& proof) {
    WL_TRY(auto changes, m_store->acceptForkProof(proof, *m_rules()));
    if (!changes) return false;
    tell(std::move(*changes));
    return true;
}

void StoreReplica::peerHas(const OriginId& peer, std::span<const sync::Head> heads, Instant now) {
    // What a peer has is told again with its next acknowledgement: an error costs nothing here.
    if (auto done = m_store->peerHas(peer, heads, now); !done) return;
}

Result<void> StoreReplica::installSnapshot(const SnapshotOffer& offer) {
    WL_CHECK(m_store->installSnapshot(offer));
    ChangeSet changes;
    changes.everything = changes.catalogue = true;
    m_announce(std::move(changes));
    // Own ops that the copy lacked came back from the journal: their clocks follow the copy's catalogue.
    if (m_store->recovered().empty()) return {};
    WL_TRY(auto clocks, m_store->rederive(*m_rules(), m_store->recovered()));
    tell(std::move(clocks));
    return {};
}

Result<void> StoreReplica::appendRealm(const RealmBody& body) {
    WL_TRY(auto changes, m_store->appendRealm(body, *m_rules()));
    tell(std::move(changes));
    return {};
}

Result<Instant> StoreReplica::unpark(Instant now) {
    WL_TRY(auto changes, m_store->unpark(now, *m_rules()));
    tell(std::move(changes));
    return m_store->nextUnpark();
}

}  // namespace wl::engine
