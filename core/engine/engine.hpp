// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one gate for every edit. Owns the engine thread (the only writing connection) and the reader thread (queues,
// tallies, exports). Safe to call from any thread; callbacks run on the thread that is named beside them.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "domain/change_set.hpp"
#include "domain/crypto.hpp"
#include "engine/case_query.hpp"
#include "engine/commands.hpp"
#include "engine/duplicate_finder.hpp"
#include "engine/past/past_book.hpp"
#include "engine/risk_model.hpp"
#include "engine/signals/signal_book.hpp"
#include "engine/subscription.hpp"
#include "engine/sync_service.hpp"
#include "geo/city_map.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"

namespace wl::engine {

struct EngineOptions {
    std::filesystem::path dir;    ///< data folder; made by Engine::create
    const Clock* clock{};         ///< null: the system's
    Rng* rng{};                   ///< null: the system's
    std::string agent{"agent"};   ///< staff code of the person at this console
    bool readOnly{};              ///< queries alone, also while a console has the replica open
    bool automation{};            ///< act when a rule says so: wake up, bounce back, escalate
    bool exchange{};              ///< begin to exchange with other consoles as sync.json says
};

class Engine {
public:
    /// Opens an existing replica. Errors: replica.missing, replica.in_use, replica.newer, replica.foreign,
    /// replica.corrupt (nothing is touched: the caller offers store::setAside and store::rebuild).
    static Result<std::unique_ptr<Engine>> open(const EngineOptions& options);
    /// Makes an empty replica: realm, origin keys, database. Refused where one exists.
    static Result<void> create(const EngineOptions& options);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    using Done = std::function<void(Result<Receipt>)>;
    /// One transaction, durable when `done` is called. `done` runs on the engine thread.
    void submit(Command command, Done done = {});
    void submit(CommandBatch batch, Done done = {});
    /// The same, waiting for the answer; never from the engine thread.
    Result<Receipt> submitAndWait(Command command);
    Result<Receipt> submitAndWait(CommandBatch batch);

    /// Called on the engine thread after each commit and when clocks change state by time.
    [[nodiscard]] Subscription subscribe(std::function<void(const ChangeSetPtr&)> callback);

    /// Answers run on the reader thread. A newer query with the same `slot` (> 0) replaces one still waiting.
    void query(CaseQuery query, std::function<void(Result<CaseListingPtr>)> answer, int slot = 0);
    void tally(std::vector<CaseFilter> queues, std::function<void(std::vector<QueueTally>)> answer, int slot = 0);
    /// Case number, words, address, name, phone number: at most `limit` cases and persons. The answer runs on the
    /// reader thread; `slot` as for query.
    void search(std::string text, int limit, std::function<void(Result<Found>)> answer, int slot = 0);
    /// Which cases a report may be about, most likely first. The answer runs on the reader thread; `slot` as for query.
    void duplicates(DuplicateQuery query, std::size_t limit,
                    std::function<void(Result<std::vector<DuplicateHit>>)> answer, int slot = 0);
    /// Figures over all cases, in the order of the questions. The answer runs on the reader thread; `slot` as for
    /// query.
    void figures(std::vector<SignalQuestion> questions, std::function<void(Result<FiguresPtr>)> answer, int slot = 0);
    Result<FiguresPtr> figuresAndWait(std::vector<SignalQuestion> questions);
    /// The early patterns that figures asked for from now on are made of; whoever looks for them tells.
    void setPatterns(PatternsPtr found);
    Result<CaseListingPtr> queryAndWait(CaseQuery query);
    /// Makes ready for queries as of instants from `from` on (CaseFilter::asOf), which would wait for the same.
    /// `progress` runs on the reader thread, the last time with done = total. A newer call replaces it.
    void preparePast(Instant from, std::function<void(Result<PastProgress>)> progress);
    /// Nobody looks back any more: gives up what that took in memory.
    void forgetPast();

    /// Does all that rules have to do by now (wake-ups, bounces, escalations); gives the number of ops. Not from the
    /// engine's or the reader's thread. With `automation` it happens by itself.
    Result<std::size_t> actOnDue();

    /// A read connection for the calling thread (the GUI has one).
    [[nodiscard]] Result<std::unique_ptr<store::Reader>> openReader() const;

    [[nodiscard]] rules::CataloguePtr catalogue() const;
    [[nodiscard]] geo::CityMapPtr city() const;  ///< null if the replica has no basemap
    /// Stores a basemap beside the replica and announces it (ChangeSet::catalogue).
    Result<void> setCity(geo::CityMapPtr city);
    /// Whatever lies beside the replica for the map is another (ChangeSet::catalogue).
    void announceBasemap();
    [[nodiscard]] const std::filesystem::path& folder() const;  ///< of the replica
    /// Many large batches are coming (an import): larger checkpoints until it is switched off.
    void setBulk(bool on);
    /// True once the queue index holds every case; before that, queries see the open ones (Engine::open waits for
    /// those).
    [[nodiscard]] bool isLoaded() const;
    void waitUntilLoaded();
    /// When work on an open case will be finished, from how long cases like it took; none where too few say, where the
    /// work is done, or before all cases are loaded.
    [[nodiscard]] std::optional<Forecast> forecast(const CaseState& state) const;
    /// Who works at this console; the next commands are theirs.
    void setAgent(std::string agent);
    [[nodiscard]] std::string agent() const;
    [[nodiscard]] OriginId origin() const;
    [[nodiscard]] Instant now() const;
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;

    /// The other consoles. A replica that is open for reading alone has no service: see statusOf.
    [[nodiscard]] SyncService& sync();
    /// Runs work on the engine's thread, behind what was posted before.
    void post(std::function<void()> work);
    /// Runs work with the writing store on the engine thread and waits: verification, digest, statistics.
    Result<void> withStore(const std::function<Result<void>(store::Store&, const CaseDeriver&)>& work);

    class Impl;
    explicit Engine(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::engine
