// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The key ring that finds the data key of an entity.

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "domain/op_codec.hpp"
#include "domain/segment.hpp"
#include "store/secrets.hpp"
#include "store/sqlite.hpp"

namespace wl::store {

/// The name of a data key: entity id ‖ generation (4, big-endian).
[[nodiscard]] std::string dekId(const EntityId& entity, std::uint32_t generation);

/// Gives no key: what an op says to anybody, whoever may read its personal texts.
class NoKeys final : public KeyRing {
public:
    [[nodiscard]] Result<SymmetricKey> sealingKey(const EntityId&, std::uint32_t*) override {
        return fail(ErrorKind::Refused, "keys.read_only");
    }
    [[nodiscard]] Result<SymmetricKey> openingKey(const EntityId&, std::uint32_t) override {
        return fail(ErrorKind::NotFound, "keys.missing");
    }
};

/// Every console seals under keys of its own making, so that its log alone holds all that is needed to read it: the key
/// another console made may travel with ops that nobody will ever have (those after the cutoff of a revoked one).
/// Generations are random numbers, not counted: two consoles that each make the first key of one entity while they are
/// apart must not give two keys one name.
class StoreKeyRing final : public KeyRing {
public:
    /// With `rng` new keys may be made (the writer); without, only opened (readers).
    static Result<std::unique_ptr<StoreKeyRing>> make(sql::Database& db, const RealmSecrets& realm, Rng* rng);

    [[nodiscard]] Result<SymmetricKey> sealingKey(const EntityId& entity, std::uint32_t* generation) override;
    [[nodiscard]] Result<SymmetricKey> openingKey(const EntityId& entity, std::uint32_t generation) override;
    /// Says that the entity is new, so that no look-up is needed before its first key is made.
    void expectNew(const EntityId& entity) { m_new = entity; }
    /// Names the op that is written next: a key made for it travels with it.
    void writing(std::int64_t oi, std::uint64_t seq) {
        if (oi != m_writer) m_sealing.clear();
        m_oi = m_writer = oi, m_seq = seq;
    }
    /// Keys that came with a segment whose ops are read next: each is kept once an op names it and it can be unwrapped.
    void expect(std::span<const WrappedKey> keys, std::int64_t oi, std::uint64_t firstSeq);
    /// The same for a key that opened an op already, and the op counts as read. False: it has to be read with the keys
    /// here.
    Result<bool> keep(const std::string& id, const SymmetricKey& key);
    /// Ends `expect`; the entities of the keys that were new here, whose older ops can perhaps be read now.
    std::vector<EntityId> settle();
    void forget() {
        m_cache.clear();
        m_sealing.clear();
        m_created.clear();
        m_arriving.clear();
        m_kept.clear();
    }
    /// Keys made since the last call, wrapped, for the journal.
    [[nodiscard]] std::vector<WrappedKey> takeCreated() { return std::exchange(m_created, {}); }

private:
    using Find = sql::Statement<1, 1>;
    using FindOwn = sql::Statement<3, 2>;
    using Insert = sql::Statement<5>;
    StoreKeyRing(sql::Database& db, const RealmSecrets& realm, Rng* rng, Find find, FindOwn findOwn,
                 std::optional<Insert> insert)
        : m_db(&db), m_realm(realm), m_rng(rng), m_find(std::move(find)), m_findOwn(std::move(findOwn)),
          m_insert(std::move(insert)) {}
    struct Named {
        std::uint32_t generation{};
        SymmetricKey key{};
    };
    Result<Named> create(const EntityId& entity);
    void remember(const EntityId& entity, const Named& named);

    sql::Database* m_db;
    RealmSecrets m_realm;
    Rng* m_rng;
    Find m_find;
    FindOwn m_findOwn;
    std::optional<Insert> m_insert;
    std::unordered_map<EntityId, Named> m_cache;  ///< one key an entity; most have no other
    std::unordered_map<EntityId, Named> m_sealing;  ///< keys that origin m_oi made
    Result<bool> keepArrived(const std::string& id, const SymmetricKey* opened);

    std::vector<WrappedKey> m_created;
    EntityId m_new;
    std::int64_t m_oi{};
    std::int64_t m_writer{};
    std::uint64_t m_seq{};
    std::unordered_map<std::string, WrappedKey> m_arriving;
    std::vector<EntityId> m_kept;
};

}  // namespace wl::store
