// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire.hpp"

#include <limits>

#include "domain/cbor.hpp"

namespace wl::sync {
namespace {

constexpr std::uint64_t kLastSeq = std::uint64_t{1} << 62;
constexpr std::int64_t kLastInstant = std::int64_t{1} << 53;
constexpr std::uint64_t kRealmEntriesLimit = 65'536, kForksLimit = 1024, kBundlesLimit = 65'536;

std::unexpected<Error> bad(const char* what) { return fail(ErrorKind::Input, "wire.form", what); }

// Writes one body.
class Out {
public:
    Out() : w(m_text) {}
    Out(const Out&) = delete;
    Out& operator=(const Out&) = delete;
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;

public:
    cbor::Writer w;
};

// Reads one body; sizes and limits are checked here.
class In {
public:
    explicit In(std::string_view body) : m_in(body) {}

    Result<void> array(std::uint64_t parts) {
        WL_TRY(const auto count, m_in.array());
        if (count != parts) return bad("parts");
        return {};
    }
    Result<std::uint64_t> list(std::uint64_t limit) {
        WL_TRY(const auto count, m_in.array());
        if (count > limit) return bad("count");
        return count;
    }
    template <class IdType>
    Result<IdType> id() {
        WL_TRY(const auto bytes, m_in.bytes());
        if (bytes.size() != 16) return bad("id");
        return idFromBytes<IdType>(bytes);
    }
    template <class Array>
    Result<Array> fixed() {
        WL_TRY(const auto bytes, m_in.bytes());
        if (bytes.size() != Array{}.size()) return bad("length");
        return arrayFromBytes<Array>(bytes);
    }
    Result<std::uint64_t> uint(std::uint64_t limit = std::numeric_limits<std::uint64_t>::max()) {
        WL_TRY(const auto value, m_in.uint());
        if (value > limit) return bad("number");
        return value;
    }
    Result<std::uint32_t> uint32() {
        WL_TRY(const auto value, uint(0xffffffffU));
        return static_cast<std::uint32_t>(value);
    }
    Result<Instant> instant() {
        WL_TRY(const auto ms, m_in.sint());
        if (ms > kLastInstant || ms < -kLastInstant) return bad("instant");
        return Instant{ms};
    }
    Result<std::string> text(std::size_t limit) {
        WL_TRY(const auto value, m_in.text());
        if (value.size() > limit) return bad("text");
        return std::string(value);
    }
    Result<void> end() {
        if (!m_in.atEnd()) return bad("end");
        return {};
    }
    cbor::Reader& raw() { return m_in; }

private:
    cbor::Reader m_in;
};

}  // namespace

std::string encodeHello(const HelloMessage& m) {
    Out o;
    o.w.map(m.goesOn ? 11 : 9);
    o.w.uint(0), o.w.uint(m.protocolMin), o.w.uint(1), o.w.uint(m.protocolMax);
    o.w.uint(2), o.w.bytes(view(m.realm)), o.w.uint(3), o.w.bytes(view(m.origin));
    o.w.uint(4), o.w.uint(m.epoch), o.w.uint(5), o.w.bytes(view(m.realmHead));
    o.w.uint(6), o.w.uint(m.opSchema), o.w.uint(7), o.w.sint(m.wall.ms), o.w.uint(8), o.w.uint(m.window);
    if (m.goesOn) o.w.uint(9), o.w.bytes(view(m.goesOn->key)), o.w.uint(10), o.w.bytes(view(m.goesOn->was));
    return o.take();
}

Result<HelloMessage> decodeHello(std::string_view body) {
    In in(body);
    HelloMessage m;
    WL_TRY(const auto pairs, in.raw().map());
    if (pairs < 9 || pairs > 64) return bad("hello");
    std::uint64_t seen = 0, last = 0;
    for (std::uint64_t i = 0; i < pairs; ++i) {
        WL_TRY(const auto key, in.uint(1000));
        if (i > 0 && key <= last) return bad("order");
        last = key;
        if (key <= 8) seen |= std::uint64_t{1} << key;
        switch (key) {
            case 0: {
                WL_TRY(m.protocolMin, in.uint32());
                break;
            }
            case 1: {
                WL_TRY(m.protocolMax, in.uint32());
                break;
            }
            case 2: {
                WL_TRY(m.realm, in.id<RealmId>());
                break;
            }
            case 3: {
                WL_TRY(m.origin, in.id<OriginId>());
                break;
            }
            case 4: {
                WL_TRY(m.epoch, in.uint32());
                break;
            }
            case 5: {
                WL_TRY(m.realmHead, in.fixed<Hash>());
                break;
            }
            case 6: {
                WL_TRY(m.opSchema, in.uint32());
                break;
            }
            case 7: {
                WL_TRY(m.wall, in.instant());
                break;
            }
            case 8: {
                WL_TRY(m.window, in.uint32());
                break;
            }
            case 9: {
                m.goesOn.emplace();
                WL_TRY(m.goesOn->key, in.fixed<PublicKey>());
                break;
            }
            case 10: {
                if (!m.goesOn) return bad("hello");
                WL_TRY(m.goesOn->was, in.id<OriginId>());
                break;
            }
            default: WL_CHECK(in.raw().skip());  // of a newer version
        }
    }
    WL_CHECK(in.end());
    if (seen != 0x1ff) return bad("hello");
    return m;
}

std::string encodeRealm(std::uint32_t first, std::span<const RealmEntry> entries) {
    Out o;
    o.w.array(2), o.w.uint(first), o.w.array(entries.size());
    for (const auto& e : entries) o.w.array(2), o.w.bytes(e.bytes), o.w.bytes(view(e.signature));
    return o.take();
}

Result<RealmMessage> decodeRealm(std::string_view body) {
    In in(body);
    RealmMessage m;
    WL_CHECK(in.array(2));
    WL_TRY(m.first, in.uint32());
    WL_TRY(const auto count, in.list(kRealmEntriesLimit));
    if (m.first == 0) return bad("epoch");
    for (std::uint64_t i = 0; i < count; ++i) {
        RealmEntry e;
        WL_CHECK(in.array(2));
        WL_TRY(const auto bytes, in.raw().bytes());
        e.bytes = bytes;
        WL_TRY(e.signature, in.fixed<Signature>());
        m.entries.push_back(std::move(e));
    }
    WL_CHECK(in.end());
    return m;
}

std::string encodeForks(std::span<const ForkProof> proofs) {
    Out o;
    o.w.array(proofs.size());
    for (const auto& proof : proofs) o.w.raw(encodeForkProof(proof));
    return o.take();
}

Result<std::vector<ForkProof>> decodeForks(std::string_view body) {
    In in(body);
    std::vector<ForkProof> out;
    WL_TRY(const auto count, in.list(kForksLimit));
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto item, in.raw().skip());
        WL_TRY(auto proof, decodeForkProof(item));
        out.push_back(std::move(proof));
    }
    WL_CHECK(in.end());
    return out;
}

