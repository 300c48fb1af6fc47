// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Templates of messages: Mustache with a fixed list of variables. A variable that not every case has must stand inside
// its own section, so that no message has a hole in it:  {{#place}}at {{place}} {{/place}}
// Numbers have a section for each plural:  {{#days_one}}one day{{/days_one}}{{#days_other}}{{days}} days{{/days_other}}

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace wl::comms {

struct Variable {
    std::string_view name;
    bool always{};  ///< every case has it
    bool number{};
};
/// All that a template may name.
[[nodiscard]] std::span<const Variable> variables();

/// Events that templates are for, in the order of a case's life.
[[nodiscard]] std::span<const std::string_view> events();

struct Values {
    std::map<std::string, std::string, std::less<>> texts;  ///< empty or missing: the case has none
    std::map<std::string, std::int64_t, std::less<>> numbers;
};

struct Rendered {
    std::string subject, body;
};

/// What stands against saving it: template.syntax, template.variable (unknown), template.optional (outside its
/// section), template.empty; the field is the name or "subject", "body".
[[nodiscard]] std::vector<Error> checkTemplate(std::string_view subject, std::string_view body);

/// Errors: as checkTemplate.
[[nodiscard]] Result<Rendered> render(std::string_view subject, std::string_view body, std::string_view language,
                                      const Values& values);

}  // namespace wl::comms
