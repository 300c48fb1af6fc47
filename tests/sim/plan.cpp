// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/plan.hpp"

#include <algorithm>
#include <random>

namespace wl::sim {
namespace {

constexpr const char* kNames[] = {
    "edit",       "cut",        "flap",         "kill",       "power loss",       "disk full",
    "disk error", "clock jump", "clock freeze", "backup",     "restore database", "restore all",
    "clone",      "revoke",     "garbage",      "equivocate", "unknown ops",      "future-dated ops"};

}  // namespace

std::string describe(const Action& x) {
    return std::to_string(x.at.count()) + " ms  " + kNames[static_cast<std::size_t>(x.act)] + "  console " +
           std::to_string(x.who) + "  " + std::to_string(x.a) + " " + std::to_string(x.b);
}

Plan makePlan(std::uint64_t seed, std::size_t peers, Millis length) {
    std::mt19937_64 random(seed * 2654435761U + 17);
    const auto below = [&](std::uint64_t n) {
        return static_cast<std::int64_t>(random() % std::max<std::uint64_t>(n, 1));
    };
    Plan plan{seed, peers, length, {}};
    const auto ms = static_cast<std::uint64_t>(length.count());
    const auto someone = [&] { return static_cast<std::uint32_t>(below(peers)); };
    const auto add = [&](Act act, std::uint32_t who, std::int64_t a = 0, std::int64_t b = 0) {
        plan.actions.push_back({Millis(below(ms)), act, who, a, b});
    };
    for (std::uint64_t i = 0; i < 12 + ms / 4000 * peers / 2; ++i) add(Act::Edit, someone(), 1 + below(3));
    // Each seed has some kinds of faults, so that rare pairs of them meet often.
    const auto with = [&](unsigned percent) { return below(100) < static_cast<std::int64_t>(percent); };
    const auto times = [&](std::uint64_t most, auto f) {
        for (auto n = 1 + below(most); n > 0; --n) f();
    };
    if (with(60)) times(4, [&] { add(Act::Cut, someone(), below(peers), 500 + below(ms / 2)); });
    if (with(40)) times(5, [&] { add(Act::Flap, someone(), below(peers)); });
    if (with(50)) times(3, [&] { add(Act::Kill, someone(), below(60), below(8000)); });
    if (with(60)) times(3, [&] { add(Act::PowerLoss, someone(), below(60), below(8000)); });
    if (with(20)) times(2, [&] { add(Act::DiskFull, someone(), below(30), 1 + below(40)); });
    if (with(20)) times(2, [&] { add(Act::DiskError, someone(), below(60), 1); });
    if (with(40)) {
        constexpr std::int64_t kJumps[] = {1000, -1000, 3'600'000, -3'600'000, 315'360'000'000, -315'360'000'000};
        times(3, [&] { add(Act::ClockJump, someone(), kJumps[with(80) ? below(4) : below(6)]); });
    }
    if (with(15)) add(Act::ClockFreeze, someone(), 0, below(ms));
    if (with(12)) {
        const auto who = someone();
        add(Act::Backup, who);
        add(Act::RestoreDatabase, who);
    }
    if (peers > 2 && with(10)) {
        const auto who = 1 + static_cast<std::uint32_t>(below(peers - 1));
        add(Act::Backup, who);
        add(Act::RestoreAll, who);
    }
    if (peers > 2 && with(8)) add(Act::Clone, 1 + static_cast<std::uint32_t>(below(peers - 1)));
    if (peers > 2 && with(15)) add(Act::Revoke, 1 + static_cast<std::uint32_t>(below(peers - 1)));
    if (with(20)) times(3, [&] { add(Act::Garbage, someone(), below(6)); });
    if (with(12)) add(Act::Equivocate, someone(), below(peers));
    if (with(20)) add(Act::Unknown, someone());
    if (with(15)) add(Act::FutureDated, someone(), with(50) ? 900'000 : 7'200'000);
    std::ranges::stable_sort(plan.actions, {}, &Action::at);
    return plan;
}

}  // namespace wl::sim
