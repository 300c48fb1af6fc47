// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/matching/duplicate_index.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace wl::rules::matching {
namespace {

constexpr double kCellDegrees = 0.009;      // about 1,000 m of latitude
constexpr double kMetresPerCell = kCellDegrees * 111'195;
constexpr std::uint32_t kCommonWord = 20;   // a word in more reports than this, and in more than 2%, finds nothing
constexpr std::size_t kByWords = 10;

std::int64_t rowOf(GeoPoint p) { return static_cast<std::int64_t>(std::floor(p.lat() / kCellDegrees)); }
std::int64_t columnOf(GeoPoint p) { return static_cast<std::int64_t>(std::floor(p.lon() / kCellDegrees)); }

void drop(std::vector<std::uint32_t>& slots, std::uint32_t slot) {
    if (const auto at = std::ranges::find(slots, slot); at != slots.end()) slots.erase(at);
}

}  // namespace

std::uint64_t DuplicateIndex::cellOf(std::int64_t row, std::int64_t column) {
    return (static_cast<std::uint64_t>(row) << 32) ^ (static_cast<std::uint64_t>(column) & 0xffffffffU);
}

const Report* DuplicateIndex::find(std::uint32_t id) const {
    const auto at = m_slotOf.find(id);
    return at == m_slotOf.end() ? nullptr : &m_entries[at->second].report;
}

void DuplicateIndex::put(std::uint32_t id, std::uint32_t service, Instant at, Instant closedAt, const GeoPoint* place,
                         ReportText text) {
    remove(id);
    std::uint32_t slot = 0;
    if (m_free.empty()) {
        slot = static_cast<std::uint32_t>(m_entries.size());
        m_entries.emplace_back();
    } else {
        slot = m_free.back();
        m_free.pop_back();
    }
    auto& entry = m_entries[slot];
    entry.report = {id, service, at, closedAt, place ? *place : GeoPoint{}, place != nullptr, nullptr};
    entry.text = std::move(text);
    entry.used = true;
    m_slotOf[id] = slot;
    ++m_size;
    m_counts.add(entry.text);
    for (const auto word : entry.text.words) m_words[word].push_back(slot);
    if (place) m_cells[cellOf(rowOf(*place), columnOf(*place))].push_back(slot);
}

void DuplicateIndex::remove(std::uint32_t id) {
    const auto known = m_slotOf.find(id);
    if (known == m_slotOf.end()) return;
    const auto slot = known->second;
    auto& entry = m_entries[slot];
    m_counts.remove(entry.text);
    for (const auto word : entry.text.words)
        if (const auto at = m_words.find(word); at != m_words.end()) {
            drop(at->second, slot);
            if (at->second.empty()) m_words.erase(at);
        }
    if (entry.report.placed) drop(m_cells[cellOf(rowOf(entry.report.place), columnOf(entry.report.place))], slot);
    entry = {};
    m_slotOf.erase(known);
    m_free.push_back(slot);
    --m_size;
}

std::vector<Report> DuplicateIndex::candidates(const Report& fresh, Millis window) const {
    Slots found;
    const auto inTime = [&](const Report& r) {
        return r.id != fresh.id && r.at <= fresh.at && fresh.at - r.at <= window &&
               (r.at < fresh.at || r.id < fresh.id);
    };
    if (fresh.placed) {
        const auto row = rowOf(fresh.place), column = columnOf(fresh.place);
        const double narrow = std::max(0.01, std::cos(fresh.place.lat() * std::numbers::pi / 180));
        const auto across = static_cast<std::int64_t>(std::ceil(kFarMetres / (kMetresPerCell * narrow)));
        const auto up = static_cast<std::int64_t>(std::ceil(kFarMetres / kMetresPerCell));
        for (auto r = row - up; r <= row + up; ++r)
            for (auto c = column - across; c <= column + across; ++c)
                if (const auto cell = m_cells.find(cellOf(r, c)); cell != m_cells.end())
                    for (const auto slot : cell->second)
                        if (inTime(m_entries[slot].report)) found.push_back(slot);
    }
    const auto most = std::max(kCommonWord, m_counts.reports() / 50);
    std::unordered_map<std::uint32_t, double> byWords;
    for (const auto word : fresh.text->words) {
        const auto posted = m_words.find(word);
        if (posted == m_words.end() || posted->second.size() > most) continue;
        const double weight = m_counts.weight(word);
        const bool isCode = m_counts.namesOneThing(word) && std::ranges::binary_search(fresh.text->codes, word);
        for (const auto slot : posted->second) {
            if (!inTime(m_entries[slot].report)) continue;
            byWords[slot] += weight * weight;
            if (isCode) found.push_back(slot);
        }
    }
    std::vector<std::pair<double, std::uint32_t>> alike;
    for (const auto& [slot, sum] : byWords) alike.emplace_back(-sum, slot);
    const auto end = alike.begin() + static_cast<std::ptrdiff_t>(std::min(alike.size(), kByWords));
    std::ranges::partial_sort(alike, end);
    for (auto at = alike.begin(); at != end; ++at) found.push_back(at->second);

    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    std::vector<Report> out;
    out.reserve(found.size());
    for (const auto slot : found) {
        out.push_back(m_entries[slot].report);
        out.back().text = &m_entries[slot].text;
    }
    return out;
}

std::vector<DuplicateCandidate> DuplicateIndex::search(const Report& fresh, Millis window) const {
    return rankDuplicates(fresh, candidates(fresh, window), m_counts);
}

}  // namespace wl::rules::matching
