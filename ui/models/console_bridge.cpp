// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/console_bridge.hpp"

#include <QMetaObject>
#include <QPointer>

#include <algorithm>
#include <mutex>
#include <utility>

namespace wl::ui {

// What waits for the next turn of the GUI loop. Any thread may post; `bridge` is null once the bridge has gone.
struct ConsoleBridge::Inbox {
    std::mutex mutex;
    ConsoleBridge* bridge{};
    bool woken{};
    bool sync{};  ///< the sync status changed
    std::vector<ChangeSetPtr> changes;
    std::vector<std::function<void()>> answers;

    void post(ChangeSetPtr change) {
        const std::scoped_lock lock(mutex);
        if (!bridge) return;
        changes.push_back(std::move(change));
        wake();
    }
    void post(std::function<void()> answer) {
        const std::scoped_lock lock(mutex);
        if (!bridge) return;
        answers.push_back(std::move(answer));
        wake();
    }

    void postSync() {
        const std::scoped_lock lock(mutex);
        if (!bridge) return;
        sync = true;
        wake();
    }

private:
    void wake() {  // under the lock
        if (woken || !bridge) return;
        woken = QMetaObject::invokeMethod(bridge, &ConsoleBridge::deliver, Qt::QueuedConnection);
    }
};

namespace {

// The GUI thread's view of "who asked": no context means the bridge itself, which is alive whenever this is asked.
struct Asker {
    bool any;
    QPointer<QObject> context;
    [[nodiscard]] bool gone() const { return any && !context; }
};
Asker askerOf(QObject* context) { return {context != nullptr, context}; }

ChangeSetPtr merged(std::vector<ChangeSetPtr> changes) {
    if (changes.size() == 1) return std::move(changes.front());
    auto all = std::make_shared<ChangeSet>();
    for (const auto& one : changes) {
        for (const auto& [key, mask] : one->cases) all->cases[key] |= mask;
        all->persons.insert(all->persons.end(), one->persons.begin(), one->persons.end());
        all->catalogue |= one->catalogue;
        all->everything |= one->everything;
    }
    std::ranges::sort(all->persons);
    const auto twice = std::ranges::unique(all->persons);
    all->persons.erase(twice.begin(), twice.end());
    return all;
}

}  // namespace

ConsoleBridge::ConsoleBridge(engine::Engine& engine, std::unique_ptr<store::Reader> reader, QObject* parent)
    : QObject(parent), m_engine(engine), m_reader(std::move(reader)), m_agent(engine.agent()),
      m_inbox(std::make_shared<Inbox>()) {
    m_inbox->bridge = this;
    m_subscription = m_engine.subscribe([inbox = m_inbox](const ChangeSetPtr& change) { inbox->post(change); });
    m_syncSubscription = m_engine.sync().subscribe([inbox = m_inbox] { inbox->postSync(); });
}

ConsoleBridge::~ConsoleBridge() {
    std::vector<std::function<void()>> unheard;  // dies after the lock: an answer may own anything
    const std::scoped_lock lock(m_inbox->mutex);
    m_inbox->bridge = nullptr;
    unheard.swap(m_inbox->answers);
}

void ConsoleBridge::setAgent(std::string code) {
    if (code == m_agent) return;
    m_agent = std::move(code);
    m_engine.setAgent(m_agent);
    tellPresence(m_presence.first, m_presence.second);
    Q_EMIT agentChanged();
}

engine::SyncStatusPtr ConsoleBridge::sync() const { return m_engine.sync().status(); }

void ConsoleBridge::ask(std::function<Result<void>(engine::SyncService&)> work, QObject* context,
                        std::function<void(const Result<void>&)> done) {
    m_engine.post([&engine = m_engine, inbox = m_inbox, asker = askerOf(context), work = std::move(work),
                   done = std::move(done)] {
        const auto result = work(engine.sync());
        inbox->post([inbox, asker, done, result] {
            if (done && !asker.gone()) done(result);
            else if (!result && inbox->bridge) Q_EMIT inbox->bridge->refused(result.error());
        });
    });
}

void ConsoleBridge::tellPresence(const CaseId& open, bool typing) {
    m_presence = {open, typing};
    std::vector<engine::PresenceEntry> items;
    if (!open.isNull()) items.push_back({open, m_agent, typing, {}, {}});
    m_engine.sync().setPresence(std::move(items));
}

void ConsoleBridge::submit(engine::Command command, QObject* context, Done done) {
    engine::CommandBatch batch;
    batch.commands.push_back(std::move(command));
    submit(std::move(batch), context, std::move(done));
}

void ConsoleBridge::submit(engine::CommandBatch batch, QObject* context, Done done) {
    if (m_asOf) {
        const Error refusal{ErrorKind::Refused, "console.looking_back", {}, {}};
        return m_inbox->post([inbox = m_inbox, asker = askerOf(context), done = std::move(done), refusal] {
            if (done && !asker.gone()) done(std::unexpected(refusal));
            else if (inbox->bridge) Q_EMIT inbox->bridge->refused(refusal);
        });
    }
    m_engine.submit(std::move(batch), [inbox = m_inbox, asker = askerOf(context),
                                       done = std::move(done)](Result<engine::Receipt> receipt) {
        inbox->post([inbox, asker, done, receipt = std::move(receipt)] {
            if (done && !asker.gone()) done(receipt);
            else if (!receipt && inbox->bridge) Q_EMIT inbox->bridge->refused(receipt.error());
        });
    });
}

// An undo that may take several batches.
struct ConsoleBridge::UndoRun {
    bool redo;
    Asker asker;
    Done done;
    engine::Receipt total{};
    quint64 batches{};
};

void ConsoleBridge::undo(bool redo, QObject* context, Done done) {
    m_stopUndo = false;
    undoNext(std::make_shared<UndoRun>(redo, askerOf(context), std::move(done)));
}

void ConsoleBridge::undoNext(const std::shared_ptr<UndoRun>& run) {
    const auto group = run->total.group;
    const auto command = run->redo ? engine::Command(engine::Redo{group}) : engine::Command(engine::Undo{group});
    submit(command, this, [this, run](const Result<engine::Receipt>& receipt) {
        const auto tell = [&](const Result<engine::Receipt>& answer) {
            if (run->batches > 1) Q_EMIT undoing(run->batches, run->batches);
            if (run->done && !run->asker.gone()) run->done(answer);
        };
        if (!receipt) return tell(run->batches > 0 ? Result<engine::Receipt>(run->total) : receipt);
        const auto ops = run->total.ops + receipt->ops, alone = run->total.leftAlone + receipt->leftAlone;
        run->total = *receipt;
        run->total.ops = ops;
        run->total.leftAlone = alone;
        ++run->batches;
        if (receipt->groupLeft == 0 || m_stopUndo) return tell(run->total);
        Q_EMIT undoing(run->batches, run->batches + receipt->groupLeft);
        undoNext(run);
    });
}

void ConsoleBridge::search(std::string text, int limit, int slot, QObject* context,
                           std::function<void(const Result<engine::Found>&)> answer) {
    m_engine.search(
        std::move(text), limit,
        [inbox = m_inbox, asker = askerOf(context), answer = std::move(answer)](Result<engine::Found> found) {
            inbox->post([asker, answer, found = std::make_shared<Result<engine::Found>>(std::move(found))] {
                if (!asker.gone()) answer(*found);
            });
        },
        slot);
}

void ConsoleBridge::duplicates(engine::DuplicateQuery query, std::size_t limit, int slot, QObject* context,
                               std::function<void(const Result<std::vector<engine::DuplicateHit>>&)> answer) {
    using Hits = Result<std::vector<engine::DuplicateHit>>;
    m_engine.duplicates(
        std::move(query), limit,
        [inbox = m_inbox, asker = askerOf(context), answer = std::move(answer)](Hits hits) {
            inbox->post([asker, answer, hits = std::make_shared<Hits>(std::move(hits))] {
                if (!asker.gone()) answer(*hits);
            });
        },
        slot);
}

void ConsoleBridge::figures(std::vector<engine::SignalQuestion> questions, int slot, QObject* context,
                            std::function<void(const Result<engine::FiguresPtr>&)> answer) {
    m_engine.figures(
        std::move(questions),
        [inbox = m_inbox, asker = askerOf(context), answer = std::move(answer)](Result<engine::FiguresPtr> figures) {
            inbox->post([asker, answer, figures = std::move(figures)] {
                if (!asker.gone()) answer(figures);
            });
        },
        slot);
}

void ConsoleBridge::query(engine::CaseQuery query, int slot, QObject* context,
                          std::function<void(const Result<engine::CaseListingPtr>&)> answer) {
    m_engine.query(
        std::move(query),
        [inbox = m_inbox, asker = askerOf(context),
         answer = std::move(answer)](Result<engine::CaseListingPtr> listing) {
            inbox->post([asker, answer, listing = std::move(listing)] {
                if (!asker.gone()) answer(listing);
            });
        },
        slot);
}

void ConsoleBridge::tally(std::vector<engine::CaseFilter> queues, int slot, QObject* context,
                          std::function<void(const std::vector<engine::QueueTally>&)> answer) {
    m_engine.tally(
        std::move(queues),
        [inbox = m_inbox, asker = askerOf(context),
         answer = std::move(answer)](std::vector<engine::QueueTally> tallies) {
            inbox->post([asker, answer, tallies = std::move(tallies)] {
                if (!asker.gone()) answer(tallies);
            });
        },
        slot);
}

void ConsoleBridge::lookAt(Instant at) {
    if (at == m_asOf) return;
    if (!at) m_engine.forgetPast();
    m_asOf = at;
    Q_EMIT instantChanged();
}

void ConsoleBridge::preparePast(Instant from, QObject* context,
                                std::function<void(const Result<engine::PastProgress>&)> progress) {
    m_engine.preparePast(from, [inbox = m_inbox, asker = askerOf(context),
                                progress = std::move(progress)](Result<engine::PastProgress> step) {
        inbox->post([asker, progress, step = std::move(step)] {
            if (!asker.gone()) progress(step);
        });
    });
}

Result<std::vector<store::CaseRow>> ConsoleBridge::shownRows(std::span<const CaseKey> keys) {
    return m_asOf ? engine::rowsAsOf(*m_reader, catalogue(), keys, m_asOf) : m_reader->rows(keys);
}

Result<engine::PastCase> ConsoleBridge::shownCase(CaseKey key) {
    if (m_asOf) {
        WL_TRY(auto then, engine::caseAsOf(*m_reader, catalogue(), key, m_asOf));
        if (!then) return fail(ErrorKind::NotFound, "case.not_yet", {}, isoInstant(m_asOf));
        return std::move(*then);
    }
    engine::PastCase now;
    WL_TRY(now.detail, m_reader->detail(key));
    WL_TRY(now.timeline, m_reader->timeline(key));
    return now;
}

// Changes go first, so that whoever waits for an answer already sees its effect.
void ConsoleBridge::deliver() {
    std::vector<ChangeSetPtr> changes;
    std::vector<std::function<void()>> answers;
    bool sync = false;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        m_inbox->woken = false;
        sync = std::exchange(m_inbox->sync, false);
        changes.swap(m_inbox->changes);
        answers.swap(m_inbox->answers);
    }
    if (!changes.empty()) {
        const auto all = merged(std::move(changes));
        // The replica may be another one now: names read before are void.
        if (all->everything)
            if (auto reader = m_engine.openReader()) m_reader = std::move(*reader);
        Q_EMIT changed(all);
        if (all->catalogue || all->everything) Q_EMIT catalogueChanged();
    }
    const QPointer<ConsoleBridge> self(this);
    if (sync) Q_EMIT syncChanged();
    if (!self) return;
    for (const auto& answer : answers) {
        answer();
        if (!self) return;
    }
}

}  // namespace wl::ui
