// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workload.hpp"

#include "store/sqlite.hpp"

namespace wl::store {

Result<std::vector<WorkloadRow>> readWorkload(const std::filesystem::path& database) {
    WL_TRY(auto db, sql::Database::open(database, sql::Access::ReadOnly));
    WL_TRY(auto query,
           (sql::Statement<0, 4>::prepare(
               db, "SELECT coalesce((SELECT text FROM term WHERE id=owner),''), coalesce((SELECT text FROM term WHERE"
                   " id=crew),''), n, last FROM (SELECT owner, crew, count(*) AS n, max(updated_at) AS last FROM cases"
                   " WHERE status<7 GROUP BY owner, crew)")));
    std::vector<WorkloadRow> out;
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return out;
        out.push_back({query.text(0), query.text(1), static_cast<int>(query.integer(2)), {query.integer(3)}});
    }
}

}  // namespace wl::store
