// SPDX-License-Identifier: GPL-3.0-or-later
// Verification and the digest. Folds are compared in passes over the log, each holding the ops of one slice of the
// entities, so that memory stays bounded however long the log is.
#include <algorithm>
#include <array>
#include <set>

#include "domain/case_number.hpp"
#include "domain/compress.hpp"
#include "store/schema.hpp"
#include "store/side_tables.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

constexpr std::int64_t kOpsPerPass = 400'000;

// Order-free sum of hashes: four 64-bit lanes, each added modulo 2^64.
class HashSum {
public:
    void add(std::string_view bytes) {
        const auto hash = blake2b({"state", bytes});
        for (std::size_t lane = 0; lane < 4; ++lane) {
            std::uint64_t v = 0;
            for (std::size_t i = 0; i < 8; ++i) v |= static_cast<std::uint64_t>(hash[lane * 8 + i]) << (8 * i);
            m_lanes[lane] += v;
        }
    }
    [[nodiscard]] std::string hex() const {
        std::string bytes;
        for (const auto lane : m_lanes)
            for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>((lane >> (8 * i)) & 0xffU));
        return toHex(bytes);
    }

private:
    std::array<std::uint64_t, 4> m_lanes{};
};

std::string canonicalItem(std::string_view kind, std::string_view code, std::string_view document, const Stamp& stamp) {
    std::string out(kind);
    out += '\n';
    out.append(code);
    out += '\n';
    out.append(document);
    out += '\n' + std::to_string(stamp.hlc.value) + ' ' + toHex(stamp.dot.origin) + ' ' + std::to_string(stamp.dot.seq);
    return out;
}

class Verifier {
public:
    Verifier(Store::Impl& store, const CaseDeriver& deriver, const Progress& progress)
        : m_s(store), m_deriver(deriver), m_progress(progress) {}

    Result<VerifyReport> run() {
        WL_CHECK(chains());
        WL_CHECK(folds());
        WL_CHECK(integrity());
        return std::move(m_report);
    }

private:
    void complain(std::int64_t& counter, std::string what) {
        if (++counter <= 3) m_report.complaints.push_back(std::move(what));
    }
    Result<void> tick(std::string_view phase, std::int64_t done, std::int64_t total) {
        if (m_progress && !m_progress(phase, done, total)) return fail(ErrorKind::Cancelled, "cancelled");
        return {};
    }

    Result<void> chains() {
        WL_TRY(auto count, (sql::Statement<0, 1>::prepare(m_s.db, "SELECT count(*) FROM segment")));
        WL_CHECK(count.step());
        const auto total = count.integer(0);
        for (const auto& [oi, origin] : m_s.origins.rows()) {
            if (origin.headSeq == 0) continue;
            ++m_report.origins;
            WL_TRY(auto query,
                   (sql::Statement<1, 10>::prepare(m_s.db, selectSegments("WHERE s.oi=? ORDER BY s.first_seq"))));
            query.bind(oi);
            WL_CHECK(loadMarks(oi));
            auto author = origin;  // as its log stood at each op
            author.lastHlc = {};
            author.lastEpoch = 1;
            std::uint64_t expected = 1;
            Hash hash = chainStart(origin.id, m_s.realm.realm);
            while (true) {
                WL_TRY(const bool row, query.step());
                if (!row) break;
                const auto g = segmentOf(query, origin.id);
                ++m_report.segments;
                m_report.ops += g.count;
                const auto where = toHex(origin.id).substr(0, 8) + " from op " + std::to_string(g.firstSeq);
                if (g.firstSeq != expected) complain(m_report.gaps, "gap before " + where);
                if (g.prevHash != hash) complain(m_report.badChains, "chain does not continue at " + where);
                const auto ops = openSegment(g, origin.key, m_s.realm.realm);
                if (!ops) {
                    if (ops.error().code == "log.signature")
                        complain(m_report.badSignatures, "bad signature: " + where);
                    else complain(m_report.badChains, ops.error().code + ": " + where);
                } else {
                    WL_CHECK(checkOps(*ops, oi, g.firstSeq, author, where));
                }
                expected = g.firstSeq + g.count;
                hash = g.headHash;
                if (m_report.segments % 64 == 0) WL_CHECK(tick("chains", m_report.segments, total));
            }
            if (expected != origin.headSeq + 1 || hash != origin.headHash)
                complain(m_report.gaps, "log of " + toHex(origin.id).substr(0, 8) + " ends before its head");
        }
        return {};
    }

