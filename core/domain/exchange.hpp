// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What replicas hand each other, as the store takes and gives it: heads, segments with their keys, and what became of
// them. How it travels is `sync`'s affair.

#include <optional>
#include <vector>

#include "domain/fork_proof.hpp"
#include "domain/segment.hpp"

namespace wl {

/// How far a replica has an origin's log.
struct LogHead {
    OriginId origin;
    std::uint64_t seq{};
    Hash hash{};
    bool operator==(const LogHead&) const = default;
};

/// A segment with the data keys that were made for its ops.
struct Bundle {
    Segment segment;
    std::vector<WrappedKey> keys;
};

/// What became of bundles that were offered, in order.
struct Accepted {
    std::size_t taken{};     ///< bundles now in the log, whole or without a prefix that was there
    std::uint64_t ops{};     ///< ops newly in the log
    std::uint64_t parked{};  ///< of these, dated too far ahead to be folded yet
    std::uint64_t voided{};  ///< of these, kept without effect
    enum class Stop : std::uint8_t {
        None,           ///< all were taken
        Gap,            ///< the bundle does not follow the head we have: ask again from there
        UnknownOrigin,  ///< not in the realm log we have
        UnknownEpoch,   ///< an op cites a newer epoch than we have
        Forked,  ///< another op of its numbers is in our log: `fork` proves it, or is empty if the two logs part
                 ///< before this bundle (its `prevHash` is not ours): ask for earlier ones
        Revoked,  ///< wholly after its author's cutoff: not taken
        Bad,  ///< `why`: the sender broke the protocol (chain, signature, length)
    } stop{};
    OriginId at;  ///< origin of the bundle that stopped it
    std::optional<Error> why;
    std::optional<ForkProof> fork;
};

/// A console that goes on under a new origin, with the certificate it had: the new key, and the name it gave up.
struct Succession {
    PublicKey key{};
    OriginId was;
    bool operator==(const Succession&) const = default;
};

/// A copy of a whole replica at some moment, made for a newcomer and sent in chunks of kSnapshotChunk bytes (the last
/// is shorter). Whoever has the same `chunks` has the same copy, so a transfer goes on with another peer.
struct SnapshotOffer {
    std::vector<Hash> chunks;  ///< BLAKE2b-256 of each
    std::uint64_t bytes{};
    std::uint64_t ops{};  ///< in its log
    std::vector<LogHead> heads;  ///< of its log
    [[nodiscard]] Hash id() const;  ///< H("snapshot" ‖ chunk hashes)
    bool operator==(const SnapshotOffer&) const = default;
};
inline constexpr std::size_t kSnapshotChunk = 512 * 1024;
inline constexpr std::size_t kSnapshotChunkLimit = 16 * 1024;  ///< chunks: 8 GiB

}  // namespace wl
