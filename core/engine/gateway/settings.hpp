// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a gateway holds open: a JSON file, given to `serve --gateway`. docs/gateway.md says every member.

#include <filesystem>
#include <set>
#include <string>

#include "channels/http/http_server.hpp"
#include "comms/imap.hpp"
#include "comms/transport.hpp"

namespace wl::engine {

struct GatewaySettings {
    struct Web : http::ServerSettings {
        std::string publicUrl;  ///< where people reach it; empty: http:// and what was bound
    };
    struct Open311 {
        bool on{};
        std::set<std::string> keys;
        std::string contact;
        bool production{};
        bool publishDescriptions{};  ///< what residents wrote is personal and stays inside otherwise
    };
    struct WebForm {
        bool on{};
        int filingsAnHour{30};  ///< of one address
    };
    struct MailDrop {
        std::filesystem::path folder;  ///< files in it are taken, then moved to done/ or rejected/; empty: none
        std::string service;  ///< mail that belongs to no case opens one of this service; empty: it waits in unsorted/
    };
    struct MailIn {
        comms::ImapSettings imap;  ///< url empty: none
        int pauseSeconds{30};  ///< between looks
    };
    /// WhatsApp or SMS coming in.
    struct Texting {
        std::filesystem::path folder;  ///< bodies are taken from here; webhooks write into it; empty: none
        std::string secret;  ///< WhatsApp: of the app, which signs; SMS: last part of the webhook's path
        std::string verifyToken;  ///< WhatsApp: what the subscription is verified by
        std::string mediaBase, token;  ///< where pictures are fetched from, and the bearer's token; empty: nowhere
        std::string service;  ///< what belongs to no case opens one of this service; empty: it waits in unsorted/
    };
    /// Ways out.
    struct Out {
        comms::SmtpSettings smtp;
        std::filesystem::path pickup;  ///< instead of SMTP: a mail server takes files from there
        std::string from, fromName;  ///< of the desk
        std::string bounce;  ///< where mail that cannot be delivered comes back, +ID added; empty: from
        std::string unsubscribe;  ///< for automatic mail: https or mailto
        comms::HttpSettings whatsApp, sms;
        std::string whatsAppTemplate;  ///< approved, with one parameter: the text; empty: none outside 24 hours
    };
    Web web;
    Open311 open311;
    WebForm webForm;
    MailDrop mail;
    MailIn mailIn;
    Texting whatsApp, sms;
    Out out;
};

/// Errors: gateway.file (cannot be read), gateway.json (line and column), gateway.member (unknown or of a wrong type).
/// Folders are relative to the file.
[[nodiscard]] Result<GatewaySettings> readGatewaySettings(const std::filesystem::path& file);
/// All channels on loopback, on free ports, folders below `data`, one API key ("demo").
[[nodiscard]] GatewaySettings demoGatewaySettings(const std::filesystem::path& data);

}  // namespace wl::engine
