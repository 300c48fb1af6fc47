// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/mail/mime.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "channels/mail/charsets.hpp"
#include "channels/mail/flowed.hpp"
#include "channels/mail/html_text.hpp"
#include "domain/attached_file.hpp"

namespace wl::mail::mime {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}
std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    return from == std::string_view::npos ? std::string()
                                          : std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}
bool isBlank(std::string_view text) { return trimmed(text).empty(); }
// Text of GMime: UTF-8 if the mail's header was sound, else whatever stood there.
std::string text(const char* given) { return given ? toUtf8(given, {}) : std::string(); }
std::string oneLine(std::string given) {
    std::erase(given, '\r');
    std::ranges::replace(given, '\n', ' ');
    return trimmed(given);
}

GMimeParserOptions* options() {
    static GMimeParserOptions* made = [] {
        g_mime_init();
        auto* o = g_mime_parser_options_new();
        g_mime_parser_options_set_address_compliance_mode(o, GMIME_RFC_COMPLIANCE_LOOSE);
        g_mime_parser_options_set_parameter_compliance_mode(o, GMIME_RFC_COMPLIANCE_LOOSE);
        g_mime_parser_options_set_rfc2047_compliance_mode(o, GMIME_RFC_COMPLIANCE_LOOSE);
        g_mime_parser_options_set_allow_addresses_without_domain(o, TRUE);
        const char* charsets[] = {"utf-8", "windows-1252", nullptr};
        g_mime_parser_options_set_fallback_charsets(o, charsets);
        return o;
    }();
    return made;
}

std::string bytesOf(GMimeStream* stream) {
    auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return array ? std::string(reinterpret_cast<const char*>(array->data), array->len) : std::string();
}
std::string written(GMimeObject* object) {
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(object, nullptr, stream.get());
    return bytesOf(stream.get());
}
std::string content(GMimePart* part) {
    auto* wrapper = g_mime_part_get_content(part);
    if (!wrapper) return {};
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
    return bytesOf(stream.get());
}
std::string header(GMimeObject* object, const char* name) { return text(g_mime_object_get_header(object, name)); }

// Content-Transfer-Encoding as it was meant: unknown names with a known one inside.
void mendEncoding(GMimePart* part) {
    const auto said = lower(header(GMIME_OBJECT(part), "Content-Transfer-Encoding"));
    if (g_mime_part_get_content_encoding(part) != GMIME_CONTENT_ENCODING_DEFAULT || said.empty()) return;
    const auto meant = said.contains("quoted")     ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                       : said.contains("base64")   ? GMIME_CONTENT_ENCODING_BASE64
                       : said.contains("uuencode") ? GMIME_CONTENT_ENCODING_UUENCODE
                                                   : GMIME_CONTENT_ENCODING_DEFAULT;
    if (meant == GMIME_CONTENT_ENCODING_DEFAULT) return;
    if (auto* wrapper = g_mime_part_get_content(part)) g_mime_data_wrapper_set_encoding(wrapper, meant);
}

// The text to read, and where it came from.
struct Reading {
    std::string text;
    bool html{};
};

class Walk {
public:
    Walk(Message& message, const Limits& limits) : m_message(message), m_limits(limits) {}
    Reading object(GMimeObject* o, std::size_t depth, bool alone) {
        if (!o || depth > m_limits.depth || ++m_parts > m_limits.parts) {
            if (o) ++m_message.leftOut;
            return {};
        }
        if (GMIME_IS_MULTIPART(o)) return multipart(GMIME_MULTIPART(o), depth);
        if (GMIME_IS_MESSAGE_PART(o)) return attachedMessage(GMIME_MESSAGE_PART(o)), Reading{};
        if (GMIME_IS_PART(o)) return leaf(GMIME_PART(o), alone);
        return {};
    }

private:
    Reading multipart(GMimeMultipart* parts, std::size_t depth) {
        auto* type = g_mime_object_get_content_type(GMIME_OBJECT(parts));
        const bool alternative = g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
        Reading out;
        const int count = g_mime_multipart_get_count(parts);
        for (int i = 0; i < count; ++i) {
            auto one = object(g_mime_multipart_get_part(parts, i), depth + 1, false);
            if (isBlank(one.text)) continue;
            if (isBlank(out.text)) {
                out = std::move(one);
            } else if (!alternative) {
                if (out.text.size() + one.text.size() <= m_limits.text) out.text += '\n' + one.text;
            } else if (out.html && !one.html) {
                out = std::move(one);
            }
        }
        if (isBlank(out.text) && count == 0) out.text = text(g_mime_multipart_get_prologue(parts));
        return out;
    }

