// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A case as two rows: `cases` (narrow, what queues scan) and `case_text` (wide, what an open case shows). The column
// lists come from the field table, so a new field needs no edit here.

#include <optional>

#include "domain/derived_case.hpp"
#include "store/incident_rows.hpp"
#include "store/message_rows.hpp"
#include "store/names.hpp"
#include "store/views.hpp"

namespace wl::store {

inline constexpr int kNotOpenedYet = 255;  ///< status of a row whose opening op has not arrived; hidden from readers

inline constexpr int kNarrowFixed = 21;
inline constexpr int kWideFixed = 15;
[[nodiscard]] consteval int fieldColumns(Home home, bool includingOnce) {
    int n = 0;
    for (const auto& field : kCaseFields)
        if (field.home == home && field.type != FieldType::Point && (includingOnce || field.merge != MergeRule::Once))
            ++n;
    return n;
}
inline constexpr int kNarrowColumns = kNarrowFixed + fieldColumns(Home::Narrow, true);
inline constexpr int kWideColumns = kWideFixed + fieldColumns(Home::Wide, true);

/// The cell of the place index that a point lies in: rows of 1/700 degree from the south pole, in each the cells from
/// west to east, so that the cells of a box are one range a row.
struct PlaceCell {
    static constexpr std::int32_t kSize = 14'286;  ///< 1e-7 degrees: 160 m from south to north
    static std::int64_t row(std::int32_t latE7) { return (std::int64_t{latE7} + 900'000'000) / kSize; }
    static std::int64_t column(std::int32_t lonE7) { return (std::int64_t{lonE7} + 1'800'000'000) / kSize; }
    static std::int64_t of(std::int64_t row, std::int64_t column) { return (row << 20) | column; }
    static std::int64_t of(const GeoPoint& p) { return of(row(p.latE7), column(p.lonE7)); }
};

/// Reads whole cases. Used by the writer (its own transaction included) and by readers.
class CaseLoader {
public:
    static Result<CaseLoader> make(sql::Database& db, Origins& origins, Terms& terms);
    /// Nothing if there is no such row.
    Result<std::optional<CaseDetail>> load(CaseKey key);

private:
    using Select = sql::Statement<1, kNarrowColumns + kWideColumns + 2>;
    CaseLoader(sql::Database& db, Origins& origins, Terms& terms, Select select)
        : m_db(&db), m_origins(&origins), m_terms(&terms), m_select(std::move(select)) {}
    sql::Database* m_db;
    Origins* m_origins;
    Terms* m_terms;
    Select m_select;
};

/// Writes whole cases, with their search and place indexes.
class CaseWriter {
public:
    static Result<CaseWriter> make(sql::Database& db, Origins& origins, Terms& terms);
    Result<void> insert(CaseKey key, const CaseState& state, const DerivedCase& clock);
    /// `before` is what the indexes hold now.
    Result<void> update(CaseKey key, const CaseState& before, const CaseState& state, const DerivedCase& clock);
    /// Takes the case out of all tables and indexes; `state` is what they hold now.
    Result<void> erase(CaseKey key, const CaseState& state);
    /// Only the derived columns (after a change of policy or calendar).
    Result<void> updateClock(CaseKey key, const DerivedCase& clock);

private:
    using InsertNarrow = sql::Statement<kNarrowColumns>;
    using InsertWide = sql::Statement<kWideColumns>;
    // Updates leave out the ids, the number and fields that are set once.
    using UpdateNarrow = sql::Statement<kNarrowFixed - 2 + fieldColumns(Home::Narrow, false)>;
    using UpdateWide = sql::Statement<kWideFixed + fieldColumns(Home::Wide, false)>;
    using UpdateClock = sql::Statement<10>;
    using InsertText = sql::Statement<4>;
    using InsertPlace = sql::Statement<4>;
    using DeletePlace = sql::Statement<2>;
    using DeleteRow = sql::Statement<1>;

    struct Statements {
        InsertNarrow insertNarrow;
        InsertWide insertWide;
        UpdateNarrow updateNarrow;
        UpdateWide updateWide;
        UpdateClock updateClock;
        InsertText insertText;
        DeleteRow deleteText;
        InsertPlace insertPlace;
        DeletePlace deletePlace;
    };
    CaseWriter(sql::Database& db, Origins& origins, Terms& terms, Statements statements, IncidentRows incidents,
               MessageRows messages)
        : m_db(&db), m_origins(&origins), m_terms(&terms), m_sql(std::move(statements)),
          m_incidents(std::move(incidents)), m_messages(std::move(messages)) {}

    template <class S>
    Result<void> bindFields(S& statement, int& column, const CaseState& state, Home home, bool includingOnce);
    /// Term of the department that the case is offered to; 0 = none.
    Result<std::int64_t> offerTerm(const CaseState& state);
    Result<void> indexText(CaseKey key, const CaseState& state);
    Result<void> indexPlace(CaseKey key, const CaseState& state);
    Result<void> unindexPlace(CaseKey key, const CaseState& state);

    sql::Database* m_db;
    Origins* m_origins;
    Terms* m_terms;
    Statements m_sql;
    IncidentRows m_incidents;
    MessageRows m_messages;
};

}  // namespace wl::store
