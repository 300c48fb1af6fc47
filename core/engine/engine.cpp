// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.hpp"

#include <atomic>
#include <cassert>
#include <future>
#include <map>
#include <mutex>

#include "engine/duty.hpp"
#include "engine/messages/updates.hpp"
#include "engine/plan_parts.hpp"
#include "engine/read_side.hpp"
#include "rules/sla.hpp"
#include "store/basemap_file.hpp"
#include "store/workload.hpp"

namespace wl::engine {
namespace {

const SystemClock kSystemClock;
SystemRng& systemRng() {
    static SystemRng rng;
    return rng;
}

const char* nameOf(const Command& command) {
    constexpr const char* names[] = {"OpenCase",     "EditCase",    "ChangeStatus",     "RecordInteraction",
                                     "OpenPerson",   "EditPerson",  "PublishCatalogue", "ImportCases",
                                     "Undo",         "Redo",        "OfferHandOff",     "AnswerHandOff",
                                     "ClaimCase",    "ReleaseCase", "RaiseEscalation",  "AcknowledgeEscalations",
                                     "AddReport",    "SplitReport", "JudgeCases",       "JudgePersons",
                                     "WriteMessage", "MoveMessage"};
    return names[command.index()];
}

std::filesystem::path cityPath(const std::filesystem::path& dir) { return dir / store::kBasemapFile; }

Result<std::string> readFile(const std::filesystem::path& file) {
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (!in) return fail(ErrorKind::NotFound, "file.open", file.string());
    std::string out;
    char buffer[1 << 16];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, in)) > 0;) out.append(buffer, got);
    std::fclose(in);
    return out;
}

constexpr std::size_t kUndoDepth = 100;
constexpr int kDeriveSlice = 500;  // cases whose clocks are derived anew in one go

}  // namespace

class Engine::Impl {
public:
    explicit Impl(const EngineOptions& o)
        : options(o), clock(o.clock ? *o.clock : kSystemClock), rng(o.rng ? *o.rng : systemRng()), agent(o.agent),
          readSide(
              clock, [this](ChangeSetPtr changes) { worker.post([this, changes] { tell(changes); }); }, alarmOf(o)) {}

    // The reader thread announces through the engine thread, so it ends first; connections end on the engine thread.
    ~Impl() {
        readSide.stop();
        worker.post([this] { sync.reset(); });
        worker.finish();
    }

    // Rules act on the engine's thread, a while after the reader saw that their hour has come.
    std::function<void(std::vector<CaseKey>)> alarmOf(const EngineOptions& o) {
        if (!o.automation || o.readOnly) return {};
        return [this](std::vector<CaseKey> keys) {
            worker.post([this, keys = std::move(keys)] {
                // What cannot be done now (a full disk) is tried again when the console starts.
                if (auto done = actOn(keys); !done) return;
            });
        };
    }
    const rules::Workload* workload(const rules::Catalogue& known);
    void count(const Plan& plan, Instant at);
    Result<std::size_t> actOn(const std::vector<CaseKey>& keys);

    Result<void> open();
    Result<void> openSync();
    Result<void> loadCatalogue();
    void loadCity();
    void announce(ChangeSet&& changes);
    bool deriveNext();
    void tell(const ChangeSetPtr& changes);
    Result<Receipt> run(CommandBatch&& batch);
    Result<Receipt> runInTransaction(CommandBatch& batch, ChangeSet* changes);
    Result<void> addPlan(Plan&& plan, const char* what, const std::string& who, Instant at, UndoStep* step,
                         Receipt* total);
    void remember(const Command& first, UndoStep&& step, Receipt* total);
    Result<Plan> planUndoRedo(const Command& command, const PlanContext& context);
    [[nodiscard]] rules::CataloguePtr currentCatalogue() const {
        const std::lock_guard lock(sharedMutex);
        return catalogue;
    }

    [[nodiscard]] geo::CityMapPtr currentCity() const {
        const std::lock_guard lock(sharedMutex);
        return city;
    }

    EngineOptions options;
    const Clock& clock;
    Rng& rng;
    std::unique_ptr<store::Store> store;
    std::vector<UndoStep> undo, redo;  ///< engine thread only
    std::atomic<bool> canUndo{}, canRedo{};

