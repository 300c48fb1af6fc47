// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <tuple>

#include "geo/gazetteer.hpp"
#include "geo/text_folding.hpp"

namespace wl::geo {

namespace {

constexpr double noMatch = 0;

// How well one typed word fits one word of a name: whole, begun, or misspelt.
double fit(std::string_view typed, std::string_view word) {
    if (typed == word) return 1;
    if (word.starts_with(typed))
        return 0.86 + 0.1 * static_cast<double>(typed.size()) / static_cast<double>(word.size());
    if (expandRoadWord(typed) == word) return 0.97;
    const std::size_t allowed = typed.size() < 4 ? 0 : typed.size() < 7 ? 1 : 2;
    if (allowed == 0 || word.size() + allowed < typed.size()) return noMatch;
    const std::size_t edits = prefixEdits(typed, word, allowed);
    if (edits > allowed) return noMatch;
    // Of two words that are equally near, the one of the typed length is meant.
    const double longer = word.size() > typed.size()
                              ? 0.01 * static_cast<double>(std::min<std::size_t>(10, word.size() - typed.size()))
                              : 0;
    return 0.8 - 0.13 * static_cast<double>(edits) - longer;
}

bool isHouseNumber(std::string_view word) {
    std::size_t digits = 0;
    while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') ++digits;
    return digits > 0 && digits <= 6 && (digits == word.size() || digits + 1 == word.size());
}

/// The two sides of "a & b"; false if the text names no crossing.
bool splitCrossing(std::string_view typed, std::string_view& left, std::string_view& right) {
    static constexpr std::array<std::string_view, 6> between{"&", "@", "/", "+", " and ", " at "};
    for (const std::string_view sign : between) {
        const std::size_t at = typed.find(sign);
        if (at == std::string_view::npos || at == 0) continue;
        left = typed.substr(0, at);
        right = typed.substr(at + sign.size());
        return true;
    }
    return false;
}

}  // namespace

std::vector<GazetteerHit> Gazetteer::search(std::string_view typed, std::size_t limit) const {
    std::vector<GazetteerHit> hits;
    const std::vector<std::string> words = wordsOf(foldText(typed));
    if (words.empty() || words.size() > 12) return hits;
    std::string_view left;
    std::string_view right;
    if (splitCrossing(typed, left, right)) searchCrossings(left, right, hits);
    if (words.size() > 1 && isHouseNumber(words.front()))
        searchAddresses({words.begin() + 1, words.end()}, words.front(), hits, limit);
    if (words.size() > 1 && isHouseNumber(words.back()))
        searchAddresses({words.begin(), words.end() - 1}, words.back(), hits, limit);
    // "723-B", "226 1/2", "6800 E": numbers of several words count where there is exactly that one.
    std::string number = words.front();
    for (std::size_t k = 1; k <= 2 && k + 1 < words.size() && isHouseNumber(words.front()); ++k) {
        number += ' ' + words[k];
        searchAddresses({words.begin() + 1 + static_cast<std::ptrdiff_t>(k), words.end()}, number, hits, limit);
    }
    for (const Match& match : matchNames(words, limit)) hits.push_back(entryHit(match));

    std::ranges::sort(hits, {}, [](const GazetteerHit& h) {
        return std::tuple(-h.score, h.label.size(), std::string_view(h.label), h.at);
    });
    std::set<std::pair<std::string, GeoPoint>> seen;
    std::erase_if(hits, [&](const GazetteerHit& h) { return !seen.emplace(h.label, h.at).second; });
    if (hits.size() > limit) hits.resize(limit);
    return hits;
}

std::vector<Gazetteer::Match> Gazetteer::matchNames(std::vector<std::string> words, std::size_t limit) const {
    if (words.size() > 6) words.resize(6);
    std::vector<std::vector<float>> fits(words.size());
    for (std::size_t w = 0; w < words.size(); ++w) {
        fits[w].reserve(m_words.size());
        for (const std::string& word : m_words) fits[w].push_back(static_cast<float>(fit(words[w], word)));
    }
    std::vector<Match> matches;
    for (std::uint32_t e = 0; e < m_entries.size(); ++e) {
        const Entry& entry = m_entries[e];
        double sum = 0;
        std::uint32_t used = 0;
        for (std::size_t w = 0; w < words.size(); ++w) {
            double best = noMatch;
            std::uint32_t bestAt = 0;
            for (std::uint32_t k = 0; k < std::min(entry.wordCount, 32U); ++k) {
                const double f = static_cast<double>(fits[w][m_entryWords[entry.firstWord + k]]);
                if ((used >> k & 1U) != 0 || f <= best) continue;
                best = f;
                bestAt = k;
            }
            if (best == noMatch) {
                sum = -1;
                break;
            }
            used |= 1U << bestAt;
            // A word in its own place counts a little more: "park road" before "road park".
            sum += best - (bestAt == w ? 0 : 0.02);
        }
        if (sum <= 0) continue;
        const double covered = static_cast<double>(words.size()) / entry.wordCount;
        const double important = 0.001 * entry.importance;
        matches.push_back({e, std::min(1.0, sum / static_cast<double>(words.size()) * (0.88 + 0.12 * covered) +
                                                (covered < 1 ? important : 0))});
    }
    // A space too many or too few, a slip in a short word: the name as a whole is near enough.
    if (std::ranges::none_of(matches, [](const Match& m) { return m.score > 0.9; })) {
        std::string typed;
        for (const auto& word : words) typed += expandRoadWord(word);
        const std::size_t allowed = typed.size() < 6 ? 0 : typed.size() < 10 ? 1 : 2;
        for (std::uint32_t e = 0; e < m_entries.size() && allowed > 0; ++e) {
            const Entry& entry = m_entries[e];
            std::string name;
            for (std::uint32_t k = 0; k < entry.wordCount; ++k) name += m_words[m_entryWords[entry.firstWord + k]];
            if (name.size() + allowed < typed.size()) continue;
            const std::size_t edits = prefixEdits(typed, name, allowed);
            if (edits > allowed) continue;
            const double score = 0.88 - 0.06 * static_cast<double>(edits) -
                                 0.01 * static_cast<double>(std::min<std::size_t>(
                                            10, name.size() > typed.size() ? name.size() - typed.size() : 0));
            const auto known = std::ranges::find(matches, e, &Match::entry);
            if (known == matches.end()) matches.push_back({e, score});
            else known->score = std::max(known->score, score);
        }
    }
    const auto order = [&](const Match& m) {
        return std::tuple(-m.score, std::string_view(nameOf(m_entries[m.entry])));
    };
    const std::size_t kept = std::min(limit, matches.size());
    std::ranges::partial_sort(matches, matches.begin() + static_cast<std::ptrdiff_t>(kept), {}, order);
    matches.resize(kept);
    return matches;
}

void Gazetteer::searchCrossings(std::string_view left, std::string_view right, std::vector<GazetteerHit>& hits) const {
    constexpr std::size_t candidates = 40;
    const auto scores = [&](std::string_view text, double whenEmpty) {
        std::vector<float> of(m_entries.size(), static_cast<float>(whenEmpty));
        const auto words = wordsOf(foldText(text));
        if (words.empty()) return of;
        std::ranges::fill(of, 0.0F);
        for (const Match& match : matchNames(words, candidates)) of[match.entry] = static_cast<float>(match.score);
        return of;
    };
    const std::vector<float> first = scores(left, 0);
    const std::vector<float> second = scores(right, 0.5);
    for (const Crossing& crossing : m_crossings) {
        const auto hit = [&](std::uint32_t a, std::uint32_t b) {
            const double score = (static_cast<double>(first[a]) + static_cast<double>(second[b])) / 2;
            if (first[a] <= 0 || second[b] <= 0) return;
            hits.push_back({nameOf(m_entries[a]) + " & " + nameOf(m_entries[b]),
                            crossing.at,
                            HitKind::Crossing,
                            false,
                            {},
                            score});
        };
        hit(crossing.a, crossing.b);
        hit(crossing.b, crossing.a);
    }
    constexpr std::size_t most = 50;
    std::ranges::sort(hits, {},
                      [](const GazetteerHit& h) { return std::tuple(-h.score, std::string_view(h.label), h.at); });
    if (hits.size() > most) hits.resize(most);
    for (GazetteerHit& h : hits) h.areaCode = districtCode(h.at);
}

GazetteerHit Gazetteer::crossingHit(const Crossing& crossing, double score) const {
    return {nameOf(m_entries[crossing.a]) + " & " + nameOf(m_entries[crossing.b]),
            crossing.at,
            HitKind::Crossing,
            false,
            districtCode(crossing.at),
            score};
}

void Gazetteer::searchAddresses(const std::vector<std::string>& words, std::string_view number,
                                std::vector<GazetteerHit>& hits, std::size_t limit) const {
    std::uint32_t wanted = 0;
    std::from_chars(number.data(), number.data() + number.size(), wanted);
    for (const Match& match : matchNames(words, limit)) {
        const Entry& entry = m_entries[match.entry];
        if (entry.addressCount == 0) continue;
        const auto begin = m_addresses.begin() + entry.firstAddress;
        const auto end = begin + entry.addressCount;
        const auto above = std::ranges::lower_bound(begin, end, wanted, {}, &NumberedAddress::value);
        // The number as typed, then the same number with another letter, then the nearest on that side of the street.
        const NumberedAddress* best = nullptr;
        bool isExact = false;
        for (auto a = above; a != end && a->value == wanted; ++a) {
            const bool same = foldText(m_map->names[m_map->addresses[a->index].number]) == number;
            if (best == nullptr || (same && !isExact)) best = &*a;
            isExact = isExact || same;
        }
        if (!isExact && number.contains(' ')) continue;
        if (best == nullptr) {
            const auto far = [&](const NumberedAddress& a) {
                const std::uint32_t by = a.value > wanted ? a.value - wanted : wanted - a.value;
                return 2 * by + (a.value % 2 == wanted % 2 ? 0 : 3);
            };
            for (auto a = above - std::min<std::ptrdiff_t>(3, above - begin); a != end && a - above < 3; ++a)
                if (best == nullptr || far(*a) < far(*best)) best = &*a;
        }
        hits.push_back(addressHit(best->index, match.score * (isExact ? 1 : 0.9), !isExact));
    }
}

GazetteerHit Gazetteer::addressHit(std::uint32_t address, double score, bool approximate) const {
    const Address& a = m_map->addresses[address];
    const std::string code = a.area < m_map->areas.size() ? m_map->areas[a.area].code : std::string();
    return {m_map->names[a.number] + " " + m_map->names[a.street], a.at, HitKind::Address, approximate, code, score};
}

GazetteerHit Gazetteer::entryHit(const Match& match) const {
    const Entry& entry = m_entries[match.entry];
    return {nameOf(entry),          entry.at,   entry.isStreet ? HitKind::Street : HitKind::Place, false,
            districtCode(entry.at), match.score};
}

std::string Gazetteer::districtCode(GeoPoint at) const {
    const Area* area = m_areas.areaAt(at, "district");
    return area != nullptr ? area->code : std::string();
}

}  // namespace wl::geo
