// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <fstream>
#include <mutex>

namespace wl::comms {
namespace {

struct CurlEnds {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CurlEnds>;
using List = std::unique_ptr<curl_slist, CurlEnds>;

Handle newHandle(std::chrono::seconds timeout) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    Handle out(curl_easy_init());
    curl_easy_setopt(out.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(out.get(), CURLOPT_TIMEOUT, static_cast<long>(timeout.count()));
    curl_easy_setopt(out.get(), CURLOPT_CONNECTTIMEOUT, static_cast<long>(std::min<std::int64_t>(timeout.count(), 15)));
    return out;
}

struct Upload {
    const std::string* bytes{};
    std::size_t at{};
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* from) {
    auto& upload = *static_cast<Upload*>(from);
    const auto n = std::min(size * count, upload.bytes->size() - upload.at);
    std::copy_n(upload.bytes->data() + upload.at, n, to);
    upload.at += n;
    return n;
}

std::size_t take(char* from, std::size_t size, std::size_t count, void* to) {
    auto& text = *static_cast<std::string*>(to);
    if (text.size() < 16 * 1024) text.append(from, size * count);
    return size * count;
}

std::string line(std::string text) {
    if (text.size() > 300) text.resize(300);
    std::ranges::replace_if(text, [](unsigned char c) { return c < ' '; }, ' ');
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

class Smtp final : public MailTransport {
public:
    explicit Smtp(SmtpSettings settings) : m_settings(std::move(settings)) {}

    HandedOver send(const std::string& bytes, const std::string& from, const std::string& to) override {
        const auto handle = newHandle(m_settings.timeout);
        auto* c = handle.get();
        char why[CURL_ERROR_SIZE] = "";
        std::string said;
        Upload upload{&bytes, 0};
        const List recipients(curl_slist_append(nullptr, ('<' + to + '>').c_str()));
        const auto sender = '<' + from + '>';
        curl_easy_setopt(c, CURLOPT_URL, m_settings.url.c_str());
        curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        if (!m_settings.user.empty()) {
            curl_easy_setopt(c, CURLOPT_USERNAME, m_settings.user.c_str());
            curl_easy_setopt(c, CURLOPT_PASSWORD, m_settings.password.c_str());
        }
        curl_easy_setopt(c, CURLOPT_USE_SSL,
                         static_cast<long>(m_settings.requireTls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
        curl_easy_setopt(c, CURLOPT_MAIL_FROM, sender.c_str());
        curl_easy_setopt(c, CURLOPT_MAIL_RCPT, recipients.get());
        curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(c, CURLOPT_READDATA, &upload);
        curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take);
        curl_easy_setopt(c, CURLOPT_HEADERDATA, &said);
        curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
        const auto code = curl_easy_perform(c);
        long status = 0;
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        const auto last = lastLine(said);
        if (code == CURLE_OK) return {Handed::Taken, line(last), {}};
        const auto answer =
            line(status >= 400 && !last.empty() ? last : std::string(why[0] ? why : curl_easy_strerror(code)));
        // A server that says no has not taken it.
        if (status >= 500 && status < 600 && code != CURLE_LOGIN_DENIED) return {Handed::Refused, answer, {}};
        if (status >= 400 || upload.at == 0) return {Handed::Later, answer, {}};
        return {Handed::Unclear, answer, {}};
    }

private:
    static std::string lastLine(const std::string& said) {
        const auto end = said.find_last_not_of("\r\n");
        if (end == std::string::npos) return {};
        const auto begin = said.find_last_of('\n', end);
        return said.substr(begin == std::string::npos ? 0 : begin + 1, end - (begin == std::string::npos ? 0 : begin));
    }
    SmtpSettings m_settings;
};

class Pickup final : public MailTransport {
public:
    explicit Pickup(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    HandedOver send(const std::string& bytes, const std::string& from, const std::string& to) override {
        std::error_code error;
        std::filesystem::create_directories(m_folder, error);
        // Named by the mail's own id: a second attempt writes the same file.
        const auto id = bytes.find("Message-Id: <"), other = bytes.find("Message-ID: <");
        const auto begin = (id != std::string::npos ? id : other) + 13;
        const auto end = bytes.find_first_of("@>", begin);
        if ((id == std::string::npos && other == std::string::npos) || end == std::string::npos)
            return {Handed::Refused, "a mail without Message-ID", {}};
        const auto file = m_folder / (bytes.substr(begin, end - begin) + ".eml");
        const auto draft = m_folder / ('.' + file.filename().string() + ".tmp");
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out << "X-Sender: <" << from << ">\r\nX-Receiver: <" << to << ">\r\n" << bytes;
        out.close();
        if (!out) return {Handed::Later, "cannot write " + draft.string(), {}};
        std::filesystem::rename(draft, file, error);
        if (error) return {Handed::Later, error.message(), {}};
        return {Handed::Taken, file.filename().string(), {}};
    }

private:
    std::filesystem::path m_folder;
};

std::string jsonText(std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\', out += c;
        else if (c == '\n') out += "\\n";
        else if (u < 0x20) out += "\\u00", out += kHex[u >> 4U], out += kHex[u & 15U];
        else out += c;
    }
    return out + '"';
}

// The first text member of that name in a JSON answer: an id is all that is wanted of it.
std::string memberText(const std::string& answer, const std::string& name) {
    auto at = answer.find('"' + name + '"');
    if (at == std::string::npos) return {};
    at = answer.find_first_not_of(" :\t\r\n", at + name.size() + 2);
    if (at == std::string::npos) return {};
    if (answer[at] != '"') return answer.substr(at, answer.find_first_of(",}] \r\n", at) - at);
    const auto end = answer.find('"', at + 1);
    return end == std::string::npos ? std::string() : answer.substr(at + 1, end - at - 1);
}

HandedOver post(const HttpSettings& s, const char* type, const std::string& body, const std::string& idMember) {
    const auto handle = newHandle(s.timeout);
    auto* c = handle.get();
    char why[CURL_ERROR_SIZE] = "";
    std::string answer;
    List headers(curl_slist_append(nullptr, type));
    if (!s.token.empty())
        headers.reset(curl_slist_append(headers.release(), ("Authorization: Bearer " + s.token).c_str()));
    curl_easy_setopt(c, CURLOPT_URL, s.url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
    const auto code = curl_easy_perform(c);
    long status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK) {
        const bool gone = code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST ||
                          code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION;
        return {gone ? Handed::Later : Handed::Unclear, line(why[0] ? why : curl_easy_strerror(code)), {}};
    }
    const auto said = std::to_string(status) + ' ' + line(answer);
    if (status >= 200 && status < 300) return {Handed::Taken, said, memberText(answer, idMember)};
    const bool later =
        status == 408 || status == 425 || status == 429 || status == 401 || status == 403 || status >= 500;
    return {later ? Handed::Later : Handed::Refused, said, {}};
}

class WhatsApp final : public ShortTransport {
public:
    explicit WhatsApp(HttpSettings settings) : m_settings(std::move(settings)) {}
    HandedOver send(const ShortMessage& m) override {
        std::string to = m.to;
        std::erase(to, '+');
        std::string body = R"({"messaging_product":"whatsapp","recipient_type":"individual","to":)" + jsonText(to) +
                           R"(,"biz_opaque_callback_data":)" + jsonText(m.id);
        if (m.approvedTemplate.empty())
            body += R"(,"type":"text","text":{"preview_url":false,"body":)" + jsonText(m.text) + "}}";
        else
            body += R"(,"type":"template","template":{"name":)" + jsonText(m.approvedTemplate) +
                    R"(,"language":{"code":)" + jsonText(m.language) +
                    R"(},"components":[{"type":"body","parameters":[{"type":"text","text":)" + jsonText(m.text) +
                    "}]}]}}";
        return post(m_settings, "Content-Type: application/json", body, "id");
    }

private:
    HttpSettings m_settings;
};

std::string escaped(std::string_view text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        const bool plain = (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain) out += c;
        else out += '%', out += kHex[u >> 4U], out += kHex[u & 15U];
    }
    return out;
}

class Sms final : public ShortTransport {
public:
    explicit Sms(HttpSettings settings) : m_settings(std::move(settings)) {}
    HandedOver send(const ShortMessage& m) override {
        std::string body;
        for (const auto& [name, pattern] : m_settings.form) {
            std::string value = pattern;
            for (const auto& [mark, text] :
                 {std::pair<std::string_view, const std::string*>{"{to}", &m.to}, {"{text}", &m.text}, {"{id}", &m.id}})
                if (const auto at = value.find(mark); at != std::string::npos) {
                    value.replace(at, mark.size(), *text);
                    break;  // what was filled in is not looked at again
                }
            body += (body.empty() ? "" : "&") + escaped(name) + '=' + escaped(value);
        }
        return post(m_settings, "Content-Type: application/x-www-form-urlencoded", body, m_settings.idMember);
    }

private:
    HttpSettings m_settings;
};

}  // namespace

std::unique_ptr<MailTransport> smtpTransport(SmtpSettings settings) {
    return std::make_unique<Smtp>(std::move(settings));
}
std::unique_ptr<MailTransport> pickupTransport(std::filesystem::path folder) {
    return std::make_unique<Pickup>(std::move(folder));
}
std::unique_ptr<ShortTransport> whatsAppTransport(HttpSettings settings) {
    return std::make_unique<WhatsApp>(std::move(settings));
}
std::unique_ptr<ShortTransport> smsTransport(HttpSettings settings) {
    return std::make_unique<Sms>(std::move(settings));
}

}  // namespace wl::comms
