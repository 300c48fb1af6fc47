// SPDX-License-Identifier: GPL-3.0-or-later
// One fault, many reports; one citizen, many records: joining them, telling them apart, and taking either back.
#include <algorithm>

#include "engine/plan_parts.hpp"

namespace wl::engine {
namespace {

// The case that stands for the fault: a duplicate points to it, perhaps through others.
Result<CaseId> leadOf(const CaseRef& ref, const PlanContext& c) {
    constexpr int kLongestChain = 16;
    WL_TRY(const auto* detail, target(c, ref));
    auto id = detail->state.id;
    for (int step = 0; step < kLongestChain; ++step) {
        WL_TRY(detail, target(c, {{}, id}));
        const auto* next = std::get_if<EntityId>(&detail->state.value(CaseField::DuplicateOf));
        if (next == nullptr || detail->state.status != Status::Closed) break;
        id = *next;
    }
    return id;
}

bool isReporter(const CaseState& state, const PersonId& person) {
    const auto* requester = std::get_if<EntityId>(&state.value(CaseField::Requester));
    return (requester != nullptr && *requester == person) ||
           std::ranges::contains(state.reports, person, &Report::person);
}

// The record that holds what is said of a pair, and the other one.
std::pair<EntityId, EntityId> homeOf(const EntityId& a, const EntityId& b) {
    return a < b ? std::pair{b, a} : std::pair{a, b};
}

JudgedPair asItStands(const Judgements& judgements, const EntityId& other) {
    const auto* mark = judgements.deciding(other);
    if (mark == nullptr) return {other, Judgement::None, false, 0, {}, {}};
    return {other, mark->judgement, mark->automatic, mark->weight, mark->reasons, {}};
}

store::OpDraft judgedOp(bool persons, const EntityId& home, JudgedPair pair, std::string comment) {
    if (persons) return {home, PersonsJudged{std::move(pair)}, std::move(comment), false};
    return {home, CasesJudged{std::move(pair)}, std::move(comment), false};
}

// Adds the judgement to the plan, unless it stands already. A rule never overrules what stands.
void addJudgement(Plan& plan, bool persons, const EntityId& home, const Judgements& standing, JudgedPair pair) {
    const auto now = standing.of(pair.other);
    if (now == pair.judgement || (pair.automatic && now != Judgement::None)) return;
    pair.replaces = standing.standing(pair.other);
    plan.inverse.push_back(PairBack{persons, home, asItStands(standing, pair.other), plan.ops.size()});
    plan.ops.push_back(judgedOp(persons, home, std::move(pair), {}));
}

// Opens a case again that was closed as a duplicate: as if it had never been closed where this console did that.
void reopen(Plan& plan, const CaseState& state, const PlanContext& c) {
    if (state.status != Status::Closed || state.statusReason != "duplicate") return;
    const auto last = std::ranges::find_if(state.history.rbegin(), state.history.rend(), &StatusEvent::effective);
    const bool own = last != state.history.rend() && last->stamp.dot.origin == c.store.origin();
    const auto to = own ? last->from : Status::Acknowledged;
    plan.inverse.push_back(StatusBack{state.id, state.status, state.statusReason, plan.ops.size(), state.statusUntil});
    plan.ops.push_back({state.id,
                        CaseStatusChanged{state.status, to, 1, {}, c.now, {}, own ? last->stamp.dot.seq : 0, {}},
                        {},
                        false});
}

Result<Plan> joinCases(const JudgeCases& cmd, const PlanContext& c) {
    WL_TRY(const auto lead, leadOf(cmd.of, c));
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto id = detail->state.id;
    const auto status = detail->state.status;
    if (lead == id) return fail(ErrorKind::Input, "close.duplicate_self", "duplicate_of", detail->number);
    const auto [home, other] = homeOf(id, lead);
    WL_TRY(const auto* standing, target(c, {{}, lead}));
    const auto note = cmd.note.empty() ? standing->number : cmd.note;
    WL_TRY(const auto* holder, target(c, {{}, home}));
    if (cmd.automatic && holder->state.judgements.of(other) != Judgement::None) return Plan{};
    Plan plan;
    addJudgement(plan, false, home, holder->state.judgements,
                 {other, Judgement::Same, cmd.automatic, cmd.weight, cmd.reasons, {}});
    if (status != Status::Closed) {
        ChangeStatus close{{{}, id}, Status::Closed, "duplicate", note, {}, {}, {{}, lead}};
        WL_TRY(auto closing, engine::plan(close, c));
        append(plan, std::move(closing));
    } else {
        EditCase link{{{}, id}, {}, {}, {}};
        link.fields.set(CaseField::DuplicateOf, lead);
        WL_TRY(auto linking, planEdit(link, c));
        append(plan, std::move(linking));
    }
    return plan;
}

Result<Plan> partCases(const JudgeCases& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    WL_TRY(const auto* of, target(c, cmd.of));
    auto a = detail->state.id, b = of->state.id;
    if (a == b) return fail(ErrorKind::Input, "close.duplicate_self", "duplicate_of", detail->number);
    const auto pointsTo = [&](const CaseState& state, const EntityId& other) {
        const auto* to = std::get_if<EntityId>(&state.value(CaseField::DuplicateOf));
        return to != nullptr && *to == other;
    };
    if (!pointsTo(detail->state, b) && pointsTo(of->state, a)) std::swap(a, b);
    const auto [home, other] = homeOf(a, b);
    WL_TRY(const auto* holder, target(c, {{}, home}));
    Plan plan;
    addJudgement(plan, false, home, holder->state.judgements,
                 {other, cmd.judgement, cmd.automatic, cmd.weight, cmd.reasons, {}});
    WL_TRY(detail, target(c, {{}, a}));
    if (pointsTo(detail->state, b)) {
        EditCase unlink{{{}, a}, {}, {}, {}};
        unlink.fields.set(CaseField::DuplicateOf, Value{});
        WL_TRY(auto unlinking, planEdit(unlink, c));
        append(plan, std::move(unlinking));
        WL_TRY(detail, target(c, {{}, a}));
        reopen(plan, detail->state, c);
    }
    WL_TRY(detail, target(c, {{}, a}));
    answer(plan, *detail);
    return plan;
}

}  // namespace

void append(Plan& into, Plan&& more) {
    const auto offset = into.ops.size();
    for (auto& op : more.ops) into.ops.push_back(std::move(op));
    for (auto& inverse : more.inverse) {
        shiftOps(inverse, offset);
        into.inverse.push_back(std::move(inverse));
    }
    into.receipt = std::move(more.receipt);
}

Result<Plan> planOne(const AddReport& cmd, const PlanContext& c) {
    WL_TRY(const auto lead, leadOf(cmd.target, c));
    WL_TRY(const auto* detail, target(c, {{}, lead}));
    if (detail->state.status == Status::Closed)
        return fail(ErrorKind::Refused, "report.closed", "case", detail->number);
    Plan plan;
    answer(plan, *detail);
    if (!cmd.reporter.known.isNull() && isReporter(detail->state, cmd.reporter.known))
        return fail(ErrorKind::Refused, "report.already", "requester", detail->number);
    const auto person = addRequester(plan, cmd.reporter, c);
    plan.receipt.personId = person;
    plan.inverse.push_back(ReportBack{lead, plan.ops.size()});
    plan.ops.push_back(
        {lead, ReportJoined{person, cmd.channel, cmd.at ? cmd.at : c.now, cmd.consent, cmd.body}, {}, false});
    return plan;
}

Result<Plan> planOne(const SplitReport& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    const auto found = std::ranges::find_if(state.reports, [&](const Report& r) { return r.joined.dot == cmd.report; });
    if (found == state.reports.end()) return fail(ErrorKind::NotFound, "report.unknown", "report", detail->number);
    const auto report = *found;
    const auto id = state.id;
    Plan plan;
    ReportsLeft left{{report.joined.dot}, {}};
    if (cmd.asCase) {
        OpenCase open;
        for (const auto field : {CaseField::Service, CaseField::Title, CaseField::Address, CaseField::Position,
                                 CaseField::Area, CaseField::Zipcode, CaseField::LocationNote})
            if (isSet(state.value(field))) open.fields.set(field, state.value(field));
        if (!report.body.empty()) open.fields.set(CaseField::Description, report.body);
        open.fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(report.channel));
        open.fields.set(CaseField::RequestedAt, report.at.ms);
        open.fields.set(CaseField::ConsentGiven, report.consent);
        open.requester.known = report.person;
        WL_TRY(plan, engine::plan(open, c));
        left.movedTo = plan.receipt.caseId;
        const auto [home, other] = homeOf(id, left.movedTo);
        plan.ops.push_back(judgedOp(false, home, {other, Judgement::Different, false, 0, {}, {}}, {}));
    } else {
        answer(plan, *detail);
        plan.inverse.push_back(ReportAgain{id,
                                           {report.person, report.channel, report.at, report.consent, report.body}});
    }
    plan.ops.push_back({id, std::move(left), {}, false});
    return plan;
}

