// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/settings.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

namespace wl::engine {
namespace json = boost::json;
namespace {

using Take = std::function<bool(const json::value&)>;
using Members = std::map<std::string, Take, std::less<>>;

Take text(std::string& out) {
    return [&out](const json::value& v) { return v.is_string() && (out = std::string(v.get_string()), true); };
}
Take flag(bool& out) {
    return [&out](const json::value& v) { return v.is_bool() && (out = v.get_bool(), true); };
}
template <class Number>
Take number(Number& out, std::int64_t least, std::int64_t most) {
    return [&out, least, most](const json::value& v) {
        return v.is_int64() && v.get_int64() >= least && v.get_int64() <= most &&
               (out = static_cast<Number>(v.get_int64()), true);
    };
}
Take texts(std::set<std::string>& out) {
    return [&out](const json::value& v) {
        const auto* list = v.if_array();
        for (const auto& one : list ? *list : json::array())
            if (!one.is_string() || one.get_string().empty()) return false;
            else out.emplace(one.get_string());
        return list != nullptr;
    };
}
Take form(std::map<std::string, std::string>& out) {
    return [&out](const json::value& v) {
        const auto* object = v.if_object();
        for (const auto& [key, value] : object ? *object : json::object())
            if (!value.is_string()) return false;
            else out[std::string(key)] = std::string(value.get_string());
        return object != nullptr;
    };
}
Take folder(std::filesystem::path& out, const std::filesystem::path& base) {
    return [&out, base](const json::value& v) {
        return v.is_string() && !v.get_string().empty() && (out = base / std::string(v.get_string()), true);
    };
}

Result<void> take(const json::value& value, const Members& members, const std::string& where) {
    const auto* object = value.if_object();
    if (!object) return fail(ErrorKind::Input, "gateway.member", where, "an object is expected");
    for (const auto& [key, member] : *object) {
        const auto at = members.find(std::string_view(key));
        const auto name = where.empty() ? std::string(key) : where + '.' + std::string(key);
        if (at == members.end()) return fail(ErrorKind::Input, "gateway.member", name, "there is no such member");
        if (!at->second(member))
            return fail(ErrorKind::Input, "gateway.member", name, "its value is not of the right kind");
    }
    return {};
}

}  // namespace

Result<GatewaySettings> readGatewaySettings(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    if (!in) return fail(ErrorKind::World, "gateway.file", {}, file.string());
    boost::system::error_code error;
    const auto document = json::parse(bytes.str(), error, {}, {.allow_comments = true, .allow_trailing_commas = true});
    if (error) return fail(ErrorKind::Input, "gateway.json", {}, file.string() + ": " + error.message());
    GatewaySettings s;
    const auto base = std::filesystem::absolute(file).parent_path();
    std::optional<Error> inner;
    const auto part = [&](const char* name, Members members) -> Take {
        return [&inner, name, members = std::move(members)](const json::value& v) {
            auto done = take(v, members, name);
            if (!done && !inner) inner = done.error();
            return true;
        };
    };
    WL_CHECK(take(document,
                  {{"web", part("web", {{"listen", text(s.web.listen)},
                                        {"public_url", text(s.web.publicUrl)},
                                        {"body_limit", number(s.web.bodyLimit, 1024, 64 << 20)},
                                        {"requests_a_minute", number(s.web.requestsAMinute, 1, 1'000'000)},
                                        {"seconds", number(s.web.seconds, 1, 600)},
                                        {"behind_proxy", flag(s.web.behindProxy)},
                                        {"connections", number(s.web.connections, 1, 10'000)}})},
                   {"web_form", part("web_form", {{"on", flag(s.webForm.on)},
                                                  {"filings_an_hour", number(s.webForm.filingsAnHour, 1, 1'000'000)}})},
                   {"open311", part("open311", {{"on", flag(s.open311.on)},
                                                {"keys", texts(s.open311.keys)},
                                                {"contact", text(s.open311.contact)},
                                                {"production", flag(s.open311.production)},
                                                {"publish_descriptions", flag(s.open311.publishDescriptions)}})},
                   {"mail", part("mail", {{"drop", folder(s.mail.folder, base)}, {"service", text(s.mail.service)}})},
                   {"mail_in", part("mail_in", {{"imap", text(s.mailIn.imap.url)},
                                                {"user", text(s.mailIn.imap.user)},
                                                {"password", text(s.mailIn.imap.password)},
                                                {"mailbox", text(s.mailIn.imap.mailbox)},
                                                {"done", text(s.mailIn.imap.done)},
                                                {"require_tls", flag(s.mailIn.imap.requireTls)},
                                                {"pause_seconds", number(s.mailIn.pauseSeconds, 1, 3600)}})},
                   {"whatsapp", part("whatsapp", {{"drop", folder(s.whatsApp.folder, base)},
                                                  {"app_secret", text(s.whatsApp.secret)},
                                                  {"verify_token", text(s.whatsApp.verifyToken)},
                                                  {"media_url", text(s.whatsApp.mediaBase)},
                                                  {"token", text(s.whatsApp.token)},
                                                  {"service", text(s.whatsApp.service)}})},
                   {"sms", part("sms", {{"drop", folder(s.sms.folder, base)},
                                        {"secret", text(s.sms.secret)},
                                        {"media_url", text(s.sms.mediaBase)},
                                        {"token", text(s.sms.token)},
                                        {"service", text(s.sms.service)}})},
                   {"mail_out", part("mail_out", {{"smtp", text(s.out.smtp.url)},
                                                  {"user", text(s.out.smtp.user)},
                                                  {"password", text(s.out.smtp.password)},
                                                  {"require_tls", flag(s.out.smtp.requireTls)},
                                                  {"pickup", folder(s.out.pickup, base)},
                                                  {"from", text(s.out.from)},
                                                  {"from_name", text(s.out.fromName)},
                                                  {"bounce", text(s.out.bounce)},
                                                  {"unsubscribe", text(s.out.unsubscribe)}})},
                   {"whatsapp_out", part("whatsapp_out", {{"url", text(s.out.whatsApp.url)},
                                                          {"token", text(s.out.whatsApp.token)},
                                                          {"template", text(s.out.whatsAppTemplate)}})},
                   {"sms_out", part("sms_out", {{"url", text(s.out.sms.url)},
                                                {"token", text(s.out.sms.token)},
                                                {"form", form(s.out.sms.form)},
                                                {"id_member", text(s.out.sms.idMember)}})}},
                  {}));
    if (inner) return std::unexpected(*inner);
    if (s.open311.on && s.web.listen.empty())
        return fail(ErrorKind::Input, "gateway.member", "web.listen", "open311 needs an address to listen at");
    if (!s.mailIn.imap.url.empty() && s.mail.folder.empty())
        return fail(ErrorKind::Input, "gateway.member", "mail.drop",
                    "mail_in needs the folder that mail is taken from");
    for (const auto& [name, way] : {std::pair("whatsapp", &s.whatsApp), std::pair("sms", &s.sms)})
        if (!way->secret.empty() && way->folder.empty())
            return fail(ErrorKind::Input, "gateway.member", std::string(name) + ".drop",
                        "a webhook needs a folder that it writes into");
    if (s.webForm.on && s.web.listen.empty())
        return fail(ErrorKind::Input, "gateway.member", "web.listen", "web_form needs an address to listen at");
    return s;
}

GatewaySettings demoGatewaySettings(const std::filesystem::path& data) {
    GatewaySettings s;
    s.web.listen = "127.0.0.1:0";
    s.open311 = {.on = true,
                 .keys = {"demo"},
                 .contact = "the desk of the demo city",
                 .production = false,
                 .publishDescriptions = false};
    s.webForm.on = true;
    s.mail.folder = data / "mail-drop";
    s.whatsApp = {.folder = data / "whatsapp-drop",
                  .secret = "demo-secret",
                  .verifyToken = "demo-token",
                  .mediaBase = {},
                  .token = {},
                  .service = {}};
    s.sms = {.folder = data / "sms-drop",
             .secret = "demo-secret",
             .verifyToken = {},
             .mediaBase = {},
             .token = {},
             .service = {}};
    s.out.pickup = data / "mail-out";
    s.out.from = "desk@port-linden.example";
    return s;
}

}  // namespace wl::engine
