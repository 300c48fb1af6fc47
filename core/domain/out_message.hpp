// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A message on its way out of the city: written once, then moved from state to state by whoever sends it. Its state is
// a pure function of the set of ops, in the order of their stamps.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/hlc.hpp"
#include "domain/vocab.hpp"

namespace wl {

struct StampedOp;

/// One move as it stands in the log.
struct MessageStep {
    Stamp stamp;
    MessageState to{};
    Instant at, until;       ///< Waiting, Held: not before; Sending: the claim on the channel ends
    std::string reason;      ///< code: why it is held, suppressed, failed or overridden
    std::string externalId;  ///< what the provider calls it
    bool effective{};
    bool operator==(const MessageStep&) const = default;
};

struct OutMessage {
    MessageId id;
    Stamp written;  ///< of the first op that wrote it; seq 0 while only moves have arrived
    PersonId person;
    Channel channel{};
    std::string address;  ///< empty where its key is gone
    std::string templateCode, language;
    std::string event;    ///< what brought it: "received", "closed", "answer", …
    MessageWhy why{};
    MessageState first{MessageState::Waiting};
    Instant at, firstUntil;
    std::string firstReason;
    std::vector<MessageStep> steps;  ///< ascending by stamp

    // What replay makes of it.
    MessageState state{MessageState::Waiting};
    Instant stateAt, until;
    std::string reason, externalId;
    std::int64_t attempts{};
    Instant sentAt;     ///< when it left first; stays where it bounced later
    Stamp claimed;      ///< the last effective Sending; its author holds the channel …
    Instant claimEnds;  ///< … until then, or until the message moved on
    bool operator==(const OutMessage&) const = default;

    [[nodiscard]] bool isWritten() const { return written.dot.seq != 0; }
    /// When somebody was answered by a person; none while it has not left, or if a rule wrote it.
    [[nodiscard]] Instant answeredAt() const { return isWritten() && why != MessageWhy::Rule ? sentAt : Instant{}; }
};

/// Whether a move counts for a message in that state: what has left cannot be un-sent.
[[nodiscard]] bool moveTakesEffect(MessageState from, MessageState to);

/// Adds what the op says of the message (MessageWritten or MessageMoved of its id).
void takeMessageOp(OutMessage& message, const StampedOp& item);

/// Makes of the steps what follows from them.
void replayMessage(OutMessage& message);

/// The message an op is about; null for other kinds.
[[nodiscard]] MessageId messageOf(const StampedOp& item);

/// Canonical bytes of a case's messages (`out` is appended to).
void writeMessages(std::string& out, std::span<const OutMessage> messages);

/// The id of what a rule writes because of something: the same on every console, so that it is written once.
[[nodiscard]] MessageId ruleMessageId(const CaseId& id, const PersonId& person, std::string_view cause);

/// The Message-ID of a mail, without the angle brackets: from the message's id and the sender's domain alone.
[[nodiscard]] std::string mailMessageId(const MessageId& id, std::string_view domain);
/// The message that a Message-ID of ours names; null for any other.
[[nodiscard]] MessageId messageOfMailId(std::string_view mailId);

}  // namespace wl
