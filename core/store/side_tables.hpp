// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// For verification: the tables beside the states (history indexes, interactions, contacts, catalogue items) against
// the ops they come from.

#include <span>

#include "domain/case_state.hpp"
#include "domain/person_state.hpp"
#include "store/names.hpp"

namespace wl::store {

class SideTables {
public:
    static Result<SideTables> make(sql::Database& db, Origins& origins);

    /// True if the rows by person and by other case are those of the case's reports and judgements.
    Result<bool> incident(CaseKey key, const CaseState& state);
    /// True if history index and interactions of the case are exactly those of its ops.
    Result<bool> history(CaseKey key, std::span<const StampedOp> ops);
    /// True if the rows of the outbox are those of the case's messages.
    Result<bool> messages(CaseKey key, const CaseState& state);
    /// True if history index and contacts of the citizen are exactly those of the ops and the state.
    Result<bool> person(PersonKey key, const PersonState& state, std::span<const StampedOp> ops);
    /// True if the row of the item holds what the last of its ops published.
    Result<bool> item(std::span<const StampedOp> ops);

private:
    struct Statements {
        sql::Statement<1, 2> caseOps, interactions, personOps, contacts, personLinks, caseLinks;
        sql::Statement<1, 1> caseReports;
        sql::Statement<1, 4> item;
        sql::Statement<1, 6> messages;
    };
    SideTables(Origins& origins, Statements statements) : m_origins(&origins), m_sql(std::move(statements)) {}
    Result<bool> links(sql::Statement<1, 2>& query, std::int64_t key, const Judgements& judgements);
    Result<std::vector<Dot>> dots(sql::Statement<1, 2>& query, std::int64_t key);

    Origins* m_origins;
    Statements m_sql;
};

}  // namespace wl::store
