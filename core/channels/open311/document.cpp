// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/open311/document.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <pugixml.hpp>
#include <sstream>

namespace wl::open311 {
namespace json = boost::json;
namespace {

// Coordinates as people write them; boost writes exponents.
std::string plain(double number) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    return {text.data(), end.ptr};
}

std::string itemOf(std::string_view container) {
    if (container == "service_requests") return "request";
    if (container == "service_request_updates") return "request_update";
    return std::string(container.substr(0, container.size() - (container.ends_with('s') ? 1 : 0)));
}

// XML 1.0 has no place for most control characters, not even escaped.
std::string allowed(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t' || c == '\r') out += c;
    return out;
}

void fill(pugi::xml_node node, const json::value& value) {
    if (const auto* object = value.if_object()) {
        for (const auto& [key, member] : *object) fill(node.append_child(std::string(key).c_str()), member);
    } else if (const auto* array = value.if_array()) {
        for (const auto& member : *array) fill(node.append_child(itemOf(node.name()).c_str()), member);
    } else if (const auto* text = value.if_string()) {
        if (!text->empty()) node.text().set(allowed(*text).c_str());
    } else if (const auto* number = value.if_double()) {
        node.text().set(plain(*number).c_str());
    } else if (const auto* whole = value.if_int64()) {
        node.text().set(static_cast<long long>(*whole));
    } else if (const auto* flag = value.if_bool()) {
        node.text().set(*flag);
    }
}

void append(std::string& out, const json::value& value) {
    if (const auto* object = value.if_object()) {
        out += '{';
        bool first = true;
        for (const auto& [key, member] : *object) {
            if (!first) out += ',';
            first = false;
            out += json::serialize(json::string_view(key)) + ':';
            append(out, member);
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i > 0) out += ',';
            append(out, (*array)[i]);
        }
        out += ']';
    } else if (const auto* number = value.if_double()) {
        out += plain(*number);
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string writeXml(const json::value& value, const char* root) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "utf-8";
    fill(document.append_child(root), value);
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return out.str();
}

std::string writeJson(const json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

}  // namespace wl::open311
