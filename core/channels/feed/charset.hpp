// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text of a feed becomes UTF-8. Detection is per value: bytes that are not UTF-8 are read as Windows-1252 (which
// holds Latin-1's printable range), so that no second pass over the file is needed.

#include <cstdint>
#include <string>
#include <string_view>

namespace wl::feed {

enum class Charset : std::uint8_t {
    Detect,       ///< UTF-8 where it is, else Windows-1252
    Utf8,         ///< anything else is a bad row
    Windows1252,  ///< also what "latin-1" and "iso-8859-1" mean in practice (WHATWG encoding standard)
};

[[nodiscard]] bool isUtf8(std::string_view bytes);
/// Appends `bytes`, read as Windows-1252, in UTF-8.
void appendWindows1252(std::string& out, std::string_view bytes);
/// Appends `bytes` as UTF-8. False if they are not of the declared charset; nothing is appended then.
[[nodiscard]] bool appendAsUtf8(std::string& out, std::string_view bytes, Charset charset);

}  // namespace wl::feed
