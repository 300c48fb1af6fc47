// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The log itself: segments of consecutive ops of one origin, hash-chained and signed at the head.

#include <optional>
#include <vector>

#include "domain/chain.hpp"
#include "store/keys.hpp"
#include "store/names.hpp"

namespace wl::store {

/// A segment as it is stored and sent: the ops' bytes back to back as CBOR items, compressed.
struct Segment {
    OriginId origin;
    std::uint64_t firstSeq{};
    std::uint32_t count{};
    Hlc hlcMin, hlcMax;
    Hash prevHash{}, headHash{};
    Signature signature{};
    std::uint32_t dict{};
    std::uint32_t rawLength{};
    std::string body;
};

inline constexpr std::size_t kSegmentRawLimit = 768 * 1024;
inline constexpr std::uint32_t kSegmentOpLimit = 4096;

/// Checks chain and signature and gives each op's bytes. Errors: log.chain, log.signature, log.count, zstd.*
Result<std::vector<std::string>> openSegment(const Segment& segment, const PublicKey& key, const RealmId& realm);

/// Reads ops back by their dots.
class LogReader {
public:
    static Result<LogReader> make(sql::Database& db, Origins& origins);
    /// The bytes of one op.
    Result<std::string> opBytes(std::int64_t oi, std::uint64_t seq);
    Result<StampedOp> op(std::int64_t oi, std::uint64_t seq, KeyRing& keys);
    void forget() { m_recent.clear(); }

private:
    using Find = sql::Statement<2, 5>;
    LogReader(sql::Database& db, Origins& origins, Find find) : m_db(&db), m_origins(&origins), m_find(std::move(find)) {}
    sql::Database* m_db;
    Origins* m_origins;
    Find m_find;
    // Neighbouring ops of a case often share a segment: a few unpacked ones are kept.
    struct Unpacked {
        std::int64_t oi{};
        std::uint64_t firstSeq{};
        std::vector<std::string> ops;
        std::uint64_t used{};
    };
    std::vector<Unpacked> m_recent;
    std::uint64_t m_turn{};
};

/// Unpacks a segment's body; refuses a length that no segment has (log.length).
Result<std::string> unpackBody(std::string_view body, std::int64_t rawLength);

/// Splits an unpacked body into its ops.
Result<std::vector<std::string>> splitOps(std::string_view raw, std::uint32_t count);

}  // namespace wl::store
