// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Questions about messages across cases, over the rows of table `message`.

#include "store/names.hpp"
#include "store/views.hpp"

namespace wl::store {

class MessageQueries {
public:
    static Result<MessageQueries> make(sql::Database& db, Origins& origins);
    /// Newest first; all states where the list is empty.
    Result<std::vector<OutboxRow>> list(const OutboxFilter& filter);
    Result<std::optional<OutboxRow>> find(const MessageId& id);
    Result<std::optional<OutboxRow>> findExternal(Channel channel, const std::string& externalId);
    /// What may leave by now, oldest first: waiting, held until then, or claimed by somebody whose claim has ended.
    Result<std::vector<OutboxRow>> due(Channel channel, Instant now, int limit);
    /// Claims on a channel that have not ended.
    Result<std::vector<ChannelClaim>> claims(Channel channel, Instant now);
    Result<ContactRecord> contact(const PersonId& person, const std::string& address, Instant now);

private:
    using Select = sql::Statement<3, 17>;
    struct Statements {
        Select list, byId, byExternal, due;
        sql::Statement<2, 3> claims;
        sql::Statement<2, 2> sent;
        sql::Statement<1, 2> last;
    };
    MessageQueries(sql::Database& db, Origins& origins, Statements statements)
        : m_db(&db), m_origins(&origins), m_sql(std::move(statements)) {}
    Result<std::vector<OutboxRow>> rows(Select& query);

    sql::Database* m_db;
    Origins* m_origins;
    Statements m_sql;
};

}  // namespace wl::store