Result<Plan> planOne(const JudgeCases& cmd, const PlanContext& c) {
    return cmd.judgement == Judgement::Same ? joinCases(cmd, c) : partCases(cmd, c);
}

Result<Plan> planOne(const JudgePersons& cmd, const PlanContext& c) {
    const auto [home, other] = homeOf(cmd.a, cmd.b);
    if (home == other) return fail(ErrorKind::Input, "person.same_record", "person");
    for (const auto& id : {home, other}) {
        WL_TRY(const auto* view, c.store.personOf(id));
        if (!view || !view->state.isOpenedYet()) return fail(ErrorKind::NotFound, "person.unknown", "person");
        if (cmd.judgement == Judgement::Same && asInt(view->state.value(PersonField::Protected)) != 0)
            return fail(ErrorKind::Refused, "person.protected", "protected", view->state.text(PersonField::Name));
    }
    WL_TRY(const auto* holder, c.store.personOf(home));
    Plan plan;
    plan.receipt.personId = home;
    addJudgement(plan, true, home, holder->state.judgements,
                 {other, cmd.judgement, cmd.automatic, cmd.weight, cmd.reasons, {}});
    return plan;
}

Result<void> takeBack(const ReportBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* detail, target(c, {{}, back.target}));
    answer(plan, *detail);
    const auto& reports = detail->state.reports;
    const auto found = back.op < step.stamps.size() ? std::ranges::find(reports, step.stamps[back.op], &Report::joined)
                                                    : reports.end();
    if (found == reports.end()) return fail(ErrorKind::Conflict, "undo.changed_since", "report", detail->number);
    plan.inverse.push_back(ReportAgain{back.target,
                                       {found->person, found->channel, found->at, found->consent, found->body}});
    plan.ops.push_back({back.target, ReportsLeft{{found->joined.dot}, {}}, "undo", false});
    return {};
}

