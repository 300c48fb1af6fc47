// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/person_rows.hpp"

#include <algorithm>

#include "store/incident_rows.hpp"
#include "store/packed_stamp.hpp"

namespace wl::store {
namespace {

std::string packState(const PersonState& s, const Origins& origins) {
    Packer p;
    packStamp(p, origins, s.opened);
    p.sign(s.unread);
    for (const auto& field : kPersonFields) {
        const auto& reg = s.fields[field.id];
        packStamp(p, origins, reg.stamp);
        p.number(reg.rivals.size());
        for (const auto& rival : reg.rivals) packStamp(p, origins, rival);
    }
    p.number(s.contacts.size());
    for (const auto& c : s.contacts) {
        packStamp(p, origins, c.added);
        p.number(static_cast<unsigned>(c.kind));
        p.text(c.value);
        p.text(c.label);
    }
    p.number(s.removed.size());
    for (const auto& dot : s.removed) {
        p.text(wl::view(dot.origin));  // may be of an origin that is not here yet
        p.number(dot.seq);
    }
    if (!s.judgements.empty()) packJudgements(p, s.judgements, origins);
    return p.bytes();
}

Result<void> unpackState(std::string_view bytes, PersonState& s, const Origins& origins) {
    Unpacker u(bytes);
    s.opened = unpackStamp(u, origins);
    s.unread = u.sign();
    for (const auto& field : kPersonFields) {
        auto& reg = s.fields.at(field.id);
        reg.stamp = unpackStamp(u, origins);
        for (auto n = u.number(); n > 0 && !u.bad(); --n) reg.rivals.push_back(unpackStamp(u, origins));
    }
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        Contact c;
        c.added = unpackStamp(u, origins);
        c.kind = static_cast<ContactKind>(u.number());
        c.value = u.text();
        c.label = u.text();
        s.contacts.push_back(std::move(c));
    }
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        const auto origin = idFromBytes<OriginId>(u.text());
        s.removed.insert({origin, u.number()});
    }
    if (!u.atEnd()) unpackJudgements(u, s.judgements, origins);
    if (u.bad()) return fail(ErrorKind::Corrupt, "row.person");
    return {};
}

bool isStranger(const Stamp& stamp) { return stamp.dot.seq != 0 && stamp.dot.origin.isNull(); }

bool namesAStranger(const PersonState& s) {
    if (isStranger(s.opened) || store::namesAStranger(s.judgements)) return true;
    for (const auto& field : kPersonFields) {
        const auto& reg = s.fields[field.id];
        if (isStranger(reg.stamp) || std::ranges::any_of(reg.rivals, isStranger)) return true;
    }
    return std::ranges::any_of(s.contacts, isStranger, &Contact::added);
}

}  // namespace

Result<PersonRows> PersonRows::make(sql::Database& db, Origins& origins, bool writable) {
    WL_TRY(auto select,
           Select::prepare(db, "SELECT person_id, name, language, preferred_channel, address, note, do_not_contact,"
                               " protected, state FROM person WHERE pk=?"));
    WL_TRY(auto find, Find::prepare(db, "SELECT pk FROM person WHERE person_id=?"));
    std::optional<Writing> writing;
    if (writable) {
        WL_TRY(auto upsert,
               Upsert::prepare(
                   db, "INSERT INTO person(pk, person_id, name, language, preferred_channel, address, note,"
                       " do_not_contact, protected, conflicts, state) VALUES(?,?,?,?,?,?,?,?,?,?,?)"
                       " ON CONFLICT(pk) DO UPDATE SET name=excluded.name, language=excluded.language,"
                       " preferred_channel=excluded.preferred_channel, address=excluded.address, note=excluded.note,"
                       " do_not_contact=excluded.do_not_contact, protected=excluded.protected,"
                       " conflicts=excluded.conflicts, state=excluded.state"));
        WL_TRY(auto deleteContacts, DeleteRow::prepare(db, "DELETE FROM contact WHERE pk=?"));
        WL_TRY(auto insertContact,
               InsertContact::prepare(db, "INSERT OR IGNORE INTO contact(pk, kind, value) VALUES(?,?,?)"));
        WL_TRY(auto deleteWords, DeleteRow::prepare(db, "DELETE FROM person_fts WHERE rowid=?"));
        WL_TRY(auto insertWords,
               InsertWords::prepare(db, "INSERT INTO person_fts(rowid, name, contact, address) VALUES(?,?,?,?)"));
        WL_TRY(auto deletePerson, DeleteRow::prepare(db, "DELETE FROM person WHERE pk=?"));
        WL_TRY(auto deleteLinks, DeleteRow::prepare(db, "DELETE FROM person_link WHERE pk=?"));
        WL_TRY(auto insertLink,
               InsertContact::prepare(db, "INSERT OR REPLACE INTO person_link(pk, other, judgement) VALUES(?,?,?)"));
        writing.emplace(Writing{std::move(upsert), std::move(deleteContacts), std::move(insertContact),
                                std::move(deleteWords), std::move(insertWords), std::move(deletePerson),
                                std::move(deleteLinks), std::move(insertLink)});
    }
    return PersonRows(db, origins, std::move(select), std::move(find), std::move(writing));
}

