// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/read_side.hpp"

#include <algorithm>
#include <chrono>

namespace wl::engine {
namespace {

constexpr std::int64_t kLoadSlice = 50'000;
constexpr Millis kLongestWait{3'600'000};  // a wall clock that is set anew is noticed within the hour
constexpr int kPastSlot = 5'000'000;  // far from those of askers
constexpr Millis kQuiet{2'000};            // after many changes, orders by text wait for the end of them
constexpr Millis kLearnEvery{3'600'000};

Instant steadyNow() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<Millis>(since).count()};
}

}  // namespace

ReadSide::ReadSide(const Clock& clock, std::function<void(ChangeSetPtr)> announce,
                   std::function<void(std::vector<CaseKey>)> alarm)
    : m_clock(clock), m_announce(std::move(announce)), m_alarm(std::move(alarm)) {}

ReadSide::~ReadSide() { stop(); }

void ReadSide::stop() {
    m_stopping = true;
    m_worker.finish();
}

Result<void> ReadSide::open(const std::filesystem::path& database, rules::CataloguePtr catalogue) {
    m_database = database;
    m_catalogue = std::move(catalogue);
    return load();
}

// With a connection of its own, which knows no names of a database that was replaced.
Result<void> ReadSide::load() {
    WL_TRY(auto reader, store::FacetReader::open(m_database, m_risk));
    m_index.reset();
    m_reports.reset();
    m_lives.reset();
    m_past.reset();
    m_then.reset();
    m_due = {};
    m_risk->forget();
    m_reader = std::move(reader);
    m_index = std::make_unique<CaseIndex>(*m_reader, *m_risk);
    m_index->setCatalogue(m_catalogue);
    m_reports = std::make_unique<DuplicateFinder>(*m_reader);
    WL_TRY(m_highest, m_reader->highestKey());
    m_index->reserve(m_highest);
    WL_CHECK(m_reader->openCases([&](const store::CaseFacet& f) { m_index->put(f); }));
    m_index->eachRunning([&](CaseKey key, const DerivedCase&) { schedule(key); });
    return {};
}

void ReadSide::begin() {
    m_worker.post([this] {
        armTimer();
        loadNext(0, m_generation);
    });
}

void ReadSide::loadAnew() {
    {
        const std::lock_guard lock(m_mutex);
        m_loaded = m_learnt = false;
    }
    ++m_generation;
    // What cannot be read is missing in queues; verification names it.
    [[maybe_unused]] const auto done = load();
    armTimer();
    loadNext(0, m_generation);
}

// One slice of closed cases a task, so that queries get their turn in between.
void ReadSide::loadNext(std::int64_t after, int generation) {
    if (m_stopping || generation != m_generation) return;
    if (after < m_highest) {
        // A row that cannot be read is left out here; verification names it.
        if (auto done = m_reader->slice({after}, kLoadSlice, [&](const store::CaseFacet& f) { m_index->put(f); });
            !done)
            after = m_highest;
        m_worker.post([this, after, generation] { loadNext(after + kLoadSlice, generation); });
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_loaded = true;
    }
    m_loadedSignal.notify_all();
    auto changes = std::make_shared<ChangeSet>();
    changes->everything = true;
    m_announce(std::move(changes));
    learnNext(generation);
}

void ReadSide::learnNext(int generation) {
    m_learnAt = {};
    m_worker.post([this, generation] {
        if (m_stopping || generation != m_generation) return;
        // What cannot be read leaves the clocks as the policies have them; verification names it.
        const auto all = m_risk->learnNext(*m_reader, m_clock.now());
        if (all && !*all) return learnNext(generation);
        auto changes = std::make_shared<ChangeSet>();
        for (const auto key : m_index->foresee()) {
            changes->cases[key] |= kChangedClock;
            schedule(key);
        }
        m_learnAt = steadyNow() + kLearnEvery;
        armTimer();
        {
            const std::lock_guard lock(m_mutex);
            m_learnt = true;
        }
        m_loadedSignal.notify_all();
        if (!changes->empty()) m_announce(std::move(changes));
        prepareNext();
    });
}

