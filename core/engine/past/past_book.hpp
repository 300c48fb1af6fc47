// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How every case stood at any instant: beside the columns of the queue index, the packed ways in which a case stood
// before (some 20 bytes each), for those that changed since the earliest instant that was asked for. Read from the log
// in bounded steps. Owned by the reader thread; given up when nobody looks back any more.

#include <array>

#include "engine/case_index.hpp"
#include "engine/past/past_case.hpp"

namespace wl::engine {

/// How far the reading of histories is.
struct PastProgress {
    std::int64_t done{}, total{};  ///< cases; equal at the end
    bool operator==(const PastProgress&) const = default;
};

class PastBook {
public:
    PastBook(store::FacetReader& reader, rules::CataloguePtr catalogue)
        : m_reader(reader), m_catalogue(std::move(catalogue)), m_deriver(m_catalogue) {}

    /// One bounded step towards knowing every instant from `from` on.
    Result<PastProgress> loadNext(const CaseIndex& now, Instant from);
    /// These cases have another history now; it is read again by the next step.
    void changed(std::span<const CaseKey> keys);
    /// Fills `then` with all cases as they stood at an instant that is loaded.
    void stand(const CaseIndex& now, Instant at, CaseIndex& then);

private:
    static constexpr std::size_t kColumns = 21;
    using Row = std::array<std::int64_t, kColumns>;  ///< the columns that may differ, the instant it begins first

    Result<void> read(CaseKey key);
    Result<Row> rowOf(Instant from, const CaseState& state);
    Result<std::int64_t> term(const std::string& code);
    [[nodiscard]] bool isKnown(std::size_t slot) const { return slot < m_at.size() && m_at[slot] != 0; }
    /// The last row that begins by then; false if the case was not there.
    [[nodiscard]] bool rowAt(std::size_t slot, Instant at, Row& row) const;
    void keep(std::size_t slot, const std::vector<Row>& rows);

    store::FacetReader& m_reader;
    rules::CataloguePtr m_catalogue;
    rules::SlaDeriver m_deriver;
    std::vector<std::uint32_t> m_at;  ///< by key, where its rows begin in m_bytes; 0 = not read
    std::string m_bytes{'\0'};
    std::vector<std::size_t> m_again;
    std::vector<std::uint8_t> m_differs;  ///< by key: `then` does not hold what `now` does
    const CaseIndex* m_filled{};
    Instant m_from;
    std::size_t m_next{};
    std::int64_t m_done{}, m_total{};
};

}  // namespace wl::engine
