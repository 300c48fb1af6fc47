// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON feeds: one object a line, or an array of objects. Members of nested objects are named "a.b"; lists of plain
// values are joined by ", ". Numbers and truth values are given as they are written.

#include "channels/feed/reader.hpp"

namespace wl::feed {

[[nodiscard]] std::unique_ptr<Reader> makeNdJsonReader(ByteSource source, std::string first,
                                                       const ReadOptions& options);
[[nodiscard]] std::unique_ptr<Reader> makeJsonReader(ByteSource source, std::string first, const ReadOptions& options);

}  // namespace wl::feed
