// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/session.hpp"

#include <algorithm>
#include <utility>

#include "domain/cbor.hpp"
#include "domain/ops.hpp"
#include "sync/session_impl.hpp"

namespace wl::sync {
namespace {

struct ReasonRow {
    CloseReason reason;
    std::string_view code;
    bool retry;
};
constexpr ReasonRow kReasons[] = {
    {CloseReason::Stopping, "stopping", true},
    {CloseReason::Timeout, "timeout", true},
    {CloseReason::Protocol, "protocol", true},
    {CloseReason::Version, "version", false},
    {CloseReason::WrongRealm, "wrong_realm", false},
    {CloseReason::RealmBranch, "realm_branch", false},
    {CloseReason::BadRealmLog, "bad_realm_log", false},
    {CloseReason::UnknownPeer, "unknown_peer", false},
    {CloseReason::WrongIdentity, "wrong_identity", false},
    {CloseReason::Revoked, "revoked", false},
    {CloseReason::BadData, "bad_data", true},
    {CloseReason::BadForkProof, "bad_fork_proof", true},
    {CloseReason::Flooding, "flooding", true},
    {CloseReason::OurDisk, "our_disk", true},
    {CloseReason::BadSnapshot, "bad_snapshot", true},
    {CloseReason::Self, "self", false},
    {CloseReason::Replaced, "replaced", false},
};
const ReasonRow* rowOf(CloseReason reason) {
    const auto* row = std::ranges::find(kReasons, reason, &ReasonRow::reason);
    return row == std::end(kReasons) ? nullptr : row;
}

}  // namespace

std::string_view codeOf(CloseReason reason) {
    const auto* row = rowOf(reason);
    return row ? row->code : "unknown";
}

bool mayRetry(CloseReason reason) {
    const auto* row = rowOf(reason);
    return !row || row->retry;
}

// ---- Impl: life -------------------------------------------------------------------------------------------------

std::uint64_t Session::Impl::draw(std::uint64_t below) {
    random += 0x9E3779B97F4A7C15ULL;  // splitmix64 (Steele, Lea, Flood 2014)
    auto z = random;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return (z ^ (z >> 31)) % std::max<std::uint64_t>(below, 1);
}

void Session::Impl::start(Moment now) {
    started = true;
    startedAt = heardAt = allowanceAt = now.steady;
    const auto& realm = replica.realm();
    HelloMessage m;
    m.realm = realm.realm();
    m.origin = replica.self();
    m.epoch = realm.epoch();
    m.realmHead = realm.head();
    m.opSchema = kOpSchema;
    m.wall = now.wall;
    m.window = options.window;
    m.goesOn = replica.goesOnAs();
    reader.setLimit(kFrameLimit);  // until it is known who it is
    say(FrameType::Hello, encodeHello(m));
}

void Session::Impl::say(FrameType type, std::string_view body) {
    if (closed) return;
    const auto before = out.size();
    counters.framesOut += appendMessage(out, type, body);
    counters.bytesOut += out.size() - before;
    // Data goes as far as it is taken; what a peer makes us answer without reading it does not.
    if (out.size() > kOutputLimit) close(CloseReason::Flooding, "answers are not read");
}

void Session::Impl::close(CloseReason reason, std::string text) {
    if (closed) return;
    text.resize(std::min(text.size(), kTextLimit));
    while (!cbor::isUtf8(text)) text.pop_back();
    const auto before = out.size();
    counters.framesOut += appendMessage(out, FrameType::Bye, encodeBye({static_cast<std::uint8_t>(reason), text}));
    counters.bytesOut += out.size() - before;
    closed = Closed{reason, std::move(text), false};
    queue.clear();
    queued = 0;
}

void Session::Impl::ping(Moment now) {
    say(FrameType::Ping, encodePing(now.wall));
    ++pings;
    pingAt = now.steady + (pings < 4 ? Millis(1000) : kPingEvery + Millis(draw(5000)));
}

void Session::Impl::tick(Moment now) {
    if (closed || !started) return;
    if (!peer && now.steady - startedAt >= kHelloPatience)
        return close(CloseReason::Timeout, hello ? "the realm log did not come" : "no greeting");
    if (now.steady - heardAt >= kSilencePatience) return close(CloseReason::Timeout, "nothing heard");
    if (!peer) return;
    if (now.steady >= pingAt) ping(now);
    if (ackWaits && now.steady >= ackDue) makeDurable(now);
    if (vectorSeen && now.steady >= digestAt) {
        if (quiet()) say(FrameType::Digest, encodeHash(digest()));
        digestAt = now.steady + kDigestEvery / 2 + Millis(draw(static_cast<std::uint64_t>(kDigestEvery.count())));
    }
    if (offering && now.steady - offeredAt >= kHelloPatience * 3) offering.reset();
    if (copyAt && now.steady >= *copyAt) offerSnapshot(now);
    askAgain(now);
    if (tellReplicaAt && now.steady >= *tellReplicaAt) {
        tellReplicaAt.reset();
        replica.peerHas(*peer, peerHeads, now.wall);
        if (progressKnown) events.emplace_back(progress);  // who shows where edits are looks again
    }
}

Millis Session::Impl::wakeAt() const {
    if (closed || !started) return Millis::max();
    auto at = heardAt + kSilencePatience;
    if (!peer) return std::min(at, startedAt + kHelloPatience);
    at = std::min(at, pingAt);
    if (vectorSeen) at = std::min(at, digestAt);
    if (ackWaits) at = std::min(at, ackDue);
    if (tellReplicaAt) at = std::min(at, *tellReplicaAt);
    if (offering) at = std::min(at, offeredAt + kHelloPatience * 3);
    if (copyAt) at = std::min(at, *copyAt);
    for (const auto& [origin, need] : needs) at = std::min(at, need.since + kNeedPatience);
    if (credit > 0 && vectorSeen && !offering && !copyAt)
        for (const auto& [origin, s] : streams)
            if (s.due && !s.mute) at = std::min(at, *s.due);
    return at;
}

void Session::Impl::report() {
    if (!vectorSeen || closed) return;
    ProgressMade now;
    auto mine = heads.begin();
    for (const auto& [origin, s] : streams) {
        while (mine != heads.end() && mine->origin < origin) ++mine;
        const auto limit = limitOf(origin);
        const auto own = mine != heads.end() && mine->origin == origin ? std::min(mine->seq, limit) : 0;
        const auto theirs = std::min(s.have, limit), safe = std::min(s.durable, limit);
        now.toReceive += theirs > own ? theirs - own : 0;
        now.toSend += own > safe ? own - safe : 0;
    }
    if (progressKnown && now.toReceive == progress.toReceive && now.toSend == progress.toSend) return;
    progress = now;
    progressKnown = true;
    events.emplace_back(now);
}

// ---- Session ----------------------------------------------------------------------------------------------------

Session::Session(Replica& replica, const SessionOptions& options) : m_impl(std::make_unique<Impl>(replica, options)) {}
Session::Session(Session&&) noexcept = default;
Session::~Session() = default;

void Session::start(Moment now) {
    m_impl->clock = now;
    m_impl->start(now);
}

void Session::received(std::string_view bytes, Moment now) {
    m_impl->clock = now;
    m_impl->received(bytes, now);
    m_impl->report();
}

void Session::committed(Moment now) {
    m_impl->clock = now;
    m_impl->refresh(now, true);
    m_impl->report();
}

void Session::changed(Moment now) {
    m_impl->clock = now;
    m_impl->refresh(now, false);
    m_impl->report();
}

void Session::setPresence(std::vector<PresenceItem> items, Moment now) {
    auto& s = *m_impl;
    s.clock = now;
    if (items.size() > kPresenceLimit) items.resize(kPresenceLimit);
    for (auto& item : items) item.agent.resize(std::min<std::size_t>(item.agent.size(), 64));
    s.presence = std::move(items);
    if (s.vectorSent && s.presence != s.presenceTold) {
        s.say(FrameType::Presence, encodePresence(s.presence));
        s.presenceTold = s.presence;
    }
}

void Session::tick(Moment now) {
    m_impl->clock = now;
    m_impl->tick(now);
    m_impl->report();
}

void Session::close(CloseReason reason, std::string text, Moment now) {
    m_impl->clock = now;
    m_impl->close(reason, std::move(text));
}

bool Session::hasWork() const { return !m_impl->closed && !m_impl->queue.empty(); }

bool Session::work(Moment now) {
    m_impl->clock = now;
    const bool more = m_impl->work(now);
    m_impl->report();
    return more;
}

std::string Session::takeOutput(Moment now, std::size_t limit) {
    m_impl->clock = now;
    return m_impl->takeOutput(now, limit);
}

bool Session::hasOutput() const { return !m_impl->out.empty() || m_impl->dueStream(m_impl->clock).has_value(); }
Millis Session::wakeAt() const { return m_impl->wakeAt(); }
const std::optional<Closed>& Session::closed() const { return m_impl->closed; }
std::vector<Event> Session::takeEvents() { return std::exchange(m_impl->events, {}); }
const SessionOptions& Session::options() const { return m_impl->options; }
std::optional<OriginId> Session::peer() const { return m_impl->peer; }
const std::vector<Head>& Session::peerHeads() const { return m_impl->peerHeads; }
bool Session::caughtUp() const {
    const auto& s = *m_impl;
    return s.vectorSeen && s.progressKnown && s.progress.toReceive == 0 && s.progress.toSend == 0 && s.queue.empty();
}
const Session::Counters& Session::counters() const { return m_impl->counters; }
bool Session::owesDurability() const { return m_impl->ackWaits; }
std::size_t Session::bytesHeld() const { return m_impl->reader.held() + m_impl->queued + m_impl->out.size(); }

}  // namespace wl::sync
