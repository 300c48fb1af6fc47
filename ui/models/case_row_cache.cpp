// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/case_row_cache.hpp"

#include <algorithm>

namespace wl::ui {

const store::CaseRow* CaseRowCache::row(const std::vector<CaseKey>& keys, std::size_t index) {
    auto at = m_entries.find(keys[index]);
    if (at == m_entries.end()) {
        readPage(keys, index);
        at = m_entries.find(keys[index]);
    }
    at->second.used = m_clock;
    at->second.index = index;
    return at->second.row ? &*at->second.row : nullptr;
}

std::optional<std::size_t> CaseRowCache::lastIndexOf(CaseKey key) const {
    const auto at = m_entries.find(key);
    return at == m_entries.end() ? std::nullopt : std::optional(at->second.index);
}

void CaseRowCache::readPage(const std::vector<CaseKey>& keys, std::size_t index) {
    const auto first = index / kPage * kPage;
    const auto last = std::min(first + kPage, keys.size());
    ++m_clock;
    std::vector<CaseKey> wanted;
    for (auto i = first; i < last; ++i) {
        const auto [at, isNew] = m_entries.try_emplace(keys[i]);
        at->second.used = m_clock;
        at->second.index = i;
        if (isNew) wanted.push_back(keys[i]);
    }
    if (auto rows = m_bridge.shownRows(wanted))
        for (auto& one : *rows) m_entries[one.key].row = std::move(one);
    if (m_entries.size() > kKept) evict();
}

// Drops the older half; what this page just brought in has the newest clock and stays.
void CaseRowCache::evict() {
    std::vector<std::uint64_t> ages;
    ages.reserve(m_entries.size());
    for (const auto& [key, entry] : m_entries) ages.push_back(entry.used);
    const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
    std::ranges::nth_element(ages, middle);
    const auto limit = std::min(*middle, m_clock - 1);
    std::erase_if(m_entries, [limit](const auto& one) { return one.second.used <= limit; });
}

}  // namespace wl::ui
