// SPDX-License-Identifier: GPL-3.0-or-later
// Ownership: hand-offs, claims, escalations; and what a case must have before it may be closed or paused.
#include <algorithm>
#include <chrono>

#include "engine/plan_parts.hpp"
#include "rules/business_hours.hpp"
#include "rules/duty.hpp"
#include "rules/sla.hpp"

namespace wl::engine {
namespace {

constexpr std::size_t kLeastReason = 3;

// Who may take work from others. A console where nobody is known by name (an empty staff list) asks no roles.
bool leads(const PlanContext& c) {
    const auto* me = c.catalogue.staff(c.agent);
    if (me == nullptr) return c.catalogue.staffMembers().empty();
    return me->role == "supervisor" || me->role == "manager" || me->role == "dispatcher";
}

void setField(Plan& plan, const store::CaseDetail& detail, CaseEdited& edit, FieldsBack& back, CaseField field,
              Value value) {
    const auto id = static_cast<std::uint8_t>(field);
    const auto& standing = detail.state.fields[id];
    if (standing.value == value && standing.rivals.empty()) return;
    edit.fields.set(id, std::move(value));
    auto heads = headsOf(standing, detail.state.opened);
    if (!heads.empty()) edit.preds[id] = std::move(heads);
    back.before.set(id, standing.value);
    back.written.emplace_back(id, plan.ops.size());
}

// When an offer made now bounces back: the receiving department's opening hours, at most.
Instant limitOf(const rules::Department& department, const PlanContext& c) {
    const Millis length = std::chrono::minutes{department.acceptMinutes};
    const auto* hours = c.catalogue.hours(department.calendar);
    const auto at = hours != nullptr ? hours->after(c.now, length) : Instant{};
    return at ? at : c.now + length;
}

Value textValue(const std::string& text) { return text.empty() ? Value{} : Value{text}; }

}  // namespace

Result<Plan> planOne(const OfferHandOff& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    if (state.status == Status::Closed) return fail(ErrorKind::Refused, "hand_off.closed", "department");
    const auto* department = c.catalogue.department(cmd.department);
    if (department == nullptr) return fail(ErrorKind::Input, "department.unknown", "department", cmd.department);
    if (cmd.department == state.text(CaseField::Department))
        return fail(ErrorKind::Input, "hand_off.same", "department", cmd.department);
    if (const auto* crew = c.catalogue.crew(cmd.crew);
        !cmd.crew.empty() && (crew == nullptr || crew->department != cmd.department))
        return fail(ErrorKind::Input, "crew.unknown", "crew", cmd.crew);
    if (cmd.reason.size() < kLeastReason) return fail(ErrorKind::Input, "hand_off.reason_missing", "reason");
    Plan plan;
    answer(plan, *detail);
    plan.inverse.push_back(OfferBack{state.id, plan.ops.size()});
    plan.ops.push_back(
        {state.id, HandOffOffered{cmd.department, cmd.crew, cmd.reason, c.now, limitOf(*department, c)}, {}, false});
    return plan;
}

Result<Plan> planOne(const AnswerHandOff& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    const auto* offer = state.pendingHandOff();
    if (offer == nullptr) return fail(ErrorKind::Refused, "hand_off.none", "department", detail->number);
    const bool needsReason = cmd.answer == HandOffAnswer::Returned;
    if (needsReason && cmd.reason.size() < kLeastReason)
        return fail(ErrorKind::Input, "hand_off.reason_missing", "reason");
    const auto* me = c.catalogue.staff(c.agent);
    const bool ofSender = me != nullptr && me->department != offer->department;
    const bool byReceiver = cmd.answer == HandOffAnswer::Accepted || cmd.answer == HandOffAnswer::Returned;
    if (byReceiver && ofSender && !leads(c))
        return fail(ErrorKind::Refused, "hand_off.not_yours", "department", offer->department);
    Plan plan;
    answer(plan, *detail);
    plan.ops.push_back({state.id, HandOffAnswered{offer->offer, cmd.answer, cmd.reason, c.now}, {}, false});
    if (cmd.answer != HandOffAnswer::Accepted) return plan;
    CaseEdited edit;
    FieldsBack back{state.id, {}, {}};
    setField(plan, *detail, edit, back, CaseField::Department, offer->department);
    setField(plan, *detail, edit, back, CaseField::Crew, textValue(offer->crew));
    setField(plan, *detail, edit, back, CaseField::Owner, Value{});  // its new people pick their own
    if (!edit.fields.empty()) plan.ops.push_back({state.id, std::move(edit), "hand_off", false});
    return plan;
}

Result<Plan> planOne(const ClaimCase& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    if (state.status == Status::Closed) return fail(ErrorKind::Refused, "claim.closed", "owner");
    const auto& owner = state.text(CaseField::Owner);
    Plan plan;
    answer(plan, *detail);
    if (owner == c.agent) return plan;
    if (!owner.empty() && !cmd.takeOver) return fail(ErrorKind::Refused, "claim.owned", "owner", owner);
    if (!owner.empty() && !leads(c)) return fail(ErrorKind::Refused, "claim.role", "owner", owner);
    EditCase take;
    take.target = cmd.target;
    take.fields.set(CaseField::Owner, c.agent);
    take.comment = owner.empty() ? "claim" : "take_over";
    return planEdit(take, c);
}

Result<Plan> planOne(const ReleaseCase& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& owner = detail->state.text(CaseField::Owner);
    if (owner.empty()) return fail(ErrorKind::Refused, "release.unowned", "owner", detail->number);
    if (owner != c.agent && !leads(c)) return fail(ErrorKind::Refused, "claim.role", "owner", owner);
    EditCase give;
    give.target = cmd.target;
    give.fields.set(CaseField::Owner, Value{});
    give.comment = cmd.reason.empty() ? "release" : cmd.reason;
    return planEdit(give, c);
}

Result<Plan> planOne(const RaiseEscalation& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    Plan plan;
    answer(plan, *detail);
    const auto& known = detail->state.escalations;
    const auto at = std::ranges::find(known, cmd.step.key, &Escalation::key);
    if (at != known.end() && at->raised.dot.seq != 0) return plan;  // somebody was quicker
    auto step = cmd.step;
    step.at = c.now;
    plan.ops.push_back({detail->state.id, std::move(step), {}, false});
    return plan;
}

Result<Plan> planOne(const AcknowledgeEscalations& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    Plan plan;
    answer(plan, *detail);
    for (const auto& e : detail->state.escalations)
        if (e.raised.dot.seq != 0 && e.acknowledged.dot.seq == 0)
            plan.ops.push_back({detail->state.id, EscalationAcknowledged{e.key, c.now}, {}, false});
    if (plan.ops.empty()) return fail(ErrorKind::Refused, "escalation.none", "case", detail->number);
    return plan;
}

Result<void> mayPause(const ChangeStatus& cmd, const PlanContext& c) {
    const auto* reason = c.catalogue.pauseReason(cmd.reason);
    if (reason == nullptr) {
        if (c.catalogue.pauseReasons().empty()) return {};
        return fail(ErrorKind::Input, "pause.unknown", "reason", cmd.reason);
    }
    if (reason->needsWakeUp && !cmd.until) return fail(ErrorKind::Input, "pause.wake_up_missing", "until", cmd.reason);
    if (cmd.until && cmd.until <= c.now) return fail(ErrorKind::Input, "pause.wake_up_past", "until");
    if (!rules::mayUse(*reason, c.catalogue.staff(c.agent)))
        return fail(ErrorKind::Refused, "pause.role", "reason", cmd.reason);
    return {};
}

Result<void> mayClose(const ChangeStatus& cmd, const store::CaseDetail& detail, const PlanContext& c) {
    if (cmd.note.size() < static_cast<std::size_t>(c.catalogue.jurisdiction().closingComment))
        return fail(ErrorKind::Input, "close.comment_missing", "note",
                    std::to_string(c.catalogue.jurisdiction().closingComment));
    if (cmd.reason == "not_responsible" && cmd.note.empty())
        return fail(ErrorKind::Input, "close.referral_missing", "note");
    const auto* job = c.catalogue.job(detail.state.text(CaseField::Job));
    if (job != nullptr && job->state != "done" && job->state != "cancelled" && cmd.note.empty())
        return fail(ErrorKind::Input, "close.job_open", "note", job->title);
    return {};
}

Result<std::optional<CaseId>> primaryOf(const ChangeStatus& cmd, const store::CaseDetail& detail,
                                        const PlanContext& c) {
    const auto standing = detail.state.value(CaseField::DuplicateOf);  // another case is read below
    if (cmd.duplicateOf.key || !cmd.duplicateOf.id.isNull()) {
        const auto self = detail.state.id;
        WL_TRY(const auto* other, target(c, cmd.duplicateOf));
        if (other->state.id == self) return fail(ErrorKind::Input, "close.duplicate_self", "duplicate_of");
        return other->state.id;
    }
    // Past work is written down as it was; a link is asked of people.
    if (!isSet(standing) && cmd.note.empty()) return fail(ErrorKind::Input, "close.duplicate_link", "duplicate_of");
    return std::optional<CaseId>{};
}

}  // namespace wl::engine
