// SPDX-License-Identifier: GPL-3.0-or-later
// simulate: whole cities of consoles on disks, clocks and a network that break, in virtual time.
#include <boost/json.hpp>

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

#include "app/ctl/context.hpp"
#include "engine/plain_json.hpp"
#include "tests/sim/simulate.hpp"

namespace wl::ctl {
namespace {

namespace json = boost::json;

struct Options {
    std::string seeds{"1..100"};
    int jobs{1};
    sim::SimulateOptions run;
};

// What one process has to say of its share.
json::object liveThrough(const sim::SimulateOptions& run) {
    const auto report = sim::simulate(run, [&](std::uint64_t seed, bool good) {
        if (!good) std::fprintf(stderr, "seed %llu fails\n", static_cast<unsigned long long>(seed));
        return true;
    });
    json::array failed;
    for (const auto& f : report.failed) {
        json::array checks, history;
        for (const auto& failure : f.failures) checks.push_back({{"check", failure.check}, {"what", failure.what}});
        for (const auto& action : f.shortest.actions) history.push_back(json::value(sim::describe(action)));
        failed.push_back({{"seed", f.seed}, {"peers", f.shortest.peers}, {"failures", checks}, {"shortest", history}});
    }
    return {{"seeds", report.seeds},
            {"failed", failed},
            {"ops", report.ops},
            {"bytes", report.bytes},
            {"virtual_seconds", report.lived.count() / 1000}};
}

struct Worker {
    pid_t pid{};
    int from{};  ///< reading end of its pipe
};

// A share of the seeds in a process of its own: the simulated disks are global to a process.
Result<Worker> start(const sim::SimulateOptions& run) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return fail(ErrorKind::World, "process.start", {}, std::strerror(errno));
    const auto pid = fork();
    if (pid < 0) return fail(ErrorKind::World, "process.start", {}, std::strerror(errno));
    if (pid > 0) {
        close(ends[1]);
        return Worker{pid, ends[0]};
    }
    close(ends[0]);
    const auto text = json::serialize(liveThrough(run));
    std::size_t written = 0;
    while (written < text.size()) {
        const auto n = write(ends[1], text.data() + written, text.size() - written);
        if (n <= 0) _exit(3);
        written += static_cast<std::size_t>(n);
    }
    _exit(0);
}

Result<json::object> finish(const Worker& worker) {
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t n = 0; (n = read(worker.from, part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<std::size_t>(n));
    close(worker.from);
    int status = 0;
    waitpid(worker.pid, &status, 0);
    if (status != 0) return fail(ErrorKind::World, "process.died", {}, std::to_string(status));
    return json::parse(text).as_object();
}

void add(json::object& sum, json::object&& part) {
    for (auto& [key, value] : part) {
        auto& to = sum[key];
        if (value.is_array()) {
            if (!to.is_array()) to = json::array{};
            for (auto& item : value.as_array()) to.as_array().push_back(std::move(item));
        } else {
            to = (to.is_null() ? 0 : to.to_number<std::int64_t>()) + value.to_number<std::int64_t>();
        }
    }
}

Result<int> simulate(Context& context, Options options) {
    const auto dots = options.seeds.find("..");
    const auto number = [](const std::string& text) { return std::strtoull(text.c_str(), nullptr, 10); };
    options.run.from = number(options.seeds);
    options.run.to = dots == std::string::npos ? options.run.from : number(options.seeds.substr(dots + 2));
    if (options.run.from == 0 || options.run.to < options.run.from)
        return fail(ErrorKind::Input, "usage.value", "--seeds", options.seeds);
    const auto began = std::chrono::steady_clock::now();
    // Thousands of small files grow and go: memory that is given back at once is asked for again at once.
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    json::object sum;
    if (options.jobs == 1) {
        sum = liveThrough(options.run);
    } else {
        std::vector<Worker> workers;
        for (int i = 0; i < options.jobs; ++i) {
            auto share = options.run;
            share.from += static_cast<std::uint64_t>(i);
            share.step = static_cast<std::uint64_t>(options.jobs);
            WL_TRY(const auto worker, start(share));
            workers.push_back(worker);
        }
        for (const auto& worker : workers) {
            WL_TRY(auto part, finish(worker));
            add(sum, std::move(part));
        }
    }
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const auto& failed = sum.at("failed").as_array();
    if (context.json) {
        sum["seconds"] = seconds;
        print(json::serialize(sum));
        return failed.empty() ? 0 : 1;
    }
    const auto textOf = [](const json::value& v) { return std::string(v.as_string()); };
    for (const auto& f : failed) {
        std::printf("seed %lld, %lld consoles\n", f.at("seed").to_number<long long>(),
                    f.at("peers").to_number<long long>());
        for (const auto& failure : f.at("failures").as_array())
            std::printf("  %s %s\n", textOf(failure.at("check")).c_str(), textOf(failure.at("what")).c_str());
        std::printf("  shortest history found:\n");
        for (const auto& action : f.at("shortest").as_array()) std::printf("    %s\n", textOf(action).c_str());
    }
    std::printf("%lld seeds, %zu failed, %lld ops, %lld virtual seconds in %.1f s\n",
                sum.at("seeds").to_number<long long>(), failed.size(), sum.at("ops").to_number<long long>(),
                sum.at("virtual_seconds").to_number<long long>(), seconds);
    return failed.empty() ? 0 : 1;
}

}  // namespace

void addSimulateCommand(CLI::App& app, Context& context) {
    auto options = std::make_shared<Options>();
    auto* sub = app.add_subcommand(
        "simulate", "Lives through faults of disks, clocks, networks and peers, and checks that nothing is lost");
    sub->add_option("--seeds", options->seeds, "A..B, both included")->capture_default_str();
    sub->add_option("--peers", options->run.peers, "Consoles; 3 to 8 by the seed if not given")
        ->check(CLI::Range(2, 16));
    sub->add_option("--minutes", options->run.minutes, "Virtual minutes with faults")
        ->capture_default_str()
        ->check(CLI::Range(0.05, 10'000.0));
    sub->add_option("--jobs", options->jobs, "Processes that share the seeds")
        ->capture_default_str()
        ->check(CLI::Range(1, 64));
    sub->add_flag("!--no-shrink", options->run.shrink, "Do not look for the shortest history of a failure");
    sub->callback(command(context, [&context, options] { return simulate(context, *options); }, Needs::Nothing));
}

}  // namespace wl::ctl
