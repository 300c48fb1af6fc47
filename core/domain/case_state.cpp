// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/case_state.hpp"

#include <algorithm>

#include "domain/cbor.hpp"
#include "domain/op_codec.hpp"
#include "domain/stamp_bytes.hpp"
#include "domain/workflow.hpp"

namespace wl {
namespace {

void later(Instant& kept, Instant at) {
    if (at > kept) kept = at;
}
void earlier(Instant& kept, Instant at) {
    if (at && (!kept || at < kept)) kept = at;
}

void takeStep(CaseState& s, StatusEvent& event) {
    event.effective = stepTakesEffect(s.status, event.from, event.to);
    if (!event.effective) return;
    if (s.status == Status::Closed) {
        ++s.reopenedCount;
        s.closedAt = {};
        s.workDoneAt = {};
    } else if (s.status == Status::WorkDone && event.to != Status::Closed) {
        s.workDoneAt = {};
    }
    s.status = event.to;
    s.statusReason = event.reason;
    s.statusAt = event.at;
    s.statusUntil = event.until;
    if (!s.acknowledgedAt) s.acknowledgedAt = event.at;
    if (event.to == Status::WorkDone) s.workDoneAt = event.at;
    if (event.to == Status::Closed) {
        s.closedAt = event.at;
        if (!s.workDoneAt) s.workDoneAt = event.at;
    }
}

// What the status history decides; an undo puts back what was there before.
struct StatusPart {
    Status status;
    std::string reason;
    Instant at, until, acknowledgedAt, workDoneAt, closedAt;
    std::int64_t reopened;

