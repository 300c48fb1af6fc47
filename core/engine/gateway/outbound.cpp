// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/outbound.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <tuple>

#include "engine/messages/compose.hpp"

namespace wl::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kPause = 1s;             // what time alone makes due
constexpr Millis kClaim = 2min;         // longer than a transport may take
constexpr auto kSettle = 1500ms;        // until a claim of somebody else would be here
constexpr int kAtOnce = 50;
constexpr std::array<Millis, 8> kBackOff{1min, 5min, 15min, 1h, 2h, 4h, 8h, 12h};

}  // namespace

Outbound::Outbound(Engine& engine, GatewaySettings settings, std::unique_ptr<store::Reader> reader)
    : m_engine(engine), m_settings(std::move(settings)), m_reader(std::move(reader)) {
    const auto& out = m_settings.out;
    if (!out.smtp.url.empty()) m_mail = comms::smtpTransport(out.smtp);
    else if (!out.pickup.empty()) m_mail = comms::pickupTransport(out.pickup);
    if (!out.whatsApp.url.empty()) m_whatsApp = comms::whatsAppTransport(out.whatsApp);
    if (!out.sms.url.empty()) m_sms = comms::smsTransport(out.sms);
    m_subscription = m_engine.subscribe([this](const ChangeSetPtr& changes) {
        const bool concerns = std::ranges::any_of(changes->cases, [](const auto& changed) {
            return (changed.second & kChangedInteractions) != 0;
        });
        if (!concerns && !changes->everything) return;
        const std::lock_guard lock(m_mutex);
        m_changed = true;
        m_wake.notify_all();
    });
    m_thread = std::thread([this] { run(); });
}

Result<std::unique_ptr<Outbound>> Outbound::start(Engine& engine, const GatewaySettings& settings) {
    const auto& out = settings.out;
    if (out.smtp.url.empty() && out.pickup.empty() && out.whatsApp.url.empty() && out.sms.url.empty()) return nullptr;
    const bool mail = !out.smtp.url.empty() || !out.pickup.empty();
    if (mail && !out.from.contains('@'))
        return fail(ErrorKind::Input, "gateway.member", "mail.from", "mail needs an address that it comes from");
    WL_TRY(auto reader, engine.openReader());
    return std::unique_ptr<Outbound>(new Outbound(engine, settings, std::move(reader)));
}

Outbound::~Outbound() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

std::vector<std::pair<std::string, std::string>> Outbound::ways() const {
    std::vector<std::pair<std::string, std::string>> out;
    if (m_mail)
        out.emplace_back("mail_out",
                         m_settings.out.smtp.url.empty() ? m_settings.out.pickup.string() : m_settings.out.smtp.url);
    if (m_whatsApp) out.emplace_back("whatsapp_out", m_settings.out.whatsApp.url);
    if (m_sms) out.emplace_back("sms_out", m_settings.out.sms.url);
    return out;
}

bool Outbound::waits(std::chrono::milliseconds time) {
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, time, [this] { return m_ends || m_changed; });
    m_changed = false;
    return !m_ends;
}

void Outbound::run() {
    do {
        for (const auto channel : kSendingChannels) {
            const bool open = channel == Channel::Email      ? m_mail != nullptr
                              : channel == Channel::WhatsApp ? m_whatsApp != nullptr
                                                             : m_sms != nullptr;
            if (!open) continue;
            // What cannot be done now (a full disk) is tried again.
            if (const auto done = step(channel); !done)
                spdlog::warn("{}: {} {}", code(channel), done.error().code, done.error().detail);
        }
    } while (waits(kPause));
}

// Of several that claimed the channel while they were apart, the first holds it.
Result<bool> Outbound::mayClaim(Channel channel, bool* holds) {
    WL_TRY(const auto claims, m_reader->channelClaims(channel, m_engine.now()));
    *holds = !claims.empty() && claims.front().origin == m_engine.origin();
    return claims.empty() || *holds;
}

