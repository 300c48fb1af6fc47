// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// zstd, with the decompressed length always declared and bounded by the caller.

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl {

[[nodiscard]] std::string compress(std::string_view raw, int level = 3);
/// Refuses frames that would unpack to anything but exactly `rawLength` bytes.
[[nodiscard]] Result<std::string> decompress(std::string_view packed, std::size_t rawLength);

}  // namespace wl
