// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/mail/flowed.hpp"

#include <algorithm>

#include "domain/attached_file.hpp"

namespace wl::mail {
namespace {

std::string_view nextLine(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// One line of uuencode; false if it is none.
bool decodeLine(std::string_view line, std::string& out) {
    if (line.empty()) return false;
    const auto value = [](char c) { return (static_cast<unsigned>(static_cast<unsigned char>(c)) - 32U) & 63U; };
    const auto bytes = value(line.front());
    const auto body = line.substr(1);
    if (bytes > 45 || body.size() + 3 < (bytes + 2) / 3 * 4) return false;
    if (std::ranges::any_of(line, [](char c) { return c < 32 || c > 96; })) return false;
    unsigned made = 0;
    for (std::size_t i = 0; made < bytes; i += 4) {
        const auto at = [&](std::size_t k) { return i + k < body.size() ? value(body[i + k]) : 0U; };
        const auto three = at(0) << 18U | at(1) << 12U | at(2) << 6U | at(3);
        for (int shift = 16; shift >= 0 && made < bytes; shift -= 8, ++made)
            out += static_cast<char>((three >> static_cast<unsigned>(shift)) & 0xffU);
    }
    return true;
}

bool isOctal(char c) { return c >= '0' && c <= '7'; }

}  // namespace

std::string unflowed(std::string_view text, bool deleteSpace) {
    std::string out, paragraph;
    std::size_t depth = 0;
    bool open = false;
    const auto finish = [&] {
        if (!open) return;
        out += std::string(depth, '>') + (depth > 0 ? " " : "") + paragraph + '\n';
        paragraph.clear();
        open = false;
    };
    while (!text.empty()) {
        auto line = nextLine(text);
        std::size_t marks = 0;
        while (marks < line.size() && line[marks] == '>') ++marks;
        line.remove_prefix(marks);
        if (line.starts_with(' ')) line.remove_prefix(1);
        if (open && marks != depth) finish();
        const bool signature = line == "-- ";
        if (signature) finish();
        depth = marks;
        open = true;
        const bool soft = line.ends_with(' ') && !signature;
        paragraph += soft && deleteSpace ? line.substr(0, line.size() - 1) : line;
        if (!soft) finish();
    }
    finish();
    return out;
}

std::string withoutUuencoded(std::string_view text, std::vector<File>& files) {
    if (!text.contains("begin ")) return std::string(text);
    std::string out;
    while (!text.empty()) {
        const auto* const start = text.data();
        const auto line = nextLine(text);
        if (line.starts_with("begin ") && line.size() > 10 && std::ranges::all_of(line.substr(6, 3), isOctal) &&
            line[9] == ' ') {
            auto rest = text;
            std::string bytes;
            bool ended = false;
            while (!rest.empty() && !ended) {
                const auto coded = nextLine(rest);
                if (coded == "end") ended = true;
                else if (coded == "`" || coded.empty()) continue;
                else if (!decodeLine(coded, bytes)) break;
            }
            if (ended && !bytes.empty()) {
                files.push_back(
                    {safeFileName(line.substr(10)), "application/octet-stream", std::move(bytes), {}, false});
                text = rest;
                continue;
            }
        }
        out.append(start, static_cast<std::size_t>(text.data() - start));
    }
    return out;
}

}  // namespace wl::mail
