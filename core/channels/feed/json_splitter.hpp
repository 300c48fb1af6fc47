// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cuts a JSON file of any size into the texts of its rows, so that one bad row costs one row and memory does not grow
// with the file. It only follows strings and brackets; the rows themselves are simdjson's.
//
//   [ {row}, {row} ]                       {"requests": [ {row}, {row} ], …}        {row} {row}

#include <cstdint>
#include <string>
#include <string_view>

#include "channels/feed/byte_source.hpp"

namespace wl::feed {

class JsonSplitter {
public:
    enum class Kind : std::uint8_t { Row, CutOff, End };
    struct Piece {
        Kind kind{};
        std::string_view text;  ///< readable for simdjson: enough room follows it; valid until the next call
    };

    JsonSplitter(ByteSource& source, std::string first);
    /// After CutOff (the file ends inside a row or before its last bracket) there is nothing more.
    /// Errors: those of ByteSource, json.syntax (detail = position), json.no_rows, feed.row_too_long.
    Result<Piece> next();

private:
    enum class Where : std::uint8_t { Outside, Rows };
    Result<bool> more();
    Result<bool> toNextRow();
    Result<bool> toEndOfRow();
    [[nodiscard]] std::unexpected<Error> syntax(std::size_t at) const;
    Result<bool> intoRoot();
    Result<bool> skipTail();

    ByteSource& m_source;
    std::string m_buffer;
    std::uint64_t m_dropped{};  // bytes before the buffer's first
    std::size_t m_at{};
    std::size_t m_begin{};      // of the row or the root object
    Where m_where{Where::Outside};
    bool m_wrapped{};
    bool m_any{};
    bool m_arrayDone{};
};

}  // namespace wl::feed
