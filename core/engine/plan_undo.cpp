// SPDX-License-Identifier: GPL-3.0-or-later
// Taking back: new ops planned from the before-image. If somebody else changed the same since, it is a conflict.
#include "engine/plan_parts.hpp"

namespace wl::engine {
namespace {

Result<void> takeBack(const FieldsBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* detail, target(c, {{}, back.target}));
    const auto& state = detail->state;
    answer(plan, *detail);
    CaseEdited edit;
    FieldsBack again{back.target, {}, {}};
    for (const auto& [field, op] : back.written) {
        const auto& standing = state.fields[field];
        if (op >= step.stamps.size() || standing.stamp != step.stamps[op] || !standing.rivals.empty())
            return fail(ErrorKind::Conflict, "undo.changed_since", std::string(findField(kCaseFields, field)->name));
        edit.fields.set(field, *back.before.find(field));
        auto heads = headsOf(standing, state.opened);
        if (!heads.empty()) edit.preds[field] = std::move(heads);
        again.before.set(field, standing.value);
        again.written.emplace_back(field, plan.ops.size());
    }
    plan.ops.push_back({state.id, std::move(edit), "undo", false});
    plan.inverse.push_back(std::move(again));
    return {};
}

Result<void> takeBack(const StatusBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* detail, target(c, {{}, back.target}));
    const auto& state = detail->state;
    answer(plan, *detail);
    if (state.history.empty() || back.op >= step.stamps.size() || state.history.back().stamp != step.stamps[back.op])
        return fail(ErrorKind::Conflict, "undo.changed_since", "status");
    plan.inverse.push_back(StatusBack{back.target, state.status, state.statusReason, plan.ops.size()});
    plan.ops.push_back({state.id, CaseStatusChanged{state.status, back.before, 1, back.reason, c.now, {}}, "undo",
                        false});
    return {};
}

Result<void> takeBack(const PersonBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* view, c.store.personOf(back.target));
    if (!view) return fail(ErrorKind::NotFound, "person.unknown", "person");
    PersonEdited edit;
    PersonBack again{back.target, {}};
    for (const auto& [field, value] : back.before) {
        const auto& standing = view->state.fields[field];
        bool ours = standing.rivals.empty();
        ours = ours && std::ranges::find(step.stamps, standing.stamp) != step.stamps.end();
        if (!ours)
            return fail(ErrorKind::Conflict, "undo.changed_since", std::string(findField(kPersonFields, field)->name));
        edit.fields.set(field, value);
        auto heads = headsOf(standing, view->state.opened);
        if (!heads.empty()) edit.preds[field] = std::move(heads);
        again.before.set(field, standing.value);
    }
    plan.receipt.personId = back.target;
    plan.ops.push_back({back.target, std::move(edit), "undo", false});
    plan.inverse.push_back(std::move(again));
    return {};
}

}  // namespace

Result<Plan> planUndo(const UndoStep& step, const PlanContext& c) {
    Plan plan;
    // Last done, first undone.
    for (auto at = step.inverse.rbegin(); at != step.inverse.rend(); ++at)
        WL_CHECK(std::visit([&](const auto& one) { return takeBack(one, step, c, plan); }, *at));
    plan.receipt.undone = step.what;
    return plan;
}

}  // namespace wl::engine
