// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/fetch.hpp"

#include <curl/curl.h>

#include <memory>
#include <mutex>

namespace wl::comms {
namespace {

struct Ends {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct Sink {
    std::string bytes;
    std::size_t limit{};
    bool large{};
};

std::size_t take(char* from, std::size_t size, std::size_t count, void* to) {
    auto& sink = *static_cast<Sink*>(to);
    if (sink.bytes.size() + size * count > sink.limit) {
        sink.large = true;
        return 0;
    }
    sink.bytes.append(from, size * count);
    return size * count;
}

}  // namespace

Result<Fetched> httpGet(const std::string& url, const std::string& token, std::size_t limit,
                        std::chrono::seconds timeout) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, Ends> handle(curl_easy_init());
    auto* c = handle.get();
    char why[CURL_ERROR_SIZE] = "";
    Sink sink{{}, limit, false};
    std::unique_ptr<curl_slist, Ends> headers;
    if (!token.empty()) headers.reset(curl_slist_append(nullptr, ("Authorization: Bearer " + token).c_str()));
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, static_cast<long>(timeout.count()));
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
    const auto code = curl_easy_perform(c);
    if (sink.large) return fail(ErrorKind::Refused, "fetch.large", "url", std::to_string(limit));
    if (code != CURLE_OK)
        return fail(ErrorKind::World, "fetch.failed", "url", why[0] != '\0' ? why : curl_easy_strerror(code));
    Fetched out;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &out.status);
    const char* type = nullptr;
    curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) out.type = type;
    out.body = std::move(sink.bytes);
    return out;
}

}  // namespace wl::comms
