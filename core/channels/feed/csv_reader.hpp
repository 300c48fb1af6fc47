// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Comma, semicolon, tab or bar separated files with a header line, by RFC 4180 and what spreadsheets make of it:
// quoted line breaks, CR, LF and CRLF, a "sep=" line, trailing empty cells.

#include "channels/feed/reader.hpp"

namespace wl::feed {

/// `first` is what has been read of `source` already, without a byte order mark.
[[nodiscard]] std::unique_ptr<Reader> makeCsvReader(ByteSource source, std::string first, const ReadOptions& options);

/// The separator that occurs most often outside quotes in the first line.
[[nodiscard]] char detectDelimiter(std::string_view text);

}  // namespace wl::feed
