// SPDX-License-Identifier: GPL-3.0-or-later
// WhatsApp's Cloud API: entry × changes × (messages | statuses).
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "channels/texting/texting.hpp"

namespace wl::texting {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostTexts = 2000;
constexpr std::size_t kLongestBody = 16'000;

const json::object& objectIn(const json::object& o, std::string_view name) {
    static const json::object none;
    const auto* v = o.if_contains(name);
    const auto* found = v ? v->if_object() : nullptr;
    return found ? *found : none;
}
const json::array& arrayIn(const json::object& o, std::string_view name) {
    static const json::array none;
    const auto* v = o.if_contains(name);
    const auto* found = v ? v->if_array() : nullptr;
    return found ? *found : none;
}
std::string textIn(const json::object& o, std::string_view name, std::size_t longest = 900) {
    const auto* v = o.if_contains(name);
    if (v == nullptr) return {};
    if (v->is_int64()) return std::to_string(v->get_int64());
    if (!v->is_string()) return {};
    std::string out(v->get_string());
    if (out.size() <= longest) return out;
    while (longest > 0 && (static_cast<unsigned char>(out[longest]) & 0xc0U) == 0x80U) --longest;
    out.resize(longest);
    return out;
}
std::optional<double> numberIn(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    if (v == nullptr || !v->is_number()) return std::nullopt;
    const auto out = v->to_number<double>();
    return std::isfinite(out) ? std::optional(out) : std::nullopt;
}

Instant instantOf(const std::string& seconds) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), out);
    if (error != std::errc{} || end != seconds.data() + seconds.size() || out < 0 || out > 253'402'300'799) return {};
    return {out * 1000};
}

void add(std::string& body, std::string_view more) {
    if (more.empty()) return;
    if (!body.empty()) body += '\n';
    body += more;
}

void takeLocation(const json::object& place, Text& t) {
    const auto lat = numberIn(place, "latitude"), lon = numberIn(place, "longitude");
    if (lat && lon && std::abs(*lat) <= 90 && std::abs(*lon) <= 180) t.position = GeoPoint::of(*lat, *lon);
    add(t.body, textIn(place, "name"));
    add(t.body, textIn(place, "address"));
    if (t.body.empty() && t.position)
        t.body = std::to_string(t.position->lat()) + ", " + std::to_string(t.position->lon());
}

void takeContacts(const json::array& contacts, Text& t) {
    for (const auto& one : contacts) {
        const auto* contact = one.if_object();
        if (contact == nullptr || t.body.size() > kLongestBody) continue;
        auto line = textIn(objectIn(*contact, "name"), "formatted_name");
        for (const auto& number : arrayIn(*contact, "phones"))
            if (const auto* phone = number.if_object()) line += ' ' + textIn(*phone, "phone", 60);
        add(t.body, line);
    }
}

void takeInteractive(const json::object& answer, Text& t) {
    for (const auto* kind : {"button_reply", "list_reply"}) {
        const auto& reply = objectIn(answer, kind);
        add(t.body, textIn(reply, "title"));
        add(t.body, textIn(reply, "description"));
    }
    add(t.body, textIn(objectIn(answer, "nfm_reply"), "body"));
}

