// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/value_map.hpp"

namespace wl::feed {
namespace {

// `*` matches any run of bytes; on a mismatch the last star takes one byte more.
bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool space = false;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            space = !out.empty();
            continue;
        }
        if (std::exchange(space, false)) out += ' ';
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

bool ValueMap::add(std::string_view word, Meaning meaning) {
    std::string key = folded(word);
    if (key == "*") {
        if (m_default) return false;
        m_default = std::move(meaning);
        return true;
    }
    if (key.contains('*')) {
        for (const auto& [pattern, _] : m_patterns)
            if (pattern == key) return false;
        m_patterns.emplace_back(std::move(key), std::move(meaning));
        return true;
    }
    return m_exact.emplace(std::move(key), std::move(meaning)).second;
}

const Meaning* ValueMap::find(std::string_view word) const {
    const std::string key = folded(word);
    if (const auto at = m_exact.find(key); at != m_exact.end()) return &at->second;
    for (const auto& [pattern, meaning] : m_patterns)
        if (matches(pattern, key)) return &meaning;
    return m_default ? &*m_default : nullptr;
}

}  // namespace wl::feed
