// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/charset.hpp"

#include <simdjson.h>

#include <array>

namespace wl::feed {
namespace {

// Code points of 0x80 to 0x9F; the five bytes that Windows-1252 leaves open stay C1 controls (WHATWG).
constexpr std::array<std::uint16_t, 32> kUpper = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                  0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

}  // namespace

bool isUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

void appendWindows1252(std::string& out, std::string_view bytes) {
    for (const char c : bytes) {
        const auto b = static_cast<unsigned char>(c);
        const unsigned code = b >= 0x80 && b < 0xA0 ? kUpper[b - 0x80U] : b;
        if (code < 0x80) {
            out += c;
        } else if (code < 0x800) {
            out += static_cast<char>(0xC0U | (code >> 6U));
            out += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            out += static_cast<char>(0xE0U | (code >> 12U));
            out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
            out += static_cast<char>(0x80U | (code & 0x3FU));
        }
    }
}

bool appendAsUtf8(std::string& out, std::string_view bytes, Charset charset) {
    if (charset != Charset::Windows1252 && isUtf8(bytes)) {
        out += bytes;
        return true;
    }
    if (charset == Charset::Utf8) return false;
    appendWindows1252(out, bytes);
    return true;
}

}  // namespace wl::feed