bool take(const json::object& m, Text& t) {
    t.channel = Channel::WhatsApp;
    t.id = textIn(m, "id");
    t.from = textIn(m, "from", 30);
    if (t.id.empty() || t.from.empty()) return false;
    if (!t.from.starts_with('+')) t.from.insert(0, 1, '+');
    t.at = instantOf(textIn(m, "timestamp", 20));
    t.repliesTo = textIn(objectIn(m, "context"), "id");
    const auto type = textIn(m, "type", 40);
    if (type == "text") {
        t.body = textIn(objectIn(m, "text"), "body", kLongestBody);
    } else if (type == "image" || type == "audio" || type == "video" || type == "document" || type == "sticker") {
        const auto& file = objectIn(m, type);
        t.body = textIn(file, "caption", kLongestBody);
        Media media{textIn(file, "id", 200),
                    {},
                    textIn(file, "mime_type", 100),
                    textIn(file, "sha256", 100),
                    textIn(file, "filename", 200)};
        if (media.name.empty()) media.name = type;
        if (!media.id.empty()) t.media.push_back(std::move(media));
    } else if (type == "location") {
        takeLocation(objectIn(m, "location"), t);
    } else if (type == "contacts") {
        takeContacts(arrayIn(m, "contacts"), t);
    } else if (type == "button") {
        t.body = textIn(objectIn(m, "button"), "text", kLongestBody);
    } else if (type == "interactive") {
        takeInteractive(objectIn(m, "interactive"), t);
    } else if (type == "reaction") {
        const auto& sign = objectIn(m, "reaction");
        t.repliesTo = textIn(sign, "message_id");
        t.body = textIn(sign, "emoji", 60);
        t.reaction = true;
    } else if (type == "order" || type == "system") {
        t.body = textIn(objectIn(m, type), type == "order" ? "text" : "body", kLongestBody);
    }
    // What it says of itself stands where nothing can be shown.
    if (t.body.empty() && t.media.empty()) {
        t.body = '[' + (type.empty() ? std::string("unsupported") : type) + ']';
        for (const auto& one : arrayIn(m, "errors"))
            if (const auto* error = one.if_object()) add(t.body, textIn(*error, "title"));
    }
    return true;
}

bool take(const json::object& s, Status& out) {
    out.channel = Channel::WhatsApp;
    out.id = textIn(s, "id");
    out.ours = textIn(s, "biz_opaque_callback_data", 100);
    const auto state = textIn(s, "status", 20);
    if (state == "sent") out.to = MessageState::Sent;
    else if (state == "delivered") out.to = MessageState::Delivered;
    else if (state == "read") out.to = MessageState::Read;
    else if (state == "failed") out.to = MessageState::Failed;
    else return false;
    for (const auto& one : arrayIn(s, "errors"))
        if (const auto* error = one.if_object()) {
            auto line = textIn(*error, "code", 20) + ' ' + textIn(*error, "title", 200);
            add(out.note, line);
        }
    return !out.id.empty();
}

}  // namespace

Result<Delivery> readWhatsApp(std::string_view body) {
    boost::system::error_code error;
    const auto document = json::parse(body, error);
    if (error) return fail(ErrorKind::Input, "texting.body", {}, error.message());
    const auto* root = document.if_object();
    if (root == nullptr || textIn(*root, "object") != "whatsapp_business_account")
        return fail(ErrorKind::Input, "texting.body", "object", "it is not of a WhatsApp business account");
    Delivery out;
    for (const auto& entry : arrayIn(*root, "entry")) {
        const auto* of = entry.if_object();
        for (const auto& change : of ? arrayIn(*of, "changes") : json::array()) {
            const auto* what = change.if_object();
            if (what == nullptr) continue;
            const auto& value = objectIn(*what, "value");
            for (const auto& one : arrayIn(value, "messages")) {
                Text t;
                const auto* message = one.if_object();
                if (message == nullptr || out.texts.size() >= kMostTexts || !take(*message, t)) {
                    ++out.leftOut;
                    continue;
                }
                for (const auto& who : arrayIn(value, "contacts"))
                    if (const auto* contact = who.if_object(); contact && '+' + textIn(*contact, "wa_id", 30) == t.from)
                        t.name = textIn(objectIn(*contact, "profile"), "name", 200);
                out.texts.push_back(std::move(t));
            }
            for (const auto& one : arrayIn(value, "statuses")) {
                Status s;
                const auto* status = one.if_object();
                if (status != nullptr && out.statuses.size() < kMostTexts && take(*status, s))
                    out.statuses.push_back(std::move(s));
                else ++out.leftOut;
            }
        }
    }
    return out;
}

}  // namespace wl::texting
