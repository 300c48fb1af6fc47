// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Deterministic CBOR (RFC 8949 §4.2.1) as far as the log needs it: unsigned and negative integers, byte and text
// strings, arrays, maps with sorted unsigned keys, null, true, false. No tags, floats or indefinite lengths.
// The log is signed as bytes, so the reader accepts the canonical form alone and never guesses.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl::cbor {

enum class Type : std::uint8_t { Uint = 0, Nint = 1, Bytes = 2, Text = 3, Array = 4, Map = 5, Simple = 7 };

/// Appends items to a buffer. The caller writes map keys in ascending order.
class Writer {
public:
    explicit Writer(std::string& out) : m_out(out) {}

    void uint(std::uint64_t value) { head(Type::Uint, value); }
    void sint(std::int64_t value);
    void bytes(std::string_view value);
    void text(std::string_view value);
    void array(std::uint64_t count) { head(Type::Array, count); }
    void map(std::uint64_t pairs) { head(Type::Map, pairs); }
    void null() { m_out.push_back('\xf6'); }
    void boolean(bool value) { m_out.push_back(value ? '\xf5' : '\xf4'); }
    void raw(std::string_view encoded) { m_out.append(encoded); }

private:
    void head(Type type, std::uint64_t value);
    std::string& m_out;
};

/// Reads items one after the other; the first departure from the canonical form ends it with an error that
/// carries the byte position. Depth is the caller's: nesting is only ever what the caller asks for.
class Reader {
public:
    explicit Reader(std::string_view in) : m_in(in) {}

    [[nodiscard]] bool atEnd() const { return m_pos == m_in.size(); }
    [[nodiscard]] std::size_t position() const { return m_pos; }
    /// The type of the next item; nothing at the end or for a type the log does not use.
    [[nodiscard]] std::optional<Type> peek() const;

    [[nodiscard]] Result<std::uint64_t> uint();
    [[nodiscard]] Result<std::int64_t> sint();
    [[nodiscard]] Result<std::string_view> bytes();
    [[nodiscard]] Result<std::string_view> text();
    [[nodiscard]] Result<std::uint64_t> array();
    [[nodiscard]] Result<std::uint64_t> map();
    [[nodiscard]] Result<bool> boolean();
    /// Consumes a null if the next item is one.
    [[nodiscard]] bool null();
    /// Steps over one whole item and gives its bytes; nesting deeper than `depth` is refused.
    [[nodiscard]] Result<std::string_view> skip(int depth = 8);

private:
    [[nodiscard]] Result<std::uint64_t> head(Type type);
    [[nodiscard]] Result<std::string_view> blob(Type type);
    [[nodiscard]] std::unexpected<Error> bad(const char* code) const;

    std::string_view m_in;
    std::size_t m_pos{};
};

/// True if the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool isUtf8(std::string_view text);

}  // namespace wl::cbor
