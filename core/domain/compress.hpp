// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// zstd, with the decompressed length always declared and bounded by the caller. Short pieces are packed with a
// dictionary of a service desk's words, which ships with the program (core/domain/dictionary).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl {

[[nodiscard]] std::string compress(std::string_view raw, int level = 3);
/// The same with the dictionary, which the frame names.
[[nodiscard]] std::string compressWithWords(std::string_view raw);
inline constexpr std::uint32_t kWords = 1;  ///< number of the dictionary
/// Refuses frames that would unpack to anything but exactly `rawLength` bytes, or that need another dictionary.
[[nodiscard]] Result<std::string> decompress(std::string_view packed, std::size_t rawLength);

/// A short text before it is sealed: 0 ‖ the text, or 1 ‖ a zstd frame made with dictionary 1, without its magic number
/// and the dictionary's; whichever is shorter.
[[nodiscard]] std::string packText(std::string_view text);
/// Refuses what is longer than `limit` (zstd.length) or of a form that is not known here (zstd.form).
[[nodiscard]] Result<std::string> unpackText(std::string_view packed, std::size_t limit);

}  // namespace wl
