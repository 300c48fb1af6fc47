// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A city of consoles on one thread in virtual time: real stores on disks that break, real sessions on a network that
// breaks, and clocks that are wrong. One plan gives one history, always the same.

#include <deque>
#include <memory>
#include <random>
#include <set>

#include "core/sync/memory_replica.hpp"
#include "engine/sync_port.hpp"
#include "sim/memory_disk.hpp"
#include "sim/plan.hpp"
#include "sync/mesh.hpp"

namespace wl::sim {

/// Deliberate mistakes, each of which a check must find. `Bug::None` in every real run.
enum class Bug : std::uint8_t {
    None,
    LyingDisks,
    ForgedHead,
    StaleRow,
    LostAcks,
    VoidOnOne,
    CutoffIgnored,
    ClockRunsAway,
    ParkedLost,
    BytesChanged,
    NoBackpressure,
    ForksIgnored,
    OpsSwallowed,
    Chatter,
    EarlyAcks,
};

struct Failure {
    std::string check;  ///< "S7"
    std::string what;
};

struct Outcome {
    std::vector<Failure> failures;
    std::uint64_t ops{};         ///< confirmed by all consoles
    std::uint64_t deliveries{};  ///< bytes on the network
    Millis lived{};
};

class World {
public:
    World(const Plan& plan, Bug bug);
    ~World();
    /// Lives through the plan, heals, lets everybody meet, and checks. One call.
    Outcome run();

private:
    class SimClock final : public Clock {
    public:
        explicit SimClock(const World& world) : m_world(world) {}
        [[nodiscard]] Instant now() const override;
        std::int64_t offset{}, drift{};  ///< ms; parts per million
        std::optional<Millis> frozenAt;
        Millis frozenUntil{};

    private:
        const World& m_world;
    };
    struct Console {
        Console(World& world, std::size_t index);
        std::size_t index;
        MemoryDisk disk;
        SimClock clock;
        SeededRng rng;
        std::unique_ptr<store::Store> store;
        std::unique_ptr<engine::StoreReplica> inner;
        std::unique_ptr<sync::Replica> replica;  ///< `inner`, or a wrapper that makes a mistake
        std::unique_ptr<sync::Mesh> mesh;
        std::optional<Millis> backAt;
        bool powerLost{}, lostOwn{}, revoked{};
        MemoryDisk::Image backup;
        std::map<OriginId, std::uint64_t> confirmed;
        std::uint64_t largestHeld{};
        std::int64_t latestClock{};
        Instant unparkAt;
        std::uint64_t ahead{};  ///< own ops that a peer has and we lost
    };
    struct Link {
        std::size_t a{}, b{};
        bool up{};
        sync::Mesh::Link atA{}, atB{};
        Millis brokenUntil{}, tryAt{};
        struct Chunk {
            Millis at{};
            std::string bytes;
        };
        std::deque<Chunk> toA, toB;
    };
    friend class SimClock;

    [[nodiscard]] std::uint64_t draw(std::uint64_t below) { return below < 2 ? 0 : m_random() % below; }
    [[nodiscard]] sync::Moment moment(std::size_t i) const;
    [[nodiscard]] store::StoreOptions options(Console& c);
    void fault(const char* check, std::string what);
    void found();
    bool open(Console& c);
    void down(Console& c, bool powerLost, Millis forHow);
    void after(Console& c);
    void renew(Console& c);
    void breakLink(Link& link, Millis forHow);
    void connect(Link& link);
    void pump(Link& link);
    bool deliver(Link& link);
    void act(const Action& action);
    void edit(Console& c, std::int64_t groups);
    bool commit(Console& c);
    store::OpDraft draft(Console& c);
    store::OpDraft judged(Console& c, bool persons);
    store::OpDraft incident(Console& c, const store::CaseDetail& known);
    store::OpDraft message(Console& c, const store::CaseDetail& known);
    void mole(const Action& action);
    void administer();
    void step();
    void heal();
    void damage();  ///< what a Bug does to a disk at the end
    void checkHeads(Console& c, const char* when);
    void checkAlways(Console& c);
    void checkEnd();
    [[nodiscard]] std::int64_t count(Console& c, const std::string& sql);
    [[nodiscard]] bool converged();
    [[nodiscard]] bool counts(const Console& c) const { return !c.revoked; }

    Plan m_plan;
    Bug m_bug;
    std::mt19937_64 m_random;
    Millis m_now{0};
    std::vector<std::unique_ptr<Console>> m_consoles;
    std::vector<std::unique_ptr<Link>> m_links;
    std::vector<EntityId> m_cases, m_persons;
    std::vector<test::Member> m_members;
    std::optional<test::Member> m_mole;
    std::unique_ptr<test::MemoryReplica> m_moleLog;
    // The truth, as each author had it when it confirmed.
    std::map<OriginId, std::map<std::uint64_t, std::string>> m_truth;  ///< hash in hex
    std::set<OriginId> m_tainted;  ///< their owner's whole folder went back in time, or their key is the mole's
    std::set<OriginId> m_forked, m_revokedOrigins;
    std::map<OriginId, std::size_t> m_unsure;  ///< shutting these consoles out was cut off: it may have been done
    std::map<std::pair<std::size_t, OriginId>, std::uint64_t> m_acked;  ///< what a console told others it has
    std::map<OriginId, std::uint64_t> m_seen;  ///< the highest number anybody has of an origin
    bool m_faults{true};
    Outcome m_out;
    Millis m_adminAt{};
    std::map<OriginId, std::size_t> m_ownerOf;
    std::size_t m_next{};
};

}  // namespace wl::sim
