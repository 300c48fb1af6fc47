// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SHA-256, by which files that came from outside are named, and its HMAC, by which webhooks are signed.

#include <string>
#include <string_view>

namespace wl {

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// HMAC-SHA-256 in the same form.
[[nodiscard]] std::string hmacSha256Hex(std::string_view key, std::string_view message);

}  // namespace wl
