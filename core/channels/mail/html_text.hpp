// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HTML to text that can be read: paragraphs, lists and tables keep their lines, quotes get "> ". Scripts, styles and
// comments leave nothing behind; no address in it is ever asked for.

#include <string>
#include <string_view>

namespace wl::mail {

/// `html` is UTF-8. At most `limit` bytes of text.
[[nodiscard]] std::string textOfHtml(std::string_view html, std::size_t limit = 1u << 20U);

}  // namespace wl::mail
