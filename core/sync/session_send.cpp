// SPDX-License-Identifier: GPL-3.0-or-later
// What goes to the peer: acknowledgements, and ops as far as its credit goes. There is no list of what was seen: what a
// peer lacks is the difference of two numbers an origin.
#include <algorithm>

#include "sync/session_impl.hpp"

namespace wl::sync {

std::uint64_t Session::Impl::limitOf(const OriginId& origin) const {
    auto limit = ~std::uint64_t{0};
    const auto* console = replica.realm().find(origin);
    if (console && console->cutoff) {
        limit = *console->cutoff;
        if (!console->reinstated.empty()) limit = std::max(limit, console->reinstated.back());
    }
    const auto forked = forkedAt.find(origin);
    if (forked != forkedAt.end() && !(console && console->branch)) limit = std::min(limit, forked->second - 1);
    return limit;
}

void Session::Impl::refresh(Moment now, bool ownFirst) {
    if (closed || !peer) return;
    const auto epoch = replica.realm().epoch();
    if (epoch != knownEpoch) {
        knownEpoch = epoch;
        if (!identify(now)) return;
        for (auto& [origin, s] : streams) s.mute = false;
        if (vectorSent) askHeld(now);
    }
    if (!vectorSent) return;
    sendForks();
    heads = replica.heads();
    const auto self = replica.self();
    for (const auto& head : heads) {
        auto& s = streams[head.origin];
        if (!vectorSeen) continue;
        const auto limit = limitOf(head.origin);
        if (std::min(head.seq, limit) <= s.next || s.due) continue;
        const bool atOnce = ownFirst && head.origin == self;
        const auto spread = static_cast<std::uint64_t>((kForwardMost - kForwardLeast).count());
        s.due = atOnce ? now.steady : now.steady + kForwardLeast + Millis(draw(spread));
    }
    sendAcks();
}

void Session::Impl::sendAcks() {
    const auto self = replica.self();
    std::vector<OriginSeq> acks;
    for (const auto& head : heads) {
        auto& s = streams[head.origin];
        if (head.seq <= s.told) continue;
        s.told = head.seq;
        // Of our own log, and of what it got from us, it knows.
        if (head.origin != self && (head.seq > s.next || s.have >= head.seq)) acks.push_back({head.origin, head.seq});
    }
    if (!acks.empty()) say(FrameType::Ack, encodeSeqs(acks));
}

void Session::Impl::sendVector(bool answer, Moment now) {
    if (const auto done = replica.makeDurable(); !done) return disk(done.error());
    ackWaits = false;
    events.emplace_back(LogDurable{});  // perhaps of what other sessions brought
    ackedAt = now.steady;
    heads = replica.heads();
    VectorMessage m{messagesApplied, answer, {}};
    for (const auto& head : heads) {
        std::uint64_t prefix = 0;
        for (std::size_t i = 0; i < 8; ++i) prefix = (prefix << 8) | head.hash[i];
        m.entries.push_back({head.origin, head.seq, prefix});
        streams[head.origin].told = head.seq;
    }
    say(FrameType::Vector, encodeVector(m));
    vectorSent = true;
}

void Session::Impl::peerHas(const OriginId& origin, std::uint64_t seq, bool durable) {
    if (streams.size() >= kOriginLimit && !streams.contains(origin)) return;
    auto& s = streams[origin];
    s.have = std::max(s.have, seq);
    s.next = std::max(s.next, seq);
    if (durable) s.durable = std::max(s.durable, seq);
    if (origin == replica.self() && seq > ownAhead) {
        const auto mine = std::ranges::find(heads, origin, &Head::origin);
        if (mine == heads.end() || mine->seq < seq) ownAhead = seq, events.emplace_back(OwnLogAhead{seq});
    }
    const auto mine = std::ranges::lower_bound(heads, origin, {}, &Head::origin);
    if (s.due && (mine == heads.end() || mine->origin != origin || mine->seq <= s.next)) s.due.reset();
}

Hash Session::Impl::digest() const {
    // Heads as far as anybody needs them: replicas that hold different ops behind a cutoff or a fork are equal.
    std::string all(view(replica.realm().head()));
    for (const auto& head : heads) {
        const auto limit = limitOf(head.origin);
        if (limit == 0) continue;
        all += view(head.origin);
        const auto seq = std::min(head.seq, limit);
        for (int shift = 56; shift >= 0; shift -= 8) all.push_back(static_cast<char>((seq >> shift) & 0xffU));
        if (head.seq < limit) all += view(head.hash);
    }
    for (const auto& [origin, seq] : forkedAt) all += view(origin), all += std::to_string(seq);
    return blake2b({"vector", all});
}

bool Session::Impl::quiet() const {
    if (!queue.empty() || ackWaits || offering || copyAt || taking) return false;
    for (const auto& [origin, s] : streams)
        if (s.due && !s.mute) return false;
    return out.empty();
}

std::optional<OriginId> Session::Impl::dueStream(Moment now) const {
    if (closed || !vectorSeen || !vectorSent || offering || copyAt || credit <= 0) return std::nullopt;
    const auto ready = [&](const Stream& s) { return s.due && !s.mute && *s.due <= now.steady; };
    const auto own = streams.find(replica.self());
    if (own != streams.end() && ready(own->second)) return own->first;  // what was just done here goes first
    auto at = lastStream ? streams.upper_bound(*lastStream) : streams.begin();
    for (std::size_t i = 0; i < streams.size(); ++i, ++at) {
        if (at == streams.end()) at = streams.begin();
        if (ready(at->second)) return at->first;
    }
    return std::nullopt;
}

bool Session::Impl::sendSome(Moment now) {
    const auto origin = dueStream(now);
    if (!origin) return false;
    lastStream = *origin;
    auto& s = streams[*origin];
    const auto head = std::ranges::lower_bound(heads, *origin, {}, &Head::origin);
    const auto most = asked.contains(*origin) ? ~std::uint64_t{0} : limitOf(*origin);
    const auto target = head == heads.end() || head->origin != *origin ? 0 : std::min(head->seq, most);
    if (target <= s.next) {
        s.due.reset();
        asked.erase(*origin);
        return true;
    }
    // A console that comes back to many lacks the same of each: who begins goes on, the others look again later.
    if (*origin != replica.self() && !asked.contains(*origin) && s.have > std::max(s.sent, s.fed)) {
        s.fed = s.have;
        s.due = now.steady + kFedLeast + Millis(draw(static_cast<std::uint64_t>((kFedMost - kFedLeast).count())));
        return true;
    }
    const auto room = std::min<std::int64_t>(credit, static_cast<std::int64_t>(kDataLimit));
    auto bundles = replica.read(*origin, s.next, static_cast<std::size_t>(room));
    if (!bundles) {
        disk(bundles.error());
        return false;
    }
    // Nothing is sent before it is safe here, whatever the log holds.
    while (!bundles->empty() && bundles->back().segment.firstSeq + bundles->back().segment.count - 1 > head->seq)
        bundles->pop_back();
    if (bundles->empty()) {
        s.mute = true;
        return true;
    }
    const auto body = encodeData(*bundles);
    for (const auto& b : *bundles) counters.opsOut += b.segment.count;
    s.next = bundles->back().segment.firstSeq + bundles->back().segment.count - 1;
    s.sent = s.next;
    credit -= static_cast<std::int64_t>(body.size());
    ++messagesSent;
    const auto before = out.size();
    counters.framesOut += appendMessage(out, FrameType::Data, body);
    counters.bytesOut += out.size() - before;
    if (s.next >= target) s.due.reset(), asked.erase(*origin);
    return true;
}

std::string Session::Impl::takeOutput(Moment now, std::size_t limit) {
    while (out.size() < limit && sendSome(now)) {}
    if (out.size() <= limit) return std::exchange(out, {});
    auto part = out.substr(0, limit);
    out.erase(0, limit);
    return part;
}

}  // namespace wl::sync