void ReadSide::prepareNext() {
    if (m_stopping || m_preparing) return;
    m_preparing = true;
    m_worker.post([this] {
        m_preparing = false;
        if (m_stopping) return;
        // What cannot be read now is read when somebody sorts by it, and told then.
        if (const auto all = m_index->prepareOrders(); all && !*all) prepareNext();
        else loadReports();
    });
}

void ReadSide::loadReports() {
    if (m_stopping) return;
    // What cannot be read is told when somebody asks.
    if (const auto all = m_reports->loadNext(m_clock.now()); !all || *all) return;
    m_worker.post([this] { loadReports(); });
}

void ReadSide::waitUntilLoaded() {
    std::unique_lock lock(m_mutex);
    m_loadedSignal.wait(lock, [&] { return m_loaded && m_learnt; });
}

void ReadSide::changed(ChangeSetPtr changes) {
    if (changes->everything) return m_worker.post([this] { loadAnew(); });
    if (changes->cases.empty()) return;
    m_worker.post([this, changes = std::move(changes)] {
        constexpr auto words = bit(CaseField::Title) | bit(CaseField::Description) | bit(CaseField::Address) |
                               bit(CaseField::Service) | kOpenedCase;
        std::vector<CaseKey> keys;
        keys.reserve(changes->cases.size());
        bool wordsToo = false;
        for (const auto& [key, mask] : changes->cases) {
            keys.push_back(key);
            wordsToo = wordsToo || (mask & words) != 0;
        }
        std::ranges::sort(keys);
        const auto now = m_clock.now();
        std::vector<store::CaseFacet> reports;
        const auto take = [&](const store::CaseFacet& f) {
            m_index->put(f);
            if (DuplicateFinder::asksFor(changes->cases.at(f.key))) reports.push_back(f);
        };
        if (!m_reader->some(keys, take)) return;
        if (wordsToo && !m_index->wordsChanged(keys) && m_loaded) m_prepareAt = steadyNow() + kQuiet;
        for (const auto& report : reports) m_reports->changed(report, now);
        if (m_lives) m_lives->changed(keys);
        if (m_past) m_past->changed(keys);
        m_thenAt = {};
        for (const auto key : keys) schedule(key);
        armTimer();
    });
}

void ReadSide::alarmsUntil(Instant now, std::function<void(std::vector<CaseKey>)> answer) {
    m_worker.post([this, now, answer = std::move(answer)] { answer(m_index->alarmsUntil(now)); });
}

void ReadSide::setCatalogue(rules::CataloguePtr catalogue) {
    m_worker.post([this, catalogue = std::move(catalogue)]() mutable {
        m_catalogue = std::move(catalogue);
        m_index->setCatalogue(m_catalogue);
        m_past.reset();  // other rules, other clocks
        m_then.reset();
        if (m_loaded) prepareNext();
    });
}

void ReadSide::schedule(CaseKey key) {
    const auto clock = m_index->clockOf(key);
    if (const auto at = nextStateChange(clock, m_clock.now())) m_due.push({at, key});
    if (clock.alarm && m_alarm) m_due.push({clock.alarm, key});
}

void ReadSide::armTimer() {
    if (m_stopping || (m_due.empty() && !m_prepareAt && !m_learnAt)) return;
    auto wait = kLongestWait;
    if (!m_due.empty()) wait = std::min(wait, m_due.top().at - m_clock.now());
    for (const auto at : {m_prepareAt, m_learnAt})
        if (at) wait = std::min(wait, at - steadyNow());
    m_worker.callAfter(std::max(wait, Millis{0}), [this] { fire(); });
}

