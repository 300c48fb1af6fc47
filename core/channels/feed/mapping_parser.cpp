// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "channels/feed/date_format.hpp"
#include "channels/feed/mapping.hpp"
#include "domain/vocab.hpp"

namespace wl::feed {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

// Cuts off a comment: `#` at the start of the line or after a space, outside quotes.
std::string_view withoutComment(std::string_view line) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        if (line[i] == '#' && !quoted && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
            return line.substr(0, i);
    }
    return line;
}

// The first `=` outside quotes.
std::size_t equalsSign(std::string_view line) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        if (line[i] == '=' && !quoted) return i;
    }
    return std::string_view::npos;
}

std::string_view unquoted(std::string_view text) {
    return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

std::vector<std::string> words(std::string_view text, char separator) {
    std::vector<std::string> out;
    while (true) {
        const auto end = text.find(separator);
        const std::string_view word = unquoted(trimmed(text.substr(0, end)));
        if (!word.empty()) out.emplace_back(word);
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

// Lines of one mapping, from top to bottom.
class Parser {
public:
    Result<Mapping> run(std::string_view text) {
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        while (!text.empty()) {
            ++m_line;
            const auto end = text.find('\n');
            WL_CHECK(line(trimmed(withoutComment(text.substr(0, end)))));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
        WL_CHECK(complete());
        return std::move(m_mapping);
    }

private:
    std::unexpected<Error> bad(const char* code, std::string_view what, std::string_view given,
                               std::string_view allowed = {}) const {
        std::string detail = std::to_string(m_line) + ": " + std::string(given);
        if (!allowed.empty()) detail += " (" + std::string(allowed) + ")";
        return fail(ErrorKind::Input, code, std::string(what), std::move(detail));
    }

    Result<void> line(std::string_view text) {
        if (text.empty()) return {};
        if (text.front() == '[' && text.back() == ']') {
            m_section = trimmed(text.substr(1, text.size() - 2));
            constexpr std::string_view kSections = "feed, fields, status, channel, priority, resolution";
            if (!std::ranges::contains(words(kSections, ','), m_section))
                return bad("mapping.section", m_section, text, kSections);
            return {};
        }
        const auto equals = equalsSign(text);
        if (equals == std::string_view::npos) return bad("mapping.line", m_section, text, "key = value");
        const std::string_view key = trimmed(text.substr(0, equals)), value = trimmed(text.substr(equals + 1));
        if (key.empty()) return bad("mapping.line", m_section, text, "key = value");
        if (m_section.empty()) return bad("mapping.section", "", text, "[feed]");
        if (m_section == "feed") return feedKey(key, value);
        if (m_section == "fields") return fieldKey(key, value);
        return valueKey(unquoted(key), unquoted(value));
    }

    Result<void> once(std::string_view key) {
        if (!m_seen.insert(m_section + "." + std::string(key)).second) return bad("mapping.twice", key, key);
        return {};
    }

    Result<void> feedKey(std::string_view key, std::string_view value) {
        WL_CHECK(once(key));
        if (key == "name") m_mapping.name = unquoted(value);
        else if (key == "source") m_mapping.source = unquoted(value);
        else if (key == "format") return format(value);
        else if (key == "charset") return charset(value);
        else if (key == "delimiter") return delimiter(value);
        else if (key == "timezone") return timeZone(value);
        else if (key == "dates") return dates(value);
        else if (key == "bounds") return bounds(value);
        else if (key == "location") return location(value);
        else if (key == "clock_skew") return clockSkew(value);
        else if (key == "empty") {
            for (const std::string& word : words(value, ',')) m_mapping.emptyWords.push_back(folded(word));
        } else {
            return bad(
                "mapping.key", "feed", key,
                "name, source, format, charset, delimiter, timezone, dates, bounds, location, clock_skew, empty");
        }
        return {};
    }

    Result<void> format(std::string_view value) {
        const auto found = formatFromCode(value);
        if (!found) return bad("mapping.value", "format", value, "csv, json, ndjson, auto");
        m_mapping.read.format = *found;
        return {};
    }
    Result<void> charset(std::string_view value) {
        const std::string word = normalisedName(value);
        if (word == "auto") m_mapping.read.charset = Charset::Detect;
        else if (word == "utf8") m_mapping.read.charset = Charset::Utf8;
        else if (word == "latin1" || word == "iso88591" || word == "windows1252" || word == "cp1252")
            m_mapping.read.charset = Charset::Windows1252;
        else return bad("mapping.value", "charset", value, "auto, utf-8, latin-1, windows-1252");
        return {};
    }
    Result<void> delimiter(std::string_view value) {
        if (value == "tab") m_mapping.read.delimiter = '\t';
        else if (value == "comma") m_mapping.read.delimiter = ',';
        else if (value == "semicolon") m_mapping.read.delimiter = ';';
        else if (value == "bar") m_mapping.read.delimiter = '|';
        else if (unquoted(value).size() == 1) m_mapping.read.delimiter = unquoted(value).front();
        else if (value != "auto") return bad("mapping.value", "delimiter", value, "auto, comma, semicolon, tab, bar");
        return {};
    }
    Result<void> timeZone(std::string_view value) {
        if (const auto zone = LocalTime::of(std::string(value)); !zone)
            return bad("timezone.unknown", "timezone", value, "America/New_York, Europe/Berlin, UTC, …");
        m_mapping.timeZone = value;
        return {};
    }
    Result<void> dates(std::string_view value) {
        m_mapping.dates = words(value, '|');
        const auto reader = LocalTime::of("UTC").and_then([&](LocalTime utc) {
            return DateReader::of(m_mapping.dates, std::move(utc));
        });
        if (m_mapping.dates.empty() || (!reader && reader.error().code == "mapping.dates"))
            return bad("mapping.dates", "dates", reader ? std::string(value) : reader.error().detail,
                       "iso, epoch or a pattern such as %m/%d/%Y %I:%M:%S %p");
        return {};
    }
    Result<void> bounds(std::string_view value) {
        std::vector<double> sides;
        for (const std::string& word : words(value, ','))
            if (const auto side = number(word)) sides.push_back(*side);
        if (sides.size() != 4 || !(sides[0] < sides[2]) || !(sides[1] < sides[3]) || sides[0] < -90 || sides[2] > 90 ||
            sides[1] < -180 || sides[3] > 180)
            return bad("mapping.value", "bounds", value, "south, west, north, east in degrees");
        m_mapping.bounds = Bounds{sides[0], sides[1], sides[2], sides[3]};
        return {};
    }
    Result<void> location(std::string_view value) {
        if (value != "required" && value != "optional")
            return bad("mapping.value", "location", value, "required, optional");
        m_mapping.locationRequired = value == "required";
        return {};
    }
    Result<void> clockSkew(std::string_view value) {
        double factor = 1000;
        std::string_view amount = value;
        if (amount.ends_with('m')) factor = 60'000;
        if (amount.ends_with('m') || amount.ends_with('s')) amount = trimmed(amount.substr(0, amount.size() - 1));
        const auto parsed = number(amount);
        if (!parsed || *parsed < 0 || *parsed * factor > 86'400'000.0)
            return bad("mapping.value", "clock_skew", value, "seconds, or minutes as 3 m; at most a day");
        m_mapping.clockSkew = Millis(static_cast<std::int64_t>(*parsed * factor));
        return {};
    }

    Result<void> fieldKey(std::string_view key, std::string_view value) {
        const auto field = mapFieldFromCode(key);
        if (!field) {
            std::string all;
            for (std::size_t i = 0; i < kMapFieldCount; ++i)
                all.append(i ? ", " : "").append(code(static_cast<MapField>(i)));
            return bad("mapping.key", "fields", key, all);
        }
        WL_CHECK(once(key));
        auto expression = Expression::parse(value, m_mapping.slots);
        if (!expression)
            return bad("mapping.expression", key, expression.error().detail,
                       "Column, a | b, \"{a}, {b}\", \"constant\", slug(a), whole(a, 5)");
        m_mapping.fields[static_cast<std::size_t>(*field)] = std::move(*expression);
        return {};
    }

    Result<void> valueKey(std::string_view word, std::string_view value) {
        const auto colon = m_section == "status" ? value.find(':') : std::string_view::npos;
        const std::string_view name = trimmed(value.substr(0, colon));
        Meaning meaning;
        if (colon != std::string_view::npos) meaning.text = trimmed(value.substr(colon + 1));
        ValueMap* map = &m_mapping.resolutions;
        std::optional<int> number = 0;
        std::string_view allowed;
        if (m_section == "status") {
            map = &m_mapping.statuses;
            number = statusFromCode(name).transform([](Status s) { return static_cast<int>(s); });
            allowed =
                "new, acknowledged, assigned, in_progress, waiting, planned, work_done, closed; a reason may follow: "
                "closed:duplicate";
        } else if (m_section == "channel") {
            map = &m_mapping.channels;
            number = channelFromCode(name).transform([](Channel c) { return static_cast<int>(c); });
            allowed = "phone, walk_in, email, web_form, app, whatsapp, sms, council, open311, import, staff, social";
        } else if (m_section == "priority") {
            map = &m_mapping.priorities;
            number = priorityFromCode(name).transform([](Priority p) { return static_cast<int>(p); });
            allowed = "low, normal, high, urgent";
        } else {
            meaning.text = name;
        }
        if (!number) return bad("mapping.value", m_section, value, allowed);
        meaning.code = *number;
        if (!map->add(word, std::move(meaning))) return bad("mapping.twice", m_section, word);
        return {};
    }

    [[nodiscard]] Result<void> complete() const {
        const auto missing = [](std::string_view what) {
            return fail(ErrorKind::Input, "mapping.missing", std::string(what));
        };
        if (m_mapping.source.empty()) return missing("source");
        if (m_mapping.field(MapField::ExternalId).empty()) return missing("external_id");
        if (m_mapping.field(MapField::ServiceCode).empty() && m_mapping.field(MapField::ServiceName).empty())
            return missing("service_code");
        if (m_mapping.field(MapField::RequestedAt).empty()) return missing("requested_datetime");
        return {};
    }

    Mapping m_mapping;
    std::string m_section;
    std::size_t m_line{};
    std::set<std::string> m_seen;
};

}  // namespace

Result<Mapping> parseMapping(std::string_view text) { return Parser{}.run(text); }

}  // namespace wl::feed
