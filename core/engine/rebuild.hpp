// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Making a replica's database anew from its log, with the clocks that its own catalogue gives.

#include "store/store.hpp"

namespace wl::engine {

/// The replica must not be open; see store::rebuild. Safe on any thread.
Result<store::RebuildReport> rebuildReplica(const std::filesystem::path& dir, const store::Progress& progress = {});

}  // namespace wl::engine
