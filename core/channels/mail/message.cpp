// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/mail/message.hpp"

#include <algorithm>

#include "channels/mail/mime.hpp"

namespace wl::mail {

std::string_view code(Kind kind) {
    switch (kind) {
        case Kind::Message: return "message";
        case Kind::Bounce: return "bounce";
        case Kind::AutoReply: return "auto_reply";
        case Kind::Receipt: return "receipt";
        case Kind::List: return "list";
        case Kind::Loop: return "loop";
    }
    return "message";
}

namespace {

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lowered);
    return out;
}

// "Name" of a header line, or nothing if it is none.
std::string_view headerName(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    auto name = line.substr(0, colon);
    while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
    const bool ok = !name.empty() && std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7f; });
    return ok ? name : std::string_view();
}

Kind kindOf(const mime::Headers& h, const Message& m) {
    const auto type = lower(h.get("Content-Type"));
    const auto from = lower(m.from.address), box = from.substr(0, from.find('@'));
    const auto returnPath = h.get("Return-Path");
    const auto automatic = lower(h.get("Auto-Submitted")), precedence = lower(h.get("Precedence"));
    const auto subject = lower(m.subject);
    if (type.contains("multipart/report") && type.contains("disposition-notification")) return Kind::Receipt;
    if (type.contains("multipart/report") && !type.contains("feedback-report")) return Kind::Bounce;
    if (!h.get("X-Failed-Recipients").empty() || box == "mailer-daemon" || box == "postmaster") return Kind::Bounce;
    if (box.empty() && returnPath.contains("<>")) return Kind::Bounce;
    const auto loop = lower(h.get("X-Loop"));
    if (loop == "yes" || loop == "true") return Kind::Loop;
    if ((!automatic.empty() && !automatic.starts_with("no")) || !h.get("X-Autoreply").empty() ||
        !h.get("X-Autorespond").empty() || !h.get("X-Auto-Reply-From").empty() || precedence == "auto_reply")
        return Kind::AutoReply;
    for (const auto* start : {"out of office",
                              "automatic reply",
                              "auto reply",
                              "autoreply",
                              "auto-reply",
                              "automatische antwort",
                              "abwesenheit",
                              "respuesta automática",
                              "fuera de la oficina",
                              "réponse automatique",
                              "absence du bureau",
                              "risposta automatica",
                              "resposta automática",
                              "automatisch antwoord",
                              "autosvar",
                              "odpowiedź automatyczna",
                              "автоответ",
                              "自动回复",
                              "自動返信",
                              "رد تلقائي"})
        if (subject.starts_with(start)) return Kind::AutoReply;
    if (!h.get("List-Id").empty() || !h.get("List-Unsubscribe").empty() || !h.get("List-Post").empty() ||
        precedence == "bulk" || precedence == "list" || precedence == "junk")
        return Kind::List;
    return Kind::Message;
}

}  // namespace

bool looksLikeMail(std::string_view bytes) {
    int headers = 0;
    bool usual = false;
    for (int lines = 0; lines < 60 && !bytes.empty(); ++lines) {
        const auto end = std::min(bytes.find('\n'), bytes.size());
        auto line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') continue;
        if (lines == 0 && (line.starts_with("From ") || line.starts_with(">From "))) continue;
        const auto name = lower(headerName(line));
        if (name.empty()) return false;
        ++headers;
        for (const auto* known : {"from", "to", "subject", "date", "message-id", "received", "mime-version",
                                  "return-path", "delivered-to", "content-type", "sender"})
            usual = usual || name == known;
    }
    return headers >= 1 && usual;
}

Message read(std::string_view bytes, const Limits& limits) {
    Message m;
    if (bytes.size() > limits.bytes) {
        bytes = bytes.substr(0, limits.bytes);
        ++m.leftOut;
    }
    const mime::Headers headers = mime::readInto(m, bytes, limits);
    m.kind = kindOf(headers, m);
    const auto suppress = lower(headers.get("X-Auto-Response-Suppress"));
    const auto box = lower(m.from.address.substr(0, m.from.address.find('@')));
    m.wantsNoAnswer = m.kind != Kind::Message || suppress.contains("all") || suppress.contains("autoreply") ||
                      m.from.address.empty() || box.starts_with("noreply") || box.starts_with("no-reply") ||
                      box.starts_with("donotreply") || box == "abuse" || box == "root" ||
                      headers.get("Return-Path") == "<>";
    return m;
}

}  // namespace wl::mail
