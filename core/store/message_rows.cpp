// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_rows.hpp"

#include <algorithm>

#include "store/packed_stamp.hpp"

namespace wl::store {
namespace {

bool isStranger(const Stamp& stamp) { return stamp.dot.seq != 0 && stamp.dot.origin.isNull(); }

MessageStep unpackStep(Unpacker& u, const Origins& origins) {
    MessageStep step;
    step.stamp = unpackStamp(u, origins);
    step.to = static_cast<MessageState>(u.number());
    step.at.ms = u.sign();
    step.until.ms = u.sign();
    step.reason = u.text();
    step.externalId = u.text();
    return step;
}

}  // namespace

std::string packMessages(const CaseState& s, const Origins& origins) {
    if (s.messages.empty()) return {};
    Packer p;
    p.number(s.messages.size());
    for (const auto& m : s.messages) {
        p.text(wl::view(m.id));
        packStamp(p, origins, m.written);
        p.text(wl::view(m.person));
        for (const auto* text : {&m.address, &m.templateCode, &m.language, &m.event, &m.firstReason}) p.text(*text);
        for (const auto code :
             {static_cast<unsigned>(m.channel), static_cast<unsigned>(m.why), static_cast<unsigned>(m.first)})
            p.number(code);
        p.sign(m.at.ms);
        p.sign(m.firstUntil.ms);
        p.number(m.steps.size());
        for (const auto& step : m.steps) {
            packStamp(p, origins, step.stamp);
            p.number(static_cast<unsigned>(step.to));
            p.sign(step.at.ms);
            p.sign(step.until.ms);
            p.text(step.reason);
            p.text(step.externalId);
        }
    }
    return p.bytes();
}

Result<void> unpackMessages(std::string_view bytes, CaseState& s, const Origins& origins) {
    if (bytes.empty()) return {};
    Unpacker u(bytes);
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        OutMessage m;
        m.id = idFromBytes<MessageId>(u.text());
        m.written = unpackStamp(u, origins);
        m.person = idFromBytes<PersonId>(u.text());
        for (auto* text : {&m.address, &m.templateCode, &m.language, &m.event, &m.firstReason}) *text = u.text();
        m.channel = static_cast<Channel>(u.number());
        m.why = static_cast<MessageWhy>(u.number());
        m.first = static_cast<MessageState>(u.number());
        m.at.ms = u.sign();
        m.firstUntil.ms = u.sign();
        for (auto steps = u.number(); steps > 0 && !u.bad(); --steps) m.steps.push_back(unpackStep(u, origins));
        replayMessage(m);
        s.messages.push_back(std::move(m));
    }
    if (u.bad() || !u.atEnd()) return fail(ErrorKind::Corrupt, "row.message");
    return {};
}

bool messagesNameAStranger(const CaseState& s) {
    return std::ranges::any_of(s.messages, [](const OutMessage& m) {
        return isStranger(m.written) || std::ranges::any_of(m.steps, isStranger, &MessageStep::stamp);
    });
}

Result<MessageRows> MessageRows::make(sql::Database& db) {
    using One = sql::Statement<1>;
    WL_TRY(auto put, (sql::Statement<2>::prepare(db, "INSERT OR REPLACE INTO case_message(ck, state) VALUES(?,?)")));
    WL_TRY(auto drop, One::prepare(db, "DELETE FROM case_message WHERE ck=?"));
    WL_TRY(auto dropRows, One::prepare(db, "DELETE FROM message WHERE ck=?"));
    WL_TRY(auto putRow, (sql::Statement<18>::prepare(
                            db, "INSERT OR REPLACE INTO message(ck, id, oi, seq, state, written_at, state_at,"
                                " not_before, channel, person, address, why, reason, external_id, sent_at, claim_hlc,"
                                " claim_oi, claim_ends) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")));
    return MessageRows({std::move(put), std::move(drop), std::move(dropRows), std::move(putRow)});
}

Result<void> MessageRows::write(CaseKey key, const CaseState& s, const Origins& origins) {
    if (s.messages.empty()) return {};
    const auto packed = packMessages(s, origins);
    WL_CHECK(m_sql.put.exec(key.value, sql::Blob{packed}));
    for (const auto& m : s.messages) {
        if (!m.isWritten()) continue;
        auto& row = m_sql.putRow;
        row.reset();
        int column = 0;
        const auto put = [&](const auto& value) { row.bindAt(++column, value); };
        put(key.value), put(sql::Blob{wl::view(m.id)}), put(origins.indexOf(m.written.dot.origin));
        put(m.written.dot.seq), put(static_cast<int>(m.state)), put(m.at.ms), put(m.stateAt.ms), put(m.until.ms);
        put(static_cast<int>(m.channel));
        if (m.person.isNull()) put(sql::Null{});
        else put(sql::Blob{wl::view(m.person)});
        put(m.address), put(static_cast<int>(m.why)), put(m.reason), put(m.externalId), put(m.sentAt.ms);
        put(m.claimed.hlc.value), put(m.claimed.dot.seq == 0 ? 0 : origins.indexOf(m.claimed.dot.origin));
        put(m.claimEnds.ms);
        WL_CHECK(row.step());
    }
    return {};
}

Result<void> MessageRows::erase(CaseKey key) {
    WL_CHECK(m_sql.drop.exec(key.value));
    return m_sql.dropRows.exec(key.value);
}

}  // namespace wl::store