    mutable std::mutex sharedMutex;  ///< guards the values that other threads may ask for
    rules::CataloguePtr catalogue = rules::Catalogue::build({});
    geo::CityMapPtr city;
    std::shared_ptr<const geo::AreaIndex> areas;
    std::string agent;

    std::mutex hubMutex;
    std::map<std::uint64_t, std::function<void(const ChangeSetPtr&)>> subscribers;
    std::uint64_t nextSubscriber{};

    std::optional<rules::Workload> openWork;  ///< engine thread only; read anew now and then
    Instant openWorkAt;
    std::unique_ptr<store::Reader> dutyReader;  ///< engine thread only; opened when a rule acts first
    std::unique_ptr<StoreReplica> replica;
    std::unique_ptr<SyncService> sync;
    ReadSide readSide;
    Worker worker{"engine"};  ///< last: its thread ends before what it uses
};

Result<void> Engine::Impl::open() {
    if (!options.readOnly) {
        WL_TRY(store, store::Store::open({options.dir, clock, rng}));
    } else {
        WL_CHECK(store::prepareToRead(options.dir));
    }
    WL_CHECK(loadCatalogue());
    if (store && !store->recovered().empty())
        WL_CHECK(store->rederive(rules::SlaDeriver(currentCatalogue()), store->recovered()));
    loadCity();
    WL_CHECK(readSide.open(store::databasePath(options.dir), catalogue));
    WL_CHECK(openSync());
    // Up to here the store was the opening thread's; from now on clocks may run out and rules act on its own.
    readSide.begin();
    if (store) worker.post([this] { deriveNext(); });  // where a restart cut it short
    return {};
}

// A replica that is only read exchanges nothing.
Result<void> Engine::Impl::openSync() {
    if (!store) return {};
    WL_TRY(replica, StoreReplica::make(
                        *store,
                        [this]() -> std::unique_ptr<CaseDeriver> {
                            return std::make_unique<rules::SlaDeriver>(currentCatalogue());
                        },
                        [this](ChangeSet&& changes) { announce(std::move(changes)); }));
    sync = std::make_unique<SyncService>(SyncService::Ports{worker, *store, *replica, clock, rng, options.dir});
    sync->begin(options.exchange);
    return {};
}

// A basemap that is missing or cannot be read takes nothing else down: the map says that there is none.
void Engine::Impl::loadCity() {
    const auto bytes = readFile(cityPath(options.dir));
    if (!bytes) return;
    auto map = geo::decodeCityMap(*bytes);
    if (!map) return;
    auto made = std::make_shared<const geo::CityMap>(std::move(*map));
    areas = std::make_shared<const geo::AreaIndex>(made);
    const std::lock_guard lock(sharedMutex);
    city = std::move(made);
}

Result<void> Engine::Impl::loadCatalogue() {
    std::vector<rules::CatalogueItem> items;
    if (store) {
        WL_TRY(const auto entries, store->catalogue());
        for (const auto& e : entries) items.push_back({e.kind, e.code, e.document});
    } else {
        WL_TRY(const auto entries, store::readCatalogueOf(store::databasePath(options.dir)));
        for (const auto& e : entries) items.push_back({e.kind, e.code, e.document});
    }
    auto built = rules::Catalogue::build(items);
    const std::lock_guard lock(sharedMutex);
    catalogue = std::move(built);
    return {};
}

void Engine::Impl::tell(const ChangeSetPtr& changes) {
    const std::lock_guard lock(hubMutex);
    for (const auto& [id, callback] : subscribers) callback(changes);
}

void Engine::Impl::announce(ChangeSet&& changes) {
    if (changes.empty()) return;
    if (changes.everything) {
        dutyReader.reset();
        openWork.reset();
        if (!currentCity()) loadCity();  // it came with the copy
    }
    bool clocks = false;
    if (changes.catalogue) {
        const auto before = currentCatalogue();
        if (auto loaded = loadCatalogue(); loaded) {
            const auto now = currentCatalogue();
            readSide.setCatalogue(now);
            // Only what clocks are made of asks for new clocks: those of open cases now, of all others in slices.
            clocks = before->policies() != now->policies() || before->calendars() != now->calendars() ||
                     before->pauseReasons() != now->pauseReasons();
            if (auto more = clocks ? store->rederive(rules::SlaDeriver(now)) : ChangeSet())
                for (const auto& [key, mask] : more->cases) changes.cases[key] |= mask;
        }
    }
    auto shared = std::make_shared<const ChangeSet>(std::move(changes));
    readSide.changed(shared);
    tell(shared);
    if (clocks) deriveNext();
}

