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
    Instant at, acknowledgedAt, workDoneAt, closedAt;
    std::int64_t reopened;

    explicit StatusPart(const CaseState& s)
        : status(s.status), reason(s.statusReason), at(s.statusAt), acknowledgedAt(s.acknowledgedAt),
          workDoneAt(s.workDoneAt), closedAt(s.closedAt), reopened(s.reopenedCount) {}
    void putBack(CaseState& s) const {
        s.status = status;
        s.statusReason = reason;
        s.statusAt = at;
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
    s.acknowledgedAt = s.workDoneAt = s.closedAt = {};
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

// The parts that any order of arrival leaves the same.
void takeCommon(CaseState& s, const StampedOp& item) {
    s.unread += item.op.unread > 0 ? 1 : 0;
    if (const auto* i = std::get_if<InteractionRecorded>(&item.op.body)) {
        const auto at = eventTime(i->at, item.op.hlc);
        ++s.interactionCount;
        later(s.updatedAt, at);
        if (i->direction == Direction::In) later(s.lastInboundAt, at);
        if (i->direction == Direction::Out && i->visibility == Visibility::Public && !i->automatic)
            earlier(s.firstResponseAt, at);
    } else if (const auto* change = std::get_if<CaseStatusChanged>(&item.op.body)) {
        later(s.updatedAt, eventTime(change->at, item.op.hlc));
    } else if (const auto* opened = std::get_if<CaseOpened>(&item.op.body)) {
        const auto* at = opened->fields.find(CaseField::RequestedAt);
        later(s.updatedAt, eventTime({at ? asInt(*at) : 0}, item.op.hlc));
    } else if (std::holds_alternative<CaseEdited>(item.op.body)) {
        later(s.updatedAt, item.op.hlc.wall());
    } else {
        ++s.unread;
    }
}

StatusEvent eventOf(const StampedOp& item) {
    const auto& c = std::get<CaseStatusChanged>(item.op.body);
    return {item.stamp, eventTime(c.at, item.op.hlc), c.from, c.to, false, c.reason, c.takesBack, false};
}

}  // namespace

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
    if (!s.isOpenedYet()) return false;
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
        if (event.undone) w.boolean(true);
    }
    for (const auto at :
         {s.statusAt, s.acknowledgedAt, s.firstResponseAt, s.workDoneAt, s.closedAt, s.updatedAt, s.lastInboundAt})
        w.sint(at.ms);
    w.uint(static_cast<unsigned>(s.status)), w.text(s.statusReason);
    w.sint(s.reopenedCount), w.sint(s.interactionCount), w.sint(s.unread);
    return out;
}

}  // namespace wl
