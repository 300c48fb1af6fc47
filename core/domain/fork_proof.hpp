// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Proof that somebody works under a copied key: up to the op before `seq` the two logs are one, from there on each goes
// its own way, and both are signed. Any two segments that hold op `seq` of the two branches give such a proof, wherever
// they were cut. Of several proofs of one origin the one with the smallest `seq` says where the common log ends.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/segment.hpp"

namespace wl {

/// One branch from the first op that differs to an op whose head was signed.
struct ForkBranch {
    std::vector<Hash> leaves;  ///< H("op" ‖ op) of ops seq, seq+1, … up to the signed one; 1 … kSegmentOpLimit
    Hlc hlc;  ///< of the signed op
    Signature signature{};
    bool operator==(const ForkBranch&) const = default;
};

struct ForkProof {
    OriginId origin;
    std::uint64_t seq{};  ///< number of the first op that differs
    Hash before{};  ///< the chain's hash before it, the same for both
    ForkBranch one, other;  ///< ascending by first leaf
    bool operator==(const ForkProof&) const = default;
};

/// Compares two segments of one origin whose chains and signatures were checked, with their ops. Gives the proof if an
/// op they share a number for is the first that differs; nothing if they agree, share no number, or part before the
/// numbers they share (the later `prevHash` differs: look at earlier segments).
[[nodiscard]] std::optional<ForkProof> compareSegments(const Segment& a, std::span<const std::string> opsOfA,
                                                       const Segment& b, std::span<const std::string> opsOfB);
/// Checks both signatures, and that the branches differ at `seq`. Errors: fork.proof
[[nodiscard]] Result<void> checkForkProof(const ForkProof& proof, const PublicKey& key, const RealmId& realm);

/// CBOR array [origin, seq, before, [[leaves…], hlc, signature], [[leaves…], hlc, signature]].
[[nodiscard]] std::string encodeForkProof(const ForkProof& proof);
[[nodiscard]] Result<ForkProof> decodeForkProof(std::string_view bytes);

}  // namespace wl
