// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The shell of the public pages: plain HTML without script, in one column that is readable from 320 pixels on.

#include "channels/http/http.hpp"
#include "engine/gateway/web/words.hpp"

namespace wl::engine::web {

/// For text and for attributes in double quotes.
[[nodiscard]] std::string escaped(std::string_view text);

struct FieldError {
    std::string control;  ///< id of the control it is about
    std::string text;
};

struct Page {
    std::size_t language{};
    std::string city;   ///< who speaks
    std::string title;
    std::string body;   ///< HTML of <main>
    std::vector<FieldError> errors;  ///< stand before it, each with a link to its control
    int status{200};
};
[[nodiscard]] http::Answer asAnswer(const Page& page);
[[nodiscard]] http::Answer styleSheet();

/// <input type="hidden">
[[nodiscard]] std::string hidden(std::string_view name, std::string_view value);
[[nodiscard]] std::string button(std::string_view name, std::string_view value, std::string_view label,
                                 bool main = false);

/// What a control is called and says: label, help, error, in the order of a screen reader.
struct Control {
    std::string id, name, label, help, error, value;
    bool required{};
    std::string type{"text"};   ///< of <input>; "area": several lines
    std::string autocomplete{};
};
[[nodiscard]] std::string control(const Control& c, std::size_t language);

struct Choice {
    std::string value, label;
    bool chosen{};
};
/// Radio buttons, or boxes to tick where several may be chosen, in a group with a legend. The first has the id.
[[nodiscard]] std::string choices(const Control& c, const std::vector<Choice>& values, bool several,
                                  std::size_t language);

}  // namespace wl::engine::web
