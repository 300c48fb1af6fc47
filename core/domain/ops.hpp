// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ops: what happened, in the past tense. One op is one intention of one person or rule on one entity.
// The kinds' numbers and the fields' numbers are in the log; ARCHITECTURE "The log" has the byte layout.

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "domain/attached_file.hpp"
#include "domain/fields.hpp"
#include "domain/hlc.hpp"
#include "domain/judgement.hpp"
#include "domain/vocab.hpp"

namespace wl {

/// For each field an op overwrites: the ops whose values its author saw there. A field that is not listed
/// overwrites what the opening op wrote.
using Preds = std::map<std::uint8_t, std::vector<Dot>>;

struct CaseOpened {
    FieldValues fields;  ///< CaseField ids
    bool operator==(const CaseOpened&) const = default;
};
struct CaseEdited {
    FieldValues fields;
    Preds preds;
    bool operator==(const CaseEdited&) const = default;
};
/// A step in the workflow. `from` is what the author saw; replay decides whether it takes effect (workflow.hpp).
struct CaseStatusChanged {
    Status from{};
    Status to{};
    std::uint32_t workflow{1};
    std::string reason;  ///< pause reason for Waiting, resolution for Closed, else empty
    Instant at;          ///< when it happened; imported history lies before the op itself
    std::string note;    ///< closing comment or explanation; personal data class
    /// Undo: the number of the author's own op (of the same origin) that this step takes back; 0 = none. Replay then
    /// goes on as if that op had not been there, provided that no other step came between.
    std::uint64_t takesBack{};
    Instant until{};  ///< Waiting: when it wakes up; Planned: the date; none = open-ended
    bool operator==(const CaseStatusChanged&) const = default;
};
/// Something said, sent or noted on a case; never edited.
struct InteractionRecorded {
    Channel channel{};
    Direction direction{};
    InteractionKind kind{};
    Visibility visibility{};
    Instant at;
    std::string body;  ///< personal data class
    std::string author;  ///< name as it was shown; personal data class
    std::string externalId;
    PersonId person;  ///< null if unknown
    bool automatic{};
    std::string subject{};  ///< personal data class
    std::vector<AttachedFile> files{};  ///< personal data class
    bool operator==(const InteractionRecorded&) const = default;
};
/// The case is offered to another department (and crew). Until somebody there answers, it stays with the sender.
struct HandOffOffered {
    std::string department, crew;  ///< codes of who shall take it; crew may be empty
    std::string reason;  ///< personal data class
    Instant at;
    Instant limit;  ///< unanswered until then, it bounces back with an alarm
    bool operator==(const HandOffOffered&) const = default;
};
/// What somebody of the receiving side said, or the limit. An acceptance stands whatever else was said.
struct HandOffAnswered {
    Dot offer;  ///< the HandOffOffered op
    HandOffAnswer answer{};
    std::string reason;  ///< why it was returned or withdrawn; personal data class
    Instant at;
    bool operator==(const HandOffAnswered&) const = default;
};
/// A step of an escalation ladder was reached. The first op with a key counts, so that it fires once in the city.
struct EscalationRaised {
    std::string key;  ///< made from the ladder, step, clock and repetition alone
    std::string ladder;  ///< code
    std::int64_t level{};  ///< 1 = first step
    std::string to;  ///< role it goes to: owner, crew_lead, department_head, city_manager
    std::string person;  ///< staff code that had the role; empty if nobody has
    Instant due;  ///< when the step was reached
    Instant at;
    bool operator==(const EscalationRaised&) const = default;
};
struct EscalationAcknowledged {
    std::string key;
    Instant at;
    bool operator==(const EscalationAcknowledged&) const = default;
};
/// Somebody else reports the same fault: a record of its own under the case, named by the op.
struct ReportJoined {
    PersonId person;  ///< null: anonymous
    Channel channel{};
    Instant at;
    std::int64_t consent{};  ///< Consent
    std::string body;  ///< what they said; personal data class
    bool operator==(const ReportJoined&) const = default;
};
/// Reports that do not belong there, or that are a case of their own from now on.
struct ReportsLeft {
    std::vector<Dot> removed;  ///< the ReportJoined ops
    CaseId movedTo;  ///< null: nowhere
    bool operator==(const ReportsLeft&) const = default;
};
/// Whether this case and an older one (the lesser id) are about one fault.
struct CasesJudged {
    JudgedPair pair;
    bool operator==(const CasesJudged&) const = default;
};
/// A message to a citizen, ready to leave or kept back. One that a rule writes has an id that follows from its cause
/// (ruleMessageId), so that two consoles write it once; of several with one id the first stands.
struct MessageWritten {
    MessageId message;
    PersonId person{};
    Channel channel{};
    std::string address{};  ///< personal data class
    std::string templateCode{}, language{};
    std::string subject{}, body{};  ///< personal data class
    MessageWhy why{};
    MessageState state{MessageState::Waiting};  ///< Waiting, Held or Suppressed
    Instant at{};
    Instant until{};  ///< Held: not before
    std::string reason{};  ///< code of why it is held or suppressed
    std::string event{};  ///< what brought it: "received", "closed", "answer", …
    std::string author{};  ///< name as it was shown; personal data class
    bool operator==(const MessageWritten&) const = default;
};
/// What became of a message.
struct MessageMoved {
    MessageId message;
    MessageState to{};
    Instant at{};
    Instant until{};
    std::string reason{};  ///< code
    std::string externalId{};  ///< what the provider calls it
    std::string note{};  ///< what the server answered, or why it was overridden; personal data class
    bool operator==(const MessageMoved&) const = default;
};
struct PersonOpened {
    FieldValues fields;  ///< PersonField ids
    bool operator==(const PersonOpened&) const = default;
};
struct PersonEdited {
    FieldValues fields;
    Preds preds;
    bool operator==(const PersonEdited&) const = default;
};
struct PersonContactAdded {
    ContactKind kind{};
    std::string value;  ///< normalised (E.164, lower-case e-mail); personal data class
    std::string label;
    bool operator==(const PersonContactAdded&) const = default;
};
struct PersonContactRemoved {
    std::vector<Dot> removed;  ///< the PersonContactAdded ops it takes away
    bool operator==(const PersonContactRemoved&) const = default;
};
/// Whether this citizen record and another one (of lesser id) are of one person.
struct PersonsJudged {
    JudgedPair pair;
    bool operator==(const PersonsJudged&) const = default;
};
/// One versioned entry of the catalogue: a service, department, crew, staff member, policy, calendar, area …
struct CatalogueItemPublished {
    std::string kind;
    std::string code;
    std::string document;  ///< JSON; empty text withdraws the item
    bool operator==(const CatalogueItemPublished&) const = default;
};
/// An op of a kind this version does not know: kept, hashed and forwarded, never folded.
struct UnknownOp {
    std::uint64_t kind{};
    bool operator==(const UnknownOp&) const = default;
};

using OpBody = std::variant<CaseOpened, CaseEdited, CaseStatusChanged, InteractionRecorded, HandOffOffered,
                            HandOffAnswered, EscalationRaised, EscalationAcknowledged, ReportJoined, ReportsLeft,
                            CasesJudged, MessageWritten, MessageMoved, PersonOpened, PersonEdited, PersonContactAdded,
                            PersonContactRemoved, PersonsJudged, CatalogueItemPublished, UnknownOp>;

/// Op kind numbers as written in the log, by alternative of OpBody.
enum class OpKind : std::uint8_t {
    CaseOpened = 1,
    CaseEdited = 2,
    CaseStatusChanged = 3,
    InteractionRecorded = 4,
    HandOffOffered = 5,
    HandOffAnswered = 6,
    EscalationRaised = 7,
    EscalationAcknowledged = 8,
    ReportJoined = 9,
    ReportsLeft = 10,
    CasesJudged = 11,
    MessageWritten = 12,
    MessageMoved = 13,
    PersonOpened = 20,
    PersonEdited = 21,
    PersonContactAdded = 22,
    PersonContactRemoved = 23,
    PersonsJudged = 24,
    CatalogueItemPublished = 40,
};
[[nodiscard]] std::uint64_t kindNumber(const OpBody& body);
[[nodiscard]] bool isKnownKind(std::uint64_t kind);

inline constexpr std::uint32_t kOpSchema = 2;  ///< what this program can fold (compared with Op::minReader)

struct Op {
    EntityId entity;
    Hlc hlc;
    std::uint32_t epoch{1};  ///< realm epoch its author knew
    std::uint32_t minReader{1};  ///< lowest op schema able to fold it
    std::uint32_t tx{};  ///< how many of the ops after it belong to the same transaction
    std::string agent;  ///< the human, from the console's login; empty for a rule
    std::string comment;  ///< why; shown in the history
    OpBody body;
    std::uint32_t unread{};  ///< fields of a newer version that this one keeps but cannot show
    std::uint32_t locked{};  ///< sealed fields whose key is gone or not here
    bool operator==(const Op&) const = default;
};

/// An op with its place in the total order.
struct StampedOp {
    Stamp stamp;
    Op op;
};

}  // namespace wl
