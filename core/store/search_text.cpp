// SPDX-License-Identifier: GPL-3.0-or-later
// Reading what people type into a search box, and judging how alike two spoken names are.
#include <algorithm>
#include <cctype>
#include <numeric>

#include "domain/case_number.hpp"
#include "store/reader_impl.hpp"

namespace wl::store {
namespace {

constexpr std::size_t kEndings = 48;                        // more words than that: the prefix as a whole
constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";  // U+10FFFF

bool isWordByte(char c) { return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)); }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text) {
        if (isWordByte(c)) {
            word.push_back(lower(c));
        } else if (!word.empty()) {
            out.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) out.push_back(std::move(word));
    return out;
}

// Damerau-Levenshtein with adjacent swaps (optimal string alignment), on bytes.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(now);
    }
    return last[b.size()];
}

double likeness(std::string_view a, std::string_view b) {
    const auto longest = std::max(a.size(), b.size());
    return longest == 0 ? 1.0 : 1.0 - static_cast<double>(editDistance(a, b)) / static_cast<double>(longest);
}

}  // namespace

SearchTerms parseSearch(std::string_view text) {
    SearchTerms out;
    if (auto number = normaliseCaseNumber(text)) out.number = *number;
    std::string digits;
    bool phoneLike = true;
    for (const char c : text) {
        if (std::isdigit(static_cast<unsigned char>(c))) digits.push_back(c);
        else if (std::string_view("+-() ./").find(c) == std::string_view::npos) phoneLike = false;
    }
    if (phoneLike && digits.size() >= 5) out.digits = digits;
    out.words = wordsOf(text);
    return out;
}

Result<Reader::Impl::WordQuery> Reader::Impl::wordQuery(const SearchTerms& typed, bool bounded) {
    WordQuery out;
    auto& next = sql->nextTerm;
    for (const auto& word : typed.words) {
        if (!out.text.empty()) out.text += " AND ";
        const auto prefix = '"' + word + "\"*";  // words hold letters and digits only: nothing to escape
        if (std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
            out.text += prefix;  // the index may write it otherwise
            continue;
        }
        std::string endings;
        std::size_t count = 0;
        const auto end = word + std::string(kLastCharacter);
        for (auto from = word; count <= kEndings; ++count) {
            next.bind(from, end);
            WL_TRY(const bool row, next.step());
            if (!row) break;
            const auto term = next.text(0);
            next.reset();
            if (count < kEndings) endings += (endings.empty() ? "\"" : " OR \"") + term + '"';
            from = term + '\x01';
        }
        const bool all = count <= kEndings;
        if (count == 0) out.text += '"' + word + '"';
        else if (all || bounded) out.text += '(' + endings + ')';
        else out.text += prefix;
        out.whole = out.whole && (all || !bounded);
    }
    return out;
}

std::string trigramQuery(std::string_view name) {
    std::string query;
    for (const auto& word : wordsOf(name)) {
        for (std::size_t i = 0; i + 3 <= word.size(); ++i) {
            if (static_cast<unsigned char>(word[i]) >= 0x80 || static_cast<unsigned char>(word[i + 1]) >= 0x80 ||
                static_cast<unsigned char>(word[i + 2]) >= 0x80)
                continue;  // pieces are of characters; names in other scripts are found by whole words of their own
            if (!query.empty()) query += " OR ";
            query += '"' + word.substr(i, 3) + '"';
        }
    }
    return query;
}

double nameLikeness(std::string_view a, std::string_view b) {
    const auto left = wordsOf(a), right = wordsOf(b);
    if (left.empty() || right.empty()) return 0;
    // Each word of the shorter name looks for its best partner, so that "smith john" finds "John A. Smith".
    const auto& few = left.size() <= right.size() ? left : right;
    const auto& many = left.size() <= right.size() ? right : left;
    double sum = 0;
    for (const auto& word : few) {
        double best = 0;
        for (const auto& other : many) {
            best = std::max(best, likeness(word, other));
            if (other.starts_with(word) && word.size() >= 3) best = std::max(best, 0.9);
        }
        sum += best;
    }
    return sum / static_cast<double>(few.size()) - 0.02 * static_cast<double>(many.size() - few.size());
}

}  // namespace wl::store
