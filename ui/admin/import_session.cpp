// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/import_session.hpp"

#include <algorithm>
#include <set>

#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

constexpr std::uint64_t kTellEvery = 2000;

DryRun dryRun(const std::filesystem::path& file, const feed::Mapping& mapping, Instant now, std::uint64_t limit,
              const std::stop_token& stop, const std::function<void(const DryRun&)>& tell) {
    DryRun run;
    auto reader = feed::openFeed(file, mapping.read);
    auto converter = feed::RowConverter::of(mapping, now);
    if (!reader || !converter) {
        run.stopped = !reader ? reader.error() : converter.error();
        return run;
    }
    std::map<std::pair<std::string, std::string>, RejectGroup> groups;
    feed::Record record;
    feed::ImportedCase row;
    std::vector<feed::RowProblem> problems;
    while (!stop.stop_requested() && (limit == 0 || run.read < limit)) {
        const auto more = (*reader)->next(record);
        if (!more) run.stopped = more.error();
        if (!more || !*more) {
            run.whole = more.has_value();
            break;
        }
        ++run.read;
        if (converter->convert(record, (*reader)->columns(), row, problems)) {
            ++run.good;
        } else {
            ++run.bad;
            for (const auto& problem : problems) {
                auto& group = groups[{problem.field, problem.code}];
                if (group.rows++ == 0) group = {problem.field, problem.code, 1, problem.row, problem.value};
            }
        }
        if (run.read % kTellEvery == 0) tell(run);
    }
    for (auto& [key, group] : groups) run.groups.push_back(std::move(group));
    std::ranges::sort(run.groups, std::greater{}, &RejectGroup::rows);
    run.unmapped = converter->unmapped();
    return run;
}

FoundWords wordsOf(const std::filesystem::path& file, const feed::Mapping& mapping, std::uint64_t limit,
                   const std::stop_token& stop, const std::function<void(std::uint64_t)>& tell) {
    FoundWords found;
    auto reader = feed::openFeed(file, mapping.read);
    auto converter = feed::RowConverter::of(mapping);
    if (!reader || !converter) {
        found.stopped = !reader ? reader.error() : converter.error();
        return found;
    }
    std::set<std::string> statuses;
    feed::Record record;
    feed::ImportedCase row;
    std::vector<feed::RowProblem> problems;
    while (!stop.stop_requested() && found.rows < limit) {
        const auto more = (*reader)->next(record);
        if (!more || !*more) break;  // where a file breaks off is told by the dry run
        if (!converter->convert(record, (*reader)->columns(), row, problems))
            for (const auto& problem : problems)
                if (problem.code == "unknown_status") statuses.insert(problem.value);
        if (++found.rows % kTellEvery == 0) tell(found.rows);
    }
    for (const auto& status : statuses) found.words.emplace_back("status", status);
    for (const auto& [word, rows] : converter->unmapped()) found.words.emplace_back(word.first, word.second);
    return found;
}

}  // namespace

void ImportSession::stop() {
    if (!m_thread.joinable()) return;
    m_thread.request_stop();
    m_thread.join();
}

void ImportSession::begin(std::function<void(std::uint64_t run, const std::stop_token& token)> work) {
    stop();
    m_thread =
        std::jthread([run = ++m_run, work = std::move(work)](const std::stop_token& token) { work(run, token); });
}

void ImportSession::post(std::uint64_t run, std::function<void()> what) {
    QMetaObject::invokeMethod(this, [this, run, what = std::move(what)] {
        if (run == m_run) what();
    });
}

void ImportSession::findWords(std::filesystem::path file, feed::Mapping mapping, std::uint64_t limit) {
    begin([this, file = std::move(file), mapping = std::move(mapping), limit](auto run, const auto& token) {
        const auto tell = [this, run](std::uint64_t read) { post(run, [this, read] { Q_EMIT findingWords(read); }); };
        const auto found = wordsOf(file, mapping, limit, token, tell);
        post(run, [this, found] { Q_EMIT wordsFound(found); });
    });
}

void ImportSession::check(std::filesystem::path file, feed::Mapping mapping, Instant now, std::uint64_t limit) {
    begin([this, file = std::move(file), mapping = std::move(mapping), now, limit](auto run, const auto& token) {
        const auto result = dryRun(file, mapping, now, limit, token, [this, run](const DryRun& sofar) {
            post(run, [this, read = sofar.read, bad = sofar.bad] { Q_EMIT checking(read, bad); });
        });
        post(run, [this, result] { Q_EMIT checked(result); });
    });
}

void ImportSession::import(engine::Engine& engine, std::filesystem::path file, feed::Mapping mapping) {
    begin([this, &engine, file = std::move(file), mapping = std::move(mapping)](auto run, const auto& token) {
        const auto sink = engine::sinkOf(engine);
        engine::ImportOptions options;
        options.file = file;
        options.cancel = token;
        options.progress = [this, run](const engine::ImportProgress& sofar) {
            post(run, [this, sofar] { Q_EMIT importing(sofar); });
        };
        const ImportOutcome outcome{engine::runImport(*sink, mapping, options)};
        post(run, [this, outcome] { Q_EMIT imported(outcome); });
    });
}

}  // namespace wl::ui
