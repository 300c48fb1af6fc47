// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/matching/linkage.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "rules/matching/comparators.hpp"

namespace wl::rules::matching {
namespace {

constexpr int kRounds = 40;
constexpr std::size_t kRandomPairs = 60'000;
constexpr std::uint32_t kMany = 0xffffffff;

using Levels = std::vector<std::int8_t>;

// The places of the given name and the family name, if the records have both.
std::pair<std::size_t, std::size_t> nameFields(const RecordSet& records) {
    std::vector<std::size_t> found;
    for (std::size_t f = 0; f < records.kinds.size(); ++f)
        if (records.kinds[f] == FieldKind::Name && records.names[f].find("name") != std::string::npos)
            found.push_back(f);
    return found.size() == 2 ? std::pair(found[0], found[1]) : std::pair(std::size_t{kMany}, std::size_t{kMany});
}

Levels compare(const RecordSet& records, std::pair<std::size_t, std::size_t> names, RecordPair pair) {
    Levels out(records.columns.size());
    for (std::size_t f = 0; f < out.size(); ++f) {
        const auto& a = records.columns[f][pair.first];
        const auto& b = records.columns[f][pair.second];
        out[f] = static_cast<std::int8_t>(a.empty() || b.empty() ? kUnknown : agreement(records.kinds[f], a, b));
    }
    if (names.first == kMany || out[names.first] == kUnknown || out[names.second] == kUnknown) return out;
    // Given name and family name in each other's place.
    const auto& first = records.columns[names.first];
    const auto& second = records.columns[names.second];
    const int x = agreement(FieldKind::Name, first[pair.first], second[pair.second]);
    const int y = agreement(FieldKind::Name, second[pair.first], first[pair.second]);
    if (x + y > out[names.first] + out[names.second] + 1) {
        out[names.first] = static_cast<std::int8_t>(std::min(x, 2));
        out[names.second] = static_cast<std::int8_t>(std::min(y, 2));
    }
    return out;
}

std::array<double, kLevels> shares(const std::array<double, kLevels>& counts) {
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    auto out = counts;
    for (auto& value : out) value /= all;
    return out;
}

// Agreement between any two records: pairs a fixed stride apart, so that the same records always teach the same.
std::vector<std::array<double, kLevels>> learnU(const RecordSet& records, std::pair<std::size_t, std::size_t> names) {
    std::vector<std::array<double, kLevels>> counts(records.columns.size(), {1, 1, 1, 1});
    const auto n = static_cast<std::uint32_t>(records.size());
    std::uint64_t state = 311;
    const auto below = [&](std::uint32_t limit) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state >> 33) % limit);
    };
    for (std::size_t i = 0; n > 1 && i < kRandomPairs; ++i) {
        const auto a = below(n), b = below(n);
        if (a == b) continue;
        const auto levels = compare(records, names, {std::min(a, b), std::max(a, b)});
        for (std::size_t f = 0; f < levels.size(); ++f)
            if (levels[f] != kUnknown) counts[f][static_cast<std::size_t>(levels[f])] += 1;
    }
    for (auto& field : counts) field = shares(field);
    return counts;
}

double weightOf(const LinkageModel& model, const Levels& levels) {
    double sum = 0;
    for (std::size_t f = 0; f < levels.size(); ++f)
        if (levels[f] != kUnknown)
            sum += std::log(model.m[f][static_cast<std::size_t>(levels[f])] /
                            model.u[f][static_cast<std::size_t>(levels[f])]);
    return sum;
}

double logit(double share) { return std::log(share / (1 - share)); }

