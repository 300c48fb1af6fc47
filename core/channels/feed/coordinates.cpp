// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/coordinates.hpp"

#include <charconv>
#include <cmath>

namespace wl::feed {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(kSpace);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

}  // namespace

std::optional<double> readDegrees(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    std::string copy;
    if (const auto comma = text.find(','); comma != std::string_view::npos) {
        if (text.contains('.')) return std::nullopt;
        copy = text;
        copy[comma] = '.';
        text = copy;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<std::pair<std::string_view, std::string_view>> splitPosition(std::string_view text) {
    text = trimmed(text);
    const bool wkt = text.starts_with("POINT") || text.starts_with("Point") || text.starts_with("point");
    if (wkt) text = trimmed(text.substr(5));
    if (text.starts_with('(') && text.ends_with(')')) text = trimmed(text.substr(1, text.size() - 2));
    auto cut = wkt ? std::string_view::npos : text.find(',');
    if (cut == std::string_view::npos) cut = text.find_first_of(kSpace);
    if (cut == std::string_view::npos) return std::nullopt;
    const std::string_view first = trimmed(text.substr(0, cut)), second = trimmed(text.substr(cut + 1));
    if (first.empty() || second.empty()) return std::nullopt;
    return wkt ? std::pair{second, first} : std::pair{first, second};
}

}  // namespace wl::feed
