// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "channels/http/http.hpp"
#include "channels/texting/texting.hpp"
#include "domain/crypto.hpp"
#include "domain/sha256.hpp"

namespace wl::texting {

bool isSigned(std::string_view header, std::string_view body, std::string_view secret) {
    if (secret.empty() || !header.starts_with("sha256=")) return false;
    std::string given(header.substr(7));
    std::ranges::transform(given, given.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c; });
    const auto right = hmacSha256Hex(secret, body);
    return given.size() == right.size() && sameBytes(given, right);
}

Result<Delivery> readSms(std::string_view body) {
    const auto form = http::parseForm(body);
    const auto value = [&](std::string_view name) { return std::string(http::valueOf(form, name).substr(0, 4000)); };
    auto id = value("MessageSid");
    if (id.empty()) id = value("SmsSid");
    if (id.empty()) return fail(ErrorKind::Input, "texting.body", "MessageSid", "there is none");
    Delivery out;
    if (const auto state = value("MessageStatus"); !state.empty()) {
        Status s{Channel::Sms, id, {}, {}, value("ErrorCode")};
        if (state == "sent") s.to = MessageState::Sent;
        else if (state == "delivered") s.to = MessageState::Delivered;
        else if (state == "read") s.to = MessageState::Read;
        else if (state == "failed" || state == "undelivered") s.to = MessageState::Failed;
        else return out;  // accepted, queued, sending: nothing new
        out.statuses.push_back(std::move(s));
        return out;
    }
    Text text;
    text.channel = Channel::Sms;
    text.id = id.substr(0, 900);
    text.from = value("From").substr(0, 60);
    if (text.from.empty()) return fail(ErrorKind::Input, "texting.body", "From", "there is none");
    text.body = value("Body");
    const auto count = value("NumMedia");
    for (char n = '0'; count.size() == 1 && n < count[0] && n <= '9'; ++n) {
        Media media;
        media.url = value(std::string("MediaUrl") + n);
        media.type = value(std::string("MediaContentType") + n);
        if (!media.url.empty()) text.media.push_back(std::move(media));
    }
    out.texts.push_back(std::move(text));
    return out;
}

}  // namespace wl::texting
