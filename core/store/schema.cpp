// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.hpp"

#include <set>

#include "domain/case_fields.hpp"
#include "store/signal_views.hpp"

namespace wl::store {
namespace {

constexpr int kApplicationId = 0x57415244;  // "WARD"

constexpr const char* kStep1 = R"sql(
CREATE TABLE meta(k TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;
CREATE TABLE origin(oi INTEGER PRIMARY KEY, origin_id BLOB NOT NULL UNIQUE, pubkey BLOB NOT NULL, state INTEGER NOT NULL,
  head_seq INTEGER NOT NULL, head_hash BLOB NOT NULL, head_sig BLOB, max_hlc INTEGER NOT NULL, cutoff_seq INTEGER) STRICT;
CREATE TABLE segment(id INTEGER PRIMARY KEY, oi INTEGER NOT NULL, first_seq INTEGER NOT NULL, n INTEGER NOT NULL,
  hlc_min INTEGER NOT NULL, hlc_max INTEGER NOT NULL, prev_hash BLOB NOT NULL, head_hash BLOB NOT NULL, sig BLOB NOT NULL,
  dict INTEGER NOT NULL, raw_len INTEGER NOT NULL, recv_at INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE(oi, first_seq)) STRICT;
CREATE TABLE case_op(ck INTEGER, hlc INTEGER, oi INTEGER, seq INTEGER, kind INTEGER NOT NULL,
  PRIMARY KEY(ck, hlc, oi, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE person_op(pk INTEGER, hlc INTEGER, oi INTEGER, seq INTEGER, kind INTEGER NOT NULL,
  PRIMARY KEY(pk, hlc, oi, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE item_op(ik INTEGER, hlc INTEGER, oi INTEGER, seq INTEGER, kind INTEGER NOT NULL,
  PRIMARY KEY(ik, hlc, oi, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE parked(oi INTEGER, seq INTEGER, why INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY(oi, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE dek(dek_id BLOB PRIMARY KEY, wrapped BLOB, kek_epoch INTEGER NOT NULL, erased_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE peer(origin_id BLOB PRIMARY KEY, acked BLOB, last_seen INTEGER, addr TEXT) STRICT;
CREATE TABLE term(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE cases(ck INTEGER PRIMARY KEY, case_id BLOB NOT NULL UNIQUE, number TEXT NOT NULL,
  status INTEGER NOT NULL, reason INTEGER NOT NULL, updated_at INTEGER NOT NULL, closed_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL, warn_at INTEGER NOT NULL, respond_due_at INTEGER NOT NULL, paused INTEGER NOT NULL,
  settled INTEGER NOT NULL, conflicts INTEGER NOT NULL, fold_ver INTEGER NOT NULL, lat INTEGER, lon INTEGER) STRICT;
CREATE INDEX cases_number ON cases(number);
CREATE INDEX cases_open ON cases(status) WHERE status<7;
CREATE TABLE case_text(ck INTEGER PRIMARY KEY, clk BLOB NOT NULL, history BLOB NOT NULL, status_at INTEGER NOT NULL,
  acknowledged_at INTEGER NOT NULL, first_response_at INTEGER NOT NULL, work_done_at INTEGER NOT NULL,
  last_inbound_at INTEGER NOT NULL, reopened INTEGER NOT NULL, interactions INTEGER NOT NULL, unread INTEGER NOT NULL) STRICT;

CREATE TABLE interaction(id INTEGER PRIMARY KEY, ck INTEGER NOT NULL, oi INTEGER NOT NULL, seq INTEGER NOT NULL,
  at INTEGER NOT NULL, channel INTEGER NOT NULL, direction INTEGER NOT NULL, external_id TEXT, person BLOB) STRICT;
CREATE INDEX interaction_case ON interaction(ck, at);
CREATE UNIQUE INDEX interaction_external ON interaction(channel, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX interaction_person ON interaction(person, at) WHERE person IS NOT NULL;

CREATE TABLE person(pk INTEGER PRIMARY KEY, person_id BLOB NOT NULL UNIQUE, name TEXT, language TEXT, preferred_channel INTEGER,
  address TEXT, note TEXT, do_not_contact INTEGER, protected INTEGER, conflicts INTEGER NOT NULL, state BLOB NOT NULL) STRICT;
CREATE TABLE contact(pk INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY(value, pk, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX contact_person ON contact(pk);
CREATE TABLE item(ik INTEGER PRIMARY KEY, item_id BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, code TEXT NOT NULL, document TEXT NOT NULL,
  hlc INTEGER NOT NULL, oi INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT;

CREATE VIRTUAL TABLE case_fts USING fts5(text, address, extra, content='', contentless_delete=1, detail=none,
  tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE person_fts USING fts5(name, contact, address, content='', contentless_delete=1, detail=none,
  tokenize="trigram remove_diacritics 1");
)sql";

// The realm, verdicts, proofs of forks; keys know the op they were made for. One external id may have come in at two
// consoles at once: two cases then, both of which stay.
constexpr const char* kStep2 = R"sql(
CREATE TABLE realm_log(epoch INTEGER PRIMARY KEY, bytes BLOB NOT NULL, sig BLOB NOT NULL) STRICT;
CREATE TABLE void_op(oi INTEGER, seq INTEGER, why INTEGER NOT NULL, entity BLOB, PRIMARY KEY(oi, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX void_op_entity ON void_op(entity) WHERE entity IS NOT NULL;
CREATE INDEX parked_until ON parked(until);
CREATE TABLE fork_proof(origin_id BLOB PRIMARY KEY, proof BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE abandoned(id INTEGER PRIMARY KEY, origin_id BLOB NOT NULL, segment BLOB NOT NULL) STRICT;
CREATE TABLE peer_head(peer BLOB, origin BLOB, seq INTEGER NOT NULL, PRIMARY KEY(peer, origin)) STRICT, WITHOUT ROWID;
ALTER TABLE dek ADD COLUMN oi INTEGER;
ALTER TABLE dek ADD COLUMN first_seq INTEGER;
CREATE INDEX dek_op ON dek(oi, first_seq);
ALTER TABLE origin ADD COLUMN last_hlc INTEGER NOT NULL DEFAULT 0;
ALTER TABLE origin ADD COLUMN last_epoch INTEGER NOT NULL DEFAULT 1;
UPDATE origin SET last_hlc = max_hlc;
DROP INDEX IF EXISTS case_external;
)sql";

// Places in cells (PlaceCell) instead of an R*Tree: a fifth of the cost of taking a case in, and no slower to ask.
constexpr const char* kStep3 = R"sql(
DROP TABLE IF EXISTS case_geo;
CREATE TABLE case_place(cell INTEGER, ck INTEGER, lat INTEGER NOT NULL, lon INTEGER NOT NULL, PRIMARY KEY(cell, ck))
  STRICT, WITHOUT ROWID;
INSERT INTO case_place SELECT (((lat + 900000000) / 14286) << 20) | ((lon + 1800000000) / 14286), ck, lat, lon
  FROM cases WHERE lat IS NOT NULL ORDER BY 1, 2;
)sql";

// Ownership and escalation: what rules made of a case, and the steps it follows from.
constexpr const char* kStep4 = R"sql(
ALTER TABLE cases ADD COLUMN paused_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN alarm_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN stalled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN escalated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN offered_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_text ADD COLUMN duty BLOB NOT NULL DEFAULT x'';
ALTER TABLE case_text ADD COLUMN status_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_text ADD COLUMN last_outbound_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_text ADD COLUMN waiting_since INTEGER NOT NULL DEFAULT 0;
)sql";

// One fault, many reports; one citizen, many records.
constexpr const char* kStep5 = R"sql(
CREATE TABLE case_incident(ck INTEGER PRIMARY KEY, state BLOB NOT NULL) STRICT;
CREATE TABLE case_report(ck INTEGER, person BLOB, PRIMARY KEY(ck, person)) STRICT, WITHOUT ROWID;
CREATE INDEX case_report_person ON case_report(person);
CREATE TABLE case_link(ck INTEGER, other BLOB, judgement INTEGER NOT NULL, PRIMARY KEY(ck, other)) STRICT, WITHOUT ROWID;
CREATE INDEX case_link_other ON case_link(other);
CREATE TABLE person_link(pk INTEGER, other BLOB, judgement INTEGER NOT NULL, PRIMARY KEY(pk, other)) STRICT, WITHOUT ROWID;
CREATE INDEX person_link_other ON person_link(other);
UPDATE cases SET fold_ver=0 WHERE ck IN (SELECT ck FROM case_op WHERE kind BETWEEN 9 AND 11);
)sql";

// Messages to citizens. Cases that kept such ops as those of a newer version are folded anew.
constexpr const char* kStep6 = R"sql(
CREATE TABLE case_message(ck INTEGER PRIMARY KEY, state BLOB NOT NULL) STRICT;
CREATE TABLE message(ck INTEGER, id BLOB, oi INTEGER NOT NULL, seq INTEGER NOT NULL, state INTEGER NOT NULL,
  written_at INTEGER NOT NULL, state_at INTEGER NOT NULL, not_before INTEGER NOT NULL, channel INTEGER NOT NULL,
  person BLOB, address TEXT NOT NULL, why INTEGER NOT NULL, reason TEXT NOT NULL, external_id TEXT NOT NULL,
  sent_at INTEGER NOT NULL, claim_hlc INTEGER NOT NULL, claim_oi INTEGER NOT NULL, claim_ends INTEGER NOT NULL,
  PRIMARY KEY(ck, id)) STRICT, WITHOUT ROWID;
CREATE INDEX message_id ON message(id);
CREATE INDEX message_state ON message(state, written_at);
CREATE INDEX message_address ON message(address, state_at);
CREATE INDEX message_person ON message(person, sent_at) WHERE person IS NOT NULL;
CREATE INDEX message_external ON message(external_id) WHERE external_id<>'';
CREATE INDEX message_claim ON message(channel, claim_ends) WHERE claim_ends>0;
UPDATE cases SET fold_ver=0 WHERE ck IN (SELECT ck FROM case_op WHERE kind BETWEEN 12 AND 13);
)sql";

const char* sqlType(FieldType type) {
    switch (type) {
        case FieldType::Text: return "TEXT";
        case FieldType::Entity: return "BLOB";
        case FieldType::Int:
        case FieldType::Code:
        case FieldType::Time:
        case FieldType::Point: return "INTEGER";
    }
    return "BLOB";
}

Result<std::set<std::string>> columnsOf(sql::Database& db, const char* table) {
    WL_TRY(auto query, (sql::Statement<1, 1>::prepare(db, "SELECT name FROM pragma_table_info(?)")));
    query.bind(std::string_view(table));
    std::set<std::string> names;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return names;
        names.insert(query.text(0));
    }
}

// Columns for fields that the table does not have yet; ADD COLUMN rewrites nothing.
Result<void> addFieldColumns(sql::Database& db) {
    WL_TRY(const auto narrow, columnsOf(db, "cases"));
    WL_TRY(const auto wide, columnsOf(db, "case_text"));
    for (const auto& field : kCaseFields) {
        if (field.type == FieldType::Point) continue;  // lat and lon of step 1
        const bool isNarrow = field.home == Home::Narrow;
        if ((isNarrow ? narrow : wide).contains(std::string(field.name))) continue;
        WL_CHECK(db.run(std::string("ALTER TABLE ") + (isNarrow ? "cases" : "case_text") + " ADD COLUMN " +
                        std::string(field.name) + " " + sqlType(field.type)));
    }
    return db.run(
        "CREATE INDEX IF NOT EXISTS case_by_external ON case_text(external_id, source) WHERE external_id IS NOT "
        "NULL;"
        "CREATE INDEX IF NOT EXISTS case_requester ON case_text(requester) WHERE requester IS NOT NULL;"
        "CREATE INDEX IF NOT EXISTS case_duplicate ON case_text(duplicate_of) WHERE duplicate_of IS NOT NULL;"
        "CREATE INDEX IF NOT EXISTS case_job ON case_text(job) WHERE job IS NOT NULL;"
        "CREATE INDEX IF NOT EXISTS case_answered ON case_text(first_response_at) WHERE first_response_at>0;");
}

Result<std::int64_t> pragma(sql::Database& db, const char* text) {
    WL_TRY(auto query, (sql::Statement<0, 1>::prepare(db, text)));
    WL_TRY(const bool row, query.step());
    return row ? query.integer(0) : 0;
}

}  // namespace

Result<void> configureWriter(sql::Database& db) {
    // No mmap and no second checkpointer: the WAL-reset race of SQLite before 3.51.3 needs both to be possible.
    return db.run(
        "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-49152; PRAGMA wal_autocheckpoint=4000;"
        "PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;");
}

Result<bool> isCurrent(sql::Database& db) {
    WL_TRY(const auto application, pragma(db, "PRAGMA application_id"));
    WL_TRY(const auto version, pragma(db, "PRAGMA user_version"));
    WL_TRY(const auto tables, pragma(db, "SELECT count(*) FROM sqlite_master"));
    if (tables == 0) return fail(ErrorKind::Corrupt, "replica.corrupt", {}, "the database file is empty");
    if (application != kApplicationId) return fail(ErrorKind::Input, "replica.foreign");
    if (version > kSchemaVersion)
        return fail(ErrorKind::Refused, "replica.newer", {},
                    std::to_string(version) + " > " + std::to_string(kSchemaVersion));
    WL_TRY(const auto narrow, columnsOf(db, "cases"));
    WL_TRY(const auto wide, columnsOf(db, "case_text"));
    bool all = version == kSchemaVersion;
    for (const auto& field : kCaseFields)
        if (field.type != FieldType::Point)
            all = all && (field.home == Home::Narrow ? narrow : wide).contains(std::string(field.name));
    return all;
}

Result<void> migrate(sql::Database& db) {
    WL_TRY(const auto version, pragma(db, "PRAGMA user_version"));
    if (version < 1) {
        WL_CHECK(db.run("PRAGMA page_size=8192; PRAGMA auto_vacuum=NONE;"));
        WL_CHECK(configureWriter(db));
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        WL_CHECK(db.run(kStep1));
        WL_CHECK(db.run("PRAGMA application_id=" + std::to_string(kApplicationId) + "; PRAGMA user_version=1; COMMIT"));
    }
    WL_CHECK(configureWriter(db));
    if (version < 2) {
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        WL_CHECK(db.run(kStep2));
        WL_CHECK(db.run("PRAGMA user_version=2; COMMIT"));
    }
    if (version < 3) {
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        WL_CHECK(db.run(kStep3));
        WL_CHECK(db.run("PRAGMA user_version=3; COMMIT"));
    }
    if (version < 4) {
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        WL_CHECK(db.run(kStep4));
        WL_CHECK(db.run("PRAGMA user_version=4; COMMIT"));
    }
    if (version < 5) {
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        WL_CHECK(db.run(kStep5));
        WL_CHECK(db.run("PRAGMA user_version=5; COMMIT"));
    }
    if (version < 6) {
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        WL_CHECK(db.run(kStep6));
        WL_CHECK(db.run("PRAGMA user_version=6; COMMIT"));
    }
    WL_CHECK(addFieldColumns(db));
    return db.run(kSignalViews);
}

}  // namespace wl::store