Result<bool> Outbound::step(Channel channel) {
    bool holds = false;
    WL_TRY(const bool may, mayClaim(channel, &holds));
    if (!may) return false;
    WL_TRY(auto due, m_reader->dueMessages(channel, m_engine.now(), kAtOnce));
    if (!m_resumed.contains(channel)) {  // what an earlier run of this console had in hand when it ended
        WL_TRY(const auto begun, m_reader->outbox({{MessageState::Sending}, {}, 10'000}));
        for (const auto& row : begun) {
            WL_TRY(const auto detail, m_reader->detail(row.caseKey));
            const auto* message = detail.state.message(row.id);
            if (row.channel == channel && message != nullptr && message->claimed.dot.origin == m_engine.origin())
                due.insert(due.begin(), row);
        }
        m_resumed.insert(channel);
    }
    const bool digests = m_engine.catalogue()->sending().digestMinutes > 0;
    for (const auto& row : due) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_ends) return true;
        }
        // Updates of one case that collected leave as one, the last of them.
        std::vector<store::OutboxRow> carried;
        const auto together = [&](const store::OutboxRow& other) {
            return digests && other.id != row.id && other.why == MessageWhy::Rule && row.why == MessageWhy::Rule &&
                   other.state != MessageState::Sending && other.caseKey == row.caseKey && other.person == row.person;
        };
        const auto earlier = [](const store::OutboxRow& a, const store::OutboxRow& b) {
            return std::tie(a.writtenAt, a.id) < std::tie(b.writtenAt, b.id);
        };
        bool last = true;
        for (const auto& other : due) {
            if (!together(other)) continue;
            if (earlier(row, other)) last = false;
            else carried.push_back(other);
        }
        if (!last && row.state != MessageState::Sending) continue;
        WL_CHECK(take(row, holds, carried));
        holds = true;
    }
    return !due.empty();
}

Result<void> Outbound::move(const store::OutboxRow& row, MessageState to, std::string reason, std::string note,
                            Instant until, std::string externalId) {
    MoveMessage cmd;
    cmd.target.key = row.caseKey;
    cmd.message = row.id;
    cmd.to = to;
    cmd.reason = std::move(reason);
    cmd.note = std::move(note);
    cmd.until = until;
    cmd.externalId = std::move(externalId);
    cmd.byGateway = true;
    CommandBatch batch{.commands = {}, .agent = "gateway"};
    batch.commands.emplace_back(std::move(cmd));
    WL_TRY(const auto receipt, m_engine.submitAndWait(std::move(batch)));
    spdlog::info("{} {}: {} {}", row.number, code(row.channel), code(to), receipt.messageReason);
    return {};
}

// The rules are asked again: what is known of the citizen may have changed since it was written.
Result<bool> Outbound::stillAllowed(const store::OutboxRow& row, const store::CaseDetail& detail) {
    const auto* message = detail.state.message(row.id);
    if (message == nullptr) return false;
    const auto catalogue = m_engine.catalogue();
    const auto now = m_engine.now();
    std::optional<store::PersonView> person;
    if (!row.person.isNull())
        if (auto found = m_reader->person(row.person)) person = std::move(*found);
    WL_TRY(const auto record, m_reader->contactRecord(row.person, row.address, now));
    auto facts =
        factsOf(detail.state, person ? &person->state : nullptr, record, message->why, row.channel, row.address);
    facts.byOwner = true;  // asked when it was written
    facts.writtenAt = message->at;
    facts.approved = !m_settings.out.whatsAppTemplate.empty();
    WL_TRY(facts.lastInboundAt, lastInbound(row.caseKey, row.channel));
    WL_TRY(facts.sameText, saidAlready(row, detail));
    facts.overridden = row.reason == "overridden" || message->firstReason == "overridden" ||
                       std::ranges::any_of(message->steps, [](const MessageStep& s) {
                           return s.effective && (s.reason == "overridden" || s.reason == "again");
                       });
    const auto decision = comms::decide(facts, sendingPolicy(*catalogue), now);
    if (decision.kind == comms::Decision::Kind::Send) return true;
    const bool hold = decision.kind == comms::Decision::Kind::Hold;
    WL_CHECK(move(row, hold ? MessageState::Held : MessageState::Suppressed, std::string(decision.reason), {},
                  decision.until));
    return false;
}

