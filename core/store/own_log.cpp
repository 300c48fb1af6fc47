// SPDX-License-Identifier: GPL-3.0-or-later
// The database and the journal of own work beside it: what one of them lost comes back from the other.
#include <algorithm>

#include "store/store_impl.hpp"

namespace wl::store {

std::filesystem::path journalPath(const std::filesystem::path& dir) { return dir / "own.log"; }

bool Store::Impl::journalIsAhead() const {
    return std::ranges::any_of(journal->lastSeqs(), [&](const auto& last) {
        const auto* row = origins.row(origins.indexOf(last.first));
        return row && last.second > (last.first == own.origin ? headSeq : row->headSeq);
    });
}

Result<void> Store::Impl::catchUpFromJournal() {
    // The clocks of what comes back need the rules: the engine derives those of `recovered`. The state is complete.
    struct NoClock final : CaseDeriver {
        DerivedCase derive(const CaseState&) const override { return {}; }
    } noClock;
    WL_CHECK(db.run("BEGIN IMMEDIATE"));
    const auto eachKey = [&](const WrappedKey& key) { return restoreKey(db, key); };
    auto done = OwnJournal::read(journalPath(dir), eachKey, [&](Segment&& g) -> Result<void> {
        // Names that this console went by before (its disk was copied, an older copy put back) come back too.
        const auto index = origins.indexOf(g.origin);
        const auto* row = origins.row(index);
        const bool mine = index == oi;
        if (!row || (!mine && g.firstSeq + g.count - 1 > limitOf(g.origin))) return {};
        const auto last = mine ? headSeq : row->headSeq;
        if (g.firstSeq + g.count - 1 <= last) return {};
        // What lies between was cut from the journal because others have it: it comes back from them.
        if (g.firstSeq > last + 1) return mine ? stopWriting() : Result<void>();
        WL_TRY(auto ops, openSegment(g, row->key, realm.realm));
        if (g.firstSeq <= last) g = cutFrom(g, ops, last + 1, mine ? headHash : row->headHash);
        WL_CHECK(ingest(g, ops, index, clock.now()));
        return {};
    });
    if (done) done = placeKeys(db);
    if (done) {
        auto flushed = projector->flush(noClock);
        if (flushed) {
            for (const auto& [key, mask] : flushed->cases) recovered.push_back(key);
            return db.run("COMMIT");
        }
        done = std::unexpected(flushed.error());
    }
    WL_CHECK(db.run("ROLLBACK"));
    return done;
}

Result<void> Store::Impl::fillJournal() {
    if (journalEnd() >= headSeq) return {};
    constexpr std::size_t kAtATime = 64;
    WL_TRY(auto query, SelectSegments::prepare(db, selectSegments("WHERE oi=?1 AND first_seq+n>?2 AND first_seq<=?3"
                                                                  " ORDER BY first_seq")));
    WL_TRY(auto keysOf, (sql::Statement<3, 3>::prepare(db, "SELECT dek_id, wrapped, kek_epoch FROM dek WHERE oi=? AND "
                                                           "first_seq BETWEEN ? AND ? AND wrapped IS NOT NULL")));
    query.bind(oi, journalEnd() + 1, headSeq);
    for (bool more = true; more;) {
        std::vector<Segment> lost;
        while (lost.size() < kAtATime) {
            WL_TRY(more, query.step());
            if (!more) break;
            lost.push_back(segmentOf(query, own.origin));
        }
        if (lost.empty()) break;
        std::vector<WrappedKey> lostKeys;
        keysOf.bind(oi, lost.front().firstSeq, lost.back().firstSeq + lost.back().count - 1);
        while (true) {
            WL_TRY(const bool key, keysOf.step());
            if (!key) break;
            lostKeys.push_back({keysOf.text(0), keysOf.text(1), static_cast<std::uint32_t>(keysOf.integer(2))});
        }
        WL_CHECK(journal->append(lostKeys, lost));
    }
    return {};
}

}  // namespace wl::store
