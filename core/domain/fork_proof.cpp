// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/fork_proof.hpp"

#include <algorithm>

#include "domain/cbor.hpp"

namespace wl {
namespace {

std::unexpected<Error> noProof(const char* why) { return fail(ErrorKind::Corrupt, "fork.proof", {}, why); }

Hash headOf(const Hash& before, const ForkBranch& branch) {
    auto hash = before;
    for (const auto& leaf : branch.leaves) hash = chainNextLeaf(hash, leaf);
    return hash;
}

void writeBranch(cbor::Writer& w, const ForkBranch& b) {
    w.array(3), w.array(b.leaves.size());
    for (const auto& leaf : b.leaves) w.bytes(view(leaf));
    w.uint(b.hlc.value), w.bytes(view(b.signature));
}

Result<ForkBranch> readBranch(cbor::Reader& in) {
    ForkBranch out;
    WL_TRY(const auto parts, in.array());
    if (parts != 3) return noProof("form");
    WL_TRY(const auto count, in.array());
    if (count == 0 || count > kSegmentOpLimit) return noProof("form");
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto leaf, in.bytes());
        if (leaf.size() != 32) return noProof("form");
        out.leaves.push_back(arrayFromBytes<Hash>(leaf));
    }
    WL_TRY(out.hlc.value, in.uint());
    WL_TRY(const auto signature, in.bytes());
    if (signature.size() != 64) return noProof("form");
    out.signature = arrayFromBytes<Signature>(signature);
    return out;
}

}  // namespace

std::optional<ForkProof> compareSegments(const Segment& a, std::span<const std::string> opsOfA, const Segment& b,
                                         std::span<const std::string> opsOfB) {
    const auto first = std::max(a.firstSeq, b.firstSeq),
               end = std::min(a.firstSeq + opsOfA.size(), b.firstSeq + opsOfB.size());
    if (a.origin != b.origin || first >= end) return std::nullopt;
    const auto at = [&](const Segment& s, std::span<const std::string> ops,
                        std::uint64_t seq) {  // the chain before op `seq`
        auto hash = s.prevHash;
        for (auto i = s.firstSeq; i < seq; ++i) hash = chainNext(hash, ops[i - s.firstSeq]);
        return hash;
    };
    auto before = at(a, opsOfA, first);
    if (before != at(b, opsOfB, first)) return std::nullopt;
    for (auto seq = first; seq < end; ++seq) {
        const auto &left = opsOfA[seq - a.firstSeq], &right = opsOfB[seq - b.firstSeq];
        if (left != right) {
            const auto branch = [&](const Segment& s, std::span<const std::string> ops) {
                ForkBranch out{{}, s.hlcMax, s.signature};
                for (const auto& op : ops.subspan(seq - s.firstSeq)) out.leaves.push_back(chainLeaf(op));
                return out;
            };
            ForkProof proof{a.origin, seq, before, branch(a, opsOfA), branch(b, opsOfB)};
            if (proof.other.leaves.front() < proof.one.leaves.front()) std::swap(proof.one, proof.other);
            return proof;
        }
        before = chainNext(before, left);
    }
    return std::nullopt;
}

Result<void> checkForkProof(const ForkProof& p, const PublicKey& key, const RealmId& realm) {
    if (p.seq == 0 || p.one.leaves.empty() || p.other.leaves.empty() ||
        !(p.one.leaves.front() < p.other.leaves.front()))
        return noProof("form");
    for (const auto* branch : {&p.one, &p.other}) {
        const SignedHead head{p.seq + branch->leaves.size() - 1, headOf(p.before, *branch), branch->hlc};
        if (!verify(key, headMessage(realm, p.origin, head), branch->signature)) return noProof("signature");
    }
    return {};
}

std::string encodeForkProof(const ForkProof& p) {
    std::string out;
    cbor::Writer w(out);
    w.array(5), w.bytes(view(p.origin)), w.uint(p.seq), w.bytes(view(p.before));
    writeBranch(w, p.one), writeBranch(w, p.other);
    return out;
}

Result<ForkProof> decodeForkProof(std::string_view bytes) {
    cbor::Reader in(bytes);
    WL_TRY(const auto parts, in.array());
    if (parts != 5) return noProof("form");
    ForkProof p;
    WL_TRY(const auto origin, in.bytes());
    WL_TRY(p.seq, in.uint());
    WL_TRY(const auto before, in.bytes());
    if (origin.size() != 16 || before.size() != 32 || p.seq > (std::uint64_t{1} << 62)) return noProof("form");
    p.origin = idFromBytes<OriginId>(origin);
    p.before = arrayFromBytes<Hash>(before);
    WL_TRY(p.one, readBranch(in));
    WL_TRY(p.other, readBranch(in));
    if (!in.atEnd()) return noProof("form");
    return p;
}

}  // namespace wl
