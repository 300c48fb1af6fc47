// SPDX-License-Identifier: GPL-3.0-or-later
// Clocks after a change of what they are made of. Open cases are derived anew at once, then all in slices; how far
// those got is kept in meta (clocks_from), so that a restart goes on.
#include "store/store_impl.hpp"

namespace wl::store {

Result<ChangeSet> Store::rederive(const CaseDeriver& deriver, std::span<const CaseKey> keys) {
    auto& s = *m_impl;
    std::vector<CaseKey> all(keys.begin(), keys.end());
    if (all.empty()) {
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(s.db, "SELECT ck FROM cases WHERE status<7")));
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            all.push_back({query.integer(0)});
        }
    }
    WL_TRY(auto loader, CaseLoader::make(s.db, s.origins, s.terms));
    WL_TRY(auto writer, CaseWriter::make(s.db, s.origins, s.terms));
    ChangeSet changes;
    WL_CHECK(s.db.run("BEGIN IMMEDIATE"));
    for (const auto key : all) {
        auto loaded = loader.load(key);
        if (!loaded || !*loaded) continue;
        const auto clock = deriver.derive((*loaded)->state);
        if (clock == (*loaded)->clock) continue;
        if (auto done = writer.updateClock(key, clock); !done) {
            WL_CHECK(s.db.run("ROLLBACK"));
            return std::unexpected(done.error());
        }
        changes.cases[key] = kChangedClock;
    }
    WL_CHECK(s.db.run("COMMIT"));
    return changes;
}

Result<std::optional<CaseKey>> Store::staleClocks() {
    WL_TRY(auto query, (sql::Statement<0, 1>::prepare(m_impl->db, "SELECT v FROM meta WHERE k='clocks_from'")));
    WL_TRY(const bool there, query.step());
    if (!there) return std::nullopt;
    return CaseKey{query.integer(0)};
}

Result<std::optional<ChangeSet>> Store::rederiveNext(const CaseDeriver& deriver, int limit) {
    auto& s = *m_impl;
    WL_TRY(const auto after, staleClocks());
    if (!after) return std::nullopt;
    std::vector<CaseKey> keys;
    {
        WL_TRY(auto query, (sql::Statement<2, 1>::prepare(
                               s.db, "SELECT ck FROM cases WHERE ck>? AND status<=7 ORDER BY ck LIMIT ?")));
        query.bind(after->value, limit);
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            keys.push_back({query.integer(0)});
        }
    }
    if (keys.empty()) {
        WL_CHECK(s.db.run("DELETE FROM meta WHERE k='clocks_from'"));
        return std::nullopt;
    }
    WL_TRY(auto changes, rederive(deriver, keys));
    WL_TRY(auto put, (sql::Statement<1>::prepare(s.db, "UPDATE meta SET v=? WHERE k='clocks_from'")));
    WL_CHECK(put.exec(keys.back().value));
    return changes;
}

}  // namespace wl::store