    explicit StatusPart(const CaseState& s)
        : status(s.status), reason(s.statusReason), at(s.statusAt), until(s.statusUntil),
          acknowledgedAt(s.acknowledgedAt), workDoneAt(s.workDoneAt), closedAt(s.closedAt), reopened(s.reopenedCount) {}
    void putBack(CaseState& s) const {
        s.status = status;
        s.statusReason = reason;
        s.statusAt = at;
        s.statusUntil = until;
        s.acknowledgedAt = acknowledgedAt;
        s.workDoneAt = workDoneAt;
        s.closedAt = closedAt;
        s.reopenedCount = reopened;
    }
};

// Everything that follows from the status history alone, from its beginning. A step that takes back the last effective
// one, made by the same origin, leaves the case as if neither had been: closing by mistake is no reopening.
void replay(CaseState& s) {
    s.status = Status::New;
    s.statusReason.clear();
    s.statusAt = s.instant(CaseField::RequestedAt);
    s.statusUntil = s.acknowledgedAt = s.workDoneAt = s.closedAt = {};
    s.reopenedCount = 0;
    std::vector<std::pair<std::size_t, StatusPart>> before;  // of every effective step
    for (std::size_t i = 0; i < s.history.size(); ++i) {
        auto& event = s.history[i];
        event.undone = false;
        if (event.takesBack != 0 && !before.empty()) {
            auto& last = s.history[before.back().first];
            if (last.stamp.dot == Dot{event.stamp.dot.origin, event.takesBack}) {
                before.back().second.putBack(s);
                before.pop_back();
                last.effective = event.effective = false;
                last.undone = event.undone = true;
                continue;
            }
        }
        const StatusPart part(s);
        takeStep(s, event);
        if (event.effective) before.emplace_back(i, part);
    }
}

Instant eventTime(Instant at, Hlc hlc) { return at ? at : hlc.wall(); }

bool isAnswer(const InteractionRecorded& i) {
    return i.direction == Direction::Out && i.visibility == Visibility::Public && !i.automatic;
}

bool isFirst(const Stamp& standing, const Stamp& other) { return standing.dot.seq == 0 || other < standing; }

HandOff& handOffOf(CaseState& s, const Dot& offer) {
    const auto at = std::ranges::lower_bound(s.handOffs, offer, {}, &HandOff::offer);
    if (at != s.handOffs.end() && at->offer == offer) return *at;
    HandOff made;
    made.offer = offer;
    return *s.handOffs.insert(at, std::move(made));
}

void takeOffer(CaseState& s, const StampedOp& item, const HandOffOffered& b) {
    auto& h = handOffOf(s, item.stamp.dot);
    h.stamp = item.stamp;
    h.at = eventTime(b.at, item.op.hlc);
    h.department = b.department;
    h.crew = b.crew;
    h.limit = b.limit;
    later(s.updatedAt, h.at);
}

void takeAnswer(CaseState& s, const StampedOp& item, const HandOffAnswered& b) {
    auto& h = handOffOf(s, b.offer);
    const auto at = eventTime(b.at, item.op.hlc);
    later(s.updatedAt, at);
    const bool accepts = b.answer == HandOffAnswer::Accepted, accepted = h.answer == HandOffAnswer::Accepted;
    if (accepts == accepted ? !isFirst(h.answered, item.stamp) : accepted) return;
    h.answer = b.answer;
    h.answered = item.stamp;
    h.answeredAt = at;
}

Escalation& escalationOf(CaseState& s, const std::string& key) {
    const auto at = std::ranges::lower_bound(s.escalations, key, {}, &Escalation::key);
    if (at != s.escalations.end() && at->key == key) return *at;
    Escalation made;
    made.key = key;
    return *s.escalations.insert(at, std::move(made));
}

void takeEscalation(CaseState& s, const StampedOp& item, const EscalationRaised& b) {
    auto& e = escalationOf(s, b.key);
    later(s.updatedAt, eventTime(b.at, item.op.hlc));
    if (!isFirst(e.raised, item.stamp)) return;
    e.raised = item.stamp;
    e.ladder = b.ladder;
    e.level = b.level;
    e.to = b.to;
    e.person = b.person;
    e.due = b.due;
    e.at = eventTime(b.at, item.op.hlc);
}

void takeAcknowledgement(CaseState& s, const StampedOp& item, const EscalationAcknowledged& b) {
    auto& e = escalationOf(s, b.key);
    const auto at = eventTime(b.at, item.op.hlc);
    later(s.updatedAt, at);
    if (!isFirst(e.acknowledged, item.stamp)) return;
    e.acknowledged = item.stamp;
    e.acknowledgedAt = at;
}

void takeReport(CaseState& s, const StampedOp& item, const ReportJoined& b) {
    const auto at = eventTime(b.at, item.op.hlc);
    later(s.updatedAt, at);
    if (s.reportsLeft.contains(item.stamp.dot)) return;
    const auto place = std::ranges::lower_bound(s.reports, item.stamp, {}, &Report::joined);
    s.reports.insert(place, {item.stamp, b.person, b.channel, at, b.consent, b.body});
}

void takeLeft(CaseState& s, const StampedOp& item, const ReportsLeft& b) {
    later(s.updatedAt, item.op.hlc.wall());
    s.reportsLeft.insert(b.removed.begin(), b.removed.end());
    std::erase_if(s.reports, [&](const Report& r) { return s.reportsLeft.contains(r.joined.dot); });
}

OutMessage& messageIn(CaseState& s, const MessageId& id) {
    const auto at = std::ranges::lower_bound(s.messages, id, {}, &OutMessage::id);
    if (at != s.messages.end() && at->id == id) return *at;
    OutMessage made;
    made.id = id;
    return *s.messages.insert(at, std::move(made));
}

void takeMessage(CaseState& s, const StampedOp& item, const MessageId& id) {
    auto& message = messageIn(s, id);
    const bool before = message.isWritten();
    takeMessageOp(message, item);
    if (!before && message.isWritten()) ++s.interactionCount;
    const auto* written = std::get_if<MessageWritten>(&item.op.body);
    const auto* moved = std::get_if<MessageMoved>(&item.op.body);
    later(s.updatedAt, eventTime(written ? written->at : moved->at, item.op.hlc));
}

// Whether the op changes when somebody was answered: then the waiting has to be counted anew.
bool movesAnAnswer(const CaseState& s, const StampedOp& item) {
    const auto id = messageOf(item);
    if (id.isNull()) return false;
    const auto* standing = s.message(id);
    auto message = standing ? *standing : OutMessage{};
    const auto before = message.answeredAt();
    takeMessageOp(message, item);
    return message.answeredAt() != before;
}

// The parts that any order of arrival leaves the same. Messages must come in the order of their times, see
// waitsInOrder.
void takeCommon(CaseState& s, const StampedOp& item) {
    s.unread += item.op.unread > 0 ? 1 : 0;
    if (const auto* i = std::get_if<InteractionRecorded>(&item.op.body)) {
        const auto at = eventTime(i->at, item.op.hlc);
        ++s.interactionCount;
        later(s.updatedAt, at);
        if (i->direction == Direction::In) {
            later(s.lastInboundAt, at);
            if (at > s.lastOutboundAt) earlier(s.waitingSince, at);
        } else if (isAnswer(*i)) {
            earlier(s.firstResponseAt, at);
            later(s.lastOutboundAt, at);
            if (s.waitingSince <= s.lastOutboundAt) s.waitingSince = {};
        }
    } else if (const auto* change = std::get_if<CaseStatusChanged>(&item.op.body)) {
        later(s.updatedAt, eventTime(change->at, item.op.hlc));
    } else if (const auto* opened = std::get_if<CaseOpened>(&item.op.body)) {
        const auto* at = opened->fields.find(CaseField::RequestedAt);
        later(s.updatedAt, eventTime({at ? asInt(*at) : 0}, item.op.hlc));
    } else if (std::holds_alternative<CaseEdited>(item.op.body)) {
        later(s.updatedAt, item.op.hlc.wall());
    } else if (const auto* offer = std::get_if<HandOffOffered>(&item.op.body)) {
        takeOffer(s, item, *offer);
    } else if (const auto* answer = std::get_if<HandOffAnswered>(&item.op.body)) {
        takeAnswer(s, item, *answer);
    } else if (const auto* raised = std::get_if<EscalationRaised>(&item.op.body)) {
        takeEscalation(s, item, *raised);
    } else if (const auto* seen = std::get_if<EscalationAcknowledged>(&item.op.body)) {
        takeAcknowledgement(s, item, *seen);
    } else if (const auto* joined = std::get_if<ReportJoined>(&item.op.body)) {
        takeReport(s, item, *joined);
    } else if (const auto* left = std::get_if<ReportsLeft>(&item.op.body)) {
        takeLeft(s, item, *left);
    } else if (const auto* judged = std::get_if<CasesJudged>(&item.op.body)) {
        later(s.updatedAt, item.op.hlc.wall());
        s.judgements.take(item.stamp, judged->pair);
    } else if (const auto message = messageOf(item); !message.isNull()) {
        takeMessage(s, item, message);
    } else {
        ++s.unread;
    }
}

// An answer from before the last question: which question is the earliest still open is not known any more.
bool waitsInOrder(const CaseState& s, const StampedOp& item) {
    const auto* i = std::get_if<InteractionRecorded>(&item.op.body);
    return i == nullptr || !isAnswer(*i) || !s.waitingSince || eventTime(i->at, item.op.hlc) >= s.lastInboundAt;
}

// Over all messages, in the order of their times.
void foldWaiting(CaseState& s, std::span<const StampedOp* const> ops) {
    s.waitingSince = {};
    for (const auto* item : ops) {
        const auto* i = std::get_if<InteractionRecorded>(&item->op.body);
        if (i == nullptr || i->direction != Direction::In) continue;
        if (const auto at = eventTime(i->at, item->op.hlc); at > s.lastOutboundAt) earlier(s.waitingSince, at);
    }
}

StatusEvent eventOf(const StampedOp& item) {
    const auto& c = std::get<CaseStatusChanged>(item.op.body);
    return {item.stamp, eventTime(c.at, item.op.hlc), c.from, c.to, false, c.reason, c.takesBack, c.until, false};
}

}  // namespace

HandOffAnswer CaseState::outcome(const HandOff& offer) const {
    if (offer.answer != HandOffAnswer::Pending) return offer.answer;
    const bool replaced = std::ranges::any_of(handOffs, [&](const HandOff& h) { return h.stamp > offer.stamp; });
    return replaced ? HandOffAnswer::Withdrawn : HandOffAnswer::Pending;
}

const OutMessage* CaseState::message(const MessageId& wanted) const {
    const auto at = std::ranges::lower_bound(messages, wanted, {}, &OutMessage::id);
    return at != messages.end() && at->id == wanted ? &*at : nullptr;
}

const HandOff* CaseState::pendingHandOff() const {
    if (status == Status::Closed) return nullptr;
    for (const auto& h : handOffs)
        if (h.stamp.dot.seq != 0 && outcome(h) == HandOffAnswer::Pending) return &h;
    return nullptr;
}

CaseState foldCase(const CaseId& id, std::span<const StampedOp> ops) {
    std::vector<const StampedOp*> sorted;
    sorted.reserve(ops.size());
    for (const auto& item : ops) sorted.push_back(&item);
    std::ranges::sort(sorted, {}, [](const StampedOp* item) { return item->stamp; });

    CaseState s;
    s.id = id;
    std::vector<RegisterWrite> writes;
    for (const auto* item : sorted) {
        takeCommon(s, *item);
        if (const auto* opened = std::get_if<CaseOpened>(&item->op.body)) {
            if (s.isOpenedYet())
                continue;  // ids are random: a second opening of one id is not honest, the first stands
            s.opened = item->stamp;
            writes.push_back({item->stamp, &opened->fields, nullptr});
        } else if (const auto* edited = std::get_if<CaseEdited>(&item->op.body)) {
            writes.push_back({item->stamp, &edited->fields, &edited->preds});
        } else if (std::holds_alternative<CaseStatusChanged>(item->op.body)) {
            s.history.push_back(eventOf(*item));
        }
    }
    s.fields = foldRegisters(kCaseFields.size(), kCaseFields, writes, s.opened);
    for (const auto& message : s.messages) {
        earlier(s.firstResponseAt, message.answeredAt());
        later(s.lastOutboundAt, message.answeredAt());
    }
    foldWaiting(s, sorted);
    if (s.isOpenedYet()) replay(s);  // steps that arrived before the opening wait for it
    return s;
}

bool applyToCase(CaseState& s, const StampedOp& item) {
    const auto& body = item.op.body;
    if (const auto* opened = std::get_if<CaseOpened>(&body)) {
        if (s.isOpenedYet() || s.interactionCount > 0 || !s.history.empty() || s.unread > 0 || s.updatedAt)
            return false;
        s.opened = item.stamp;
        s.fields.open(item.stamp, opened->fields);
        takeCommon(s, item);
        replay(s);
        return true;
    }
    if (!s.isOpenedYet() || !waitsInOrder(s, item) || movesAnAnswer(s, item)) return false;
    if (const auto* edited = std::get_if<CaseEdited>(&body)) {
        for (const auto& [id, value] : edited->fields)
            if (const auto* known = findField(kCaseFields, id); known && known->merge == MergeRule::Once) return false;
        if (!s.fields.applyFast(item.stamp, edited->fields, edited->preds, s.opened)) return false;
    } else if (std::holds_alternative<CaseStatusChanged>(body)) {
        auto event = eventOf(item);
        const bool inside = !s.history.empty() && event.stamp < s.history.back().stamp;
        if (inside || event.takesBack != 0) {
            const auto at = std::ranges::lower_bound(s.history, event.stamp, {}, &StatusEvent::stamp);
            s.history.insert(at, std::move(event));
            replay(s);
        } else {
            takeStep(s, event);
            s.history.push_back(std::move(event));
        }
    }
    takeCommon(s, item);
    return true;
}

std::string canonicalBytes(const CaseState& s) {
    std::string out;
    out.reserve(512);
    cbor::Writer w(out);
    w.bytes(view(s.id));
    writeStamp(out, s.opened);
    for (const auto& field : kCaseFields) {
        const auto& reg = s.fields[field.id];
        if (!isSet(reg.value) && reg.stamp == s.opened && reg.rivals.empty()) continue;
        w.uint(field.id);
        writeValue(out, reg.value);
        writeStamp(out, reg.stamp);
        w.array(reg.rivals.size());
        for (const auto& rival : reg.rivals) writeStamp(out, rival);
    }
    w.array(s.history.size());
    for (const auto& event : s.history) {
        writeStamp(out, event.stamp);
        w.sint(event.at.ms), w.uint(static_cast<unsigned>(event.from)), w.uint(static_cast<unsigned>(event.to));
        w.boolean(event.effective), w.text(event.reason);
        if (event.takesBack != 0) w.uint(event.takesBack);
        if (event.until) w.sint(event.until.ms);
        if (event.undone) w.boolean(true);
    }
    w.array(s.handOffs.size());
    for (const auto& h : s.handOffs) {
        w.bytes(view(h.offer.origin)), w.uint(h.offer.seq), writeStamp(out, h.stamp), writeStamp(out, h.answered);
        w.text(h.department), w.text(h.crew), w.uint(static_cast<unsigned>(h.answer));
        for (const auto at : {h.at, h.limit, h.answeredAt}) w.sint(at.ms);
    }
    w.array(s.escalations.size());
    for (const auto& e : s.escalations) {
        w.text(e.key), writeStamp(out, e.raised), writeStamp(out, e.acknowledged), w.text(e.ladder), w.sint(e.level);
        w.text(e.to), w.text(e.person);
        for (const auto at : {e.due, e.at, e.acknowledgedAt}) w.sint(at.ms);
    }
    for (const auto at : {s.statusUntil, s.lastOutboundAt, s.waitingSince}) w.sint(at.ms);
    for (const auto at :
         {s.statusAt, s.acknowledgedAt, s.firstResponseAt, s.workDoneAt, s.closedAt, s.updatedAt, s.lastInboundAt})
        w.sint(at.ms);
    w.uint(static_cast<unsigned>(s.status)), w.text(s.statusReason);
    w.sint(s.reopenedCount), w.sint(s.interactionCount), w.sint(s.unread);
    if (!s.reports.empty() || !s.reportsLeft.empty()) {
        w.text("reports"), w.array(s.reports.size());
        for (const auto& r : s.reports) {
            writeStamp(out, r.joined);
            w.bytes(view(r.person)), w.uint(static_cast<unsigned>(r.channel)), w.sint(r.at.ms), w.sint(r.consent);
            w.text(r.body);
        }
        w.array(s.reportsLeft.size());
        for (const auto& dot : s.reportsLeft) w.bytes(view(dot.origin)), w.uint(dot.seq);
    }
    writeJudgements(out, s.judgements);
    writeMessages(out, s.messages);
    return out;
}

}  // namespace wl
