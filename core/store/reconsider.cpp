// SPDX-License-Identifier: GPL-3.0-or-later
// What was judged before is judged anew: a revocation, a proof of a fork, a branch that was chosen, an hour that came.
// Ops move between the rows, `void_op` and `parked`; the log itself stays.
#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "store/schema.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

// Whether what the realm log says of a console decides over its ops in another way than before.
bool decidesAnew(const RealmState::Console* was, const RealmState::Console* is) {
    if (!was || !is) return was != is;
    return was->cutoff != is->cutoff || was->reinstated != is->reinstated || was->roles != is->roles ||
           was->branch != is->branch;
}

}  // namespace

Result<void> Store::Impl::reconsider(const RealmState& before) {
    std::vector<std::int64_t> concerned;
    const auto next = realmLog.timeOf(before.epoch() + 1);
    for (const auto& [index, row] : origins.rows()) {
        if (row.headSeq == 0) continue;
        const bool outdated = before.epoch() > 0 && row.lastHlc.wall() > next + kEpochGrace;
        if (outdated || decidesAnew(before.find(row.id), realmLog.find(row.id))) concerned.push_back(index);
    }
    for (const auto index : concerned) WL_CHECK(reconsider(index));
    return {};
}

Result<void> Store::Impl::reconsider(std::int64_t index) {
    auto* author = origins.row(index);
    std::unordered_map<std::uint64_t, Verdict> was;
    {
        WL_TRY(auto query, (sql::Statement<1, 2>::prepare(db, "SELECT seq, why FROM void_op WHERE oi=?")));
        query.bind(index);
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            was[static_cast<std::uint64_t>(query.integer(0))] = static_cast<Verdict>(query.integer(1));
        }
    }
    WL_TRY(auto dropVoid, (sql::Statement<2>::prepare(db, "DELETE FROM void_op WHERE oi=? AND seq=?")));
    WL_TRY(auto dropParked, (sql::Statement<2>::prepare(db, "DELETE FROM parked WHERE oi=? AND seq=?")));
    WL_TRY(auto segments, (sql::Statement<1, 4>::prepare(
                              db, "SELECT first_seq, n, raw_len, body FROM segment WHERE oi=? ORDER BY first_seq")));
    segments.bind(index);
    auto running = *author;  // as the author's log stood at each op
    running.lastHlc = {};
    running.lastEpoch = 1;
    const auto now = clock.now();
    while (true) {
        WL_TRY(const bool row, segments.step());
        if (!row) break;
        WL_TRY(const auto raw, unpackBody(segments.bytes(3), segments.integer(2)));
        WL_TRY(const auto ops, splitOps(raw, static_cast<std::uint32_t>(segments.integer(1))));
        auto seq = static_cast<std::uint64_t>(segments.integer(0));
        for (const auto& bytes : ops) {
            WL_TRY(auto op, readOp(bytes, author->id, *keys));
            const auto verdict = verdictOf(running, seq, op ? &*op : nullptr);
            if (op) {
                running.lastHlc = std::max(running.lastHlc, op->hlc);
                running.lastEpoch = std::max(running.lastEpoch, op->epoch);
            }
            const auto before = was.find(seq);
            const auto old = before == was.end() ? Verdict::Valid : before->second;
            if (verdict != old) {
                if (old != Verdict::Valid) WL_CHECK(dropVoid.exec(index, seq));
                if (verdict != Verdict::Valid) {
                    if (old == Verdict::Valid) {
                        WL_CHECK(dropParked.exec(index, seq));
                        if (db.changes() == 0)
                            WL_CHECK(projector->retract({{op->hlc, {author->id, seq}}, std::move(*op)}));
                    }
                    WL_CHECK(markVoid(index, seq, verdict, op ? &*op : nullptr));
                } else {
                    WL_CHECK(admit(index, seq, std::move(*op), now));
                }
            }
            ++seq;
        }
    }
    return {};
}