void ReadSide::fire() {
    if (m_stopping) return;
    if (m_prepareAt && m_prepareAt <= steadyNow()) {
        m_prepareAt = {};
        prepareNext();
    }
    if (m_learnAt && m_learnAt <= steadyNow()) learnNext(m_generation);
    const auto now = m_clock.now();
    auto changes = std::make_shared<ChangeSet>();
    std::vector<CaseKey> alarms;
    while (!m_due.empty() && m_due.top().at <= now) {
        const auto due = m_due.top();
        m_due.pop();
        // An entry that an edit has overtaken no longer names an instant at which this case changes.
        const auto clock = m_index->clockOf(due.key);
        if (nextStateChange(clock, due.at - Millis{1}) == due.at) {
            changes->cases[due.key] |= kChangedClock;
            if (const auto at = nextStateChange(clock, now)) m_due.push({at, due.key});
        }
        if (clock.alarm == due.at) alarms.push_back(due.key);
    }
    armTimer();
    if (!changes->empty()) m_announce(std::move(changes));
    if (!alarms.empty() && m_alarm) m_alarm(std::move(alarms));
}

std::uint64_t ReadSide::nextSerial(int slot) {
    const std::lock_guard lock(m_mutex);
    return ++m_serials[slot];
}

bool ReadSide::isLatest(int slot, std::uint64_t serial) {
    if (slot <= 0) return true;
    const std::lock_guard lock(m_mutex);
    return m_serials[slot] == serial;
}

void ReadSide::query(CaseQuery query, std::function<void(Result<CaseListingPtr>)> answer, int slot) {
    ask(QueryTask{std::move(query), std::move(answer), slot, nextSerial(slot)});
}

// As of a past instant: once what is needed for that is there.
void ReadSide::ask(QueryTask task) {
    m_worker.post([this, task = std::move(task)]() mutable {
        if (m_stopping || !isLatest(task.slot, task.serial)) return;
        const auto at = task.query.filter.asOf;
        const auto index = standing(at);
        if (!index) return task.answer(std::unexpected(index.error()));
        if (!*index) return ask(std::move(task));
        auto listing = (*index)->list(task.query, at ? at : m_clock.now());
        if (!listing) task.answer(std::unexpected(listing.error()));
        else task.answer(std::make_shared<const CaseListing>(std::move(*listing)));
    });
}

Result<CaseIndex*> ReadSide::standing(Instant at) {
    if (!at) return m_index.get();
    if (!m_loaded) return nullptr;
    if (!m_past) m_past = std::make_unique<PastBook>(*m_reader, m_catalogue);
    WL_TRY(const auto progress, m_past->loadNext(*m_index, at));
    if (progress.done < progress.total) return nullptr;
    if (!m_then) {
        m_then = std::make_unique<CaseIndex>(*m_reader, m_nothingLearnt);  // nobody knew then what became of them
        m_then->setCatalogue(m_catalogue);
        m_then->borrowOrders(*m_index);
        m_thenAt = {};
    }
    if (m_thenAt != at) m_past->stand(*m_index, at, *m_then);
    m_thenAt = at;
    return m_then.get();
}

void ReadSide::preparePast(Instant from, std::function<void(Result<PastProgress>)> progress) {
    readPast(from, std::move(progress), nextSerial(kPastSlot));
}

void ReadSide::readPast(Instant from, std::function<void(Result<PastProgress>)> progress, std::uint64_t serial) {
    m_worker.post([this, from, progress = std::move(progress), serial]() mutable {
        if (m_stopping || !isLatest(kPastSlot, serial)) return;
        if (!m_loaded) return readPast(from, std::move(progress), serial);
        if (!m_past) m_past = std::make_unique<PastBook>(*m_reader, m_catalogue);
        const auto step = m_past->loadNext(*m_index, from);
        progress(step);
        if (step && step->done < step->total) readPast(from, std::move(progress), serial);
    });
}

void ReadSide::forgetPast() {
    nextSerial(kPastSlot);
    m_worker.post([this] {
        m_then.reset();
        m_past.reset();
    });
}

void ReadSide::search(std::string text, int limit, std::function<void(Result<Found>)> answer, int slot) {
    const int own = slot > 0 ? slot + 2'000'000 : 0;
    m_worker.post([this, text = std::move(text), limit, answer = std::move(answer), own, serial = nextSerial(own)] {
        if (m_stopping || !isLatest(own, serial)) return;
        answer(find(text, limit));
    });
}

