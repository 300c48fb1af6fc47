// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail into the timeline that it belongs to. Found by the Message-IDs that it answers, else by a case number in its
// subject; else a new case of the service whose words it uses. The same mail twice is one message.

#include "channels/mail/message.hpp"
#include "engine/engine.hpp"
#include "engine/gateway/settings.hpp"
#include "store/file_store.hpp"

namespace wl::engine {

enum class MailFate : std::uint8_t { Added, Opened, Known, Unsorted, Refused };
[[nodiscard]] std::string_view code(MailFate fate);

struct MailTaken {
    MailFate fate{};
    std::string number;  ///< of the case
    std::string why;     ///< of Unsorted and Refused: "mail.no_service", "mail.loop", "mail.not_a_mail"
};

class MailIntake {
public:
    static Result<std::unique_ptr<MailIntake>> open(Engine& engine, const std::filesystem::path& data,
                                                    GatewaySettings::MailDrop settings);
    /// One thread. An error means that the world failed and the mail is to be tried again.
    Result<MailTaken> take(std::string_view bytes);

private:
    MailIntake(Engine& engine, store::FileStore files, GatewaySettings::MailDrop settings,
               std::unique_ptr<store::Reader> reader)
        : m_engine(engine), m_files(std::move(files)), m_settings(std::move(settings)), m_reader(std::move(reader)) {}
    Result<CaseKey> caseOf(const mail::Message& message);
    Result<std::vector<AttachedFile>> keep(const mail::Message& message, std::string_view bytes, bool whole);
    Result<RequesterDraft> sender(const mail::Message& message);

    Engine& m_engine;
    store::FileStore m_files;
    GatewaySettings::MailDrop m_settings;
    std::unique_ptr<store::Reader> m_reader;
};

}  // namespace wl::engine
