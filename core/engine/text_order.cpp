// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text_order.hpp"

#include <algorithm>

namespace wl::engine {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string folded(std::string_view text) {
    std::string out(text.substr(0, TextOrder::kCompared));
    for (auto& c : out) c = small(c);
    return out;
}

// -1, 0, 1; an empty text comes last.
int compare(std::string_view a, std::string_view b) {
    if (a.empty() != b.empty()) return a.empty() ? 1 : -1;
    return a.compare(b);
}

}  // namespace

void TextOrder::begin() { *this = TextOrder(); }

void TextOrder::add(Slot slot, std::string_view text) {
    const auto counted = text.substr(0, kCompared);
    m_entries.push_back({m_bytes.size(), static_cast<std::uint32_t>(counted.size()), slot});
    for (const char c : counted) m_bytes.push_back(small(c));
}

bool TextOrder::before(const Entry& a, const Entry& b) const {
    const int by = compare(textOf(a), textOf(b));
    return by != 0 ? by < 0 : a.slot < b.slot;
}

void TextOrder::endRun() {
    if (m_runBegan == m_entries.size()) return;
    std::sort(m_entries.begin() + static_cast<std::ptrdiff_t>(m_runBegan), m_entries.end(),
              [this](const Entry& a, const Entry& b) { return before(a, b); });
    m_runs.push_back({m_runBegan, m_entries.size()});
    m_runBegan = m_entries.size();
}

bool TextOrder::merge(std::size_t count) {
    if (m_ready) return true;
    const auto later = [this](const Run& a, const Run& b) { return before(m_entries[b.at], m_entries[a.at]); };
    if (!m_merging) {
        endRun();
        m_order.reserve(m_entries.size());
        std::ranges::make_heap(m_runs, later);
        m_merging = true;
    }
    for (; count > 0 && !m_runs.empty(); --count) {
        std::ranges::pop_heap(m_runs, later);
        auto& run = m_runs.back();
        m_order.push_back(m_entries[run.at].slot);
        if (++run.at < run.end) std::ranges::push_heap(m_runs, later);
        else m_runs.pop_back();
    }
    if (!m_runs.empty()) return false;
    m_bytes = std::string();  // `= {}` would keep the memory
    m_entries = std::vector<Entry>();
    number();
    m_ready = true;
    return true;
}

// Even gaps, so that most cases that come later find a number between their neighbours.
void TextOrder::number() {
    Slot highest = 0;
    for (const auto slot : m_order) highest = std::max(highest, slot);
    m_rank.assign(m_order.empty() ? 0 : highest + std::size_t{1}, kLast);
    const auto gap = std::max<std::uint64_t>(1, 0xfffffffeULL / (m_order.size() + 1));
    std::uint64_t next = gap;
    for (const auto slot : m_order) {
        m_rank[slot] = static_cast<Slot>(next);
        next += gap;
    }
}

void TextOrder::remove(Slot slot) {
    const auto rank = this->rank(slot);
    if (rank == kLast) return;
    const auto at = std::ranges::lower_bound(m_order, rank, {}, [this](Slot s) { return m_rank[s]; });
    m_order.erase(at);
    m_rank[slot] = kLast;
}

Result<void> TextOrder::place(Slot slot, std::string_view text, const TextOf& textOf) {
    remove(slot);
    const auto mine = folded(text);
    std::size_t low = 0, high = m_order.size();
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto other = m_order[middle];
        WL_TRY(const auto theirs, textOf(other));
        const int by = compare(folded(theirs), mine);
        if (by < 0 || (by == 0 && other < slot)) low = middle + 1;
        else high = middle;
    }
    const std::uint64_t left = low == 0 ? 0 : m_rank[m_order[low - 1]];
    const std::uint64_t right = low == m_order.size() ? std::uint64_t{kLast} : m_rank[m_order[low]];
    m_order.insert(m_order.begin() + static_cast<std::ptrdiff_t>(low), slot);
    if (slot >= m_rank.size()) m_rank.resize(slot + slot / 4 + std::size_t{64}, kLast);
    if (right - left >= 2) m_rank[slot] = static_cast<Slot>(left + (right - left) / 2);
    else number();
    return {};
}

}  // namespace wl::engine
