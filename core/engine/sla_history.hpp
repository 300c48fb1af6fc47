// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// History for SLA policies: the rows of a feed that say when a request was made and when it was due. No replica needed.

#include <filesystem>
#include <vector>

#include "channels/feed/mapping.hpp"
#include "rules/sla_fit.hpp"

namespace wl::engine {

/// Rows without a due time are left out; rows that an import would reject for other reasons (a place outside the city)
/// count. Errors: those of feed::openFeed and feed::RowConverter::of; mapping.due_missing if the mapping has no `due`.
[[nodiscard]] Result<std::vector<rules::SlaObservation>> readSlaHistory(const std::filesystem::path& file,
                                                                        const feed::Mapping& mapping);

}  // namespace wl::engine
