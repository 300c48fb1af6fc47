// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How consoles of one realm find each other on a local network: small datagrams that only holders of the realm's key
// can make or understand. Others see bytes that change every hour.
//
//   "WLB1" ‖ pseudonym (8) ‖ port (2, big-endian) ‖ tag (16)
//   pseudonym = H("lan id" ‖ key ‖ hour ‖ origin), tag = H("lan" ‖ key ‖ hour ‖ pseudonym ‖ port)      key = H("lan
//   key" ‖ realm key)

#include <optional>
#include <string>

#include "domain/crypto.hpp"
#include "domain/ids.hpp"

namespace wl::sync {

inline constexpr std::size_t kBeaconLength = 30;
/// Names a console for an hour.
using Pseudonym = std::array<std::uint8_t, 8>;

class Beacons {
public:
    Beacons(const SymmetricKey& realmKey, const OriginId& self)
        : m_key(blake2b({"lan key", view(realmKey)})), m_self(self) {}

    [[nodiscard]] std::string make(std::uint16_t port, Instant now) const;
    /// The port somebody else of the realm listens at; nothing for our own beacons, old ones and other people's.
    [[nodiscard]] std::optional<std::uint16_t> read(std::string_view datagram, Instant now) const;

private:
    [[nodiscard]] Pseudonym pseudonym(std::int64_t hour) const;
    [[nodiscard]] std::string tag(std::string_view said, std::int64_t hour) const;

    Hash m_key;
    OriginId m_self;
};

}  // namespace wl::sync