Result<void> takeBack(const ReportAgain& back, const UndoStep&, const PlanContext& c, Plan& plan) {
    WL_TRY(const auto* detail, target(c, {{}, back.target}));
    answer(plan, *detail);
    if (!back.report.person.isNull() && isReporter(detail->state, back.report.person))
        return fail(ErrorKind::Conflict, "undo.changed_since", "report", detail->number);
    plan.inverse.push_back(ReportBack{back.target, plan.ops.size()});
    plan.ops.push_back({back.target, back.report, "undo", false});
    return {};
}

Result<void> takeBack(const PairBack& back, const UndoStep& step, const PlanContext& c, Plan& plan) {
    Judgements standing;
    if (back.persons) {
        WL_TRY(const auto* view, c.store.personOf(back.home));
        if (!view) return fail(ErrorKind::NotFound, "person.unknown", "person");
        standing = view->state.judgements;
        plan.receipt.personId = back.home;
    } else {
        WL_TRY(const auto* detail, target(c, {{}, back.home}));
        standing = detail->state.judgements;
        answer(plan, *detail);
    }
    auto pair = back.before;
    const auto* mark = standing.deciding(pair.other);
    const bool ours = back.op < step.stamps.size() && mark && mark->stamp == step.stamps[back.op];
    if (mark && !ours) return fail(ErrorKind::Conflict, "undo.changed_since", "judgement");
    plan.inverse.push_back(PairBack{back.persons, back.home, asItStands(standing, pair.other), plan.ops.size()});
    pair.replaces = standing.standing(pair.other);
    plan.ops.push_back(judgedOp(back.persons, back.home, std::move(pair), "undo"));
    return {};
}

}  // namespace wl::engine
