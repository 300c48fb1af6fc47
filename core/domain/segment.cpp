// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/segment.hpp"

#include <algorithm>

#include "domain/cbor.hpp"
#include "domain/compress.hpp"

namespace wl {
namespace {

constexpr std::uint64_t kLastSeq = std::uint64_t{1} << 62;  // so that no sum of numbers wraps
constexpr std::size_t kWordsHelpBelow = 16 * 1024;

}  // namespace

Result<std::vector<std::string>> splitOps(std::string_view raw, std::uint32_t count) {
    cbor::Reader in(raw);
    std::vector<std::string> out;
    out.reserve(std::min<std::size_t>(count, raw.size() / 16));
    while (!in.atEnd()) {
        WL_TRY(const auto item, in.skip());
        out.emplace_back(item);
    }
    if (out.size() != count) return fail(ErrorKind::Corrupt, "log.count");
    return out;
}

Result<std::string> unpackBody(std::string_view body, std::int64_t rawLength) {
    if (rawLength < 0 || static_cast<std::uint64_t>(rawLength) > 2 * kSegmentRawLimit)
        return fail(ErrorKind::Corrupt, "log.length");
    return decompress(body, static_cast<std::size_t>(rawLength));
}

void packBody(Segment& s, std::string_view raw) {
    s.rawLength = static_cast<std::uint32_t>(raw.size());
    s.dict = raw.size() < kWordsHelpBelow ? kWords : 0;
    s.body = s.dict == kWords ? compressWithWords(raw) : compress(raw);
}

Result<std::vector<std::string>> unpackSegment(const Segment& s) {
    WL_TRY(const auto raw, unpackBody(s.body, s.rawLength));
    return splitOps(raw, s.count);
}

Result<void> checkSegment(const Segment& s, std::span<const std::string> ops, const PublicKey& key,
                          const RealmId& realm) {
    auto hash = s.prevHash;
    for (const auto& op : ops) hash = chainNext(hash, op);
    if (hash != s.headHash) return fail(ErrorKind::Corrupt, "log.chain", {}, std::to_string(s.firstSeq));
    const SignedHead head{s.firstSeq + s.count - 1, s.headHash, s.hlcMax};
    if (!verify(key, headMessage(realm, s.origin, head), s.signature))
        return fail(ErrorKind::Corrupt, "log.signature", {}, std::to_string(s.firstSeq));
    return {};
}

Result<std::vector<std::string>> openSegment(const Segment& s, const PublicKey& key, const RealmId& realm) {
    WL_TRY(auto ops, unpackSegment(s));
    WL_CHECK(checkSegment(s, ops, key, realm));
    return ops;
}

std::string encodeSegment(const Segment& s) {
    std::string out;
    cbor::Writer w(out);
    w.array(11);
    w.bytes(view(s.origin)), w.uint(s.firstSeq), w.uint(s.count), w.uint(s.hlcMin.value), w.uint(s.hlcMax.value);
    w.bytes(view(s.prevHash)), w.bytes(view(s.headHash)), w.bytes(view(s.signature)), w.uint(s.dict),
        w.uint(s.rawLength);
    w.bytes(s.body);
    return out;
}

Result<Segment> decodeSegment(std::string_view bytes) {
    cbor::Reader in(bytes);
    WL_TRY(const auto parts, in.array());
    if (parts != 11) return fail(ErrorKind::Corrupt, "segment.form");
    Segment s;
    WL_TRY(const auto origin, in.bytes());
    WL_TRY(s.firstSeq, in.uint());
    WL_TRY(const auto count, in.uint());
    WL_TRY(s.hlcMin.value, in.uint());
    WL_TRY(s.hlcMax.value, in.uint());
    WL_TRY(const auto prev, in.bytes());
    WL_TRY(const auto head, in.bytes());
    WL_TRY(const auto signature, in.bytes());
    WL_TRY(const auto dict, in.uint());
    WL_TRY(const auto raw, in.uint());
    WL_TRY(const auto body, in.bytes());
    if (origin.size() != 16 || prev.size() != 32 || head.size() != 32 || signature.size() != 64 || !in.atEnd() ||
        count == 0 || count > 0xffffff || raw > 2 * kSegmentRawLimit || dict > 0xffffffff || s.firstSeq == 0 ||
        s.firstSeq > kLastSeq)
        return fail(ErrorKind::Corrupt, "segment.form");
    s.origin = idFromBytes<OriginId>(origin);
    s.count = static_cast<std::uint32_t>(count);
    s.prevHash = arrayFromBytes<Hash>(prev);
    s.headHash = arrayFromBytes<Hash>(head);
    s.signature = arrayFromBytes<Signature>(signature);
    s.dict = static_cast<std::uint32_t>(dict);
    s.rawLength = static_cast<std::uint32_t>(raw);
    s.body = body;
    return s;
}

std::string encodeKeys(std::span<const WrappedKey> keys) {
    std::string out;
    cbor::Writer w(out);
    w.array(keys.size());
    for (const auto& key : keys) w.array(3), w.bytes(key.id), w.bytes(key.wrapped), w.uint(key.epoch);
    return out;
}

Result<std::vector<WrappedKey>> decodeKeys(std::string_view body) {
    cbor::Reader in(body);
    WL_TRY(const auto count, in.array());
    std::vector<WrappedKey> out;
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto parts, in.array());
        if (parts != 3) return fail(ErrorKind::Corrupt, "journal.key");
        WL_TRY(const auto id, in.bytes());
        WL_TRY(const auto wrapped, in.bytes());
        WL_TRY(const auto epoch, in.uint());
        out.push_back({std::string(id), std::string(wrapped), static_cast<std::uint32_t>(epoch)});
    }
    return out;
}

}  // namespace wl
