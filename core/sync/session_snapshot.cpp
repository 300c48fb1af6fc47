// SPDX-License-Identifier: GPL-3.0-or-later
// A newcomer takes a copy of the whole replica, chunk by chunk, and goes on with ops from there.
#include <algorithm>
#include <numeric>

#include "sync/session_impl.hpp"

namespace wl::sync {

bool Session::Impl::offerSnapshot(Moment now) {
    if (offered && !copyAt) return false;
    copyAt.reset();
    std::uint64_t ours = 0, theirs = 0;
    for (const auto& head : heads) ours += head.seq;
    for (const auto& head : peerHeads) theirs += head.seq;
    if (theirs > 0 || ours < options.snapshotFrom) return false;
    offered = true;
    auto copy = replica.snapshot();
    if (copy && !*copy && replica.makingSnapshot()) {
        copyAt = now.steady + kCopyEvery;
        return true;
    }
    if (!copy || !*copy || (*copy)->chunks.empty() || (*copy)->chunks.size() > kSnapshotChunkLimit)
        return false;  // ops will do
    offering = std::move(**copy);
    offeredAt = now.steady;
    say(FrameType::SnapshotOffer, encodeOffer(*offering));
    return true;
}

Result<void> Session::Impl::hearRequest(std::string_view body, Moment now) {
    WL_TRY(const auto m, decodeRequest(body));
    if (!offering || offering->id() != m.id) {
        if (m.index) say(FrameType::SnapshotChunk, encodeChunk({m.id, *m.index, std::nullopt}));
        return {};
    }
    if (!m.index) {
        offering.reset();
        return {};
    }
    if (*m.index >= offering->chunks.size()) return fail(ErrorKind::Input, "snapshot.index");
    offeredAt = now.steady;
    auto chunk = replica.snapshotChunk(m.id, *m.index);
    const bool gone = !chunk || !*chunk;
    say(FrameType::SnapshotChunk, encodeChunk({m.id, *m.index, gone ? std::nullopt : std::move(*chunk)}));
    if (gone) offering.reset();
    else
        events.emplace_back(SnapshotProgress{*m.index + 1, static_cast<std::uint32_t>(offering->chunks.size()), true,
                                             false});
    return {};
}

Result<void> Session::Impl::hearOffer(std::string_view body, Moment now) {
    WL_TRY(auto offer, decodeOffer(body));
    if (taking) return fail(ErrorKind::Input, "snapshot.again");
    const auto id = offer.id();
    auto missing = replica.wantSnapshot(offer);
    if (!missing) {
        disk(missing.error());
        return {};
    }
    if (!*missing) {
        say(FrameType::SnapshotRequest, encodeRequest({id, std::nullopt}));
        return {};
    }
    taking = std::move(offer);
    takingId = id;
    chunksLeft.assign((*missing)->begin(), (*missing)->end());
    std::erase_if(chunksLeft, [&](std::uint32_t index) { return index >= taking->chunks.size(); });
    chunksAsked.clear();
    if (chunksLeft.empty()) install(now);
    else askChunks();
    return {};
}

void Session::Impl::askChunks() {
    while (chunksAsked.size() < kChunksAhead && !chunksLeft.empty()) {
        const auto index = chunksLeft.front();
        chunksLeft.pop_front();
        chunksAsked.insert(index);
        say(FrameType::SnapshotRequest, encodeRequest({takingId, index}));
    }
}

Result<void> Session::Impl::hearChunk(std::string_view body, Moment now) {
    WL_TRY(const auto m, decodeChunk(body));
    if (!taking || m.id != takingId || chunksAsked.erase(m.index) == 0) return fail(ErrorKind::Input, "snapshot.chunk");
    if (!m.bytes) {  // that copy is gone: ops will do
        taking.reset();
        say(FrameType::SnapshotRequest, encodeRequest({takingId, std::nullopt}));
        sendVector(false, now);
        return {};
    }
    const auto size = m.index + 1 < taking->chunks.size() ? kSnapshotChunk : taking->bytes - kSnapshotChunk * m.index;
    if (m.bytes->size() != size || blake2b({*m.bytes}) != taking->chunks[m.index]) {
        close(CloseReason::BadSnapshot, "chunk " + std::to_string(m.index) + " is not what was offered");
        return {};
    }
    if (const auto kept = replica.takeSnapshotChunk(*taking, m.index, *m.bytes); !kept) {
        disk(kept.error());
        return {};
    }
    const auto total = static_cast<std::uint32_t>(taking->chunks.size());
    const auto left = static_cast<std::uint32_t>(chunksLeft.size() + chunksAsked.size());
    events.emplace_back(SnapshotProgress{total - left, total, false, false});
    if (left == 0) install(now);
    else askChunks();
    return {};
}

void Session::Impl::install(Moment now) {
    const auto offer = std::move(*taking);
    taking.reset();
    const auto done = replica.installSnapshot(offer);
    if (!done && done.error().kind == ErrorKind::Corrupt)
        return close(CloseReason::BadSnapshot, done.error().code + " " + done.error().detail);
    if (!done && done.error().kind == ErrorKind::World) return disk(done.error());
    const auto total = static_cast<std::uint32_t>(offer.chunks.size());
    events.emplace_back(SnapshotProgress{total, total, false, done.has_value()});
    // Either way ops go on from the heads there are now.
    say(FrameType::SnapshotRequest, encodeRequest({takingId, std::nullopt}));
    needs.clear();
    sendVector(false, now);
    refresh(now, false);
}

}  // namespace wl::sync
