// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Short ways to write a service's questions down.

#include <string>
#include <utility>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::engine::demo {

enum class Need : bool { Optional, Required };

[[nodiscard]] inline rules::ServiceAttribute question(std::string type, std::string code, std::string text, Need need,
                                                      std::string help = {}) {
    rules::ServiceAttribute a;
    a.code = std::move(code);
    a.description = std::move(text);
    a.datatype = std::move(type);
    a.datatypeDescription = std::move(help);
    a.required = need == Need::Required;
    return a;
}
[[nodiscard]] inline rules::ServiceAttribute choice(std::string code, std::string text, Need need,
                                                    std::vector<rules::AttributeValue> values) {
    auto a = question("singlevaluelist", std::move(code), std::move(text), need, "Choose one");
    a.values = std::move(values);
    return a;
}
[[nodiscard]] inline rules::ServiceAttribute several(std::string code, std::string text, Need need,
                                                     std::vector<rules::AttributeValue> values) {
    auto a = question("multivaluelist", std::move(code), std::move(text), need, "Choose all that apply");
    a.values = std::move(values);
    return a;
}
[[nodiscard]] inline rules::ServiceAttribute yesNo(std::string code, std::string text, Need need) {
    return choice(std::move(code), std::move(text), need, {{"yes", "Yes"}, {"no", "No"}});
}
/// A question whose answer "yes" ends the intake: the caller is sent to the emergency services.
[[nodiscard]] inline rules::ServiceAttribute emergency(std::string code, std::string text, std::string message) {
    auto a = yesNo(std::move(code), std::move(text), Need::Required);
    a.stopValue = "yes";
    a.stopMessage = std::move(message);
    return a;
}
/// Text that is read out and not answered.
[[nodiscard]] inline rules::ServiceAttribute notice(std::string code, std::string text) {
    auto a = question("text", std::move(code), std::move(text), Need::Optional);
    a.variable = false;
    return a;
}
/// Numbers the questions in the order they are asked, 1 first.
[[nodiscard]] inline std::vector<rules::ServiceAttribute> asked(std::vector<rules::ServiceAttribute> all) {
    int order = 0;
    for (auto& a : all) a.order = ++order;
    return all;
}

}  // namespace wl::engine::demo