std::string encodeVector(const VectorMessage& m) {
    Out o;
    o.w.array(3), o.w.uint(m.applied), o.w.boolean(m.answer), o.w.array(m.entries.size());
    for (const auto& e : m.entries) o.w.array(3), o.w.bytes(view(e.origin)), o.w.uint(e.seq), o.w.uint(e.hash);
    return o.take();
}

Result<VectorMessage> decodeVector(std::string_view body) {
    In in(body);
    VectorMessage m;
    WL_CHECK(in.array(3));
    WL_TRY(m.applied, in.uint());
    WL_TRY(m.answer, in.raw().boolean());
    WL_TRY(const auto count, in.list(kOriginLimit));
    for (std::uint64_t i = 0; i < count; ++i) {
        VectorEntry e;
        WL_CHECK(in.array(3));
        WL_TRY(e.origin, in.id<OriginId>());
        WL_TRY(e.seq, in.uint(kLastSeq));
        WL_TRY(e.hash, in.uint());
        if (!m.entries.empty() && e.origin <= m.entries.back().origin) return bad("order");
        m.entries.push_back(e);
    }
    WL_CHECK(in.end());
    return m;
}

std::string encodeData(std::span<const Bundle> bundles) {
    Out o;
    o.w.array(bundles.size());
    for (const auto& b : bundles) o.w.array(2), o.w.raw(encodeSegment(b.segment)), o.w.raw(encodeKeys(b.keys));
    return o.take();
}