// m and the share of matches among the candidates; u stays.
double learnM(const std::map<Levels, std::size_t>& patterns, std::size_t pairs, std::size_t records,
              LinkageModel& model) {
    double share = std::clamp(0.3 * static_cast<double>(records) / static_cast<double>(pairs), 1e-6, 0.5);
    model.m.assign(model.u.size(), {0.05, 0.05, 0.1, 0.8});
    for (int round = 0; round < kRounds; ++round) {
        std::vector<std::array<double, kLevels>> counts(model.u.size(), {0.5, 0.5, 0.5, 0.5});
        double matches = 0;
        for (const auto& [levels, count] : patterns) {
            const double odds = std::clamp(logit(share) + weightOf(model, levels), -60.0, 60.0);
            const double p = static_cast<double>(count) / (1 + std::exp(-odds));
            matches += p;
            for (std::size_t f = 0; f < levels.size(); ++f)
                if (levels[f] != kUnknown) counts[f][static_cast<std::size_t>(levels[f])] += p;
        }
        share = std::clamp(matches / static_cast<double>(pairs), 1e-6, 0.9);
        for (std::size_t f = 0; f < counts.size(); ++f) model.m[f] = shares(counts[f]);
    }
    return share;
}

std::string digitsOf(std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

int dateAgreement(std::string_view a, std::string_view b) {
    if (a == b) return 3;
    const auto x = digitsOf(a), y = digitsOf(b);
    const int edits = editDistance(x, y, 2);
    if (edits <= 1) return 2;
    if (edits == 2) return 1;
    if (x.size() != 8 || y.size() != 8) return 0;
    // Year, and month or day; or month and day; or day and month in each other's place.
    const bool year = x.substr(0, 4) == y.substr(0, 4);
    const bool month = x.substr(4, 2) == y.substr(4, 2), day = x.substr(6) == y.substr(6);
    return (year && (month || day)) || (month && day) || (year && x.substr(4, 2) == y.substr(6)) ? 1 : 0;
}

}  // namespace

int agreement(FieldKind kind, std::string_view a, std::string_view b) {
    if (kind == FieldKind::Date) return dateAgreement(a, b);
    if (a == b) return 3;
    switch (kind) {
        case FieldKind::Number: {
            const int edits = editDistance(a, b, 2);
            if (edits == 1 && a.size() > 1) return 2;
            return edits == 2 && a.size() >= 6 ? 1 : 0;
        }
        case FieldKind::Category: return editDistance(a, b, 1) == 1 && a.size() > 2 ? 2 : 0;
        case FieldKind::Email: {
            const auto local = a.substr(0, a.find('@')), other = b.substr(0, b.find('@'));
            if ((local == other && local.size() > 3) || editDistance(a, b, 2) <= 2) return 2;
            return jaroWinkler(a, b) >= 0.93 ? 1 : 0;
        }
        case FieldKind::Name:
        case FieldKind::Text: {
            const double alike = jaroWinkler(a, b);
            if (alike >= 0.9 || (a.size() > 3 && editDistance(a, b, 1) <= 1)) return 2;
            if (alike >= 0.8) return 1;
            return kind == FieldKind::Text && sharedWords(a, b) >= 0.5 ? 1 : 0;
        }
        case FieldKind::Date: break;
    }
    return 0;
}

