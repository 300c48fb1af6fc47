// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All sessions of one replica: hands what one brought to the others, lets each apply a slice in turn, and keeps one
// connection between two consoles that called each other at the same time. No I/O; the owner has the sockets.

#include <map>

#include "sync/session.hpp"

namespace wl::sync {

class Mesh {
public:
    using Link = std::uint32_t;  ///< names one connection; never used twice

    /// The replica must outlive it.
    explicit Mesh(Replica& replica) : m_replica(replica) {}

    /// A connection is up; `options.seed` should differ between them.
    Link open(const SessionOptions& options, Moment now);
    /// The connection is gone, or the session was closed and its last bytes are sent.
    void drop(Link link);
    /// Nothing for a link that was dropped. Give the session bytes and ticks directly, then call `settle`.
    [[nodiscard]] Session* find(Link link);
    [[nodiscard]] std::vector<Link> links() const;

    /// Our own log grew.
    void committed(Moment now);
    /// The realm log grew, or a snapshot was put in place, by the owner itself.
    void changed(Moment now);
    void setPresence(const std::vector<PresenceItem>& items, Moment now);
    /// Ticks whoever is due.
    void tick(Moment now);
    /// The earliest of all wakeAt(); far away if there is no session.
    [[nodiscard]] Millis wakeAt() const;

    /// Applies one slice of one session, the next one's turn each time. True if more waits.
    bool work(Moment now);
    /// Hands on what the sessions' events say and gives them to the owner. Call after anything above.
    struct LinkEvent {
        Link link{};
        Event event;
    };
    [[nodiscard]] std::vector<LinkEvent> settle(Moment now);

private:
    void keepOne(Link link, const OriginId& peer, Moment now);
    void tellOthers(Link except, Moment now);

    Replica& m_replica;
    std::map<Link, Session> m_sessions;
    Link m_last{};
    Link m_turn{};
    bool m_owed{};  ///< a session went that had brought ops which are not durable yet
    std::vector<PresenceItem> m_presence;
};

}  // namespace wl::sync
