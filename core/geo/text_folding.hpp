// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Street names and what people type, brought to one form for searching.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wl::geo {

/// Lower case without diacritics (Latin letters); every other sign becomes a space, runs of spaces one.
[[nodiscard]] std::string foldText(std::string_view utf8);
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view folded);
/// Common short forms of road kinds written out ("st" → "street"); other words as they are.
[[nodiscard]] std::string_view expandRoadWord(std::string_view word);
/// Edits (insert, drop, change, swap of neighbours) from `typed` to the nearest beginning of `word`; at most `limit`
/// + 1.
[[nodiscard]] std::size_t prefixEdits(std::string_view typed, std::string_view word, std::size_t limit);

}  // namespace wl::geo
