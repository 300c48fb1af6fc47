// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Messages to citizens as local rows: the state of a case's messages (`case_message`), and one row a message in
// `message`, by which the outbox and the gateways find them. Rows exist for those cases alone that have any.

#include "domain/case_state.hpp"
#include "store/names.hpp"

namespace wl::store {

/// Empty where there are none.
[[nodiscard]] std::string packMessages(const CaseState& state, const Origins& origins);
Result<void> unpackMessages(std::string_view bytes, CaseState& state, const Origins& origins);
[[nodiscard]] bool messagesNameAStranger(const CaseState& state);

/// The writer's side.
class MessageRows {
public:
    static Result<MessageRows> make(sql::Database& db);
    Result<void> write(CaseKey key, const CaseState& state, const Origins& origins);
    Result<void> erase(CaseKey key);

private:
    struct Statements {
        sql::Statement<2> put;
        sql::Statement<1> drop, dropRows;
        sql::Statement<18> putRow;
    };
    explicit MessageRows(Statements statements) : m_sql(std::move(statements)) {}
    Statements m_sql;
};

}  // namespace wl::store
