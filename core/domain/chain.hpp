// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The hash chain of one origin's log. Only its head is signed, so any cut of the log verifies with one signature:
//   leaf_i = H("op" ‖ op bytes)      h_i = H("ch" ‖ h_{i-1} ‖ leaf_i)      h_0 = H("origin" ‖ origin ‖ realm)
//   signature over "seg" ‖ realm ‖ origin ‖ last seq (8, big-endian) ‖ h_last ‖ hlc_last (8, big-endian)

#include "domain/crypto.hpp"
#include "domain/hlc.hpp"
#include "domain/ids.hpp"

namespace wl {

/// First 16 bytes of H(public key ‖ realm).
[[nodiscard]] OriginId originOf(const PublicKey& key, const RealmId& realm);
[[nodiscard]] Hash chainStart(const OriginId& origin, const RealmId& realm);
[[nodiscard]] Hash chainNext(const Hash& previous, std::string_view opBytes);
[[nodiscard]] Hash chainLeaf(std::string_view opBytes);
[[nodiscard]] Hash chainNextLeaf(const Hash& previous, const Hash& leaf);

struct SignedHead {
    std::uint64_t seq{};
    Hash hash{};
    Hlc hlc;
};
[[nodiscard]] std::string headMessage(const RealmId& realm, const OriginId& origin, const SignedHead& head);

}  // namespace wl
