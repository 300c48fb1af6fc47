// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/http/http.hpp"

#include <algorithm>

namespace wl::http {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char small = static_cast<char>(c | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

std::string percentDecoded(std::string_view text, bool plusIsBlank) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) out += static_cast<char>(high * 16 + low), i += 2;
        else out += plusIsBlank && text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

Pairs parseForm(std::string_view text) {
    Pairs out;
    while (!text.empty() && out.size() < 1000) {
        const auto end = std::min(text.find('&'), text.size());
        const auto member = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (member.empty()) continue;
        const auto equals = std::min(member.find('='), member.size());
        out.emplace_back(percentDecoded(member.substr(0, equals), true),
                         percentDecoded(member.substr(std::min(equals + 1, member.size())), true));
    }
    return out;
}

std::string pathOf(const Request& request) {
    return percentDecoded(std::string_view(request.target).substr(0, request.target.find('?')), false);
}

Pairs parametersOf(const Request& request) {
    Pairs out;
    if (const auto query = request.target.find('?'); query != std::string::npos)
        out = parseForm(std::string_view(request.target).substr(query + 1));
    const auto type = request.headers.find("content-type");
    const bool form = type == request.headers.end() || type->second.starts_with("application/x-www-form-urlencoded");
    if (form && !request.body.empty())
        for (auto& pair : parseForm(request.body)) out.push_back(std::move(pair));
    return out;
}

std::string_view valueOf(const Pairs& pairs, std::string_view name) {
    const auto at = std::ranges::find(pairs, name, &std::pair<std::string, std::string>::first);
    return at == pairs.end() ? std::string_view() : std::string_view(at->second);
}

}  // namespace wl::http
