// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/projector.hpp"

#include <algorithm>

#include "domain/crypto.hpp"

namespace wl::store {
namespace {

std::string externalKey(const std::string& source, const std::string& externalId) { return source + '\n' + externalId; }

std::uint64_t maskOf(const OpBody& body) {
    std::uint64_t mask = 0;
    const auto addFields = [&](const FieldValues& fields) {
        for (const auto& [id, value] : fields) mask |= std::uint64_t{1} << id;
    };
    if (const auto* opened = std::get_if<CaseOpened>(&body)) {
        addFields(opened->fields);
        mask |= kOpenedCase | kChangedStatus;
    } else if (const auto* edited = std::get_if<CaseEdited>(&body)) {
        addFields(edited->fields);
        if (mask == 0) mask = kChangedInteractions;  // nothing that can be read here, but a line of history
    } else if (std::holds_alternative<CaseStatusChanged>(body)) {
        mask |= kChangedStatus;
    } else if (std::holds_alternative<HandOffOffered>(body) || std::holds_alternative<HandOffAnswered>(body)) {
        mask |= kChangedHandOff;
    } else if (std::holds_alternative<EscalationRaised>(body) || std::holds_alternative<EscalationAcknowledged>(body)) {
        mask |= kChangedEscalation;
    } else {
        mask |= kChangedInteractions;
    }
    return mask;
}

Result<std::int64_t> nextKey(sql::Database& db, const char* table, const char* column) {
    WL_TRY(auto query,
           (sql::Statement<0, 1>::prepare(db, std::string("SELECT coalesce(max(") + column + "),0)+1 FROM " + table)));
    WL_CHECK(query.step());
    return query.integer(0);
}

// Whether every op was read with its key at hand. Not so where the key came after, with an op that waits for its hour.
bool allRead(const std::vector<StampedOp>& ops) {
    return std::ranges::none_of(ops, [](const StampedOp& item) { return item.op.locked > 0; });
}

}  // namespace

EntityFamily familyOf(const OpBody& body) {
    if (std::holds_alternative<CatalogueItemPublished>(body)) return EntityFamily::Item;
    switch (static_cast<OpKind>(std::min<std::uint64_t>(kindNumber(body), 255))) {
        case OpKind::PersonOpened:
        case OpKind::PersonEdited:
        case OpKind::PersonContactAdded:
        case OpKind::PersonContactRemoved:
        case OpKind::PersonsJudged: return EntityFamily::Person;
        case OpKind::CatalogueItemPublished:
        case OpKind::CaseOpened:
        case OpKind::CaseEdited:
        case OpKind::CaseStatusChanged:
        case OpKind::InteractionRecorded:
        case OpKind::HandOffOffered:
        case OpKind::HandOffAnswered:
        case OpKind::EscalationRaised:
        case OpKind::EscalationAcknowledged:
        case OpKind::ReportJoined:
        case OpKind::ReportsLeft:
        case OpKind::CasesJudged:
        case OpKind::MessageWritten:
        case OpKind::MessageMoved: break;
    }
    return EntityFamily::Case;
}

EntityId itemId(std::string_view kind, std::string_view code) {
    const auto hash = blake2b({"item", kind, "\n", code});
    return idFromBytes<EntityId>(wl::view(hash).substr(0, 16));
}

Result<Projector> Projector::make(sql::Database& db, Origins& origins, Terms& terms, KeyRing& keys) {
    WL_TRY(auto loader, CaseLoader::make(db, origins, terms));
    WL_TRY(auto writer, CaseWriter::make(db, origins, terms));
    WL_TRY(auto persons, PersonRows::make(db, origins, true));
    WL_TRY(auto log, LogReader::make(db, origins));
    WL_TRY(auto findCase, (sql::Statement<1, 1>::prepare(db, "SELECT ck FROM cases WHERE case_id=?")));
    WL_TRY(auto findExternal,
           (sql::Statement<2, 1>::prepare(db, "SELECT ck FROM case_text WHERE external_id=? AND source=?")));
    WL_TRY(auto findInteraction,
           (sql::Statement<2, 1>::prepare(db, "SELECT ck FROM interaction WHERE channel=? AND external_id=?")));
    WL_TRY(auto insertCaseOp, (sql::Statement<5>::prepare(db, "INSERT INTO case_op VALUES(?,?,?,?,?)")));
    WL_TRY(auto insertPersonOp, (sql::Statement<5>::prepare(db, "INSERT INTO person_op VALUES(?,?,?,?,?)")));
    WL_TRY(auto insertItemOp, (sql::Statement<5>::prepare(db, "INSERT INTO item_op VALUES(?,?,?,?,?)")));
    // A second copy of one inbound message, taken by another gateway, is in the log but makes no second interaction.
    WL_TRY(auto insertInteraction,
           (sql::Statement<8>::prepare(
               db, "INSERT OR IGNORE INTO interaction(ck, oi, seq, at, channel, direction, external_id, person)"
                   " VALUES(?,?,?,?,?,?,?,?)")));
    WL_TRY(auto caseOps,
           (sql::Statement<1, 3>::prepare(db, "SELECT hlc, oi, seq FROM case_op WHERE ck=? ORDER BY hlc, oi, seq")));
    WL_TRY(auto personOps,
           (sql::Statement<1, 3>::prepare(db, "SELECT hlc, oi, seq FROM person_op WHERE pk=? ORDER BY hlc, oi, seq")));
    WL_TRY(auto findItem, (sql::Statement<1, 4>::prepare(db, "SELECT ik, hlc, oi, seq FROM item WHERE item_id=?")));
    WL_TRY(auto insertItem,
           (sql::Statement<7>::prepare(
               db, "INSERT INTO item(item_id, kind, code, document, hlc, oi, seq) VALUES(?,?,?,?,?,?,?)")));
    WL_TRY(auto updateItem,
           (sql::Statement<5>::prepare(db, "UPDATE item SET document=?, hlc=?, oi=?, seq=? WHERE ik=?")));
    const auto dropOp = [&](const char* table, const char* column) {
        return sql::Statement<4>::prepare(db, std::string("DELETE FROM ") + table + " WHERE " + column +
                                                  "=? AND hlc=? AND oi=? AND seq=?");
    };
    WL_TRY(auto deleteCaseOp, dropOp("case_op", "ck"));
    WL_TRY(auto deletePersonOp, dropOp("person_op", "pk"));
    WL_TRY(auto deleteItemOp, dropOp("item_op", "ik"));
    WL_TRY(auto deleteInteraction,
           (sql::Statement<3>::prepare(db, "DELETE FROM interaction WHERE ck=? AND oi=? AND seq=?")));
    WL_TRY(auto findRecorded,
           (sql::Statement<3, 1>::prepare(db, "SELECT id FROM interaction WHERE ck=? AND oi=? AND seq=?")));
    WL_TRY(auto itemOps,
           (sql::Statement<1, 3>::prepare(db, "SELECT hlc, oi, seq FROM item_op WHERE ik=? ORDER BY hlc, oi, seq")));
    WL_TRY(auto deleteItem, (sql::Statement<1>::prepare(db, "DELETE FROM item WHERE ik=?")));
    WL_TRY(const auto nextCase, nextKey(db, "cases", "ck"));
    WL_TRY(const auto nextPerson, nextKey(db, "person", "pk"));
    Projector out(db, origins, terms, keys, std::move(loader), std::move(writer), std::move(persons), std::move(log),
                  {std::move(findCase), std::move(findExternal), std::move(findInteraction), std::move(insertCaseOp),
                   std::move(insertPersonOp), std::move(insertItemOp), std::move(insertInteraction), std::move(caseOps),
                   std::move(personOps), std::move(findItem), std::move(insertItem), std::move(updateItem),
                   std::move(deleteCaseOp), std::move(deletePersonOp), std::move(deleteItemOp),
                   std::move(deleteInteraction), std::move(findRecorded), std::move(itemOps), std::move(deleteItem)});
    out.m_nextCase = nextCase;
    out.m_nextPerson = nextPerson;
    return out;
}

void Projector::discard() {
    m_cases.clear();
    m_persons.clear();
    m_caseKeys.clear();
    m_external.clear();
    m_catalogueChanged = false;
    m_log.forget();
    // Numbers handed out in a transaction that was rolled back stay unused: gaps in local keys mean nothing.
}

Result<CaseKey> Projector::findCase(const CaseId& id) {
    if (const auto known = m_caseKeys.find(id); known != m_caseKeys.end()) return known->second;
    m_sql.findCase.bind(sql::Blob{wl::view(id)});
    WL_TRY(const bool row, m_sql.findCase.step());
    const CaseKey key{row ? m_sql.findCase.integer(0) : 0};
    m_sql.findCase.reset();
    return key;
}

Result<CaseKey> Projector::findExternal(const std::string& source, const std::string& externalId) {
    if (const auto known = m_external.find(externalKey(source, externalId)); known != m_external.end())
        return known->second;
    const auto term = m_terms->find(source);
    if (term < 0) return CaseKey{};
    m_sql.findExternal.bind(externalId, term);
    WL_TRY(const bool row, m_sql.findExternal.step());
    const CaseKey key{row ? m_sql.findExternal.integer(0) : 0};
    m_sql.findExternal.reset();
    return key;
}

Result<CaseKey> Projector::findInteraction(Channel channel, const std::string& externalId) {
    m_sql.findInteraction.bind(static_cast<int>(channel), externalId);
    WL_TRY(const bool row, m_sql.findInteraction.step());
    const CaseKey key{row ? m_sql.findInteraction.integer(0) : 0};
    m_sql.findInteraction.reset();
    return key;
}

Result<const CaseDetail*> Projector::caseOf(CaseKey key) {
    if (const auto known = m_cases.find(key); known != m_cases.end()) {
        WL_CHECK(settle(*known->second));
        return &known->second->now;
    }
    WL_TRY(auto loaded, m_loader.load(key));
    if (!loaded) return nullptr;
    auto touched = std::make_unique<TouchedCase>();
    touched->before = loaded->state;
    touched->now = std::move(*loaded);
    touched->exists = true;
    m_caseKeys[touched->now.state.id] = key;
    return &(m_cases[key] = std::move(touched))->now;
}

Result<const CaseDetail*> Projector::caseOf(const CaseId& id) {
    WL_TRY(const auto key, findCase(id));
    if (!key) return nullptr;
    return caseOf(key);
}

Result<const PersonView*> Projector::personOf(const PersonId& id) {
    if (const auto known = m_persons.find(id); known != m_persons.end()) {
        WL_CHECK(settle(*known->second));
        return &known->second->now;
    }
    WL_TRY(const auto key, m_personRows.find(id));
    if (!key) return nullptr;
    WL_TRY(auto* touched, touchPerson(id, false));
    return &touched->now;
}

Result<Projector::TouchedCase*> Projector::touchCase(const EntityId& id, bool opening) {
    // The id of a case that is being opened here is new; asking the index would cost a look-up for each import row.
    CaseKey key{};
    if (const auto known = m_caseKeys.find(id); known != m_caseKeys.end()) {
        key = known->second;
    } else if (!opening || m_nextCase > 1) {
        WL_TRY(key, findCase(id));
    }
    if (key) {
        if (!m_cases.contains(key)) WL_CHECK(caseOf(key));
        return m_cases[key].get();
    }
    key = {m_nextCase++};
    auto touched = std::make_unique<TouchedCase>();
    touched->now.key = key;
    touched->now.state.id = id;
    m_caseKeys[id] = key;
    return (m_cases[key] = std::move(touched)).get();
}

Result<Projector::TouchedPerson*> Projector::touchPerson(const EntityId& id, bool) {
    if (const auto known = m_persons.find(id); known != m_persons.end()) return known->second.get();
    auto touched = std::make_unique<TouchedPerson>();
    WL_TRY(const auto key, m_personRows.find(id));
    if (key) {
        WL_TRY(auto loaded, m_personRows.load(key));
        if (!loaded) return fail(ErrorKind::Corrupt, "row.person");
        touched->now = std::move(*loaded);
        touched->exists = true;
    } else {
        touched->now.key = {m_nextPerson++};
        touched->now.state.id = id;
    }
    return (m_persons[id] = std::move(touched)).get();
}

template <class S>
Result<std::vector<StampedOp>> Projector::opsOf(S& statement, std::int64_t key, const std::vector<StampedOp>& fresh) {
    std::vector<std::pair<std::int64_t, std::uint64_t>> dots;
    statement.bind(key);
    while (true) {
        WL_TRY(const bool row, statement.step());
        if (!row) break;
        dots.emplace_back(statement.integer(1), static_cast<std::uint64_t>(statement.integer(2)));
    }
    auto ops = fresh;
    for (const auto& [oi, seq] : dots) {
        const Dot dot{m_origins->idOf(oi), seq};
        if (std::ranges::any_of(fresh, [&](const StampedOp& f) { return f.stamp.dot == dot; })) continue;
        WL_TRY(auto op, m_log.op(oi, seq, *m_keys));
        ops.push_back(std::move(op));
    }
    return ops;
}

Result<void> Projector::recordInteraction(CaseKey key, const StampedOp& item) {
    const auto& i = std::get<InteractionRecorded>(item.op.body);
    auto& insert = m_sql.insertInteraction;
    insert.reset();
    insert.bindAt(1, key.value);
    insert.bindAt(2, m_origins->indexOf(item.stamp.dot.origin));
    insert.bindAt(3, item.stamp.dot.seq);
    insert.bindAt(4, i.at ? i.at.ms : item.op.hlc.wall().ms);
    insert.bindAt(5, static_cast<int>(i.channel));
    insert.bindAt(6, static_cast<int>(i.direction));
    if (i.externalId.empty()) insert.bindAt(7, sql::Null{});
    else insert.bindAt(7, i.externalId);
    if (i.person.isNull()) insert.bindAt(8, sql::Null{});
    else insert.bindAt(8, sql::Blob{wl::view(i.person)});
    WL_CHECK(insert.step());
    return {};
}

Result<void> Projector::applyCase(StampedOp&& item) {
    WL_TRY(auto* touched, touchCase(item.op.entity, std::holds_alternative<CaseOpened>(item.op.body)));
    const auto key = touched->now.key;
    WL_CHECK(m_sql.insertCaseOp.exec(key.value, item.stamp.hlc.value, m_origins->indexOf(item.stamp.dot.origin),
                                     item.stamp.dot.seq, kindNumber(item.op.body)));
    touched->changed |= maskOf(item.op.body);
    touched->empty = false;
    if (std::holds_alternative<InteractionRecorded>(item.op.body)) WL_CHECK(recordInteraction(key, item));
    if (!touched->refold && !applyToCase(touched->now.state, item)) touched->refold = true;
    if (const auto* opened = std::get_if<CaseOpened>(&item.op.body)) {
        const auto* source = opened->fields.find(CaseField::Source);
        const auto* external = opened->fields.find(CaseField::ExternalId);
        if (source && external) m_external[externalKey(asText(*source), asText(*external))] = key;
    }
    touched->fresh.push_back(std::move(item));
    return {};
}

Result<void> Projector::applyPerson(StampedOp&& item) {
    WL_TRY(auto* touched, touchPerson(item.op.entity, std::holds_alternative<PersonOpened>(item.op.body)));
    const auto key = touched->now.key;
    WL_CHECK(m_sql.insertPersonOp.exec(key.value, item.stamp.hlc.value, m_origins->indexOf(item.stamp.dot.origin),
                                       item.stamp.dot.seq, kindNumber(item.op.body)));
    touched->changed = true;
    touched->empty = false;
    if (!touched->refold && !applyToPerson(touched->now.state, item)) touched->refold = true;
    touched->fresh.push_back(std::move(item));
    return {};
}

Result<void> Projector::applyItem(const StampedOp& item) {
    const auto& b = std::get<CatalogueItemPublished>(item.op.body);
    const auto id = itemId(b.kind, b.code);
    const auto oi = m_origins->indexOf(item.stamp.dot.origin);
    m_sql.findItem.bind(sql::Blob{wl::view(id)});
    WL_TRY(const bool known, m_sql.findItem.step());
    std::int64_t ik = 0;
    bool newer = true;
    if (known) {
        ik = m_sql.findItem.integer(0);
        const Stamp standing{
            {static_cast<std::uint64_t>(m_sql.findItem.integer(1))},
            {m_origins->idOf(m_sql.findItem.integer(2)), static_cast<std::uint64_t>(m_sql.findItem.integer(3))}};
        newer = item.stamp > standing;
    }
    m_sql.findItem.reset();
    if (!known) {
        WL_CHECK(m_sql.insertItem.exec(sql::Blob{wl::view(id)}, b.kind, b.code, b.document, item.stamp.hlc.value, oi,
                                       item.stamp.dot.seq));
        ik = m_db->lastRowId();
    } else if (newer) {
        WL_CHECK(m_sql.updateItem.exec(b.document, item.stamp.hlc.value, oi, item.stamp.dot.seq, ik));
    }
    WL_CHECK(m_sql.insertItemOp.exec(ik, item.stamp.hlc.value, oi, item.stamp.dot.seq, kindNumber(item.op.body)));
    WL_CHECK(markClocks(b.kind));
    m_catalogueChanged = true;
    return {};
}

Result<void> Projector::apply(StampedOp item) {
    switch (familyOf(item.op.body)) {
        case EntityFamily::Person: return applyPerson(std::move(item));
        case EntityFamily::Item: return applyItem(item);
        case EntityFamily::Case: break;
    }
    return applyCase(std::move(item));  // an op of an unknown kind counts on its case as "from a newer version"
}

Result<void> Projector::settle(TouchedCase& touched) {
    if (!touched.refold) return {};
    WL_TRY(const auto ops, opsOf(m_sql.caseOps, touched.now.key.value, touched.fresh));
    touched.now.state = foldCase(touched.now.state.id, ops);
    touched.changed |= kChangedConflict;
    touched.refold = false;
    touched.empty = ops.empty();
    // Of two copies of one inbound message the one that was hidden shows if the other was taken back.
    if (touched.retracted)
        for (const auto& op : ops)
            if (std::holds_alternative<InteractionRecorded>(op.op.body) && !isRecorded(touched.now.key, op))
                WL_CHECK(recordInteraction(touched.now.key, op));
    return {};
}

Result<void> Projector::settle(TouchedPerson& touched) {
    if (!touched.refold) return {};
    WL_TRY(const auto ops, opsOf(m_sql.personOps, touched.now.key.value, touched.fresh));
    touched.now.state = foldPerson(touched.now.state.id, ops);
    touched.refold = false;
    touched.empty = ops.empty();
    return {};
}

bool Projector::isRecorded(CaseKey key, const StampedOp& op) {
    m_sql.findRecorded.bind(key.value, m_origins->indexOf(op.stamp.dot.origin), op.stamp.dot.seq);
    const auto row = m_sql.findRecorded.step();
    m_sql.findRecorded.reset();
    return row && *row;
}

// Clocks are made of these. The mark lies in the transaction that changes them, so that no crash can lose it.
Result<void> Projector::markClocks(std::string_view kind) {
    if (kind != "policy" && kind != "calendar" && kind != "pause_reason") return {};
    return m_db->run("INSERT OR REPLACE INTO meta VALUES('clocks_from', 0)");
}

Result<void> Projector::retractItem(const StampedOp& item) {
    const auto& b = std::get<CatalogueItemPublished>(item.op.body);
    const auto id = itemId(b.kind, b.code);
    m_sql.findItem.bind(sql::Blob{wl::view(id)});
    WL_TRY(const bool known, m_sql.findItem.step());
    const auto ik = known ? m_sql.findItem.integer(0) : 0;
    m_sql.findItem.reset();
    if (!known) return {};
    WL_CHECK(m_sql.deleteItemOp.exec(ik, item.stamp.hlc.value, m_origins->indexOf(item.stamp.dot.origin),
                                     item.stamp.dot.seq));
    WL_TRY(const auto rest, opsOf(m_sql.itemOps, ik, {}));
    WL_CHECK(markClocks(b.kind));
    m_catalogueChanged = true;
    if (rest.empty()) return m_sql.deleteItem.exec(ik);
    const auto& last = *std::ranges::max_element(rest, {}, &StampedOp::stamp);
    return m_sql.updateItem.exec(std::get<CatalogueItemPublished>(last.op.body).document, last.stamp.hlc.value,
                                 m_origins->indexOf(last.stamp.dot.origin), last.stamp.dot.seq, ik);
}

Result<void> Projector::retract(const StampedOp& item) {
    const auto oi = m_origins->indexOf(item.stamp.dot.origin);
    const auto isIt = [&](const StampedOp& other) { return other.stamp == item.stamp; };
    switch (familyOf(item.op.body)) {
        case EntityFamily::Item: return retractItem(item);
        case EntityFamily::Person: {
            WL_TRY(auto* touched, touchPerson(item.op.entity, false));
            WL_CHECK(m_sql.deletePersonOp.exec(touched->now.key.value, item.stamp.hlc.value, oi, item.stamp.dot.seq));
            std::erase_if(touched->fresh, isIt);
            touched->refold = touched->changed = true;
            return {};
        }
        case EntityFamily::Case: break;
    }
    WL_TRY(auto* touched, touchCase(item.op.entity, false));
    const auto key = touched->now.key;
    WL_CHECK(m_sql.deleteCaseOp.exec(key.value, item.stamp.hlc.value, oi, item.stamp.dot.seq));
    WL_CHECK(m_sql.deleteInteraction.exec(key.value, oi, item.stamp.dot.seq));
    std::erase_if(touched->fresh, isIt);
    touched->refold = touched->retracted = true;
    touched->changed |= maskOf(item.op.body);
    return {};
}

Result<void> Projector::refold(const EntityId& entity) {
    WL_TRY(const auto key, findCase(entity));
    if (key) {
        WL_TRY(auto* touched, touchCase(entity, false));
        if (!touched->exists && allRead(touched->fresh)) return {};
        touched->fresh.clear();
        touched->refold = true;
        touched->changed |= kOpenedCase | kChangedInteractions;
    }
    auto known = m_persons.find(entity);
    if (known == m_persons.end()) {
        WL_TRY(const auto person, m_personRows.find(entity));
        if (!person) return {};
        WL_CHECK(touchPerson(entity, false));
        known = m_persons.find(entity);
    }
    auto& touched = *known->second;
    if (!touched.exists && allRead(touched.fresh)) return {};
    touched.fresh.clear();
    touched.refold = touched.changed = true;
    return {};
}

Result<void> Projector::settleAll() {
    for (auto& [key, touched] : m_cases) WL_CHECK(settle(*touched));
    for (auto& [id, touched] : m_persons) WL_CHECK(settle(*touched));
    m_log.forget();
    return {};
}

Result<void> Projector::flushCase(CaseKey key, TouchedCase& touched, const CaseDeriver& deriver) {
    WL_CHECK(settle(touched));
    if (touched.empty) return touched.exists ? m_writer.erase(key, touched.before) : Result<void>{};
    touched.now.clock = deriver.derive(touched.now.state);
    if (touched.exists) return m_writer.update(key, touched.before, touched.now.state, touched.now.clock);
    return m_writer.insert(key, touched.now.state, touched.now.clock);
}

Result<void> Projector::flushPerson(TouchedPerson& touched) {
    WL_CHECK(settle(touched));
    if (touched.empty) return touched.exists ? m_personRows.erase(touched.now.key) : Result<void>{};
    if (touched.exists) return m_personRows.update(touched.now.key, touched.now.state);
    return m_personRows.insert(touched.now.key, touched.now.state);
}

Result<ChangeSet> Projector::flush(const CaseDeriver& deriver) {
    ChangeSet changes;
    changes.catalogue = m_catalogueChanged;
    std::vector<CaseKey> keys;
    for (const auto& [key, touched] : m_cases)
        if (touched->changed) keys.push_back(key);
    std::ranges::sort(keys);
    for (const auto key : keys) {
        auto& touched = *m_cases[key];
        WL_CHECK(flushCase(key, touched, deriver));
        changes.cases[key] = touched.changed;
    }
    std::vector<TouchedPerson*> persons;
    for (const auto& [id, touched] : m_persons)
        if (touched->changed) persons.push_back(touched.get());
    std::ranges::sort(persons, {}, [](const TouchedPerson* p) { return p->now.key; });
    for (auto* touched : persons) {
        WL_CHECK(flushPerson(*touched));
        changes.persons.push_back(touched->now.key);
    }
    m_cases.clear();
    m_persons.clear();
    m_caseKeys.clear();
    m_external.clear();
    m_catalogueChanged = false;
    return changes;
}

}  // namespace wl::store
