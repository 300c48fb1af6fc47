// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/past/past_case.hpp"

namespace wl::engine {

void eachStanding(const CaseId& id, std::span<const store::TimelineEntry> timeline,
                  const std::function<void(Instant, const CaseState&)>& each) {
    std::vector<StampedOp> ops;
    ops.reserve(timeline.size());
    CaseState state;
    state.id = id;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const auto& entry = timeline[i];
        if (entry.verdict != Verdict::Valid) continue;
        ops.push_back({entry.stamp, entry.op});
        // What was told late comes before ops with lesser stamps: then only the fold from scratch says what was so.
        if (!applyToCase(state, ops.back())) state = foldCase(id, ops);
        const bool last = i + 1 == timeline.size() || timeline[i + 1].at != entry.at;
        if (last && state.isOpenedYet()) each(entry.at, state);
    }
}

Result<std::optional<PastCase>> caseAsOf(store::Reader& reader, const rules::CataloguePtr& catalogue, CaseKey key,
                                         Instant at) {
    WL_TRY(auto timeline, reader.timeline(key));
    WL_TRY(const auto now, reader.detail(key));
    std::erase_if(timeline, [at](const store::TimelineEntry& entry) { return entry.at > at; });
    std::vector<StampedOp> ops;
    for (const auto& entry : timeline)
        if (entry.verdict == Verdict::Valid) ops.push_back({entry.stamp, entry.op});
    PastCase out;
    out.detail.key = key;
    out.detail.number = now.number;
    out.detail.state = foldCase(now.state.id, ops);
    if (!out.detail.state.isOpenedYet()) return std::optional<PastCase>();
    out.detail.clock = rules::SlaDeriver(catalogue).derive(out.detail.state);
    for (auto& entry : timeline) {
        const auto step = std::ranges::find(out.detail.state.history, entry.stamp, &StatusEvent::stamp);
        if (step != out.detail.state.history.end()) entry.effective = step->effective || step->undone;
    }
    out.timeline = std::move(timeline);
    return std::optional(std::move(out));
}

Result<std::vector<store::CaseRow>> rowsAsOf(store::Reader& reader, const rules::CataloguePtr& catalogue,
                                             std::span<const CaseKey> keys, Instant at) {
    WL_TRY(auto rows, reader.rows(keys));
    std::vector<store::CaseRow> out;
    out.reserve(rows.size());
    for (auto& row : rows) {
        if (row.requestedAt > at) continue;
        if (row.updatedAt > at) {
            WL_TRY(const auto past, caseAsOf(reader, catalogue, row.key, at));
            if (!past) continue;
            const auto& s = past->detail.state;
            row.status = s.status;
            row.statusReason = s.statusReason;
            row.priority = static_cast<Priority>(s.number(CaseField::Priority));
            row.service = s.text(CaseField::Service);
            row.department = s.text(CaseField::Department);
            row.crew = s.text(CaseField::Crew);
            row.owner = s.text(CaseField::Owner);
            row.area = s.text(CaseField::Area);
            const auto* offer = s.pendingHandOff();
            row.offeredTo = offer ? offer->department : std::string();
            row.title = s.text(CaseField::Title);
            row.description = s.text(CaseField::Description);
            row.address = s.text(CaseField::Address);
            const auto* place = std::get_if<GeoPoint>(&s.value(CaseField::Position));
            row.position = place ? std::optional(*place) : std::nullopt;
            row.updatedAt = s.updatedAt;
            row.closedAt = s.closedAt;
            row.clock = past->detail.clock;
            row.conflicts = s.fields.conflicts();
        } else if (row.clock.settled == SlaState::OnTrack) {
            // A forecast may have moved its warning; nobody knew that then.
            WL_TRY(const auto now, reader.detail(row.key));
            row.clock = rules::SlaDeriver(catalogue).derive(now.state);
        }
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace wl::engine
