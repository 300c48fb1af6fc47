// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the session: its state, and what its parts (session.cpp, session_hear.cpp, session_apply.cpp,
// session_send.cpp, session_snapshot.cpp) share.

#include <deque>
#include <map>
#include <set>

#include "sync/frames.hpp"
#include "sync/wire.hpp"

namespace wl::sync {

// Times (steady) and limits of the protocol; ARCHITECTURE "The protocol" names them.
inline constexpr Millis kHelloPatience{10'000};    ///< until HELLO and the realm log are through
inline constexpr Millis kSilencePatience{75'000};  ///< without a byte from the peer
inline constexpr Millis kPingEvery{25'000};
inline constexpr Millis kDigestEvery{30'000};      ///< ± 50 %
inline constexpr Millis kAckWithin{100};           ///< durable acks wait no longer
inline constexpr Millis kAckAtLeast{20};           ///< … and come no closer, for small live batches
inline constexpr Millis kForwardLeast{40}, kForwardMost{100};
inline constexpr Millis kFedLeast{150}, kFedMost{400};  ///< another peer seems to send it: look again
inline constexpr Millis kBacklogMost{600};       ///< others' ops that a peer missed wait at most so long
inline constexpr Millis kNeedPatience{10'000};
inline constexpr Millis kTellReplicaEvery{1000};
inline constexpr std::size_t kOutputLimit = 8 * 1024 * 1024;  ///< answers a peer asked for and does not read
inline constexpr std::size_t kDataLimit = 256 * 1024;         ///< about, a DATA message
inline constexpr std::uint32_t kControlRate = 400,
                               kControlBurst = 4000;  ///< messages other than DATA and chunks, a second
inline constexpr Millis kCopyEvery{50};  ///< is it made?
inline constexpr std::size_t kSamples = 8;
inline constexpr std::uint32_t kChunksAhead = 4;   ///< requested and not yet here

class Session::Impl {
public:
    Impl(Replica& r, const SessionOptions& o) : replica(r), options(o), random(o.seed * 2 + 1), window(o.window) {}

    /// What is known of one origin's log on this connection.
    struct Stream {
        std::uint64_t next{};     ///< the peer has, or was sent, everything up to this
        std::uint64_t have{};     ///< the peer said or showed that it has this
        std::uint64_t durable{};  ///< … durably
        std::uint64_t sent{};     ///< we sent up to this
        std::uint64_t fed{};      ///< it had this, not from us, when we last looked
        std::uint64_t told{};     ///< what we told the peer that we have
        std::optional<Millis> due;  ///< when to send what it lacks
        bool mute{};              ///< it will not take more (forked, nothing to read) until something changes
    };
    struct Waiting {
        Bundle bundle;
        std::size_t credit{};  ///< bytes to give back once it is dealt with
        bool last{};           ///< of its message
    };
    struct Need {
        std::uint64_t after{};
        std::uint64_t step{};  ///< how far back the next question goes, where two branches part
        std::uint32_t asked{}, late{};
        Millis since{};
    };

    // session.cpp
    void start(Moment now);
    void tick(Moment now);
    void close(CloseReason reason, std::string text);
    void say(FrameType type, std::string_view body);
    std::uint64_t draw(std::uint64_t below);  ///< 0 … below-1
    void report();
    [[nodiscard]] Millis wakeAt() const;
    void ping(Moment now);

    // session_hear.cpp: what came
    void received(std::string_view bytes, Moment now);
    void hear(const Message& message, Moment now);
    Result<void> hearHello(std::string_view body, Moment now);
    Result<void> hearRealm(std::string_view body, Moment now);
    Result<void> hearForks(std::string_view body, Moment now);
    Result<void> hearVector(std::string_view body, Moment now);
    Result<void> hearData(std::string_view body);
    Result<void> hearAck(std::string_view body, Moment now);
    /// The peer has this durably: the replica is told of it soon.
    void keepHead(const OriginId& origin, std::uint64_t seq, Moment now);
    Result<void> hearNeed(std::string_view body, Moment now);
    Result<void> hearDigest(std::string_view body, Moment now);
    Result<void> hearPong(std::string_view body, Moment now);
    /// Who it is, decided as soon as it can be. False if the session was closed.
    bool identify(Moment now);
    void sendRealm(std::uint32_t from);
    void sendForks();
    void settled(Moment now);  ///< realm logs are equal as far as both said: vectors may go

    // session_apply.cpp: what came into the log
    bool work(Moment now);
    std::vector<Bundle> nextSlice(Moment now);
    void stopped(const Accepted& accepted, const Bundle& bundle, Moment now);
    void ask(const OriginId& origin, std::uint64_t after, Moment now);
    void askAgain(Moment now);  ///< what did not come
    void askHeld(Moment now);
    void makeDurable(Moment now);
    void giveCredit(std::size_t bytes);
    void disk(const Error& error);

    // session_send.cpp: what goes
    void refresh(Moment now, bool ownFirst);
    void sendVector(bool answer, Moment now);
    void sendAcks();
    void peerHas(const OriginId& origin, std::uint64_t seq, bool durable);
    [[nodiscard]] std::uint64_t limitOf(const OriginId& origin) const;  ///< nobody needs more of its log than this
    [[nodiscard]] Hash digest() const;
    [[nodiscard]] bool quiet() const;
    [[nodiscard]] std::optional<OriginId> dueStream(Moment now) const;
    bool sendSome(Moment now);
    std::string takeOutput(Moment now, std::size_t limit);

    // session_snapshot.cpp
    bool offerSnapshot(Moment now);
    Result<void> hearOffer(std::string_view body, Moment now);
    Result<void> hearRequest(std::string_view body, Moment now);
    Result<void> hearChunk(std::string_view body, Moment now);
    void askChunks();
    void install(Moment now);

    Replica& replica;
    SessionOptions options;
    std::uint64_t random;
    std::optional<Closed> closed;
    std::vector<Event> events;
    Counters counters;
    Moment clock;  ///< of the call being served

    // Bytes
    MessageReader reader;
    std::string out;
    double allowance{kControlBurst};  ///< control messages the peer may send now
    Millis allowanceAt{};

    // Who
    bool started{};
    std::optional<HelloMessage> hello;
    std::uint32_t peerEpoch{};
    std::optional<OriginId> peer;
    bool vectorSent{}, vectorSeen{};
    std::uint32_t askedEpoch{};  ///< realm log asked for at this epoch of ours, +1

    // Times
    Millis startedAt{}, heardAt{}, pingAt{}, digestAt{}, ackedAt{-1'000'000};
    std::vector<std::pair<std::int64_t, std::int64_t>> samples;  ///< round trip, skew
    std::uint32_t pings{};

    // Log
    std::map<OriginId, Stream> streams;
    std::vector<Head> heads;              ///< ours, durable, as of the last refresh
    std::map<OriginId, std::uint64_t> forkedAt;  ///< first op that differs
    std::set<std::pair<OriginId, std::uint64_t>> forksTold;
    std::uint32_t knownEpoch{};           ///< of ours, as of the last refresh
    std::deque<Waiting> queue;
    std::size_t queued{};                 ///< bytes of DATA not applied
    std::size_t owed{};                   ///< credit not given back yet
    std::uint64_t messagesApplied{}, messagesSent{};
    std::int64_t window;                  ///< ours
    std::int64_t credit{};                ///< what the peer lets us send
    bool ackWaits{};
    Millis ackDue{};
    std::map<OriginId, Need> needs;
    std::set<OriginId> held;              ///< wait for the realm log
    std::set<OriginId> asked;             ///< the peer wants to see these whatever their limit
    std::optional<OriginId> lastStream;
    std::vector<Head> peerHeads;
    std::optional<Millis> tellReplicaAt;  ///< when to keep what the peer has
    std::uint64_t ownAhead{};
    ProgressMade progress{};
    bool progressKnown{};

    // Presence
    std::vector<PresenceItem> presence, presenceTold;

    // Snapshots
    std::optional<SnapshotOffer> offering;  ///< ours; ops wait until it is answered
    Millis offeredAt{};
    bool offered{};                         ///< once a connection
    std::optional<Millis> copyAt;           ///< a copy is being made: ask again then
    std::optional<SnapshotOffer> taking;
    Hash takingId{};
    std::deque<std::uint32_t> chunksLeft;
    std::set<std::uint32_t> chunksAsked;
};

}  // namespace wl::sync
