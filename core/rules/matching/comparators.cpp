// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/matching/comparators.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace wl::rules::matching {
namespace {

constexpr std::size_t kLongest = 255;  // what is compared of a text

// U+00C0 to U+017F without their accents; empty = stays as it is.
constexpr std::string_view kPlain[] = {
    "a", "a", "a",  "a", "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",
    "o", "o", "o",  "",  "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e", "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  "",   "o", "u", "u",  "u",
    "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c",  "c",  "c", "c", "c",  "c",  "c", "c", "d",  "d",
    "d", "d", "e",  "e", "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g",  "g", "g", "g",  "g",
    "h", "h", "h",  "h", "i", "i", "i",  "i",  "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k", "l", "l",  "l", "l", "l", "l",  "l",  "l", "l", "l",  "n",  "n", "n", "n",  "n",  "n", "n", "n",  "n",
    "o", "o", "o",  "o", "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s",  "s",  "s", "s", "s",  "s",
    "s", "s", "t",  "t", "t", "t", "t",  "t",  "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u",
    "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z",  "s"};
static_assert(std::size(kPlain) == 0x180 - 0xC0);

}  // namespace

std::string foldForMatching(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if (byte <= 0x20) {
            if (!out.empty() && out.back() != ' ') out.push_back(' ');
        } else if (byte < 0x80) {
            out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte));
        } else if (byte >= 0xC3 && byte <= 0xC5 && i + 1 < text.size()) {
            const auto point =
                static_cast<std::size_t>((byte & 0x1fU) << 6U | (static_cast<std::uint8_t>(text[i + 1]) & 0x3fU));
            if (const auto plain = kPlain[point - 0xC0]; !plain.empty()) out += plain;
            else out.append(text.substr(i, 2));
            ++i;
        } else {
            out.push_back(text[i]);
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

double jaroWinkler(std::string_view a, std::string_view b) {
    a = a.substr(0, kLongest), b = b.substr(0, kLongest);
    if (a == b) return a.empty() ? 0 : 1;
    if (a.empty() || b.empty()) return 0;
    const auto half = std::max(a.size(), b.size()) / 2;
    const auto reach = half > 0 ? half - 1 : 0;
    std::array<bool, kLongest> usedA{}, usedB{};
    std::size_t common = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto last = std::min(b.size(), i + reach + 1);
        for (auto j = i > reach ? i - reach : 0; j < last; ++j) {
            if (usedB[j] || a[i] != b[j]) continue;
            usedA[i] = usedB[j] = true;
            ++common;
            break;
        }
    }
    if (common == 0) return 0;
    std::size_t swapped = 0;
    for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
        if (!usedA[i]) continue;
        while (!usedB[j]) ++j;
        swapped += a[i] != b[j++];
    }
    const auto m = static_cast<double>(common);
    const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                         (m - static_cast<double>(swapped) / 2) / m) /
                        3;
    std::size_t prefix = 0;
    while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix]) ++prefix;
    return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

int editDistance(std::string_view a, std::string_view b, int limit) {
    a = a.substr(0, kLongest), b = b.substr(0, kLongest);
    const auto apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (apart > static_cast<std::size_t>(limit)) return limit + 1;
    std::array<int, kLongest + 1> before{}, last{}, now{};
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = static_cast<int>(i);
        int best = now[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
            best = std::min(best, now[j]);
        }
        if (best > limit + 1) return limit + 1;
        before = last;
        last = now;
    }
    return std::min(last[b.size()], limit + 1);
}

double sharedWords(std::string_view a, std::string_view b) {
    const auto wordsOf = [](std::string_view text) {
        std::vector<std::string_view> out;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find(' ', at), text.size());
            if (end > at) out.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        std::ranges::sort(out);
        out.erase(std::ranges::unique(out).begin(), out.end());
        return out;
    };
    const auto wa = wordsOf(a), wb = wordsOf(b);
    if (wa.empty() || wb.empty()) return 0;
    std::vector<std::string_view> both;
    std::ranges::set_intersection(wa, wb, std::back_inserter(both));
    return static_cast<double>(both.size()) / static_cast<double>(std::min(wa.size(), wb.size()));
}

}  // namespace wl::rules::matching
