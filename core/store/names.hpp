// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small integers that stand for long names inside one database: origins and catalogue codes.

#include <unordered_map>
#include <vector>

#include "domain/hlc.hpp"
#include "domain/crypto.hpp"
#include "store/sqlite.hpp"

namespace wl::store {

/// Origin id <-> local index. Loaded once; a reader loads again when it meets an index it does not know.
class Origins {
public:
    struct Row {
        OriginId id;
        PublicKey key{};
        std::uint64_t headSeq{};
        Hash headHash{};
        Hlc maxHlc;   ///< greatest of the ops that were folded: what the clock has seen
        Hlc lastHlc;  ///< greatest of all its ops: the next one has to lie after it
        std::uint32_t lastEpoch{1};  ///< greatest realm epoch its ops cited
        bool local{};  ///< of this installation and waiting to be enrolled
    };
    Result<void> load(sql::Database& db);
    /// Adds what joined since; rows that are known stay as they are, in place.
    Result<void> addNew(sql::Database& db);
    [[nodiscard]] const Row* row(std::int64_t oi) const {
        const auto at = m_rows.find(oi);
        return at == m_rows.end() ? nullptr : &at->second;
    }
    [[nodiscard]] Row* row(std::int64_t oi) {
        const auto at = m_rows.find(oi);
        return at == m_rows.end() ? nullptr : &at->second;
    }
    /// 0 if unknown.
    [[nodiscard]] std::int64_t indexOf(const OriginId& id) const {
        const auto at = m_index.find(id);
        return at == m_index.end() ? 0 : at->second;
    }
    [[nodiscard]] OriginId idOf(std::int64_t oi) const {
        const auto* r = row(oi);
        return r ? r->id : OriginId{};
    }
    /// Adds an origin that has no ops yet.
    Result<std::int64_t> add(sql::Database& db, const OriginId& id, const PublicKey& key, const RealmId& realm,
                             bool local);
    [[nodiscard]] const std::unordered_map<std::int64_t, Row>& rows() const { return m_rows; }

private:
    std::unordered_map<std::int64_t, Row> m_rows;
    std::unordered_map<OriginId, std::int64_t> m_index;
};

/// Catalogue codes and short reasons <-> local integers; 0 is the empty text.
class Terms {
public:
    Result<void> load(sql::Database& db);
    /// The writer's side: adds the text where it is new.
    Result<std::int64_t> intern(sql::Database& db, const std::string& text);
    /// The readers' side; loads what was added since where the number is unknown.
    Result<std::string> text(sql::Database& db, std::int64_t id);
    [[nodiscard]] std::int64_t find(const std::string& text) const {
        const auto at = m_ids.find(text);
        return at == m_ids.end() ? (text.empty() ? 0 : -1) : at->second;
    }

private:
    std::unordered_map<std::string, std::int64_t> m_ids;
    std::vector<std::string> m_texts{std::string()};
};

}  // namespace wl::store
