// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/live_traffic.hpp"

#include <pthread.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/demo/case_draft.hpp"
#include "engine/demo/colleagues.hpp"
#include "engine/engine.hpp"

namespace wl::engine {

using namespace demo;

namespace {

constexpr double kShareOfNewCases = 0.45;
constexpr int kEventsPerLook = 12;                     // then the list of open cases is asked for again
constexpr std::size_t kResidents = 20'000;

bool isDemoCity(const Engine& engine) {
    const auto catalogue = engine.catalogue();
    for (const auto& p : serviceProfiles())
        if (!catalogue->service(p.service)) return false;
    return engine.city() && !engine.city()->addresses.empty();
}

}  // namespace

struct LiveTraffic::Impl {
    Impl(Engine& e, LiveOptions o)
        : engine(e), options(o), chance(o.seed, stream::live, static_cast<std::uint64_t>(e.now().ms)) {}

    bool prepare() {
        if (stage) return true;
        if (!isDemoCity(engine)) return false;
        auto opened = engine.openReader();
        if (!opened) return false;
        reader = std::move(*opened);
        // Other people than those of the history: nobody's record is opened twice.
        DemoOptions scene;
        scene.seed = mixed(options.seed ^ static_cast<std::uint64_t>(engine.now().ms));
        scene.closed = kResidents;
        scene.now = engine.now();
        stage = std::make_unique<Stage>(scene, engine.city(), engine.catalogue());
        met.resize(stage->people.count());
        return true;
    }

    bool happen() {
        if (!prepare()) return false;
        return chance.with(kShareOfNewCases) ? report() : colleagueActs() || report();
    }

    bool report() {
        const auto now = engine.now();
        const auto day = stage->time.dayNumber(now);
        const bool weekend = dayOf(day).weekday >= 5;
        const auto hour = static_cast<std::size_t>(stage->time.hour(now));
        std::vector<double> weights;
        for (const auto& p : serviceProfiles())
            weights.push_back(intensity(p, day, stage->weather.on(day)) * hourWeights(p.rhythm, weekend)[hour]);
        Arrival arrival;
        arrival.at = now;
        arrival.service = static_cast<std::uint16_t>(chance.weighted(weights));
        CaseDraft draft(*stage, arrival, reports++);
        const bool isNew = draft.person && !met[draft.personIndex];
        if (isNew) met[draft.personIndex] = true;
        writeOpening(draft, isNew);
        CommandBatch batch;
        for (auto& [at, agent, command] : draft.commands()) {
            batch.commands.push_back(std::move(command));
            batch.moments.push_back({now, std::move(agent)});
        }
        return submit(std::move(batch));
    }

    bool colleagueActs() {
        if (sinceLook++ % kEventsPerLook == 0) {
            CaseQuery query;
            query.filter.open = true;
            if (auto listing = engine.queryAndWait(query)) open = std::move(*listing);
        }
        if (!open || open->keys.empty()) return false;
        for (int tries = 0; tries < 5; ++tries) {
            const auto key = chance.pick(open->keys);
            auto rows = reader->rows(std::span(&key, 1));
            if (!rows || rows->empty() || rows->front().status == Status::Closed) continue;
            const auto& row = rows->front();
            const auto me = engine.agent();
            const bool mine = !me.empty() && row.owner == me;
            if (mine && chance.with(0.5)) continue;
            auto event = nextEvent(*stage, row, requesterOf(key), mine, engine.now(), chance);
            if (!event) continue;
            CommandBatch batch;
            for (auto& command : event->commands) {
                batch.commands.push_back(std::move(command));
                batch.moments.push_back({engine.now(), event->agent});
            }
            if (submit(std::move(batch))) return true;  // somebody else may have been quicker
        }
        return false;
    }

    std::optional<store::PersonView> requesterOf(CaseKey key) {
        const auto detail = reader->detail(key);
        if (!detail) return std::nullopt;
        const auto* id = std::get_if<EntityId>(&detail->state.value(CaseField::Requester));
        if (!id || id->isNull()) return std::nullopt;
        auto person = reader->person(*id);
        return person ? std::optional(std::move(*person)) : std::nullopt;
    }

    bool submit(CommandBatch batch) {
        return !batch.commands.empty() && engine.submitAndWait(std::move(batch)).has_value();
    }

    Millis pause() {
        const auto hours = hourWeights(Rhythm::Round, false);
        const double busy = stage ? hours[static_cast<std::size_t>(stage->time.hour(engine.now()))] / 4.0 : 1.0;
        const double mean = static_cast<double>(options.gap.count()) / std::clamp(busy, 0.5, 1.6);
        return Millis{static_cast<std::int64_t>(mean * std::min(0.3 + 0.7 * chance.exponential(1), 3.0))};
    }

    void run(const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "demo-traffic");
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            lock.unlock();
            const bool possible = happen() || stage;
            lock.lock();
            if (!possible) return;
            wake.wait_for(lock, stop, std::chrono::milliseconds(pause()), [] { return false; });
        }
    }

    Engine& engine;
    LiveOptions options;
    Chance chance;
    std::unique_ptr<Stage> stage;  ///< once it is needed: it takes a moment to build
    std::unique_ptr<store::Reader> reader;
    std::vector<bool> met;
    CaseListingPtr open;
    int sinceLook{};
    std::size_t reports{};

    std::mutex mutex;
    std::condition_variable_any wake;
    std::jthread thread;
};

LiveTraffic::LiveTraffic(Engine& engine, LiveOptions options) : m_impl(std::make_unique<Impl>(engine, options)) {}
LiveTraffic::~LiveTraffic() { stop(); }

void LiveTraffic::start() {
    if (isRunning()) return;
    m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->run(stop); });
}

void LiveTraffic::stop() {
    m_impl->thread.request_stop();
    if (m_impl->thread.joinable()) m_impl->thread.join();
}

bool LiveTraffic::isRunning() const { return m_impl->thread.joinable(); }

bool LiveTraffic::step() { return m_impl->happen(); }

}  // namespace wl::engine
