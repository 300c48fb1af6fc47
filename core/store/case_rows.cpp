// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/case_rows.hpp"

#include <algorithm>

#include "domain/case_number.hpp"
#include "store/packed_stamp.hpp"
#include "store/schema.hpp"

namespace wl::store {
namespace {

std::string columnList(Home home, bool includingOnce, const char* suffix) {
    std::string out;
    for (const auto& field : kCaseFields)
        if (field.home == home && field.type != FieldType::Point && (includingOnce || field.merge != MergeRule::Once))
            out += ", " + std::string(field.name) + suffix;
    return out;
}

std::string marks(int count) {
    std::string out = "?";
    for (int i = 1; i < count; ++i) out += ",?";
    return out;
}

// The opening stamp, then only the fields that were written since.
std::string packClocks(const CaseState& s, const Origins& origins) {
    Packer p;
    packStamp(p, origins, s.opened);
    for (const auto& field : kCaseFields) {
        const auto& reg = s.fields[field.id];
        if (reg.stamp == s.opened && reg.rivals.empty()) continue;
        p.number(field.id);
        packStamp(p, origins, reg.stamp);
        p.number(reg.rivals.size());
        for (const auto& rival : reg.rivals) packStamp(p, origins, rival);
    }
    return p.bytes();
}

Result<void> unpackClocks(std::string_view bytes, CaseState& s, const Origins& origins) {
    Unpacker u(bytes);
    s.opened = unpackStamp(u, origins);
    for (const auto& field : kCaseFields) s.fields.at(field.id).stamp = s.opened;
    while (!u.atEnd() && !u.bad()) {
        const auto id = u.number();
        if (id < 1 || id > kCaseFields.size()) return fail(ErrorKind::Corrupt, "row.clk");
        auto& reg = s.fields.at(static_cast<std::uint8_t>(id));
        reg.stamp = unpackStamp(u, origins);
        for (auto n = u.number(); n > 0 && !u.bad(); --n) reg.rivals.push_back(unpackStamp(u, origins));
    }
    if (u.bad()) return fail(ErrorKind::Corrupt, "row.clk");
    return {};
}

std::string packHistory(const CaseState& s, const Origins& origins) {
    Packer p;
    for (const auto& event : s.history) {
        packStamp(p, origins, event.stamp);
        p.sign(event.at.ms);
        p.number(static_cast<unsigned>(event.from) * 16U + static_cast<unsigned>(event.to));
        p.number((event.effective ? 1U : 0U) | (event.undone ? 2U : 0U) | (event.takesBack != 0 ? 4U : 0U) |
                 (event.until ? 8U : 0U));
        if (event.takesBack != 0) p.number(event.takesBack);
        if (event.until) p.sign(event.until.ms);
        p.text(event.reason);
    }
    return p.bytes();
}

Result<void> unpackHistory(std::string_view bytes, CaseState& s, const Origins& origins) {
    Unpacker u(bytes);
    while (!u.atEnd() && !u.bad()) {
        StatusEvent event;
        event.stamp = unpackStamp(u, origins);
        event.at.ms = u.sign();
        const auto steps = u.number();
        event.from = static_cast<Status>((steps / 16) & 7U);
        event.to = static_cast<Status>(steps & 7U);
        const auto flags = u.number();
        event.effective = (flags & 1U) != 0;
        event.undone = (flags & 2U) != 0;
        if ((flags & 4U) != 0) event.takesBack = u.number();
        if ((flags & 8U) != 0) event.until.ms = u.sign();
        event.reason = u.text();
        s.history.push_back(std::move(event));
    }
    if (u.bad()) return fail(ErrorKind::Corrupt, "row.history");
    return {};
}

// Hand-offs, then escalations; nothing where there are none.
std::string packDuty(const CaseState& s, const Origins& origins) {
    Packer p;
    if (s.handOffs.empty() && s.escalations.empty()) return {};
    p.number(s.handOffs.size());
    for (const auto& h : s.handOffs) {
        p.number(static_cast<std::uint64_t>(origins.indexOf(h.offer.origin)));
        p.number(h.offer.seq);
        packStamp(p, origins, h.stamp), packStamp(p, origins, h.answered);
        p.text(h.department), p.text(h.crew), p.number(static_cast<unsigned>(h.answer));
        p.sign(h.at.ms), p.sign(h.limit.ms), p.sign(h.answeredAt.ms);
    }
    for (const auto& e : s.escalations) {
        p.text(e.key), packStamp(p, origins, e.raised), packStamp(p, origins, e.acknowledged);
        p.text(e.ladder), p.sign(e.level), p.text(e.to), p.text(e.person);
        p.sign(e.due.ms), p.sign(e.at.ms), p.sign(e.acknowledgedAt.ms);
    }
    return p.bytes();
}

Result<void> unpackDuty(std::string_view bytes, CaseState& s, const Origins& origins) {
    if (bytes.empty()) return {};
    Unpacker u(bytes);
    for (auto n = u.number(); n > 0 && !u.bad(); --n) {
        HandOff h;
        h.offer.origin = origins.idOf(static_cast<std::int64_t>(u.number()));
        h.offer.seq = u.number();
        h.stamp = unpackStamp(u, origins), h.answered = unpackStamp(u, origins);
        h.department = u.text(), h.crew = u.text();
        h.answer = static_cast<HandOffAnswer>(u.number());
        h.at.ms = u.sign(), h.limit.ms = u.sign(), h.answeredAt.ms = u.sign();
        s.handOffs.push_back(std::move(h));
    }
    while (!u.atEnd() && !u.bad()) {
        Escalation e;
        e.key = u.text();
        e.raised = unpackStamp(u, origins), e.acknowledged = unpackStamp(u, origins);
        e.ladder = u.text(), e.level = u.sign(), e.to = u.text(), e.person = u.text();
        e.due.ms = u.sign(), e.at.ms = u.sign(), e.acknowledgedAt.ms = u.sign();
        s.escalations.push_back(std::move(e));
    }
    if (u.bad()) return fail(ErrorKind::Corrupt, "row.duty");
    std::ranges::sort(s.handOffs, {}, &HandOff::offer);
    return {};
}

bool isStranger(const Stamp& stamp) { return stamp.dot.seq != 0 && stamp.dot.origin.isNull(); }

bool namesAStranger(const CaseState& s) {
    if (isStranger(s.opened)) return true;
    for (const auto& field : kCaseFields) {
        const auto& reg = s.fields[field.id];
        if (isStranger(reg.stamp) || std::ranges::any_of(reg.rivals, isStranger)) return true;
    }
    for (const auto& h : s.handOffs)
        if (h.offer.origin.isNull() || isStranger(h.stamp) || isStranger(h.answered)) return true;
    for (const auto& e : s.escalations)
        if (isStranger(e.raised) || isStranger(e.acknowledged)) return true;
    if (incidentNamesAStranger(s) || messagesNameAStranger(s)) return true;
    return std::ranges::any_of(s.history, [](const StatusEvent& event) { return isStranger(event.stamp); });
}

std::string searchText(const CaseState& s) { return s.text(CaseField::Title) + " " + s.text(CaseField::Description); }
std::string searchPlace(const CaseState& s) {
    return s.text(CaseField::Address) + " " + s.text(CaseField::LocationNote) + " " + s.text(CaseField::Zipcode);
}

bool sameText(const CaseState& a, const CaseState& b) {
    for (const auto field :
         {CaseField::Title, CaseField::Description, CaseField::Address, CaseField::LocationNote, CaseField::Zipcode})
        if (a.value(field) != b.value(field)) return false;
    return true;
}

}  // namespace

Result<CaseLoader> CaseLoader::make(sql::Database& db, Origins& origins, Terms& terms) {
    WL_TRY(
        auto select,
        Select::prepare(
            db,
            "SELECT c.ck, case_id, number, status, reason, updated_at, closed_at, due_at, warn_at, respond_due_at,"
            " paused, settled, conflicts, fold_ver, lat, lon, paused_until, alarm_at, stalled, escalated, offered_to" +
                columnList(Home::Narrow, true, "") +
                ", t.ck, clk, history, status_at, acknowledged_at, first_response_at, work_done_at, last_inbound_at,"
                " reopened, interactions, unread, duty, status_until, last_outbound_at, waiting_since" +
                columnList(Home::Wide, true, "") +
                ", i.state, m.state FROM cases c JOIN case_text t ON t.ck=c.ck LEFT JOIN case_incident i ON i.ck=c.ck"
                " LEFT JOIN case_message m ON m.ck=c.ck WHERE c.ck=?"));
    return CaseLoader(db, origins, terms, std::move(select));
}

Result<std::optional<CaseDetail>> CaseLoader::load(CaseKey key) {
    auto& q = m_select;
    q.bind(key.value);
    WL_TRY(const bool row, q.step());
    if (!row) return std::nullopt;
    CaseDetail out;
    auto& s = out.state;
    out.key = key;
    s.id = idFromBytes<CaseId>(q.bytes(1));
    out.number = q.text(2);
    const auto status = q.integer(3);
    s.status = status == kNotOpenedYet ? Status::New : static_cast<Status>(status);
    WL_TRY(s.statusReason, m_terms->text(*m_db, q.integer(4)));
    s.updatedAt.ms = q.integer(5);
    s.closedAt.ms = q.integer(6);
    out.clock = {{q.integer(9)},
                 {q.integer(7)},
                 {q.integer(8)},
                 q.integer(10) != 0,
                 static_cast<SlaState>(q.integer(11)),
                 {q.integer(16)},
                 {q.integer(17)},
                 static_cast<std::uint8_t>(q.integer(18)),
                 static_cast<std::uint8_t>(q.integer(19))};
    const int wide = kNarrowColumns;
    WL_CHECK(unpackClocks(q.bytes(wide + 1), s, *m_origins));
    WL_CHECK(unpackHistory(q.bytes(wide + 2), s, *m_origins));
    WL_CHECK(unpackDuty(q.bytes(wide + 11), s, *m_origins));
    constexpr int incident = kNarrowColumns + kWideColumns;
    WL_CHECK(unpackIncident(q.bytes(incident), s, *m_origins));
    WL_CHECK(unpackMessages(q.bytes(incident + 1), s, *m_origins));
    if (namesAStranger(s)) {  // an origin that joined after this reader loaded its list
        WL_CHECK(m_origins->addNew(*m_db));
        s.fields = CaseState().fields;
        s.history.clear(), s.handOffs.clear(), s.escalations.clear(), s.reports.clear();
        s.messages.clear();
        s.judgements = {};
        WL_CHECK(unpackClocks(q.bytes(wide + 1), s, *m_origins));
        WL_CHECK(unpackHistory(q.bytes(wide + 2), s, *m_origins));
        WL_CHECK(unpackDuty(q.bytes(wide + 11), s, *m_origins));
        WL_CHECK(unpackIncident(q.bytes(incident), s, *m_origins));
        WL_CHECK(unpackMessages(q.bytes(incident + 1), s, *m_origins));
    }
    s.statusAt.ms = q.integer(wide + 3);
    s.acknowledgedAt.ms = q.integer(wide + 4);
    s.firstResponseAt.ms = q.integer(wide + 5);
    s.workDoneAt.ms = q.integer(wide + 6);
    s.lastInboundAt.ms = q.integer(wide + 7);
    s.reopenedCount = q.integer(wide + 8);
    s.interactionCount = q.integer(wide + 9);
    s.unread = q.integer(wide + 10);
    s.statusUntil.ms = q.integer(wide + 12);
    s.lastOutboundAt.ms = q.integer(wide + 13);
    s.waitingSince.ms = q.integer(wide + 14);
    int narrowColumn = kNarrowFixed, wideColumn = wide + kWideFixed;
    for (const auto& field : kCaseFields) {
        auto& value = s.fields.at(field.id).value;
        if (field.type == FieldType::Point) {
            if (!q.isNull(14))
                value = GeoPoint{static_cast<std::int32_t>(q.integer(14)), static_cast<std::int32_t>(q.integer(15))};
            continue;
        }
        const int column = field.home == Home::Narrow ? narrowColumn++ : wideColumn++;
        if (q.isNull(column)) continue;
        switch (field.type) {
            case FieldType::Int:
            case FieldType::Time: value = q.integer(column); break;
            case FieldType::Text: value = q.text(column); break;
            case FieldType::Entity: value = idFromBytes<EntityId>(q.bytes(column)); break;
            case FieldType::Code: {
                WL_TRY(value, m_terms->text(*m_db, q.integer(column)));
                break;
            }
            case FieldType::Point: break;
        }
    }
    q.reset();
    return out;
}

Result<CaseWriter> CaseWriter::make(sql::Database& db, Origins& origins, Terms& terms) {
    WL_TRY(auto insertNarrow,
           InsertNarrow::prepare(
               db, "INSERT INTO cases(ck, case_id, number, status, reason, updated_at, closed_at, due_at, warn_at,"
                   " respond_due_at, paused, settled, conflicts, fold_ver, lat, lon, paused_until, alarm_at, stalled,"
                   " escalated, offered_to" +
                       columnList(Home::Narrow, true, "") + ") VALUES(" + marks(kNarrowColumns) + ")"));
    WL_TRY(auto insertWide,
           InsertWide::prepare(
               db,
               "INSERT INTO case_text(ck, clk, history, status_at, acknowledged_at, first_response_at, work_done_at,"
               " last_inbound_at, reopened, interactions, unread, duty, status_until, last_outbound_at, waiting_since" +
                   columnList(Home::Wide, true, "") + ") VALUES(" + marks(kWideColumns) + ")"));
    WL_TRY(auto updateNarrow,
           UpdateNarrow::prepare(db,
                                 "UPDATE cases SET status=?, reason=?, updated_at=?, closed_at=?, due_at=?, warn_at=?,"
                                 " respond_due_at=?, paused=?, settled=?, conflicts=?, fold_ver=?, lat=?, lon=?,"
                                 " paused_until=?, alarm_at=?, stalled=?, escalated=?, offered_to=?" +
                                     columnList(Home::Narrow, false, "=?") + " WHERE ck=?"));
    WL_TRY(auto updateWide,
           UpdateWide::prepare(
               db, "UPDATE case_text SET clk=?, history=?, status_at=?, acknowledged_at=?, first_response_at=?,"
                   " work_done_at=?, last_inbound_at=?, reopened=?, interactions=?, unread=?, duty=?, status_until=?,"
                   " last_outbound_at=?, waiting_since=?" +
                       columnList(Home::Wide, false, "=?") + " WHERE ck=?"));
    WL_TRY(auto updateClock,
           UpdateClock::prepare(
               db, "UPDATE cases SET due_at=?, warn_at=?, respond_due_at=?, paused=?, settled=?, paused_until=?,"
                   " alarm_at=?, stalled=?, escalated=? WHERE ck=?"));
    WL_TRY(auto insertText,
           InsertText::prepare(db, "INSERT INTO case_fts(rowid, text, address, extra) VALUES(?,?,?,?)"));
    WL_TRY(auto deleteText, DeleteRow::prepare(db, "DELETE FROM case_fts WHERE rowid=?"));
    WL_TRY(auto insertPlace, InsertPlace::prepare(db, "INSERT OR IGNORE INTO case_place VALUES(?,?,?,?)"));
    WL_TRY(auto deletePlace, DeletePlace::prepare(db, "DELETE FROM case_place WHERE cell=? AND ck=?"));
    WL_TRY(auto incidents, IncidentRows::make(db));
    WL_TRY(auto messages, MessageRows::make(db));
    return CaseWriter(db, origins, terms,
                      {std::move(insertNarrow), std::move(insertWide), std::move(updateNarrow), std::move(updateWide),
                       std::move(updateClock), std::move(insertText), std::move(deleteText), std::move(insertPlace),
                       std::move(deletePlace)},
                      std::move(incidents), std::move(messages));
}

template <class S>
Result<void> CaseWriter::bindFields(S& statement, int& column, const CaseState& state, Home home, bool includingOnce) {
    for (const auto& field : kCaseFields) {
        if (field.home != home || field.type == FieldType::Point || (!includingOnce && field.merge == MergeRule::Once))
            continue;
        const auto& value = state.fields[field.id].value;
        const int at = ++column;
        if (!isSet(value)) {
            statement.bindAt(at, sql::Null{});
        } else if (field.type == FieldType::Code) {
            WL_TRY(const auto term, m_terms->intern(*m_db, asText(value)));
            statement.bindAt(at, term);
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            statement.bindAt(at, *number);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            statement.bindAt(at, *text);
        } else if (const auto* entity = std::get_if<EntityId>(&value)) {
            statement.bindAt(at, sql::Blob{wl::view(*entity)});
        }
    }
    return {};
}

Result<std::int64_t> CaseWriter::offerTerm(const CaseState& s) {
    const auto* offer = s.pendingHandOff();
    if (offer == nullptr) return 0;
    WL_TRY(const auto term, m_terms->intern(*m_db, offer->department));
    return term;
}

Result<void> CaseWriter::insert(CaseKey key, const CaseState& s, const DerivedCase& clock) {
    const auto number = caseNumber(s.id);
    WL_TRY(const auto reason, m_terms->intern(*m_db, s.statusReason));
    const auto clocks = packClocks(s, *m_origins);
    const auto history = packHistory(s, *m_origins);
    const auto duty = packDuty(s, *m_origins);
    WL_TRY(const auto offeredTo, offerTerm(s));
    const auto* place = std::get_if<GeoPoint>(&s.value(CaseField::Position));

    auto& n = m_sql.insertNarrow;
    n.reset();
    int column = 0;
    const auto put = [&](auto& statement, const auto& value) { statement.bindAt(++column, value); };
    put(n, key.value), put(n, sql::Blob{wl::view(s.id)}), put(n, number);
    put(n, s.isOpenedYet() ? static_cast<int>(s.status) : kNotOpenedYet), put(n, reason), put(n, s.updatedAt.ms);
    put(n, s.closedAt.ms), put(n, clock.due.ms), put(n, clock.warn.ms), put(n, clock.respondDue.ms),
        put(n, clock.paused ? 1 : 0);
    put(n, static_cast<int>(clock.settled)), put(n, static_cast<std::int64_t>(s.fields.conflicts())),
        put(n, kFoldVersion);
    if (place) {
        put(n, place->latE7), put(n, place->lonE7);
    } else {
        put(n, sql::Null{}), put(n, sql::Null{});
    }
    put(n, clock.pausedUntil.ms), put(n, clock.alarm.ms), put(n, static_cast<int>(clock.stalled)),
        put(n, static_cast<int>(clock.escalated)), put(n, offeredTo);
    WL_CHECK(bindFields(n, column, s, Home::Narrow, true));
    WL_CHECK(n.step());

    auto& w = m_sql.insertWide;
    w.reset();
    column = 0;
    put(w, key.value), put(w, sql::Blob{clocks}), put(w, sql::Blob{history}), put(w, s.statusAt.ms),
        put(w, s.acknowledgedAt.ms);
    put(w, s.firstResponseAt.ms), put(w, s.workDoneAt.ms), put(w, s.lastInboundAt.ms), put(w, s.reopenedCount);
    put(w, s.interactionCount), put(w, s.unread), put(w, sql::Blob{duty}), put(w, s.statusUntil.ms);
    put(w, s.lastOutboundAt.ms), put(w, s.waitingSince.ms);
    WL_CHECK(bindFields(w, column, s, Home::Wide, true));
    WL_CHECK(w.step());
    WL_CHECK(indexText(key, s));
    WL_CHECK(m_incidents.write(key, s, *m_origins));
    WL_CHECK(m_messages.write(key, s, *m_origins));
    return indexPlace(key, s);
}

Result<void> CaseWriter::update(CaseKey key, const CaseState& before, const CaseState& s, const DerivedCase& clock) {
    // A row that was a place-holder, or whose opening op is another one now, is put in its place anew: fields that are
    // set once are not among the updated ones.
    if (!before.isOpenedYet() || before.opened != s.opened) {
        WL_CHECK(erase(key, before));
        return insert(key, s, clock);
    }
    WL_TRY(const auto reason, m_terms->intern(*m_db, s.statusReason));
    const auto clocks = packClocks(s, *m_origins);
    const auto history = packHistory(s, *m_origins);
    const auto duty = packDuty(s, *m_origins);
    WL_TRY(const auto offeredTo, offerTerm(s));
    const auto* place = std::get_if<GeoPoint>(&s.value(CaseField::Position));

    auto& n = m_sql.updateNarrow;
    n.reset();
    int column = 0;
    const auto put = [&](auto& statement, const auto& value) { statement.bindAt(++column, value); };
    put(n, static_cast<int>(s.status)), put(n, reason), put(n, s.updatedAt.ms), put(n, s.closedAt.ms),
        put(n, clock.due.ms);
    put(n, clock.warn.ms), put(n, clock.respondDue.ms), put(n, clock.paused ? 1 : 0),
        put(n, static_cast<int>(clock.settled));
    put(n, static_cast<std::int64_t>(s.fields.conflicts())), put(n, kFoldVersion);
    if (place) {
        put(n, place->latE7), put(n, place->lonE7);
    } else {
        put(n, sql::Null{}), put(n, sql::Null{});
    }
    put(n, clock.pausedUntil.ms), put(n, clock.alarm.ms), put(n, static_cast<int>(clock.stalled)),
        put(n, static_cast<int>(clock.escalated)), put(n, offeredTo);
    WL_CHECK(bindFields(n, column, s, Home::Narrow, false));
    put(n, key.value);
    WL_CHECK(n.step());

    auto& w = m_sql.updateWide;
    w.reset();
    column = 0;
    put(w, sql::Blob{clocks}), put(w, sql::Blob{history}), put(w, s.statusAt.ms), put(w, s.acknowledgedAt.ms);
    put(w, s.firstResponseAt.ms), put(w, s.workDoneAt.ms), put(w, s.lastInboundAt.ms), put(w, s.reopenedCount);
    put(w, s.interactionCount), put(w, s.unread), put(w, sql::Blob{duty}), put(w, s.statusUntil.ms);
    put(w, s.lastOutboundAt.ms), put(w, s.waitingSince.ms);
    WL_CHECK(bindFields(w, column, s, Home::Wide, false));
    put(w, key.value);
    WL_CHECK(w.step());

    if (before.reports != s.reports || before.reportsLeft != s.reportsLeft || before.judgements != s.judgements) {
        WL_CHECK(m_incidents.erase(key));
        WL_CHECK(m_incidents.write(key, s, *m_origins));
    }
    if (before.messages != s.messages) {
        WL_CHECK(m_messages.erase(key));
        WL_CHECK(m_messages.write(key, s, *m_origins));
    }
    if (!sameText(before, s)) {
        WL_CHECK(m_sql.deleteText.exec(key.value));
        WL_CHECK(indexText(key, s));
    }
    if (before.value(CaseField::Position) != s.value(CaseField::Position)) {
        WL_CHECK(unindexPlace(key, before));
        WL_CHECK(indexPlace(key, s));
    }
    return {};
}

Result<void> CaseWriter::erase(CaseKey key, const CaseState& s) {
    const auto row = std::to_string(key.value);
    WL_CHECK(m_db->run("DELETE FROM cases WHERE ck=" + row + "; DELETE FROM case_text WHERE ck=" + row));
    WL_CHECK(m_sql.deleteText.exec(key.value));
    WL_CHECK(m_incidents.erase(key));
    WL_CHECK(m_messages.erase(key));
    return unindexPlace(key, s);
}

Result<void> CaseWriter::updateClock(CaseKey key, const DerivedCase& clock) {
    return m_sql.updateClock.exec(clock.due.ms, clock.warn.ms, clock.respondDue.ms, clock.paused ? 1 : 0,
                                  static_cast<int>(clock.settled), clock.pausedUntil.ms, clock.alarm.ms,
                                  static_cast<int>(clock.stalled), static_cast<int>(clock.escalated), key.value);
}

Result<void> CaseWriter::indexText(CaseKey key, const CaseState& s) {
    return m_sql.insertText.exec(key.value, searchText(s), searchPlace(s), s.text(CaseField::ExternalId));
}

Result<void> CaseWriter::indexPlace(CaseKey key, const CaseState& s) {
    const auto* place = std::get_if<GeoPoint>(&s.value(CaseField::Position));
    if (!place) return {};
    return m_sql.insertPlace.exec(PlaceCell::of(*place), key.value, place->latE7, place->lonE7);
}

Result<void> CaseWriter::unindexPlace(CaseKey key, const CaseState& s) {
    const auto* place = std::get_if<GeoPoint>(&s.value(CaseField::Position));
    if (!place) return {};
    return m_sql.deletePlace.exec(PlaceCell::of(*place), key.value);
}

}  // namespace wl::store
