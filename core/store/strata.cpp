// SPDX-License-Identifier: GPL-3.0-or-later
// Old small segments become strata. Only heads that their author signed can end a segment, so a stratum is all segments
// that begin in one window of 1,024 numbers: the same on every replica that cut the log alike, and never a new
// signature.
#include <cassert>

#include "store/store_impl.hpp"

namespace wl::store {
namespace {

constexpr std::uint64_t kWindow = 1024;
constexpr std::int64_t kOldMs = 3'600'000;

}  // namespace

Result<std::size_t> Store::mergeSegments(std::size_t windows) {
    auto& s = *m_impl;
    assert(!s.inTransaction);
    const auto before = s.clock.now().ms - kOldMs;
    struct Window {
        std::int64_t oi{}, number{};
    };
    std::vector<Window> found;
    {
        WL_TRY(auto query,
               (sql::Statement<2, 2>::prepare(
                   s.db,
                   "SELECT oi, (first_seq-1)/1024 AS w FROM segment GROUP BY oi, w HAVING count(*)>1 AND "
                   "max(recv_at)<? AND sum(raw_len)<=786432 AND sum(n)<=4096 AND w<(SELECT max((first_seq-1)/1024) "
                   "FROM segment t WHERE t.oi=segment.oi) LIMIT ?")));
        query.bind(before, windows);
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            found.push_back({query.integer(0), query.integer(1)});
        }
    }
    if (found.empty()) return 0;
    const auto merge = [&](const Window& window) -> Result<void> {
        const auto from = static_cast<std::uint64_t>(window.number) * kWindow + 1;
        WL_TRY(auto query,
               SelectSegments::prepare(
                   s.db, selectSegments("WHERE oi=?1 AND first_seq>=?2 AND first_seq<?3 ORDER BY first_seq")));
        query.bind(window.oi, from, from + kWindow);
        Segment whole;
        std::string raw;
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            const auto g = segmentOf(query, s.origins.idOf(window.oi));
            WL_TRY(const auto ops, unpackBody(g.body, g.rawLength));
            if (whole.count == 0) whole = g, whole.count = 0;
            else if (g.prevHash != whole.headHash) return fail(ErrorKind::Corrupt, "log.chain");
            raw += ops;
            whole.count += g.count;
            whole.headHash = g.headHash;
            whole.signature = g.signature;
            whole.hlcMax = g.hlcMax;
        }
        packBody(whole, raw);
        // What is written can be read, or the small ones stay.
        WL_CHECK(openSegment(whole, s.origins.row(window.oi)->key, s.realm.realm));
        WL_TRY(auto drop,
               (sql::Statement<3>::prepare(s.db, "DELETE FROM segment WHERE oi=? AND first_seq>=? AND first_seq<?")));
        WL_CHECK(drop.exec(window.oi, from, from + kWindow));
        return s.insertSegment(whole, window.oi, s.clock.now());
    };
    WL_CHECK(s.setDurable(true));
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    Result<void> done;
    for (const auto& window : found)
        if (done) done = merge(window);
    if (done) done = s.db.run("COMMIT");
    s.projector->discard();
    if (!done) {
        WL_CHECK(s.db.run("ROLLBACK"));
        return std::unexpected(done.error());
    }
    s.durable.reset();
    return found.size();
}

}  // namespace wl::store