    // What the database says of the origin's ops that are not in the rows.
    Result<void> loadMarks(std::int64_t oi) {
        m_marked.clear();
        WL_TRY(auto query,
               (sql::Statement<2, 3>::prepare(m_s.db, "SELECT seq, why, 0 FROM void_op WHERE oi=? UNION ALL "
                                                      "SELECT seq, until, 1 FROM parked WHERE oi=?")));
        query.bind(oi, oi);
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) return {};
            m_marked[static_cast<std::uint64_t>(query.integer(0))] = {query.integer(1), query.integer(2) != 0};
        }
    }

    Result<void> checkOps(const std::vector<std::string>& ops, std::int64_t oi, std::uint64_t seq, Origins::Row& author,
                          const std::string& where) {
        for (const auto& bytes : ops) {
            WL_TRY(const auto op, readOp(bytes, author.id, *m_s.keys));
            const auto verdict = m_s.verdictOf(author, seq, op ? &*op : nullptr);
            if (op) {
                author.lastHlc = std::max(author.lastHlc, op->hlc);
                author.lastEpoch = std::max(author.lastEpoch, op->epoch);
            }
            const auto mark = m_marked.find(seq);
            const bool marked = mark != m_marked.end(), parked = marked && mark->second.parked;
            if (verdict != Verdict::Valid) {
                ++m_report.voidOps;
                m_left.insert({oi, seq});
                if (!marked || parked || mark->second.value != static_cast<std::int64_t>(verdict))
                    complain(m_report.badOps, "op " + std::to_string(seq) + " does not count, but is used: " + where);
            } else if (parked) {
                ++m_report.parkedOps;
                m_left.insert({oi, seq});
                if (mark->second.value != op->hlc.wall().ms - kClockAhead.count())
                    complain(m_report.badOps, "op " + std::to_string(seq) + " waits for another time: " + where);
            } else if (marked) {
                complain(m_report.badOps, "op " + std::to_string(seq) + " counts, but is not used: " + where);
            }
            ++seq;
        }
        return {};
    }

    Result<void> folds() {
        const auto passes = std::max<std::int64_t>(1, (m_report.ops + kOpsPerPass - 1) / kOpsPerPass);
        WL_TRY(auto loader, CaseLoader::make(m_s.db, m_s.origins, m_s.terms));
        WL_TRY(auto persons, PersonRows::make(m_s.db, m_s.origins, false));
        WL_TRY(auto tables, SideTables::make(m_s.db, m_s.origins));
        m_tables.emplace(std::move(tables));
        std::int64_t folded = 0;
        for (std::int64_t pass = 0; pass < passes; ++pass) {
            std::unordered_map<EntityId, std::array<std::vector<StampedOp>, 3>> slice;  // by family
            auto read =
                forEachOp(m_s.db, [&](std::int64_t oi, std::uint64_t seq, std::string_view bytes) -> Result<void> {
                    if (m_left.contains({oi, seq})) return {};
                    const auto entity = entityOf(bytes);
                    if (!entity) return {};  // counted above
                    if (static_cast<std::int64_t>(std::hash<EntityId>{}(*entity) % static_cast<std::size_t>(passes)) !=
                        pass)
                        return {};
                    const auto author = m_s.origins.idOf(oi);
                    WL_TRY(auto op, readOp(bytes, author, *m_s.keys));
                    if (!op) return {};
                    const Stamp stamp{op->hlc, {author, seq}};
                    slice[*entity][static_cast<std::size_t>(familyOf(op->body))].push_back({stamp, std::move(*op)});
                    return {};
                });
            if (!read && read.error().kind != ErrorKind::Corrupt) return read;
            if (!read) complain(m_report.foldMismatches, "the log cannot be read to its end: " + read.error().code);
            for (const auto& [entity, families] : slice) {
                for (const auto& ops : families)
                    if (!ops.empty()) WL_CHECK(compare(entity, ops, loader, persons));
                if (++folded % 4096 == 0) WL_CHECK(tick("folds", pass, passes));
            }
            WL_CHECK(tick("folds", pass + 1, passes));
        }
        return orphans();
    }

    Result<void> compare(const EntityId& id, const std::vector<StampedOp>& ops, CaseLoader& loader,
                         PersonRows& persons) {
        const auto& body = ops.front().op.body;
        if (std::holds_alternative<CatalogueItemPublished>(body)) {
            ++m_items;
            WL_TRY(const bool same, m_tables->item(ops));
            if (!same) complain(m_report.foldMismatches, "a catalogue item differs from its ops");
            return {};
        }
        if (familyOf(body) == EntityFamily::Person) {
            ++m_persons;
            WL_TRY(const auto key, persons.find(id));
            WL_TRY(const auto view, persons.load(key));
            if (!view || canonicalBytes(view->state) != canonicalBytes(foldPerson(id, ops))) {
                complain(m_report.foldMismatches, "citizen record " + toHex(id) + " differs from its ops");
                return {};
            }
            WL_TRY(const bool same, m_tables->person(view->key, view->state, ops));
            if (!same)
                complain(m_report.foldMismatches,
                         "contacts or history of citizen record " + toHex(id) + " differ from its ops");
            return {};
        }
        ++m_cases;
        WL_TRY(const auto key, m_s.projector->findCase(id));
        WL_TRY(const auto detail, loader.load(key));
        const auto folded = foldCase(id, ops);
        if (!detail || canonicalBytes(detail->state) != canonicalBytes(folded))
            complain(m_report.foldMismatches, "case " + caseNumber(id) + " differs from its ops");
        else if (folded.isOpenedYet() && detail->clock != m_deriver.derive(folded))
            complain(m_report.foldMismatches, "clocks of case " + caseNumber(id) + " differ from its events");
        if (!detail) return {};
        WL_TRY(const bool same, m_tables->history(key, ops));
        WL_TRY(const bool tied, m_tables->incident(key, detail->state));
        if (!tied)
            complain(m_report.foldMismatches, "reports or links of case " + caseNumber(id) + " differ from its ops");
        WL_TRY(const bool sent, m_tables->messages(key, detail->state));
        if (!sent) complain(m_report.foldMismatches, "messages of case " + caseNumber(id) + " differ from its ops");
        if (!same) complain(m_report.foldMismatches, "history of case " + caseNumber(id) + " differs from its ops");
        return {};
    }

    // Rows without ops.
    Result<void> orphans() {
        WL_TRY(auto query, (sql::Statement<0, 3>::prepare(
                               m_s.db, "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM person),"
                                       " (SELECT count(*) FROM item)")));
        WL_CHECK(query.step());
        if (query.integer(0) != m_cases) complain(m_report.foldMismatches, "cases without ops, or ops without cases");
        if (query.integer(1) != m_persons)
            complain(m_report.foldMismatches, "citizen records without ops, or ops without records");
        if (query.integer(2) != m_items)
            complain(m_report.foldMismatches, "catalogue items without ops, or ops without items");
        WL_TRY(auto ops, (sql::Statement<0, 1>::prepare(
                             m_s.db, "SELECT (SELECT count(*) FROM case_op) + (SELECT count(*) FROM person_op)"
                                     " + (SELECT count(*) FROM item_op)")));
        WL_CHECK(ops.step());
        if (ops.integer(0) != m_report.ops - m_report.voidOps - m_report.parkedOps)
            complain(m_report.foldMismatches, "history index and log differ in length");
        return {};
    }

    Result<void> integrity() {
        WL_CHECK(tick("integrity", 0, 1));
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(m_s.db, "PRAGMA integrity_check(1)")));
        auto row = query.step();
        m_report.integrity = row && *row ? query.text(0) : (row ? "no answer" : row.error().detail);
        if (m_report.integrity != "ok") m_report.complaints.push_back(m_report.integrity);
        return {};
    }

    Store::Impl& m_s;
    const CaseDeriver& m_deriver;
    const Progress& m_progress;
    VerifyReport m_report;
    struct Mark {
        std::int64_t value{};  ///< why it is void, or until when it waits
        bool parked{};
    };
    std::unordered_map<std::uint64_t, Mark> m_marked;              ///< of the origin at hand
    std::set<std::pair<std::int64_t, std::uint64_t>> m_left;  ///< ops that are not in the rows
    std::optional<SideTables> m_tables;
    std::int64_t m_cases{}, m_persons{}, m_items{};
};

}  // namespace

