// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/templates.hpp"

#include <algorithm>
#include <array>
#include <kainjow/mustache.hpp>

#include "comms/words.hpp"

namespace wl::comms {
namespace {

namespace km = kainjow::mustache;

constexpr std::array<Variable, 17> kVariables{{{"number", true, false},
                                               {"service", true, false},
                                               {"status", true, false},
                                               {"department", true, false},
                                               {"city", true, false},
                                               {"signature", true, false},
                                               {"reported", true, false},
                                               {"title", false, false},
                                               {"place", false, false},
                                               {"date", false, false},
                                               {"owner", false, false},
                                               {"comment", false, false},
                                               {"answer", false, false},
                                               {"link", false, false},
                                               {"name", false, false},
                                               {"days", false, true},
                                               {"reports", false, true}}};
constexpr std::array<std::string_view, 10> kEvents{"received", "assigned", "planned",  "information", "on_hold",
                                                   "done",     "closed",   "reopened", "answer",      "survey"};
constexpr std::array<std::string_view, 6> kPlurals{"zero", "one", "two", "few", "many", "other"};

const Variable* find(std::string_view name) {
    const auto at = std::ranges::find(kVariables, name, &Variable::name);
    return at == kVariables.end() ? nullptr : &*at;
}

// "days_one" → the variable "days"; null for any other name.
const Variable* pluralOf(std::string_view name) {
    const auto line = name.rfind('_');
    if (line == std::string_view::npos || !std::ranges::contains(kPlurals, name.substr(line + 1))) return nullptr;
    const auto* known = find(name.substr(0, line));
    return known != nullptr && known->number ? known : nullptr;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

void check(std::string_view text, std::string_view part, std::vector<Error>& problems) {
    const auto note = [&](const char* code, std::string_view field, std::string_view detail) {
        const Error error{ErrorKind::Input, code, std::string(field), std::string(detail)};
        const auto same = [&](const Error& e) { return e.code == error.code && e.field == error.field; };
        if (!std::ranges::any_of(problems, same)) problems.push_back(error);
    };
    std::vector<std::pair<std::string, bool>> open;  // name, whether it stands where the value is
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
        const bool raw = text.substr(at).starts_with("{{{");
        const auto end = text.find(raw ? "}}}" : "}}", at);
        if (end == std::string_view::npos) return note("template.syntax", part, "a tag does not end");
        auto tag = text.substr(at + (raw ? 3 : 2), end - at - (raw ? 3 : 2));
        at = end + (raw ? 3 : 2);
        const char kind = tag.empty() ? ' ' : tag.front();
        if (kind == '!') continue;
        if (kind == '>' || kind == '=') return note("template.syntax", part, "partials and other tags are not known");
        const bool opens = kind == '#' || kind == '^', closes = kind == '/';
        if (opens || closes || kind == '&') tag.remove_prefix(1);
        tag = trimmed(tag);
        const auto* known = find(tag);
        if (known == nullptr && !((opens || closes) && pluralOf(tag) != nullptr)) {
            note("template.variable", tag, part);
            continue;
        }
        if (opens) {
            open.emplace_back(tag, kind == '#');
        } else if (closes) {
            if (open.empty() || open.back().first != tag)
                return note("template.syntax", part, "{{/" + std::string(tag) + "}} closes nothing");
            open.pop_back();
        } else if (!known->always) {
            const bool inside = std::ranges::any_of(open, [&](const auto& section) {
                return section.second && (section.first == tag || pluralOf(section.first) == known);
            });
            if (!inside) note("template.optional", tag, part);
        }
    }
    if (!open.empty()) note("template.syntax", part, "{{#" + open.back().first + "}} does not end");
}

Result<std::string> fill(std::string_view text, std::string_view part, const km::data& data) {
    km::mustache made{std::string(text)};
    if (!made.is_valid()) return fail(ErrorKind::Input, "template.syntax", std::string(part), made.error_message());
    made.set_custom_escape([](const std::string& value) { return value; });  // it is no HTML
    return made.render(data);
}

}  // namespace

std::span<const Variable> variables() { return kVariables; }
std::span<const std::string_view> events() { return kEvents; }

std::vector<Error> checkTemplate(std::string_view subject, std::string_view body) {
    std::vector<Error> problems;
    check(subject, "subject", problems);
    check(body, "body", problems);
    if (std::ranges::all_of(body, [](unsigned char c) { return c <= ' '; }))
        problems.push_back({ErrorKind::Input, "template.empty", "body", {}});
    return problems;
}

Result<Rendered> render(std::string_view subject, std::string_view body, std::string_view language,
                        const Values& values) {
    if (auto problems = checkTemplate(subject, body); !problems.empty())
        return std::unexpected(std::move(problems.front()));
    km::data data;
    for (const auto& [name, text] : values.texts)
        if (!text.empty()) data.set(name, text);
    for (const auto& [name, number] : values.numbers) {
        data.set(name, std::to_string(number));
        data.set(name + '_' + std::string(pluralForm(number, language)), km::data(km::data::type::bool_true));
    }
    Rendered out;
    WL_TRY(out.subject, fill(subject, "subject", data));
    WL_TRY(out.body, fill(body, "body", data));
    std::ranges::replace(out.subject, '\n', ' ');
    std::ranges::replace(out.subject, '\r', ' ');
    return out;
}

}  // namespace wl::comms
