// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/mesh.hpp"

#include <utility>

namespace wl::sync {
namespace {

bool concernsOthers(const Event& event) {
    if (const auto* copy = std::get_if<SnapshotProgress>(&event)) return copy->installed;
    return std::holds_alternative<LogDurable>(event) || std::holds_alternative<RealmGrew>(event) ||
           std::holds_alternative<ForkFound>(event);
}

}  // namespace

Mesh::Link Mesh::open(const SessionOptions& options, Moment now) {
    const auto link = ++m_last;
    auto& session = m_sessions.emplace(link, Session(m_replica, options)).first->second;
    session.setPresence(m_presence, now);
    session.start(now);
    return link;
}

void Mesh::drop(Link link) {
    const auto at = m_sessions.find(link);
    if (at == m_sessions.end()) return;
    m_owed = m_owed || at->second.owesDurability();
    m_sessions.erase(at);
}

Session* Mesh::find(Link link) {
    const auto at = m_sessions.find(link);
    return at == m_sessions.end() ? nullptr : &at->second;
}

std::vector<Mesh::Link> Mesh::links() const {
    std::vector<Link> out;
    for (const auto& [link, session] : m_sessions) out.push_back(link);
    return out;
}

void Mesh::committed(Moment now) {
    for (auto& [link, session] : m_sessions) session.committed(now);
}

void Mesh::changed(Moment now) {
    for (auto& [link, session] : m_sessions) session.changed(now);
}

void Mesh::setPresence(const std::vector<PresenceItem>& items, Moment now) {
    m_presence = items;
    for (auto& [link, session] : m_sessions) session.setPresence(items, now);
}

void Mesh::tick(Moment now) {
    // What a session brought before it went is acknowledged and handed on by the others.
    if (std::exchange(m_owed, false) && m_replica.makeDurable()) changed(now);
    for (auto& [link, session] : m_sessions)
        if (session.wakeAt() <= now.steady) session.tick(now);
}

Millis Mesh::wakeAt() const {
    auto at = m_owed ? Millis(0) : Millis::max();
    for (const auto& [link, session] : m_sessions) at = std::min(at, session.wakeAt());
    return at;
}

bool Mesh::work(Moment now) {
    auto at = m_sessions.upper_bound(m_turn);
    bool worked = false, more = false;
    for (std::size_t i = 0; i < m_sessions.size(); ++i, ++at) {
        if (at == m_sessions.end()) at = m_sessions.begin();
        if (!at->second.hasWork()) continue;
        if (worked) return true;
        worked = true;
        m_turn = at->first;
        more = at->second.work(now);
    }
    return more;
}

std::vector<Mesh::LinkEvent> Mesh::settle(Moment now) {
    std::vector<LinkEvent> out;
    for (bool again = true; again;) {
        again = false;
        for (auto& [link, session] : m_sessions) {
            bool spread = false;
            for (auto& event : session.takeEvents()) {
                if (const auto* known = std::get_if<PeerKnown>(&event)) keepOne(link, known->origin, now);
                spread |= concernsOthers(event);
                out.push_back({link, std::move(event)});
                again = true;
            }
            if (spread) tellOthers(link, now);
        }
    }
    return out;
}

void Mesh::tellOthers(Link except, Moment now) {
    for (auto& [link, session] : m_sessions)
        if (link != except) session.changed(now);
}

void Mesh::keepOne(Link link, const OriginId& peer, Moment now) {
    // Both ends see the same connections and choose alike: the one that the smaller origin opened; of two of these the
    // newer, because the older one's other end may be gone without a word.
    const auto self = m_replica.self();
    const auto rank = [&](Link which, const Session& s) {
        const bool bySmaller = s.options().initiator == (self < peer);
        return std::pair(bySmaller, which);
    };
    auto& fresh = m_sessions.at(link);
    for (auto& [other, session] : m_sessions) {
        if (other == link || session.closed() || session.peer() != peer || fresh.closed()) continue;
        auto& loser = rank(link, fresh) > rank(other, session) ? session : fresh;
        loser.close(CloseReason::Replaced, "another connection of the two is kept", now);
    }
}

}  // namespace wl::sync
