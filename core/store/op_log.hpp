// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reading the log in the database.

#include <optional>
#include <vector>

#include "domain/segment.hpp"
#include "store/keys.hpp"
#include "store/names.hpp"

namespace wl::store {

/// Reads ops back by their dots.
class LogReader {
public:
    static Result<LogReader> make(sql::Database& db, Origins& origins);
    /// The bytes of one op.
    Result<std::string> opBytes(std::int64_t oi, std::uint64_t seq);
    Result<StampedOp> op(std::int64_t oi, std::uint64_t seq, KeyRing& keys);
    void forget() { m_recent.clear(); }

private:
    using Find = sql::Statement<2, 5>;
    LogReader(sql::Database& db, Origins& origins, Find find)
        : m_db(&db), m_origins(&origins), m_find(std::move(find)) {}
    sql::Database* m_db;
    Origins* m_origins;
    Find m_find;
    // Neighbouring ops of a case often share a segment: a few unpacked ones are kept.
    struct Unpacked {
        std::int64_t oi{};
        std::uint64_t firstSeq{};
        std::vector<std::string> ops;
        std::uint64_t used{};
    };
    std::vector<Unpacked> m_recent;
    std::uint64_t m_turn{};
};

}  // namespace wl::store
