// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/op_log.hpp"

#include <algorithm>

namespace wl::store {

Result<LogReader> LogReader::make(sql::Database& db, Origins& origins) {
    WL_TRY(auto find,
           Find::prepare(db, "SELECT first_seq, n, raw_len, body, dict FROM segment WHERE oi=? AND first_seq<=?"
                             " ORDER BY first_seq DESC LIMIT 1"));
    return LogReader(db, origins, std::move(find));
}

Result<std::string> LogReader::opBytes(std::int64_t oi, std::uint64_t seq) {
    ++m_turn;
    for (auto& u : m_recent) {
        if (u.oi != oi || seq < u.firstSeq || seq >= u.firstSeq + u.ops.size()) continue;
        u.used = m_turn;
        return u.ops[seq - u.firstSeq];
    }
    m_find.bind(oi, seq);
    WL_TRY(const bool row, m_find.step());
    if (!row) return fail(ErrorKind::Corrupt, "log.gap", {}, std::to_string(seq));
    const auto first = static_cast<std::uint64_t>(m_find.integer(0));
    const auto count = static_cast<std::uint32_t>(m_find.integer(1));
    auto raw = unpackBody(m_find.bytes(3), m_find.integer(2));
    m_find.reset();
    if (!raw) return std::unexpected(raw.error());
    if (seq >= first + count) return fail(ErrorKind::Corrupt, "log.gap", {}, std::to_string(seq));
    WL_TRY(auto ops, splitOps(*raw, count));
    auto bytes = ops[seq - first];
    if (m_recent.size() >= 8) m_recent.erase(std::ranges::min_element(m_recent, {}, &Unpacked::used));
    m_recent.push_back({oi, first, std::move(ops), m_turn});
    return bytes;
}

Result<StampedOp> LogReader::op(std::int64_t oi, std::uint64_t seq, KeyRing& keys) {
    if (!m_origins->row(oi)) WL_CHECK(m_origins->addNew(*m_db));
    const auto author = m_origins->idOf(oi);
    WL_TRY(const auto bytes, opBytes(oi, seq));
    WL_TRY(auto op, decodeOp(bytes, author, keys));
    const Stamp stamp{op.hlc, {author, seq}};
    return StampedOp{stamp, std::move(op)};
}

}  // namespace wl::store
