// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which records are of one person: probabilistic record linkage (Fellegi and Sunter 1969) whose weights are learnt from
// the records themselves by expectation maximisation (Winkler 1988), with weights for rare values (term frequencies).
//
//   blocking   pairs that share a value, the beginning or the end of one, or a name in another place are compared
//   agreement  each field of a pair is at one of four levels: equal, nearly, somewhat, not; or unknown
//   weight     log(m/u) of its level: m among pairs of one person, u among pairs of any two; for equal values u is how
//              common that value is
//   odds       prior and weights added; a pair above the bar is a link, links make groups

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wl::rules::matching {

enum class FieldKind : std::uint8_t { Name, Text, Number, Date, Email, Category };
inline constexpr int kLevels = 4;  ///< 0 = differs … 3 = equal
inline constexpr int kUnknown = -1;

/// How alike two folded values are.
[[nodiscard]] int agreement(FieldKind kind, std::string_view a, std::string_view b);

/// What a column holds, by its name and its values.
[[nodiscard]] FieldKind guessKind(std::string_view column, const std::vector<std::string>& values);

/// Records as columns of folded texts; an empty text is unknown.
struct RecordSet {
    std::vector<std::string> names;  ///< of the columns
    std::vector<FieldKind> kinds;
    std::vector<std::vector<std::string>> columns;  ///< columns[field][record]
    [[nodiscard]] std::size_t size() const { return columns.empty() ? 0 : columns.front().size(); }
};

using RecordPair = std::pair<std::uint32_t, std::uint32_t>;  ///< ascending

/// Pairs worth comparing; blocks of more than `largest` records (0 = by the number of records) are too common to tell.
[[nodiscard]] std::vector<RecordPair> candidatePairs(const RecordSet& records, std::size_t largest = 0);

struct ScoredPair {
    RecordPair pair;
    double logOdds{};  ///< natural logarithm of the odds that both are of one person
};

/// What was learnt.
struct LinkageModel {
    std::vector<std::array<double, kLevels>> m, u;  ///< of each field
    double prior{};  ///< share of all pairs that are of one person
};

/// Learns from the records and scores all candidate pairs; repeatable, nothing is random.
[[nodiscard]] std::vector<ScoredPair> linkRecords(const RecordSet& records, LinkageModel* learnt = nullptr);

/// Log odds above which records are proposed as one person, and above which they may be merged without being asked.
inline constexpr double kLinkBar = 2.5;
inline constexpr double kAutoBar = 7.0;

/// The group of each record when all pairs above the bar are joined.
[[nodiscard]] std::vector<std::uint32_t> groupsOf(std::size_t records, const std::vector<ScoredPair>& pairs,
                                                  double bar);

}  // namespace wl::rules::matching
