// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/case_number.hpp"

#include <array>
#include <cstdint>

#include "domain/crypto.hpp"

namespace wl {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// GF(2^5) with x^5 + x^2 + 1. The check makes Σ α^i·d_i = 0: as the weights differ and are never zero, every single
// substitution and every swap of two characters changes the sum.
constexpr unsigned timesAlpha(unsigned v) { return (v & 0x10U) ? ((v << 1) ^ 0x25U) & 0x1fU : v << 1; }

constexpr unsigned checksum(std::string_view digits, auto&& value) {
    unsigned sum = 0;
    for (const char c : digits) sum = timesAlpha(sum ^ static_cast<unsigned>(value(c)));
    return sum;
}

int digit(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = kAlphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// What was typed in characters of the alphabet, without what separates them; nothing if it holds any other.
std::optional<std::string> characters(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        if (c == '-' || c == ' ' || c == '.') continue;
        const int value = digit(c);
        if (value < 0 || out.size() == 10) return std::nullopt;
        out.push_back(kAlphabet[static_cast<std::size_t>(value)]);
    }
    return out;
}

}  // namespace

std::string caseNumber(const CaseId& id) {
    const auto hash = blake2b({"case number", view(id)});
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 6; ++i) bits = (bits << 8) | hash[i];
    bits >>= 3;  // 45 bits = nine characters
    std::string out;
    for (int shift = 40; shift >= 0; shift -= 5) out.push_back(kAlphabet[(bits >> shift) & 31U]);
    out.push_back(kAlphabet[checksum(out, digit)]);
    out.insert(5, 1, '-');
    return out;
}

std::optional<std::string> normaliseCaseNumber(std::string_view typed) {
    auto out = characters(typed);
    if (!out || out->size() != 10) return std::nullopt;
    if (checksum(std::string_view(*out).substr(0, 9), digit) != static_cast<unsigned>(digit(out->back())))
        return std::nullopt;
    out->insert(5, 1, '-');
    return out;
}

std::optional<std::string> caseNumberStart(std::string_view typed) {
    auto out = characters(typed);
    if (!out || out->size() < 5 || out->size() > 9) return std::nullopt;
    out->insert(5, 1, '-');
    return out;
}

}  // namespace wl
