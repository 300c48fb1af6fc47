// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/side_tables.hpp"

#include <algorithm>
#include <set>

#include "store/store.hpp"

namespace wl::store {
namespace {

std::vector<Dot> dotsOf(std::span<const StampedOp> ops, auto&& wanted) {
    std::vector<Dot> out;
    for (const auto& op : ops)
        if (wanted(op.op.body)) out.push_back(op.stamp.dot);
    std::ranges::sort(out);
    return out;
}

bool isAny(const OpBody&) { return true; }
bool isInteraction(const OpBody& body) { return std::holds_alternative<InteractionRecorded>(body); }
// One inbound message taken by two gateways is two ops and one row, so a row may be missing here.
bool isUniqueInteraction(const OpBody& body) {
    const auto* i = std::get_if<InteractionRecorded>(&body);
    return i && i->externalId.empty();
}

}  // namespace

Result<SideTables> SideTables::make(sql::Database& db, Origins& origins) {
    using Two = sql::Statement<1, 2>;
    WL_TRY(auto caseOps, Two::prepare(db, "SELECT oi, seq FROM case_op WHERE ck=?"));
    WL_TRY(auto interactions, Two::prepare(db, "SELECT oi, seq FROM interaction WHERE ck=?"));
    WL_TRY(auto personOps, Two::prepare(db, "SELECT oi, seq FROM person_op WHERE pk=?"));
    WL_TRY(auto contacts, Two::prepare(db, "SELECT kind, value FROM contact WHERE pk=?"));
    WL_TRY(auto personLinks, Two::prepare(db, "SELECT other, judgement FROM person_link WHERE pk=?"));
    WL_TRY(auto caseLinks, Two::prepare(db, "SELECT other, judgement FROM case_link WHERE ck=?"));
    WL_TRY(auto caseReports, (sql::Statement<1, 1>::prepare(db, "SELECT person FROM case_report WHERE ck=?")));
    WL_TRY(auto item, (sql::Statement<1, 4>::prepare(db, "SELECT document, hlc, oi, seq FROM item WHERE item_id=?")));
    WL_TRY(auto messages, (sql::Statement<1, 6>::prepare(db, "SELECT id, state, state_at, not_before, sent_at, address"
                                                             " FROM message WHERE ck=? ORDER BY id")));
    return SideTables(origins, {std::move(caseOps), std::move(interactions), std::move(personOps), std::move(contacts),
                                std::move(personLinks), std::move(caseLinks), std::move(caseReports), std::move(item),
                                std::move(messages)});
}

Result<bool> SideTables::links(sql::Statement<1, 2>& query, std::int64_t key, const Judgements& judgements) {
    std::set<std::pair<EntityId, std::int64_t>> rows, expected;
    query.bind(key);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        rows.emplace(idFromBytes<EntityId>(query.bytes(0)), query.integer(1));
    }
    for (const auto& mark : judgements.marks)
        expected.emplace(mark.other, static_cast<std::int64_t>(judgements.of(mark.other)));
    return rows == expected;
}

Result<bool> SideTables::incident(CaseKey key, const CaseState& state) {
    WL_TRY(const bool same, links(m_sql.caseLinks, key.value, state.judgements));
    std::set<PersonId> rows, expected;
    m_sql.caseReports.bind(key.value);
    while (true) {
        WL_TRY(const bool row, m_sql.caseReports.step());
        if (!row) break;
        rows.insert(idFromBytes<PersonId>(m_sql.caseReports.bytes(0)));
    }
    for (const auto& report : state.reports)
        if (!report.person.isNull()) expected.insert(report.person);
    return same && rows == expected;
}

Result<bool> SideTables::messages(CaseKey key, const CaseState& state) {
    auto& q = m_sql.messages;
    q.bind(key.value);
    bool same = true;
    auto expected = state.messages.begin();
    while (true) {
        WL_TRY(const bool row, q.step());
        while (expected != state.messages.end() && !expected->isWritten()) ++expected;
        if (!row) return same && expected == state.messages.end();
        if (expected == state.messages.end()) {
            same = false;
            continue;
        }
        const auto& m = *expected++;
        same = same && idFromBytes<MessageId>(q.bytes(0)) == m.id && q.integer(1) == static_cast<int>(m.state) &&
               q.integer(2) == m.stateAt.ms && q.integer(3) == m.until.ms && q.integer(4) == m.sentAt.ms &&
               q.text(5) == m.address;
    }
}

Result<std::vector<Dot>> SideTables::dots(sql::Statement<1, 2>& query, std::int64_t key) {
    std::vector<Dot> out;
    query.bind(key);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        out.push_back({m_origins->idOf(query.integer(0)), static_cast<std::uint64_t>(query.integer(1))});
    }
    std::ranges::sort(out);
    return out;
}

Result<bool> SideTables::history(CaseKey key, std::span<const StampedOp> ops) {
    WL_TRY(const auto index, dots(m_sql.caseOps, key.value));
    if (index != dotsOf(ops, isAny)) return false;
    WL_TRY(const auto rows, dots(m_sql.interactions, key.value));
    return std::ranges::includes(dotsOf(ops, isInteraction), rows) &&
           std::ranges::includes(rows, dotsOf(ops, isUniqueInteraction));
}

Result<bool> SideTables::person(PersonKey key, const PersonState& state, std::span<const StampedOp> ops) {
    WL_TRY(const auto index, dots(m_sql.personOps, key.value));
    if (index != dotsOf(ops, isAny)) return false;
    std::set<std::pair<std::int64_t, std::string>> rows, expected;
    m_sql.contacts.bind(key.value);
    while (true) {
        WL_TRY(const bool row, m_sql.contacts.step());
        if (!row) break;
        rows.emplace(m_sql.contacts.integer(0), m_sql.contacts.text(1));
    }
    for (const auto& contact : state.contacts) expected.emplace(static_cast<std::int64_t>(contact.kind), contact.value);
    if (rows != expected) return false;
    return links(m_sql.personLinks, key.value, state.judgements);
}

Result<bool> SideTables::item(std::span<const StampedOp> ops) {
    const auto& last = *std::ranges::max_element(ops, {}, &StampedOp::stamp);
    const auto& body = std::get<CatalogueItemPublished>(last.op.body);
    const auto id = itemId(body.kind, body.code);
    m_sql.item.bind(sql::Blob{view(id)});
    WL_TRY(const bool row, m_sql.item.step());
    if (!row) return false;
    const Stamp stamp{{static_cast<std::uint64_t>(m_sql.item.integer(1))},
                      {m_origins->idOf(m_sql.item.integer(2)), static_cast<std::uint64_t>(m_sql.item.integer(3))}};
    const bool same = m_sql.item.bytes(0) == body.document && stamp == last.stamp;
    m_sql.item.reset();
    return same;
}

}  // namespace wl::store
