// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/names.hpp"

#include "domain/chain.hpp"

namespace wl::store {
namespace {

// origin.state
constexpr int kOriginEnrolled = 0, kOriginLocal = 1;

}  // namespace

Result<void> Origins::load(sql::Database& db) {
    m_rows.clear();
    m_index.clear();
    return addNew(db);
}

Result<void> Origins::addNew(sql::Database& db) {
    WL_TRY(auto query, (sql::Statement<0, 9>::prepare(db, "SELECT oi, origin_id, pubkey, head_seq, head_hash, max_hlc, "
                                                          "last_hlc, last_epoch, state FROM origin")));
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return {};
        if (m_rows.contains(query.integer(0))) continue;
        Row r;
        r.id = idFromBytes<OriginId>(query.bytes(1));
        r.key = arrayFromBytes<PublicKey>(query.bytes(2));
        r.headSeq = static_cast<std::uint64_t>(query.integer(3));
        r.headHash = arrayFromBytes<Hash>(query.bytes(4));
        r.maxHlc = {static_cast<std::uint64_t>(query.integer(5))};
        r.lastHlc = {static_cast<std::uint64_t>(query.integer(6))};
        r.lastEpoch = static_cast<std::uint32_t>(query.integer(7));
        r.local = query.integer(8) == kOriginLocal;
        m_index[r.id] = query.integer(0);
        m_rows[query.integer(0)] = r;
    }
}

Result<std::int64_t> Origins::add(sql::Database& db, const OriginId& id, const PublicKey& key, const RealmId& realm,
                                  bool local) {
    const auto start = chainStart(id, realm);
    WL_TRY(auto insert,
           (sql::Statement<4>::prepare(
               db, "INSERT INTO origin(origin_id, pubkey, state, head_seq, head_hash, max_hlc) VALUES(?,?,?,0,?,0)")));
    WL_CHECK(insert.exec(sql::Blob{wl::view(id)}, sql::Blob{wl::view(key)}, local ? kOriginLocal : kOriginEnrolled,
                         sql::Blob{wl::view(start)}));
    const auto oi = db.lastRowId();
    Row r;
    r.id = id;
    r.key = key;
    r.headHash = start;
    r.local = local;
    m_rows[oi] = r;
    m_index[id] = oi;
    return oi;
}

Result<void> Terms::load(sql::Database& db) {
    const auto known = static_cast<std::int64_t>(m_texts.size()) - 1;
    WL_TRY(auto query, (sql::Statement<1, 2>::prepare(db, "SELECT id, text FROM term WHERE id > ? ORDER BY id")));
    query.bind(known);
    while (true) {
        WL_TRY(const bool row, query.step());
        if (!row) return {};
        const auto id = static_cast<std::size_t>(query.integer(0));
        if (m_texts.size() <= id) m_texts.resize(id + 1);
        m_texts[id] = query.text(1);
        m_ids[m_texts[id]] = static_cast<std::int64_t>(id);
    }
}

Result<std::int64_t> Terms::intern(sql::Database& db, const std::string& text) {
    if (const auto known = find(text); known >= 0) return known;
    WL_TRY(auto insert, (sql::Statement<2>::prepare(db, "INSERT INTO term(id, text) VALUES(?,?)")));
    const auto id = static_cast<std::int64_t>(m_texts.size());
    WL_CHECK(insert.exec(id, text));
    m_texts.push_back(text);
    m_ids[text] = id;
    return id;
}

Result<std::string> Terms::text(sql::Database& db, std::int64_t id) {
    if (id < 0) return fail(ErrorKind::Corrupt, "term.id");
    if (static_cast<std::size_t>(id) >= m_texts.size()) WL_CHECK(load(db));
    if (static_cast<std::size_t>(id) >= m_texts.size())
        return fail(ErrorKind::Corrupt, "term.id", {}, std::to_string(id));
    return m_texts[static_cast<std::size_t>(id)];
}

}  // namespace wl::store
