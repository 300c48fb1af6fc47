// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Variable-length integers for the packed blobs of local rows (clocks, status history). Local form only: these bytes
// are never hashed, signed or sent.

#include <cstdint>
#include <string>
#include <string_view>

namespace wl::store {

class Packer {
public:
    void number(std::uint64_t v) {
        while (v >= 0x80) {
            m_out.push_back(static_cast<char>(v | 0x80U));
            v >>= 7;
        }
        m_out.push_back(static_cast<char>(v));
    }
    void sign(std::int64_t v) { number((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63)); }
    void text(std::string_view v) {
        number(v.size());
        m_out.append(v);
    }
    [[nodiscard]] const std::string& bytes() const { return m_out; }

private:
    std::string m_out;
};

class Unpacker {
public:
    explicit Unpacker(std::string_view in) : m_in(in) {}
    std::uint64_t number() {
        std::uint64_t v = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_pos >= m_in.size()) break;
            const auto b = static_cast<std::uint8_t>(m_in[m_pos++]);
            v |= static_cast<std::uint64_t>(b & 0x7fU) << shift;
            if (!(b & 0x80U)) return v;
        }
        m_bad = true;
        return 0;
    }
    std::int64_t sign() {
        const auto v = number();
        return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
    }
    std::string_view text() {
        const auto size = number();
        if (size > m_in.size() - m_pos) {
            m_bad = true;
            return {};
        }
        const auto view = m_in.substr(m_pos, static_cast<std::size_t>(size));
        m_pos += static_cast<std::size_t>(size);
        return view;
    }
    [[nodiscard]] bool atEnd() const { return m_pos >= m_in.size(); }
    [[nodiscard]] bool bad() const { return m_bad; }

private:
    std::string_view m_in;
    std::size_t m_pos{};
    bool m_bad{};
};

}  // namespace wl::store