    Reading leaf(GMimePart* part, bool alone) {
        auto* object = GMIME_OBJECT(part);
        mendEncoding(part);
        auto* type = g_mime_object_get_content_type(object);
        auto media = lower(text(g_mime_content_type_get_media_type(type)));
        auto sub = lower(text(g_mime_content_type_get_media_subtype(type)));
        const auto declared = lower(header(object, "Content-Type"));
        if (declared.starts_with("text") && media != "text") media = "text", sub = "plain";  // "text", "text/"
        if (declared.empty()) media = "text", sub = "plain";
        auto bytes = content(part);
        const char* given = g_mime_part_get_filename(part);
        auto name = given ? text(given) : trimmed(header(object, "Content-Location"));
        const char* disposition = g_mime_object_get_disposition(object);
        const bool attached = disposition && lower(disposition) == "attachment";
        const bool readable = media == "text" && (sub == "plain" || sub == "html" || sub.empty());
        if (readable && !attached && (!given || alone)) return reading(object, std::move(bytes), sub == "html");
        if (media == "message" && sub == "delivery-status") deliveryStatus(bytes);
        if (media == "text" && sub == "rfc822-headers") returnedHeaders(bytes);
        if (bytes.empty() && !given && !attached) return {};
        if (name.empty()) name = defaultName(media, sub);
        File file{safeFileName(name), media + '/' + sub, std::move(bytes), text(g_mime_object_get_content_id(object)),
                  !attached};
        m_message.files.push_back(std::move(file));
        return {};
    }

    Reading reading(GMimeObject* object, std::string bytes, bool html) {
        const char* charset = g_mime_object_get_content_type_parameter(object, "charset");
        if (bytes.size() > 4 * m_limits.text && !html) bytes.resize(4 * m_limits.text), ++m_message.leftOut;
        auto read = toUtf8(bytes, charset ? charset : "");
        std::erase(read, '\0');
        if (html) return {textOfHtml(read, m_limits.text), true};
        std::erase(read, '\r');
        read = withoutUuencoded(read, m_message.files);
        const char* format = g_mime_object_get_content_type_parameter(object, "format");
        const char* space = g_mime_object_get_content_type_parameter(object, "delsp");
        if (format && lower(format) == "flowed") read = unflowed(read, space && lower(space) == "yes");
        if (read.size() > m_limits.text) {
            auto cut = m_limits.text;
            while (cut > 0 && (static_cast<unsigned char>(read[cut]) & 0xc0U) == 0x80U) --cut;
            read.resize(cut);
            ++m_message.leftOut;
        }
        return {std::move(read), false};
    }