/// One slice, the next behind what was posted meanwhile; false once all clocks are right.
bool Engine::Impl::deriveNext() {
    auto more = store->rederiveNext(rules::SlaDeriver(currentCatalogue()), kDeriveSlice);
    if (!more || !*more) return false;
    announce(std::move(**more));
    worker.post([this] { deriveNext(); });
    return true;
}

Result<Plan> Engine::Impl::planUndoRedo(const Command& command, const PlanContext& context) {
    const auto* back = std::get_if<Undo>(&command);
    auto& from = back ? undo : redo;
    const auto group = back ? back->group : std::get<Redo>(command).group;
    if (from.empty() || (group != 0 && from.back().group != group))
        return fail(ErrorKind::Refused, std::holds_alternative<Undo>(command) ? "undo.nothing" : "redo.nothing");
    // What was said stays; the next undo is not to take something older back unasked.
    if (from.back().inverse.empty()) {
        from.pop_back();
        return fail(ErrorKind::Refused, "undo.stays");
    }
    auto planned = planUndo(from.back(), context);
    if (!planned && planned.error().kind == ErrorKind::Conflict) from.pop_back();  // it can never be taken back now
    return planned;
}

Result<void> Engine::Impl::addPlan(Plan&& plan, const char* what, const std::string& who, Instant at, UndoStep* step,
                                   Receipt* total) {
    const auto offset = step->stamps.size();
    if (!plan.ops.empty()) {
        WL_TRY(const auto stamps, store->add(plan.ops, who, at));
        step->stamps.insert(step->stamps.end(), stamps.begin(), stamps.end());
        total->ops += stamps.size();
        if (!plan.receipt.caseId.isNull() && !plan.receipt.caseKey) {
            WL_TRY(plan.receipt.caseKey, store->findCase(plan.receipt.caseId));
        }
    }
    for (auto& inverse : plan.inverse) {
        shiftOps(inverse, offset);
        step->inverse.push_back(std::move(inverse));
    }
    if (step->what.empty()) step->what = plan.receipt.undone.empty() ? what : plan.receipt.undone;
    auto& r = plan.receipt;
    if (r.caseKey) total->caseKey = r.caseKey, total->caseId = r.caseId, total->number = r.number;
    if (!r.personId.isNull()) total->personId = r.personId;
    if (!r.messageId.isNull()) {
        total->messageId = r.messageId, total->messageState = r.messageState;
        total->messageReason = r.messageReason, total->messageUntil = r.messageUntil;
    }
    total->imported += r.imported;
    total->updated += r.updated;
    total->unchanged += r.unchanged;
    if (!r.undone.empty()) total->undone = r.undone;
    total->group = std::max(total->group, r.group);
    total->leftAlone += r.leftAlone;
    return {};
}

Result<Receipt> Engine::Impl::runInTransaction(CommandBatch& batch, ChangeSet* changes) {
    Receipt total;
    UndoStep step;
    const auto known = currentCatalogue();
    std::string who;
    {
        const std::lock_guard lock(sharedMutex);
        who = batch.agent.empty() ? agent : batch.agent;
    }
    for (std::size_t i = 0; i < batch.commands.size(); ++i) {
        const auto& command = batch.commands[i];
        const bool past = i < batch.moments.size();
        const auto at = past ? batch.moments[i].at : Instant{};
        const auto& author = past ? batch.moments[i].agent : who;
        const PlanContext context{*store, *known, areas.get(), past ? at : clock.now(), author, rng, workload(*known)};
        if (const auto* import = std::get_if<ImportCases>(&command)) {
            for (const auto& draft : import->drafts) {
                auto planned = planImport(draft, context);
                if (!planned) {
                    auto error = planned.error();
                    error.detail = draft.externalId + (error.detail.empty() ? "" : ": " + error.detail);
                    return std::unexpected(error);
                }
                UndoStep unused;
                WL_CHECK(addPlan(std::move(*planned), "ImportCases", author, at, &unused, &total));
            }
            continue;
        }
        const bool back = std::holds_alternative<Undo>(command) || std::holds_alternative<Redo>(command);
        WL_TRY(auto planned, back ? planUndoRedo(command, context) : plan(command, context));
        count(planned, context.now);
        const auto steps = past ? std::vector<Happened>{} : happened(planned.ops);
        WL_CHECK(addPlan(std::move(planned), nameOf(command), author, at, &step, &total));
        for (const auto& one : steps) {
            UndoStep unused;
            Receipt ignored;
            WL_TRY(auto updates, planUpdates(one, context));
            WL_CHECK(addPlan(std::move(updates), "WriteMessage", {}, at, &unused, &ignored));
        }
    }
    const rules::SlaDeriver deriver(known);
    WL_TRY(*changes, store->commit(deriver));
    // What the agent of this console did by hand goes on the stack; what colleagues or importers did does not.
    if (batch.moments.empty() && batch.agent.empty() && !batch.commands.empty()) {
        step.group = batch.group;
        remember(batch.commands.front(), std::move(step), &total);
    }
    return total;
}

