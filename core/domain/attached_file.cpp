// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/attached_file.hpp"

#include <algorithm>
#include <charconv>

namespace wl {
namespace {

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool isLowerHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// The text up to the next blank, which is taken away too.
std::string_view word(std::string_view& line) {
    const auto end = std::min(line.find(' '), line.size());
    const auto out = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return out;
}

}  // namespace

bool isWritable(const AttachedFile& file) {
    return file.sha256.size() == 64 && std::ranges::all_of(file.sha256, isLowerHex) &&
           std::ranges::none_of(file.type, [](char c) { return c == ' ' || isControl(c); }) &&
           std::ranges::none_of(file.name, isControl);
}

std::string filesText(const std::vector<AttachedFile>& files) {
    std::string out;
    for (const auto& file : files)
        out += file.sha256 + ' ' + std::to_string(file.size) + ' ' + file.type + ' ' + file.name + '\n';
    return out;
}

std::vector<AttachedFile> filesOf(std::string_view text) {
    std::vector<AttachedFile> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        AttachedFile file;
        file.sha256 = word(line);
        const auto size = word(line);
        const auto read = std::from_chars(size.data(), size.data() + size.size(), file.size);
        file.type = word(line);
        file.name = line;
        if (read.ec == std::errc{} && read.ptr == size.data() + size.size() && isWritable(file))
            out.push_back(std::move(file));
    }
    return out;
}

std::string safeFileName(std::string_view name) {
    if (const auto cut = name.find_last_of("/\\"); cut != std::string_view::npos) name.remove_prefix(cut + 1);
    std::string out;
    for (const char c : name)
        if (!isControl(c)) out += std::string_view(":*?\"<>|").contains(c) ? '_' : c;
    const auto isEdge = [](char c) { return c == ' ' || c == '.'; };
    while (!out.empty() && isEdge(out.back())) out.pop_back();
    while (!out.empty() && isEdge(out.front())) out.erase(0, 1);
    if (out.size() > 120) {
        const auto dot = out.rfind('.');
        const auto ending = dot != std::string::npos && out.size() - dot <= 12 ? out.substr(dot) : std::string();
        auto keep = 120 - ending.size();
        while (keep > 0 && (static_cast<unsigned char>(out[keep]) & 0xc0U) == 0x80U) --keep;
        out = out.substr(0, keep) + ending;
    }
    return out.empty() ? "file" : out;
}

}  // namespace wl
