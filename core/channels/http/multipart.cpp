// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/http/multipart.hpp"

#include <algorithm>

namespace wl::http {
namespace {

constexpr std::size_t kMostParts = 500;
constexpr std::size_t kLongestField = 65'536;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool sameWord(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return small(x) == small(y); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// One parameter of a header's value: form-data; name="a\"b"; filename=x
std::string parameter(std::string_view value, std::string_view wanted) {
    auto at = value.find(';');
    while (at != std::string_view::npos) {
        ++at;
        const auto equals = value.find('=', at);
        if (equals == std::string_view::npos) return {};
        const auto name = trimmed(value.substr(at, equals - at));
        std::string out;
        at = equals + 1;
        if (at < value.size() && value[at] == '"') {
            for (++at; at < value.size() && value[at] != '"'; ++at) {
                // Browsers write a quote as %22 or \"; a lone backslash is one (C:\picture.jpg).
                if (value[at] == '\\' && at + 1 < value.size() && value[at + 1] == '"') ++at;
                out += value[at];
            }
            at = value.find(';', std::min(at, value.size()));
        } else {
            const auto end = std::min(value.find(';', at), value.size());
            out = trimmed(value.substr(at, end - at));
            at = value.find(';', at);
        }
        if (sameWord(name, wanted)) return out;
    }
    return {};
}

std::string_view header(std::string_view head, std::string_view wanted) {
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const auto line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && sameWord(trimmed(line.substr(0, colon)), wanted))
            return trimmed(line.substr(colon + 1));
    }
    return {};
}

void take(std::string_view part, FormData& out) {
    const auto end = part.find("\r\n\r\n");
    if (end == std::string_view::npos || end > 8192) return;
    const auto head = part.substr(0, end);
    const auto bytes = part.substr(end + 4);
    const auto disposition = header(head, "content-disposition");
    auto name = parameter(disposition, "name");
    if (name.empty()) return;
    const bool isFile = disposition.find("filename") != std::string_view::npos;
    if (!isFile) {
        if (bytes.size() <= kLongestField) out.fields.emplace_back(std::move(name), bytes);
        return;
    }
    auto fileName = parameter(disposition, "filename");
    if (fileName.empty() && bytes.empty()) return;
    out.files.push_back({std::move(name), std::move(fileName), std::string(header(head, "content-type")),
                         std::string(bytes)});
}

}  // namespace

FormData parseMultipart(std::string_view contentType, std::string_view body) {
    FormData out;
    const auto boundary = parameter(contentType, "boundary");
    if (boundary.empty() || boundary.size() > 70) return out;
    const auto mark = "--" + boundary;
    if (!body.starts_with(mark)) {  // a preamble may stand before the first
        const auto first = body.find("\r\n" + mark);
        if (first == std::string_view::npos) return out;
        body.remove_prefix(first + 2);
    }
    const auto next = "\r\n" + mark;
    for (std::size_t parts = 0; parts < kMostParts; ++parts) {
        body.remove_prefix(mark.size());
        if (!body.starts_with("\r\n")) return out;  // "--" ends it
        const auto end = body.find(next, 0);
        if (end == std::string_view::npos) return out;  // cut off: what is not whole is not taken
        // An empty part's blank line may be the boundary's own.
        take(end >= 2 ? body.substr(2, end - 2) : std::string_view(), out);
        body.remove_prefix(end + 2);
    }
    return out;
}

FormData formOf(const Request& request) {
    const auto type = request.headers.find("content-type");
    if (type == request.headers.end() || sameWord(type->second.substr(0, 33), "application/x-www-form-urlencoded"))
        return {parseForm(request.body), {}};
    if (sameWord(std::string_view(type->second).substr(0, 19), "multipart/form-data"))
        return parseMultipart(type->second, request.body);
    return {};
}

}  // namespace wl::http
