// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/past/past_book.hpp"

#include "store/packing.hpp"

namespace wl::engine {
namespace {

constexpr int kStep = 200;            // histories read in one step
constexpr std::size_t kScan = 50'000;  // cases looked at in one step

// Columns of a row. Times are ms, codes term numbers.
enum Column : std::size_t {
    From,
    StatusIs,
    PriorityIs,
    Service,
    Department,
    Crew,
    Owner,
    Area,
    OfferedTo,
    Updated,
    Closed,
    Due,
    Warn,
    PausedUntil,
    Settled,
    Flags,
    Stalled,
    Escalated,
    RespondDue,
    Lat,
    Lon
};
constexpr std::int64_t Paused = 1, Conflicted = 2, HasPlace = 4;  // of Flags

}  // namespace

Result<std::int64_t> PastBook::term(const std::string& code) {
    if (code.empty()) return 0;
    WL_TRY(const auto found, m_reader.term(code));
    return std::max<std::int64_t>(0, found);  // a code that no row ever had
}

Result<PastBook::Row> PastBook::rowOf(Instant from, const CaseState& s) {
    const auto clock = m_deriver.derive(s);
    Row row{};
    row[From] = from.ms;
    row[StatusIs] = static_cast<std::int64_t>(s.status);
    row[PriorityIs] = s.number(CaseField::Priority);
    const std::pair<Column, CaseField> codes[] = {{Service, CaseField::Service},
                                                  {Department, CaseField::Department},
                                                  {Crew, CaseField::Crew},
                                                  {Owner, CaseField::Owner},
                                                  {Area, CaseField::Area}};
    for (const auto& [column, field] : codes) { WL_TRY(row[column], term(s.text(field))); }
    if (const auto* offer = s.pendingHandOff()) { WL_TRY(row[OfferedTo], term(offer->department)); }
    row[Updated] = s.updatedAt.ms;
    row[Closed] = s.closedAt.ms;
    row[Due] = clock.due.ms;
    row[Warn] = clock.warn.ms;
    row[PausedUntil] = clock.pausedUntil.ms;
    row[Settled] = static_cast<std::int64_t>(clock.settled);
    row[Stalled] = clock.stalled;
    row[Escalated] = clock.escalated;
    row[RespondDue] = clock.respondDue.ms;
    const auto* place = std::get_if<GeoPoint>(&s.value(CaseField::Position));
    row[Flags] = (clock.paused ? Paused : 0) | (s.fields.conflicts() != 0 ? Conflicted : 0) | (place ? HasPlace : 0);
    if (place) row[Lat] = place->latE7, row[Lon] = place->lonE7;
    return row;
}

// Each row says which columns differ from the one before, and by how much.
void PastBook::keep(std::size_t slot, const std::vector<Row>& rows) {
    if (slot >= m_at.size()) m_at.resize(slot + slot / 4 + 64);
    store::Packer packed;
    packed.number(rows.size());
    Row last{};
    for (const auto& row : rows) {
        std::uint64_t differs = 0;
        for (std::size_t i = 0; i < kColumns; ++i)
            if (row[i] != last[i]) differs |= std::uint64_t{1} << i;
        packed.number(differs);
        for (std::size_t i = 0; i < kColumns; ++i)
            if (row[i] != last[i]) packed.sign(row[i] - last[i]);
        last = row;
    }
    m_at[slot] = static_cast<std::uint32_t>(m_bytes.size());
    m_bytes += packed.bytes();
}

bool PastBook::rowAt(std::size_t slot, Instant at, Row& row) const {
    store::Unpacker u(std::string_view(m_bytes).substr(m_at[slot]));
    Row next{};
    bool there = false;
    for (auto n = u.number(); n > 0; --n) {
        const auto differs = u.number();
        for (std::size_t i = 0; i < kColumns; ++i)
            if ((differs >> i) & 1U) next[i] += u.sign();
        if (next[From] > at.ms) break;
        row = next;
        there = true;
    }
    return there;
}

Result<void> PastBook::read(CaseKey key) {
    std::vector<Row> rows;
    const auto timeline = m_reader.reader().timeline(key);
    if (!timeline) {
        if (timeline.error().kind != ErrorKind::NotFound) return std::unexpected(timeline.error());
        keep(static_cast<std::size_t>(key.value), rows);
        return {};
    }
    Result<void> good;
    eachStanding({}, *timeline, [&](Instant from, const CaseState& state) {
        auto row = rowOf(from, state);
        if (!row) {
            good = std::unexpected(row.error());
            return;
        }
        auto same = *row;
        if (!rows.empty()) same[From] = rows.back()[From];
        if (rows.empty() || same != rows.back()) rows.push_back(*row);
    });
    WL_CHECK(good);
    keep(static_cast<std::size_t>(key.value), rows);
    return {};
}

Result<PastProgress> PastBook::loadNext(const CaseIndex& now, Instant from) {
    const auto wanted = [&](std::size_t slot) { return now.updatedAt(slot).ms >= m_from.ms && !isKnown(slot); };
    if (m_next == 0 || from < m_from) {
        m_from = from;
        m_next = 1;
        m_done = m_total = 0;
        for (std::size_t slot = 1; slot < now.slots(); ++slot) m_total += wanted(slot) ? 1 : 0;
    }
    int steps = 0;
    for (; !m_again.empty() && steps < kStep; m_again.pop_back())
        if (wanted(m_again.back())) {
            WL_CHECK(read({static_cast<std::int64_t>(m_again.back())}));
            ++steps;
        }
    const auto end = std::min(now.slots(), m_next + kScan);
    for (; m_next < end && steps < kStep; ++m_next) {
        if (!wanted(m_next)) continue;
        WL_CHECK(read({static_cast<std::int64_t>(m_next)}));
        ++m_done;
        ++steps;
    }
    if (m_next >= now.slots() && m_again.empty()) return PastProgress{m_total, m_total};
    return PastProgress{std::min(m_done, m_total - 1), m_total};
}

void PastBook::changed(std::span<const CaseKey> keys) {
    for (const auto key : keys) {
        const auto slot = static_cast<std::size_t>(key.value);
        if (slot < m_at.size()) m_at[slot] = 0;
        if (slot < m_differs.size()) m_differs[slot] = 1;
        if (m_next > 0) m_again.push_back(slot);
    }
}

void PastBook::stand(const CaseIndex& now, Instant at, CaseIndex& then) {
    if (m_filled != &then) {
        m_differs.assign(now.slots(), 1);
        m_filled = &then;
    }
    m_differs.resize(now.slots(), 1);
    then.reserve(static_cast<std::int64_t>(now.slots()) - 1);
    Row row{};
    for (std::size_t slot = 1; slot < now.slots(); ++slot) {
        const bool changed = now.updatedAt(slot) > at;
        if (!changed && m_differs[slot] == 0) continue;
        m_differs[slot] = changed ? 1 : 0;
        auto facet = now.facetOf(slot);
        if (changed && facet.requestedMs <= at.ms && isKnown(slot) && rowAt(slot, at, row)) {
            facet.status = static_cast<std::uint8_t>(row[StatusIs]);
            facet.priority = static_cast<std::uint8_t>(row[PriorityIs]);
            facet.service = static_cast<std::int32_t>(row[Service]);
            facet.department = static_cast<std::int32_t>(row[Department]);
            facet.crew = static_cast<std::int32_t>(row[Crew]);
            facet.owner = static_cast<std::int32_t>(row[Owner]);
            facet.area = static_cast<std::int32_t>(row[Area]);
            facet.offeredTo = static_cast<std::int32_t>(row[OfferedTo]);
            facet.updatedMs = row[Updated];
            facet.closedMs = row[Closed];
            facet.clock = {{row[RespondDue]},
                           {row[Due]},
                           {row[Warn]},
                           (row[Flags] & Paused) != 0,
                           static_cast<SlaState>(row[Settled]),
                           {row[PausedUntil]},
                           {},
                           static_cast<std::uint8_t>(row[Stalled]),
                           static_cast<std::uint8_t>(row[Escalated])};
            facet.conflicted = (row[Flags] & Conflicted) != 0;
            facet.hasPlace = (row[Flags] & HasPlace) != 0;
            facet.place = {static_cast<std::int32_t>(row[Lat]), static_cast<std::int32_t>(row[Lon])};
        } else if (changed) {
            facet.status = CaseIndex::kNone;
        }
        then.put(facet);
    }
}

}  // namespace wl::engine
