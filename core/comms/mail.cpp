// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/mail.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace wl::comms {
namespace {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

void initialise() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

// An address goes into headers and into the SMTP dialogue.
bool isAddress(std::string_view address) {
    const auto at = address.rfind('@');
    return at != std::string_view::npos && at > 0 && at + 1 < address.size() && address.size() <= 320 &&
           std::ranges::none_of(address, [](unsigned char c) {
               return c <= ' ' || c == 127 || c == '<' || c == '>' || c == '"' || c == ',' || c == ';';
           });
}

std::string oneLine(std::string text) {
    std::ranges::replace_if(text, [](unsigned char c) { return c < ' ' || c == 127; }, ' ');
    return text;
}

std::string htmlOf(const OutgoingMail& mail) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + mail.language + "\"" +
                      (mail.language.starts_with("ar") ? " dir=\"rtl\"" : "") +
                      "><head><meta charset=\"utf-8\"></head>\n<body><p>";
    for (std::size_t i = 0; i < mail.body.size(); ++i) {
        const char c = mail.body[i];
        if (c == '\n' && mail.body.compare(i, 2, "\n\n") == 0) {
            out += "</p>\n<p>";
            ++i;
        } else if (c == '\n') out += "<br>\n";
        else if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out + "</p></body></html>\n";
}

Owned<GMimeTextPart> textPart(const char* subtype, const std::string& text) {
    Owned<GMimeTextPart> part(g_mime_text_part_new_with_subtype(subtype));
    g_mime_text_part_set_charset(part.get(), "utf-8");
    g_mime_text_part_set_text(part.get(), text.c_str());
    g_mime_part_set_content_encoding(GMIME_PART(part.get()), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

void address(GMimeMessage* message, GMimeAddressType type, const std::string& name, const std::string& mailbox) {
    const auto shown = oneLine(name);
    g_mime_message_add_mailbox(message, type, shown.empty() ? nullptr : shown.c_str(), mailbox.c_str());
}

}  // namespace

Result<std::string> writeMail(const OutgoingMail& mail) {
    initialise();
    for (const auto* given : {&mail.fromAddress, &mail.toAddress})
        if (!isAddress(*given)) return fail(ErrorKind::Input, "mail.address", "address", *given);
    const Owned<GMimeMessage> message(g_mime_message_new(FALSE));
    auto* m = message.get();
    address(m, GMIME_ADDRESS_TYPE_FROM, mail.fromName, mail.fromAddress);
    address(m, GMIME_ADDRESS_TYPE_TO, mail.toName, mail.toAddress);
    if (!mail.replyTo.empty() && isAddress(mail.replyTo)) address(m, GMIME_ADDRESS_TYPE_REPLY_TO, {}, mail.replyTo);
    g_mime_message_set_subject(m, oneLine(mail.subject).c_str(), "utf-8");
    const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> date(
        g_date_time_new_from_unix_utc(mail.date.ms / 1000), g_date_time_unref);
    g_mime_message_set_date(m, date.get());
    g_mime_message_set_message_id(m, mail.messageId.c_str());
    const auto header = [&](const char* name, const std::string& value) {
        if (!value.empty()) g_mime_object_set_header(GMIME_OBJECT(m), name, oneLine(value).c_str(), "utf-8");
    };
    const auto bracketed = [](const std::string& id) {
        return id.empty() || id.starts_with('<') ? id : '<' + id + '>';  // some channels keep them
    };
    header("In-Reply-To", bracketed(mail.inReplyTo));
    std::string references;
    for (const auto& id : mail.references) references += (references.empty() ? "" : " ") + bracketed(id);
    header("References", references);
    header("Content-Language", mail.language);
    header("X-Wardline-Origin", mail.loopMark);
    if (mail.automatic) {
        header("Auto-Submitted", "auto-generated");
        header("X-Auto-Response-Suppress", "All");
    }
    if (!mail.unsubscribe.empty()) {
        header("List-Unsubscribe", '<' + mail.unsubscribe + '>');
        if (mail.unsubscribe.starts_with("https:")) header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    const Owned<GMimeMultipart> both(g_mime_multipart_new_with_subtype("alternative"));
    g_mime_multipart_add(both.get(), GMIME_OBJECT(textPart("plain", mail.body).get()));
    g_mime_multipart_add(both.get(), GMIME_OBJECT(textPart("html", htmlOf(mail)).get()));
    // The same bytes at every attempt.
    g_mime_multipart_set_boundary(both.get(), ("wl-" + mail.messageId.substr(0, mail.messageId.find('@'))).c_str());
    g_mime_message_set_mime_part(m, GMIME_OBJECT(both.get()));

    const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> format(g_mime_format_options_new(),
                                                                                            g_mime_format_options_free);
    g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
    const std::unique_ptr<char, decltype(&g_free)> text(g_mime_object_to_string(GMIME_OBJECT(m), format.get()), g_free);
    return std::string(text.get());
}

std::string bounceAddress(std::string_view base, std::string_view messageHex) {
    const auto at = base.rfind('@');
    if (at == std::string_view::npos) return std::string(base);
    return std::string(base.substr(0, at)) + "+" + std::string(messageHex) + std::string(base.substr(at));
}

std::string messageOfBounceAddress(std::string_view address) {
    const auto plus = address.find('+'), at = address.rfind('@');
    if (plus == std::string_view::npos || at == std::string_view::npos || at != plus + 33) return {};
    const auto hex = address.substr(plus + 1, 32);
    const bool all = std::ranges::all_of(hex, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return all ? std::string(hex) : std::string();
}

}  // namespace wl::comms
