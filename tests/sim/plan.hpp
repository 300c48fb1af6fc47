// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What happens in a simulated city, decided before it begins: a list that a failure can be shrunk to.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/time.hpp"

namespace wl::sim {

enum class Act : std::uint8_t {
    Edit,           ///< the console commits `a` op groups
    Cut,            ///< the link between `who` and `a` breaks for `b` ms (both ways, without a word)
    Flap,           ///< … and comes back at once
    Kill,           ///< the process dies at the a-th change of its disk; starts again after `b` ms
    PowerLoss,      ///< the same, and what was not synced is lost or torn
    DiskFull,       ///< from the a-th change on, `b` changes find no room
    DiskError,      ///< … or an error of the device
    ClockJump,      ///< by `a` ms, signed
    ClockFreeze,    ///< for `b` ms
    Backup,         ///< of the whole folder
    RestoreDatabase,///< the database alone is put back
    RestoreAll,     ///< the whole folder is put back
    Clone,          ///< the disk is moved to another machine
    Revoke,         ///< by the administrator, with the cutoff known there
    Garbage,        ///< the mole sends `who` bytes that are nothing, in manner `a`
    Equivocate,     ///< the mole shows two logs under one key
    Unknown,        ///< the mole authors ops of a newer version
    FutureDated,    ///< the mole authors ops from `a` ms ahead
};

struct Action {
    Millis at{};
    Act act{};
    std::uint32_t who{};
    std::int64_t a{}, b{};
};

struct Plan {
    std::uint64_t seed{};
    std::size_t peers{};
    Millis length{};             ///< of the part with faults
    std::vector<Action> actions; ///< ascending by time
};

/// What a seed stands for.
[[nodiscard]] Plan makePlan(std::uint64_t seed, std::size_t peers, Millis length);
[[nodiscard]] std::string describe(const Action& action);

}  // namespace wl::sim
