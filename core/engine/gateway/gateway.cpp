// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/gateway.hpp"

#include <algorithm>
#include <future>

#include "domain/time_zone.hpp"

namespace wl::engine {
namespace {

constexpr std::string_view kRoot = "/open311/v2";

constexpr std::size_t kLargestBody = 4u << 20U;  // of a webhook; providers batch far less

Result<Dropped> asDropped(Result<MailTaken> taken) {
    if (!taken) return std::unexpected(taken.error());
    const auto fate = taken->fate == MailFate::Refused    ? DropFate::Rejected
                      : taken->fate == MailFate::Unsorted ? DropFate::Unsorted
                                                          : DropFate::Done;
    return Dropped{fate, taken->why, std::string(code(taken->fate)) + ' ' + taken->number + taken->why};
}

}  // namespace

Result<void> Gateway::openText(Engine& engine, const std::filesystem::path& data,
                               const GatewaySettings::Texting& settings, Channel channel,
                               std::unique_ptr<TextIntake>& intake, std::unique_ptr<DropFolder>& folder) {
    if (settings.folder.empty()) return {};
    WL_TRY(intake, TextIntake::open(engine, data, settings, channel));
    WL_TRY(folder, DropFolder::start(settings.folder, {std::string(code(channel)), kLargestBody, false},
                                     [way = intake.get()](std::string_view bytes) { return way->take(bytes); }));
    m_addresses.emplace_back(code(channel), settings.folder.string());
    return {};
}

Result<std::unique_ptr<Gateway>> Gateway::start(Engine& engine, const std::filesystem::path& data,
                                                const GatewaySettings& settings) {
    std::unique_ptr<Gateway> out(new Gateway);
    if (!settings.mail.folder.empty()) {
        WL_TRY(out->m_mailIntake, MailIntake::open(engine, data, settings.mail));
        auto* intake = out->m_mailIntake.get();
        WL_TRY(out->m_mail,
               DropFolder::start(settings.mail.folder, {"mail", mail::Limits{}.bytes, true},
                                 [intake](std::string_view bytes) { return asDropped(intake->take(bytes)); }));
        out->m_addresses.emplace_back("mail", settings.mail.folder.string());
        if (!settings.mailIn.imap.url.empty()) {
            out->m_mailFetch =
                std::make_unique<MailFetch>(settings.mailIn.imap, std::chrono::seconds(settings.mailIn.pauseSeconds),
                                            data / "imap.note", *out->m_mail);
            out->m_addresses.emplace_back("mail_in", settings.mailIn.imap.url);
        }
    }
    WL_CHECK(out->openText(engine, data, settings.whatsApp, Channel::WhatsApp, out->m_whatsAppIntake, out->m_whatsApp));
    WL_CHECK(out->openText(engine, data, settings.sms, Channel::Sms, out->m_smsIntake, out->m_sms));
    WL_TRY(out->m_out, Outbound::start(engine, settings));
    if (out->m_out)
        for (auto& way : out->m_out->ways()) out->m_addresses.push_back(std::move(way));
    if (settings.web.listen.empty()) return out;
    WL_TRY(out->m_desk, CityDesk::open(engine, settings.open311));
    auto* self = out.get();
    auto serving = settings.web;
    if (settings.webForm.on) {
        WL_TRY(out->m_form, web::WebForm::open(engine, data, {settings.webForm.filingsAnHour}));
        serving.uploadRoot = "/report";
        serving.uploadLimit = std::max(serving.bodyLimit, web::kLargestUpload);
    }
    // Requests that come before all is made wait for it.
    std::promise<void> made;
    WL_TRY(out->m_http, http::Server::start(serving, [self, ready = made.get_future().share()](const auto& request) {
               ready.wait();
               return self->answer(request);
           }));
    const auto base = settings.web.publicUrl.empty() ? "http://" + out->m_http->address() : settings.web.publicUrl;
    if (settings.open311.on) {
        const auto& jurisdiction = engine.catalogue()->jurisdiction();
        out->m_open311 = std::make_unique<open311::GeoReport>(
            *out->m_desk, open311::Settings{settings.open311.keys, jurisdiction.code, settings.open311.contact,
                                            base + std::string(kRoot), isoInstant({engine.now().ms / 1000 * 1000}),
                                            settings.open311.production});
        out->m_addresses.emplace_back("open311", base + std::string(kRoot));
    }
    if (out->m_form) {
        out->m_addresses.emplace_back("report", base + "/report");
        out->m_addresses.emplace_back("status", base + "/status");
    }
    out->m_hooks = std::make_unique<Hooks>(settings.whatsApp, out->m_whatsApp.get(), settings.sms, out->m_sms.get());
    if (out->m_whatsApp && !settings.whatsApp.secret.empty())
        out->m_addresses.emplace_back("whatsapp_hook", base + "/hooks/whatsapp");
    if (out->m_sms && !settings.sms.secret.empty())
        out->m_addresses.emplace_back("sms_hook", base + "/hooks/sms/SECRET");
    made.set_value();
    return out;
}

http::Answer Gateway::answer(const http::Request& request) {
    const auto path = http::pathOf(request);
    if (m_open311) {
        if (path.starts_with(kRoot) && path.substr(kRoot.size()).starts_with('/'))
            return m_open311->answer(request, std::string_view(path).substr(kRoot.size()));
        if (path == "/open311/discovery.xml" || path == "/open311/discovery.json")
            return m_open311->answer(request, std::string_view(path).substr(8));
    }
    if (m_hooks && Hooks::serves(path)) return m_hooks->answer(request, path);
    if (m_form && web::WebForm::serves(path)) return m_form->answer(request, path);
    return {.status = 404, .body = "there is nothing here\n"};
}

}  // namespace wl::engine
