// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The secrets of a replica, kept in files beside the database: the realm's key-encryption key and this origin's
// signing key. And the key ring that finds the data key of an entity.

#include <filesystem>
#include <optional>
#include <unordered_map>
#include <vector>

#include "domain/segment.hpp"
#include "domain/op_codec.hpp"
#include "store/sqlite.hpp"

namespace wl::store {

struct RealmSecrets {
    RealmId realm;
    SymmetricKey kek{};
    std::uint32_t epoch{1};
};

struct OriginSecrets {
    KeyPair keys;
    OriginId origin;
    std::string machine;       ///< of the machine it was made on
    std::uint64_t lastSeq{};   ///< highest seq signed, as far as the file was written
};

Result<RealmSecrets> readRealmSecrets(const std::filesystem::path& dir);
Result<OriginSecrets> readOriginSecrets(const std::filesystem::path& dir);
Result<void> writeRealmSecrets(const std::filesystem::path& dir, const RealmSecrets& secrets);
Result<void> writeOriginSecrets(const std::filesystem::path& dir, const OriginSecrets& secrets);
/// The operating system's name for this machine; empty where there is none.
[[nodiscard]] std::string machineId();

/// Writes bytes to a new file aside, syncs it and renames it into place, readable by the owner alone.
Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view bytes);
Result<std::string> readWholeFile(const std::filesystem::path& file, std::size_t limit);

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
    void forget() {
        m_cache.clear();
        m_created.clear();
    }
    /// Keys made since the last call, wrapped, for the journal.
    [[nodiscard]] std::vector<WrappedKey> takeCreated() { return std::exchange(m_created, {}); }

private:
    using Find = sql::Statement<1, 1>;
    using FindAny = sql::Statement<2, 2>;
    using Insert = sql::Statement<3>;
    StoreKeyRing(const RealmSecrets& realm, Rng* rng, Find find, FindAny findAny, std::optional<Insert> insert)
        : m_realm(realm), m_rng(rng), m_find(std::move(find)), m_findAny(std::move(findAny)),
          m_insert(std::move(insert)) {}
    struct Named {
        std::uint32_t generation{};
        SymmetricKey key{};
    };
    Result<Named> create(const EntityId& entity);
    Result<SymmetricKey> unwrap(std::string_view id, std::string_view wrapped) const;
    void remember(const EntityId& entity, const Named& named);

    RealmSecrets m_realm;
    Rng* m_rng;
    Find m_find;
    FindAny m_findAny;
    std::optional<Insert> m_insert;
    std::unordered_map<EntityId, Named> m_cache;  ///< one key an entity; most have no other
    std::vector<WrappedKey> m_created;
    EntityId m_new;
};

}  // namespace wl::store
