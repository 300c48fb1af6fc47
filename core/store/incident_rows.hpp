// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What ties records together, as local rows: the further reports of a case (`case_incident`, by person in
// `case_report`), judged pairs of cases (`case_link`) and of citizen records (`person_link`). Rows exist for those
// alone that have any.

#include <optional>

#include "domain/case_state.hpp"
#include "store/names.hpp"

namespace wl::store {

class Packer;
class Unpacker;

void packJudgements(Packer& packer, const Judgements& judgements, const Origins& origins);
void unpackJudgements(Unpacker& unpacker, Judgements& judgements, const Origins& origins);
/// True if a mark is of an origin that is not known here.
[[nodiscard]] bool namesAStranger(const Judgements& judgements);

/// Reports and judgements of a case; empty where there are none.
[[nodiscard]] std::string packIncident(const CaseState& state, const Origins& origins);
Result<void> unpackIncident(std::string_view bytes, CaseState& state, const Origins& origins);
[[nodiscard]] bool incidentNamesAStranger(const CaseState& state);

/// The writer's side for cases.
class IncidentRows {
public:
    static Result<IncidentRows> make(sql::Database& db);
    Result<void> write(CaseKey key, const CaseState& state, const Origins& origins);
    Result<void> erase(CaseKey key);

private:
    struct Statements {
        sql::Statement<2> put;
        sql::Statement<1> drop, dropReports, dropLinks;
        sql::Statement<2> putReport;
        sql::Statement<3> putLink;
    };
    explicit IncidentRows(Statements statements) : m_sql(std::move(statements)) {}
    Statements m_sql;
};

}  // namespace wl::store
