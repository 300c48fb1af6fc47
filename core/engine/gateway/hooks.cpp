// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/hooks.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "channels/texting/texting.hpp"
#include "domain/ids.hpp"
#include "domain/sha256.hpp"

namespace wl::engine {
namespace {

// The secret of a path or a query, in time that does not depend on where it differs.
bool sameSecret(std::string_view given, const std::string& secret) {
    return !secret.empty() && sameBytes(sha256Hex(given), sha256Hex(secret));
}

}  // namespace

Hooks::Hooks(GatewaySettings::Texting whatsApp, DropFolder* whatsAppFolder, GatewaySettings::Texting sms,
             DropFolder* smsFolder)
    : m_whatsApp(std::move(whatsApp)), m_sms(std::move(sms)), m_whatsAppFolder(whatsAppFolder), m_smsFolder(smsFolder),
      m_run(toHex(wl::view(randomBytes<std::array<std::uint8_t, 6>>(m_rng)))) {}

http::Answer Hooks::answer(const http::Request& request, std::string_view path) {
    if (path == "/hooks/whatsapp" && m_whatsAppFolder != nullptr && !m_whatsApp.secret.empty()) {
        if (request.method == "GET") return verify(request);
        if (request.method != "POST") return {.status = 405, .body = "GET or POST\n"};
        const auto signature = request.headers.find("x-hub-signature-256");
        if (signature == request.headers.end() ||
            !texting::isSigned(signature->second, request.body, m_whatsApp.secret)) {
            spdlog::warn("whatsapp: a body from {} is not signed with our secret", request.peer);
            return {.status = 401, .body = "the signature is not right\n"};
        }
        return keep(*m_whatsAppFolder, request);
    }
    constexpr std::string_view kSms = "/hooks/sms/";
    if (path.starts_with(kSms) && m_smsFolder != nullptr && !m_sms.secret.empty()) {
        if (!sameSecret(path.substr(kSms.size()), m_sms.secret)) {
            spdlog::warn("sms: a call from {} does not know our secret", request.peer);
            return {.status = 401, .body = "the secret is not right\n"};
        }
        if (request.method != "POST") return {.status = 405, .body = "POST\n"};
        return keep(*m_smsFolder, request);
    }
    return {.status = 404, .body = "there is nothing here\n"};
}

http::Answer Hooks::verify(const http::Request& request) const {
    const auto given = http::parametersOf(request);
    if (http::valueOf(given, "hub.mode") != "subscribe" ||
        !sameSecret(http::valueOf(given, "hub.verify_token"), m_whatsApp.verifyToken))
        return {.status = 403, .body = "the token is not right\n"};
    return {.status = 200, .body = std::string(http::valueOf(given, "hub.challenge").substr(0, 200))};
}

http::Answer Hooks::keep(DropFolder& folder, const http::Request& request) {
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    auto count = std::to_string(m_count++);
    count.insert(0, 12 - std::min<std::size_t>(12, count.size()), '0');
    const auto file = folder.folder() / "new" / (std::to_string(now.count()) + '-' + count + '-' + m_run);
    // In order of arrival, whole or not at all.
    if (const auto kept = store::diskOf(file).replace(file, request.body); !kept) {
        spdlog::error("a message cannot be kept in {}: {}", file.string(), kept.error().detail);
        return {.status = 503, .body = "not now\n", .headers = {{"Retry-After", "30"}}};
    }
    folder.look();
    return {.status = 200, .body = "kept\n"};
}

}  // namespace wl::engine
