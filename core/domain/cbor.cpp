// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/cbor.hpp"

namespace wl::cbor {

void Writer::head(Type type, std::uint64_t value) {
    const auto major = static_cast<unsigned>(type) << 5;
    const auto put = [&](unsigned byte) { m_out.push_back(static_cast<char>(byte & 0xffU)); };
    int width = 0;
    if (value < 24) {
        put(major | static_cast<unsigned>(value));
        return;
    }
    if (value <= 0xff) {
        put(major | 24U);
        width = 1;
    } else if (value <= 0xffff) {
        put(major | 25U);
        width = 2;
    } else if (value <= 0xffffffff) {
        put(major | 26U);
        width = 4;
    } else {
        put(major | 27U);
        width = 8;
    }
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) put(static_cast<unsigned>(value >> shift));
}

void Writer::sint(std::int64_t value) {
    if (value >= 0) head(Type::Uint, static_cast<std::uint64_t>(value));
    else head(Type::Nint, static_cast<std::uint64_t>(-(value + 1)));
}

void Writer::bytes(std::string_view value) {
    head(Type::Bytes, value.size());
    m_out.append(value);
}

void Writer::text(std::string_view value) {
    head(Type::Text, value.size());
    m_out.append(value);
}

std::unexpected<Error> Reader::bad(const char* code) const {
    return fail(ErrorKind::Corrupt, code, {}, "byte " + std::to_string(m_pos));
}

std::optional<Type> Reader::peek() const {
    if (atEnd()) return std::nullopt;
    const auto major = static_cast<std::uint8_t>(m_in[m_pos]) >> 5;
    if (major == 6) return std::nullopt;
    return static_cast<Type>(major);
}

Result<std::uint64_t> Reader::head(Type type) {
    if (peek() != type) return bad("cbor.type");
    const auto info = static_cast<std::uint8_t>(m_in[m_pos]) & 0x1fU;
    if (info < 24) {
        ++m_pos;
        return info;
    }
    if (info > 27) return bad("cbor.length.form");
    const std::size_t width = std::size_t{1} << (info - 24);
    if (m_in.size() - m_pos - 1 < width) return bad("cbor.truncated");
    std::uint64_t value = 0;
    for (std::size_t i = 1; i <= width; ++i) value = (value << 8) | static_cast<std::uint8_t>(m_in[m_pos + i]);
    constexpr std::uint64_t smallest[] = {24, 0x100, 0x10000, 0x100000000};
    if (value < smallest[info - 24]) return bad("cbor.not_shortest");
    m_pos += width + 1;
    return value;
}

Result<std::uint64_t> Reader::uint() { return head(Type::Uint); }

Result<std::int64_t> Reader::sint() {
    const auto start = m_pos;
    const bool negative = peek() == Type::Nint;
    WL_TRY(const std::uint64_t raw, head(negative ? Type::Nint : Type::Uint));
    if (raw > 0x7fffffffffffffffULL) {
        m_pos = start;
        return bad("cbor.range");
    }
    return negative ? -static_cast<std::int64_t>(raw) - 1 : static_cast<std::int64_t>(raw);
}

Result<std::string_view> Reader::blob(Type type) {
    WL_TRY(const std::uint64_t length, head(type));
    if (length > m_in.size() - m_pos) return bad("cbor.truncated");
    const auto view = m_in.substr(m_pos, static_cast<std::size_t>(length));
    m_pos += static_cast<std::size_t>(length);
    return view;
}

Result<std::string_view> Reader::bytes() { return blob(Type::Bytes); }

Result<std::string_view> Reader::text() {
    WL_TRY(const auto view, blob(Type::Text));
    if (!isUtf8(view)) return bad("cbor.utf8");
    return view;
}

Result<std::uint64_t> Reader::array() {
    WL_TRY(const std::uint64_t count, head(Type::Array));
    if (count > m_in.size() - m_pos) return bad("cbor.truncated");
    return count;
}

Result<std::uint64_t> Reader::map() {
    WL_TRY(const std::uint64_t count, head(Type::Map));
    if (count > (m_in.size() - m_pos) / 2) return bad("cbor.truncated");
    return count;
}

Result<bool> Reader::boolean() {
    if (!atEnd() && (m_in[m_pos] == '\xf4' || m_in[m_pos] == '\xf5')) return m_in[m_pos++] == '\xf5';
    return bad("cbor.type");
}

bool Reader::null() {
    if (atEnd() || m_in[m_pos] != '\xf6') return false;
    ++m_pos;
    return true;
}

Result<std::string_view> Reader::skip(int depth) {
    if (depth < 0) return bad("cbor.depth");
    const auto start = m_pos;
    const auto type = peek();
    if (!type) return bad(atEnd() ? "cbor.truncated" : "cbor.type");
    switch (*type) {
        case Type::Uint:
        case Type::Nint: WL_CHECK(head(*type)); break;
        case Type::Bytes: WL_CHECK(bytes()); break;
        case Type::Text: WL_CHECK(text()); break;
        case Type::Simple:
            if (!null()) WL_CHECK(boolean());
            break;
        case Type::Array: {
            WL_TRY(const std::uint64_t count, array());
            for (std::uint64_t i = 0; i < count; ++i) WL_CHECK(skip(depth - 1));
            break;
        }
        case Type::Map: {
            WL_TRY(const std::uint64_t count, map());
            std::string_view previous;
            for (std::uint64_t i = 0; i < count; ++i) {
                WL_TRY(const auto key, skip(depth - 1));
                // RFC 8949 §4.2.1: keys ascend in the bytewise order of their encodings.
                if (i > 0 && !(previous < key)) return bad("cbor.key_order");
                previous = key;
                WL_CHECK(skip(depth - 1));
            }
            break;
        }
    }
    return m_in.substr(start, m_pos - start);
}

bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        std::size_t extra = 0;
        std::uint32_t point = 0, least = 0;
        if ((lead & 0xe0U) == 0xc0U) {
            extra = 1, point = lead & 0x1fU, least = 0x80;
        } else if ((lead & 0xf0U) == 0xe0U) {
            extra = 2, point = lead & 0x0fU, least = 0x800;
        } else if ((lead & 0xf8U) == 0xf0U) {
            extra = 3, point = lead & 0x07U, least = 0x10000;
        } else {
            return false;
        }
        if (extra > text.size() - i - 1) return false;
        for (std::size_t k = 1; k <= extra; ++k) {
            const auto next = static_cast<std::uint8_t>(text[i + k]);
            if ((next & 0xc0U) != 0x80U) return false;
            point = (point << 6) | (next & 0x3fU);
        }
        if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += extra + 1;
    }
    return true;
}

}  // namespace wl::cbor
