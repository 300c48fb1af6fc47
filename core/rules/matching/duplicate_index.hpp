// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reports by place, by plate or number, and by rare words, so that the earlier cases a new one may be about are found
// without reading them all.

#include <span>
#include <unordered_map>
#include <vector>

#include "rules/matching/duplicates.hpp"

namespace wl::rules::matching {

class DuplicateIndex {
public:
    /// Adds a report, or replaces the one with that id.
    void put(std::uint32_t id, std::uint32_t service, Instant at, Instant closedAt, const GeoPoint* place,
             ReportText text);
    void remove(std::uint32_t id);
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] const WordCounts& counts() const { return m_counts; }
    /// nullptr if it is not here.
    [[nodiscard]] const Report* find(std::uint32_t id) const;

    /// Earlier reports that are worth comparing, none older than `window`; the fresh one's own id is left out.
    [[nodiscard]] std::vector<Report> candidates(const Report& fresh, Millis window) const;
    /// Those that may be the same fault, most likely first.
    [[nodiscard]] std::vector<DuplicateCandidate> search(const Report& fresh, Millis window) const;

private:
    struct Entry {
        Report report;
        ReportText text;
        bool used{};
    };
    using Slots = std::vector<std::uint32_t>;
    [[nodiscard]] static std::uint64_t cellOf(std::int64_t row, std::int64_t column);

    std::vector<Entry> m_entries;
    Slots m_free;
    std::unordered_map<std::uint32_t, std::uint32_t> m_slotOf;
    std::unordered_map<std::uint64_t, Slots> m_cells, m_words;
    WordCounts m_counts;
    std::size_t m_size{};
};

}  // namespace wl::rules::matching
