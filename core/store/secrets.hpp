// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The secrets of a replica, kept in files beside the database: the realm's key-encryption key, this origin's signing
// key and the key of its TLS certificate.

#include <filesystem>
#include <string>

#include "domain/chain.hpp"

namespace wl::store {

struct RealmSecrets {
    RealmId realm;
    SymmetricKey kek{};
    std::uint32_t epoch{1};
};

struct OriginSecrets {
    KeyPair keys;
    KeyPair tls;               ///< of the console's certificate; zeros in a file of an older version
    OriginId origin;
    std::string machine;       ///< of the machine it was made on
    OriginId was;              ///< the origin it goes on from with the same certificate; null if none
    std::uint64_t lastSeq{};   ///< highest seq signed, as far as the file was written
};

/// Keys that never existed before, for a console that is to work in the realm on this machine.
[[nodiscard]] OriginSecrets makeOriginSecrets(const RealmId& realm, Rng& rng);
Result<RealmSecrets> readRealmSecrets(const std::filesystem::path& dir);
/// `file`: origin.next is written before the realm log names the keys in it, and becomes origin.key after.
Result<OriginSecrets> readOriginSecrets(const std::filesystem::path& dir, const char* file = "origin.key");
Result<void> writeRealmSecrets(const std::filesystem::path& dir, const RealmSecrets& secrets);
Result<void> writeOriginSecrets(const std::filesystem::path& dir, const OriginSecrets& secrets,
                                const char* file = "origin.key");
/// The operating system's name for this machine; empty where there is none.
[[nodiscard]] std::string machineId();

/// Writes bytes to a new file aside, syncs it and renames it into place, readable by the owner alone.
Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view bytes);
Result<std::string> readWholeFile(const std::filesystem::path& file, std::size_t limit);

}  // namespace wl::store
