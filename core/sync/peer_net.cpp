// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/peer_net.hpp"

#include <boost/asio/post.hpp>

#include "sync/peer_net_impl.hpp"

namespace wl::sync {
namespace {

constexpr std::size_t kReadBuffer = 64 * 1024;
constexpr std::chrono::seconds kWriteLimit(60);
constexpr std::chrono::seconds kLook(5);  ///< how often stuck writes are looked for at least

}  // namespace

Moment PeerNet::Impl::moment() const {
    return {std::chrono::duration_cast<Millis>(Steady::now().time_since_epoch()), clock.now()};
}

std::string PeerNet::Impl::nameOf(const PublicKey& key, const std::string& otherwise) const {
    const auto* console = replica.realm().findByTlsKey(key);
    return console && !console->card.name.empty() ? console->card.name : otherwise;
}

WirePtr PeerNet::Impl::wireTo(const PublicKey& key) const {
    for (const auto& [link, wire] : wires)
        if (!wire->gone && wire->stream->peerKey() == key) return wire;
    return nullptr;
}

void PeerNet::Impl::say(std::string code, std::string who, std::string detail, bool bad) {
    const auto now = Steady::now();
    std::erase_if(saidLately, [&](const auto& said) { return said.second < now; });
    const auto key = code + '\n' + who + '\n' + detail;
    if (saidLately.size() > 512 || !saidLately.emplace(key, now + std::chrono::minutes(1)).second) return;
    if (hooks.notice) hooks.notice({clock.now(), std::move(code), std::move(who), std::move(detail), bad});
}

void PeerNet::Impl::handle(const Mesh::LinkEvent& event) {
    const auto found = wires.find(event.link);
    if (found == wires.end()) return;
    auto& wire = *found->second;
    if (const auto* known = std::get_if<PeerKnown>(&event.event)) {
        wire.peer = known->origin;
        wire.name = known->name;
        say("peer.connected", known->name, wire.address);
    } else if (const auto* skew = std::get_if<SkewMeasured>(&event.event)) {
        wire.skew = skew->skew;
        wire.roundTrip = skew->roundTrip;
    } else if (const auto* heard = std::get_if<PresenceHeard>(&event.event)) {
        wire.presence = heard->items;
    } else if (const auto* progress = std::get_if<ProgressMade>(&event.event)) {
        wire.toReceive = progress->toReceive;
        wire.toSend = progress->toSend;
    } else if (const auto* snapshot = std::get_if<SnapshotProgress>(&event.event)) {
        wire.snapshotDone = snapshot->done;
        wire.snapshotTotal = snapshot->total;
    } else if (std::holds_alternative<RealmGrew>(event.event)) {
        wakeTargets(nullptr);  // who was a stranger may be a colleague now
    }
    if (hooks.event) hooks.event(event.event, wire.peer);
}

void PeerNet::Impl::turn() {
    if (stopped) return;
    again = true;
    if (inTurn) return;
    inTurn = true;
    bool more = false, happened = false;
    while (again && !stopped) {
        again = false;
        const auto look = [&] {
            for (const auto& event : mesh->settle(moment())) {
                happened = true;
                handle(event);
            }
            const auto copy = wires;
            for (const auto& [link, wire] : copy) flush(wire);
        };
        look();
        if (stopped) break;
        more = mesh->work(moment());
        look();
    }
    inTurn = false;
    if (stopped) return;
    if (more && !turnPosted) {
        // The next slice waits behind whatever was posted meanwhile: edits of this console go first.
        turnPosted = true;
        asio::post(context, [self = shared_from_this()] {
            self->turnPosted = false;
            self->turn();
        });
    }
    arm();
    if (happened && hooks.changed) hooks.changed();
}

void PeerNet::Impl::flush(const WirePtr& wire) {
    if (stopped || wire->gone || wire->writing) return;
    auto* session = mesh->find(wire->link);
    if (!session) return;
    if (!wire->closed && session->closed()) wire->closed = session->closed();
    wire->out = session->takeOutput(moment());
    if (wire->out.empty()) {
        if (wire->closed) hangUp(wire);
        return;
    }
    wire->writing = true;
    wire->writeBegan = Steady::now();
    wire->stream->startWrite(wire->out, [self = shared_from_this(), wire](const Result<void>& done) {
        wire->writing = false;
        if (self->stopped || wire->gone) return;
        if (!done) return self->hangUp(wire);
        self->flush(wire);
        self->arm();
    });
}

void PeerNet::Impl::hangUp(const WirePtr& wire) {
    if (std::exchange(wire->gone, true)) return;
    wire->stream->close();
    if (!stopped && wires.erase(wire->link) > 0) mesh->drop(wire->link);
    if (stopped) return;
    const auto key = wire->stream->peerKey();
    const auto who = wire->name.empty() ? nameOf(key, wire->address) : wire->name;
    if (!wire->closed) {
        say("peer.gone", who, wire->address);
    } else {
        using enum CloseReason;
        const auto reason = wire->closed->reason;
        const bool theirFault =
            !wire->closed->byPeer &&
            (reason == Protocol || reason == BadRealmLog || reason == BadData || reason == BadForkProof ||
             reason == Flooding || reason == BadSnapshot || reason == WrongIdentity || reason == WrongRealm);
        // Whoever broke the protocol, or was told that it does not belong, is not let in again at once.
        if (theirFault || (reason == Revoked && !wire->closed->byPeer)) {
            if (shunned.size() > 256) shunned.clear();
            shunned[key] = Steady::now() + std::chrono::seconds(60);
        }
        std::string detail(codeOf(reason));
        if (!wire->closed->text.empty()) detail += ": " + wire->closed->text;
        if (reason != Replaced)
            say(wire->closed->byPeer ? "peer.closed"
                : theirFault         ? "peer.cut_off"
                                     : "peer.gone",
                who, detail, theirFault);
    }
    wakeTargets(&key);
    if (hooks.changed) hooks.changed();
    asio::post(context, [self = shared_from_this()] { self->turn(); });
}

void PeerNet::Impl::arm() {
    if (stopped) return;
    if (wires.empty()) return;
    const auto now = Steady::now();
    const auto wake =
        std::min(mesh->wakeAt(), moment().steady + Millis(kLook));  // far away is beyond what a clock can hold
    const auto at = Steady::time_point(std::chrono::duration_cast<Steady::duration>(wake));
    if (at >= armedFor && armedFor > now) return;
    armedFor = at;
    timer.expires_at(at);
    timer.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        if (error || self->stopped) return;
        self->armedFor = Steady::time_point::max();
        self->mesh->tick(self->moment());
        const auto copy = self->wires;
        for (const auto& [link, wire] : copy)
            if (wire->writing && Steady::now() - wire->writeBegan > kWriteLimit) self->hangUp(wire);
        self->turn();
    });
}

