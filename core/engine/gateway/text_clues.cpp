// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/text_clues.hpp"

#include <algorithm>

#include "domain/case_number.hpp"

namespace wl::engine {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

bool isWordByte(char c) {
    const auto b = static_cast<unsigned char>(c);
    return b >= 0x80 || (b >= '0' && b <= '9') || ((b | 0x20U) >= 'a' && (b | 0x20U) <= 'z');
}

bool hasWord(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos && !word.empty(); at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !isWordByte(text[at - 1]);
        const auto end = at + word.size();
        if (begins && (end >= text.size() || !isWordByte(text[end]) || text[end] == 's')) return true;
    }
    return false;
}

}  // namespace

std::vector<std::string> numbersIn(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i + 11 <= text.size(); ++i) {
        if (text[i + 5] != '-' || (i > 0 && isWordByte(text[i - 1])) ||
            (i + 11 < text.size() && isWordByte(text[i + 11])))
            continue;
        if (const auto number = normaliseCaseNumber(text.substr(i, 11))) out.push_back(*number);
    }
    return out;
}

std::string cutText(std::string text, std::size_t longest, bool* wasCut) {
    if (text.size() <= longest) return text;
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0U) == 0x80U) --longest;
    text.resize(longest);
    if (wasCut) *wasCut = true;
    return text + "\n[…]";
}

std::string guessService(const rules::Catalogue& catalogue, std::string_view inSubject, std::string_view inText,
                         const std::string& otherwise) {
    const auto subject = lower(inSubject), text = lower(inText.substr(0, 4000));
    std::string best = otherwise;
    int most = 0;
    for (const auto& service : catalogue.services()) {
        if (!service.active || service.staffOnly) continue;
        int score = 0;
        auto words = service.keywords;
        words.push_back(service.name);
        for (const auto& word : words) {
            const auto small = lower(word);
            score += (hasWord(subject, small) ? 2 : 0) + (hasWord(text, small) ? 1 : 0);
        }
        if (score > most) most = score, best = service.code;
    }
    return best;
}

}  // namespace wl::engine
