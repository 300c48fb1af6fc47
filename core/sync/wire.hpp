// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The bodies of messages: canonical CBOR, one function to write and one to read each. ARCHITECTURE "The protocol" has
// the layout. Readers refuse (wire.form) what has another form, more parts than a limit, or bytes behind the end.

#include "domain/realm_log.hpp"
#include "sync/session.hpp"

namespace wl::sync {

inline constexpr std::uint32_t kProtocolMin = 2, kProtocolMax = 2;
inline constexpr std::size_t kOriginLimit = 16'384;    ///< in a vector
inline constexpr std::size_t kTextLimit = 512;         ///< bytes of a reason

struct HelloMessage {
    std::uint32_t protocolMin{kProtocolMin}, protocolMax{kProtocolMax};
    RealmId realm;
    OriginId origin;
    std::uint32_t epoch{};
    Hash realmHead{};
    std::uint32_t opSchema{};
    Instant wall;
    std::uint32_t window{};
    std::optional<Succession> goesOn;
};
/// Entries from epoch `first` on; none at all asks for those from `first` on.
struct RealmMessage {
    std::uint32_t first{};
    std::vector<RealmEntry> entries;
};
struct VectorEntry {
    OriginId origin;
    std::uint64_t seq{};
    std::uint64_t hash{};  ///< first 8 bytes of the head's hash, big-endian
};
struct VectorMessage {
    std::uint64_t applied{};  ///< DATA messages of this connection that the sender has applied
    bool answer{};            ///< send yours
    std::vector<VectorEntry> entries;
};
struct OriginSeq {
    OriginId origin;
    std::uint64_t seq{};
};
struct PongMessage {
    Instant sent, received, answered;  ///< by the asker's, the answerer's, the answerer's clock
};
/// `index` nothing: the copy is not wanted, send ops.
struct SnapshotRequest {
    Hash id{};
    std::optional<std::uint32_t> index;
};
/// `bytes` nothing: that copy is gone.
struct SnapshotChunk {
    Hash id{};
    std::uint32_t index{};
    std::optional<std::string> bytes;
};
struct ByeMessage {
    std::uint8_t reason{};
    std::string text;
};

[[nodiscard]] std::string encodeHello(const HelloMessage& m);
[[nodiscard]] Result<HelloMessage> decodeHello(std::string_view body);
[[nodiscard]] std::string encodeRealm(std::uint32_t first, std::span<const RealmEntry> entries);
[[nodiscard]] Result<RealmMessage> decodeRealm(std::string_view body);
[[nodiscard]] std::string encodeForks(std::span<const ForkProof> proofs);
[[nodiscard]] Result<std::vector<ForkProof>> decodeForks(std::string_view body);
[[nodiscard]] std::string encodeVector(const VectorMessage& m);
[[nodiscard]] Result<VectorMessage> decodeVector(std::string_view body);
[[nodiscard]] std::string encodeData(std::span<const Bundle> bundles);
[[nodiscard]] Result<std::vector<Bundle>> decodeData(std::string_view body);
[[nodiscard]] std::string encodeSeqs(std::span<const OriginSeq> seqs);  ///< ACK and NEED
[[nodiscard]] Result<std::vector<OriginSeq>> decodeSeqs(std::string_view body);
[[nodiscard]] std::string encodeUint(std::uint64_t value);  ///< CREDIT
[[nodiscard]] Result<std::uint64_t> decodeUint(std::string_view body);
[[nodiscard]] std::string encodeHash(const Hash& hash);  ///< DIGEST
[[nodiscard]] Result<Hash> decodeHash(std::string_view body);
[[nodiscard]] std::string encodePresence(std::span<const PresenceItem> items);
[[nodiscard]] Result<std::vector<PresenceItem>> decodePresence(std::string_view body);
[[nodiscard]] std::string encodePing(Instant sent);
[[nodiscard]] Result<Instant> decodePing(std::string_view body);
[[nodiscard]] std::string encodePong(const PongMessage& m);
[[nodiscard]] Result<PongMessage> decodePong(std::string_view body);
[[nodiscard]] std::string encodeOffer(const SnapshotOffer& m);
[[nodiscard]] Result<SnapshotOffer> decodeOffer(std::string_view body);
[[nodiscard]] std::string encodeRequest(const SnapshotRequest& m);
[[nodiscard]] Result<SnapshotRequest> decodeRequest(std::string_view body);
[[nodiscard]] std::string encodeChunk(const SnapshotChunk& m);
[[nodiscard]] Result<SnapshotChunk> decodeChunk(std::string_view body);
[[nodiscard]] std::string encodeBye(const ByeMessage& m);
[[nodiscard]] Result<ByeMessage> decodeBye(std::string_view body);

}  // namespace wl::sync
