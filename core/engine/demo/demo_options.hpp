// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much of a demo city is made, and a command with its moment in that city's past.

#include <cstdint>
#include <string>

#include "engine/commands.hpp"

namespace wl::engine {

struct DemoOptions {
    std::uint64_t seed{311};
    std::size_t closed{50'000};
    std::size_t open{900};
    Instant now;         ///< where the history ends; it begins three years before
};

struct TimedCommand {
    Instant at;
    std::string agent;   ///< staff code; empty = a channel or a rule did it
    Command command;
};

}  // namespace wl::engine
