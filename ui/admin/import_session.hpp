// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The work behind the import wizard: a look at the file, a dry run, the import. Long work runs on a thread of its own
// and is stopped when the session ends; what it finds comes back on the GUI thread.

#include <QObject>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <map>
#include <thread>

#include "channels/feed/row_converter.hpp"
#include "engine/engine.hpp"
#include "engine/import/importer.hpp"

namespace wl::ui {

struct RejectGroup {
    std::string field, code;
    std::uint64_t rows{};
    std::uint64_t firstRow{};
    std::string example;
};

struct DryRun {
    std::uint64_t read{}, good{}, bad{};
    bool whole{};  ///< the end of the file was reached
    std::vector<RejectGroup> groups;         ///< most frequent first
    feed::UnmappedWords unmapped;
    std::optional<Error> stopped;
};

/// Words of the feed that a mapping has to give a meaning: section of the mapping and word.
struct FoundWords {
    std::uint64_t rows{};  ///< that were looked at
    std::vector<std::pair<std::string, std::string>> words;
    std::optional<Error> stopped;
};

/// How an import ended.
struct ImportOutcome {
    Result<engine::ImportSummary> result;
};

class ImportSession final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~ImportSession() override { stop(); }

    /// Converts rows without storing them; `limit` 0 = all.
    void check(std::filesystem::path file, feed::Mapping mapping, Instant now, std::uint64_t limit);
    /// Looks through the first `limit` rows for words that the mapping does not know.
    void findWords(std::filesystem::path file, feed::Mapping mapping, std::uint64_t limit);
    void import(engine::Engine& engine, std::filesystem::path file, feed::Mapping mapping);
    /// Asks the work to stop; an import still reports what it did.
    void cancel() { m_thread.request_stop(); }
    void stop();

Q_SIGNALS:
    void findingWords(quint64 read);
    void wordsFound(const wl::ui::FoundWords& found);
    void checking(quint64 read, quint64 bad);
    void checked(const wl::ui::DryRun& result);
    void importing(const wl::engine::ImportProgress& progress);
    void imported(const wl::ui::ImportOutcome& outcome);

private:
    void begin(std::function<void(std::uint64_t run, const std::stop_token& token)> work);
    /// On the GUI thread, unless other work has begun since.
    void post(std::uint64_t run, std::function<void()> what);

    std::uint64_t m_run{};
    std::jthread m_thread;
};

}  // namespace wl::ui
