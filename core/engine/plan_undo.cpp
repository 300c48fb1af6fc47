// SPDX-License-Identifier: GPL-3.0-or-later
// Taking back: new ops planned from the before-image. If somebody else changed the same since, it is a conflict.
#include <algorithm>

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

// The step with that stamp, if the case stands where the step left it: nothing after it but what was undone. What this
// console did again on top of an undo does not stand in the way of doing again the next.
const StatusEvent* stillLast(const CaseState& state, const Stamp& stamp) {
    const auto at = std::ranges::find(state.history, stamp, &StatusEvent::stamp);
    if (at == state.history.end()) return nullptr;
    for (auto later = at + 1; later != state.history.end(); ++later)
        if (!later->undone && !(at->undone && later->stamp.dot.origin == stamp.dot.origin)) return nullptr;
    return at->undone && at->to != state.status ? nullptr : &*at;
}

Result<void> takeBack(const StatusBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* detail, target(c, {{}, back.target}));
    const auto& state = detail->state;
    answer(plan, *detail);
    const auto* event = back.op < step.stamps.size() ? stillLast(state, step.stamps[back.op]) : nullptr;
    if (event == nullptr) return fail(ErrorKind::Conflict, "undo.changed_since", "status");
    plan.inverse.push_back(StatusBack{back.target, state.status, state.statusReason, plan.ops.size(),
                                      state.statusUntil});
    // Undo says which step it takes back. Doing again what was undone is a new step.
    const std::uint64_t takesBack = event->undone ? 0 : event->stamp.dot.seq;
    plan.ops.push_back({state.id,
                        CaseStatusChanged{state.status, back.before, 1, back.reason, c.now, {}, takesBack, back.until},
                        "undo", false});
    return {};
}

Result<void> takeBack(const OfferBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* detail, target(c, {{}, back.target}));
    answer(plan, *detail);
    const auto* offer = detail->state.pendingHandOff();
    if (offer == nullptr || back.op >= step.stamps.size() || offer->stamp != step.stamps[back.op])
        return fail(ErrorKind::Conflict, "undo.changed_since", "department");
    plan.ops.push_back({back.target, HandOffAnswered{offer->offer, HandOffAnswer::Withdrawn, {}, c.now}, "undo",
                        false});
    return {};
}

Result<void> takeBack(const ItemBack& back, const UndoStep&, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto standing, c.store.catalogue());
    const auto& item = back.before;
    const auto found = std::ranges::find_if(standing, [&](const store::CatalogueEntry& e) {
        return e.kind == item.kind && e.code == item.code;
    });
    if (found == standing.end() || found->document != back.written)
        return fail(ErrorKind::Conflict, "undo.changed_since", item.kind, item.code);
    plan.ops.push_back({store::itemId(item.kind, item.code),
                        CatalogueItemPublished{item.kind, item.code, item.document}, "undo", false});
    plan.inverse.push_back(ItemBack{{item.kind, item.code, back.written}, item.document});
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

Result<void> takeBack(const ContactsBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* view, c.store.personOf(back.target));
    if (!view) return fail(ErrorKind::NotFound, "person.unknown", "person");
    ContactsBack again{back.target, {}, {}};
    PersonContactRemoved gone;
    for (const auto op : back.added) {
        if (op >= step.stamps.size()) continue;
        const auto standing = std::ranges::find(view->state.contacts, step.stamps[op], &Contact::added);
        if (standing == view->state.contacts.end()) return fail(ErrorKind::Conflict, "undo.changed_since", "contact");
        again.removed.push_back({standing->kind, standing->value, standing->label});
        gone.removed.push_back(standing->added.dot);
    }
    plan.receipt.personId = back.target;
    if (!gone.removed.empty()) plan.ops.push_back({back.target, std::move(gone), "undo", false});
    for (const auto& contact : back.removed) {
        again.added.push_back(plan.ops.size());
        plan.ops.push_back({back.target, PersonContactAdded{contact.kind, contact.value, contact.label}, "undo",
                            false});
    }
    plan.inverse.push_back(std::move(again));
    return {};
}

}  // namespace

void shiftOps(Inverse& inverse, std::size_t offset) {
    if (auto* fields = std::get_if<FieldsBack>(&inverse))
        for (auto& written : fields->written) written.second += offset;
    if (auto* status = std::get_if<StatusBack>(&inverse)) status->op += offset;
    if (auto* offer = std::get_if<OfferBack>(&inverse)) offer->op += offset;
    if (auto* report = std::get_if<ReportBack>(&inverse)) report->op += offset;
    if (auto* pair = std::get_if<PairBack>(&inverse)) pair->op += offset;
    if (auto* contacts = std::get_if<ContactsBack>(&inverse))
        for (auto& op : contacts->added) op += offset;
}

Result<Plan> planUndo(const UndoStep& step, const PlanContext& c) {
    Plan plan;
    // Last done, first undone.
    for (auto at = step.inverse.rbegin(); at != step.inverse.rend(); ++at) {
        const auto done = std::visit([&](const auto& one) { return takeBack(one, step, c, plan); }, *at);
        if (done) continue;
        if (step.group == 0 || done.error().kind != ErrorKind::Conflict) return std::unexpected(done.error());
        ++plan.receipt.leftAlone;
    }
    plan.receipt.undone = step.what;
    plan.receipt.group = step.group;
    return plan;
}

}  // namespace wl::engine
