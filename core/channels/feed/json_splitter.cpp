// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/json_splitter.hpp"

#include <simdjson.h>

#include "channels/feed/reader.hpp"

namespace wl::feed {
namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Follows strings and brackets byte by byte.
struct Depth {
    int depth{};
    bool inString{};
    bool escaped{};

    void take(char c) {
        if (inString) {
            if (escaped) escaped = false;
            else if (c == '\\') escaped = true;
            else if (c == '"') inString = false;
            return;
        }
        if (c == '"') inString = true;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
    }
};

}  // namespace

JsonSplitter::JsonSplitter(ByteSource& source, std::string first) : m_source(source), m_buffer(std::move(first)) {
    m_buffer.reserve(m_buffer.size() + simdjson::SIMDJSON_PADDING);
}

std::unexpected<Error> JsonSplitter::syntax(std::size_t at) const {
    return fail(ErrorKind::Input, "json.syntax", "json", std::to_string(m_dropped + at));
}

// Gets another piece behind what is still needed; false at the end of the file.
Result<bool> JsonSplitter::more() {
    WL_TRY(const std::string_view piece, m_source.next());
    if (piece.empty()) return false;
    if (m_buffer.size() - m_begin > kMaxRowBytes)
        return fail(ErrorKind::Input, "feed.row_too_long", "json", std::to_string(m_dropped + m_begin));
    m_buffer.erase(0, m_begin);
    m_dropped += m_begin;
    m_at -= m_begin;
    m_begin = 0;
    m_buffer.reserve(m_buffer.size() + piece.size() + simdjson::SIMDJSON_PADDING);
    m_buffer += piece;
    return true;
}

// At `{` of a root object: finds its array of objects, or leaves m_at behind the whole object, which is a row then.
Result<bool> JsonSplitter::intoRoot() {
    Depth state;
    m_begin = m_at;
    bool arrayOpened = false;  // the last thing seen was the `[` of a member
    for (;; ++m_at) {
        if (m_at == m_buffer.size()) {
            WL_TRY(const bool got, more());
            if (!got) return false;
        }
        const char c = m_buffer[m_at];
        if (arrayOpened && c == '{') {
            m_where = Where::Rows;
            m_wrapped = true;
            return true;
        }
        if (arrayOpened && !isSpace(c)) arrayOpened = false;
        state.take(c);
        if (c == '[' && !state.inString && state.depth == 2) arrayOpened = true;
        if (state.depth == 0) {
            ++m_at;
            m_where = Where::Outside;
            return true;
        }
    }
}

// Leaves m_at at the first byte of a row; false if the file ends first.
Result<bool> JsonSplitter::toNextRow() {
    for (;; ++m_at) {
        if (m_at == m_buffer.size()) {
            m_begin = m_at;
            WL_TRY(const bool got, more());
            if (!got) return false;
        }
        const char c = m_buffer[m_at];
        if (!isSpace(c) && c != ',') return true;
    }
}

Result<bool> JsonSplitter::toEndOfRow() {
    Depth state;
    m_begin = m_at;
    const bool scalar = m_buffer[m_at] != '{' && m_buffer[m_at] != '[';
    for (;; ++m_at) {
        if (m_at == m_buffer.size()) {
            WL_TRY(const bool got, more());
            if (!got) return false;
        }
        const char c = m_buffer[m_at];
        if (scalar && !state.inString && (c == ',' || c == ']' || c == '}')) return true;
        state.take(c);
        if (!scalar && state.depth == 0) {
            ++m_at;
            return true;
        }
    }
}

// What follows the rows inside the wrapping object.
Result<bool> JsonSplitter::skipTail() {
    Depth state{1, false, false};
    for (;; ++m_at) {
        if (m_at == m_buffer.size()) {
            m_begin = m_at;
            WL_TRY(const bool got, more());
            if (!got) return false;
        }
        state.take(m_buffer[m_at]);
        if (state.depth == 0) {
            ++m_at;
            return true;
        }
    }
}

Result<JsonSplitter::Piece> JsonSplitter::next() {
    const auto cutOff = [this](std::size_t begin) {
        return Piece{Kind::CutOff, std::string_view(m_buffer).substr(begin)};
    };
    for (;;) {
        WL_TRY(const bool found, toNextRow());
        if (m_where == Where::Outside) {
            if (!found) {
                if (!m_any && !m_arrayDone) return fail(ErrorKind::Input, "json.no_rows", "json");
                return Piece{Kind::End, {}};
            }
            const char c = m_buffer[m_at];
            if (c == '[' && !m_any && !m_arrayDone) {
                m_where = Where::Rows;
                ++m_at;
                continue;
            }
            if (c != '{' || m_arrayDone) return syntax(m_at);
            WL_TRY(const bool whole, intoRoot());
            if (!whole) return cutOff(m_begin);
            if (m_where == Where::Rows) continue;
            m_any = true;
            return Piece{Kind::Row, std::string_view(m_buffer).substr(m_begin, m_at - m_begin)};
        }
        if (!found) return cutOff(m_buffer.size());
        const char c = m_buffer[m_at];
        if (c == ']') {
            ++m_at;
            m_arrayDone = true;
            if (m_wrapped) {
                WL_TRY(const bool whole, skipTail());
                if (!whole) return cutOff(m_buffer.size());
            }
            m_where = Where::Outside;
            continue;
        }
        if (c == '}') return syntax(m_at);
        WL_TRY(const bool whole, toEndOfRow());
        if (!whole) return cutOff(m_begin);
        m_any = true;
        return Piece{Kind::Row, std::string_view(m_buffer).substr(m_begin, m_at - m_begin)};
    }
}

}  // namespace wl::feed
