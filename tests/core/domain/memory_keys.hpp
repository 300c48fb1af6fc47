// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Data keys in memory. Keys can be erased; a second generation then takes over.

#include <map>
#include <set>

#include "domain/op_codec.hpp"

namespace wl::test {

class MemoryKeys final : public KeyRing {
public:
    explicit MemoryKeys(std::uint64_t seed = 1) : m_rng(seed) {}

    Result<SymmetricKey> sealingKey(const EntityId& entity, std::uint32_t* generation) override {
        for (*generation = 1;; ++*generation) {
            if (m_erased.contains({entity, *generation})) continue;
            const auto [at, made] = m_keys.try_emplace({entity, *generation});
            if (made) at->second = randomBytes<SymmetricKey>(m_rng);
            return at->second;
        }
    }
    Result<SymmetricKey> openingKey(const EntityId& entity, std::uint32_t generation) override {
        const auto at = m_keys.find({entity, generation});
        if (at == m_keys.end()) return fail(ErrorKind::NotFound, "keys.missing");
        return at->second;
    }
    void erase(const EntityId& entity) {
        for (auto at = m_keys.begin(); at != m_keys.end();) {
            if (at->first.first != entity) {
                ++at;
                continue;
            }
            m_erased.insert(at->first);
            at = m_keys.erase(at);
        }
    }

private:
    SeededRng m_rng;
    std::map<std::pair<EntityId, std::uint32_t>, SymmetricKey> m_keys;
    std::set<std::pair<EntityId, std::uint32_t>> m_erased;
};

}  // namespace wl::test
