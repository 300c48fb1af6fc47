// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A console without a replica becomes one of a city's: pairs with the console that shows the code and makes the
// replica.

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "domain/crypto.hpp"
#include "domain/ids.hpp"

namespace wl::engine {

struct JoinOptions {
    std::filesystem::path dir;  ///< of the replica to be; one that nothing was ever written in is replaced
    std::string address;        ///< HOST:PORT of the console that shows the code
    std::string code;           ///< as a person typed it
    std::string name;           ///< proposed for this console
    std::string department;
    const Clock* clock{};       ///< null: the system's
    Rng* rng{};                 ///< null: the system's
    std::function<void(const std::string& comparison)> compare;  ///< the six digits to show, while the other decides
    std::stop_token stop;
};

struct JoinedCity {
    RealmId realm;
    OriginId origin;
    std::string city;
    std::string name;  ///< as the administrator confirmed it
};

/// Blocks until the person at the other console has decided. The first exchange is done by the engine once the replica
/// is opened: sync.json names the other console. Errors: address.form, pairing.*, net.*, tls.*, replica.exists, file.*
[[nodiscard]] Result<JoinedCity> joinCity(const JoinOptions& options);

/// What a console would be called if nobody names it: the machine's name.
[[nodiscard]] std::string proposedConsoleName();

}  // namespace wl::engine
