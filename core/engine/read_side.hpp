// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The reader thread: owns the queue index, answers queries and counts, and keeps the clocks. Time alone changes a
// case's state at known instants; those wait in a priority queue, so that running clocks cost nothing until one fires.

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <queue>

#include "domain/change_set.hpp"
#include "engine/case_index.hpp"
#include "engine/duplicate_finder.hpp"
#include "engine/past/past_book.hpp"
#include "engine/signals/signal_book.hpp"
#include "engine/worker.hpp"

namespace wl::engine {

class ReadSide {
public:
    /// `announce` is called on the reader thread with clocks that changed state by time, or when loading ended; `alarm`
    /// with the cases on which a rule acts now (empty: this console leaves that to others).
    ReadSide(const Clock& clock, std::function<void(ChangeSetPtr)> announce,
             std::function<void(std::vector<CaseKey>)> alarm = {});
    ~ReadSide();

    /// Opens the connection and loads the open cases; nothing runs yet.
    Result<void> open(const std::filesystem::path& database, rules::CataloguePtr catalogue);
    /// Sets the clocks going and has the reader thread load the rest.
    void begin();
    /// Ends the reader thread; it announces nothing any more.
    void stop();
    /// Takes over what a commit changed; later queries see it. A change of everything (the replica was replaced by a
    /// copy of a peer's) has all of it read anew.
    void changed(ChangeSetPtr changes);
    void setCatalogue(rules::CataloguePtr catalogue);

    void query(CaseQuery query, std::function<void(Result<CaseListingPtr>)> answer, int slot);
    void tally(std::vector<CaseFilter> queues, std::function<void(std::vector<QueueTally>)> answer, int slot);
    void search(std::string text, int limit, std::function<void(Result<Found>)> answer, int slot);
    void duplicates(DuplicateQuery query, std::size_t limit,
                    std::function<void(Result<std::vector<DuplicateHit>>)> answer, int slot);
    /// Figures over all cases, in slices between other questions; the first asking loads what they need.
    void figures(std::vector<SignalQuestion> questions, std::function<void(Result<FiguresPtr>)> answer, int slot);
    /// The early patterns that figures are made of from now on.
    void setPatterns(PatternsPtr found);
    /// Reads how cases stood since then, in slices between other questions; `progress` hears of each step on the reader
    /// thread, the last one with done = total. A newer one replaces it.
    void preparePast(Instant from, std::function<void(Result<PastProgress>)> progress);
    /// Nobody looks back any more: gives up what was read, and ends the reading.
    void forgetPast();
    /// Open cases on which a rule has to act by then.
    void alarmsUntil(Instant now, std::function<void(std::vector<CaseKey>)> answer);
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Until every case is loaded, and learnt from.
    void waitUntilLoaded();
    [[nodiscard]] std::shared_ptr<const RiskWatch> risk() const { return m_risk; }

private:
    struct Due {
        Instant at;
        CaseKey key;
        bool operator>(const Due& o) const { return at > o.at; }
    };
    struct DuplicateTask {
        DuplicateQuery query;
        std::size_t limit;
        std::function<void(Result<std::vector<DuplicateHit>>)> answer;
        int slot;
        std::uint64_t serial;
    };
    struct FigureTask {
        std::vector<SignalQuestion> questions;
        std::function<void(Result<FiguresPtr>)> answer;
        int slot;
        std::uint64_t serial;
        std::shared_ptr<SignalRun> run;  ///< once everything is loaded
        int generation{};
    };
    struct QueryTask {
        CaseQuery query;
        std::function<void(Result<CaseListingPtr>)> answer;
        int slot;
        std::uint64_t serial;
    };
    struct TallyTask {
        std::vector<CaseFilter> queues;
        std::function<void(std::vector<QueueTally>)> answer;
        int slot;
        std::uint64_t serial;
    };
    void ask(QueryTask task);
    void ask(TallyTask task);
    /// The cases as of an instant (none = now); null while histories are still being read.
    Result<CaseIndex*> standing(Instant at);
    void readPast(Instant from, std::function<void(Result<PastProgress>)> progress, std::uint64_t serial);
    Result<void> load();
    void loadAnew();
    void loadNext(std::int64_t after, int generation);
    void findDuplicates(DuplicateTask task);
    void makeFigures(FigureTask task);
    Result<FiguresPtr> figureStep(FigureTask& task);
    Result<Found> find(const std::string& text, int limit);
    void schedule(CaseKey key);
    void fire();
    void armTimer();
    /// Makes orders by text ready, one bounded step a task.
    void prepareNext();
    /// Learns which cases will be late, one bounded step a task; again when `kLearnEvery` is over.
    void learnNext(int generation);
    /// Loads what is asked about duplicates, one bounded step a task.
    void loadReports();
    /// False if a newer task of the same slot waits.
    bool isLatest(int slot, std::uint64_t serial);
    std::uint64_t nextSerial(int slot);

    const Clock& m_clock;
    std::function<void(ChangeSetPtr)> m_announce;
    std::function<void(std::vector<CaseKey>)> m_alarm;
    std::filesystem::path m_database;
    rules::CataloguePtr m_catalogue;
    std::shared_ptr<RiskWatch> m_risk = std::make_shared<RiskWatch>();
    std::unique_ptr<store::FacetReader> m_reader;
    std::unique_ptr<CaseIndex> m_index;
    std::unique_ptr<DuplicateFinder> m_reports;
    PatternsPtr m_patterns;
    std::unique_ptr<SignalBook> m_lives;  ///< once somebody asked for figures
    std::unique_ptr<PastBook> m_past;  ///< while somebody looks back
    const RiskWatch m_nothingLearnt;
    std::unique_ptr<CaseIndex> m_then;  ///< as of m_thenAt; none = to be filled
    Instant m_thenAt;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due;
    std::int64_t m_highest{};
    int m_generation{};  ///< of what is loaded; an older load does not go on
    bool m_preparing{};  ///< a step of the orders by text is posted
    Instant m_prepareAt;  ///< steady; when to begin with them again, none = not at all
    Instant m_learnAt;  ///< steady; when to learn about risks again, none = it is being done
    std::atomic<bool> m_loaded{}, m_learnt{}, m_stopping{};
    std::mutex m_mutex;
    std::condition_variable m_loadedSignal;
    std::map<int, std::uint64_t> m_serials;  ///< guarded by m_mutex
    Worker m_worker{"reader"};  ///< last: its thread ends before what it uses
};

}  // namespace wl::engine
