// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The replica as a session sees it: the store with the rules that its rows need. Lives on the engine thread.

#include <functional>
#include <memory>

#include "store/store.hpp"
#include "sync/replica.hpp"

namespace wl::engine {

class StoreReplica final : public sync::Replica {
public:
    /// The rules of now; asked for before each fold.
    using Rules = std::function<std::unique_ptr<CaseDeriver>()>;
    /// Told what each fold changed, never with nothing.
    using Announce = std::function<void(ChangeSet&&)>;
    /// Founds the realm if there is none yet. The store must outlive this.
    static Result<std::unique_ptr<StoreReplica>> make(store::Store& store, Rules rules, Announce announce);

    [[nodiscard]] OriginId self() const override { return m_store->origin(); }
    [[nodiscard]] const RealmState& realm() const override { return m_store->realmState(); }
    [[nodiscard]] Result<std::vector<RealmEntry>> realmEntries(std::uint32_t epoch) override;
    [[nodiscard]] Result<bool> acceptRealm(std::uint32_t firstEpoch, std::span<const RealmEntry> entries) override;
    [[nodiscard]] std::vector<sync::Head> heads() const override { return m_store->heads(); }
    [[nodiscard]] Result<std::optional<Hash>> hashAt(const OriginId& origin, std::uint64_t seq) override;
    [[nodiscard]] Result<std::vector<Bundle>> read(const OriginId& origin, std::uint64_t after,
                                                   std::size_t maxBytes) override;
    [[nodiscard]] Result<Accepted> accept(std::span<const Bundle> bundles) override;
    [[nodiscard]] Result<void> makeDurable() override { return m_store->makeDurable(); }
    [[nodiscard]] std::vector<ForkProof> forkProofs() const override { return m_store->forkProofs(); }
    [[nodiscard]] Result<bool> acceptForkProof(const ForkProof& proof) override;
    void peerHas(const OriginId& peer, std::span<const sync::Head> heads, Instant now) override;

    [[nodiscard]] Result<std::optional<SnapshotOffer>> snapshot() override { return m_store->makeSnapshot(); }
    [[nodiscard]] bool makingSnapshot() const override { return m_store->makingSnapshot(); }
    [[nodiscard]] std::optional<Succession> goesOnAs() const override { return m_store->goesOnAs(); }
    [[nodiscard]] Result<std::optional<std::string>> snapshotChunk(const Hash& id, std::uint32_t index) override {
        return m_store->snapshotChunk(id, index);
    }
    [[nodiscard]] Result<std::optional<std::vector<std::uint32_t>>> wantSnapshot(const SnapshotOffer& offer) override {
        return m_store->wantSnapshot(offer);
    }
    [[nodiscard]] Result<void> takeSnapshotChunk(const SnapshotOffer& offer, std::uint32_t index,
                                                 std::string_view bytes) override {
        return m_store->takeSnapshotChunk(offer, index, bytes);
    }
    [[nodiscard]] Result<void> installSnapshot(const SnapshotOffer& offer) override;

    /// Writes the next entry of the realm log (store::Store::appendRealm) and announces what it changed.
    [[nodiscard]] Result<void> appendRealm(const RealmBody& body);
    /// Folds what has waited long enough; gives the instant to call again, none if nothing waits.
    [[nodiscard]] Result<Instant> unpark(Instant now);

private:
    StoreReplica(store::Store& store, Rules rules, Announce announce)
        : m_store(&store), m_rules(std::move(rules)), m_announce(std::move(announce)) {}
    void tell(ChangeSet&& changes);

    store::Store* m_store;
    Rules m_rules;
    Announce m_announce;
};

}  // namespace wl::engine
