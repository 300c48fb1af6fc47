// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/world.hpp"

#include <algorithm>

#include "sim/buggy_replica.hpp"
#include "sim/plain_deriver.hpp"

namespace wl::sim {
namespace {

constexpr std::int64_t kBegin = 1'760'000'000'000;
constexpr Millis kHealing{240'000};  // two digest periods for every hop, with room

}  // namespace

Instant World::SimClock::now() const {
    const auto at = frozenAt && m_world.m_now < frozenUntil ? *frozenAt : m_world.m_now;
    return {kBegin + at.count() + at.count() * drift / 1'000'000 + offset};
}

World::Console::Console(World& world, std::size_t i)
    : index(i), disk("/sim/" + std::to_string(i), world.m_plan.seed * 31 + i), clock(world),
      rng(world.m_plan.seed * 101 + i) {
    disk.setMachine("machine " + std::to_string(i));
    clock.offset = static_cast<std::int64_t>(world.draw(400)) - 200;
    clock.drift = static_cast<std::int64_t>(world.draw(400)) - 200;
}

World::World(const Plan& plan, Bug bug) : m_plan(plan), m_bug(bug), m_random(plan.seed * 7919 + 3) {
    for (std::size_t i = 0; i < plan.peers; ++i) m_consoles.push_back(std::make_unique<Console>(*this, i));
    // A ring with some chords: everybody is connected, few see everybody.
    for (std::size_t i = 0; i < plan.peers; ++i)
        for (std::size_t j = i + 1; j < plan.peers; ++j)
            if (j == i + 1 || (i == 0 && j + 1 == plan.peers) || draw(3) == 0) {
                m_links.push_back(std::make_unique<Link>());
                m_links.back()->a = i, m_links.back()->b = j;
            }
}

World::~World() {
    for (auto& c : m_consoles) c->disk.kill(), c->mesh.reset(), c->replica.reset(), c->inner.reset(), c->store.reset();
}

sync::Moment World::moment(std::size_t i) const { return {m_now, m_consoles[i]->clock.now()}; }

store::StoreOptions World::options(Console& c) { return {"/sim/" + std::to_string(c.index), c.clock, c.rng}; }

void World::fault(const char* check, std::string what) {
    if (m_out.failures.size() < 20)
        m_out.failures.push_back({check, "at " + std::to_string(m_now.count()) + " ms: " + std::move(what)});
}

bool World::open(Console& c) {
    auto opened = store::Store::open(options(c));
    if (!opened) {
        if (!c.disk.dead() && !c.disk.failed())
            fault("S7", "console " + std::to_string(c.index) + " does not open: " + opened.error().code + " " +
                            opened.error().detail);
        down(c, false, Millis(2000));
        return false;
    }
    c.store = std::move(*opened);
    if (!c.store->recovered().empty()) {  // as the engine does
        if (auto done = c.store->rederive(PlainDeriver(), c.store->recovered()); !done) {
            down(c, false, Millis(2000));
            return false;
        }
    }
    const auto rules = [] { return std::make_unique<PlainDeriver>(); };
    auto made = engine::StoreReplica::make(*c.store, rules, [](ChangeSet&&) {});
    if (!made) {
        down(c, false, Millis(2000));
        return false;
    }
    c.inner = std::move(*made);
    c.replica = std::make_unique<BuggyReplica>(*c.inner, c.index == 1 ? m_bug : Bug::None);
    c.mesh = std::make_unique<sync::Mesh>(*c.replica);
    m_ownerOf[c.store->ownSecrets().origin] = c.index;
    c.unparkAt = c.clock.now();
    if (c.index == 0)
        for (const auto& [origin, console] : std::exchange(m_unsure, {}))
            if (const auto* known = c.store->realmState().find(origin); known && known->cutoff) {
                m_consoles[console]->revoked = true;
                m_revokedOrigins.insert(origin);
            }
    checkHeads(c, "after a start");
    return true;
}

void World::found() {
    auto& first = *m_consoles.front();
    if (auto made = store::Store::create(options(first)); !made) std::abort();
    if (!open(first)) std::abort();
    const auto secrets = first.store->realmSecrets();
    const auto enrol = [&](const ConsoleCard& card) {
        if (auto done = first.inner->appendRealm(ConsoleEnrolled{card}); !done)
            fault("S9", "cannot enrol: " + done.error().code);
    };
    std::vector<store::OriginSecrets> owns;
    for (std::size_t i = 1; i < m_plan.peers; ++i) {
        auto own = store::makeOriginSecrets(secrets.realm, m_consoles[i]->rng);
        own.machine = "machine " + std::to_string(i);
        enrol({own.origin, own.keys.publicKey, own.tls.publicKey, "Desk " + std::to_string(i), "", ConsoleRole::Agent});
        owns.push_back(std::move(own));
    }
    test::Member mole{makeKeyPair(first.rng), makeKeyPair(first.rng), {}, "Mole"};
    mole.origin = originOf(mole.keys.publicKey, secrets.realm);
    enrol(test::City::card(mole, ConsoleRole::Agent));
    m_mole = mole;
    const auto entries = first.store->realmEntries(1);
    m_moleLog = std::make_unique<test::MemoryReplica>(secrets.realm, *m_mole, entries);
    for (std::size_t i = 1; i < m_plan.peers; ++i) {
        auto& c = *m_consoles[i];
        if (auto joined = store::Store::join(options(c), secrets, owns[i - 1], entries); !joined) std::abort();
        if (!open(c)) std::abort();
    }
    if (m_bug == Bug::LyingDisks)
        for (auto& c : m_consoles) c->disk.setLies(true);
}

void World::down(Console& c, bool powerLost, Millis forHow) {
    c.disk.kill();
    for (auto& link : m_links)
        if (link->up && (link->a == c.index || link->b == c.index)) breakLink(*link, Millis(0));
    c.mesh.reset(), c.replica.reset(), c.inner.reset(), c.store.reset();
    c.powerLost = c.powerLost || powerLost;
    c.backAt = m_now + std::max(forHow, Millis(1));
}

void World::breakLink(Link& link, Millis forHow) {
    if (link.up) {
        if (auto& m = m_consoles[link.a]->mesh) m->drop(link.atA);
        if (auto& m = m_consoles[link.b]->mesh) m->drop(link.atB);
    }
    link.up = false;
    link.toA.clear(), link.toB.clear();
    link.brokenUntil = std::max(link.brokenUntil, m_now + forHow);
    link.tryAt = std::max(link.brokenUntil, m_now + Millis(200 + draw(1500)));
}

void World::connect(Link& link) {
    auto &a = *m_consoles[link.a], &b = *m_consoles[link.b];
    const auto make = [&](Console& me, Console& other, bool initiator) {
        sync::SessionOptions o;
        o.peerTlsKey = other.store->ownSecrets().tls.publicKey;
        o.initiator = initiator;
        o.seed = draw(1U << 30);
        o.window = m_bug == Bug::NoBackpressure ? 1U << 30 : 64 * 1024;
        o.sliceOps = 50;
        return me.mesh->open(o, moment(me.index));
    };
    link.up = true;
    link.atA = make(a, b, true);
    link.atB = make(b, a, false);
    pump(link);
}

void World::pump(Link& link) {
    if (!link.up) return;
    const auto send = [&](Console& from, sync::Mesh::Link at, std::deque<Link::Chunk>& way) {
        auto* s = from.mesh ? from.mesh->find(at) : nullptr;
        while (s && s->hasOutput()) {
            auto bytes = s->takeOutput(moment(from.index), 16 * 1024);
            if (bytes.empty()) break;
            m_out.deliveries += bytes.size();
            const auto slow = m_faults && draw(50) == 0 ? draw(3000) : 0;
            auto due = m_now + Millis(1 + draw(20) + slow);
            if (!way.empty()) due = std::max(due, way.back().at);
            way.push_back({due, std::move(bytes)});
        }
        return s && !s->closed();
    };
    const bool aOn = send(*m_consoles[link.a], link.atA, link.toB);
    const bool bOn = send(*m_consoles[link.b], link.atB, link.toA);
    // The last words of a closed end still arrive.
    if ((aOn || !link.toB.empty()) && (bOn || !link.toA.empty())) return;
    auto pause = Millis(500);  // before it is tried again; long where somebody has to do something first
    for (const auto& [at, who] : {std::pair(link.atA, link.a), std::pair(link.atB, link.b)})
        if (const auto* s = m_consoles[who]->mesh ? m_consoles[who]->mesh->find(at) : nullptr;
            s && s->closed() && !sync::mayRetry(s->closed()->reason))
            pause = Millis(60'000);
    breakLink(link, pause);
}

bool World::deliver(Link& link) {
    bool any = false;
    for (const bool toA : {true, false}) {
        auto& way = toA ? link.toA : link.toB;
        auto& c = *m_consoles[toA ? link.a : link.b];
        while (link.up && !way.empty() && way.front().at <= m_now) {
            const auto bytes = std::move(way.front().bytes);
            way.pop_front();
            any = true;
            auto rest = std::string_view(bytes);
            while (!rest.empty() && link.up && c.mesh) {
                auto* s = c.mesh->find(toA ? link.atA : link.atB);
                if (!s) break;
                const auto part = rest.substr(0, draw(4) == 0 ? 1 + draw(rest.size()) : rest.size());
                rest.remove_prefix(part.size());
                s->received(part, moment(c.index));
                after(c);
            }
        }
    }
    return any;
}

void World::after(Console& c) {
    if (c.mesh) {
        for (auto& e : c.mesh->settle(moment(c.index))) {
            if (const auto* ahead = std::get_if<sync::OwnLogAhead>(&e.event)) c.ahead = std::max(c.ahead, ahead->seq);
            if (const auto* fork = std::get_if<sync::ForkFound>(&e.event); fork && fork->origin == c.store->origin())
                c.lostOwn = true;
            if (std::get_if<sync::LogGrew>(&e.event)) c.unparkAt = std::min(c.unparkAt, c.clock.now());
        }
        checkAlways(c);
    }
    if (c.disk.dead() && c.store) down(c, c.powerLost, Millis(200 + draw(4000)));
    else if (c.disk.failed() && c.store) {
        // A device that failed is not asked again: the program ends and starts anew.
        down(c, false, Millis(500));
    }
}

// What the engine does when own ops come back from others, or two work under one key.
void World::renew(Console& c) {
    if (!c.store || c.revoked) return;
    const auto own = c.store->origin();
    std::uint64_t head = 0;
    if (const auto vector = c.store->vector())
        for (const auto& h : *vector)
            if (h.origin == own) head = h.seq;
    if (!c.lostOwn && (c.ahead == 0 || head < c.ahead)) return;
    for (auto& link : m_links)
        if (link->up && (link->a == c.index || link->b == c.index)) breakLink(*link, Millis(0));
    if (auto done = c.store->mintOrigin(); !done) return;
    c.lostOwn = false, c.ahead = 0;
    m_ownerOf[c.store->origin()] = c.index;
    c.mesh = std::make_unique<sync::Mesh>(*c.replica);
    after(c);
}

void World::administer() {
    auto& admin = *m_consoles.front();
    m_adminAt = m_now + Millis(3000);
    if (!admin.store) return;
    for (auto& c : m_consoles) {
        if (!c->store || c->revoked || admin.store->realmState().find(c->store->origin())) continue;
        const auto& own = c->store->ownSecrets();
        if (auto done = admin.inner->appendRealm(ConsoleEnrolled{{own.origin, own.keys.publicKey, own.tls.publicKey,
                                                                  "Desk " + std::to_string(c->index) + " again", "",
                                                                  ConsoleRole::Agent}});
            !done && !admin.disk.dead() && !admin.disk.failed())
            fault("S9", "cannot enrol again: " + done.error().code + " " + done.error().detail);
        if (admin.mesh) admin.mesh->changed(moment(0));
        after(admin);
        if (!admin.store) return;
    }
}

void World::step() {
    while (m_faults && m_next < m_plan.actions.size() && m_plan.actions[m_next].at <= m_now)
        act(m_plan.actions[m_next++]);
    for (auto& c : m_consoles) {
        if (c->backAt && *c->backAt <= m_now) {
            c->backAt.reset();
            c->disk.revive(std::exchange(c->powerLost, false));
            open(*c);
        }
        if (c->store && (c->lostOwn || c->ahead > 0)) renew(*c);
    }
    if (m_adminAt <= m_now) administer();
    for (auto& link : m_links) {
        if (!link->up && link->tryAt <= m_now && m_consoles[link->a]->mesh && m_consoles[link->b]->mesh) connect(*link);
        if (link->up) deliver(*link);
    }
    for (auto& c : m_consoles) {
        if (!c->mesh) continue;
        if (c->mesh->wakeAt() <= m_now) c->mesh->tick(moment(c->index)), after(*c);
        if (m_bug == Bug::Chatter && c->mesh)
            c->mesh->setPresence({{{}, std::to_string(m_now.count()), {}}}, moment(c->index));
        for (int slices = 0; c->mesh && slices < 3; ++slices) {
            const bool more = c->mesh->work(moment(c->index));
            after(*c);
            if (!more) break;
        }
        if (c->inner && c->clock.now() >= c->unparkAt) {
            auto next = c->inner->unpark(c->clock.now());
            c->unparkAt = c->clock.now() + Millis(5000);
            if (!next && !c->disk.dead() && !c->disk.failed())
                fault("S15", "unpark: " + next.error().code + " " + next.error().detail);
            after(*c);
        }
    }
    for (auto& link : m_links) pump(*link);

    auto next = m_now + Millis(1000);
    const auto soon = [&](Millis at) { next = std::min(next, std::max(at, m_now + Millis(1))); };
    if (m_faults && m_next < m_plan.actions.size()) soon(m_plan.actions[m_next].at);
    for (auto& c : m_consoles) {
        if (c->backAt) soon(*c->backAt);
        if (!c->mesh) continue;
        soon(c->mesh->wakeAt());
        for (const auto at : c->mesh->links())
            if (c->mesh->find(at)->hasWork()) soon(m_now + Millis(2));
    }
    for (auto& link : m_links) {
        if (!link->up && m_consoles[link->a]->mesh && m_consoles[link->b]->mesh) soon(link->tryAt);
        if (!link->toA.empty()) soon(link->toA.front().at);
        if (!link->toB.empty()) soon(link->toB.front().at);
    }
    m_now = next;
}

void World::heal() {
    m_faults = false;
    std::int64_t latest = 0;
    for (auto& c : m_consoles) {
        c->clock.frozenAt.reset();
        c->clock.drift = 0;
        latest = std::max(latest, c->clock.offset);
        c->disk.failNext(MemoryDisk::Fault::Full, 0, 0);
        if (c->backAt) c->backAt = m_now + Millis(1);
    }
    // Everybody's clock is put right: past whatever anybody wrote.
    for (auto& c : m_consoles) c->clock.offset = latest + 8'000'000;
    for (auto& link : m_links) link->brokenUntil = m_now, link->tryAt = std::min(link->tryAt, m_now + Millis(10));
}

Outcome World::run() {
    found();
    while (m_now < m_plan.length) step();
    heal();
    const auto until = m_now + kHealing * static_cast<int>(1 + m_plan.peers / 4);
    Millis since{};
    while (m_now < until) {
        step();
        if (!converged()) since = {};
        else if (since == Millis{}) since = m_now;
        else if (m_now - since > Millis(12'000)) break;
    }
    if (m_bug != Bug::None) damage();
    checkEnd();
    m_out.lived = m_now;
    return std::move(m_out);
}

}  // namespace wl::sim
