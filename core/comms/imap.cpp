// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/imap.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <mutex>

namespace wl::comms {
namespace {

constexpr std::size_t kLongestAnswer = 4u << 20U;

struct Sink {
    std::string bytes;
    std::size_t limit{};
};

std::size_t take(char* from, std::size_t size, std::size_t count, void* to) {
    auto& sink = *static_cast<Sink*>(to);
    const auto room = sink.limit + 1 - std::min(sink.limit + 1, sink.bytes.size());
    sink.bytes.append(from, std::min(size * count, room));
    return size * count;
}

std::string inQuotes(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + '"';
}

std::string escaped(const std::string& name) {
    std::string out;
    char* text = curl_easy_escape(nullptr, name.c_str(), static_cast<int>(name.size()));
    if (text != nullptr) out = text;
    curl_free(text);
    return out;
}

}  // namespace

ImapBox::ImapBox(ImapSettings settings) : m_settings(std::move(settings)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    m_handle = curl_easy_init();
    while (m_settings.url.ends_with('/')) m_settings.url.pop_back();
}

ImapBox::~ImapBox() { curl_easy_cleanup(m_handle); }

Result<std::string> ImapBox::run(const std::string& path, const std::string& command, std::size_t limit) {
    auto* c = static_cast<CURL*>(m_handle);
    char why[CURL_ERROR_SIZE] = "";
    Sink sink{{}, limit};
    const auto url = m_settings.url + '/' + path;
    curl_easy_reset(c);  // the line stays open
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, static_cast<long>(m_settings.timeout.count()));
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 15L);
    curl_easy_setopt(c, CURLOPT_USE_SSL, static_cast<long>(m_settings.requireTls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(c, CURLOPT_USERNAME, m_settings.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, m_settings.password.c_str());
    if (!command.empty()) curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, command.c_str());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
    const auto code = curl_easy_perform(c);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, nullptr);
    if (code == CURLE_LOGIN_DENIED) return fail(ErrorKind::Refused, "imap.login", "mail_in.user", m_settings.user);
    if (code != CURLE_OK)
        return fail(ErrorKind::World, "imap.failed", "mail_in.imap",
                    why[0] != '\0' ? std::string(why) : std::string(curl_easy_strerror(code)));
    return std::move(sink.bytes);
}

Result<std::uint32_t> ImapBox::validity() {
    WL_TRY(const auto answer, run({}, "STATUS " + inQuotes(m_settings.mailbox) + " (UIDVALIDITY)", kLongestAnswer));
    const auto at = answer.find("UIDVALIDITY ");
    std::uint32_t out = 0;
    if (at != std::string::npos) std::from_chars(answer.data() + at + 12, answer.data() + answer.size(), out);
    if (out == 0) return fail(ErrorKind::World, "imap.answer", "mail_in.mailbox", answer.substr(0, 200));
    return out;
}

Result<std::vector<std::uint32_t>> ImapBox::from(std::uint32_t first) {
    WL_TRY(const auto answer,
           run(escaped(m_settings.mailbox), "UID SEARCH UID " + std::to_string(first) + ":*", kLongestAnswer));
    std::vector<std::uint32_t> out;
    auto at = answer.find("* SEARCH");
    if (at == std::string::npos) return out;
    for (at += 8; at < answer.size() && (answer[at] == ' ' || (answer[at] >= '0' && answer[at] <= '9'));) {
        std::uint32_t uid = 0;
        const auto [end, error] = std::from_chars(answer.data() + at, answer.data() + answer.size(), uid);
        if (error == std::errc{}) at = static_cast<std::size_t>(end - answer.data());
        else ++at;
        if (uid >= first && uid != 0) out.push_back(uid);  // n:* names the last one even if it is before n
    }
    std::ranges::sort(out);
    return out;
}

Result<std::string> ImapBox::fetch(std::uint32_t uid, std::size_t limit) {
    return run(escaped(m_settings.mailbox) + ";UID=" + std::to_string(uid), {}, limit);
}

Result<void> ImapBox::finish(std::uint32_t uid) {
    const auto box = escaped(m_settings.mailbox);
    const auto name = std::to_string(uid);
    WL_CHECK(run(box, "UID STORE " + name + " +FLAGS (\\Seen)", kLongestAnswer));
    if (!m_settings.done.empty())
        WL_CHECK(run(box, "UID MOVE " + name + ' ' + inQuotes(m_settings.done), kLongestAnswer));
    return {};
}

}  // namespace wl::comms
