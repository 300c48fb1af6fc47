// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/demo_replica.hpp"

#include <chrono>
#include <mutex>
#include <semaphore>

#include "engine/demo/demo_catalogue.hpp"
#include "engine/engine.hpp"
#include "geo/demo_city.hpp"
#include "store/store.hpp"

namespace wl::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBatch = 4'000;      // commands in one transaction
constexpr std::ptrdiff_t kBatchesAhead = 3;  // made while the engine is still busy
constexpr auto kBuildSuffix = ".building";

std::unexpected<Error> diskError(const fs::path& path, const std::error_code& error) {
    return fail(ErrorKind::World, "demo.files", path.string(), error.message());
}

// Hands batches to the engine while the next ones are being made; remembers the first error.
class Feeder {
public:
    explicit Feeder(Engine& engine) : m_engine(engine) {}
    ~Feeder() { wait(); }

    void add(TimedCommand&& command) {
        m_batch.commands.push_back(std::move(command.command));
        m_batch.moments.push_back({command.at, std::move(command.agent)});
        if (m_batch.commands.size() == kBatch) flush();
    }
    void flush() {
        if (m_batch.commands.empty()) return;
        m_free.acquire();
        m_engine.submit(std::exchange(m_batch, {}), [this](Result<Receipt> receipt) {
            {
                const std::lock_guard lock(m_mutex);
                if (receipt) m_ops += receipt->ops;
                else if (!m_error) m_error = receipt.error();
            }
            m_free.release();
        });
    }
    /// Until the engine has done all of it.
    void wait() {
        for (std::ptrdiff_t i = 0; i < kBatchesAhead; ++i) m_free.acquire();
        m_free.release(kBatchesAhead);
    }
    [[nodiscard]] Result<std::size_t> ops() {
        const std::lock_guard lock(m_mutex);
        if (m_error) return std::unexpected(*m_error);
        return m_ops;
    }

private:
    Engine& m_engine;
    CommandBatch m_batch;
    std::counting_semaphore<kBatchesAhead> m_free{kBatchesAhead};
    std::mutex m_mutex;
    std::size_t m_ops{};
    std::optional<Error> m_error;
};

Result<DemoSummary> build(const fs::path& dir, const DemoOptions& options, const DemoProgress& progress,
                          const std::atomic<bool>* cancelled) {
    const auto tell = [&](std::string_view phase, std::size_t done, std::size_t total) {
        if (progress) progress(phase, done, total);
    };
    const auto stopped = [&] { return cancelled && cancelled->load(std::memory_order_relaxed); };
    const auto cancel = [] { return fail(ErrorKind::Cancelled, "demo.cancelled"); };

    tell("city", 0, 1);
    auto city = std::make_shared<const geo::CityMap>(geo::makeDemoCity(options.seed));
    if (stopped()) return cancel();

    // The clock stands before the first case; every command brings its own instant.
    const ManualClock clock(options.now - Millis{std::chrono::days{5 * 366}});
    SeededRng rng(options.seed);
    EngineOptions engineOptions;
    engineOptions.dir = dir;
    engineOptions.clock = &clock;
    engineOptions.rng = &rng;
    engineOptions.agent = std::string(kDemoAgent);
    WL_CHECK(Engine::create(engineOptions));
    WL_TRY(const auto engine, Engine::open(engineOptions));
    WL_CHECK(engine->setCity(city));

    tell("catalogue", 0, 1);
    WL_TRY(const auto published, engine->submitAndWait(PublishCatalogue{demoCatalogue(options.now)}));
    engine->setBulk(true);

    DemoTraffic traffic(options, city, engine->catalogue());
    DemoSummary summary;
    {
        Feeder feeder(*engine);
        while (auto command = traffic.next()) {
            feeder.add(std::move(*command));
            if (++summary.commands % kBatch != 0) continue;
            WL_CHECK(feeder.ops());
            if (stopped()) return cancel();
            tell("cases", traffic.casesOpened(), traffic.casesTotal());
        }
        feeder.flush();
        feeder.wait();
        WL_TRY(const auto ops, feeder.ops());
        summary.ops = published.ops + ops;
    }
    tell("finish", 0, 1);
    engine->setBulk(false);
    if (stopped()) return cancel();
    summary.cases = traffic.casesTotal();
    summary.persons = traffic.personsOpened();
    summary.clusters = traffic.clusters();
    summary.storms = traffic.storms();
    return summary;  // the engine closes the database here
}

// In one step where there is no folder yet, or an empty one. Into a folder with other files the database comes last:
// before it is there, nobody takes the folder for a replica.
Result<void> moveInto(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (!error) return {};
    fs::create_directories(to, error);
    if (error) return diskError(to, error);
    const auto database = store::databasePath(from).filename();
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator(from, error))
        if (entry.path().filename() != database) names.push_back(entry.path().filename());
    if (error) return diskError(from, error);
    names.push_back(database);
    for (const auto& name : names) {
        fs::rename(from / name, to / name, error);
        if (error) return diskError(to / name, error);
    }
    fs::remove(from, error);
    return {};
}

}  // namespace

Result<DemoSummary> makeDemoReplica(const fs::path& dir, const DemoOptions& options, const DemoProgress& progress,
                                    const std::atomic<bool>* cancelled) {
    const auto begun = std::chrono::steady_clock::now();
    if (fs::exists(store::databasePath(dir))) return fail(ErrorKind::Refused, "replica.exists", {}, dir.string());
    auto plain = dir.has_filename() ? dir : dir.parent_path();
    const auto aside = fs::path(plain.string() + kBuildSuffix);
    std::error_code error;
    fs::remove_all(aside, error);
    if (error) return diskError(aside, error);
    fs::create_directories(aside.parent_path(), error);

    auto summary = build(aside, options, progress, cancelled);
    if (!summary) {
        fs::remove_all(aside, error);
        return summary;
    }
    WL_CHECK(moveInto(aside, plain));
    summary->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return summary;
}

}  // namespace wl::engine
