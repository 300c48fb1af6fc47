// SPDX-License-Identifier: GPL-3.0-or-later
// What figures cost on a replica: the first asking, which loads the histories; all figures of the perspective with
// those of the period before; one of them after an edit; a past day. Prints one Markdown table.
//
//   signals_bench REPLICA
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <future>
#include <functional>

#include "engine/engine.hpp"

namespace {

using namespace wl;
using namespace wl::engine;
using namespace wl::rules::signals;
using SteadyClock = std::chrono::steady_clock;

double millisecondsSince(SteadyClock::time_point began) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count();
}

double residentMegabytes() {
    std::ifstream in("/proc/self/statm");
    long size = 0, resident = 0;
    in >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576.0;
}

std::vector<SignalQuestion> perspective(Instant asOf, Instant now) {
    std::vector<SignalQuestion> out;
    const auto end = asOf ? asOf : now;
    for (const auto& spec : figureSpecs()) {
        SignalScope scope;
        scope.asOf = asOf;
        scope.from = end - std::chrono::days(30);
        scope.to = end + Millis{1};
        out.push_back({spec.kind, scope, {}, false, {}});
        scope.to = scope.from;
        scope.from = scope.to - std::chrono::days(30);
        scope.asOf = scope.to - Millis{1};
        out.push_back({spec.kind, scope, {}, false, {}});
    }
    return out;
}

void timed(const char* work, int runs, const std::function<void(int)>& each) {
    std::vector<double> took;
    for (int i = 0; i < runs; ++i) {
        const auto began = SteadyClock::now();
        each(i);
        took.push_back(millisecondsSince(began));
    }
    std::ranges::sort(took);
    std::printf("| %s | %.1f ms | %.1f ms |\n", work, took[took.size() / 2], took.back());
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    EngineOptions options;
    options.dir = argv[1];
    auto opened = Engine::open(options);
    if (!opened) {
        std::fprintf(stderr, "signals_bench: %s\n", opened.error().code.c_str());
        return 3;
    }
    auto& engine = **opened;
    engine.waitUntilLoaded();
    const auto cases = engine.queryAndWait({}).value();
    std::printf("\n| figures over %zu cases | median | longest |\n|---|---|---|\n", cases->keys.size());
    const auto before = residentMegabytes();
    const auto ask = [&](std::vector<SignalQuestion> questions) {
        if (!engine.figuresAndWait(std::move(questions))) std::exit(3);
    };
    timed("the first asking: histories of all cases", 1, [&](int) { ask({SignalQuestion{}}); });
    std::printf("| memory of the histories | %.0f MB | |\n", residentMegabytes() - before);
    timed("the perspective: 19 figures and the period before", 9, [&](int) { ask(perspective({}, engine.now())); });
    timed("19 figures, nothing to compare", 9, [&](int) {
        auto all = perspective({}, engine.now());
        std::erase_if(all, [](const SignalQuestion& q) { return bool(q.scope.asOf); });
        ask(std::move(all));
    });
    timed("one figure and the period before", 9, [&](int) {
        auto all = perspective({}, engine.now());
        all.resize(2);
        ask(std::move(all));
    });
    timed("19 figures as of a past day", 9, [&](int i) {
        auto all = perspective(engine.now() - std::chrono::days(20 * (i + 1)), engine.now());
        std::vector<SignalQuestion> past;
        for (std::size_t at = 0; at < all.size(); at += 2) past.push_back(std::move(all[at]));
        ask(std::move(past));
    });
    timed("open cases as of a past day", 9, [&](int i) {
        SignalQuestion q;
        q.kind = FigureKind::Backlog;
        q.scope.asOf = engine.now() - std::chrono::days(20 * (i + 1));
        ask({q});
    });

    // Looking back: what has to be read once for a stretch of the past, then the queue of all open cases of some day.
    const auto prepare = [&](Instant from) {
        std::promise<void> all;
        engine.preparePast(from, [&](Result<PastProgress> step) {
            if (!step) std::exit(3);
            if (step->done == step->total) all.set_value();
        });
        all.get_future().wait();
    };
    const auto standing = [&](Instant at) {
        CaseQuery query;
        query.filter.open = true;
        query.filter.asOf = at;
        const auto listing = engine.queryAndWait(query);
        if (!listing) std::exit(3);
        return (*listing)->keys.size();
    };
    // Made-up cases may have ended years ago: what is looked back from is the instant by which 99 of 100 were last
    // touched.
    const auto byUpdate = engine.queryAndWait({{}, {CaseColumn::Updated, true}}).value();
    const auto reader = engine.openReader().value();
    const auto last = byUpdate->keys.empty() ? CaseKey{} : byUpdate->keys[byUpdate->keys.size() / 100];
    const auto row = reader->rows(std::array{last});
    const auto end = row && !row->empty() ? row->front().updatedAt : engine.now();
    const std::pair<const char*, int> stretches[]{{"24 hours", 1}, {"7 days", 7}, {"12 months", 365}};
    for (const auto& [words, days] : stretches) {
        const auto began = SteadyClock::now();
        const auto memory = residentMegabytes();
        prepare(end - std::chrono::days(days));
        std::printf("| reading how cases stood in the last %s, once | %.0f ms | |\n", words, millisecondsSince(began));
        std::printf("| memory of that | %.0f MB | |\n", residentMegabytes() - memory);
        std::size_t most = 0;
        const auto name = std::string("all open cases as of another instant of the last ") + words;
        timed(name.c_str(), 21, [&](int i) {
            most = std::max(most, standing(end - Millis(std::chrono::days(days)) * ((i * 8 + 3) % 21) / 21));
        });
        std::printf("| the longest of these lists | %zu cases | |\n", most);
    }
    return 0;
}