Result<Instant> Outbound::lastInbound(CaseKey key, Channel channel) {
    Instant out;
    WL_TRY(const auto timeline, m_reader->timeline(key));
    for (const auto& entry : timeline) {
        const auto* said = std::get_if<InteractionRecorded>(&entry.op.body);
        if (said != nullptr && said->channel == channel && said->direction == Direction::In)
            out = std::max(out, entry.at);
    }
    return out;
}

// A rule's message in the very words of the last one that they got on this case within a day. Only here the words of
// both are known; a closing that comes after a reopening has another message between.
Result<bool> Outbound::saidAlready(const store::OutboxRow& row, const store::CaseDetail& detail) {
    if (row.why != MessageWhy::Rule) return false;
    const OutMessage* last = nullptr;
    const auto* self = detail.state.message(row.id);
    for (const auto& m : detail.state.messages) {
        const bool counts =
            m.isWritten() && m.id != row.id && m.person == row.person && m.channel == row.channel &&
            (m.state == MessageState::Sent || m.state == MessageState::Delivered || m.state == MessageState::Read);
        if (counts && self != nullptr && m.written < self->written && (last == nullptr || last->written < m.written))
            last = &m;
    }
    if (last == nullptr || row.writtenAt - last->at > Millis(24h)) return false;
    WL_TRY(const auto before, m_reader->findMessage(last->id));
    if (!before) return false;
    const auto said = m_reader->messageText(*before);
    const auto says = m_reader->messageText(row);
    return said && says && !says->body.empty() && said->body == says->body && said->subject == says->subject;
}

Result<void> Outbound::take(const store::OutboxRow& row, bool settled, std::span<const store::OutboxRow> carried) {
    WL_TRY(const auto detail, m_reader->detail(row.caseKey));
    const auto* message = detail.state.message(row.id);
    const bool open =
        message != nullptr && (message->state == MessageState::Waiting || message->state == MessageState::Held ||
                               message->state == MessageState::Sending);
    if (!open) return {};  // it moved on since it was listed
    const bool unclear = message->state == MessageState::Sending;
    if (unclear && row.channel != Channel::Email)
        return move(row, MessageState::Failed, "unclear", "the sender ended while it was handed over");
    if (!unclear) {
        WL_TRY(const bool allowed, stillAllowed(row, detail));
        if (!allowed) return {};
    }
    const auto attempts = message->attempts;
    WL_CHECK(move(row, MessageState::Sending, unclear ? "once_more" : "", {}, m_engine.now() + kClaim));
    const auto status = m_engine.sync().status();
    if (!settled && status->connected() > 0) {
        const auto until = std::chrono::steady_clock::now() + kSettle;
        std::unique_lock lock(m_mutex);
        m_wake.wait_until(lock, until, [this] { return m_ends; });
        lock.unlock();
        bool holds = false;
        WL_TRY(const bool may, mayClaim(row.channel, &holds));
        if (!may) return move(row, MessageState::Waiting, "yielded");
    }
    WL_TRY(const auto handed, handOver(row, carried));
    switch (handed.how) {
        case comms::Handed::Taken:
            WL_CHECK(move(row, MessageState::Sent, {}, handed.answer, {}, handed.externalId));
            for (const auto& other : carried) WL_CHECK(move(other, MessageState::Suppressed, "merged", toHex(row.id)));
            return {};
        case comms::Handed::Refused: return move(row, MessageState::Failed, "refused", handed.answer);
        case comms::Handed::Unclear:
            if (row.channel != Channel::Email) return move(row, MessageState::Failed, "unclear", handed.answer);
            [[fallthrough]];
        case comms::Handed::Later: break;
    }
    const auto tried = static_cast<std::size_t>(attempts);
    if (tried >= kBackOff.size()) return move(row, MessageState::Failed, "gave_up", handed.answer);
    return move(row, MessageState::Waiting, "later", handed.answer, m_engine.now() + kBackOff[tried]);
}