    void attachedMessage(GMimeMessagePart* part) {
        auto* inner = g_mime_message_part_get_message(part);
        if (!inner) return;
        if (const char* id = g_mime_message_get_message_id(inner)) m_message.returned.push_back(text(id));
        const char* given = g_mime_object_get_content_disposition_parameter(GMIME_OBJECT(part), "filename");
        if (!given) given = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "name");
        auto name = given ? text(given) : text(g_mime_message_get_subject(inner));
        if (isBlank(name)) name = "message";
        if (!name.ends_with(".eml")) name += ".eml";
        m_message.files.push_back({safeFileName(name), "message/rfc822", written(GMIME_OBJECT(inner)), {}, false});
    }

    static std::string defaultName(const std::string& media, const std::string& sub) {
        if (media == "image") return "image." + (sub == "jpeg" ? "jpg" : sub);
        if (media == "text")
            return sub == "calendar" ? "calendar.ics" : sub.contains("vcard") ? "card.vcf" : sub + ".txt";
        if (sub == "delivery-status") return "delivery-status.txt";
        if (sub == "pgp-signature") return "signature.asc";
        return "file";
    }

    // RFC 3464: fields of the mail, then groups of fields, one a recipient.
    void deliveryStatus(std::string_view fields) {
        std::string recipient;
        bool failed = false;
        const auto finish = [&] {
            if (failed && !recipient.empty()) m_message.failedRecipients.push_back(recipient);
            recipient.clear();
            failed = false;
        };
        while (!fields.empty()) {
            const auto end = std::min(fields.find('\n'), fields.size());
            const auto line = trimmed(fields.substr(0, end));
            fields.remove_prefix(std::min(end + 1, fields.size()));
            const auto small = lower(line);
            if (line.empty()) finish();
            if (small.starts_with("final-recipient:") ||
                (recipient.empty() && small.starts_with("original-recipient:")))
                recipient = trimmed(line.substr(line.find(line.contains(';') ? ';' : ':') + 1));
            if (small.starts_with("action:")) failed = small.contains("failed");
        }
        finish();
    }
    void returnedHeaders(std::string_view headers) {
        const auto small = lower(headers);
        const auto at = small.find("message-id:");
        if (at == std::string::npos) return;
        auto id = headers.substr(at + 11);
        const auto open = id.find('<'), close = id.find('>');
        if (open < close && close != std::string_view::npos)
            m_message.returned.emplace_back(id.substr(open + 1, close - open - 1));
    }

    Message& m_message;
    const Limits& m_limits;
    std::size_t m_parts{};
};

void collect(InternetAddressList* list, std::vector<Address>& out, int depth = 0) {
    const int count = list && depth < 4 ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count && out.size() < 1000; ++i) {
        auto* one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(one)) {
            collect(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), out, depth + 1);
        } else if (INTERNET_ADDRESS_IS_MAILBOX(one)) {
            out.push_back({oneLine(text(internet_address_get_name(one))),
                           oneLine(text(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))))});
        }
    }
}

std::string withoutBrackets(std::string_view id) {
    const auto open = id.find('<');
    if (open != std::string_view::npos) id.remove_prefix(open + 1);
    return trimmed(id.substr(0, id.find('>')));
}

void readAddresses(Message& m, GMimeMessage* message, const Headers& headers) {
    std::vector<Address> from;
    collect(g_mime_message_get_from(message), from);
    const auto at = std::ranges::find_if(from, [](const Address& a) { return a.address.contains('@'); });
    if (at != from.end()) m.from = *at;
    for (const auto* name : {"From", "Sender", "Reply-To", "Return-Path"})
        if (!m.from.address.contains('@') && !headers.get(name).empty()) {
            auto found = salvaged(headers.get(name));
            if (found.address.contains('@') || m.from.address.empty()) m.from = std::move(found);
        }
    collect(g_mime_message_get_to(message), m.to);
    collect(g_mime_message_get_cc(message), m.cc);
    collect(g_mime_message_get_reply_to(message), m.replyTo);
    if (m.to.empty() && !isBlank(headers.get("To")) && !headers.get("To").contains(":;") &&
        headers.get("To").contains('@'))
        m.to.push_back(salvaged(headers.get("To")));
}

// The header as the rules want it, where that changes nothing that was meant: raw bytes of any charset as UTF-8, no
// blanks before a colon, of several Content-Types the first.
std::string mended(std::string_view bytes) {
    const auto lf = bytes.find("\n\n"), crlf = bytes.find("\n\r\n");
    const auto end = std::min({lf, crlf, bytes.size()});
    const auto head = toUtf8(bytes.substr(0, end), {});
    std::string out;
    bool typed = false, skips = false;
    for (std::size_t at = 0; at < head.size();) {
        const auto stop = std::min(head.find('\n', at), head.size());
        const std::string_view line(head.data() + at, stop - at);
        at = stop + 1;
        const auto colon = line.find(':');
        const bool folded = line.starts_with(' ') || line.starts_with('\t');
        if (!folded) {
            auto name = colon == std::string_view::npos ? std::string_view() : line.substr(0, colon);
            while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
            const bool type = lower(name) == "content-type";
            skips = type && typed;
            typed = typed || type;
            if (!skips && !name.empty() && !name.contains(' ')) {
                out.append(name).append(line.substr(colon)).push_back('\n');
                continue;
            }
        }
        if (!skips) out.append(line).push_back('\n');
    }
    if (end < bytes.size()) out.append(bytes.substr(end + 1));
    return out;
}

