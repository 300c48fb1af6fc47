// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/json_row.hpp"

#include <simdjson.h>

namespace wl::feed {
namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

constexpr int kMaxNesting = 16;

std::string_view trimmed(std::string_view token) {
    while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ') token.remove_suffix(1);
    return token;
}

// Numbers stay as written, also 006, which some publishers mean as a code; anything else that is not JSON is refused.
bool isNumberOrTruth(std::string_view token) {
    if (token == "true" || token == "false") return true;
    return !token.empty() && token.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

// Walks one object; stops at the first error.
class Flattener {
public:
    Flattener(ColumnTable& columns, Record& record) : m_columns(columns), m_record(record) {}

    error_code members(od::object object, const std::string& prefix, int depth) {
        for (auto field : object) {
            std::string_view key;
            if (const auto e = field.unescaped_key().get(key)) return e;
            od::value value;
            if (const auto e = field.value().get(value)) return e;
            std::string path;
            if (!prefix.empty()) path.append(prefix).append(".").append(key);
            if (const auto e = member(value, prefix.empty() ? key : std::string_view(path), depth)) return e;
        }
        return simdjson::SUCCESS;
    }

private:
    error_code member(od::value value, std::string_view name, int depth) {
        od::json_type type{};
        if (const auto e = value.type().get(type)) return e;
        if (type == od::json_type::object && depth < kMaxNesting) {
            od::object nested;
            if (const auto e = value.get_object().get(nested)) return e;
            return members(nested, std::string(name), depth + 1);
        }
        const std::uint32_t column = m_columns.intern(name);
        const std::size_t begin = m_record.text.size();
        bool null = false;
        error_code e{};
        if (type == od::json_type::array) e = list(value);
        else e = scalar(value, type, null);
        if (e) return e;
        m_record.addCell(column, begin, null);
        return simdjson::SUCCESS;
    }

    error_code list(od::value value) {
        od::array array;
        if (const auto e = value.get_array().get(array)) return e;
        bool first = true;
        for (auto element : array) {
            od::value item;
            if (const auto e = element.get(item)) return e;
            od::json_type type{};
            if (const auto e = item.type().get(type)) return e;
            if (!std::exchange(first, false)) m_record.text += ", ";
            bool null = false;
            if (const auto e = scalar(item, type, null)) return e;
        }
        return simdjson::SUCCESS;
    }

    error_code scalar(od::value value, od::json_type type, bool& null) {
        if (type == od::json_type::string) {
            std::string_view text;
            constexpr bool kReplaceLoneSurrogates = true;
            if (const auto e = value.get_string(kReplaceLoneSurrogates).get(text)) return e;
            m_record.text += text;
            return simdjson::SUCCESS;
        }
        if (type == od::json_type::object || type == od::json_type::array) {
            std::string_view raw;
            if (const auto e = value.raw_json().get(raw)) return e;
            m_record.text += trimmed(raw);
            return simdjson::SUCCESS;
        }
        const std::string_view token = trimmed(value.raw_json_token());
        if (type == od::json_type::null) {
            null = true;
            bool isNull = false;
            if (const auto e = value.is_null().get(isNull)) return e;
            return isNull ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
        }
        if (!isNumberOrTruth(token)) return simdjson::TAPE_ERROR;
        // A number that is not JSON (006) still has to be stepped over.
        m_record.text += token;
        std::string_view skipped;
        return value.raw_json().get(skipped);
    }

    ColumnTable& m_columns;
    Record& m_record;
};

}  // namespace

struct JsonRowParser::State {
    Charset charset{};
    od::parser parser;
    simdjson::padded_string converted;

    error_code read(simdjson::padded_string_view text, ColumnTable& columns, Record& record) {
        od::document document;
        if (const auto e = parser.iterate(text).get(document)) return e;
        od::object object;
        if (const auto e = document.get_object().get(object)) return e;
        if (const auto e = Flattener(columns, record).members(object, {}, 1)) return e;
        return document.at_end() ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
    }
};

JsonRowParser::JsonRowParser(Charset charset) : m_state(std::make_unique<State>()) { m_state->charset = charset; }
JsonRowParser::~JsonRowParser() = default;

void JsonRowParser::parse(std::string_view text, ColumnTable& columns, Record& record) {
    const std::uint64_t row = record.row;
    record.clear();
    record.row = row;
    error_code error = simdjson::UTF8_ERROR;
    record.raw.assign(text);
    if (m_state->charset != Charset::Windows1252)
        error = m_state->read(simdjson::padded_string_view(text, text.size() + simdjson::SIMDJSON_PADDING), columns,
                              record);
    if (error == simdjson::UTF8_ERROR && m_state->charset != Charset::Utf8) {
        record.raw.clear();
        appendWindows1252(record.raw, text);
        m_state->converted = simdjson::padded_string(record.raw);
        error = m_state->read(m_state->converted, columns, record);
    }
    if (error == simdjson::SUCCESS) return;
    record.cells.clear();
    record.text.clear();
    record.problem = error == simdjson::UTF8_ERROR ? "bad_encoding" : "malformed_json";
    record.problemDetail = simdjson::error_message(error);
    if (error == simdjson::UTF8_ERROR) {
        record.raw.clear();
        appendWindows1252(record.raw, text);
    }
}

}  // namespace wl::feed
