// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keys.hpp"

#include "store/read_ahead.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kCacheLimit = 20'000;
constexpr std::size_t kWrappedSeed = 32;  // seed and tag
constexpr std::size_t kWrappedKey = 48;  // key and tag, of version 2
using KeySeed16 = std::array<std::uint8_t, 16>;

// Every data key has a name of its own (16 random bytes and 4), and is wrapped once: its nonce can follow from the name
// and need not travel.
Nonce nonceFor(std::string_view id) { return arrayFromBytes<Nonce>(view(blake2b({"kek", id})).substr(0, 24)); }

// 128 bits are drawn and travel; the key they give is of the cipher's length.
SymmetricKey dataKeyOf(std::string_view id, std::string_view seed) { return blake2b({"dek", id, seed}); }

}  // namespace

std::string dekId(const EntityId& entity, std::uint32_t generation) {
    std::string id(view(entity));
    for (int shift = 24; shift >= 0; shift -= 8) id.push_back(static_cast<char>((generation >> shift) & 0xffU));
    return id;
}

Result<std::unique_ptr<StoreKeyRing>> StoreKeyRing::make(sql::Database& db, const RealmSecrets& realm, Rng* rng) {
    WL_TRY(auto find, Find::prepare(db, "SELECT wrapped FROM dek WHERE dek_id=?"));
    // The sign keeps the index of origins out of it: most keys are of one origin, few of one entity.
    WL_TRY(auto findOwn, FindOwn::prepare(db, "SELECT dek_id, wrapped FROM dek WHERE dek_id BETWEEN ? AND ? AND +oi=?"
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

Result<SymmetricKey> unwrapKey(const RealmSecrets& realm, std::string_view id, std::string_view wrapped) {
    if (wrapped.size() == kWrappedSeed) {
        WL_TRY(const std::string seed, wl::open(realm.kek, nonceFor(id), wrapped, id));
        return dataKeyOf(id, seed);
    }
    if (wrapped.size() == kWrappedKey) {
        WL_TRY(const std::string plain, wl::open(realm.kek, nonceFor(id), wrapped, id));
        return arrayFromBytes<SymmetricKey>(plain);
    }
    // Of version 1: nonce ‖ sealed key.
    if (wrapped.size() < 24) return fail(ErrorKind::Corrupt, "keys.wrapped");
    WL_TRY(const std::string plain,
           wl::open(realm.kek, arrayFromBytes<Nonce>(wrapped.substr(0, 24)), wrapped.substr(24), id));
    return arrayFromBytes<SymmetricKey>(plain);
}

Result<StoreKeyRing::Named> StoreKeyRing::create(const EntityId& entity) {
    const auto number = randomBytes<std::array<std::uint8_t, 4>>(*m_rng);
    const auto seed = randomBytes<KeySeed16>(*m_rng);
    Named named;
    for (const auto byte : number) named.generation = (named.generation << 8) | byte;
    const auto id = dekId(entity, named.generation);
    named.key = dataKeyOf(id, wl::view(seed));
    const auto wrapped = seal(m_realm.kek, nonceFor(id), wl::view(seed), id);
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
            WL_TRY(named.key, unwrapKey(m_realm, id, wrapped));
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

Result<bool> StoreKeyRing::keepArrived(const std::string& id, const SymmetricKey* opened) {
    const auto at = m_arriving.find(id);
    if (at == m_arriving.end()) return false;
    const auto key = std::move(at->second);
    m_arriving.erase(at);
    Named named;
    if (opened) {
        named.key = *opened;
    } else {
        const auto plain = unwrapKey(m_realm, key.id, key.wrapped);
        if (!plain) return false;  // not a key of this realm
        named.key = *plain;
    }
    WL_CHECK(m_insert->exec(sql::Blob{key.id}, sql::Blob{key.wrapped}, key.epoch, m_oi, m_seq));
    if (m_db->changes() == 0) return false;  // one of this name was here
    const auto entity = idFromBytes<EntityId>(std::string_view(id).substr(0, 16));
    for (const char c : std::string_view(id).substr(16))
        named.generation = (named.generation << 8) | static_cast<std::uint8_t>(c);
    m_kept.push_back(entity);
    remember(entity, named);
    return true;
}

Result<bool> StoreKeyRing::keep(const std::string& id, const SymmetricKey& key) {
    const auto entity = idFromBytes<EntityId>(std::string_view(id).substr(0, 16));
    if (const auto known = m_cache.find(entity);
        known != m_cache.end() && dekId(entity, known->second.generation) == id)
        return known->second.key == key;
    return keepArrived(id, &key);
}

Result<SymmetricKey> StoreKeyRing::openingKey(const EntityId& entity, std::uint32_t generation) {
    const auto cached = [&]() -> std::optional<SymmetricKey> {
        const auto known = m_cache.find(entity);
        if (known == m_cache.end() || known->second.generation != generation) return std::nullopt;
        return known->second.key;
    };
    if (const auto key = cached()) return *key;
    const auto id = dekId(entity, generation);
    if (!m_arriving.empty()) {
        WL_TRY(const bool kept, keepArrived(id, nullptr));
        if (kept) return *cached();
    }
    m_find.bind(sql::Blob{id});
    WL_TRY(const bool row, m_find.step());
    const std::string wrapped = row ? m_find.text(0) : std::string();
    m_find.reset();
    if (wrapped.empty()) return fail(ErrorKind::NotFound, "keys.missing");
    WL_TRY(const auto key, unwrapKey(m_realm, id, wrapped));
    remember(entity, {generation, key});
    return key;
}

}  // namespace wl::store