Result<std::vector<Bundle>> decodeData(std::string_view body) {
    In in(body);
    std::vector<Bundle> out;
    WL_TRY(const auto count, in.list(kBundlesLimit));
    for (std::uint64_t i = 0; i < count; ++i) {
        Bundle b;
        WL_CHECK(in.array(2));
        WL_TRY(const auto segment, in.raw().skip());
        WL_TRY(const auto keys, in.raw().skip());
        WL_TRY(b.segment, decodeSegment(segment));
        WL_TRY(b.keys, decodeKeys(keys));
        if (b.segment.count > kSegmentOpLimit || b.segment.firstSeq + b.segment.count > kLastSeq) return bad("segment");
        out.push_back(std::move(b));
    }
    WL_CHECK(in.end());
    return out;
}

std::string encodeSeqs(std::span<const OriginSeq> seqs) {
    Out o;
    o.w.array(seqs.size());
    for (const auto& e : seqs) o.w.array(2), o.w.bytes(view(e.origin)), o.w.uint(e.seq);
    return o.take();
}

Result<std::vector<OriginSeq>> decodeSeqs(std::string_view body) {
    In in(body);
    std::vector<OriginSeq> out;
    WL_TRY(const auto count, in.list(kOriginLimit));
    for (std::uint64_t i = 0; i < count; ++i) {
        OriginSeq e;
        WL_CHECK(in.array(2));
        WL_TRY(e.origin, in.id<OriginId>());
        WL_TRY(e.seq, in.uint(kLastSeq));
        out.push_back(e);
    }
    WL_CHECK(in.end());
    return out;
}

std::string encodeUint(std::uint64_t value) {
    Out o;
    o.w.uint(value);
    return o.take();
}

Result<std::uint64_t> decodeUint(std::string_view body) {
    In in(body);
    WL_TRY(const auto value, in.uint());
    WL_CHECK(in.end());
    return value;
}

std::string encodeHash(const Hash& hash) {
    Out o;
    o.w.bytes(view(hash));
    return o.take();
}

Result<Hash> decodeHash(std::string_view body) {
    In in(body);
    WL_TRY(const auto hash, in.fixed<Hash>());
    WL_CHECK(in.end());
    return hash;
}

std::string encodePresence(std::span<const PresenceItem> items) {
    Out o;
    o.w.array(items.size());
    for (const auto& i : items)
        o.w.array(3), o.w.bytes(view(i.entity)), o.w.text(i.agent), o.w.uint(static_cast<std::uint64_t>(i.doing));
    return o.take();
}

Result<std::vector<PresenceItem>> decodePresence(std::string_view body) {
    In in(body);
    std::vector<PresenceItem> out;
    WL_TRY(const auto count, in.list(kPresenceLimit));
    for (std::uint64_t i = 0; i < count; ++i) {
        PresenceItem item;
        WL_CHECK(in.array(3));
        WL_TRY(item.entity, in.id<EntityId>());
        WL_TRY(item.agent, in.text(64));
        WL_TRY(const auto doing, in.uint(1));
        item.doing = static_cast<PresenceItem::Doing>(doing);
        out.push_back(std::move(item));
    }
    WL_CHECK(in.end());
    return out;
}

std::string encodePing(Instant sent) {
    Out o;
    o.w.sint(sent.ms);
    return o.take();
}

Result<Instant> decodePing(std::string_view body) {
    In in(body);
    WL_TRY(const auto sent, in.instant());
    WL_CHECK(in.end());
    return sent;
}

std::string encodePong(const PongMessage& m) {
    Out o;
    o.w.array(3), o.w.sint(m.sent.ms), o.w.sint(m.received.ms), o.w.sint(m.answered.ms);
    return o.take();
}

