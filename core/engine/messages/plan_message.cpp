// SPDX-License-Identifier: GPL-3.0-or-later
// Messages to citizens: who may write one, what the rules say, and what a rule writes because a case took a step.
#include <algorithm>

#include "engine/messages/compose.hpp"
#include "engine/messages/updates.hpp"
#include "engine/plan_parts.hpp"

namespace wl::engine {
namespace {

constexpr std::size_t kLeastReason = 3;

// A console where nobody is known by name asks no roles.
bool leads(const PlanContext& c) {
    const auto* me = c.catalogue.staff(c.agent);
    if (me == nullptr) return c.catalogue.staffMembers().empty();
    return me->role == "supervisor" || me->role == "manager" || me->role == "dispatcher";
}

bool owns(const CaseState& state, const PlanContext& c) {
    return !c.agent.empty() && state.text(CaseField::Owner) == c.agent;
}

Result<const PersonState*> personOf(const PersonId& id, const PlanContext& c) {
    if (id.isNull()) return nullptr;
    WL_TRY(const auto* view, c.store.personOf(id));
    return view != nullptr && view->state.isOpenedYet() ? &view->state : nullptr;
}

std::string causeOf(Status from, Status to, Instant at) {
    return std::string(code(from)) + '>' + std::string(code(to)) + '@' + std::to_string(at.ms);
}

Result<Plan> cancelUpdatesOf(const Happened& what, const PlanContext& c) {
    Plan plan;
    WL_TRY(const auto* found, c.store.caseOf(what.id));
    if (found == nullptr) return plan;
    const auto& state = found->state;
    const Dot dot{c.store.origin(), what.takesBack};
    const auto step = std::ranges::find(state.history, dot, [](const StatusEvent& e) { return e.stamp.dot; });
    if (step == state.history.end()) return plan;
    const auto cause = causeOf(step->from, step->to, step->at);
    for (const auto& m : state.messages)
        if (m.why == MessageWhy::Rule && m.id == ruleMessageId(state.id, m.person, cause) &&
            moveTakesEffect(m.state, MessageState::Cancelled) && m.state != MessageState::Failed)
            plan.ops.push_back(
                {state.id, MessageMoved{m.id, MessageState::Cancelled, c.now, {}, "undone", {}, {}}, {}, false});
    return plan;
}

Error keptBack(std::string_view reason, const CaseState& state, const PlanContext& c) {
    const auto owner = state.text(CaseField::Owner);
    return {ErrorKind::Refused, "message." + std::string(reason), "message",
            reason == "not_owner" ? (owner.empty() ? owner : c.catalogue.staffName(owner)) : std::string()};
}

}  // namespace

Result<Plan> planOne(const WriteMessage& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    Plan plan;
    answer(plan, *detail);
    const auto state = detail->state;  // by value: asking for the person may move it
    const auto number = detail->number;
    const auto* requester = std::get_if<EntityId>(&state.value(CaseField::Requester));
    const auto person = cmd.person.isNull() && requester != nullptr ? *requester : cmd.person;
    const bool byRule = cmd.why == MessageWhy::Rule;
    const auto id = byRule ? ruleMessageId(state.id, person, cmd.cause) : makeEntityId(c.now, c.rng);
    if (byRule && state.message(id) != nullptr) return plan;  // written already
    if (!std::ranges::contains(kSendingChannels, cmd.channel))
        return fail(ErrorKind::Input, "message.channel", "channel", std::string(code(cmd.channel)));
    if (std::ranges::all_of(cmd.body, [](unsigned char ch) { return ch <= ' '; }) && !byRule)
        return fail(ErrorKind::Input, "message.empty", "body");
    WL_TRY(const auto* known, personOf(person, c));
    MessageWritten op;
    op.message = id;
    op.person = person;
    op.channel = cmd.channel;
    op.address = !cmd.address.empty() ? cmd.address
                 : known != nullptr   ? addressFor(*known, cmd.channel)
                                      : std::string();
    op.templateCode = cmd.templateCode;
    op.language = cmd.language;
    op.subject = cmd.subject;
    op.body = cmd.body;
    op.why = cmd.why;
    op.at = c.now;
    op.event = cmd.event;
    op.author = byRule ? std::string() : c.catalogue.staffName(c.agent);
    WL_TRY(const auto record, c.store.contactRecord(person, op.address, c.now));
    auto facts = factsOf(state, known, record, cmd.why, cmd.channel, op.address);
    facts.byOwner = owns(state, c);
    facts.writtenAt = c.now;
    facts.approved = true;  // the gateway knows whether it has an approved template, and asks again
    if (!cmd.overrides.empty()) {
        if (cmd.overrides.size() < kLeastReason) return fail(ErrorKind::Input, "message.override_reason", "reason");
        if (!facts.byOwner && !leads(c)) return std::unexpected(keptBack("not_owner", state, c));
        facts.overridden = true;
    }
    auto decision = comms::decide(facts, sendingPolicy(c.catalogue), c.now);
    if (byRule && cmd.body.empty()) decision = {comms::Decision::Kind::Suppress, {}, "template"};
    if (decision.kind == comms::Decision::Kind::Suppress && !byRule)
        return std::unexpected(keptBack(decision.reason, state, c));
    op.state = decision.kind == comms::Decision::Kind::Send   ? MessageState::Waiting
               : decision.kind == comms::Decision::Kind::Hold ? MessageState::Held
                                                              : MessageState::Suppressed;
    op.until = decision.until;
    op.reason = facts.overridden ? "overridden" : std::string(decision.reason);
    plan.receipt.messageId = id;
    plan.receipt.messageState = op.state;
    plan.receipt.messageReason = op.reason;
    plan.receipt.messageUntil = op.until;
    plan.ops.push_back({state.id, std::move(op), cmd.overrides, false});
    return plan;
}

Result<Plan> planOne(const MoveMessage& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    Plan plan;
    answer(plan, *detail);
    const auto* message = state.message(cmd.message);
    if (message == nullptr || !message->isWritten())
        return fail(ErrorKind::NotFound, "message.unknown", "message", toHex(cmd.message));
    if (!moveTakesEffect(message->state, cmd.to))
        return fail(ErrorKind::Refused, "message.move", "message",
                    std::string(code(message->state)) + " -> " + std::string(code(cmd.to)));
    auto reason = cmd.reason;
    if (!cmd.byGateway) {
        if (!owns(state, c) && !leads(c)) return std::unexpected(keptBack("not_owner", state, c));
        if (cmd.to != MessageState::Waiting && cmd.to != MessageState::Cancelled)
            return fail(ErrorKind::Input, "message.move", "message", std::string(code(cmd.to)));
        const bool overrides = cmd.to == MessageState::Waiting &&
                               (message->state == MessageState::Suppressed || message->state == MessageState::Held);
        if (overrides && cmd.note.size() < kLeastReason)
            return fail(ErrorKind::Input, "message.override_reason", "reason");
        if (overrides && message->address.empty()) return fail(ErrorKind::Refused, "message.no_address", "message");
        reason = overrides ? "overridden" : cmd.to == MessageState::Waiting ? "again" : "cancelled";
    }
    plan.receipt.messageId = cmd.message;
    plan.receipt.messageState = cmd.to;
    plan.receipt.messageReason = reason;
    plan.ops.push_back(
        {state.id, MessageMoved{cmd.message, cmd.to, c.now, cmd.until, reason, cmd.externalId, cmd.note}, {}, false});
    return plan;
}

std::vector<Happened> happened(std::span<const store::OpDraft> ops) {
    std::vector<Happened> out;
    const auto of = [&](const CaseId& id) -> Happened& {
        const auto at = std::ranges::find(out, id, &Happened::id);
        return at == out.end() ? out.emplace_back(Happened{id, {}, {}, {}, 0}) : *at;
    };
    for (const auto& op : ops) {
        if (std::holds_alternative<CaseOpened>(op.body)) {
            auto& h = of(op.entity);
            h.event = "received";
            h.cause = "opened";
        } else if (const auto* step = std::get_if<CaseStatusChanged>(&op.body)) {
            auto& h = of(op.entity);
            h.takesBack = step->takesBack;
            if (h.takesBack != 0) continue;
            if (h.event == "received") continue;
            const bool ended = step->from == Status::Closed || step->from == Status::WorkDone;
            switch (step->to) {
                case Status::Assigned: h.event = ended ? "reopened" : "assigned"; break;
                case Status::Planned: h.event = "planned"; break;
                case Status::Waiting:
                    h.event =
                        step->reason.contains("info") || step->reason.contains("resident") ? "information" : "on_hold";
                    break;
                case Status::WorkDone: h.event = "done"; break;
                case Status::Closed: h.event = "closed"; break;
                case Status::New:
                case Status::Acknowledged:
                case Status::InProgress: h.event = ended ? "reopened" : ""; break;
            }
            h.cause = causeOf(step->from, step->to, step->at);
            h.comment = step->note;
        }
    }
    std::erase_if(out, [](const Happened& h) { return h.event.empty() && h.takesBack == 0; });
    return out;
}

Result<Plan> planUpdates(const Happened& what, const PlanContext& c) {
    if (what.takesBack != 0) return cancelUpdatesOf(what, c);
    Plan plan;
    if (!std::ranges::contains(c.catalogue.sending().automatic, what.event)) return plan;
    WL_TRY(const auto* found, c.store.caseOf(what.id));
    if (found == nullptr || !found->state.isOpenedYet() || found->state.unread > 0) return plan;
    const auto detail = *found;
    std::vector<PersonId> people;
    const auto add = [&](const PersonId& id) {
        if (!id.isNull() && !std::ranges::contains(people, id)) people.push_back(id);
    };
    if (const auto* requester = std::get_if<EntityId>(&detail.state.value(CaseField::Requester))) add(*requester);
    for (const auto& report : detail.state.reports) add(report.person);
    WL_TRY(const auto joined, c.store.requestersOfDuplicates(detail.state.id));
    for (const auto& id : joined) add(id);
    for (const auto& id : people) {
        WL_TRY(const auto* person, personOf(id, c));
        if (person == nullptr) continue;
        const auto cameBy = static_cast<Channel>(detail.state.number(CaseField::FirstChannel));
        const auto channel = channelFor(*person, cameBy);
        const ComposeInput input{detail, person, c.catalogue, c.now, what.comment, {}};
        const auto* text = templateFor(input, what.event, channel.value_or(Channel::Email));
        if (text == nullptr) continue;
        WriteMessage cmd;
        cmd.target.id = detail.state.id;
        cmd.person = id;
        cmd.channel = channel.value_or(Channel::Email);
        cmd.templateCode = text->code;
        cmd.language = text->language;
        cmd.why = MessageWhy::Rule;
        cmd.event = what.event;
        cmd.cause = what.cause;
        if (auto made = compose(*text, input)) {
            cmd.subject = std::move(made->subject);
            cmd.body = std::move(made->body);
        }
        WL_TRY(auto one, planOne(cmd, c));
        append(plan, std::move(one));
    }
    return plan;
}

}  // namespace wl::engine
