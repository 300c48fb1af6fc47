// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A replica that makes one mistake, to show that the checks find it.

#include "sim/world.hpp"

namespace wl::sim {

class BuggyReplica final : public sync::Replica {
public:
    BuggyReplica(sync::Replica& honest, Bug bug) : m_honest(honest), m_bug(bug) {}

    [[nodiscard]] OriginId self() const override { return m_honest.self(); }
    [[nodiscard]] const RealmState& realm() const override { return m_honest.realm(); }
    [[nodiscard]] Result<std::vector<RealmEntry>> realmEntries(std::uint32_t epoch) override {
        return m_honest.realmEntries(epoch);
    }
    [[nodiscard]] Result<bool> acceptRealm(std::uint32_t first, std::span<const RealmEntry> entries) override {
        return m_honest.acceptRealm(first, entries);
    }
    [[nodiscard]] std::vector<sync::Head> heads() const override {
        auto out = m_honest.heads();
        // Acknowledges what is not there yet.
        if (m_bug == Bug::EarlyAcks)
            for (auto& head : out)
                if (head.origin != self()) ++head.seq;
        return out;
    }
    [[nodiscard]] Result<std::optional<Hash>> hashAt(const OriginId& o, std::uint64_t seq) override {
        return m_honest.hashAt(o, seq);
    }
    [[nodiscard]] Result<std::vector<Bundle>> read(const OriginId& o, std::uint64_t after, std::size_t most) override {
        return m_honest.read(o, after, most);
    }
    [[nodiscard]] Result<Accepted> accept(std::span<const Bundle> bundles) override {
        if (m_bug == Bug::OpsSwallowed && !bundles.empty()) {
            Accepted done;  // says it took them
            done.taken = bundles.size();
            return done;
        }
        return m_honest.accept(bundles);
    }
    [[nodiscard]] Result<void> makeDurable() override { return m_honest.makeDurable(); }
    [[nodiscard]] std::vector<ForkProof> forkProofs() const override {
        return m_bug == Bug::ForksIgnored ? std::vector<ForkProof>{} : m_honest.forkProofs();
    }
    [[nodiscard]] Result<bool> acceptForkProof(const ForkProof& proof) override {
        if (m_bug == Bug::ForksIgnored) return false;
        return m_honest.acceptForkProof(proof);
    }
    void peerHas(const OriginId& peer, std::span<const sync::Head> heads, Instant now) override {
        m_honest.peerHas(peer, heads, now);
    }

private:
    sync::Replica& m_honest;
    Bug m_bug;
};

}  // namespace wl::sim