Result<comms::OutgoingMail> Outbound::mailOf(const store::OutboxRow& row, const MessageWritten& written) {
    const auto& out = m_settings.out;
    comms::OutgoingMail mail;
    const auto domain = out.from.substr(out.from.rfind('@') + 1);
    mail.messageId = mailMessageId(row.id, domain);
    mail.fromAddress = out.from;
    mail.fromName = out.fromName.empty() ? m_engine.catalogue()->jurisdiction().name : out.fromName;
    mail.returnPath = comms::bounceAddress(out.bounce.empty() ? out.from : out.bounce, toHex(row.id));
    mail.toAddress = row.address;
    mail.subject = written.subject.empty() ? row.number : written.subject;
    if (!mail.subject.contains(row.number)) mail.subject += " [" + row.number + ']';
    mail.body = written.body;
    mail.language = written.language;
    mail.automatic = written.why == MessageWhy::Rule;
    if (mail.automatic) mail.unsubscribe = out.unsubscribe;
    mail.loopMark = toHex(m_engine.origin());
    mail.date = row.writtenAt;
    // The thread: what they wrote and what left before, oldest first.
    WL_TRY(const auto timeline, m_reader->timeline(row.caseKey));
    for (const auto& entry : timeline) {
        const auto* said = std::get_if<InteractionRecorded>(&entry.op.body);
        const auto* moved = std::get_if<MessageMoved>(&entry.op.body);
        const bool inbound = said != nullptr && said->channel == Channel::Email && said->direction == Direction::In &&
                             said->externalId.contains('@');
        if (inbound) mail.inReplyTo = said->externalId;
        if (inbound) mail.references.push_back(said->externalId);
        else if (moved != nullptr && moved->to == MessageState::Sent && moved->message != row.id)
            mail.references.push_back(mailMessageId(moved->message, domain));
    }
    if (mail.inReplyTo.empty() && !mail.references.empty()) mail.inReplyTo = mail.references.back();
    if (mail.references.size() > 20) mail.references.erase(mail.references.begin() + 1, mail.references.end() - 19);
    return mail;
}

Result<comms::HandedOver> Outbound::handOver(const store::OutboxRow& row, std::span<const store::OutboxRow> carried) {
    WL_TRY(auto written, m_reader->messageText(row));
    for (const auto& other : carried) {
        WL_TRY(const auto more, m_reader->messageText(other));
        written.body += "\n\n----\n\n" + more.body;
    }
    if (row.channel == Channel::Email) {
        WL_TRY(const auto mail, mailOf(row, written));
        const auto bytes = comms::writeMail(mail);
        if (!bytes)
            return comms::HandedOver{comms::Handed::Refused, bytes.error().code + ' ' + bytes.error().detail, {}};
        return m_mail->send(*bytes, mail.returnPath, mail.toAddress);
    }
    comms::ShortMessage message{row.address, written.body, toHex(row.id), {}, {}};
    if (row.channel == Channel::Sms) return m_sms->send(message);
    WL_TRY(const auto last, lastInbound(row.caseKey, Channel::WhatsApp));
    const bool window = last && m_engine.now() - last < Millis(24h);
    if (!window) {
        message.approvedTemplate = m_settings.out.whatsAppTemplate;
        message.language = written.language;
    }
    return m_whatsApp->send(message);
}

}  // namespace wl::engine
