// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/out_message.hpp"

#include <algorithm>
#include <charconv>

#include "domain/cbor.hpp"
#include "domain/crypto.hpp"
#include "domain/ops.hpp"
#include "domain/stamp_bytes.hpp"

namespace wl {
namespace {

constexpr std::string_view kMailPrefix = "wl.";

MessageId idOfHex(std::string_view hex) {
    MessageId id;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        const auto* from = hex.data() + 2 * i;
        const auto end = std::from_chars(from, from + 2, id.bytes[i], 16);
        if (end.ec != std::errc() || end.ptr != from + 2) return {};
    }
    return id;
}

bool hasLeft(MessageState s) {
    return s == MessageState::Sent || s == MessageState::Delivered || s == MessageState::Read;
}

}  // namespace

void replayMessage(OutMessage& m) {
    m.state = m.first;
    m.stateAt = m.at;
    m.until = m.firstUntil;
    m.reason = m.firstReason;
    m.externalId.clear();
    m.attempts = 0;
    m.sentAt = m.claimEnds = {};
    m.claimed = {};
    for (auto& step : m.steps) {
        step.effective = moveTakesEffect(m.state, step.to);
        if (!step.effective) continue;
        m.state = step.to;
        m.stateAt = step.at;
        m.until = step.until;
        m.reason = step.reason;
        if (!step.externalId.empty()) m.externalId = step.externalId;
        if (step.to == MessageState::Sending) {
            ++m.attempts;
            m.claimed = step.stamp;
            m.claimEnds = step.until;
        }
        if (hasLeft(step.to) && !m.sentAt) m.sentAt = step.at;
    }
}

bool moveTakesEffect(MessageState from, MessageState to) {
    const bool left = hasLeft(from);
    switch (to) {
        case MessageState::Waiting: return !left;
        case MessageState::Held: return !left && from != MessageState::Cancelled && from != MessageState::Suppressed;
        case MessageState::Suppressed: return from == MessageState::Waiting || from == MessageState::Held;
        case MessageState::Cancelled: return !left && from != MessageState::Cancelled && from != MessageState::Sending;
        case MessageState::Sending:
            return from == MessageState::Waiting || from == MessageState::Held || from == MessageState::Sending;
        case MessageState::Sent: return !left;
        case MessageState::Delivered: return from != MessageState::Delivered && from != MessageState::Read;
        case MessageState::Read: return from != MessageState::Read;
        case MessageState::Failed:
            return from == MessageState::Waiting || from == MessageState::Held || from == MessageState::Sending ||
                   from == MessageState::Sent;
    }
    return false;
}

MessageId messageOf(const StampedOp& item) {
    if (const auto* written = std::get_if<MessageWritten>(&item.op.body)) return written->message;
    if (const auto* moved = std::get_if<MessageMoved>(&item.op.body)) return moved->message;
    return {};
}

void takeMessageOp(OutMessage& m, const StampedOp& item) {
    if (const auto* b = std::get_if<MessageWritten>(&item.op.body)) {
        if (m.isWritten() && m.written < item.stamp) return;
        m.written = item.stamp;
        m.person = b->person;
        m.channel = b->channel;
        m.address = b->address;
        m.templateCode = b->templateCode;
        m.language = b->language;
        m.event = b->event;
        m.why = b->why;
        m.first = b->state;
        m.at = b->at ? b->at : item.op.hlc.wall();
        m.firstUntil = b->until;
        m.firstReason = b->reason;
    } else if (const auto* moved = std::get_if<MessageMoved>(&item.op.body)) {
        MessageStep step{item.stamp,   moved->to,     moved->at ? moved->at : item.op.hlc.wall(),
                         moved->until, moved->reason, moved->externalId,
                         false};
        m.steps.insert(std::ranges::lower_bound(m.steps, step.stamp, {}, &MessageStep::stamp), std::move(step));
    }
    replayMessage(m);
}

void writeMessages(std::string& out, std::span<const OutMessage> messages) {
    if (messages.empty()) return;
    cbor::Writer w(out);
    w.text("messages"), w.array(messages.size());
    for (const auto& m : messages) {
        w.bytes(view(m.id)), writeStamp(out, m.written), w.bytes(view(m.person));
        for (const auto* text : {&m.address, &m.templateCode, &m.language, &m.event, &m.firstReason}) w.text(*text);
        w.uint(static_cast<unsigned>(m.channel)), w.uint(static_cast<unsigned>(m.why));
        w.uint(static_cast<unsigned>(m.first)), w.sint(m.at.ms), w.sint(m.firstUntil.ms);
        w.array(m.steps.size());
        for (const auto& step : m.steps) {
            writeStamp(out, step.stamp);
            w.uint(static_cast<unsigned>(step.to)), w.sint(step.at.ms), w.sint(step.until.ms);
            w.text(step.reason), w.text(step.externalId), w.boolean(step.effective);
        }
    }
}

MessageId ruleMessageId(const CaseId& id, const PersonId& person, std::string_view cause) {
    return idFromBytes<MessageId>(view(blake2b({"message", view(id), view(person), cause})).substr(0, 16));
}

std::string mailMessageId(const MessageId& id, std::string_view domain) {
    return std::string(kMailPrefix) + toHex(id) + '@' + std::string(domain);
}

MessageId messageOfMailId(std::string_view mailId) {
    if (mailId.starts_with('<')) mailId.remove_prefix(1);
    if (!mailId.starts_with(kMailPrefix)) return {};
    mailId.remove_prefix(kMailPrefix.size());
    const auto end = mailId.find('@');
    if (end != 32) return {};
    return idOfHex(mailId.substr(0, 32));
}

}  // namespace wl
