// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/beacon.hpp"

namespace wl::sync {
namespace {

constexpr std::string_view kMagic = "WLB1";
constexpr std::int64_t kHour = 3'600'000;

std::string bigEndian(std::int64_t value, int bytes) {
    std::string out;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out.push_back(static_cast<char>((value >> shift) & 0xff));
    return out;
}

}  // namespace

Pseudonym Beacons::pseudonym(std::int64_t hour) const {
    const auto hash = blake2b({"lan id", view(m_key), bigEndian(hour, 8), view(m_self)});
    return arrayFromBytes<Pseudonym>(view(hash).substr(0, 8));
}

std::string Beacons::tag(std::string_view said, std::int64_t hour) const {
    return std::string(view(blake2b({"lan", view(m_key), bigEndian(hour, 8), said})).substr(0, 16));
}

std::string Beacons::make(std::uint16_t port, Instant now) const {
    const auto hour = now.ms / kHour;
    const auto said = std::string(view(pseudonym(hour))) + bigEndian(port, 2);
    return std::string(kMagic) + said + tag(said, hour);
}

std::optional<std::uint16_t> Beacons::read(std::string_view datagram, Instant now) const {
    if (datagram.size() != kBeaconLength || !datagram.starts_with(kMagic)) return std::nullopt;
    const auto said = datagram.substr(4, 10);
    for (auto hour = now.ms / kHour - 1; hour <= now.ms / kHour + 1; ++hour) {
        if (!sameBytes(tag(said, hour), datagram.substr(14))) continue;
        if (view(pseudonym(hour)) == said.substr(0, 8)) return std::nullopt;
        const auto port =
            (static_cast<unsigned>(static_cast<unsigned char>(said[8])) << 8) | static_cast<unsigned char>(said[9]);
        return static_cast<std::uint16_t>(port);
    }
    return std::nullopt;
}

}  // namespace wl::sync
