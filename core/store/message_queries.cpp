// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_queries.hpp"

namespace wl::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT m.ck, m.id, m.oi, m.seq, m.state, m.written_at, m.state_at, m.not_before, m.channel, m.person, m.address,"
    " m.why, m.reason, m.external_id, m.sent_at, m.claim_ends, c.number FROM message m JOIN cases c ON c.ck=m.ck ";
constexpr std::int64_t kHour = 3'600'000;

std::string columns(std::string_view rest) { return std::string(kColumns) + std::string(rest); }

}  // namespace

Result<MessageQueries> MessageQueries::make(sql::Database& db, Origins& origins) {
    // ?1: bits of the states asked for, 0 all; ?2: written before; ?3: how many.
    WL_TRY(auto list, Select::prepare(db, columns("WHERE (?1=0 OR (?1>>m.state)&1) AND m.written_at<?2"
                                                  " ORDER BY m.written_at DESC, m.id LIMIT ?3")));
    WL_TRY(auto byId, Select::prepare(db, columns("WHERE m.id=?1 AND ?2=0 AND ?3=0")));
    WL_TRY(auto byExternal, Select::prepare(db, columns("WHERE m.external_id=?1 AND m.external_id<>'' AND m.channel=?2"
                                                        " AND ?3=0")));
    WL_TRY(auto due, Select::prepare(db, columns("WHERE m.channel=?1 AND ((m.state IN (1,2) AND m.not_before<=?2) OR"
                                                 " (m.state=4 AND m.claim_ends<=?2)) ORDER BY m.written_at, m.id"
                                                 " LIMIT ?3")));
    WL_TRY(auto claims, (sql::Statement<2, 3>::prepare(
                            db, "SELECT claim_oi, claim_hlc, claim_ends FROM message WHERE channel=? AND claim_ends>?"
                                " AND claim_ends>0 ORDER BY claim_hlc")));
    WL_TRY(auto sent, (sql::Statement<2, 2>::prepare(
                          db, "SELECT count(*), coalesce(max(sent_at),0) FROM message WHERE person=? AND sent_at>?")));
    WL_TRY(auto last,
           (sql::Statement<1, 2>::prepare(db, "SELECT state, reason FROM message WHERE address=? AND state IN (5,6,7,8)"
                                              " ORDER BY state_at DESC LIMIT 1")));
    return MessageQueries(db, origins,
                          {std::move(list), std::move(byId), std::move(byExternal), std::move(due), std::move(claims),
                           std::move(sent), std::move(last)});
}

Result<std::vector<OutboxRow>> MessageQueries::rows(Select& q) {
    std::vector<OutboxRow> out;
    while (true) {
        WL_TRY(const bool row, q.step());
        if (!row) break;
        OutboxRow r;
        r.caseKey.value = q.integer(0);
        r.id = idFromBytes<MessageId>(q.bytes(1));
        r.origin = m_origins->idOf(q.integer(2));
        if (r.origin.isNull()) {
            WL_CHECK(m_origins->addNew(*m_db));
            r.origin = m_origins->idOf(q.integer(2));
        }
        r.seq = static_cast<std::uint64_t>(q.integer(3));
        r.state = static_cast<MessageState>(q.integer(4));
        r.writtenAt.ms = q.integer(5);
        r.stateAt.ms = q.integer(6);
        r.until.ms = q.integer(7);
        r.channel = static_cast<Channel>(q.integer(8));
        if (!q.isNull(9)) r.person = idFromBytes<PersonId>(q.bytes(9));
        r.address = q.text(10);
        r.why = static_cast<MessageWhy>(q.integer(11));
        r.reason = q.text(12);
        r.externalId = q.text(13);
        r.sentAt.ms = q.integer(14);
        r.claimEnds.ms = q.integer(15);
        r.number = q.text(16);
        out.push_back(std::move(r));
    }
    return out;
}

Result<std::vector<OutboxRow>> MessageQueries::list(const OutboxFilter& filter) {
    std::int64_t bits = 0;
    for (const auto state : filter.states) bits |= std::int64_t{1} << static_cast<int>(state);
    m_sql.list.bind(bits, filter.before ? filter.before.ms : INT64_MAX, filter.limit);
    return rows(m_sql.list);
}

Result<std::optional<OutboxRow>> MessageQueries::find(const MessageId& id) {
    m_sql.byId.bind(sql::Blob{wl::view(id)}, 0, 0);
    WL_TRY(auto found, rows(m_sql.byId));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<std::optional<OutboxRow>> MessageQueries::findExternal(Channel channel, const std::string& externalId) {
    m_sql.byExternal.bind(externalId, static_cast<int>(channel), 0);
    WL_TRY(auto found, rows(m_sql.byExternal));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<std::vector<OutboxRow>> MessageQueries::due(Channel channel, Instant now, int limit) {
    m_sql.due.bind(static_cast<int>(channel), now.ms, limit);
    return rows(m_sql.due);
}

Result<std::vector<ChannelClaim>> MessageQueries::claims(Channel channel, Instant now) {
    auto& q = m_sql.claims;
    q.bind(static_cast<int>(channel), now.ms);
    std::vector<ChannelClaim> out;
    while (true) {
        WL_TRY(const bool row, q.step());
        if (!row) return out;
        auto origin = m_origins->idOf(q.integer(0));
        if (origin.isNull()) {
            WL_CHECK(m_origins->addNew(*m_db));
            origin = m_origins->idOf(q.integer(0));
        }
        out.push_back({origin, {static_cast<std::uint64_t>(q.integer(1))}, {q.integer(2)}});
    }
}

Result<ContactRecord> MessageQueries::contact(const PersonId& person, const std::string& address, Instant now) {
    ContactRecord out;
    const auto sentSince = [&](std::int64_t span, std::int64_t& count) -> Result<void> {
        m_sql.sent.bind(sql::Blob{wl::view(person)}, now.ms - span);
        WL_CHECK(m_sql.sent.step());
        count = m_sql.sent.integer(0);
        if (m_sql.sent.integer(1) > out.lastSentAt.ms) out.lastSentAt.ms = m_sql.sent.integer(1);
        m_sql.sent.reset();
        return {};
    };
    if (!person.isNull()) {
        WL_CHECK(sentSince(kHour, out.sentLastHour));
        WL_CHECK(sentSince(24 * kHour, out.sentLastDay));
    }
    if (!address.empty()) {
        m_sql.last.bind(address);
        WL_TRY(const bool row, m_sql.last.step());
        out.bounced = row && static_cast<MessageState>(m_sql.last.integer(0)) == MessageState::Failed &&
                      m_sql.last.text(1) == "bounced";
        m_sql.last.reset();
    }
    return out;
}

}  // namespace wl::store
