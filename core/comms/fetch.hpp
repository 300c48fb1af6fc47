// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fetches what a provider keeps for us: the pictures of messages.

#include <chrono>
#include <string>

#include "domain/result.hpp"

namespace wl::comms {

struct Fetched {
    long status{};      ///< of HTTP
    std::string body;
    std::string type;   ///< Content-Type
};
/// GET over http or https, without redirections. Blocks its thread. Errors: fetch.failed (World), fetch.large (Refused)
[[nodiscard]] Result<Fetched> httpGet(const std::string& url, const std::string& token, std::size_t limit,
                                      std::chrono::seconds timeout);

}  // namespace wl::comms
