// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The channels that a headless console holds open, over one engine: HTTP with Open311, the web form and webhooks, and
// the folders that mail and messages are dropped into. Items are unique by (channel, external id), so two gateways on
// one source make one interaction.

#include "channels/http/http_server.hpp"
#include "engine/gateway/city_desk.hpp"
#include "engine/gateway/drop_folder.hpp"
#include "engine/gateway/hooks.hpp"
#include "engine/gateway/mail_fetch.hpp"
#include "engine/gateway/mail_intake.hpp"
#include "engine/gateway/outbound.hpp"
#include "engine/gateway/text_intake.hpp"
#include "engine/gateway/web/web_form.hpp"

namespace wl::engine {

class Gateway {
public:
    /// Lives no longer than the engine.
    static Result<std::unique_ptr<Gateway>> start(Engine& engine, const std::filesystem::path& data,
                                                  const GatewaySettings& settings);
    /// What is open, by name: "open311" → "http://127.0.0.1:41234/open311/v2".
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& addresses() const { return m_addresses; }

private:
    Gateway() = default;
    Result<void> openText(Engine& engine, const std::filesystem::path& data, const GatewaySettings::Texting& settings,
                          Channel channel, std::unique_ptr<TextIntake>& intake, std::unique_ptr<DropFolder>& folder);
    [[nodiscard]] http::Answer answer(const http::Request& request);

    std::unique_ptr<CityDesk> m_desk;
    std::unique_ptr<open311::GeoReport> m_open311;
    std::unique_ptr<web::WebForm> m_form;
    std::vector<std::pair<std::string, std::string>> m_addresses;
    std::unique_ptr<MailIntake> m_mailIntake;
    std::unique_ptr<TextIntake> m_whatsAppIntake, m_smsIntake;
    std::unique_ptr<DropFolder> m_mail, m_whatsApp, m_sms;
    std::unique_ptr<MailFetch> m_mailFetch;
    std::unique_ptr<Hooks> m_hooks;
    std::unique_ptr<Outbound> m_out;
    std::unique_ptr<http::Server> m_http;  // last: it ends first
};

}  // namespace wl::engine
