// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keys.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kCacheLimit = 20'000;
constexpr std::size_t kWrappedBytes = 48;  // key and tag

// Every data key has a name of its own (16 random bytes and 4), and is wrapped once: its nonce can follow from the name
// and need not travel.
Nonce nonceFor(std::string_view id) { return arrayFromBytes<Nonce>(view(blake2b({"kek", id})).substr(0, 24)); }

}  // namespace

std::string dekId(const EntityId& entity, std::uint32_t generation) {
    std::string id(view(entity));
    for (int shift = 24; shift >= 0; shift -= 8) id.push_back(static_cast<char>((generation >> shift) & 0xffU));
    return id;
}

Result<std::unique_ptr<StoreKeyRing>> StoreKeyRing::make(sql::Database& db, const RealmSecrets& realm, Rng* rng) {
    WL_TRY(auto find, Find::prepare(db, "SELECT wrapped FROM dek WHERE dek_id=?"));
    WL_TRY(auto findOwn, FindOwn::prepare(db, "SELECT dek_id, wrapped FROM dek WHERE dek_id BETWEEN ? AND ? AND oi=?"
                                              " AND wrapped IS NOT NULL ORDER BY dek_id LIMIT 1"));
    std::optional<Insert> insert;
    if (rng) {
        WL_TRY(auto made,
               Insert::prepare(
                   db, "INSERT OR IGNORE INTO dek(dek_id, wrapped, kek_epoch, oi, first_seq) VALUES(?,?,?,?,?)"));
        insert.emplace(std::move(made));
    }
    return std::unique_ptr<StoreKeyRing>(new StoreKeyRing(db, realm, rng, std::move(find), std::move(findOwn),
                                                          std::move(insert)));
}

void StoreKeyRing::remember(const EntityId& entity, const Named& named) {
    if (m_cache.size() > kCacheLimit) m_cache.clear();
    m_cache[entity] = named;
}

Result<SymmetricKey> StoreKeyRing::unwrap(std::string_view id, std::string_view wrapped) const {
    if (wrapped.size() == kWrappedBytes) {
        WL_TRY(const std::string plain, wl::open(m_realm.kek, nonceFor(id), wrapped, id));
        return arrayFromBytes<SymmetricKey>(plain);
    }
    // Of version 1: nonce ‖ sealed key.
    if (wrapped.size() < 24) return fail(ErrorKind::Corrupt, "keys.wrapped");
    WL_TRY(const std::string plain,
           wl::open(m_realm.kek, arrayFromBytes<Nonce>(wrapped.substr(0, 24)), wrapped.substr(24), id));
    return arrayFromBytes<SymmetricKey>(plain);
}

Result<StoreKeyRing::Named> StoreKeyRing::create(const EntityId& entity) {
    const auto number = randomBytes<std::array<std::uint8_t, 4>>(*m_rng);
    Named named{0, randomBytes<SymmetricKey>(*m_rng)};
    for (const auto byte : number) named.generation = (named.generation << 8) | byte;
    const auto id = dekId(entity, named.generation);
    const auto wrapped = seal(m_realm.kek, nonceFor(id), wl::view(named.key), id);
    WL_CHECK(m_insert->exec(sql::Blob{id}, sql::Blob{wrapped}, m_realm.epoch, m_oi, m_seq));
    m_created.push_back({id, wrapped, m_realm.epoch});
    remember(entity, named);
    if (m_sealing.size() > kCacheLimit) m_sealing.clear();
    m_sealing[entity] = named;
    return named;
}

Result<SymmetricKey> StoreKeyRing::sealingKey(const EntityId& entity, std::uint32_t* generation) {
    if (!m_insert) return fail(ErrorKind::Refused, "keys.read_only");
    Named named;
    if (entity == m_new) {
        m_new = {};
        WL_TRY(named, create(entity));
    } else if (const auto known = m_sealing.find(entity); known != m_sealing.end()) {
        named = known->second;
    } else {
        // An erased key leaves its row without contents; a new one takes over.
        const auto first = dekId(entity, 0), last = dekId(entity, 0xffffffffU);
        m_findOwn.bind(sql::Blob{first}, sql::Blob{last}, m_oi);
        WL_TRY(const bool row, m_findOwn.step());
        const auto id = row ? m_findOwn.text(0) : std::string();
        const auto wrapped = row ? m_findOwn.text(1) : std::string();
        m_findOwn.reset();
        if (!row) {
            WL_TRY(named, create(entity));
        } else {
            for (const char c : std::string_view(id).substr(16))
                named.generation = (named.generation << 8) | static_cast<std::uint8_t>(c);
            WL_TRY(named.key, unwrap(id, wrapped));
            m_sealing[entity] = named;
        }
    }
    *generation = named.generation;
    return named.key;
}

void StoreKeyRing::expect(std::span<const WrappedKey> keys, std::int64_t oi, std::uint64_t firstSeq) {
    m_arriving.clear();
    for (const auto& key : keys) m_arriving.emplace(key.id, key);
    m_oi = oi;
    m_seq = firstSeq;
    m_kept.clear();
}

std::vector<EntityId> StoreKeyRing::settle() {
    m_arriving.clear();
    return std::exchange(m_kept, {});
}

Result<void> StoreKeyRing::keepArrived(const std::string& id) {
    const auto at = m_arriving.find(id);
    if (at == m_arriving.end()) return {};
    const auto key = std::move(at->second);
    m_arriving.erase(at);
    if (!unwrap(key.id, key.wrapped)) return {};  // not a key of this realm
    WL_CHECK(m_insert->exec(sql::Blob{key.id}, sql::Blob{key.wrapped}, key.epoch, m_oi, m_seq));
    if (m_db->changes() > 0) m_kept.push_back(idFromBytes<EntityId>(std::string_view(key.id).substr(0, 16)));
    return {};
}

Result<SymmetricKey> StoreKeyRing::openingKey(const EntityId& entity, std::uint32_t generation) {
    if (const auto known = m_cache.find(entity); known != m_cache.end() && known->second.generation == generation)
        return known->second.key;
    const auto id = dekId(entity, generation);
    if (!m_arriving.empty()) WL_CHECK(keepArrived(id));
    m_find.bind(sql::Blob{id});
    WL_TRY(const bool row, m_find.step());
    const std::string wrapped = row ? m_find.text(0) : std::string();
    m_find.reset();
    if (wrapped.empty()) return fail(ErrorKind::NotFound, "keys.missing");
    WL_TRY(const auto key, unwrap(id, wrapped));
    remember(entity, {generation, key});
    return key;
}

}  // namespace wl::store
