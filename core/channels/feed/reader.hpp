// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads a feed file row by row. Formats, packing, charset and delimiter are found out unless they are given.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "channels/feed/byte_source.hpp"
#include "channels/feed/charset.hpp"
#include "channels/feed/record.hpp"
#include "domain/result.hpp"

namespace wl::feed {

enum class Format : std::uint8_t {
    Detect,
    Csv,
    Json,    ///< an array of objects, or an object with a member that is one ("requests", "features", …)
    NdJson,  ///< one object a line
};
[[nodiscard]] std::string_view code(Format format);
[[nodiscard]] std::optional<Format> formatFromCode(std::string_view code);

struct ReadOptions {
    Format format{Format::Detect};
    Charset charset{Charset::Detect};
    char delimiter{};  ///< CSV: comma, semicolon, tab or bar; 0 = find out
};

/// A row longer than this is taken for an unclosed quote or brace.
inline constexpr std::size_t kMaxRowBytes = 16 * 1024 * 1024;

/// One pass over one file. A row that cannot be read comes out with `problem` set and the next call goes on after it.
class Reader {
public:
    virtual ~Reader() = default;
    /// False at the end. After an error there is nothing more to read. Errors: those of ByteSource, feed.truncated
    /// (detail = line or row), csv.quote_unclosed, json.no_rows, json.syntax, feed.row_too_long.
    virtual Result<bool> next(Record& record) = 0;
    [[nodiscard]] virtual const ColumnTable& columns() const = 0;
    [[nodiscard]] virtual const ByteSource& source() const = 0;
    [[nodiscard]] virtual ReadOptions found() const = 0;  ///< format and delimiter as they were found
};

/// Errors: those of ByteSource, feed.empty, feed.charset (UTF-16 and UTF-32 are not read).
[[nodiscard]] Result<std::unique_ptr<Reader>> openFeed(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace wl::feed
