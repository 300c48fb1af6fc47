// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/duplicate_finder.hpp"

#include <algorithm>
#include <limits>

#include "domain/change_set.hpp"

namespace wl::engine {
namespace {

constexpr std::int64_t kLoadSpan = 5'000;
constexpr auto kClosedStatus = static_cast<std::uint8_t>(Status::Closed);

std::uint32_t idOf(CaseKey key) { return static_cast<std::uint32_t>(key.value); }

}  // namespace

Result<void> DuplicateFinder::put(const store::CaseFacet& f, Instant now) {
    if (f.key.value <= 0 || f.key.value > std::numeric_limits<std::uint32_t>::max()) return {};
    if (f.status > kClosedStatus || Instant{f.requestedMs} + kWindow < now) {
        m_index.remove(idOf(f.key));
        return {};
    }
    WL_TRY(const auto description, m_reader.textOf("description", f.key));
    WL_TRY(const auto address, m_reader.textOf("address", f.key));
    m_index.put(idOf(f.key), static_cast<std::uint32_t>(f.service), {f.requestedMs},
                f.status == kClosedStatus ? Instant{f.closedMs} : Instant{}, f.hasPlace ? &f.place : nullptr,
                rules::matching::readReport(description, address));
    return {};
}

Result<bool> DuplicateFinder::loadNext(Instant now) {
    if (!m_next) { WL_TRY(m_next, m_reader.highestKey()); }
    if (*m_next <= 0) return true;
    const auto from = std::max<std::int64_t>(0, *m_next - kLoadSpan);
    std::vector<store::CaseFacet> recent;
    WL_CHECK(m_reader.slice({from}, *m_next - from, [&](const store::CaseFacet& f) {
        if (Instant{f.requestedMs} + kWindow >= now && !m_index.find(idOf(f.key))) recent.push_back(f);
    }));
    for (const auto& f : recent) WL_CHECK(put(f, now));
    m_next = from;
    return from == 0;
}

bool DuplicateFinder::asksFor(std::uint64_t changed) {
    constexpr auto fields = bit(CaseField::Service) | bit(CaseField::Position) | bit(CaseField::Description) |
                            bit(CaseField::Address) | bit(CaseField::RequestedAt) | kOpenedCase | kChangedStatus;
    return (changed & fields) != 0;
}

void DuplicateFinder::changed(const store::CaseFacet& facet, Instant now) {
    if (!put(facet, now)) m_index.remove(idOf(facet.key));
}

Result<std::vector<DuplicateHit>> DuplicateFinder::search(const DuplicateQuery& query, Instant now, std::size_t limit) {
    const auto text = rules::matching::readReport(query.description, query.address);
    WL_TRY(const auto service, m_reader.term(query.service));
    rules::matching::Report fresh;
    fresh.id = query.except ? idOf(query.except) : std::numeric_limits<std::uint32_t>::max();
    fresh.service = static_cast<std::uint32_t>(service);
    fresh.at = query.at ? query.at : now;
    fresh.place = query.place.value_or(GeoPoint{});
    fresh.placed = query.place.has_value();
    fresh.text = &text;
    auto found = m_index.search(fresh, kWindow);
    if (found.size() > limit) found.resize(limit);
    std::vector<CaseKey> keys;
    for (const auto& candidate : found) keys.push_back({candidate.id});
    WL_TRY(auto rows, m_reader.reader().rows(keys));
    std::vector<DuplicateHit> out;
    for (auto& row : rows) {
        const auto at = std::ranges::find(keys, row.key);
        out.push_back({std::move(row), found[static_cast<std::size_t>(at - keys.begin())].likeness});
    }
    return out;
}

}  // namespace wl::engine
