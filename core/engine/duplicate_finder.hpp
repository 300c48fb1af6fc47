// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which cases a report may be about, on the replica's own cases: those of the last sixty days, kept by place and words
// on the reader thread. Loaded in bounded steps, newest first.

#include <optional>
#include <set>
#include <string>

#include "rules/matching/duplicate_index.hpp"
#include "store/facets.hpp"

namespace wl::engine {

/// A report as far as it has been typed.
struct DuplicateQuery {
    std::string service;              ///< code; empty = not chosen yet
    std::optional<GeoPoint> place;
    std::string description, address;
    CaseKey except;                   ///< the case itself, where an existing one is asked about
    Instant at;                       ///< none = now
};

struct DuplicateHit {
    store::CaseRow row;
    rules::matching::Likeness likeness;
};

class DuplicateFinder {
public:
    static constexpr Millis kWindow = std::chrono::days(60);

    explicit DuplicateFinder(store::FacetReader& reader) : m_reader(reader) {}

    /// One bounded step; true when every case of the window is there.
    Result<bool> loadNext(Instant now);
    /// Whether a change of these fields changes what a case is likely to be a duplicate of.
    [[nodiscard]] static bool asksFor(std::uint64_t changed);
    /// This case is new or one of its fields changed that count here. One whose words cannot be read is left out;
    /// verification names it.
    void changed(const store::CaseFacet& facet, Instant now);
    /// The most likely ones first, at most `limit`; with what is there so far.
    [[nodiscard]] Result<std::vector<DuplicateHit>> search(const DuplicateQuery& query, Instant now, std::size_t limit);

private:
    Result<void> put(const store::CaseFacet& facet, Instant now);

    store::FacetReader& m_reader;
    rules::matching::DuplicateIndex m_index;
    std::optional<std::int64_t> m_next;  ///< keys up to here are still to be loaded
};

}  // namespace wl::engine
