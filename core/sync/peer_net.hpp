// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All connections of one replica: listens, calls, finds colleagues on the local network, and carries the bytes between
// sockets and sessions. Lives on the thread of its io_context, which is the replica's thread; all calls and hooks are
// there.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/address.hpp"
#include "sync/pairing.hpp"
#include "sync/session.hpp"
#include "sync/tls.hpp"

namespace boost::asio {
class io_context;
}

namespace wl::sync {

inline constexpr std::size_t kMostPeers = 16;

/// Something a person who looks after consoles wants to read.
struct Notice {
    Instant at;
    std::string code;     ///< "peer.connected", "peer.refused", "peer.gone", "pair.tried", …
    std::string who;      ///< the console's name, or the address where it is not known
    std::string detail;
    bool bad{};           ///< somebody was cut off or could not be understood
};

struct PeerStatus {
    OriginId origin;
    std::string name;
    std::string address;
    bool weCalled{};
    Instant since;
    std::uint64_t toReceive{}, toSend{};  ///< ops it has and we lack; ops we have and it has not durably
    bool caughtUp{};
    std::optional<Millis> skew;           ///< above zero: its clock is ahead
    Millis roundTrip{};
    std::vector<PresenceItem> presence;
    Session::Counters counters;
    std::uint32_t snapshotDone{}, snapshotTotal{};
};

/// Who asks to be let in, and the six digits to compare.
struct PairingAsked {
    NewcomerCard card;
    std::string comparison;
    std::string address;
};

struct PeerNetHooks {
    std::function<void(const Event&, const OriginId& peer)> event;  ///< of a session whose peer is known
    std::function<void()> changed;                                  ///< status() gives something else now
    std::function<void(Notice)> notice;
    std::function<void(const PairingAsked&)> asked;                 ///< answer with letIn or turnAway
    std::function<void(Result<void>)> paired;  ///< the newcomer has its replica, or the attempt ended
};

class PeerNet {
public:
    /// The replica must live until stop() was called.
    PeerNet(boost::asio::io_context& context, Replica& replica, TlsIdentity identity, const Clock& clock, Rng& rng,
            PeerNetHooks hooks);
    ~PeerNet();

    /// Gives the port (asked for 0: a free one). Errors: net.listen (the address is taken or not ours), address.form
    Result<std::uint16_t> listen(const Address& address);
    /// Calls these, and calls again whenever a connection ends; those not named any more are left alone.
    void connectTo(std::vector<Address> addresses);
    /// Announces itself and looks for colleagues; `interface` is a local address, empty for the system's choice.
    /// Errors: net.multicast
    Result<void> discover(const SymmetricKey& realmKey, const std::string& interface = {},
                          std::uint16_t port = kUsualPort);
    /// Ends all connections, lets go of the replica and starts nothing again.
    void stop();

    /// Our own log grew: to be called right after the commit.
    void committed();
    /// The realm log grew by our own hand.
    void realmChanged();
    void setPresence(std::vector<PresenceItem> items);

    /// Opens a new offer; an earlier one ends.
    const PairingOffer& offerPairing();
    void endOffer();
    [[nodiscard]] const PairingOffer* offer() const;
    /// Answers `asked`.
    void letIn(const RealmWelcome& welcome);
    void turnAway();

    [[nodiscard]] std::vector<PeerStatus> status() const;
    [[nodiscard]] std::uint16_t port() const;  ///< 0 while it does not listen

    class Impl;

private:
    std::shared_ptr<Impl> m_impl;
};

}  // namespace wl::sync
