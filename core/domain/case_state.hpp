// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The state of one case: a pure function of the set of its valid ops. `fold` is the definition; `apply` is the
// shortcut for an op that arrives after the ones already folded, and says when it cannot be taken.

#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/case_fields.hpp"
#include "domain/judgement.hpp"
#include "domain/out_message.hpp"
#include "domain/registers.hpp"

namespace wl {

/// One step of the workflow as replay judged it.
struct StatusEvent {
    Stamp stamp;
    Instant at;
    Status from{};
    Status to{};
    bool effective{};
    std::string reason;
    std::uint64_t takesBack{};  ///< number of the same origin's op that it takes back; 0 = none
    Instant until{};            ///< when it wakes up (Waiting) or is planned for
    bool undone{};              ///< taken back, or the step that took one back; neither is effective
    bool operator==(const StatusEvent&) const = default;
};

/// An offer to take the case over, with what was answered. The set of ops alone decides, in any order.
struct HandOff {
    Dot offer;
    Stamp stamp;  ///< of the offer; seq 0 while only its answer has arrived
    Instant at;
    std::string department, crew;
    Instant limit;
    HandOffAnswer answer{};  ///< an acceptance first, then the earliest
    Stamp answered;
    Instant answeredAt;
    bool operator==(const HandOff&) const = default;
};

/// A step of an escalation ladder: the first op that raised it, the first that acknowledged it.
struct Escalation {
    std::string key;
    Stamp raised;  ///< seq 0 while only the acknowledgement has arrived
    std::string ladder;
    std::int64_t level{};
    std::string to, person;
    Instant due, at;
    Stamp acknowledged;  ///< seq 0: not yet
    Instant acknowledgedAt;
    bool operator==(const Escalation&) const = default;
};

/// One more person's report of the same fault.
struct Report {
    Stamp joined;
    PersonId person;  ///< null: anonymous
    Channel channel{};
    Instant at;
    std::int64_t consent{};
    std::string body;
    bool operator==(const Report&) const = default;
};

struct CaseState {
    CaseId id;
    Stamp opened;  ///< of the CaseOpened op; seq 0 until it arrived
    Registers fields{kCaseFields.size()};
    std::vector<StatusEvent> history;  ///< in canonical order, ineffective ones too
    Status status{Status::New};
    std::string statusReason;          ///< of the last effective step: pause reason or resolution
    Instant statusAt;
    Instant statusUntil;               ///< wake-up of Waiting, date of Planned; none = open-ended
    Instant acknowledgedAt;
    Instant firstResponseAt;  ///< first outbound public message that is not automatic; of a written one, when it left
    Instant workDoneAt;
    Instant closedAt;
    Instant updatedAt;  ///< latest thing that happened
    Instant lastInboundAt;
    Instant lastOutboundAt;  ///< last public message that is not automatic
    Instant waitingSince;  ///< earliest inbound message after that one; none if nobody waits for an answer
    std::vector<HandOff> handOffs;  ///< by offer
    std::vector<Escalation> escalations;  ///< by key
    std::vector<Report> reports;  ///< beside the requester's own, ascending by stamp
    std::set<Dot> reportsLeft;  ///< those taken away, also such that have not arrived
    Judgements judgements;  ///< of this and cases of lesser ids
    std::vector<OutMessage> messages;  ///< to citizens, by id
    std::int64_t reopenedCount{};
    std::int64_t interactionCount{};
    std::int64_t unread{};  ///< ops or fields of a newer version that are kept but not folded
    bool operator==(const CaseState&) const = default;

    [[nodiscard]] const Value& value(CaseField field) const { return fields[static_cast<std::uint8_t>(field)].value; }
    [[nodiscard]] const std::string& text(CaseField field) const { return asText(value(field)); }
    [[nodiscard]] std::int64_t number(CaseField field) const { return asInt(value(field)); }
    [[nodiscard]] Instant instant(CaseField field) const { return {asInt(value(field))}; }
    /// The offer that waits for an answer; null if there is none or the case is closed.
    [[nodiscard]] const HandOff* pendingHandOff() const;
    /// What became of an offer: Withdrawn also where a later one replaced it.
    [[nodiscard]] HandOffAnswer outcome(const HandOff& offer) const;
    [[nodiscard]] const OutMessage* message(const MessageId& id) const;
    [[nodiscard]] bool isOpenedYet() const { return opened.dot.seq != 0; }
};

/// From scratch; the ops may come in any order.
[[nodiscard]] CaseState foldCase(const CaseId& id, std::span<const StampedOp> ops);

/// Adds one op. False if the fold from scratch is needed (the state is unchanged then).
[[nodiscard]] bool applyToCase(CaseState& state, const StampedOp& op);

/// Canonical bytes: equal on every replica that holds the same ops. What `digest` and `verify` hash.
[[nodiscard]] std::string canonicalBytes(const CaseState& state);

}  // namespace wl
