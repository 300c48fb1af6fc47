// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/address.hpp"

#include <algorithm>
#include <charconv>

namespace wl::sync {

Result<Address> readAddress(std::string_view text) {
    const auto bad = [&] { return fail(ErrorKind::Input, "address.form", "address", std::string(text)); };
    Address out{{}, kUsualPort};
    std::string_view port;
    bool hasPort = false;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return bad();
        out.host = text.substr(1, end - 1);
        const auto rest = text.substr(end + 1);
        if (!rest.empty() && !rest.starts_with(':')) return bad();
        hasPort = !rest.empty();
        if (hasPort) port = rest.substr(1);
        if (out.host.empty()) return bad();
    } else {
        const auto colon = text.rfind(':');
        if (colon != text.find(':')) return bad();  // a bare IPv6 number: nobody could tell its port
        out.host = text.substr(0, colon);
        hasPort = colon != std::string_view::npos;
        if (hasPort) port = text.substr(colon + 1);
    }
    const auto isPlain = [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != '/' && c != '@' && c != 0x7f;
    };
    if (text.empty() || !std::ranges::all_of(out.host, isPlain)) return bad();
    if (hasPort) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (error != std::errc{} || end != port.data() + port.size()) return bad();
    }
    return out;
}

std::string toText(const Address& address) {
    const bool six = address.host.find(':') != std::string::npos;
    return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Millis Backoff::next(Rng& rng) {
    const auto bytes = randomBytes<std::array<std::uint8_t, 4>>(rng);
    const auto number =
        (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) | (std::uint32_t{bytes[2]} << 8) | bytes[3];
    const auto span = m_last.count() * 3 - kShortest.count();
    m_last = std::min(kLongest, Millis(kShortest.count() + static_cast<std::int64_t>(number) % (span + 1)));
    return m_last;
}

}  // namespace wl::sync
