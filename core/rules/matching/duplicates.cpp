// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/matching/duplicates.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "rules/matching/comparators.hpp"

namespace wl::rules::matching {
namespace {

constexpr double kDay = 86'400'000;
constexpr double kMetresPerDegree = 111'195;

// Learnt from 1,320 pairs that a city's staff had marked, on the candidates as rankDuplicates sees them.
constexpr double kLogMetres = -1.33, kMetres = -0.69, kLogDays = 0.29, kDays = -0.66, kSameService = 1.07,
                 kClosed = -2.17, kLogClosedDays = -1.38, kWords = 1.0, kSameAnswer = 0.28, kOtherAnswer = -0.41,
                 kCodeFar = 1.03, kSameStreet = 0.66, kBothSpeak = -0.65, kWordsFar = 2.16;
constexpr double kGroupScore = 0;   // two candidates of which one scores this against the other are one fault
constexpr double kGroupMargin = 1.3;  // as far as a newer one of its group may pull the oldest up
constexpr std::size_t kGroupOf = 6;

std::uint64_t hashOf(std::string_view text) {
    std::uint64_t h = 14695981039346656037ULL;  // FNV-1a
    for (const char c : text) h = (h ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
    return h;
}

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<std::uint8_t>(c) >= 0x80;
}
bool isDigit(char c) { return c >= '0' && c <= '9'; }

void takeWords(std::string_view folded, ReportText& out) {
    for (std::size_t at = 0; at < folded.size();) {
        while (at < folded.size() && !isWordByte(folded[at])) ++at;
        const auto begin = at;
        while (at < folded.size() && isWordByte(folded[at])) ++at;
        const auto word = folded.substr(begin, at - begin);
        if (word.empty()) continue;
        out.words.push_back(hashOf(word));
        if (word.size() >= 4 && word.size() <= 8 && std::ranges::any_of(word, isDigit))
            out.codes.push_back(hashOf(word));
    }
}

std::string squashed(std::string_view folded) {
    std::string out;
    std::ranges::copy_if(folded, std::back_inserter(out), isWordByte);
    return out;
}

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\r' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\r' || s.back() == '\t')) s.remove_suffix(1);
    return s;
}

void takeLine(std::string_view line, ReportText& out) {
    const auto colon = line.find(':');
    const auto question = trimmed(line.substr(0, colon));
    const auto answer = colon == std::string_view::npos ? std::string_view() : trimmed(line.substr(colon + 1));
    if (question.size() < 2 || question.size() > 70 || answer.empty()) return takeWords(foldForMatching(line), out);
    const auto folded = foldForMatching(answer);
    ReportText words;
    takeWords(folded, words);
    const auto key = hashOf(foldForMatching(question));
    if (std::ranges::find(out.answers, key, &ReportText::Answer::question) == out.answers.end())
        out.answers.push_back({key, hashOf(squashed(folded)), words.words.empty() ? 0 : words.words.front()});
    std::ranges::copy(words.words, std::back_inserter(out.words));
    std::ranges::copy(words.codes, std::back_inserter(out.codes));
}

void sortOnce(std::vector<std::uint64_t>& v) {
    std::ranges::sort(v);
    v.erase(std::ranges::unique(v).begin(), v.end());
}

double metresBetween(GeoPoint a, GeoPoint b) {
    const double k = std::cos((a.lat() + b.lat()) / 2 * std::numbers::pi / 180);
    return std::hypot((a.lat() - b.lat()) * kMetresPerDegree, (a.lon() - b.lon()) * kMetresPerDegree * k);
}

// Calls with every element that stands in both.
template <class Each>
void common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b, const Each& each) {
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (*i < *j) ++i;
        else if (*j < *i) ++j;
        else each(*i), ++i, ++j;
    }
}

double length(const ReportText& r, const WordCounts& counts) {
    double sum = 0;
    for (const auto word : r.words) sum += counts.weight(word) * counts.weight(word);
    return std::sqrt(sum);
}

bool sharesCode(const ReportText& a, const ReportText& b, const WordCounts& counts) {
    bool shared = false;
    common(a.codes, b.codes, [&](std::uint64_t code) { shared = shared || counts.namesOneThing(code); });
    return shared;
}

}  // namespace

ReportText readReport(std::string_view description, std::string_view address) {
    ReportText out;
    for (std::size_t at = 0; at <= description.size();) {
        const auto end = std::min(description.find_first_of("|\n", at), description.size());
        if (const auto line = trimmed(description.substr(at, end - at)); !line.empty()) takeLine(line, out);
        at = end + 1;
    }
    sortOnce(out.words);
    sortOnce(out.codes);
    std::ranges::sort(out.answers, {}, &ReportText::Answer::question);
    std::string street = foldForMatching(address.substr(0, address.find(',')));
    std::erase_if(street, [](char c) { return !isWordByte(c) || isDigit(c); });
    out.street = street.empty() ? 0 : hashOf(street);
    return out;
}

