// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The log as it is stored and sent: segments of consecutive ops of one origin, hash-chained and signed at the head, and
// the wrapped data keys that their sealed texts need.

#include <span>
#include <vector>

#include "domain/chain.hpp"

namespace wl {

/// A segment as it is stored and sent: the ops' bytes back to back as CBOR items, compressed.
struct Segment {
    OriginId origin;
    std::uint64_t firstSeq{};
    std::uint32_t count{};
    Hlc hlcMin, hlcMax;
    Hash prevHash{}, headHash{};
    Signature signature{};
    std::uint32_t dict{};  ///< what the body is packed with: 0 none, 1 the desk's words (short ones)
    std::uint32_t rawLength{};
    std::string body;
};

inline constexpr std::size_t kSegmentRawLimit = 768 * 1024;
inline constexpr std::uint32_t kSegmentOpLimit = 4096;

/// Gives each op's bytes, unchecked. Errors: log.count, log.length, zstd.*
Result<std::vector<std::string>> unpackSegment(const Segment& segment);
/// Checks chain and signature of a segment with these ops. Errors: log.chain, log.signature
Result<void> checkSegment(const Segment& segment, std::span<const std::string> ops, const PublicKey& key,
                          const RealmId& realm);
/// Both.
Result<std::vector<std::string>> openSegment(const Segment& segment, const PublicKey& key, const RealmId& realm);
/// Puts ops back to back into a segment: its body, length and dictionary.
void packBody(Segment& segment, std::string_view raw);

/// A data key outside the log: whoever holds the realm's key can open it.
struct WrappedKey {
    std::string id;  ///< entity id ‖ generation (4, big-endian)
    std::string wrapped;  ///< the key sealed under the realm's key (version 1: behind its nonce)
    std::uint32_t epoch{};
};

/// Unpacks a segment's body; refuses a length that no segment has (log.length).
Result<std::string> unpackBody(std::string_view body, std::int64_t rawLength);

/// Splits an unpacked body into its ops.
Result<std::vector<std::string>> splitOps(std::string_view raw, std::uint32_t count);

/// The canonical form of a segment in own.log and in frames: a CBOR array of eleven parts (ARCHITECTURE "The log").
[[nodiscard]] std::string encodeSegment(const Segment& segment);
[[nodiscard]] Result<Segment> decodeSegment(std::string_view bytes);
/// A CBOR array of [id, wrapped, epoch].
[[nodiscard]] std::string encodeKeys(std::span<const WrappedKey> keys);
[[nodiscard]] Result<std::vector<WrappedKey>> decodeKeys(std::string_view bytes);

}  // namespace wl
