// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One connection to one peer, without the connection: bytes go in, bytes come out, the owner has the socket, the timer
// and the thread. Nothing here blocks, sleeps, reads a clock or draws a random number that its seed does not give.
//
//   HELLO both ways → realm log (whoever has more sends) → fork proofs → version vectors → what the other lacks, both
//   ways at once → live push. ARCHITECTURE "The protocol" has the byte layout.
//
// The owner's loop, after each call that gave the session something:
//   send takeOutput(); call work() slice by slice while hasWork(), own work in between; sleep until wakeAt(); if
//   closed(), send what takeOutput() still gives (the reason) and hang up. Other sessions of the same replica learn
//   what this one brought by changed(): Mesh (sync/mesh.hpp) does that.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/time.hpp"
#include "sync/replica.hpp"

namespace wl::sync {

/// Two clocks read at one moment.
struct Moment {
    Millis steady{};  ///< never jumps; since any start
    Instant wall;     ///< what people see; may jump, is only ever told to the peer
};

/// Why a connection ends. The numbers are on the wire.
enum class CloseReason : std::uint8_t {
    Stopping = 1,          ///< the console is being closed
    Timeout = 2,           ///< nothing was heard for too long, or no HELLO came
    Protocol = 3,          ///< bytes that are no frame, or a frame out of turn
    Version = 4,           ///< no protocol version in common
    WrongRealm = 5,        ///< another city
    RealmBranch = 6,       ///< its realm log is another branch
    BadRealmLog = 7,       ///< entries that are not the realm's
    UnknownPeer = 8,       ///< its TLS key is no console's of the realm
    WrongIdentity = 9,     ///< it says it is another console than its TLS key belongs to
    Revoked = 10,          ///< it is not a console of the realm any more
    BadData = 11,          ///< ops whose chain or signature is wrong
    BadForkProof = 12,     ///< a fork proof that proves nothing
    Flooding = 13,         ///< more than was granted
    OurDisk = 14,          ///< the replica could not be written
    BadSnapshot = 15,      ///< a snapshot that is not what was offered
    Self = 16,             ///< the console reached itself
    Replaced = 17,         ///< there is a newer connection between the two
};
/// "revoked", as in logs and JSON.
[[nodiscard]] std::string_view codeOf(CloseReason reason);
/// Whether trying again soon makes sense; otherwise somebody has to do something first.
[[nodiscard]] bool mayRetry(CloseReason reason);

struct Closed {
    CloseReason reason{};
    std::string text;   ///< for the log, not translated: what exactly was wrong
    bool byPeer{};
};

/// Somebody has something open: sent to every peer, kept nowhere.
struct PresenceItem {
    EntityId entity;             ///< the case
    std::string agent;           ///< staff code, at most 64 bytes
    enum class Doing : std::uint8_t { Viewing = 0, Editing = 1 } doing{};
    bool operator==(const PresenceItem&) const = default;
};
inline constexpr std::size_t kPresenceLimit = 32;  ///< items a console

// What the owner is told. Events are collected until takeEvents().
struct PeerKnown {          ///< HELLO is checked: this is who it is
    OriginId origin;
    std::string name;
};
struct SkewMeasured {       ///< median of the last samples
    Millis skew{};          ///< above zero: the peer's clock is ahead of ours
    Millis roundTrip{};
};
struct PresenceHeard {      ///< all that this peer has open now
    std::vector<PresenceItem> items;
};
struct ProgressMade {       ///< after vectors and whenever they change, at most one a call
    std::uint64_t toReceive{};  ///< ops it has and we lack
    std::uint64_t toSend{};     ///< ops we have and it has not acknowledged as durable
};
struct LogGrew {            ///< ops of others are in our log now
    Accepted accepted;
};
struct LogDurable {};       ///< they are safe now, and acknowledged
struct RealmGrew {          ///< the realm log has more entries
    std::uint32_t epoch{};
};
struct ForkFound {          ///< a new fork proof is kept
    OriginId origin;
};
struct OwnLogAhead {  ///< the peer has own ops that we lost (a restored backup): author nothing more under this origin
    std::uint64_t seq{};
};
struct SuccessorAsks {  ///< the peer, known by its certificate, goes on under a new name and waits to be enrolled
    OriginId origin;
    Succession succession;
};
struct OpsRefused {  ///< bundles that were not taken, and why (revoked origin, unknown origin, unknown epoch)
    OriginId origin;
    Accepted::Stop stop{};
};
struct SnapshotProgress {
    std::uint32_t done{}, total{};  ///< chunks
    bool sending{};
    bool installed{};
};
using Event = std::variant<PeerKnown, SkewMeasured, PresenceHeard, ProgressMade, LogGrew, LogDurable, RealmGrew,
                           ForkFound, OwnLogAhead, SuccessorAsks, OpsRefused, SnapshotProgress>;

struct SessionOptions {
    PublicKey peerTlsKey{};  ///< from the peer's certificate; whoever it is, the realm log decides
    bool initiator{};  ///< we called
    std::uint64_t seed{};  ///< of the delays' jitter
    std::uint32_t window = 4 << 20;  ///< bytes of ops the peer may send before we have applied any
    std::uint32_t sliceOps = 1000;  ///< most ops a work() applies (one bundle may have more)
    std::uint64_t snapshotFrom = 2'000;  ///< offer a snapshot to a peer without ops if we have at least these
};

class Session {
public:
    /// The replica must outlive it.
    Session(Replica& replica, const SessionOptions& options);
    Session(Session&&) noexcept;
    ~Session();