Result<void> Store::Impl::truncate(std::int64_t index, std::uint64_t seq) {
    auto* author = origins.row(index);
    if (seq > author->headSeq) return {};
    WL_TRY(auto query, SelectSegments::prepare(db, selectSegments("WHERE oi=?1 AND first_seq+n>?2 AND "
                                                                  "first_seq<=?3 ORDER BY first_seq")));
    WL_TRY(auto keep, (sql::Statement<2>::prepare(db, "INSERT INTO abandoned(origin_id, segment) VALUES(?,?)")));
    WL_TRY(auto marked, (sql::Statement<4, 1>::prepare(db, "SELECT 1 FROM void_op WHERE oi=? AND seq=? UNION ALL "
                                                           "SELECT 1 FROM parked WHERE oi=? AND seq=?")));
    query.bind(index, seq, author->headSeq);
    std::uint64_t first = 0;
    Hash before{};
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        const auto g = segmentOf(query, author->id);
        if (first == 0) first = g.firstSeq, before = g.prevHash;
        WL_CHECK(keep.exec(sql::Blob{wl::view(author->id)}, sql::Blob{encodeSegment(g)}));
        WL_TRY(const auto raw, unpackBody(g.body, g.rawLength));
        WL_TRY(const auto ops, splitOps(raw, g.count));
        for (auto at = g.firstSeq; const auto& bytes : ops) {
            marked.bind(index, at, index, at);
            WL_TRY(const bool isMarked, marked.step());
            marked.reset();
            WL_TRY(auto op, readOp(bytes, author->id, *keys));
            const Stamp stamp{op ? op->hlc : Hlc{}, {author->id, at++}};
            if (op && !isMarked) WL_CHECK(projector->retract({stamp, std::move(*op)}));
        }
    }
    const auto oiText = std::to_string(index), fromText = std::to_string(first);
    for (const char* table : {"void_op", "parked"})
        WL_CHECK(db.run(std::string("DELETE FROM ") + table + " WHERE oi=" + oiText + " AND seq>=" + fromText));
    author->headSeq = first - 1;
    author->headHash = before;
    author->lastHlc = {};
    author->lastEpoch = 1;
    Signature signature{};
    WL_TRY(auto rest, SelectSegments::prepare(
                          db, selectSegments("WHERE oi=?1 AND first_seq>=?2 AND first_seq<?3 ORDER BY first_seq")));
    rest.bind(index, 1, first);
    while (true) {
        WL_TRY(const bool row, rest.step());
        if (!row) break;
        const auto g = segmentOf(rest, author->id);
        signature = g.signature;
        WL_TRY(const auto raw, unpackBody(g.body, g.rawLength));
        WL_TRY(const auto ops, splitOps(raw, g.count));
        for (const auto& bytes : ops) {
            WL_TRY(const auto op, readOp(bytes, author->id, *keys));
            if (!op) continue;
            author->lastHlc = std::max(author->lastHlc, op->hlc);
            author->lastEpoch = std::max(author->lastEpoch, op->epoch);
        }
    }
    if (index == oi) headSeq = author->headSeq, headHash = author->headHash;
    WL_CHECK(writeOrigin(index, signature));
    // Entities are folded before their ops leave the log, and without them: they are in no history any more.
    WL_CHECK(projector->settleAll());
    return db.run("DELETE FROM segment WHERE oi=" + oiText + " AND first_seq>=" + fromText);
}

Result<bool> Store::Impl::followBranch(const OriginId& origin) {
    onBranch.erase(origin);
    const auto fork = forks.find(origin);
    const auto* console = realmLog.find(origin);
    if (fork == forks.end() || !console || !console->branch) return false;
    const auto index = origins.indexOf(origin);
    const auto& [seq, head] = *console->branch;
    const auto* author = origins.row(index);
    if (fork->second.seq > seq) return false;  // it forked again, later
    bool left = false;
    if (author->headSeq >= seq) {
        WL_TRY(const auto mine, hashAt(index, seq));
        left = mine != head;
    } else {
        left = author->headSeq >= fork->second.seq;  // which branch it is cannot be told: take it in anew
    }
    if (left) WL_CHECK(truncate(index, fork->second.seq));
    onBranch.insert(origin);
    if (left) WL_CHECK(reconsider(index));
    return left;
}

Result<void> Store::Impl::stopWriting() {
    behind = true;
    WL_TRY(auto put, (sql::Statement<1>::prepare(db, "INSERT OR REPLACE INTO meta VALUES('behind', ?)")));
    return put.exec(sql::Blob{wl::view(own.origin)});
}

Result<void> Store::stopWriting() {
    WL_CHECK(m_impl->setDurable(true));
    return m_impl->stopWriting();
}

Result<void> Store::Impl::admit(std::int64_t index, std::uint64_t seq, Op&& op, Instant now) {
    if (index != oi && op.hlc.wall() > now + kClockAhead)
        return sql->insertParked.exec(index, seq, 0, op.hlc.wall().ms - kClockAhead.count());
    auto* author = origins.row(index);
    hlc->observe(op.hlc);
    if (op.hlc > author->maxHlc) {
        author->maxHlc = op.hlc;
        WL_CHECK(sql->updateMaxHlc.exec(op.hlc.value, index));
    }
    const Stamp stamp{op.hlc, {author->id, seq}};
    return projector->apply({stamp, std::move(op)});
}

Result<Instant> Store::nextUnpark() {
    WL_TRY(auto query, (sql::Statement<0, 1>::prepare(m_impl->db, "SELECT coalesce(min(until),0) FROM parked")));
    WL_CHECK(query.step());
    return Instant{query.integer(0)};
}