FieldKind guessKind(std::string_view column, const std::vector<std::string>& values) {
    std::size_t known = 0, numbers = 0, spaced = 0, mails = 0;
    std::unordered_map<std::string_view, int> distinct;
    for (const auto& value : values) {
        if (value.empty()) continue;
        ++known;
        ++distinct[value];
        mails += value.find('@') != std::string::npos;
        spaced += value.find(' ') != std::string::npos;
        numbers += std::ranges::all_of(value, [](char c) {
            return (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '+' || c == '(' || c == ')';
        });
    }
    const auto named = [&](std::string_view part) { return column.find(part) != std::string_view::npos; };
    if (named("mail") || mails * 2 > known) return FieldKind::Email;
    if (named("birth") || named("dob") || named("date")) return FieldKind::Date;
    if (named("phone") || numbers * 5 > known * 4) return FieldKind::Number;
    if (distinct.size() <= std::max<std::size_t>(12, known / 200) && !named("name")) return FieldKind::Category;
    return spaced * 2 > known ? FieldKind::Text : FieldKind::Name;
}

std::vector<RecordPair> candidatePairs(const RecordSet& records, std::size_t largest) {
    const auto n = static_cast<std::uint32_t>(records.size());
    if (largest == 0) largest = std::max<std::size_t>(60, std::min<std::size_t>(n / 50, 400));
    std::unordered_map<std::string, std::vector<std::uint32_t>> blocks;
    const auto names = nameFields(records);
    const auto put = [&](char form, std::size_t field, std::string_view value, std::uint32_t record) {
        std::string key{form, static_cast<char>(field)};
        blocks[key.append(value)].push_back(record);
    };
    for (std::size_t f = 0; f < records.columns.size(); ++f) {
        const auto kind = records.kinds[f];
        if (kind == FieldKind::Category) continue;
        const bool isName = f == names.first || f == names.second;
        for (std::uint32_t r = 0; r < n; ++r) {
            const std::string_view value = records.columns[f][r];
            if (value.empty()) continue;
            put('=', f, value, r);
            if (isName) put('n', 0, value, r);  // given and family names swapped
            if (kind == FieldKind::Number || kind == FieldKind::Date) {
                const auto digits = digitsOf(value);
                if (digits.size() < 6) continue;
                put('<', f, std::string_view(digits).substr(0, digits.size() / 2 + 1), r);
                put('>', f, std::string_view(digits).substr(digits.size() / 2 - 1), r);
            } else {
                put('<', f, value.substr(0, 4), r);
                put('>', f, value.substr(value.size() - std::min<std::size_t>(4, value.size())), r);
            }
        }
    }
    std::vector<RecordPair> out;
    for (auto& [key, block] : blocks) {
        if (block.size() < 2 || block.size() > largest) continue;
        std::ranges::sort(block);
        for (std::size_t i = 0; i < block.size(); ++i)
            for (std::size_t j = i + 1; j < block.size(); ++j)
                if (block[i] != block[j]) out.emplace_back(block[i], block[j]);
    }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

std::vector<ScoredPair> linkRecords(const RecordSet& records, LinkageModel* learnt) {
    const auto pairs = candidatePairs(records);
    if (pairs.empty()) return {};
    const auto names = nameFields(records);
    std::vector<Levels> levels;
    levels.reserve(pairs.size());
    std::map<Levels, std::size_t> patterns;
    for (const auto& pair : pairs) {
        levels.push_back(compare(records, names, pair));
        ++patterns[levels.back()];
    }
    LinkageModel model;
    model.u = learnU(records, names);
    const double share = learnM(patterns, pairs.size(), records.size(), model);
    const auto n = static_cast<double>(records.size());
    model.prior = std::clamp(share * static_cast<double>(pairs.size()) / (n * (n - 1) / 2), 1e-12, 0.5);

    std::vector<std::unordered_map<std::string_view, std::size_t>> frequency(records.columns.size());
    std::vector<double> known(records.columns.size());
    for (std::size_t f = 0; f < records.columns.size(); ++f)
        for (const auto& value : records.columns[f])
            if (!value.empty()) ++frequency[f][value], known[f] += 1;

    std::vector<ScoredPair> out;
    out.reserve(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        double odds = logit(model.prior) + weightOf(model, levels[i]);
        for (std::size_t f = 0; f < levels[i].size(); ++f) {
            if (levels[i][f] != 3 || records.kinds[f] == FieldKind::Category) continue;
            const double common = static_cast<double>(frequency[f][records.columns[f][pairs[i].first]]) / known[f];
            odds += std::log(model.u[f][3] / std::max(common, 1 / n));
        }
        out.push_back({pairs[i], odds});
    }
    std::ranges::sort(out, [](const auto& a, const auto& b) {
        return std::pair(b.logOdds, a.pair) < std::pair(a.logOdds, b.pair);
    });
    if (learnt) *learnt = std::move(model);
    return out;
}

std::vector<std::uint32_t> groupsOf(std::size_t records, const std::vector<ScoredPair>& pairs, double bar) {
    std::vector<std::uint32_t> parent(records);
    std::iota(parent.begin(), parent.end(), 0U);
    const auto root = [&](std::uint32_t at) {
        while (parent[at] != at) at = parent[at] = parent[parent[at]];
        return at;
    };
    for (const auto& scored : pairs)
        if (scored.logOdds >= bar) {
            const auto a = root(scored.pair.first), b = root(scored.pair.second);
            parent[std::max(a, b)] = std::min(a, b);
        }
    for (std::uint32_t i = 0; i < records; ++i) parent[i] = root(i);
    return parent;
}

}  // namespace wl::rules::matching
