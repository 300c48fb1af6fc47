// SPDX-License-Identifier: GPL-3.0-or-later
// init, stats, verify, rebuild, digest, backup, restore.
#include <unistd.h>

#include <boost/json.hpp>
#include <chrono>

#include "app/ctl/context.hpp"
#include "engine/plain_json.hpp"
#include "engine/demo/demo_replica.hpp"
#include "engine/rebuild.hpp"
#include "store/backup.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

using SteadyClock = std::chrono::steady_clock;
double secondsSince(SteadyClock::time_point began) {
    return std::chrono::duration<double>(SteadyClock::now() - began).count();
}

// One line that is written over, on a terminal only.
bool showProgress(std::string_view phase, std::int64_t done, std::int64_t total) {
    static const bool terminal = ::isatty(STDERR_FILENO) == 1;
    if (!terminal) return true;
    if (total > 0)
        std::fprintf(stderr, "\r%.*s %lld of %lld   ", static_cast<int>(phase.size()), phase.data(),
                     static_cast<long long>(done), static_cast<long long>(total));
    else
        std::fprintf(stderr, "\r%.*s %lld   ", static_cast<int>(phase.size()), phase.data(),
                     static_cast<long long>(done));
    return true;
}
void endProgress() {
    if (::isatty(STDERR_FILENO) == 1) std::fprintf(stderr, "\r%60s\r", "");
}

void answer(const Context& context, const json::object& object) {
    if (context.json) {
        print(engine::plainJson(object));
        return;
    }
    for (const auto& [key, value] : object)
        print(std::string(key) + ": " +
              (value.is_string() ? std::string(value.get_string()) : engine::plainJson(value)));
}

struct InitOptions {
    bool demo{};
    engine::DemoOptions city;
    std::string now;
};

Result<int> init(const Context& context, const InitOptions& o) {
    if (!o.demo) {
        WL_CHECK(engine::Engine::create(context.options()));
    } else {
        auto city = o.city;
        city.now = SystemClock{}.now();
        WL_CHECK(engine::makeDemoReplica(
            context.data, city, [](std::string_view phase, std::size_t done, std::size_t total) {
                showProgress(phase, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
            }));
        endProgress();
    }
    WL_TRY(const auto engine, context.openToWrite());
    store::StoreStats stats;
    WL_CHECK(engine->withStore([&](store::Store& s, const CaseDeriver&) -> Result<void> {
        WL_TRY(stats, s.stats());
        return {};
    }));
    answer(context, {{"data", context.data}, {"origin", toHex(engine->origin())}, {"cases", stats.cases}});
    return 0;
}

// Open cases that may come to a standstill, and why.
Result<int> stalledCases(const Context& context) {
    WL_TRY(const auto engine, context.openToRead());
    engine->waitUntilLoaded();
    engine::CaseQuery query;
    query.filter.open = true;
    query.filter.stalled = true;
    WL_TRY(const auto listing, engine->queryAndWait(query));
    WL_TRY(const auto reader, engine->openReader());
    json::array cases;
    for (std::size_t at = 0; at < listing->keys.size(); at += 500) {
        const auto page = std::span(listing->keys).subspan(at, std::min<std::size_t>(500, listing->keys.size() - at));
        WL_TRY(const auto rows, reader->rows(page));
        for (const auto& row : rows) {
            json::array why;
            if (row.clock.stalled & kNoOwner) why.push_back("no_owner");
            if (row.clock.stalled & kNoClock) why.push_back("no_clock");
            if (row.clock.stalled & kNoNextStep) why.push_back("no_next_step");
            if (!context.json)
                std::fprintf(stderr, "%s  %s  %s\n", row.number.c_str(), std::string(code(row.status)).c_str(),
                             json::serialize(why).c_str());
            cases.push_back(json::object{{"case", row.number}, {"status", code(row.status)}, {"why", std::move(why)}});
        }
    }
    const auto count = cases.size();
    if (context.json) print(json::serialize(json::object{{"stalled", count}, {"cases", std::move(cases)}}));
    else print(std::to_string(count));
    return count == 0 ? 0 : 1;
}

Result<int> stats(const Context& context) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto s, store::statsOf(store::databasePath(context.data)));
    engine->waitUntilLoaded();
    engine::CaseQuery open;
    open.filter.open = true;
    WL_TRY(const auto listing, engine->queryAndWait(open));
    engine::CaseQuery stalled;
    stalled.filter.open = true;
    stalled.filter.stalled = true;
    WL_TRY(const auto standing, engine->queryAndWait(stalled));
    json::object sla;
    for (int i = 0; i < kSlaStateCount; ++i)
        sla[code(static_cast<SlaState>(i))] = listing->tally.bySla[static_cast<std::size_t>(i)];
    answer(context, {{"cases", s.cases},
                     {"open", s.open},
                     {"closed", s.cases - s.open},
                     {"persons", s.persons},
                     {"ops", s.ops},
                     {"segments", s.segments},
                     {"origins", s.origins},
                     {"interactions", s.interactions},
                     {"catalogue_items", s.items},
                     {"stalled", standing->tally.total},
                     {"bytes", s.bytes},
                     {"open_by_sla", std::move(sla)}});
    return 0;
}

