// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything a person, a rule or an importer can ask the engine to do. Imperative; the answer is a Receipt or an
// Error that names the field.

#include <optional>
#include <variant>
#include <vector>

#include "domain/case_fields.hpp"
#include "domain/ops.hpp"
#include "engine/import_draft.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine {

/// How a case is named: by key on this console, or by id.
struct CaseRef {
    CaseKey key;
    CaseId id;
};

/// Files a case. Department, crew, area, priority and channel are filled in by the rules where the draft is silent.
struct OpenCase {
    CaseId id;           ///< null: the engine makes one
    FieldValues fields;  ///< CaseField ids; service_code is required
    RequesterDraft requester;
    std::optional<InteractionRecorded> firstContact;
};
/// Changes fields. Where `seen` names a field, the edit is refused as a conflict if its value is another by now.
struct EditCase {
    CaseRef target;
    FieldValues fields;
    FieldValues seen;
    std::string comment;
};
struct ChangeStatus {
    CaseRef target;
    Status to{};
    std::string reason;  ///< pause reason or resolution code
    std::string note;
    Instant at;          ///< none = now
    Instant until{};     ///< Waiting: wake-up; Planned: the date
    CaseRef duplicateOf{};  ///< Closed as a duplicate: of which case
};
/// Offers the case to another department; it stays where it is until somebody there accepts.
struct OfferHandOff {
    CaseRef target;
    std::string department, crew;
    std::string reason;
};
/// Accepted, Returned (with a reason), Withdrawn, or Bounced (by the limit alone).
struct AnswerHandOff {
    CaseRef target;
    HandOffAnswer answer{};
    std::string reason;
};
/// Makes the agent its owner. Refused where somebody else is, unless a supervisor takes over.
struct ClaimCase {
    CaseRef target;
    bool takeOver{};
};
/// Gives it back to the department's queue.
struct ReleaseCase {
    CaseRef target;
    std::string reason;
};
/// What a rule does when a step of a ladder is reached.
struct RaiseEscalation {
    CaseRef target;
    EscalationRaised step;
};
/// All escalations of the case that nobody has acknowledged.
struct AcknowledgeEscalations {
    CaseRef target;
};
/// One more report of the fault that a case is about. Of a duplicate, it goes to the case that stands for both.
struct AddReport {
    CaseRef target;
    RequesterDraft reporter;  ///< empty: anonymous
    Channel channel{Channel::Phone};
    Instant at;               ///< none = now
    std::string body;
    std::int64_t consent{};
};
/// Takes a report off a case: as a case of its own, or as one that does not belong there.
struct SplitReport {
    CaseRef target;
    Dot report;
    bool asCase{true};
};
/// Whether the case is about the same fault as another one. Same: it is closed as a duplicate of it, and its reporters
/// hear of the other. Different, None: what Same did is taken back.
struct JudgeCases {
    CaseRef target, of;
    Judgement judgement{};
    bool automatic{};
    std::int64_t weight{};
    std::string reasons{};
    std::string note{};  ///< closing comment of Same; empty: the number of the other case
};
/// Whether two citizen records are of one person. One that is protected is never joined; a rule never overrules people.
struct JudgePersons {
    PersonId a, b;
    Judgement judgement{};
    bool automatic{};
    std::int64_t weight{};
    std::string reasons{};
};
struct RecordInteraction {
    CaseRef target;
    InteractionRecorded interaction;
};
/// A message to a citizen of the case. The texts are ready: made by `composeMessage` or typed. The sending rules say
/// whether it leaves, waits or is kept back; a person's own is refused with the reason where a rule keeps it back,
/// unless `overrides` says why it has to leave all the same.
struct WriteMessage {
    CaseRef target;
    PersonId person;  ///< null: the requester
    Channel channel{Channel::Email};
    std::string address;  ///< empty: the person's own for that channel
    std::string templateCode, language;
    std::string subject, body;
    MessageWhy why{MessageWhy::Owner};
    std::string event;  ///< as in templates
    std::string cause;  ///< of a rule's message: what it is about; the same cause is written once
    std::string overrides;
};
/// What became of a message: a gateway's word, or a person's (Waiting: send it again or after all, with a note why;
/// Cancelled).
struct MoveMessage {
    CaseRef target;
    MessageId message;
    MessageState to{};
    std::string reason;
    std::string note;
    std::string externalId;
    Instant until;
    bool byGateway{};
};
struct OpenPerson {
    PersonId id;
    FieldValues fields;
    std::vector<NewContact> contacts;
};
struct EditPerson {
    PersonId person;
    FieldValues fields;
    std::vector<NewContact> added;
    std::vector<Dot> removed;
};
struct PublishCatalogue {
    std::vector<rules::CatalogueItem> items;
};
/// Takes back, or does again, the last command of this console's agent. With a group: the last batch of that group, or
/// nothing if something else was done since.
struct Undo {
    std::uint64_t group{};
};
struct Redo {
    std::uint64_t group{};
};

/// Rows of another system's feed: opens, updates or leaves alone by (source, external id).
struct ImportCases {
    std::vector<ImportDraft> drafts;
};

using Command =
    std::variant<OpenCase, EditCase, ChangeStatus, RecordInteraction, OpenPerson, EditPerson, PublishCatalogue,
                 ImportCases, Undo, Redo, OfferHandOff, AnswerHandOff, ClaimCase, ReleaseCase, RaiseEscalation,
                 AcknowledgeEscalations, AddReport, SplitReport, JudgeCases, JudgePersons, WriteMessage, MoveMessage>;

struct CommandMoment {
    Instant at;
    std::string agent;
};

/// Several commands in one transaction with one undo (bulk actions).
struct CommandBatch {
    std::vector<Command> commands;
    std::string agent{};  ///< staff code of who does it; empty = this console's
    /// Past work written down in one go (the demo city): when and by whom, one a command, never going back in time.
    /// Empty: all of it now, by `agent`. Otherwise the ops' clocks take these instants instead of the engine's, and a
    /// moment without an agent is the doing of a channel or a rule.
    std::vector<CommandMoment> moments{};
    /// Batches of one group, one after another, are one thing to the person who did it (a change of very many cases):
    /// each undo takes back one batch and says how many are left. 0 = a group of its own.
    std::uint64_t group{};
};

struct Receipt {
    std::size_t ops{};
    CaseKey caseKey;  ///< of the case opened or changed last
    CaseId caseId;
    std::string number;  ///< its public number
    PersonId personId;
    MessageId messageId;  ///< of the message written or moved last
    MessageState messageState{MessageState::Waiting};
    std::string messageReason;  ///< why it is held or suppressed
    Instant messageUntil;
    std::size_t imported{}, updated{}, unchanged{};  ///< for ImportCases
    std::string undone;  ///< for Undo and Redo: which command it was ("EditCase", …)
    std::uint64_t group{};  ///< for Undo and Redo of a batch of a group: the group
    std::size_t groupLeft{};  ///< batches of that group that can be undone (redone) next
    std::size_t leftAlone{};  ///< cases of such a batch that somebody else changed since, left as they are
};

}  // namespace wl::engine
