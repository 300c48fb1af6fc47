// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inside of PeerNet, for its sources alone.
//
//   socket ⇄ TlsStream ⇄ Wire ⇄ Session          after anything that happened: turn()
//   turn: events → hooks; output of every session → its socket, if that is not busy; one slice of ops; again if more
//   waits
//
// A wire whose socket is busy keeps its own output waiting in its session and nobody else's. Nothing in this path waits
// for a timer.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <map>

#include "sync/beacon.hpp"
#include "sync/mesh.hpp"
#include "sync/peer_net.hpp"
#include "sync/tls_stream.hpp"

namespace wl::sync {

using asio::ip::udp;
using Steady = std::chrono::steady_clock;

/// One connection.
struct Wire {
    std::unique_ptr<TlsStream> stream;
    Mesh::Link link{};
    bool weCalled{};
    Instant since;
    std::string address;
    OriginId peer;  ///< null until its HELLO is checked
    std::string name;
    std::uint64_t toReceive{}, toSend{};
    std::optional<Millis> skew;
    Millis roundTrip{};
    std::vector<PresenceItem> presence;
    std::uint32_t snapshotDone{}, snapshotTotal{};
    std::string out;  ///< what the socket is taking
    bool writing{};
    Steady::time_point writeBegan;
    std::optional<Closed> closed;
    bool gone{};
};
using WirePtr = std::shared_ptr<Wire>;

/// Somewhere to call.
struct Target {
    Target(asio::io_context& context, Address where, bool named)
        : address(std::move(where)), fixed(named), timer(context) {}
    Address address;
    bool fixed;  ///< named by a person; others were heard of
    Steady::time_point until;  ///< of those heard of
    std::optional<PublicKey> key;  ///< who answered there last
    bool self{};  ///< it is this console
    bool removed{};
    asio::steady_timer timer;
    Backoff backoff;
    std::string lastError;
};
using TargetPtr = std::shared_ptr<Target>;

/// A newcomer that is being paired.
struct PairTalk {
    PairTalk(std::unique_ptr<TlsStream> over, PairingOffer& offer, const PairingLink& link, Rng& rng)
        : stream(std::move(over)), side(offer, link, rng) {}
    std::unique_ptr<TlsStream> stream;
    OfferingSide side;
    std::string out;
};

class PeerNet::Impl : public std::enable_shared_from_this<PeerNet::Impl> {
public:
    Impl(asio::io_context& context_, Replica& replica_, TlsIdentity identity_, const Clock& clock_, Rng& rng_,
         PeerNetHooks hooks_)
        : context(context_), replica(replica_), identity(std::move(identity_)), clock(clock_), rng(rng_),
          hooks(std::move(hooks_)), mesh(std::make_unique<Mesh>(replica)), timer(context), beaconTimer(context) {}

    // peer_net.cpp
    [[nodiscard]] Moment moment() const;
    void turn();
    void handle(const Mesh::LinkEvent& event);
    void flush(const WirePtr& wire);
    void hangUp(const WirePtr& wire);
    void arm();
    awaitable<void> serve(WirePtr wire);
    void say(std::string code, std::string who, std::string detail, bool bad = false);
    void stop();
    [[nodiscard]] WirePtr wireTo(const PublicKey& key) const;
    [[nodiscard]] std::string nameOf(const PublicKey& key, const std::string& otherwise) const;

    // peer_dial.cpp
    [[nodiscard]] Welcoming welcoming();
    Result<std::uint16_t> listen(const Address& address);
    awaitable<void> acceptAll();
    awaitable<void> greet(tcp::socket socket);
    awaitable<void> serveNew(std::unique_ptr<TlsStream> stream, bool weCalled);
    void connectTo(std::vector<Address> addresses);
    void add(const Address& address, bool fixed, Steady::time_point until);
    awaitable<void> keepCalling(TargetPtr target);
    awaitable<Result<std::unique_ptr<TlsStream>>> call(const Address& address);
    void wakeTargets(const PublicKey* key);

    // peer_lan.cpp
    Result<void> discover(const SymmetricKey& realmKey, const std::string& interface, std::uint16_t port);
    awaitable<void> hearBeacons();
    awaitable<void> sendBeacons();
    void sendBeacon();

    // peer_pair.cpp
    awaitable<void> servePairing(std::unique_ptr<TlsStream> stream);

    asio::io_context& context;
    Replica& replica;
    TlsIdentity identity;
    const Clock& clock;
    Rng& rng;
    PeerNetHooks hooks;
    std::unique_ptr<Mesh> mesh;
    std::map<Mesh::Link, WirePtr> wires;
    bool stopped{};

    bool inTurn{}, again{}, turnPosted{};
    asio::steady_timer timer;
    Steady::time_point armedFor{Steady::time_point::max()};

    std::optional<tcp::acceptor> acceptor;
    std::uint16_t port{};
    std::size_t shaking{};
    std::vector<TargetPtr> targets;
    std::map<PublicKey, Steady::time_point> shunned;  ///< who misbehaved, until when
    std::map<std::string, Steady::time_point> saidLately;  ///< notices are not repeated for a minute

    std::optional<Beacons> beacons;
    std::optional<udp::socket> lan;
    udp::endpoint lanGroup;
    asio::steady_timer beaconTimer;
    Steady::time_point lastBeacon;

    std::unique_ptr<PairingOffer> pairingOffer;
    std::list<std::shared_ptr<PairTalk>> talks;
    std::weak_ptr<PairTalk> asked;
};

/// Reads one length-prefixed message of a pairing. Errors as readSome, pairing.form if it is too long.
awaitable<Result<std::string>> readPairingMessage(TlsStream& stream);
[[nodiscard]] std::string framed(std::string_view message);
/// The connection as both sides of a pairing see it.
[[nodiscard]] PairingLink linkOf(const TlsStream& stream, const TlsIdentity& self, bool isNewcomer);

/// Waits for a timer; true if it was woken early.
awaitable<bool> waitFor(asio::steady_timer& timer, Millis time);
/// A connected socket, set for small latency. Errors: net.resolve, net.connect, net.timeout
awaitable<Result<tcp::socket>> connectSocket(asio::any_io_executor executor, const Address& address, Millis limit);
void tune(tcp::socket& socket);

}  // namespace wl::sync
