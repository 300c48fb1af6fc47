// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A request and its answer as plain values: what the channels that speak HTTP work on.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wl::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  ///< "GET"
    std::string target;  ///< path and query as they came
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
    std::string peer;    ///< address of who asks
};

struct Answer {
    int status{200};
    std::string type{"text/plain; charset=utf-8"};
    std::string body;
    Pairs headers{};
};

/// The path without the query, its %-codes read.
[[nodiscard]] std::string pathOf(const Request& request);
/// Members of the query and of a form-encoded body, in their order.
[[nodiscard]] Pairs parametersOf(const Request& request);
/// application/x-www-form-urlencoded; at most 1000 members.
[[nodiscard]] Pairs parseForm(std::string_view text);
/// %-codes, and + as a blank if asked. Broken codes stay as they are.
[[nodiscard]] std::string percentDecoded(std::string_view text, bool plusIsBlank);
/// The first value of that name; empty if there is none.
[[nodiscard]] std::string_view valueOf(const Pairs& pairs, std::string_view name);

}  // namespace wl::http