Result<PersonKey> PersonRows::find(const PersonId& id) {
    m_find.bind(sql::Blob{wl::view(id)});
    WL_TRY(const bool row, m_find.step());
    const PersonKey key{row ? m_find.integer(0) : 0};
    m_find.reset();
    return key;
}

Result<std::optional<PersonView>> PersonRows::load(PersonKey key) {
    auto& q = m_select;
    q.bind(key.value);
    WL_TRY(const bool row, q.step());
    if (!row) return std::nullopt;
    PersonView out;
    out.key = key;
    out.state.id = idFromBytes<PersonId>(q.bytes(0));
    WL_CHECK(unpackState(q.bytes(8), out.state, *m_origins));
    if (namesAStranger(out.state)) {  // an origin that joined after this reader loaded its list
        WL_CHECK(m_origins->addNew(*m_db));
        out.state = {};
        out.state.id = idFromBytes<PersonId>(q.bytes(0));
        WL_CHECK(unpackState(q.bytes(8), out.state, *m_origins));
    }
    for (const auto& field : kPersonFields) {
        const int column = field.id;
        if (q.isNull(column)) continue;
        auto& value = out.state.fields.at(field.id).value;
        if (field.type == FieldType::Text) value = q.text(column);
        else value = q.integer(column);
    }
    q.reset();
    return out;
}

Result<void> PersonRows::insert(PersonKey key, const PersonState& state) { return write(key, state); }

Result<void> PersonRows::update(PersonKey key, const PersonState& state) {
    WL_CHECK(m_writing->deleteContacts.exec(key.value));
    WL_CHECK(m_writing->deleteWords.exec(key.value));
    WL_CHECK(m_writing->deleteLinks.exec(key.value));
    return write(key, state);
}

Result<void> PersonRows::erase(PersonKey key) {
    WL_CHECK(m_writing->deleteContacts.exec(key.value));
    WL_CHECK(m_writing->deleteWords.exec(key.value));
    WL_CHECK(m_writing->deleteLinks.exec(key.value));
    return m_writing->deletePerson.exec(key.value);
}

Result<void> PersonRows::write(PersonKey key, const PersonState& state) {
    const auto packed = packState(state, *m_origins);
    auto& u = m_writing->upsert;
    u.reset();
    u.bindAt(1, key.value);
    u.bindAt(2, sql::Blob{wl::view(state.id)});
    for (const auto& field : kPersonFields) {
        const auto& value = state.fields[field.id].value;
        const int column = field.id + 2;
        if (const auto* text = std::get_if<std::string>(&value)) u.bindAt(column, *text);
        else if (const auto* number = std::get_if<std::int64_t>(&value)) u.bindAt(column, *number);
        else u.bindAt(column, sql::Null{});
    }
    u.bindAt(10, static_cast<std::int64_t>(state.fields.conflicts()));
    u.bindAt(11, sql::Blob{packed});
    WL_CHECK(u.step());
    for (const auto& mark : state.judgements.marks)
        WL_CHECK(m_writing->insertLink.exec(key.value, sql::Blob{wl::view(mark.other)},
                                            static_cast<int>(state.judgements.of(mark.other))));
    std::string contacts;
    for (const auto& c : state.contacts) {
        WL_CHECK(m_writing->insertContact.exec(key.value, static_cast<int>(c.kind), c.value));
        contacts += c.value + " ";
    }
    return m_writing->insertWords.exec(key.value, state.text(PersonField::Name), contacts,
                                       state.text(PersonField::Address));
}

}  // namespace wl::store
