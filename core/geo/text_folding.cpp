// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/text_folding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wl::geo {

namespace {

// Base letters of U+00C0 … U+017F; two letters where one would lose a sound, a space for signs.
constexpr const char* latinBases[] = {
    "a", "a", "a",  "a", "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",
    "o", "o", "o",  " ", "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e", "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  " ",  "o", "u", "u",  "u",
    "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c",  "c",  "c", "c", "c",  "c",  "c", "c", "d",  "d",
    "d", "d", "e",  "e", "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g",  "g", "g", "g",  "g",
    "h", "h", "h",  "h", "i", "i", "i",  "i",  "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k", "l", "l",  "l", "l", "l", "l",  "l",  "l", "l", "l",  "n",  "n", "n", "n",  "n",  "n", "n", "n",  "n",
    "o", "o", "o",  "o", "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s",  "s",  "s", "s", "s",  "s",
    "s", "s", "t",  "t", "t", "t", "t",  "t",  "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u",
    "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z",  "s"};
static_assert(std::size(latinBases) == 0x180 - 0xC0);

struct Decoded {
    char32_t letter;
    std::size_t length;
};

// Broken sequences come out as one replacement sign a byte.
Decoded decode(std::string_view s, std::size_t i) {
    const auto byte = [&](std::size_t k) { return k < s.size() ? static_cast<std::uint8_t>(s[k]) : std::uint8_t{0}; };
    const std::uint8_t lead = byte(i);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 1) return {lead, 1};
    if (length == 0) return {0xFFFD, 1};
    char32_t letter = lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xC0) != 0x80) return {0xFFFD, 1};
        letter = (letter << 6) | (byte(i + k) & 0x3FU);
    }
    return {letter, length};
}

}  // namespace

std::string foldText(std::string_view utf8) {
    std::string out;
    const auto space = [&] {
        if (!out.empty() && out.back() != ' ') out += ' ';
    };
    for (std::size_t i = 0; i < utf8.size();) {
        const Decoded d = decode(utf8, i);
        if (d.letter < 0x80) {
            const char c = utf8[i];
            if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
            else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
            else if (c != '\'') space();
        } else if (d.letter >= 0xC0 && d.letter < 0x180) {
            const char* base = latinBases[d.letter - 0xC0];
            if (base[0] == ' ') space();
            else out += base;
        } else if (d.letter == 0x2019 || (d.letter >= 0x300 && d.letter < 0x370)) {
            // An apostrophe or a combining accent: part of the word.
        } else if (d.letter >= 0x370 && d.letter != 0xFFFD && !(d.letter >= 0x2000 && d.letter < 0x2070)) {
            out.append(utf8.substr(i, d.length));  // other scripts as they are
        } else {
            space();
        }
        i += d.length;
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::vector<std::string> wordsOf(std::string_view folded) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', i), folded.size());
        if (end > i) words.emplace_back(folded.substr(i, end - i));
        i = end + 1;
    }
    return words;
}

std::string_view expandRoadWord(std::string_view word) {
    // clang-format off
    static constexpr std::array<std::array<std::string_view, 2>, 18> shortForms{{{"st", "street"}, {"str", "street"}, {"rd", "road"},
        {"ave", "avenue"}, {"av", "avenue"}, {"ln", "lane"}, {"dr", "drive"}, {"ct", "court"}, {"pl", "place"}, {"sq", "square"},
        {"blvd", "boulevard"}, {"cres", "crescent"}, {"gdns", "gardens"}, {"ter", "terrace"}, {"hwy", "highway"}, {"wy", "way"},
        {"pde", "parade"}, {"expy", "expressway"}}};
    // clang-format on
    for (const auto& [brief, full] : shortForms)
        if (word == brief) return full;
    return word;
}

// Damerau's distance (restricted), where the rest of `word` costs nothing.
std::size_t prefixEdits(std::string_view typed, std::string_view word, std::size_t limit) {
    constexpr std::size_t longest = 40;
    const std::size_t n = std::min(typed.size(), longest);
    const std::size_t m = std::min({word.size(), longest, n + limit});
    std::array<std::array<std::uint8_t, longest + 1>, 3> rows{};
    for (std::size_t j = 0; j <= m; ++j) rows[0][j] = static_cast<std::uint8_t>(j);
    for (std::size_t i = 1; i <= n; ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& twoAbove = rows[(i + 1) % 3];
        row[0] = static_cast<std::uint8_t>(i);
        std::uint8_t lowest = row[0];
        for (std::size_t j = 1; j <= m; ++j) {
            const bool same = typed[i - 1] == word[j - 1];
            int best = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                best = std::min(best, twoAbove[j - 2] + 1);
            row[j] = static_cast<std::uint8_t>(best);
            lowest = std::min(lowest, row[j]);
        }
        if (lowest > limit) return limit + 1;
    }
    const auto& last = rows[n % 3];
    std::size_t best = limit + 1;
    for (std::size_t j = 0; j <= m; ++j) best = std::min<std::size_t>(best, last[j]);
    return best;
}

}  // namespace wl::geo
