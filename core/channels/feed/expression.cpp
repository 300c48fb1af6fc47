// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/expression.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace wl::feed {
namespace {

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (static_cast<unsigned char>(c) & 0x80U);
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// Cuts at `separator` outside quotes and brackets.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    int depth = 0;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c != separator || depth > 0) continue;
        parts.push_back(text.substr(begin, i - begin));
        begin = i + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

std::string wholeNumber(std::string_view text, std::size_t width) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(value) < 1e15)) return std::string(text);
    if (value != std::floor(value)) return std::string(text);
    std::string digits = std::to_string(static_cast<std::int64_t>(value));
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

}  // namespace

std::string normalisedName(std::string_view name) {
    std::string out;
    for (const char c : name)
        if (isWordByte(c)) out += lower(c);
    return out;
}

std::string slug(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (isWordByte(c)) out += lower(c);
        else if (!out.empty() && out.back() != '_') out += '_';
    }
    if (!out.empty() && out.back() == '_') out.pop_back();
    return out;
}

int ColumnSlots::add(std::string_view column) {
    const std::string normalised = normalisedName(column);
    if (const int slot = find(normalised); slot >= 0) return slot;
    m_normalised.push_back(normalised);
    m_names.emplace_back(column);
    return static_cast<int>(m_names.size()) - 1;
}

int ColumnSlots::find(std::string_view normalised) const {
    const auto at = std::ranges::find(m_normalised, normalised);
    return at == m_normalised.end() ? -1 : static_cast<int>(at - m_normalised.begin());
}

Result<Expression> Expression::parse(std::string_view text, ColumnSlots& slots) {
    Expression result;
    for (const std::string_view part : split(text, '|')) WL_CHECK(result.parseTerm(trimmed(part), {}, slots));
    return result;
}

Result<void> Expression::parseTerm(std::string_view text, Term term, ColumnSlots& slots) {
    const auto bad = [&] { return fail(ErrorKind::Input, "mapping.expression", {}, std::string(text)); };
    for (const auto& [word, function] : {std::pair{std::string_view("slug("), Function::Slug},
                                         std::pair{std::string_view("whole("), Function::Whole}}) {
        if (!text.starts_with(word) || !text.ends_with(')')) continue;
        if (term.function != Function::None) return bad();
        Term inner{function, 0, {}};
        std::string_view arguments = text.substr(word.size(), text.size() - word.size() - 1);
        if (function == Function::Whole) {
            const auto parts = split(arguments, ',');
            if (parts.size() > 2) return bad();
            if (parts.size() == 2) {
                const std::string_view width = trimmed(parts[1]);
                const auto [end, error] = std::from_chars(width.data(), width.data() + width.size(), inner.width);
                if (error != std::errc{} || end != width.data() + width.size() || inner.width > 18) return bad();
            }
            arguments = parts[0];
        }
        for (const std::string_view part : split(arguments, '|')) WL_CHECK(parseTerm(trimmed(part), inner, slots));
        return {};
    }
    if (!text.starts_with('"')) {
        if (normalisedName(text).empty() || text.contains('"') || text.contains('{')) return bad();
        term.pieces.push_back({{}, slots.add(text)});
        m_terms.push_back(std::move(term));
        return {};
    }
    if (text.size() < 2 || !text.ends_with('"')) return bad();
    std::string_view rest = text.substr(1, text.size() - 2);
    while (!rest.empty()) {
        const auto open = rest.find('{');
        if (open != 0) term.pieces.push_back({std::string(rest.substr(0, open)), -1});
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        if (close == std::string_view::npos) return bad();
        const std::string_view column = trimmed(rest.substr(open + 1, close - open - 1));
        if (normalisedName(column).empty()) return bad();
        term.pieces.push_back({{}, slots.add(column)});
        rest.remove_prefix(close + 1);
    }
    if (term.pieces.empty()) return bad();
    m_terms.push_back(std::move(term));
    return {};
}

std::string_view Expression::evaluate(const std::vector<std::string_view>& values, std::string& scratch) const {
    const auto at = [&](int slot) { return values[static_cast<std::size_t>(slot)]; };
    for (const Term& term : m_terms) {
        std::string_view result;
        if (term.pieces.size() == 1) {
            result = term.pieces[0].slot < 0 ? std::string_view(term.pieces[0].literal) : at(term.pieces[0].slot);
        } else {
            scratch.clear();
            std::string_view between;  // waits for a column that has something
            bool any = false, lastEmpty = false;
            for (std::size_t i = 0; i < term.pieces.size(); ++i) {
                const Piece& piece = term.pieces[i];
                if (piece.slot < 0) {
                    between = piece.literal;
                    continue;
                }
                const bool leading = i == 1;
                lastEmpty = at(piece.slot).empty();
                if (lastEmpty) {
                    if (any || leading) between = {};
                    continue;
                }
                if (any || leading) scratch += between;
                scratch += at(piece.slot);
                between = {};
                any = true;
            }
            if (any && !lastEmpty) scratch += between;
            result = scratch;
        }
        if (result.empty()) continue;
        if (term.function == Function::Slug) {
            scratch = slug(result);
            result = scratch;
        } else if (term.function == Function::Whole) {
            scratch = wholeNumber(result, term.width);
            result = scratch;
        }
        if (!result.empty()) return result;
    }
    return {};
}

bool Expression::canUse(const std::vector<bool>& slotsPresent) const {
    return std::ranges::any_of(m_terms, [&](const Term& term) {
        bool constant = true;
        for (const Piece& piece : term.pieces) {
            if (piece.slot < 0) continue;
            if (slotsPresent[static_cast<std::size_t>(piece.slot)]) return true;
            constant = false;
        }
        return constant;
    });
}

std::string Expression::firstColumn(const ColumnSlots& slots) const {
    for (const Term& term : m_terms)
        for (const Piece& piece : term.pieces)
            if (piece.slot >= 0) return slots.name(static_cast<std::size_t>(piece.slot));
    return {};
}

}  // namespace wl::feed
