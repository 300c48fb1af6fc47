// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text in any charset to UTF-8, as mail programs label it: wrongly, by the name of a Windows code page's ISO cousin, or
// not at all.

#include <string>
#include <string_view>

namespace wl::mail {

/// Text in the charset declared (empty: none). Where the bytes do not fit what was declared, they are taken as UTF-8 if
/// they are, else as what they most likely are; never fails, bad bytes become U+FFFD.
[[nodiscard]] std::string toUtf8(std::string_view bytes, std::string_view declared);

}  // namespace wl::mail
