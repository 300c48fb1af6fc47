// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a session asks of the replica it serves. The engine implements it over the store; the simulator over stores on
// disks that break. One thread calls it; nothing here waits for the network.

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "domain/exchange.hpp"
#include "domain/realm_log.hpp"

namespace wl::sync {

using Head = LogHead;
using wl::Accepted;
using wl::Bundle;
using wl::ForkProof;
using wl::kSnapshotChunk;
using wl::kSnapshotChunkLimit;
using wl::SnapshotOffer;
using wl::Succession;

class Replica {
public:
    virtual ~Replica() = default;

    [[nodiscard]] virtual OriginId self() const = 0;
    [[nodiscard]] virtual const RealmState& realm() const = 0;
    /// Entries from `epoch` (1-based) on.
    [[nodiscard]] virtual Result<std::vector<RealmEntry>> realmEntries(std::uint32_t epoch) = 0;
    /// Takes the entries that are new (those known are compared). True if anything was. Errors as RealmState::apply,
    /// and realm.branch where the log differs from ours at an epoch both have.
    [[nodiscard]] virtual Result<bool> acceptRealm(std::uint32_t firstEpoch, std::span<const RealmEntry> entries) = 0;

    /// Durable heads of all origins that have ops, sorted by origin.
    [[nodiscard]] virtual std::vector<Head> heads() const = 0;
    /// The chain's hash after op `seq` of an origin; nothing if it cannot be told (not a segment's end).
    [[nodiscard]] virtual Result<std::optional<Hash>> hashAt(const OriginId& origin, std::uint64_t seq) = 0;
    /// Bundles that continue the origin's log after `after`, at least one if there is any, about `maxBytes` in all. The
    /// first may begin before `after` (segments are not cut).
    [[nodiscard]] virtual Result<std::vector<Bundle>> read(const OriginId& origin, std::uint64_t after,
                                                           std::size_t maxBytes) = 0;
    /// Verifies and adds bundles in one transaction, which is committed, and announces what changed. An error is our
    /// own (disk): nothing was taken.
    [[nodiscard]] virtual Result<Accepted> accept(std::span<const Bundle> bundles) = 0;
    /// Makes everything accepted so far durable; acks may be sent after it.
    [[nodiscard]] virtual Result<void> makeDurable() = 0;

    [[nodiscard]] virtual std::vector<ForkProof> forkProofs() const = 0;
    /// True if it changes where an origin's common log ends. Errors: fork.proof if it proves nothing.
    [[nodiscard]] virtual Result<bool> acceptForkProof(const ForkProof& proof) = 0;

    /// What to tell the realm's writer while this console waits to be let in under a new name.
    [[nodiscard]] virtual std::optional<Succession> goesOnAs() const { return std::nullopt; }

    /// What a peer has durably; kept for "on n machines" and for cutting own.log.
    virtual void peerHas(const OriginId& peer, std::span<const Head> heads, Instant now) = 0;

    // Snapshots: a newcomer takes the whole replica instead of every op. A replica that makes and takes none keeps
    // these.
    /// A copy to give away, made now or not long ago; nothing if there is none to give.
    [[nodiscard]] virtual Result<std::optional<SnapshotOffer>> snapshot() { return std::nullopt; }
    /// Whether `snapshot` will give one soon.
    [[nodiscard]] virtual bool makingSnapshot() const { return false; }
    /// A chunk of a copy given by `snapshot`; nothing if that copy is gone (a new one may be offered).
    [[nodiscard]] virtual Result<std::optional<std::string>> snapshotChunk(const Hash& /*id*/,
                                                                           std::uint32_t /*index*/) {
        return std::nullopt;
    }
    /// The chunks still to be fetched of a copy that is offered, ascending (an earlier try may have left some; none if
    /// all are there); nothing if it is not wanted.
    [[nodiscard]] virtual Result<std::optional<std::vector<std::uint32_t>>> wantSnapshot(
        const SnapshotOffer& /*offer*/) {
        return std::nullopt;
    }
    /// Keeps a chunk whose hash the session has checked.
    [[nodiscard]] virtual Result<void> takeSnapshotChunk(const SnapshotOffer& /*offer*/, std::uint32_t /*index*/,
                                                         std::string_view /*bytes*/) {
        return {};
    }
    /// All chunks are there: checks the copy and works on from it, own ops that it lacks included. An Error of kind
    /// Corrupt: the copy is not what was offered.
    [[nodiscard]] virtual Result<void> installSnapshot(const SnapshotOffer& /*offer*/) { return {}; }
};

}  // namespace wl::sync
