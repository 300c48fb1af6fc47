// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Batches on their way into the engine: at most two, so that reading and applying overlap and memory stays bounded.

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "channels/feed/record.hpp"
#include "engine/import/import_sink.hpp"

namespace wl::engine {

/// A batch that came back, with the rows it was made of.
struct AppliedBatch {
    std::vector<feed::Record> rows;
    Result<Receipt> answer;
};

/// Used by the importing thread; answers arrive on the engine's.
class ImportQueue {
public:
    explicit ImportQueue(ImportSink& sink) : m_sink(sink) {}
    ~ImportQueue() { waitUntilFewer(1); }
    ImportQueue(const ImportQueue&) = delete;
    ImportQueue& operator=(const ImportQueue&) = delete;

    /// Waits while two batches are under way.
    void submit(Command command, std::vector<feed::Record> rows) {
        waitUntilFewer(2);
        {
            const std::lock_guard lock(m_mutex);
            ++m_underWay;
        }
        m_sink.submit(std::move(command), [this, kept = std::make_shared<std::vector<feed::Record>>(std::move(rows))](
                                              Result<Receipt> answer) {
            const std::lock_guard lock(m_mutex);
            m_applied.push_back({std::move(*kept), std::move(answer)});
            --m_underWay;
            m_changed.notify_all();
        });
    }
    void waitUntilFewer(std::size_t batches) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_underWay < batches; });
    }
    [[nodiscard]] std::deque<AppliedBatch> takeApplied() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_applied, {});
    }

private:
    ImportSink& m_sink;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::size_t m_underWay{};
    std::deque<AppliedBatch> m_applied;
};

}  // namespace wl::engine
