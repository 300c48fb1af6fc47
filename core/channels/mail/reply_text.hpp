// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What somebody wrote in a mail, without what they quoted and without the signature. Works on the plain text, line by
// line, from how mail programs mark quotes: ">" lines, a line that says who wrote when, a separator, or the header of
// the earlier mail written out. In the languages that these programs speak.

#include <string>
#include <string_view>

namespace wl::mail {

struct Reply {
    std::string text;       ///< what is new; the whole text where nothing else would be left
    std::string signature;  ///< taken off its end: "-- …", "Sent from my …"; empty if there is none
};

[[nodiscard]] Reply replyOf(std::string_view text);

}  // namespace wl::mail