Result<ChangeSet> Store::unpark(Instant now, const CaseDeriver& deriver) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    std::vector<std::pair<std::int64_t, std::uint64_t>> due;
    WL_TRY(auto query, (sql::Statement<1, 2>::prepare(s.db, "SELECT oi, seq FROM parked WHERE until<=? ORDER BY until, "
                                                            "oi, seq LIMIT 4000")));
    query.bind(now.ms);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) break;
        due.emplace_back(query.integer(0), static_cast<std::uint64_t>(query.integer(1)));
    }
    if (due.empty()) return ChangeSet{};
    const auto doAll = [&]() -> Result<ChangeSet> {
        WL_TRY(auto log, LogReader::make(s.db, s.origins));
        WL_TRY(auto drop, (sql::Statement<2>::prepare(s.db, "DELETE FROM parked WHERE oi=? AND seq=?")));
        for (const auto& [index, seq] : due) {
            WL_TRY(const auto bytes, log.opBytes(index, seq));
            WL_TRY(auto op, readOp(bytes, s.origins.idOf(index), *s.keys));
            WL_CHECK(drop.exec(index, seq));
            // The row says when; a clock that was set back in between cannot park it again.
            if (op) WL_CHECK(s.admit(index, seq, std::move(*op), std::max(now, op->hlc.wall())));
        }
        WL_TRY(auto changes, s.projector->flush(deriver));
        WL_CHECK(s.db.run("COMMIT"));
        return changes;
    };
    WL_CHECK(s.setDurable(true));
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    auto changes = doAll();
    if (!changes) WL_CHECK(s.undoRemote());
    else s.durable.reset();
    return changes;
}

std::vector<ForkProof> Store::forkProofs() const {
    std::vector<ForkProof> out;
    for (const auto& [origin, proof] : m_impl->forks) out.push_back(proof);
    return out;
}

Result<std::optional<ChangeSet>> Store::acceptForkProof(const ForkProof& proof, const CaseDeriver& deriver) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    const auto* console = s.realmLog.find(proof.origin);
    if (!console) return fail(ErrorKind::Corrupt, "fork.proof", {}, "unknown console");
    WL_CHECK(checkForkProof(proof, console->card.key, s.realm.realm));
    if (const auto known = s.forks.find(proof.origin); known != s.forks.end() && known->second.seq <= proof.seq) {
        const bool again =
            console->branch && known->second.seq <= console->branch->first && proof.seq > console->branch->first;
        if (!again) return std::nullopt;
    }
    bool lost = false;
    const auto doAll = [&]() -> Result<ChangeSet> {
        WL_TRY(auto insert, (sql::Statement<2>::prepare(s.db, "INSERT OR REPLACE INTO fork_proof VALUES(?,?)")));
        const auto bytes = encodeForkProof(proof);
        WL_CHECK(insert.exec(sql::Blob{wl::view(proof.origin)}, sql::Blob{bytes}));
        s.forks[proof.origin] = proof;
        WL_TRY(lost, s.followBranch(proof.origin));
        WL_CHECK(s.reconsider(s.origins.indexOf(proof.origin)));
        WL_TRY(auto changes, s.projector->flush(deriver));
        WL_CHECK(s.db.run("COMMIT"));
        return changes;
    };
    WL_CHECK(s.setDurable(true));
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    auto changes = doAll();
    if (!changes) {
        WL_CHECK(s.undoRemote());
        return std::unexpected(changes.error());
    }
    s.durable.reset();
    if (lost && proof.origin == s.own.origin) WL_CHECK(s.startOrigin(false));
    return std::optional(std::move(*changes));
}

// States that a program of an older fold wrote are folded anew from the log; the engine derives their clocks.
Result<void> Store::Impl::refoldOlder() {
    constexpr std::size_t kSlice = 2'000;
    struct NoClock final : CaseDeriver {
        DerivedCase derive(const CaseState&) const override { return {}; }
    } noClock;
    while (true) {
        std::vector<EntityId> older;
        {
            WL_TRY(auto query,
                   (sql::Statement<2, 1>::prepare(db, "SELECT case_id FROM cases WHERE fold_ver<? LIMIT ?")));
            query.bind(kFoldVersion, kSlice);
            while (true) {
                WL_TRY(const bool row, query.step());
                if (!row) break;
                older.push_back(idFromBytes<EntityId>(query.bytes(0)));
            }
        }
        if (older.empty()) return {};
        WL_CHECK(db.run("BEGIN IMMEDIATE"));
        for (const auto& id : older) WL_CHECK(projector->refold(id));
        WL_TRY(const auto flushed, projector->flush(noClock));
        for (const auto& [key, mask] : flushed.cases) recovered.push_back(key);
        WL_CHECK(db.run("COMMIT"));
    }
}

}  // namespace wl::store
