// SPDX-License-Identifier: GPL-3.0-or-later
// What a peer says: every message is checked for its turn, its form and its sense before anything is done.
#include <algorithm>

#include "sync/session_impl.hpp"

namespace wl::sync {
namespace {

std::string shortOf(const OriginId& origin) { return toHex(origin).substr(0, 8); }

std::string textOf(const Error& error) {
    auto out = error.code;
    if (!error.field.empty()) out += ' ' + error.field;
    if (!error.detail.empty()) out += ": " + error.detail;
    return out;
}

}  // namespace

void Session::Impl::received(std::string_view bytes, Moment now) {
    if (!started) return;
    counters.bytesIn += bytes.size();
    heardAt = now.steady;
    while (!closed && !bytes.empty()) {
        const auto part = bytes.substr(0, kFrameLimit);  // so that what is held stays small whatever is given
        bytes.remove_prefix(part.size());
        reader.feed(part);
        while (!closed) {
            auto message = reader.next();
            if (!message) return close(CloseReason::Protocol, textOf(message.error()));
            if (!*message) break;
            hear(**message, now);
        }
    }
}

void Session::Impl::hear(const Message& message, Moment now) {
    ++counters.framesIn;
    const bool granted = message.type == FrameType::Data || message.type == FrameType::SnapshotChunk;
    if (!granted) {
        const auto passed = std::max<std::int64_t>((now.steady - allowanceAt).count(), 0);
        allowance = std::min<double>(kControlBurst, allowance + static_cast<double>(passed) * kControlRate / 1000.0);
        allowanceAt = now.steady;
        if ((allowance -= 1) < 0) return close(CloseReason::Flooding, "too many messages");
    }
    const bool early =
        message.type == FrameType::Hello || message.type == FrameType::Realm || message.type == FrameType::Bye;
    if (!hello && message.type != FrameType::Hello && message.type != FrameType::Bye)
        return close(CloseReason::Protocol, "no greeting first");
    if (!peer && !early)
        return close(CloseReason::Protocol,
                     "message " + std::to_string(static_cast<int>(message.type)) + " before it is known who it is");
    const auto& body = message.body;
    Result<void> done;
    switch (message.type) {
        case FrameType::Hello: done = hearHello(body, now); break;
        case FrameType::Realm: done = hearRealm(body, now); break;
        case FrameType::Fork: done = hearForks(body, now); break;
        case FrameType::Vector: done = hearVector(body, now); break;
        case FrameType::Data: done = hearData(body); break;
        case FrameType::Ack: done = hearAck(body, now); break;
        case FrameType::Need: done = hearNeed(body, now); break;
        case FrameType::Digest: done = hearDigest(body, now); break;
        case FrameType::Pong: done = hearPong(body, now); break;
        case FrameType::SnapshotOffer: done = hearOffer(body, now); break;
        case FrameType::SnapshotRequest: done = hearRequest(body, now); break;
        case FrameType::SnapshotChunk: done = hearChunk(body, now); break;
        case FrameType::Credit:
            if (const auto more = decodeUint(body); !more) done = std::unexpected(more.error());
            else
                credit = std::min<std::int64_t>(
                    credit + static_cast<std::int64_t>(std::min<std::uint64_t>(*more, 1U << 30)), 1LL << 31);
            break;
        case FrameType::Presence:
            if (auto items = decodePresence(body); !items) done = std::unexpected(items.error());
            else events.emplace_back(PresenceHeard{std::move(*items)});
            break;
        case FrameType::Ping:
            if (const auto sent = decodePing(body); !sent) done = std::unexpected(sent.error());
            else say(FrameType::Pong, encodePong({*sent, now.wall, now.wall}));
            break;
        case FrameType::Bye:
            if (auto bye = decodeBye(body); !bye) done = std::unexpected(bye.error());
            else closed = Closed{CloseReason{bye->reason}, std::move(bye->text), true}, queue.clear(), queued = 0;
            break;
    }
    if (!done) close(CloseReason::Protocol, textOf(done.error()));
}

Result<void> Session::Impl::hearHello(std::string_view body, Moment now) {
    WL_TRY(const auto m, decodeHello(body));
    if (hello) return fail(ErrorKind::Input, "hello.again");
    const auto& realm = replica.realm();
    hello = m;
    peerEpoch = m.epoch;
    credit = m.window;
    if (m.protocolMin > kProtocolMax || m.protocolMax < kProtocolMin) {
        close(CloseReason::Version,
              "it speaks " + std::to_string(m.protocolMin) + " to " + std::to_string(m.protocolMax));
        return {};
    }
    if (m.realm != realm.realm()) {
        close(CloseReason::WrongRealm, toHex(m.realm));
        return {};
    }
    if (m.origin == replica.self()) {
        close(CloseReason::Self, "it has our origin");
        return {};
    }
    // One log is a prefix of the other, or they are two branches.
    if (m.epoch > 0 && m.epoch <= realm.epoch()) {
        auto head = realm.head();
        if (m.epoch < realm.epoch()) {
            auto entries = replica.realmEntries(m.epoch);
            if (!entries) {
                disk(entries.error());
                return {};
            }
            if (!entries->empty()) head = blake2b({"realm", entries->front().bytes});
        }
        if (head != m.realmHead) {
            close(CloseReason::RealmBranch, "epoch " + std::to_string(m.epoch));
            return {};
        }
    }
    if (identify(now) && peer && realm.epoch() >= peerEpoch) settled(now);
    return {};
}

bool Session::Impl::identify(Moment now) {
    const auto& realm = replica.realm();
    const auto* console = realm.findByTlsKey(options.peerTlsKey);
    const auto* named = realm.find(hello->origin);
    if (console && named && named->card.tlsKey != options.peerTlsKey) {
        close(CloseReason::WrongIdentity, "it says it is " + shortOf(hello->origin));
        return false;
    }
    // Two machines may hold one certificate (a copied disk): shutting one out does not let it in as the other.
    if (named && named->cutoff && *named->cutoff != kReplacedCutoff) console = named;
    if (console && console->revoked && (!named || named == console)) {
        // The console itself shall know: it gets the log up to that entry.
        if (realm.epoch() > peerEpoch) sendRealm(peerEpoch + 1);
        close(CloseReason::Revoked, console->card.name + " was revoked at epoch " + std::to_string(console->revoked));
        return false;
    }
    if (!console) {
        // It may have been enrolled by entries that it has and we lack; a log as long as ours does not know it either.
        if (realm.epoch() < peerEpoch) return true;
        close(CloseReason::UnknownPeer, "no console has its key");
        return false;
    }
    if (!peer) {
        peer = hello->origin;
        reader.setLimit(kMessageLimit);
        pingAt = now.steady;
        knownEpoch = realm.epoch();
        events.emplace_back(PeerKnown{*peer, console->card.name});
        // A console that lost its name shows by its certificate who it was.
        if (const auto& next = hello->goesOn; next && !realm.find(*peer)) {
            const auto* was = realm.find(next->was);
            if (was && was->card.tlsKey == options.peerTlsKey && originOf(next->key, realm.realm()) == *peer)
                events.emplace_back(SuccessorAsks{*peer, *next});
        }
    }
    if (realm.epoch() > peerEpoch) sendRealm(peerEpoch + 1);
    return !closed;
}

void Session::Impl::sendRealm(std::uint32_t from) {
    auto entries = replica.realmEntries(from);
    if (!entries) return disk(entries.error());
    constexpr std::size_t kAtOnce = 512;
    for (std::size_t i = 0; i < entries->size(); i += kAtOnce) {
        const auto part = std::span(*entries).subspan(i, std::min(kAtOnce, entries->size() - i));
        say(FrameType::Realm, encodeRealm(from + static_cast<std::uint32_t>(i), part));
    }
    peerEpoch = std::max(peerEpoch, replica.realm().epoch());
}

Result<void> Session::Impl::hearRealm(std::string_view body, Moment now) {
    WL_TRY(const auto m, decodeRealm(body));
    const auto& realm = replica.realm();
    if (m.entries.empty()) {  // a question
        if (!peer) return fail(ErrorKind::Input, "realm.question");
        if (m.first <= realm.epoch()) sendRealm(m.first);
        return {};
    }
    const auto last = m.first + static_cast<std::uint32_t>(m.entries.size()) - 1;
    if (m.first > realm.epoch() + 1) {
        if (askedEpoch != realm.epoch() + 1) say(FrameType::Realm, encodeRealm(realm.epoch() + 1, {}));
        askedEpoch = realm.epoch() + 1;
        return {};
    }
    const auto grew = replica.acceptRealm(m.first, m.entries);
    if (!grew) {
        const auto& e = grew.error();
        if (e.kind == ErrorKind::World) disk(e);
        else close(e.code == "realm.branch" ? CloseReason::RealmBranch : CloseReason::BadRealmLog, textOf(e));
        return {};
    }
    peerEpoch = std::max(peerEpoch, last);
    if (*grew) events.emplace_back(RealmGrew{realm.epoch()});
    if (!identify(now)) return {};
    knownEpoch = realm.epoch();
    if (peer && realm.epoch() >= peerEpoch) settled(now);
    return {};
}

void Session::Impl::settled(Moment now) {
    if (!vectorSent) {
        sendForks();
        if (presence.size() > 0) say(FrameType::Presence, encodePresence(presence)), presenceTold = presence;
        sendVector(false, now);
        return;
    }
    for (auto& [origin, s] : streams) s.mute = false;
    askHeld(now);
    refresh(now, true);  // own ops that waited until this console was let in may go now
}

void Session::Impl::sendForks() {
    std::vector<ForkProof> fresh;
    for (auto& proof : replica.forkProofs()) {
        auto& first = forkedAt.try_emplace(proof.origin, proof.seq).first->second;
        first = std::min(first, proof.seq);
        if (forksTold.emplace(proof.origin, proof.seq).second) fresh.push_back(std::move(proof));
    }
    for (const auto& proof : fresh) say(FrameType::Fork, encodeForks({&proof, 1}));
}

Result<void> Session::Impl::hearForks(std::string_view body, Moment now) {
    WL_TRY(const auto proofs, decodeForks(body));
    for (const auto& proof : proofs) {
        if (!replica.realm().find(proof.origin)) continue;  // who it is comes with the realm log; the proof comes again
        const auto fresh = replica.acceptForkProof(proof);
        if (!fresh) {
            if (fresh.error().kind == ErrorKind::World) disk(fresh.error());
            else close(CloseReason::BadForkProof, textOf(fresh.error()));
            return {};
        }
        forksTold.emplace(proof.origin, proof.seq);
        if (*fresh) events.emplace_back(ForkFound{proof.origin});
    }
    sendForks();
    refresh(now, false);
    return {};
}

Result<void> Session::Impl::hearVector(std::string_view body, Moment now) {
    WL_TRY(const auto m, decodeVector(body));
    const bool first = !vectorSeen;
    // What we sent and it had not applied when it wrote this is on its way.
    const bool exact = first || m.applied >= messagesSent;
    if (exact)
        for (auto& [origin, s] : streams) s.next = s.have = s.durable = 0, s.mute = false;
    peerHeads.clear();
    for (const auto& e : m.entries) {
        auto& s = streams[e.origin];
        s.have = std::max(s.have, e.seq);
        s.durable = std::max(s.durable, e.seq);
        s.next = std::max(s.next, e.seq);
        s.fed = s.have;
        peerHeads.push_back({e.origin, e.seq, {}});
    }
    vectorSeen = true;
    if (first)
        digestAt = now.steady + kDigestEvery / 2 + Millis(draw(static_cast<std::uint64_t>(kDigestEvery.count())));
    replica.peerHas(*peer, peerHeads, now.wall);
    refresh(now, true);
    if (closed) return {};
    // Others have the same for it: whoever begins first goes on (session_send.cpp).
    if (first)
        for (auto& [origin, s] : streams)
            if (s.due && origin != replica.self())
                s.due = now.steady + kForwardMost + Millis(draw(static_cast<std::uint64_t>(kBacklogMost.count())));
    for (const auto& e : m.entries) {
        if (e.origin == replica.self() && e.seq > ownAhead) {
            const auto mine = std::ranges::find(heads, e.origin, &Head::origin);
            if (mine == heads.end() || mine->seq < e.seq) ownAhead = e.seq, events.emplace_back(OwnLogAhead{e.seq});
        }
        // Two histories of one origin show at once where both have a signed head at one number.
        const auto mine = std::ranges::find(heads, e.origin, &Head::origin);
        if (mine == heads.end() || mine->seq < e.seq || e.seq == 0 || e.seq >= limitOf(e.origin)) continue;
        auto hash = mine->seq == e.seq ? Result<std::optional<Hash>>(mine->hash) : replica.hashAt(e.origin, e.seq);
        if (!hash) {
            disk(hash.error());
            return {};
        }
        std::uint64_t prefix = 0;
        if (*hash)
            for (std::size_t i = 0; i < 8; ++i) prefix = (prefix << 8) | (**hash)[i];
        if (*hash && prefix != e.hash && !needs.contains(e.origin)) {
            streams[e.origin].mute = true;
            ask(e.origin, e.seq - 1, now);
        }
    }
    if (m.answer) sendVector(false, now);
    if (first) offerSnapshot(now);
    return {};
}

Result<void> Session::Impl::hearData(std::string_view body) {
    if (!vectorSent) return fail(ErrorKind::Input, "data.early");
    WL_TRY(auto bundles, decodeData(body));
    if (bundles.empty()) return fail(ErrorKind::Input, "data.empty");
    queued += body.size();
    if (queued > static_cast<std::size_t>(window) + owed + kMessageLimit) {
        close(CloseReason::Flooding, "more ops than were granted");
        return {};
    }
    for (std::size_t i = 0; i < bundles.size(); ++i) {
        const auto& g = bundles[i].segment;
        counters.opsIn += g.count;
        peerHas(g.origin, g.firstSeq + g.count - 1, true);
        keepHead(g.origin, g.firstSeq + g.count - 1, clock);  // nothing is sent before it is durable there
        const bool last = i + 1 == bundles.size();
        queue.push_back({std::move(bundles[i]), last ? body.size() : 0, last});
    }
    return {};
}

Result<void> Session::Impl::hearAck(std::string_view body, Moment now) {
    WL_TRY(const auto seqs, decodeSeqs(body));
    for (const auto& e : seqs) peerHas(e.origin, e.seq, true), keepHead(e.origin, e.seq, now);
    return {};
}

void Session::Impl::keepHead(const OriginId& origin, std::uint64_t seq, Moment now) {
    const auto at = std::ranges::lower_bound(peerHeads, origin, {}, &Head::origin);
    if (at == peerHeads.end() || at->origin != origin) {
        if (peerHeads.size() < kOriginLimit) peerHeads.insert(at, {origin, seq, {}});
    } else {
        at->seq = std::max(at->seq, seq);
    }
    if (!tellReplicaAt) tellReplicaAt = now.steady + kTellReplicaEvery;
}

Result<void> Session::Impl::hearNeed(std::string_view body, Moment now) {
    WL_TRY(const auto seqs, decodeSeqs(body));
    for (const auto& e : seqs) {
        const auto mine = std::ranges::find(heads, e.origin, &Head::origin);
        if (mine == heads.end() || mine->seq <= e.seq) continue;
        auto& s = streams[e.origin];
        s.next = std::min(s.next, e.seq);
        s.have = s.next;
        s.mute = false;
        s.due = now.steady;
        asked.insert(e.origin);
    }
    return {};
}

Result<void> Session::Impl::hearDigest(std::string_view body, Moment now) {
    WL_TRY(const auto theirs, decodeHash(body));
    if (!vectorSent || !vectorSeen) return fail(ErrorKind::Input, "digest.early");
    if (!quiet()) return {};
    refresh(now, false);
    if (theirs != digest()) sendVector(true, now);
    return {};
}

Result<void> Session::Impl::hearPong(std::string_view body, Moment now) {
    WL_TRY(const auto m, decodePong(body));
    const auto trip = (now.wall - m.sent).count() - (m.answered - m.received).count();
    if (trip < 0 || trip > 60'000) return {};  // a clock jumped in between
    samples.emplace_back(trip, ((m.received - m.sent).count() + (m.answered - now.wall).count()) / 2);
    if (samples.size() > kSamples) samples.erase(samples.begin());
    auto sorted = samples;
    std::ranges::sort(sorted, {}, [](const auto& s) { return s.second; });
    const auto& middle = sorted[sorted.size() / 2];
    events.emplace_back(SkewMeasured{Millis(middle.second), Millis(middle.first)});
    return {};
}

}  // namespace wl::sync
