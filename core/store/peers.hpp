// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "domain/exchange.hpp"
#include "domain/realm_log.hpp"

namespace wl::store {

/// What another console has durably, as it told when it was last met.
struct PeerRecord {
    OriginId origin;
    Instant lastSeen;
    std::vector<LogHead> heads;  ///< hashes are zero
};

/// The realm as a replica on disk knows it.
struct RealmView {
    RealmState state;
    OriginId self;
    std::vector<PeerRecord> peers;
    std::vector<LogHead> heads;  ///< of the replica itself; hashes are zero
    std::optional<Error> stopped;  ///< as Store::writingStopped
    OriginId was;                ///< as OriginSecrets::was
};
/// Through a read connection of its own: also while a console has the replica open.
[[nodiscard]] Result<RealmView> realmViewOf(const std::filesystem::path& dir);

}  // namespace wl::store