void Engine::Impl::remember(const Command& first, UndoStep&& step, Receipt* total) {
    const bool back = std::holds_alternative<Undo>(first), again = std::holds_alternative<Redo>(first);
    if (back || again) {
        auto& from = back ? undo : redo;
        auto& to = back ? redo : undo;
        step.group = from.back().group;
        from.pop_back();
        if (!step.inverse.empty()) to.push_back(std::move(step));
        const auto ofGroup = [&](const UndoStep& s) { return total->group == 0 || s.group != total->group; };
        total->groupLeft =
            static_cast<std::size_t>(std::ranges::find_if(from.rbegin(), from.rend(), ofGroup) - from.rbegin());
    } else if (!step.inverse.empty() || std::holds_alternative<RecordInteraction>(first)) {
        redo.clear();
        undo.push_back(std::move(step));
    }
    // The depth counts what a person did; a group is one thing, however many batches it took.
    std::size_t things = 0;
    std::uint64_t group = 0;
    auto at = undo.size();
    for (; at > 0 && things <= kUndoDepth; --at) {
        const auto& one = undo[at - 1];
        if (one.group == 0 || one.group != group) ++things;
        group = one.group;
    }
    if (things > kUndoDepth) undo.erase(undo.begin(), undo.begin() + static_cast<std::ptrdiff_t>(at + 1));
    canUndo = !undo.empty();
    canRedo = !redo.empty();
}

Result<Receipt> Engine::Impl::run(CommandBatch&& batch) {
    if (!store) return fail(ErrorKind::Refused, "replica.read_only");
    WL_CHECK(store->begin());
    ChangeSet changes;
    auto receipt = runInTransaction(batch, &changes);
    if (!receipt) store->rollback();
    canUndo = !undo.empty();
    canRedo = !redo.empty();
    // Colleagues first: what they wait for is a network away.
    if (receipt && receipt->ops > 0) sync->committed();
    announce(std::move(changes));
    return receipt;
}