void ReadSide::duplicates(DuplicateQuery query, std::size_t limit,
                          std::function<void(Result<std::vector<DuplicateHit>>)> answer, int slot) {
    const int own = slot > 0 ? slot + 3'000'000 : 0;
    findDuplicates({std::move(query), limit, std::move(answer), own, nextSerial(own)});
}

// Until all reports are loaded, one step of that and the question again.
void ReadSide::findDuplicates(DuplicateTask task) {
    m_worker.post([this, task = std::move(task)]() mutable {
        if (m_stopping || !isLatest(task.slot, task.serial)) return;
        const auto all = m_reports->loadNext(m_clock.now());
        if (!all) task.answer(std::unexpected(all.error()));
        else if (*all) task.answer(m_reports->search(task.query, m_clock.now(), task.limit));
        else findDuplicates(std::move(task));
    });
}

void ReadSide::figures(std::vector<SignalQuestion> questions, std::function<void(Result<FiguresPtr>)> answer,
                       int slot) {
    const int own = slot > 0 ? slot + 4'000'000 : 0;
    makeFigures({std::move(questions), std::move(answer), own, nextSerial(own), {}, 0});
}

void ReadSide::setPatterns(PatternsPtr found) {
    m_worker.post([this, found = std::move(found)] { m_patterns = found; });
}

void ReadSide::makeFigures(FigureTask task) {
    m_worker.post([this, task = std::move(task)]() mutable {
        if (m_stopping || !isLatest(task.slot, task.serial)) return;
        auto done = figureStep(task);
        if (!done) task.answer(std::unexpected(done.error()));
        else if (*done) task.answer(std::move(done));
        else makeFigures(std::move(task));
    });
}

// One bounded step; nothing while it is not finished.
Result<FiguresPtr> ReadSide::figureStep(FigureTask& task) {
    if (!m_loaded) return FiguresPtr();
    if (!m_lives) { WL_TRY(m_lives, SignalBook::open(m_database)); }
    WL_TRY(const bool all, m_lives->loadNext(static_cast<std::int64_t>(m_index->slots()) - 1));
    if (!all) return FiguresPtr();
    if (!task.run || task.generation != m_generation) {
        WL_TRY(task.run, SignalRun::begin(task.questions, m_clock.now(), *m_reader, m_catalogue, m_patterns));
        task.generation = m_generation;
    }
    if (!task.run->step(*m_index, *m_lives)) return FiguresPtr();
    return task.run->finish(*m_reader);
}

Result<Found> ReadSide::find(const std::string& text, int limit) {
    WL_TRY(const auto hits, m_reader->reader().search(text, limit));
    Found found;
    WL_TRY(found.cases, m_reader->reader().rows(hits.cases));
    for (const auto key : hits.persons) {
        if (found.persons.size() >= static_cast<std::size_t>(limit)) break;
        if (auto view = m_reader->reader().person(key)) found.persons.push_back(std::move(*view));
    }
    return found;
}

void ReadSide::tally(std::vector<CaseFilter> queues, std::function<void(std::vector<QueueTally>)> answer, int slot) {
    // Counts and listings have slots of their own.
    const int own = slot > 0 ? slot + 1'000'000 : 0;
    ask(TallyTask{std::move(queues), std::move(answer), own, nextSerial(own)});
}

void ReadSide::ask(TallyTask task) {
    m_worker.post([this, task = std::move(task)]() mutable {
        if (m_stopping || !isLatest(task.slot, task.serial)) return;
        std::vector<QueueTally> out;
        out.reserve(task.queues.size());
        for (const auto& filter : task.queues) {
            const auto index = standing(filter.asOf);
            if (index && !*index) return ask(std::move(task));
            const auto at = filter.asOf ? filter.asOf : m_clock.now();
            out.push_back(index ? (*index)->tally(filter, at).value_or(QueueTally{}) : QueueTally{});
        }
        task.answer(std::move(out));
    });
}

}  // namespace wl::engine
