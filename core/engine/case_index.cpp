// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/case_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "domain/distance.hpp"

namespace wl::engine {
namespace {

enum Flag : std::uint8_t { kPaused = 1, kConflicted = 2, kHasPlace = 4 };

// The order in which clocks ask for attention.
// none, on track, at risk, breached, paused, met, cancelled
constexpr std::array<std::uint64_t, kSlaStateCount> kUrgency{4, 2, 1, 0, 3, 5, 6};

struct Keyed {
    std::uint64_t key;
    std::uint32_t slot;
};

// One pass after the other over 11 bits each, least significant first; stable. `digitsOf` gives the bits to sort by.
template <class Item, class Digits>
void radixPasses(std::vector<Item>& items, unsigned bits, Digits digitsOf) {
    const auto passes = (bits + 10) / 11;
    std::vector<std::array<std::uint32_t, 2048>> starts(passes);
    for (const auto& item : items) {
        auto digits = digitsOf(item);
        for (auto& counts : starts) {
            ++counts[digits & 2047U];
            digits >>= 11;
        }
    }
    std::vector<Item> other(items.size());
    for (unsigned pass = 0; pass < passes; ++pass) {
        auto& at = starts[pass];
        if (std::ranges::find(at, items.size()) != at.end()) continue;  // the same digit everywhere
        std::exclusive_scan(at.begin(), at.end(), at.begin(), std::uint32_t{0});
        for (const auto& item : items) other[at[(digitsOf(item) >> (pass * 11)) & 2047U]++] = item;
        items.swap(other);
    }
}

// Slots by their keys, which are used up; over only as many bits as the keys use; stable. Key and slot go into one word
// where there is room.
void radixSort(std::vector<std::uint32_t>& slots, std::vector<std::uint64_t>& keys) {
    if (slots.size() < 2) return;
    const auto [leastAt, mostAt] = std::ranges::minmax_element(keys);
    const auto least = *leastAt, most = *mostAt;
    if (least == most) return;
    const auto keyBits = static_cast<unsigned>(std::bit_width(most - least));
    const auto slotBits = static_cast<unsigned>(std::bit_width(std::ranges::max(slots)));
    if (keyBits + slotBits > 64) {
        std::vector<Keyed> items;
        items.reserve(slots.size());
        for (std::size_t i = 0; i < slots.size(); ++i) items.push_back({keys[i] - least, slots[i]});
        radixPasses(items, keyBits, [](const Keyed& i) { return i.key; });
        for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = items[i].slot;
        return;
    }
    for (std::size_t i = 0; i < slots.size(); ++i) keys[i] = ((keys[i] - least) << slotBits) | slots[i];
    radixPasses(keys, keyBits, [slotBits](std::uint64_t word) { return word >> slotBits; });
    for (std::size_t i = 0; i < slots.size(); ++i)
        slots[i] = static_cast<std::uint32_t>(keys[i] & ((std::uint64_t{1} << slotBits) - 1));
}

// Sorted, each key once. Most lists come sorted.
void ascending(std::vector<CaseKey>& keys) {
    if (!std::ranges::is_sorted(keys)) std::ranges::sort(keys);
    const auto twice = std::ranges::unique(keys);
    keys.erase(twice.begin(), twice.end());
}

template <class T>
void grow(std::vector<T>& column, std::size_t size) {
    if (column.size() < size) column.resize(size);
}

// Lower-case words of letters and digits.
std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> out(1);
    for (const char c : text) {
        const bool part = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z');
        if (part) out.back().push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        else if (!out.back().empty()) out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

bool within(Instant from, Instant to, std::int64_t ms) {
    return (!from || (ms != 0 && ms >= from.ms)) && (!to || (ms != 0 && ms < to.ms));
}

}  // namespace

void CaseIndex::reserve(std::int64_t highestKey) {
    const auto size = static_cast<std::size_t>(highestKey) + 1;
    for (auto* column : {&m_priority, &m_channel, &m_settled, &m_flags, &m_stalled, &m_escalated}) grow(*column, size);
    if (m_status.size() < size) m_status.resize(size, kNone);
    for (auto* column : {&m_service, &m_department, &m_crew, &m_owner, &m_area, &m_offeredTo}) grow(*column, size);
    for (auto* column : {&m_requested, &m_updated, &m_closed, &m_due, &m_policyWarn, &m_warn, &m_pausedUntil, &m_alarm})
        grow(*column, size);
    grow(m_place, size);
}

void CaseIndex::put(const store::CaseFacet& f) {
    const auto slot = static_cast<std::size_t>(f.key.value);
    if (slot >= m_status.size()) reserve(f.key.value + f.key.value / 4 + 64);
    if (m_status[slot] == kNone && f.status != kNone) ++m_count;
    if (m_status[slot] != kNone && f.status == kNone) --m_count;
    m_status[slot] = f.status;
    m_priority[slot] = f.priority;
    m_channel[slot] = f.channel;
    m_settled[slot] = static_cast<std::uint8_t>(f.clock.settled);
    m_flags[slot] = static_cast<std::uint8_t>((f.clock.paused ? kPaused : 0) | (f.conflicted ? kConflicted : 0) |
                                              (f.hasPlace ? kHasPlace : 0));
    m_service[slot] = f.service;
    m_department[slot] = f.department;
    m_crew[slot] = f.crew;
    m_owner[slot] = f.owner;
    m_area[slot] = f.area;
    m_requested[slot] = f.requestedMs;
    m_updated[slot] = f.updatedMs;
    m_closed[slot] = f.closedMs;
    m_due[slot] = f.clock.due.ms;
    m_policyWarn[slot] = f.clock.warn.ms;
    m_warn[slot] = riskOf(slot).ms;
    m_place[slot] = f.place;
    m_offeredTo[slot] = f.offeredTo;
    m_stalled[slot] = f.clock.stalled;
    m_escalated[slot] = f.clock.escalated;
    m_pausedUntil[slot] = f.clock.pausedUntil.ms;
    m_alarm[slot] = f.clock.alarm.ms;
}

// When the clock warns: by policy, or earlier where the case is expected to be late.
Instant CaseIndex::riskOf(std::size_t slot) const {
    const Instant warn{m_policyWarn[slot]};
    const bool runs = m_settled[slot] == static_cast<std::uint8_t>(SlaState::OnTrack) &&
                      m_status[slot] < static_cast<std::uint8_t>(Status::WorkDone);
    if (!runs) return warn;
    const auto risk = m_risk.riskFrom({m_service[slot], m_department[slot], m_area[slot], m_requested[slot], 0, false},
                                      {m_due[slot]});
    return risk && risk < warn ? risk : warn;
}

std::vector<CaseKey> CaseIndex::foresee() {
    std::vector<CaseKey> out;
    for (std::size_t slot = 1; slot < m_status.size(); ++slot) {
        if (m_status[slot] == kNone) continue;
        const auto warn = riskOf(slot).ms;
        if (warn == m_warn[slot]) continue;
        m_warn[slot] = warn;
        out.push_back({static_cast<std::int64_t>(slot)});
    }
    return out;
}

store::CaseFacet CaseIndex::facetOf(std::size_t slot) const {
    store::CaseFacet f;
    f.key = {static_cast<std::int64_t>(slot)};
    f.status = m_status[slot];
    f.priority = m_priority[slot], f.channel = m_channel[slot];
    f.service = m_service[slot], f.department = m_department[slot], f.crew = m_crew[slot];
    f.owner = m_owner[slot], f.area = m_area[slot], f.offeredTo = m_offeredTo[slot];
    f.requestedMs = m_requested[slot], f.updatedMs = m_updated[slot], f.closedMs = m_closed[slot];
    f.hasPlace = (m_flags[slot] & kHasPlace) != 0;
    f.conflicted = (m_flags[slot] & kConflicted) != 0;
    f.place = m_place[slot];
    f.clock = clockAt(static_cast<Slot>(slot));
    f.clock.warn = {m_policyWarn[slot]};  // as it was put
    return f;
}

void CaseIndex::setCatalogue(rules::CataloguePtr catalogue) {
    m_catalogue = std::move(catalogue);
    auto& titles = m_orders.front();  // services may have other names now
    titles = {titles.column, titles.name};
}

bool CaseIndex::readLife(std::size_t slot, rules::signals::CaseLife& out) const {
    if (slot >= m_status.size() || m_status[slot] == kNone) return false;
    out.key = {static_cast<std::int64_t>(slot)};
    out.status = static_cast<Status>(m_status[slot]);
    out.channel = static_cast<Channel>(m_channel[slot]);
    out.settled = static_cast<SlaState>(m_settled[slot]);
    out.paused = (m_flags[slot] & kPaused) != 0;
    out.service = m_service[slot], out.department = m_department[slot], out.crew = m_crew[slot];
    out.owner = m_owner[slot], out.area = m_area[slot];
    out.requested = secondOf({m_requested[slot]});
    out.closed = secondOf({m_closed[slot]});
    out.dueMs = m_due[slot], out.warnMs = m_warn[slot], out.policyWarnMs = m_policyWarn[slot];
    out.pausedUntilMs = m_pausedUntil[slot];
    return true;
}

DerivedCase CaseIndex::clockOf(CaseKey key) const {
    if (!has(key)) return {};
    return clockAt(static_cast<Slot>(key.value));
}

DerivedCase CaseIndex::clockAt(Slot slot) const {
    return {{},
            {m_due[slot]},
            {m_warn[slot]},
            (m_flags[slot] & kPaused) != 0,
            static_cast<SlaState>(m_settled[slot]),
            {m_pausedUntil[slot]},
            {m_alarm[slot]},
            m_stalled[slot],
            m_escalated[slot]};
}

// Reads only the columns that the answer needs: this runs for every case of a queue.
SlaState CaseIndex::slaOf(Slot slot, Instant now) const {
    DerivedCase clock;
    clock.settled = static_cast<SlaState>(m_settled[slot]);
    if (clock.settled != SlaState::OnTrack) return clock.settled;
    clock.due = {m_due[slot]};
    clock.warn = {m_warn[slot]};
    clock.paused = (m_flags[slot] & kPaused) != 0;
    if (clock.paused) clock.pausedUntil = {m_pausedUntil[slot]};
    return slaStateAt(clock, now);
}

void CaseIndex::eachRunning(const std::function<void(CaseKey, const DerivedCase&)>& each) const {
    for (std::size_t slot = 1; slot < m_status.size(); ++slot) {
        const bool runs = m_settled[slot] == static_cast<std::uint8_t>(SlaState::OnTrack) || m_alarm[slot] != 0;
        if (m_status[slot] == kNone || !runs) continue;
        const CaseKey key{static_cast<std::int64_t>(slot)};
        each(key, clockOf(key));
    }
}

std::vector<CaseKey> CaseIndex::alarmsUntil(Instant now) const {
    std::vector<CaseKey> out;
    for (std::size_t slot = 1; slot < m_status.size(); ++slot)
        if (m_status[slot] != kNone && m_alarm[slot] != 0 && m_alarm[slot] <= now.ms)
            out.push_back({static_cast<std::int64_t>(slot)});
    return out;
}

Result<std::vector<CaseKey>> CaseIndex::matching(const std::string& text) {
    WL_TRY(auto keys, m_reader.matching(text));
    if (!m_catalogue) return keys;  // in no order
    // Services grouped by the words that their names leave over: "pothole main" is potholes with "main" in the case.
    std::map<std::string, std::vector<std::int32_t>> services;
    const auto typed = wordsOf(text);
    for (const auto& service : m_catalogue->services()) {
        const auto name = wordsOf(service.name);
        std::string rest;
        bool any = false;
        for (const auto& word : typed) {
            const bool named = word.size() >= 3 &&
                               std::ranges::any_of(name, [&](const std::string& n) { return n.starts_with(word); });
            any = any || named;
            if (!named) rest += (rest.empty() ? "" : " ") + word;
        }
        if (!any) continue;
        WL_TRY(const auto term, m_reader.term(service.code));
        if (term > 0) services[rest].push_back(term);
    }
    for (auto& [rest, terms] : services) {
        std::ranges::sort(terms);
        const auto isOne = [&](std::int64_t slot) {
            return std::ranges::binary_search(terms, m_service[static_cast<std::size_t>(slot)]);
        };
        if (rest.empty()) {
            for (std::size_t slot = 1; slot < m_status.size(); ++slot)
                if (m_status[slot] != kNone && isOne(static_cast<std::int64_t>(slot)))
                    keys.push_back({static_cast<std::int64_t>(slot)});
            continue;
        }
        WL_TRY(const auto others, m_reader.matching(rest));
        for (const auto key : others)
            if (has(key) && isOne(key.value)) keys.push_back(key);
    }
    ascending(keys);
    return keys;
}

Result<std::vector<CaseIndex::Slot>> CaseIndex::select(const CaseFilter& f, Instant now) {
    std::vector<Slot> slots;
    // The first stage picks the candidates; each later one thins them out, cheapest first.
    if (!f.text.empty() || !f.keys.empty()) {
        std::vector<CaseKey> keys = f.keys;
        if (!f.text.empty()) {
            WL_TRY(auto matching, this->matching(f.text));
            if (keys.empty()) {
                keys = std::move(matching);
            } else {
                ascending(matching);
                std::erase_if(keys, [&](CaseKey k) { return !std::ranges::binary_search(matching, k); });
            }
        }
        ascending(keys);
        slots.reserve(keys.size());
        for (const auto key : keys)
            if (has(key)) slots.push_back(static_cast<Slot>(key.value));
    } else if (f.open) {
        const bool open = *f.open;
        for (std::size_t slot = 1; slot < m_status.size(); ++slot)
            if (m_status[slot] != kNone && (m_status[slot] < static_cast<std::uint8_t>(Status::Closed)) == open)
                slots.push_back(static_cast<Slot>(slot));
    } else {
        slots.reserve(static_cast<std::size_t>(m_count));
        for (std::size_t slot = 1; slot < m_status.size(); ++slot)
            if (m_status[slot] != kNone) slots.push_back(static_cast<Slot>(slot));
    }
    const auto keep = [&](auto&& matches) { std::erase_if(slots, [&](Slot slot) { return !matches(slot); }); };
    const auto oneOf = [&](const auto& wanted, const std::vector<std::uint8_t>& column) {
        if (wanted.empty()) return;
        std::array<bool, 256> is{};
        for (const auto value : wanted) is[static_cast<std::uint8_t>(value)] = true;
        keep([&](Slot slot) { return is[column[slot]]; });
    };
    if (f.open && (!f.text.empty() || !f.keys.empty()))
        keep([&](Slot slot) { return (m_status[slot] < static_cast<std::uint8_t>(Status::Closed)) == *f.open; });
    oneOf(f.statuses, m_status);
    oneOf(f.priorities, m_priority);
    oneOf(f.channels, m_channel);

    const auto codes = [&](const std::vector<std::string>& wanted,
                           const std::vector<std::int32_t>& column) -> Result<void> {
        if (wanted.empty()) return {};
        std::vector<std::int32_t> terms;
        for (const auto& code : wanted) {
            WL_TRY(const auto term, m_reader.term(code));
            if (term >= 0) terms.push_back(term);
        }
        std::ranges::sort(terms);
        keep([&](Slot slot) { return std::ranges::binary_search(terms, column[slot]); });
        return {};
    };
    WL_CHECK(codes(f.services, m_service));
    WL_CHECK(codes(f.departments, m_department));
    WL_CHECK(codes(f.crews, m_crew));
    WL_CHECK(codes(f.owners, m_owner));
    WL_CHECK(codes(f.areas, m_area));
    if (!f.groups.empty() && m_catalogue) {
        std::vector<std::string> members{"\x01"};  // no service has this code: an unknown group matches nothing
        for (const auto& service : m_catalogue->services())
            if (std::ranges::find(f.groups, service.group) != f.groups.end()) members.push_back(service.code);
        WL_CHECK(codes(members, m_service));
    }
    if (f.requestedFrom || f.requestedTo)
        keep([&](Slot s) { return within(f.requestedFrom, f.requestedTo, m_requested[s]); });
    if (f.updatedFrom || f.updatedTo) keep([&](Slot s) { return within(f.updatedFrom, f.updatedTo, m_updated[s]); });
    if (f.idleDays > 0)
        keep([&, last = (now - std::chrono::days{f.idleDays}).ms](Slot s) { return m_updated[s] <= last; });
    if (f.dueFrom || f.dueTo) keep([&](Slot s) { return within(f.dueFrom, f.dueTo, m_due[s]); });
    if (f.closedFrom || f.closedTo) keep([&](Slot s) { return within(f.closedFrom, f.closedTo, m_closed[s]); });
    if (f.conflicted) keep([&](Slot s) { return ((m_flags[s] & kConflicted) != 0) == *f.conflicted; });
    if (f.stalled) keep([&](Slot s) { return (m_stalled[s] != 0) == *f.stalled; });
    if (f.escalated) keep([&](Slot s) { return (m_escalated[s] != 0) == *f.escalated; });
    if (std::ranges::find(f.offeredTo, "*") != f.offeredTo.end()) keep([&](Slot s) { return m_offeredTo[s] > 0; });
    else WL_CHECK(codes(f.offeredTo, m_offeredTo));
    if (!f.jobs.empty()) {
        std::vector<CaseKey> members;
        for (const auto& job : f.jobs) {
            WL_TRY(const auto some, m_reader.reader().casesOfJob(job));
            members.insert(members.end(), some.begin(), some.end());
        }
        std::ranges::sort(members);
        keep([&](Slot s) { return std::ranges::binary_search(members, CaseKey{static_cast<std::int64_t>(s)}); });
    }
    if (!f.sla.empty()) {
        std::array<bool, kSlaStateCount> wanted{};
        for (const auto state : f.sla) wanted[static_cast<std::size_t>(state)] = true;
        keep([&](Slot s) { return wanted[static_cast<std::size_t>(slaOf(s, now))]; });
    }
    if (f.box)
        keep([&](Slot s) {
            const auto p = m_place[s];
            return (m_flags[s] & kHasPlace) && p.latE7 >= f.box->southWest.latE7 && p.latE7 <= f.box->northEast.latE7 &&
                   p.lonE7 >= f.box->southWest.lonE7 && p.lonE7 <= f.box->northEast.lonE7;
        });
    if (f.near) {
        const double reach = f.near->metres / 111'195.08;
        keep([&](Slot s) {
            const auto p = m_place[s];
            return (m_flags[s] & kHasPlace) && std::abs(p.lat() - f.near->centre.lat()) <= reach &&
                   metresBetween(p, f.near->centre) <= f.near->metres;
        });
    }
    return slots;
}

Result<std::vector<std::uint32_t>> CaseIndex::namesRank(CaseColumn column) {
    // Rank of every term by the name people see; terms are few, so this is made anew each time.
    std::int32_t most = 0;
    const auto& terms = column == CaseColumn::Service      ? m_service
                        : column == CaseColumn::Department ? m_department
                        : column == CaseColumn::Crew       ? m_crew
                        : column == CaseColumn::Owner      ? m_owner
                                                           : m_area;
    std::vector<bool> used;
    for (const auto term : terms) {
        if (term < 0) continue;
        most = std::max(most, term);
        if (used.size() <= static_cast<std::size_t>(term)) used.resize(static_cast<std::size_t>(term) + 1);
        used[static_cast<std::size_t>(term)] = true;
    }
    std::vector<std::pair<std::string, std::int32_t>> names;
    for (std::int32_t term = 0; term <= most; ++term) {
        if (static_cast<std::size_t>(term) >= used.size() || !used[static_cast<std::size_t>(term)]) continue;
        WL_TRY(auto name, m_reader.text(term));
        if (m_catalogue && !name.empty()) {
            if (column == CaseColumn::Service) name = m_catalogue->serviceName(name);
            if (column == CaseColumn::Department) name = m_catalogue->departmentName(name);
            if (column == CaseColumn::Crew) name = m_catalogue->crewName(name);
            if (column == CaseColumn::Owner) name = m_catalogue->staffName(name);
        }
        for (auto& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        names.emplace_back(std::move(name), term);
    }
    std::ranges::sort(names);
    std::vector<std::uint32_t> rank(static_cast<std::size_t>(most) + 1);
    for (std::uint32_t i = 0; i < names.size(); ++i)
        rank[static_cast<std::size_t>(names[i].second)] = i + (names[i].first.empty() ? 0x100000U : 0U);
    return rank;
}

Result<void> CaseIndex::sort(std::vector<Slot>& slots, const CaseOrder& order, Instant now) {
    std::vector<std::uint64_t> keys;
    keys.reserve(slots.size());
    const auto fill = [&](auto&& keyOf) {
        for (const auto slot : slots) keys.push_back(keyOf(slot));
    };
    // As few bits as the times need; "not set" comes last in ascending order.
    const auto fillTimes = [&](const std::vector<std::int64_t>& times, bool urgentFirst) {
        std::int64_t least = std::numeric_limits<std::int64_t>::max(), most = 0;
        bool wholeSeconds = true;
        for (const auto slot : slots) {
            if (times[slot] == 0) continue;
            least = std::min(least, times[slot]);
            most = std::max(most, times[slot]);
            wholeSeconds = wholeSeconds && times[slot] % 1000 == 0;
        }
        const auto steps = [&](std::int64_t ms) { return static_cast<std::uint64_t>(wholeSeconds ? ms / 1000 : ms); };
        const auto notSet = most < least ? std::uint64_t{0} : steps(most - least) + 1;
        const auto bits = std::bit_width(notSet);
        fill([&](Slot s) {
            const auto time = times[s] == 0 ? notSet : steps(times[s] - least);
            return urgentFirst ? (kUrgency[static_cast<std::size_t>(slaOf(s, now))] << bits) | time : time;
        });
    };
    switch (order.column) {
        case CaseColumn::Requested: fillTimes(m_requested, false); break;
        case CaseColumn::Updated: fillTimes(m_updated, false); break;
        case CaseColumn::Closed: fillTimes(m_closed, false); break;
        case CaseColumn::Due: fillTimes(m_due, false); break;
        case CaseColumn::Sla: fillTimes(m_due, true); break;
        case CaseColumn::Status: fill([&](Slot s) { return std::uint64_t{m_status[s]}; }); break;
        case CaseColumn::Priority: fill([&](Slot s) { return std::uint64_t{m_priority[s]}; }); break;
        case CaseColumn::Channel: fill([&](Slot s) { return std::uint64_t{m_channel[s]}; }); break;
        case CaseColumn::Service:
        case CaseColumn::Department:
        case CaseColumn::Crew:
        case CaseColumn::Owner:
        case CaseColumn::Area: {
            WL_TRY(const auto rank, namesRank(order.column));
            const auto& terms = order.column == CaseColumn::Service      ? m_service
                                : order.column == CaseColumn::Department ? m_department
                                : order.column == CaseColumn::Crew       ? m_crew
                                : order.column == CaseColumn::Owner      ? m_owner
                                                                         : m_area;
            fill([&](Slot s) { return std::uint64_t{rank[static_cast<std::size_t>(terms[s])]}; });
            break;
        }
        case CaseColumn::Number:
        case CaseColumn::Address:
        case CaseColumn::Title:
        case CaseColumn::Description: {
            WL_TRY(const auto* texts, textOrder(order.column));
            fill([&](Slot s) { return std::uint64_t{texts->rank(s)}; });
            break;
        }
    }
    if (order.descending)
        for (auto& key : keys) key = ~key;
    radixSort(slots, keys);
    return {};
}

Result<CaseListing> CaseIndex::list(const CaseQuery& query, Instant now) {
    WL_TRY(auto slots, select(query.filter, now));
    CaseListing out;
    out.asOf = now;
    out.spots.reserve(slots.size());
    out.tally.total = static_cast<std::int64_t>(slots.size());
    for (const auto slot : slots) {  // before they are sorted: the columns are read from front to back
        const auto state = slaOf(slot, now);
        ++out.tally.bySla[static_cast<std::size_t>(state)];
        if (m_requested[slot] != 0 && (!out.tally.oldest || m_requested[slot] < out.tally.oldest.ms))
            out.tally.oldest = {m_requested[slot]};
        if (m_flags[slot] & kHasPlace) out.spots.push_back({static_cast<std::int64_t>(slot), m_place[slot], state});
    }
    WL_CHECK(sort(slots, query.order, now));
    out.keys.reserve(slots.size());
    for (const auto slot : slots) out.keys.push_back({static_cast<std::int64_t>(slot)});
    return out;
}

Result<QueueTally> CaseIndex::tally(const CaseFilter& filter, Instant now) {
    WL_TRY(const auto slots, select(filter, now));
    QueueTally out;
    out.total = static_cast<std::int64_t>(slots.size());
    for (const auto slot : slots) {
        ++out.bySla[static_cast<std::size_t>(slaOf(slot, now))];
        if (m_requested[slot] != 0 && (!out.oldest || m_requested[slot] < out.oldest.ms))
            out.oldest = {m_requested[slot]};
    }
    return out;
}

}  // namespace wl::engine
