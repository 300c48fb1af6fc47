// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The newcomer's side of a pairing over the network. Blocks its thread: the console has no replica yet, so nothing else
// is running.

#include <functional>
#include <stop_token>

#include "sync/address.hpp"
#include "sync/pairing.hpp"

namespace wl::sync {

struct JoinRequest {
    Address address;  ///< of the console that shows the code
    std::string code;  ///< as readPairingCode gives it
    std::string name;  ///< proposed for this console
    std::string department;
};

/// Calls, proves the code, waits until a person at the other console has let us in, makes the replica and says so.
/// `compare` is told the six digits to show; `make` makes the replica. Errors: net.*, tls.*, pairing.*, those of
/// `make`, join.stopped.
[[nodiscard]] Result<void> join(const JoinRequest& request, const KeyPair& keys, const KeySeed& tlsSeed, Rng& rng,
                                const std::function<void(const std::string&)>& compare,
                                const std::function<Result<void>(const RealmWelcome&)>& make,
                                const std::stop_token& stop = {});

}  // namespace wl::sync
