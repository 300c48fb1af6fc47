// SPDX-License-Identifier: GPL-3.0-or-later
// simulate: whole cities of consoles on disks, clocks and a network that break, in virtual time.
#include <boost/json.hpp>

#include <chrono>
#include <cstdio>

#include "app/ctl/context.hpp"
#include "tests/sim/simulate.hpp"

namespace wl::ctl {
namespace {

struct Options {
    std::string seeds{"1..100"};
    sim::SimulateOptions run;
};

Result<int> simulate(Context& context, Options options) {
    const auto dots = options.seeds.find("..");
    const auto number = [](const std::string& text) { return std::strtoull(text.c_str(), nullptr, 10); };
    options.run.from = number(options.seeds);
    options.run.to = dots == std::string::npos ? options.run.from : number(options.seeds.substr(dots + 2));
    if (options.run.from == 0 || options.run.to < options.run.from)
        return fail(ErrorKind::Input, "usage.value", "--seeds", options.seeds);
    const auto began = std::chrono::steady_clock::now();
    const auto report = sim::simulate(options.run, [&](std::uint64_t seed, bool good) {
        if (!good) std::fprintf(stderr, "seed %llu fails\n", static_cast<unsigned long long>(seed));
        return true;
    });
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    boost::json::array failed;
    for (const auto& f : report.failed) {
        boost::json::array checks, history;
        for (const auto& failure : f.failures) checks.push_back({{"check", failure.check}, {"what", failure.what}});
        for (const auto& action : f.shortest.actions) history.push_back(boost::json::value(sim::describe(action)));
        failed.push_back({{"seed", f.seed}, {"peers", f.shortest.peers}, {"failures", checks}, {"shortest", history}});
    }
    const double lived = static_cast<double>(report.lived.count()) / 1000.0;
    if (context.json) {
        print(boost::json::serialize(boost::json::object{{"seeds", report.seeds},
                                                         {"failed", failed},
                                                         {"ops", report.ops},
                                                         {"bytes", report.bytes},
                                                         {"virtual_seconds", lived},
                                                         {"seconds", seconds}}));
    } else {
        for (const auto& f : report.failed) {
            std::printf("seed %llu, %zu consoles\n", static_cast<unsigned long long>(f.seed), f.shortest.peers);
            for (const auto& failure : f.failures)
                std::printf("  %s %s\n", failure.check.c_str(), failure.what.c_str());
            std::printf("  shortest history found:\n");
            for (const auto& action : f.shortest.actions) std::printf("    %s\n", sim::describe(action).c_str());
        }
        std::printf("%llu seeds, %zu failed, %llu ops, %.0f virtual seconds in %.1f s\n",
                    static_cast<unsigned long long>(report.seeds), report.failed.size(),
                    static_cast<unsigned long long>(report.ops), lived, seconds);
    }
    return report.failed.empty() ? 0 : 1;
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
    sub->add_flag("!--no-shrink", options->run.shrink, "Do not look for the shortest history of a failure");
    sub->callback(command(context, [&context, options] { return simulate(context, *options); }, Needs::Nothing));
}

}  // namespace wl::ctl
