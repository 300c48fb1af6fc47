// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a console listens, as people write it, and how long to wait before calling again.

#include <string>
#include <string_view>

#include "domain/crypto.hpp"
#include "domain/result.hpp"

namespace wl::sync {

inline constexpr std::uint16_t kUsualPort = 7311;

struct Address {
    std::string host;  ///< name or number; empty = every interface (to listen)
    std::uint16_t port{};
    bool operator==(const Address&) const = default;
    auto operator<=>(const Address&) const = default;
};

/// "desk4:7311", "192.0.2.7:7311", "[2001:db8::7]:7311", ":7311"; without a port the usual one. Errors: address.form
[[nodiscard]] Result<Address> readAddress(std::string_view text);
[[nodiscard]] std::string toText(const Address& address);

/// Waits that grow at random up to half a minute and never in step with those of others (decorrelated jitter).
class Backoff {
public:
    static constexpr Millis kShortest{200};
    static constexpr Millis kLongest{30'000};
    [[nodiscard]] Millis next(Rng& rng);
    void reset() { m_last = kShortest; }

private:
    Millis m_last{kShortest};
};

}  // namespace wl::sync
