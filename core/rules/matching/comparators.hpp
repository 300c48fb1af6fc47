// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How alike two texts are. All work on bytes of folded text (lower case, no accents): see foldForMatching.

#include <string>
#include <string_view>

namespace wl::rules::matching {

/// Lower case, Latin letters without accents, runs of white space as one blank, none at the ends. Other scripts stay.
[[nodiscard]] std::string foldForMatching(std::string_view utf8);

/// 0 to 1 (Winkler 1990: Jaro with 0.1 for each of up to four equal first bytes).
[[nodiscard]] double jaroWinkler(std::string_view a, std::string_view b);

/// Insertions, deletions, substitutions and swaps of neighbours (Damerau, restricted); `limit + 1` if there are more.
[[nodiscard]] int editDistance(std::string_view a, std::string_view b, int limit);

/// Share of the words of the shorter text that stand in the other one too.
[[nodiscard]] double sharedWords(std::string_view a, std::string_view b);

}  // namespace wl::rules::matching
