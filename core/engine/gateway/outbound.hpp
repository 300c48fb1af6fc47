// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Messages out of the city, on a thread of its own. One console sends on a channel: the claim of a message (Sending)
// holds the channel for a while, another takes over when it has lapsed. Each message is written down before and after
// it is handed over, so that one that may have left is known; a mail goes out again under its own Message-ID then, what
// has no such name waits for a person.

#include <condition_variable>
#include <mutex>
#include <set>
#include <span>
#include <thread>

#include "comms/transport.hpp"
#include "engine/engine.hpp"
#include "engine/gateway/settings.hpp"

namespace wl::engine {

class Outbound {
public:
    /// Null where the settings name no way out.
    static Result<std::unique_ptr<Outbound>> start(Engine& engine, const GatewaySettings& settings);
    ~Outbound();
    /// What is open: "smtp" → its URL, …
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> ways() const;

private:
    Outbound(Engine& engine, GatewaySettings settings, std::unique_ptr<store::Reader> reader);
    void run();
    /// Sends what is due on a channel; true if anything was done.
    Result<bool> step(Channel channel);
    /// Whether this console holds the channel, or may take it.
    Result<bool> mayClaim(Channel channel, bool* holds);
    /// `carried`: earlier updates of the same case that leave with it.
    Result<void> take(const store::OutboxRow& row, bool settled, std::span<const store::OutboxRow> carried);
    Result<bool> stillAllowed(const store::OutboxRow& row, const store::CaseDetail& detail);
    /// When the citizen last wrote on that case by that channel: WhatsApp's window.
    Result<Instant> lastInbound(CaseKey key, Channel channel);
    Result<bool> saidAlready(const store::OutboxRow& row, const store::CaseDetail& detail);
    Result<void> move(const store::OutboxRow& row, MessageState to, std::string reason, std::string note = {},
                      Instant until = {}, std::string externalId = {});
    Result<comms::HandedOver> handOver(const store::OutboxRow& row, std::span<const store::OutboxRow> carried);
    Result<comms::OutgoingMail> mailOf(const store::OutboxRow& row, const MessageWritten& written);
    [[nodiscard]] bool waits(std::chrono::milliseconds time);

    Engine& m_engine;
    GatewaySettings m_settings;
    std::unique_ptr<store::Reader> m_reader;
    std::unique_ptr<comms::MailTransport> m_mail;
    std::unique_ptr<comms::ShortTransport> m_whatsApp, m_sms;
    Subscription m_subscription;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::set<Channel> m_resumed;  ///< channels on which nothing is left of an earlier run
    bool m_ends{}, m_changed{};
    std::thread m_thread;  // last: it uses all of the above
};

}  // namespace wl::engine