// Comments and blanks inside a time, as old programs wrote them: "09(comment):   55  :  06".
Instant dateOf(const std::string& written) {
    std::string plain;
    int depth = 0;
    for (const char c : written) {
        if (c == '(') ++depth;
        if (depth == 0 && (c != ' ' || !plain.ends_with(':'))) {
            while (c == ':' && plain.ends_with(' ')) plain.pop_back();
            plain += c;
        }
        if (c == ')' && depth > 0) --depth;
    }
    auto* date = g_mime_utils_header_decode_date(plain.c_str());
    if (!date) return {};
    const Instant out{g_date_time_to_unix(date) * 1000};
    g_date_time_unref(date);
    return out;
}

}  // namespace

void Headers::add(std::string name, std::string value) { m_values.try_emplace(lower(name), std::move(value)); }

const std::string& Headers::get(std::string_view name) const {
    static const std::string none;
    const auto at = m_values.find(lower(name));
    return at == m_values.end() ? none : at->second;
}

Address salvaged(std::string_view raw) {
    Address out;
    const auto open = raw.rfind('<'), close = raw.find('>', open == std::string_view::npos ? 0 : open);
    if (open != std::string_view::npos && raw.substr(open + 1, close - open - 1).contains('@')) {
        out.address = trimmed(raw.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
        out.name = trimmed(raw.substr(0, open));
        std::erase(out.name, '"');
        return out;
    }
    const auto at = raw.find('@');
    if (at == std::string_view::npos) {
        out.address = trimmed(raw);
        return out;
    }
    static constexpr std::string_view kStops = " \t\r\n<>()[],;:\"";
    const auto from = raw.substr(0, at).find_last_of(kStops);
    const auto begin = from == std::string_view::npos ? 0 : from + 1;
    out.address = std::string(raw.substr(begin, std::min(raw.find_first_of(kStops, at), raw.size()) - begin));
    out.name = trimmed(raw.substr(0, begin));
    std::erase_if(out.name, [](char c) { return c == '"' || c == '<' || c == '(' || c == '['; });
    return out;
}

Headers readInto(Message& m, std::string_view bytes, const Limits& limits) {
    auto* parse = options();
    if (bytes.starts_with("From ") || bytes.starts_with(">From "))  // a mailbox file's separator
        bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size() - 1) + 1);
    const auto sound = mended(bytes);
    bytes = sound;
    Headers headers;
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), parse));
    if (!message) {
        m.text = toUtf8(bytes.substr(0, limits.text), {});
        return headers;
    }
    auto* object = GMIME_OBJECT(message.get());
    auto* body = g_mime_message_get_mime_part(message.get());
    for (auto* list : {g_mime_object_get_header_list(object), body ? g_mime_object_get_header_list(body) : nullptr}) {
        const int count = list ? std::min(g_mime_header_list_get_count(list), 2000) : 0;
        for (int i = 0; i < count; ++i) {
            auto* one = g_mime_header_list_get_header_at(list, i);
            headers.add(text(g_mime_header_get_name(one)), oneLine(text(g_mime_header_get_value(one))));
        }
    }
    readAddresses(m, message.get(), headers);
    m.subject = oneLine(text(g_mime_message_get_subject(message.get())));
    m.date = dateOf(headers.get("Date"));
    m.messageId = text(g_mime_message_get_message_id(message.get()));
    if (m.messageId.empty()) m.messageId = withoutBrackets(headers.get("Message-ID"));
    m.inReplyTo = withoutBrackets(headers.get("In-Reply-To"));
    m.language = headers.get("Content-Language");
    m.autoLoop = headers.get("X-Wardline-Origin");
    if (auto* ids = g_mime_references_parse(parse, headers.get("References").c_str())) {
        for (int i = 0; i < g_mime_references_length(ids) && i < 200; ++i)
            if (const char* id = g_mime_references_get_message_id(ids, i)) m.references.push_back(text(id));
        g_mime_references_free(ids);
    }
    m.text = Walk(m, limits).object(body, 0, true).text;
    return headers;
}

}  // namespace wl::mail::mime
