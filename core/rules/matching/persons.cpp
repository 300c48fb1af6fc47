// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/matching/persons.hpp"

#include <algorithm>
#include <cmath>
#include <format>

#include "rules/matching/comparators.hpp"

namespace wl::rules::matching {
namespace {

constexpr std::array kNames{"given", "family", "phone", "email", "address"};
constexpr std::array kKinds{FieldKind::Name, FieldKind::Name, FieldKind::Number, FieldKind::Email, FieldKind::Text};
constexpr double kSameShare = 0.2;  // of the records, how many have another one of the same person
constexpr double kEnoughMatches = 50;
constexpr double kWorth = 1000;     // what is usual counts as much as so many records of the replica
constexpr std::size_t kFreshMost = 4096;

std::uint32_t blockOf(char form, std::string_view a, std::string_view b = {}) {
    std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
    const auto eat = [&](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
        hash = (hash ^ 0x1fU) * 1099511628211ULL;
    };
    eat({&form, 1}), eat(a), eat(b);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

std::string_view head(std::string_view text, std::size_t most) { return text.substr(0, most); }

// Number and beginning of the street: "12 mai".
std::string_view doorOf(std::string_view address) {
    const auto space = address.find(' ');
    return space == std::string_view::npos ? address : address.substr(0, std::min(address.size(), space + 4));
}

std::vector<std::uint32_t> blocksOf(const PersonFacts& f) {
    std::vector<std::uint32_t> out;
    for (const auto& phone : f.phones) out.push_back(blockOf('p', phone));
    for (const auto& email : f.emails) out.push_back(blockOf('e', email));
    for (const auto& address : f.addresses) {
        out.push_back(blockOf('a', address));
        if (!f.family.empty()) out.push_back(blockOf('d', doorOf(address), head(f.family, 2)));
    }
    if (!f.given.empty()) {
        const auto [x, y] = std::minmax<std::string_view>({f.given, f.family});
        out.push_back(blockOf('n', x, y));
        const auto [u, v] = std::minmax({head(f.given, 4), head(f.family, 4)});
        out.push_back(blockOf('b', u, v));
    } else if (!f.family.empty()) {
        out.push_back(blockOf('n', {}, f.family));
    }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

// Counted for how common a value is.
std::uint32_t commonBlock(PersonPart part, std::string_view value) {
    switch (part) {
        case PersonPart::Given: return blockOf('G', value);
        case PersonPart::Family: return blockOf('F', value);
        case PersonPart::Phone: return blockOf('p', value);
        case PersonPart::Email: return blockOf('e', value);
        case PersonPart::Address: return blockOf('a', value);
    }
    return 0;
}

struct Best {
    int level{kUnknown};
    std::string_view value;  ///< that is equal
};

Best bestOf(FieldKind kind, std::span<const std::string> a, std::span<const std::string> b) {
    Best best;
    for (const auto& x : a)
        for (const auto& y : b)
            if (const int level = agreement(kind, x, y); level > best.level) best = {level, x};
    return best;
}

Best single(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return {};
    const bool initial = (a.size() == 1 || b.size() == 1) && a.front() == b.front();
    return {initial && a != b ? 1 : agreement(FieldKind::Name, a, b), a};
}

}  // namespace

void readName(std::string_view name, PersonFacts& facts) {
    const auto comma = name.find(',');
    auto folded = foldForMatching(comma == std::string_view::npos ? name : name.substr(comma + 1));
    std::ranges::replace(folded, '.', ' ');
    folded = foldForMatching(folded);
    const auto space = folded.find(' ');
    if (comma != std::string_view::npos) {
        facts.family = foldForMatching(name.substr(0, comma));
        facts.given = folded.substr(0, space);
    } else if (space == std::string::npos) {
        facts.family = folded;
    } else {
        facts.given = folded.substr(0, space);
        facts.family = folded.substr(folded.rfind(' ') + 1);
    }
}

std::string reasonsOf(const PersonLikeness& likeness) {
    std::string out;
    for (std::size_t p = 0; p < kPersonParts; ++p)
        if (likeness.level[p] != kUnknown)
            out += std::format("{}{}={:+}", out.empty() ? "" : ";", kNames[p], std::lround(likeness.weight[p] * 1000));
    return out;
}

bool mayJoinUnasked(const PersonLikeness& l) {
    const auto level = [&](PersonPart part) { return l.level[static_cast<std::size_t>(part)]; };
    return l.logOdds >= kAutoBar && (level(PersonPart::Phone) == 3 || level(PersonPart::Email) == 3) &&
           level(PersonPart::Given) >= 2 && level(PersonPart::Family) >= 2 && level(PersonPart::Address) != 0;
}

LinkageModel usualPersonModel() {
    LinkageModel model;
    model.m = {{0.03, 0.05, 0.12, 0.80},
               {0.03, 0.03, 0.12, 0.82},
               {0.30, 0.02, 0.08, 0.60},
               {0.30, 0.03, 0.07, 0.60},
               {0.25, 0.08, 0.12, 0.55}};
    model.u = {{0.975, 0.012, 0.006, 0.007},
               {0.985, 0.008, 0.004, 0.003},
               {0.9989, 0.0008, 0.0002, 0.0001},
               {0.995, 0.0038, 0.001, 0.0002},
               {0.95, 0.035, 0.0145, 0.0005}};
    model.prior = 0;
    return model;
}

std::optional<LinkageModel> learnPersonModel(std::span<const PersonFacts> records) {
    RecordSet set;
    for (std::size_t p = 0; p < kPersonParts; ++p) {
        set.names.emplace_back(p < 2 ? std::string(kNames[p]) + " name" : kNames[p]);
        set.kinds.push_back(kKinds[p]);
        auto& column = set.columns.emplace_back();
        for (const auto& r : records) {
            const auto first = [](const std::vector<std::string>& all) { return all.empty() ? std::string() : all[0]; };
            column.push_back(p == 0   ? r.given
                             : p == 1 ? r.family
                             : p == 2 ? first(r.phones)
                             : p == 3 ? first(r.emails)
                                      : first(r.addresses));
        }
    }
    LinkageModel learnt;
    if (linkRecords(set, &learnt).empty()) return std::nullopt;
    const auto n = static_cast<double>(records.size());
    if (learnt.prior * n * (n - 1) / 2 < kEnoughMatches) return std::nullopt;
    // Only what makes sense for a match: equal names must speak for, other names against.
    for (std::size_t p = 0; p < kPersonParts; ++p)
        if (learnt.m[p][3] <= learnt.u[p][3] || learnt.m[p][0] >= learnt.u[p][0]) return std::nullopt;
    return learnt;
}

void PersonBlocks::add(std::uint32_t block, Number record) {
    m_fresh.push_back({block, record});
    if (m_fresh.size() >= std::max(kFreshMost, m_loading ? m_sorted.size() : 0)) sortFresh();
}

void PersonBlocks::settle() {
    sortFresh();
    m_loading = false;
}

void PersonBlocks::sortFresh() {
    const auto middle = static_cast<std::ptrdiff_t>(m_sorted.size());
    std::ranges::sort(m_fresh);
    m_sorted.insert(m_sorted.end(), m_fresh.begin(), m_fresh.end());
    std::inplace_merge(m_sorted.begin(), m_sorted.begin() + middle, m_sorted.end());
    m_sorted.erase(std::ranges::unique(m_sorted).begin(), m_sorted.end());
    m_fresh.clear();
}

void PersonBlocks::put(Number record, const PersonFacts& facts) {
    if (record >= m_known.size()) m_known.resize(std::size_t{record} + 1 + record / 4);
    if (!m_known[record]) ++m_records;
    m_known[record] = true;
    for (const auto block : blocksOf(facts)) add(block, record);
    if (!facts.given.empty()) add(blockOf('G', facts.given), record);
    if (!facts.family.empty()) add(blockOf('F', facts.family), record);
}

void PersonBlocks::erase(Number record) {
    if (record >= m_known.size() || !m_known[record]) return;
    m_known[record] = false;
    --m_records;
}

std::size_t PersonBlocks::sizeOf(std::uint32_t block) const {
    const auto range = std::ranges::equal_range(m_sorted, block, {}, &Entry::block);
    return range.size() + static_cast<std::size_t>(std::ranges::count(m_fresh, block, &Entry::block));
}

std::size_t PersonBlocks::countOf(PersonPart part, std::string_view value) const {
    return sizeOf(commonBlock(part, value));
}

std::vector<PersonBlocks::Number> PersonBlocks::candidates(const PersonFacts& facts, Number except) const {
    std::vector<Number> out;
    for (const auto block : blocksOf(facts)) {
        const auto range = std::ranges::equal_range(m_sorted, block, {}, &Entry::block);
        if (range.size() > kLargest) continue;
        for (const auto& entry : range) out.push_back(entry.record);
        for (const auto& entry : m_fresh)
            if (entry.block == block) out.push_back(entry.record);
    }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    std::erase_if(out, [&](Number n) { return n == except || n >= m_known.size() || !m_known[n]; });
    return out;
}

PersonLikeness comparePersons(const PersonFacts& a, const PersonFacts& b, const LinkageModel& model,
                              const PersonBlocks& blocks) {
    std::array<Best, kPersonParts> best{single(a.given, b.given), single(a.family, b.family),
                                        bestOf(kKinds[2], a.phones, b.phones), bestOf(kKinds[3], a.emails, b.emails),
                                        bestOf(kKinds[4], a.addresses, b.addresses)};
    // Given name and family name in each other's place.
    const auto x = single(a.given, b.family), y = single(a.family, b.given);
    if (x.level + y.level > best[0].level + best[1].level + 1 && x.level > 0 && y.level > 0)
        best[0] = {std::min(x.level, 2), x.value}, best[1] = {std::min(y.level, 2), y.value};
    const auto n = static_cast<double>(blocks.records());
    PersonLikeness out;
    const double prior = model.prior > 0 ? model.prior : kSameShare / std::max(n, kWorth);
    out.logOdds = std::log(prior / (1 - prior));
    for (std::size_t p = 0; p < kPersonParts; ++p) {
        out.level[p] = static_cast<std::int8_t>(best[p].level);
        if (best[p].level == kUnknown) continue;
        const auto level = static_cast<std::size_t>(best[p].level);
        double u = model.u[p][level];
        if (level == 3) {  // how common this value is, beside these two
            const auto count = static_cast<double>(blocks.countOf(static_cast<PersonPart>(p), best[p].value));
            u = std::max((std::max(count - 2, 0.0) + kWorth * u) / (n + kWorth), 1e-7);
        }
        out.weight[p] = std::log(model.m[p][level] / u);
        out.logOdds += out.weight[p];
    }
    return out;
}

}  // namespace wl::rules::matching
