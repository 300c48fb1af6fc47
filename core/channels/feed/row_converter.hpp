// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One row of a feed and a mapping become one case, or the list of what is wrong with the row. Pure: no clock, no
// catalogue, no store.
//
// A row is refused for (RowProblem::code):
//   missing                no external id, service, requested date or, where it is mapped, status
//   impossible_date        a date that cannot be read, that no calendar has, or that lies in the future
//   closed_before_opened   by more than the mapping's clock_skew
//   closed_without_date    status closed or work done, and no closing date
//   unknown_status         the section [status] has no such word
//   not_a_number           a coordinate
//   swapped_coordinates    latitude and longitude change places and then fit
//   outside_bounds         a position off the globe or outside the mapping's bounds
//   location_missing       neither position nor address, and the mapping does not say `location = optional`
//   text_too_long          more text than one op may hold
// and for what the reader says: truncated, malformed_json, wrong_column_count, bad_encoding.
// Coordinates that are empty or both zero mean "position not known".

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "channels/feed/date_format.hpp"
#include "channels/feed/mapping.hpp"
#include "channels/feed/record.hpp"
#include "domain/case_fields.hpp"
#include "domain/vocab.hpp"

namespace wl::feed {

struct RowProblem {
    std::uint64_t row{};
    std::string field;  ///< key of the mapping, empty if the whole row is bad
    std::string value;  ///< as it stands in the feed
    std::string code;
    bool operator==(const RowProblem&) const = default;
};

/// A code with the words for it, for the catalogue.
struct NamedCode {
    std::string code;
    std::string name;
};

struct ImportedCase {
    std::uint64_t row{};
    std::string externalId;
    FieldValues fields;  ///< CaseField ids
    Status status{};
    std::string statusReason;
    std::string statusNote;
    Instant statusAt;
    Instant acknowledgedAt;
    Instant workDoneAt;
    Instant closedAt;
    Instant updatedAt;
    NamedCode service, department, crew;  ///< codes as in `fields`
    std::string serviceGroup;
    std::string requesterName, requesterPhone, requesterEmail;
};

/// A word of the feed that no section of the mapping knows; the row is taken without it.
using UnmappedWords = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // (field, word) -> rows

class RowConverter {
public:
    /// The mapping must outlive it. Dates after `now` plus a day are impossible; no `now` = not checked.
    /// Errors: timezone.unknown, mapping.dates.
    static Result<RowConverter> of(const Mapping& mapping, Instant now = {});

    /// True if `out` holds the case; false if `problems` (cleared first) says why not.
    bool convert(const Record& record, const ColumnTable& columns, ImportedCase& out,
                 std::vector<RowProblem>& problems);
    [[nodiscard]] const UnmappedWords& unmapped() const { return m_unmapped; }

private:
    RowConverter(const Mapping& mapping, DateReader dates, Instant now);
    void bind(const Record& record, const ColumnTable& columns);
    std::string_view get(MapField field);
    void refuse(MapField field, std::string_view value, std::string_view code);
    Instant date(MapField field, bool mayLieAhead);
    void text(MapField from, CaseField to, bool oneLine);
    void code(MapField from, CaseField to);
    void identity(ImportedCase& out);
    void service(ImportedCase& out);
    void organisation(ImportedCase& out);
    void place();
    std::optional<GeoPoint> position();
    void dates(ImportedCase& out);
    void status(ImportedCase& out);
    void closing(ImportedCase& out);
    void vocabularies();
    void limits(const ImportedCase& out);

    const Mapping* m_mapping;
    DateReader m_dates;
    Instant m_latest;
    std::vector<int> m_slotOfColumn;
    std::vector<std::string_view> m_values;  // by slot
    std::string m_scratch;
    const Record* m_record{};
    FieldValues* m_fields{};
    std::vector<RowProblem>* m_problems{};
    Instant m_requestedAt;
    UnmappedWords m_unmapped;
};

}  // namespace wl::feed
