// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one door between the engine's threads and the GUI thread. Lives on the GUI thread; collects what the engine
// announces and tells the models at most once per turn of the event loop. Never holds case data itself.

#include <QObject>

#include <functional>

#include "engine/engine.hpp"
#include "engine/past/past_case.hpp"
#include "engine/sync_service.hpp"

namespace wl::ui {

class ConsoleBridge final : public QObject {
    Q_OBJECT

public:
    ConsoleBridge(engine::Engine& engine, std::unique_ptr<store::Reader> reader, QObject* parent = nullptr);
    ~ConsoleBridge() override;

    using Done = std::function<void(const Result<engine::Receipt>&)>;
    /// `done` runs on the GUI thread, unless `context` has gone by then.
    void submit(engine::Command command, QObject* context = nullptr, Done done = {});
    void submit(engine::CommandBatch batch, QObject* context = nullptr, Done done = {});
    /// Takes back (or does again) the last thing done; a change of very many cases batch by batch, with undoing() in
    /// between. `done` hears the sum.
    void undo(bool redo, QObject* context, Done done);
    /// Ends such an undo after the batch that is under way; the rest can be undone later.
    void stopUndo() { m_stopUndo = true; }
    void search(std::string text, int limit, int slot, QObject* context,
                std::function<void(const Result<engine::Found>&)> answer);
    /// Which cases a report may be about, most likely first.
    void duplicates(engine::DuplicateQuery query, std::size_t limit, int slot, QObject* context,
                    std::function<void(const Result<std::vector<engine::DuplicateHit>>&)> answer);
    void figures(std::vector<engine::SignalQuestion> questions, int slot, QObject* context,
                 std::function<void(const Result<engine::FiguresPtr>&)> answer);
    void query(engine::CaseQuery query, int slot, QObject* context,
               std::function<void(const Result<engine::CaseListingPtr>&)> answer);
    void tally(std::vector<engine::CaseFilter> queues, int slot, QObject* context,
               std::function<void(const std::vector<engine::QueueTally>&)> answer);

    /// What is known of the other consoles; never null.
    [[nodiscard]] engine::SyncStatusPtr sync() const;
    /// Work of the sync service that may take a moment: it is done on the engine's thread. `done` runs on the GUI
    /// thread, unless `context` has gone by then.
    void ask(std::function<Result<void>(engine::SyncService&)> work, QObject* context = nullptr,
             std::function<void(const Result<void>&)> done = {});
    /// The case that is open at this console, for the others to see; a null key for none.
    void tellPresence(const CaseId& open, bool typing);

    /// Who works at this console: every command is submitted in their name. Starts as the engine's agent.
    [[nodiscard]] const std::string& agent() const { return m_agent; }
    void setAgent(std::string code);

    [[nodiscard]] engine::Engine& engine() { return m_engine; }
    [[nodiscard]] store::Reader& reader() { return *m_reader; }  ///< GUI thread only; small pages only
    [[nodiscard]] rules::CataloguePtr catalogue() const { return m_engine.catalogue(); }
    [[nodiscard]] Instant now() const { return m_engine.now(); }

    /// The window shows things as they stood then (none = as they are, and every command is refused meanwhile).
    void lookAt(Instant at);
    [[nodiscard]] Instant asOf() const { return m_asOf; }
    /// The instant that is shown: asOf, or now.
    [[nodiscard]] Instant shownAt() const { return m_asOf ? m_asOf : now(); }
    /// Makes ready for lookAt from `from` on; `progress` runs on the GUI thread, at last with done = total.
    void preparePast(Instant from, QObject* context, std::function<void(const Result<engine::PastProgress>&)> progress);
    /// Rows as Reader::rows, at the instant that is shown.
    [[nodiscard]] Result<std::vector<store::CaseRow>> shownRows(std::span<const CaseKey> keys);
    /// A case and its history at the instant that is shown. Errors: case.not_yet, and those of the reader
    [[nodiscard]] Result<engine::PastCase> shownCase(CaseKey key);

Q_SIGNALS:
    void changed(const wl::ChangeSetPtr& changes);
    void catalogueChanged();
    void agentChanged();
    /// asOf() is another instant.
    void instantChanged();
    /// sync() gives something else.
    void syncChanged();
    /// Batches of an undo that are done, and all of them; equal at its end.
    void undoing(quint64 done, quint64 total);
    /// A command failed and nobody asked for its answer.
    void refused(const wl::Error& error);

private:
    void deliver();
    struct UndoRun;
    void undoNext(const std::shared_ptr<UndoRun>& run);

    engine::Engine& m_engine;
    std::unique_ptr<store::Reader> m_reader;
    std::string m_agent;
    Instant m_asOf;
    bool m_stopUndo{};
    struct Inbox;
    std::shared_ptr<Inbox> m_inbox;
    engine::Subscription m_subscription;
    engine::Subscription m_syncSubscription;
    std::pair<CaseId, bool> m_presence;
};

}  // namespace wl::ui
