// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plain_json.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

namespace wl::engine {
namespace {

namespace json = boost::json;

void append(std::string& out, const json::value& value) {
    if (const auto* object = value.if_object()) {
        char before = '{';
        for (const auto& [key, member] : *object) {
            out += before;
            out += json::serialize(key) + ':';
            append(out, member);
            before = ',';
        }
        out += object->empty() ? "{}" : "}";
    } else if (const auto* array = value.if_array()) {
        char before = '[';
        for (const auto& element : *array) {
            out += before;
            append(out, element);
            before = ',';
        }
        out += array->empty() ? "[]" : "]";
    } else if (const auto* number = value.if_double(); number && std::isfinite(*number)) {
        std::array<char, 400> digits{};  // the least double has 1074 binary places, its shortest form about 330
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number, std::chars_format::fixed);
        out.append(digits.data(), end.ptr);
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string plainJson(const json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

}  // namespace wl::engine