Result<int> verify(const Context& context) {
    WL_TRY(const auto engine, context.openToWrite());
    store::VerifyReport r;
    WL_CHECK(engine->withStore([&](store::Store& s, const CaseDeriver& deriver) -> Result<void> {
        WL_TRY(r, s.verify(deriver, showProgress));
        return {};
    }));
    endProgress();
    json::array complaints;
    for (const auto& c : r.complaints) complaints.push_back(json::string(c));
    answer(context, {{"origins", r.origins},
                     {"segments", r.segments},
                     {"ops", r.ops},
                     {"bad_chains", r.badChains + r.gaps},
                     {"bad_signatures", r.badSignatures},
                     {"bad_ops", r.badOps},
                     {"fold_mismatches", r.foldMismatches},
                     {"integrity", r.integrity},
                     {"complaints", std::move(complaints)}});
    return r.good() ? 0 : 1;
}

Result<json::object> digestOf(const Context& context) {
    WL_TRY(const auto engine, context.openToWrite());
    json::object out;
    WL_CHECK(engine->withStore([&](store::Store& s, const CaseDeriver&) -> Result<void> {
        WL_TRY(const auto digest, s.digest());
        WL_TRY(const auto heads, s.vector());
        json::object vector;
        for (const auto& head : heads) vector[toHex(head.origin)] = json::array{head.seq, head.hash};
        out["digest"] = digest;
        out["vector"] = std::move(vector);
        return {};
    }));
    return out;
}

Result<int> digest(const Context& context) {
    WL_TRY(const auto object, digestOf(context));
    answer(context, object);
    return 0;
}

Result<int> rebuild(const Context& context) {
    const auto began = SteadyClock::now();
    WL_TRY(const auto done, engine::rebuildReplica(context.data, showProgress));
    endProgress();
    const auto seconds = secondsSince(began);
    WL_TRY(const auto after, digestOf(context));
    answer(context, {{"ops", done.ops},
                     {"segments", done.segments},
                     {"lost_segments", done.lostSegments},
                     {"seconds", seconds},
                     {"digest", after.at("digest")}});
    return done.lostSegments == 0 ? 0 : 1;
}

Result<int> backup(const Context& context, const std::string& file) {
    const auto began = SteadyClock::now();
    WL_TRY(const auto done, store::writeBackup(context.data, file));
    answer(context, {{"file", file},
                     {"cases", done.cases},
                     {"ops", done.ops},
                     {"bytes", done.bytes},
                     {"seconds", secondsSince(began)}});
    return 0;
}

Result<int> restore(const Context& context, const std::string& file) {
    const auto began = SteadyClock::now();
    SystemRng rng;
    const SystemClock clock;
    WL_TRY(const auto done, store::restoreBackup(file, {context.data, clock, rng}));
    answer(context, {{"data", context.data},
                     {"cases", done.cases},
                     {"ops", done.ops},
                     {"origin", toHex(done.origin)},
                     {"enrolled", done.enrolled},
                     {"seconds", secondsSince(began)}});
    if (!done.enrolled)
        std::fputs("what this console writes counts elsewhere once it has met the console that lets others in\n",
                   stderr);
    return 0;
}

}  // namespace

void addReplicaCommands(CLI::App& app, Context& context) {
    auto* make = app.add_subcommand("init", "Make a replica: an empty desk, or the fictional demo city");
    auto o = std::make_shared<InitOptions>();
    make->add_flag("--demo", o->demo, "Fill it with the demo city: three years of cases, citizens and messages");
    make->add_option("--seed", o->city.seed, "Which demo city; the same seed makes the same city")
        ->capture_default_str();
    make->add_option("--closed", o->city.closed, "Closed cases in the demo city")->capture_default_str();
    make->add_option("--open", o->city.open, "Open cases in the demo city, about")->capture_default_str();
    make->callback(command(context, [&context, o] { return init(context, *o); }));

    auto* count = app.add_subcommand("stats", "Count what the replica holds");
    auto onlyStalled = std::make_shared<bool>();
    count->add_flag("--stalled", *onlyStalled,
                    "Open cases without owner, running clock or next step: count and list; 1 if there are any");
    count->callback(command(context,
                            [&context, onlyStalled] { return *onlyStalled ? stalledCases(context) : stats(context); }));
    app.add_subcommand("verify", "Check chains, signatures, every case against its log, and the database file")
        ->callback(command(context, [&context] { return verify(context); }));
    app.add_subcommand("rebuild",
                       "Make the state anew from the log alone; the old file is kept as replica.before-rebuild")
        ->callback(command(context, [&context] { return rebuild(context); }));
    app.add_subcommand("digest", "One hash of the state, and the head of every origin's log")
        ->callback(command(context, [&context] { return digest(context); }));

    const auto file = std::make_shared<std::string>();
    auto* keep = app.add_subcommand("backup", "Copy the replica into one new file, also while a console works with it; "
                                              "it holds the keys to everything, so keep it as you keep those");
    keep->add_option("FILE", *file, "The file to make")->required();
    keep->callback(command(context, [&context, file] { return backup(context, *file); }));
    auto* back =
        app.add_subcommand("restore", "Make the replica of a backup in the new folder --data; the console goes "
                                      "on under a new name, and what others have since comes from them");
    back->add_option("FILE", *file, "The backup")->required();
    back->callback(command(context, [&context, file] { return restore(context, *file); }));
}

}  // namespace wl::ctl
