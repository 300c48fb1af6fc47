// SPDX-License-Identifier: GPL-3.0-or-later
// Texts inside a seal, and segments as they stand in a journal or come from a peer: one form a segment, and no size
// that the bytes only claim.
#include <cstdlib>

#include "domain/cbor.hpp"
#include "domain/compress.hpp"
#include "fuzz/entry.hpp"
#include "store/journal.hpp"

using namespace wl;
using namespace wl::store;

void fuzzOne(std::string_view bytes) {
    // What stands inside a seal.
    if (const auto text = unpackText(bytes, 64 * 1024)) {
        if (text->size() > 64 * 1024 || unpackText(packText(*text), 64 * 1024) != *text) std::abort();
    }
    const auto segment = decodeSegment(bytes);
    if (!segment) return;
    if (encodeSegment(*segment) != bytes) std::abort();
    const auto ops = openSegment(*segment, PublicKey{}, RealmId{});
    if (ops) std::abort();  // nobody has signed it
    if (const auto raw = decompress(segment->body, segment->rawLength)) {
        if (const auto items = splitOps(*raw, segment->count); items && items->size() != segment->count) std::abort();
    }
}

std::vector<std::string> seeds() {
    std::string raw;
    for (int i = 0; i < 5; ++i) cbor::Writer(raw).map(1), cbor::Writer(raw).uint(1), cbor::Writer(raw).text("an op");
    Segment s;
    s.firstSeq = 3, s.count = 5, s.hlcMin = {4}, s.hlcMax = {9}, s.rawLength = static_cast<std::uint32_t>(raw.size()),
    s.body = compress(raw);
    auto packed = s;
    packBody(packed, raw);
    return {encodeSegment(s), encodeSegment(packed), packText("the bin was missed again at the corner")};
}