Result<PongMessage> decodePong(std::string_view body) {
    In in(body);
    PongMessage m;
    WL_CHECK(in.array(3));
    WL_TRY(m.sent, in.instant());
    WL_TRY(m.received, in.instant());
    WL_TRY(m.answered, in.instant());
    WL_CHECK(in.end());
    return m;
}

std::string encodeOffer(const SnapshotOffer& m) {
    Out o;
    o.w.array(4), o.w.uint(m.bytes), o.w.uint(m.ops), o.w.array(m.heads.size());
    for (const auto& h : m.heads) o.w.array(3), o.w.bytes(view(h.origin)), o.w.uint(h.seq), o.w.bytes(view(h.hash));
    o.w.array(m.chunks.size());
    for (const auto& chunk : m.chunks) o.w.bytes(view(chunk));
    return o.take();
}

Result<SnapshotOffer> decodeOffer(std::string_view body) {
    In in(body);
    SnapshotOffer m;
    WL_CHECK(in.array(4));
    WL_TRY(m.bytes, in.uint(kSnapshotChunk * kSnapshotChunkLimit));
    WL_TRY(m.ops, in.uint(kLastSeq));
    WL_TRY(const auto heads, in.list(kOriginLimit));
    for (std::uint64_t i = 0; i < heads; ++i) {
        Head h;
        WL_CHECK(in.array(3));
        WL_TRY(h.origin, in.id<OriginId>());
        WL_TRY(h.seq, in.uint(kLastSeq));
        WL_TRY(h.hash, in.fixed<Hash>());
        if (!m.heads.empty() && h.origin <= m.heads.back().origin) return bad("order");
        m.heads.push_back(h);
    }
    WL_TRY(const auto chunks, in.list(kSnapshotChunkLimit));
    for (std::uint64_t i = 0; i < chunks; ++i) {
        WL_TRY(const auto hash, in.fixed<Hash>());
        m.chunks.push_back(hash);
    }
    WL_CHECK(in.end());
    if (m.bytes == 0 || (m.bytes + kSnapshotChunk - 1) / kSnapshotChunk != m.chunks.size()) return bad("chunks");
    return m;
}

std::string encodeRequest(const SnapshotRequest& m) {
    Out o;
    o.w.array(m.index ? 2 : 1), o.w.bytes(view(m.id));
    if (m.index) o.w.uint(*m.index);
    return o.take();
}

Result<SnapshotRequest> decodeRequest(std::string_view body) {
    In in(body);
    SnapshotRequest m;
    WL_TRY(const auto parts, in.list(2));
    if (parts == 0) return bad("parts");
    WL_TRY(m.id, in.fixed<Hash>());
    if (parts == 2) { WL_TRY(m.index, in.uint32()); }
    WL_CHECK(in.end());
    return m;
}

std::string encodeChunk(const SnapshotChunk& m) {
    Out o;
    o.w.array(3), o.w.bytes(view(m.id)), o.w.uint(m.index);
    if (m.bytes) o.w.bytes(*m.bytes);
    else o.w.null();
    return o.take();
}

Result<SnapshotChunk> decodeChunk(std::string_view body) {
    In in(body);
    SnapshotChunk m;
    WL_CHECK(in.array(3));
    WL_TRY(m.id, in.fixed<Hash>());
    WL_TRY(m.index, in.uint32());
    if (!in.raw().null()) {
        WL_TRY(const auto bytes, in.raw().bytes());
        m.bytes = std::string(bytes);
    }
    WL_CHECK(in.end());
    return m;
}

std::string encodeBye(const ByeMessage& m) {
    Out o;
    o.w.array(2), o.w.uint(m.reason), o.w.text(m.text);
    return o.take();
}

Result<ByeMessage> decodeBye(std::string_view body) {
    In in(body);
    ByeMessage m;
    WL_CHECK(in.array(2));
    WL_TRY(const auto reason, in.uint(255));
    m.reason = static_cast<std::uint8_t>(reason);
    WL_TRY(m.text, in.text(kTextLimit));
    WL_CHECK(in.end());
    return m;
}

}  // namespace wl::sync
