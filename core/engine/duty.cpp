// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/duty.hpp"

#include <algorithm>

#include "rules/duty.hpp"

namespace wl::engine {

std::vector<Command> dutyCommands(const store::CaseDetail& detail, const rules::Catalogue& catalogue, Instant now) {
    std::vector<Command> out;
    const CaseRef ref{detail.key, detail.state.id};
    for (auto& action : rules::dueActions(detail.state, catalogue, now)) {
        switch (action.kind) {
            case rules::DueAction::Kind::WakeUp:
                out.emplace_back(ChangeStatus{ref, action.to, {}, {}, action.at});
                break;
            case rules::DueAction::Kind::Bounce:
                out.emplace_back(AnswerHandOff{ref, HandOffAnswer::Bounced, {}});
                break;
            case rules::DueAction::Kind::Escalate:
                out.emplace_back(RaiseEscalation{ref, std::move(action.raised)});
                break;
        }
    }
    return out;
}

std::vector<HeldBy> heldByDepartment(const std::vector<store::TimelineEntry>& timeline, Instant now) {
    std::vector<HeldBy> out;
    std::string holder;
    Instant since;
    bool closed = false;
    const auto until = [&](Instant at) {
        if (since && !closed && at > since) {
            auto known = std::ranges::find(out, holder, &HeldBy::department);
            if (known == out.end()) known = out.insert(out.end(), {holder, {}, 1});
            known->held += at - since;
        }
        since = std::max(since, at);
    };
    for (const auto& entry : timeline) {
        if (!entry.effective) continue;
        const FieldValues* fields = nullptr;
        if (const auto* opened = std::get_if<CaseOpened>(&entry.op.body)) fields = &opened->fields;
        if (const auto* edited = std::get_if<CaseEdited>(&entry.op.body)) fields = &edited->fields;
        if (fields != nullptr) {
            const auto* department = fields->find(CaseField::Department);
            if (department == nullptr && since) continue;
            until(entry.at);
            const auto next = department != nullptr ? asText(*department) : std::string();
            if (next != holder)
                if (auto known = std::ranges::find(out, next, &HeldBy::department); known != out.end()) ++known->times;
            holder = next;
        } else if (const auto* step = std::get_if<CaseStatusChanged>(&entry.op.body)) {
            until(entry.at);
            closed = step->to == Status::Closed;
        }
    }
    until(now);
    return out;
}

}  // namespace wl::engine
