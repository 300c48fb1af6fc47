// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who has how many open cases. Read through a connection of its own, now and then: about 20 ms for 100,000 open cases.

#include <filesystem>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "domain/time.hpp"

namespace wl::store {

struct WorkloadRow {
    std::string owner, crew;  ///< codes; empty = nobody
    int open{};
    Instant last;  ///< when one of these cases changed last
};
[[nodiscard]] Result<std::vector<WorkloadRow>> readWorkload(const std::filesystem::path& database);

}  // namespace wl::store