Result<VerifyReport> Store::verify(const CaseDeriver& deriver, const Progress& progress) {
    return Verifier(*m_impl, deriver, progress).run();
}

Result<std::string> Store::digest(const Progress& progress) {
    auto& s = *m_impl;
    HashSum sum;
    WL_TRY(auto loader, CaseLoader::make(s.db, s.origins, s.terms));
    WL_TRY(auto persons, PersonRows::make(s.db, s.origins, false));
    const auto eachKey = [&](const char* text, const std::function<Result<void>(std::int64_t)>& each) -> Result<void> {
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(s.db, text)));
        std::int64_t done = 0;
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) return {};
            WL_CHECK(each(query.integer(0)));
            if (++done % 10'000 == 0 && progress && !progress("digest", done, 0))
                return fail(ErrorKind::Cancelled, "cancelled");
        }
    };
    WL_CHECK(eachKey("SELECT ck FROM cases ORDER BY ck", [&](std::int64_t key) -> Result<void> {
        WL_TRY(const auto detail, loader.load({key}));
        if (detail) sum.add(canonicalBytes(detail->state));
        return {};
    }));
    WL_CHECK(eachKey("SELECT pk FROM person ORDER BY pk", [&](std::int64_t key) -> Result<void> {
        WL_TRY(const auto view, persons.load({key}));
        if (view) sum.add(canonicalBytes(view->state));
        return {};
    }));
    WL_TRY(auto items, (sql::Statement<0, 6>::prepare(s.db, "SELECT kind, code, document, hlc, oi, seq FROM item")));
    while (true) {
        WL_TRY(const bool row, items.step());
        if (!row) break;
        const Stamp stamp{{static_cast<std::uint64_t>(items.integer(3))},
                          {s.origins.idOf(items.integer(4)), static_cast<std::uint64_t>(items.integer(5))}};
        sum.add(canonicalItem(items.bytes(0), items.bytes(1), items.bytes(2), stamp));
    }
    return sum.hex();
}

}  // namespace wl::store
