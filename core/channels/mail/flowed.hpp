// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text forms inside a mail's text: format=flowed (RFC 3676) and files written out by uuencode.

#include <string>
#include <string_view>

#include "channels/mail/message.hpp"

namespace wl::mail {

/// Joins the lines that a program broke to fit; `deleteSpace` is DelSp=yes.
[[nodiscard]] std::string unflowed(std::string_view text, bool deleteSpace);

/// Takes "begin 644 name … end" blocks out of the text; their files go to `files`.
[[nodiscard]] std::string withoutUuencoded(std::string_view text, std::vector<File>& files);

}  // namespace wl::mail