void WordCounts::add(const ReportText& report) {
    ++m_reports;
    for (const auto word : report.words) ++m_counts[word];
}

void WordCounts::remove(const ReportText& report) {
    if (m_reports > 0) --m_reports;
    for (const auto word : report.words)
        if (const auto at = m_counts.find(word); at != m_counts.end() && --at->second == 0) m_counts.erase(at);
}

std::uint32_t WordCounts::of(std::uint64_t word) const {
    const auto at = m_counts.find(word);
    return at == m_counts.end() ? 0 : at->second;
}

double WordCounts::weight(std::uint64_t word) const {
    return std::log1p(static_cast<double>(std::max(m_reports, 1U)) / std::max(of(word), 1U));
}

double sharedMeaning(const ReportText& a, const ReportText& b, const WordCounts& counts) {
    double sum = 0;
    common(a.words, b.words, [&](std::uint64_t word) { sum += counts.weight(word) * counts.weight(word); });
    if (sum == 0) return 0;
    return sum / (length(a, counts) * length(b, counts));
}

Likeness compareReports(const Report& fresh, const Report& earlier, const WordCounts& counts) {
    Likeness out;
    const auto &a = *fresh.text, &b = *earlier.text;
    out.metres = fresh.placed && earlier.placed ? metresBetween(fresh.place, earlier.place) : 2 * kFarMetres;
    out.age = fresh.at - earlier.at;
    out.sameService = fresh.service == earlier.service;
    out.closed = earlier.closedAt && earlier.closedAt <= fresh.at;
    if (out.closed) out.closedFor = fresh.at - earlier.closedAt;
    out.words = sharedMeaning(a, b, counts);
    out.sameCode = sharesCode(a, b, counts);
    out.sameStreet = a.street != 0 && a.street == b.street;
    double agreed = 0;
    for (auto i = a.answers.begin(), j = b.answers.begin(); i != a.answers.end() && j != b.answers.end();) {
        if (i->question < j->question) {
            ++i;
        } else if (j->question < i->question) {
            ++j;
        } else {
            if (i->answer == j->answer) ++out.sameAnswers, agreed += std::min(1.0, counts.weight(i->firstWord) / 8);
            else ++out.otherAnswers;
            ++i, ++j;
        }
    }
    const double days = static_cast<double>(out.age.count()) / kDay;
    const double far = std::min(3.0, std::log1p(out.metres / 50));
    out.score = kLogMetres * std::log1p(out.metres / 10) + kMetres * std::min(out.metres, 2000.0) / 250 +
                kLogDays * std::log1p(std::max(days, 0.0)) + kDays * days / 10 + kWords * out.words +
                kWordsFar * out.words * far + kSameAnswer * agreed + kOtherAnswer * out.otherAnswers;
    if (out.sameService) out.score += kSameService;
    if (out.closed)
        out.score += kClosed + kLogClosedDays * std::log1p(static_cast<double>(out.closedFor.count()) / kDay);
    if (out.sameCode) out.score += kCodeFar * far;
    if (out.sameStreet) out.score += kSameStreet;
    if (!a.words.empty() && !b.words.empty()) out.score += kBothSpeak;
    return out;
}

std::vector<DuplicateCandidate> rankDuplicates(const Report& fresh, std::span<const Report> earlier,
                                               const WordCounts& counts) {
    std::vector<DuplicateCandidate> out;
    std::unordered_map<std::uint32_t, const Report*> byId;
    for (const auto& report : earlier) {
        const auto likeness = compareReports(fresh, report, counts);
        const bool near = likeness.metres <= (likeness.sameService ? kFarMetres : kNearMetres);
        if (!near && !likeness.sameCode && likeness.words < kFarWords) continue;
        out.push_back({report.id, likeness, likeness.score});
        byId[report.id] = &report;
    }
    const auto inOrder = [](const DuplicateCandidate& a, const DuplicateCandidate& b) {
        return a.rank != b.rank ? a.rank > b.rank : a.id < b.id;
    };
    std::ranges::sort(out, inOrder);
    const std::span top(out.data(), std::min(out.size(), kGroupOf));
    for (auto& old : top) {
        if (old.likeness.closed) continue;
        for (const auto& newer : top) {
            if (newer.id <= old.id || newer.likeness.score < old.rank ||
                newer.likeness.score - old.likeness.score >= kGroupMargin)
                continue;
            if (compareReports(*byId[newer.id], *byId[old.id], counts).score > kGroupScore)
                old.rank = newer.likeness.score + 1e-9;
        }
    }
    std::ranges::sort(out, inOrder);
    return out;
}

}  // namespace wl::rules::matching
