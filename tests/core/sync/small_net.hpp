// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Consoles of one city on a network that a test holds in its hand: virtual time, bytes cut anyhow, links that break.

#include <deque>
#include <memory>

#include "core/sync/memory_replica.hpp"
#include "support/property.hpp"
#include "sync/mesh.hpp"

namespace wl::test {

class SmallNet {
public:
    struct Console {
        MemoryReplica replica;
        sync::Mesh mesh;
        Instant skew{};
        std::vector<sync::Mesh::LinkEvent> events;
        std::vector<sync::Closed> ends;
        Console(const City& city, const Member& m, std::size_t epochs) : replica(city, m, epochs), mesh(replica) {}
    };
    struct Wire {
        std::size_t from{}, to{};
        sync::Mesh::Link atFrom{}, atTo{};
        std::string toFrom, toTo;  ///< on the way
        bool up{true};
        bool cutFrom{}, cutTo{};   ///< nothing leaves that end any more
    };

    explicit SmallNet(std::uint64_t seed = 1) : city(seed) {}

    /// A console with the realm log up to now (or fewer epochs).
    std::size_t add(const Member& m, std::size_t epochs = 1'000'000) {
        consoles.push_back(std::make_unique<Console>(city, m, epochs));
        return consoles.size() - 1;
    }
    /// Founder and n-1 more, all enrolled, all knowing it.
    void found(std::size_t n) {
        city.members.reserve(64);
        for (std::size_t i = 1; i < n; ++i) city.enrol();
        for (std::size_t i = 0; i < n; ++i) add(city.members[i]);
    }
    Wire& connect(std::size_t a, std::size_t b, sync::SessionOptions options = {}) {
        const auto open = [&](std::size_t x, std::size_t y, bool initiator) {
            auto o = options;
            o.peerTlsKey = consoles[y]->replica.me.tls.publicKey;
            o.initiator = initiator;
            o.seed = ++m_seed;
            return consoles[x]->mesh.open(o, at(x));
        };
        wires.push_back(std::make_unique<Wire>());
        auto& w = *wires.back();
        w.from = a, w.to = b;
        w.atFrom = open(a, b, true);
        w.atTo = open(b, a, false);
        return w;
    }
    void breakWire(Wire& w) {
        w.up = false;
        consoles[w.from]->mesh.drop(w.atFrom);
        consoles[w.to]->mesh.drop(w.atTo);
        w.toFrom.clear(), w.toTo.clear();
    }
    [[nodiscard]] sync::Moment at(std::size_t console) const {
        return {now, Instant{1'700'000'000'000 + now.count()} + Millis(consoles[console]->skew.ms)};
    }

    void author(std::size_t console, std::vector<std::string> texts) {
        consoles[console]->replica.author(texts);
        consoles[console]->mesh.committed(at(console));
        settle(console);
    }
    void settle(std::size_t i) {
        auto& c = *consoles[i];
        for (auto& e : c.mesh.settle(at(i))) c.events.push_back(std::move(e));
    }

    /// One thing happens somewhere: bytes leave or arrive, a slice is applied. False if nothing can.
    bool step(Recipe* chance) {
        std::vector<std::function<void()>> can;
        for (const auto& held : wires) {
            auto* w = held.get();
            if (!w->up) continue;
            for (const bool forth : {true, false}) {
                const auto from = forth ? w->from : w->to, to = forth ? w->to : w->from;
                auto& way = forth ? w->toTo : w->toFrom;
                const auto atFrom = forth ? w->atFrom : w->atTo, atTo = forth ? w->atTo : w->atFrom;
                auto* sender = consoles[from]->mesh.find(atFrom);
                auto* hearer = consoles[to]->mesh.find(atTo);
                if (sender && sender->hasOutput() && way.size() < 1'000'000)
                    can.push_back([this, sender, &way, from, chance] {
                        way += sender->takeOutput(at(from), chance ? 1 + chance->below(4000) : 256 * 1024);
                    });
                if (hearer && !way.empty())
                    can.push_back([this, hearer, &way, to, chance] {
                        const auto part =
                            way.substr(0, chance && chance->chance(50) ? 1 + chance->below(40) : way.size());
                        way.erase(0, part.size());
                        hearer->received(part, at(to));
                        settle(to);
                    });
            }
        }
        for (std::size_t i = 0; i < consoles.size(); ++i) {
            bool work = false;
            for (const auto link : consoles[i]->mesh.links()) work |= consoles[i]->mesh.find(link)->hasWork();
            if (work) can.push_back([this, i] { (void)consoles[i]->mesh.work(at(i)), settle(i); });
        }
        if (can.empty()) return false;
        can[chance ? chance->below(can.size()) : 0]();
        reap();
        return true;
    }
    /// Runs for that much virtual time.
    void run(Millis time, Recipe* chance = nullptr) {
        const auto end = now + time;
        while (true) {
            for (int i = 0; step(chance); ++i)
                if (i > 2'000'000) std::abort();
            auto next = Millis::max();
            for (const auto& c : consoles) next = std::min(next, c->mesh.wakeAt());
            if (next > end) break;
            now = std::max(now + Millis(1), next);
            for (std::size_t i = 0; i < consoles.size(); ++i) consoles[i]->mesh.tick(at(i)), settle(i);
            reap();
        }
        now = end;
    }
    [[nodiscard]] bool converged() {
        for (const auto& c : consoles)
            if (c->replica.digest() != consoles.front()->replica.digest()) return false;
        return true;
    }
    sync::Session& session(Wire& w, bool from = true) {
        return *consoles[from ? w.from : w.to]->mesh.find(from ? w.atFrom : w.atTo);
    }
    template <class E>
    [[nodiscard]] std::vector<E> heard(std::size_t console) const {
        std::vector<E> out;
        for (const auto& e : consoles[console]->events)
            if (const auto* mine = std::get_if<E>(&e.event)) out.push_back(*mine);
        return out;
    }

    City city;
    std::vector<std::unique_ptr<Console>> consoles;
    std::vector<std::unique_ptr<Wire>> wires;
    Millis now{1000};

private:
    // A closed session's last bytes are on the way; then both ends hang up.
    void reap() {
        for (const auto& w : wires) {
            if (!w->up) continue;
            auto* a = consoles[w->from]->mesh.find(w->atFrom);
            auto* b = consoles[w->to]->mesh.find(w->atTo);
            if (a && b && !a->closed() && !b->closed()) continue;
            if ((a && a->closed() && a->hasOutput()) || (b && b->closed() && b->hasOutput())) continue;
            if ((a && !a->closed() && !w->toFrom.empty()) || (b && !b->closed() && !w->toTo.empty())) continue;
            if (a && a->closed()) consoles[w->from]->ends.push_back(*a->closed());
            if (b && b->closed()) consoles[w->to]->ends.push_back(*b->closed());
            breakWire(*w);
        }
    }
    std::uint64_t m_seed{};
};

}  // namespace wl::test
