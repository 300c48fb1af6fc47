// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One case as it stood at a past instant: the fold of those of its ops that had happened by then. An op happened when
// it says so (a step, a message, a report told after the fact), else when it was written. Policies and calendars are
// those of the catalogue given; what was
// learnt since of cases that will be late is not used.

#include <optional>

#include "rules/sla.hpp"
#include "store/facets.hpp"

namespace wl::engine {

/// A case with its history up to an instant.
struct PastCase {
    store::CaseDetail detail;
    std::vector<store::TimelineEntry> timeline;
};

/// Every way the case stood, in the order of time; `each` gets the instant from which on it stood so. The state is
/// valid during the call alone. Void ops are passed over.
void eachStanding(const CaseId& id, std::span<const store::TimelineEntry> timeline,
                  const std::function<void(Instant, const CaseState&)>& each);

/// Nothing if nobody had asked for it by then. Errors: as Reader::timeline.
[[nodiscard]] Result<std::optional<PastCase>> caseAsOf(store::Reader& reader, const rules::CataloguePtr& catalogue,
                                                       CaseKey key, Instant at);
/// Rows as they stood, in the order of the keys; cases that were not there yet are left out. Words (title, address,
/// description) too are those of that instant.
[[nodiscard]] Result<std::vector<store::CaseRow>> rowsAsOf(store::Reader& reader, const rules::CataloguePtr& catalogue,
                                                           std::span<const CaseKey> keys, Instant at);

}  // namespace wl::engine
