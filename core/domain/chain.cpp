// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/chain.hpp"

namespace wl {
namespace {

void appendBigEndian(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((value >> shift) & 0xffU));
}

}  // namespace

OriginId originOf(const PublicKey& key, const RealmId& realm) {
    const auto hash = blake2b({view(key), view(realm)});
    return idFromBytes<OriginId>(view(hash).substr(0, 16));
}

Hash chainStart(const OriginId& origin, const RealmId& realm) { return blake2b({"origin", view(origin), view(realm)}); }

Hash chainLeaf(std::string_view opBytes) { return blake2b({"op", opBytes}); }
Hash chainNextLeaf(const Hash& previous, const Hash& leaf) { return blake2b({"ch", view(previous), view(leaf)}); }
Hash chainNext(const Hash& previous, std::string_view opBytes) { return chainNextLeaf(previous, chainLeaf(opBytes)); }

std::string headMessage(const RealmId& realm, const OriginId& origin, const SignedHead& head) {
    std::string out = "seg";
    out.append(view(realm)).append(view(origin));
    appendBigEndian(out, head.seq);
    out.append(view(head.hash));
    appendBigEndian(out, head.hlc.value);
    return out;
}

}  // namespace wl