    // ---- what happens outside
    void start(Moment now);
    /// Bytes as they came; however they were cut.
    void received(std::string_view bytes, Moment now);
    /// Our own log grew; pushed at once.
    void committed(Moment now);
    /// The replica changed by another session (ops, realm log, fork proofs). Ops are forwarded after a short random
    /// delay if the peer has not got them from elsewhere by then.
    void changed(Moment now);
    /// All that we have open; sent if it changed.
    void setPresence(std::vector<PresenceItem> items, Moment now);
    void tick(Moment now);
    /// Says BYE; takeOutput() has it.
    void close(CloseReason reason, std::string text, Moment now);

    // ---- what it wants
    /// Ops wait to be applied.
    [[nodiscard]] bool hasWork() const;
    /// Applies one slice. True if more waits.
    bool work(Moment now);
    /// Up to about `limit` bytes to send, in order; empty if there is nothing. Reads the log as far as the peer's
    /// credit goes, so ask again whenever the socket took the last ones.
    [[nodiscard]] std::string takeOutput(Moment now, std::size_t limit = 256 * 1024);
    /// Whether takeOutput would give something.
    [[nodiscard]] bool hasOutput() const;
    /// The latest moment (steady) to call tick().
    [[nodiscard]] Millis wakeAt() const;
    [[nodiscard]] const std::optional<Closed>& closed() const;
    [[nodiscard]] std::vector<Event> takeEvents();

    // ---- what is known
    [[nodiscard]] const SessionOptions& options() const;
    [[nodiscard]] std::optional<OriginId> peer() const;  ///< once HELLO is checked
    [[nodiscard]] const std::vector<Head>& peerHeads()
        const;  ///< durable at the peer, sorted by origin; hashes may be zero
    [[nodiscard]] bool caughtUp() const;  ///< vectors are exchanged and neither lacks anything
    struct Counters {
        std::uint64_t bytesIn{}, bytesOut{}, framesIn{}, framesOut{};
        std::uint64_t opsIn{}, opsOut{};  ///< as sent, repeated ones included
        std::uint64_t opsRepeated{};  ///< came although they were in the log
    };
    [[nodiscard]] const Counters& counters() const;
    /// Ops it brought are in the log and not durable yet; if it ends now, somebody else has to see to that.
    [[nodiscard]] bool owesDurability() const;
    /// Bytes this session holds: input not parsed, ops not applied, output not taken.
    [[nodiscard]] std::size_t bytesHeld() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::sync
