// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/gateway.hpp"

#include <algorithm>
#include <future>

#include "domain/time_zone.hpp"

namespace wl::engine {
namespace {

constexpr std::string_view kRoot = "/open311/v2";

}  // namespace

Result<std::unique_ptr<Gateway>> Gateway::start(Engine& engine, const std::filesystem::path& data,
                                                const GatewaySettings& settings) {
    std::unique_ptr<Gateway> out(new Gateway);
    if (!settings.mail.folder.empty()) {
        WL_TRY(auto intake, MailIntake::open(engine, data, settings.mail));
        WL_TRY(out->m_mail, MailDrop::start(std::move(intake), settings.mail.folder));
        out->m_addresses.emplace_back("mail", settings.mail.folder.string());
    }
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
    if (m_form && web::WebForm::serves(path)) return m_form->answer(request, path);
    return {.status = 404, .body = "there is nothing here\n"};
}

}  // namespace wl::engine