// Only rules that ask for it pay for it.
const rules::Workload* Engine::Impl::workload(const rules::Catalogue& known) {
    constexpr Millis kGoodFor{30'000};
    if (!rules::asksForWorkload(known)) return nullptr;
    const auto now = clock.now();
    if (openWork && now - openWorkAt < kGoodFor) return &*openWork;
    openWork.emplace();
    openWorkAt = now;
    // What cannot be read now counts as nothing: the case is routed all the same.
    if (const auto rows = store::readWorkload(store::databasePath(options.dir))) {
        for (const auto& row : *rows) {
            openWork->byOwner[row.owner] += row.open;
            openWork->byCrew[row.crew] += row.open;
            auto& last = openWork->lastGiven[row.owner];
            last = std::max(last, row.last);
        }
    }
    return &*openWork;
}

// What was given away since counts at once.
void Engine::Impl::count(const Plan& planned, Instant at) {
    if (!openWork) return;
    for (const auto& op : planned.ops) {
        const FieldValues* fields = nullptr;
        if (const auto* opened = std::get_if<CaseOpened>(&op.body)) fields = &opened->fields;
        if (const auto* edited = std::get_if<CaseEdited>(&op.body)) fields = &edited->fields;
        if (fields == nullptr) continue;
        if (const auto owner = textOf(*fields, CaseField::Owner); !owner.empty()) {
            ++openWork->byOwner[owner];
            openWork->lastGiven[owner] = at;
        }
        if (const auto crew = textOf(*fields, CaseField::Crew); !crew.empty()) ++openWork->byCrew[crew];
    }
}

Result<std::size_t> Engine::Impl::actOn(const std::vector<CaseKey>& keys) {
    constexpr std::size_t kSlice = 500;
    if (!dutyReader) { WL_TRY(dutyReader, store::Reader::open(store::databasePath(options.dir))); }
    std::size_t ops = 0;
    for (std::size_t at = 0; at < keys.size(); at += kSlice) {
        CommandBatch batch;
        for (const auto key : std::span(keys).subspan(at, std::min(kSlice, keys.size() - at))) {
            const auto detail = dutyReader->detail(key);
            if (!detail) continue;
            for (auto& command : dutyCommands(*detail, *currentCatalogue(), clock.now())) {
                batch.commands.push_back(std::move(command));
                batch.moments.push_back({clock.now(), {}});
            }
        }
        if (batch.commands.empty()) continue;
        WL_TRY(const auto receipt, run(std::move(batch)));
        ops += receipt.ops;
    }
    return ops;
}

Engine::Engine(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Engine::~Engine() = default;

Result<void> Engine::create(const EngineOptions& o) {
    const Clock& clock = o.clock ? *o.clock : kSystemClock;
    return store::Store::create({o.dir, clock, o.rng ? *o.rng : systemRng()});
}

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options) {
    auto impl = std::make_unique<Impl>(options);
    WL_CHECK(impl->open());
    return std::make_unique<Engine>(std::move(impl));
}

void Engine::submit(Command command, Done done) {
    CommandBatch batch;
    batch.commands.push_back(std::move(command));
    submit(std::move(batch), std::move(done));
}

void Engine::submit(CommandBatch batch, Done done) {
    m_impl->worker.post([impl = m_impl.get(), batch = std::move(batch), done = std::move(done)]() mutable {
        auto receipt = impl->run(std::move(batch));
        if (done) done(std::move(receipt));
    });
}

Result<Receipt> Engine::submitAndWait(Command command) {
    CommandBatch batch;
    batch.commands.push_back(std::move(command));
    return submitAndWait(std::move(batch));
}

Result<Receipt> Engine::submitAndWait(CommandBatch batch) {
    std::promise<Result<Receipt>> promise;
    auto answer = promise.get_future();
    submit(std::move(batch), [&](Result<Receipt> receipt) { promise.set_value(std::move(receipt)); });
    return answer.get();
}

Subscription Engine::subscribe(std::function<void(const ChangeSetPtr&)> callback) {
    const std::lock_guard lock(m_impl->hubMutex);
    const auto id = ++m_impl->nextSubscriber;
    m_impl->subscribers[id] = std::move(callback);
    return Subscription([impl = m_impl.get(), id] {
        const std::lock_guard held(impl->hubMutex);
        impl->subscribers.erase(id);
    });
}

void Engine::query(CaseQuery query, std::function<void(Result<CaseListingPtr>)> answer, int slot) {
    m_impl->readSide.query(std::move(query), std::move(answer), slot);
}

void Engine::tally(std::vector<CaseFilter> queues, std::function<void(std::vector<QueueTally>)> answer, int slot) {
    m_impl->readSide.tally(std::move(queues), std::move(answer), slot);
}

void Engine::search(std::string text, int limit, std::function<void(Result<Found>)> answer, int slot) {
    m_impl->readSide.search(std::move(text), limit, std::move(answer), slot);
}

void Engine::duplicates(DuplicateQuery query, std::size_t limit,
                        std::function<void(Result<std::vector<DuplicateHit>>)> answer, int slot) {
    m_impl->readSide.duplicates(std::move(query), limit, std::move(answer), slot);
}

void Engine::figures(std::vector<SignalQuestion> questions, std::function<void(Result<FiguresPtr>)> answer, int slot) {
    m_impl->readSide.figures(std::move(questions), std::move(answer), slot);
}

void Engine::setPatterns(PatternsPtr found) { m_impl->readSide.setPatterns(std::move(found)); }

void Engine::preparePast(Instant from, std::function<void(Result<PastProgress>)> progress) {
    m_impl->readSide.preparePast(from, std::move(progress));
}
void Engine::forgetPast() { m_impl->readSide.forgetPast(); }

Result<std::unique_ptr<store::Reader>> Engine::openReader() const {
    return store::Reader::open(store::databasePath(m_impl->options.dir), m_impl->readSide.risk());
}

Result<std::size_t> Engine::actOnDue() {
    waitUntilLoaded();
    std::promise<std::vector<CaseKey>> found;
    m_impl->readSide.alarmsUntil(m_impl->clock.now(),
                                 [&](std::vector<CaseKey> keys) { found.set_value(std::move(keys)); });
    const auto keys = found.get_future().get();
    std::promise<Result<std::size_t>> done;
    m_impl->worker.post([&] { done.set_value(m_impl->actOn(keys)); });
    return done.get_future().get();
}

rules::CataloguePtr Engine::catalogue() const { return m_impl->currentCatalogue(); }

geo::CityMapPtr Engine::city() const { return m_impl->currentCity(); }

Result<void> Engine::setCity(geo::CityMapPtr city) {
    WL_CHECK(store::writeFile(cityPath(m_impl->options.dir), geo::encodeCityMap(*city)));
    auto areas = std::make_shared<const geo::AreaIndex>(city);
    {
        const std::lock_guard lock(m_impl->sharedMutex);
        m_impl->city = std::move(city);
    }
    std::promise<void> taken;
    m_impl->worker.post([&] {
        m_impl->areas = std::move(areas);
        ChangeSet changes;
        changes.everything = true;
        m_impl->announce(std::move(changes));
        taken.set_value();
    });
    taken.get_future().wait();
    return {};
}

void Engine::announceBasemap() {
    ChangeSet changes;
    changes.catalogue = true;
    m_impl->worker.post([impl = m_impl.get(), changes]() mutable { impl->announce(std::move(changes)); });
}
const std::filesystem::path& Engine::folder() const { return m_impl->options.dir; }

void Engine::setBulk(bool on) {
    m_impl->worker.post([impl = m_impl.get(), on] {
        // Only speed hangs on it; an import goes on without.
        if (impl->store)
            if (auto done = impl->store->setBulk(on); !done) impl->canUndo = !impl->undo.empty();
    });
}

std::optional<Forecast> Engine::forecast(const CaseState& state) const {
    if (state.status >= Status::WorkDone) return std::nullopt;
    return m_impl->readSide.risk()->forecast(state.text(CaseField::Service), state.text(CaseField::Department),
                                             state.text(CaseField::Area), state.instant(CaseField::RequestedAt), now());
}
bool Engine::isLoaded() const { return m_impl->readSide.isLoaded(); }
void Engine::waitUntilLoaded() { m_impl->readSide.waitUntilLoaded(); }

void Engine::setAgent(std::string agent) {
    const std::lock_guard lock(m_impl->sharedMutex);
    m_impl->agent = std::move(agent);
}

std::string Engine::agent() const {
    const std::lock_guard lock(m_impl->sharedMutex);
    return m_impl->agent;
}

OriginId Engine::origin() const { return m_impl->store ? m_impl->store->origin() : OriginId{}; }
Instant Engine::now() const { return m_impl->clock.now(); }
bool Engine::canUndo() const { return m_impl->canUndo; }
bool Engine::canRedo() const { return m_impl->canRedo; }

SyncService& Engine::sync() {
    assert(m_impl->sync && "a replica that is open for writing");
    return *m_impl->sync;
}

void Engine::post(std::function<void()> work) { m_impl->worker.post(std::move(work)); }

Result<void> Engine::withStore(const std::function<Result<void>(store::Store&, const CaseDeriver&)>& work) {
    std::promise<Result<void>> promise;
    m_impl->worker.post([&] {
        if (!m_impl->store) return promise.set_value(fail(ErrorKind::Refused, "replica.read_only"));
        while (m_impl->deriveNext()) {}
        const rules::SlaDeriver deriver(m_impl->currentCatalogue());
        promise.set_value(work(*m_impl->store, deriver));
    });
    return promise.get_future().get();
}

}  // namespace wl::engine