awaitable<void> PeerNet::Impl::serve(WirePtr wire) {
    const auto self = shared_from_this();
    std::vector<char> buffer(kReadBuffer);
    while (!stopped && !wire->gone) {
        const auto got = co_await wire->stream->readSome(buffer);
        if (stopped || wire->gone) break;
        auto* session = mesh->find(wire->link);
        if (!got || !session) {
            hangUp(wire);
            break;
        }
        if (session->closed()) continue;  // only its last bytes are still to go
        session->received({buffer.data(), *got}, moment());
        turn();
    }
}

void PeerNet::Impl::stop() {
    if (std::exchange(stopped, true)) return;
    boost::system::error_code ignored;
    timer.cancel();
    beaconTimer.cancel();
    if (acceptor) acceptor->close(ignored);
    if (lan) lan->close(ignored);
    for (const auto& target : targets) {
        target->removed = true;
        target->timer.cancel();
    }
    for (const auto& [link, wire] : wires) {
        wire->gone = true;
        wire->stream->close();
    }
    wires.clear();
    mesh.reset();
    for (const auto& talk : talks) talk->stream->close();
    pairingOffer.reset();
    hooks = {};
}

// ---- the outside
// -----------------------------------------------------------------------------------------------------

PeerNet::PeerNet(asio::io_context& context, Replica& replica, TlsIdentity identity, const Clock& clock, Rng& rng,
                 PeerNetHooks hooks)
    : m_impl(std::make_shared<Impl>(context, replica, std::move(identity), clock, rng, std::move(hooks))) {}

PeerNet::~PeerNet() { m_impl->stop(); }

Result<std::uint16_t> PeerNet::listen(const Address& address) { return m_impl->listen(address); }
void PeerNet::connectTo(std::vector<Address> addresses) { m_impl->connectTo(std::move(addresses)); }
Result<void> PeerNet::discover(const SymmetricKey& realmKey, const std::string& interface, std::uint16_t port) {
    return m_impl->discover(realmKey, interface, port);
}
void PeerNet::stop() { m_impl->stop(); }

void PeerNet::committed() {
    if (m_impl->stopped) return;
    m_impl->mesh->committed(m_impl->moment());
    m_impl->turn();
}

void PeerNet::realmChanged() {
    if (m_impl->stopped) return;
    m_impl->mesh->changed(m_impl->moment());
    m_impl->wakeTargets(nullptr);
    m_impl->turn();
}

void PeerNet::setPresence(std::vector<PresenceItem> items) {
    if (m_impl->stopped) return;
    m_impl->mesh->setPresence(items, m_impl->moment());
    m_impl->turn();
}

std::vector<PeerStatus> PeerNet::status() const {
    std::vector<PeerStatus> out;
    if (m_impl->stopped) return out;
    for (const auto& [link, wire] : m_impl->wires) {
        if (wire->peer.isNull()) continue;
        PeerStatus s;
        s.origin = wire->peer;
        s.name = wire->name;
        s.address = wire->address;
        s.weCalled = wire->weCalled;
        s.since = wire->since;
        s.toReceive = wire->toReceive;
        s.toSend = wire->toSend;
        if (const auto* session = m_impl->mesh->find(link)) {
            s.caughtUp = session->caughtUp();
            s.counters = session->counters();
        }
        s.skew = wire->skew;
        s.roundTrip = wire->roundTrip;
        s.presence = wire->presence;
        s.snapshotDone = wire->snapshotDone;
        s.snapshotTotal = wire->snapshotTotal;
        out.push_back(std::move(s));
    }
    return out;
}

std::uint16_t PeerNet::port() const { return m_impl->port; }

}  // namespace wl::sync
