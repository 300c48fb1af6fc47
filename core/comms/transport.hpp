// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ways out of the city: one interface for SMTP, a pickup folder of a mail server, and the HTTP interfaces of WhatsApp
// and SMS providers. A call blocks its thread until the other side has answered, at most the given time.

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "comms/mail.hpp"
#include "domain/ids.hpp"
#include "domain/vocab.hpp"

namespace wl::comms {

/// How handing over ended.
enum class Handed : std::uint8_t {
    Taken,      ///< the other side has it
    Refused,    ///< for good: it will not take this message
    Later,      ///< not now
    Unclear,    ///< the line broke after the message had gone out: it may have it
};

struct HandedOver {
    Handed how{};
    std::string answer;      ///< what the other side said
    std::string externalId;  ///< what it calls the message
};

class MailTransport {
public:
    virtual ~MailTransport() = default;
    /// `bytes` as made by writeMail.
    virtual HandedOver send(const std::string& bytes, const std::string& from, const std::string& to) = 0;
};

struct SmtpSettings {
    std::string url;             ///< smtp://host:25, smtps://host:465
    std::string user, password;  ///< empty: none
    bool requireTls{};           ///< no mail over a line that is not encrypted
    std::chrono::seconds timeout{60};
};
[[nodiscard]] std::unique_ptr<MailTransport> smtpTransport(SmtpSettings settings);
/// Writes each mail as a file (its envelope in X-Sender and X-Receiver) that a mail server takes from there.
[[nodiscard]] std::unique_ptr<MailTransport> pickupTransport(std::filesystem::path folder);

struct ShortMessage {
    std::string to;       ///< E.164
    std::string text;
    std::string id;       ///< ours, for providers that take a key against doubles
    std::string approvedTemplate, language;  ///< WhatsApp outside the window; empty: free text
};

class ShortTransport {
public:
    virtual ~ShortTransport() = default;
    virtual HandedOver send(const ShortMessage& message) = 0;
};

struct HttpSettings {
    std::string url;
    std::string token;                      ///< Authorization: Bearer
    std::map<std::string, std::string> form;  ///< SMS: fields of the body; {to}, {text} and {id} are filled in
    std::string idMember{"id"};             ///< SMS: member of the JSON answer that names the message
    std::chrono::seconds timeout{30};
};
/// WhatsApp's Cloud API: `url` is …/PHONE_NUMBER_ID/messages.
[[nodiscard]] std::unique_ptr<ShortTransport> whatsAppTransport(HttpSettings settings);
/// A provider that takes a form by POST and answers with JSON or nothing.
[[nodiscard]] std::unique_ptr<ShortTransport> smsTransport(HttpSettings settings);

}  // namespace wl::comms
