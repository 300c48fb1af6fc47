// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether two citizen records are of one person, one record against many: the weights of linkage.hpp for records with
// several numbers, e-mails and addresses, and blocks that find the few worth comparing among a million.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/matching/linkage.hpp"

namespace wl::rules::matching {

/// What a record says, folded (foldForMatching) and normalised (E.164).
struct PersonFacts {
    std::string given, family;  ///< a name of one word is a family name
    std::vector<std::string> phones, emails, addresses;
};
/// "Ada B. Fern" or "Fern, Ada".
void readName(std::string_view name, PersonFacts& facts);

enum class PersonPart : std::uint8_t { Given = 0, Family = 1, Phone = 2, Email = 3, Address = 4 };
inline constexpr std::size_t kPersonParts = 5;

/// What two records have in common and what each part counts, in natural log odds.
struct PersonLikeness {
    double logOdds{};
    std::array<std::int8_t, kPersonParts> level{};  ///< 0 = differs … 3 = equal, kUnknown
    std::array<double, kPersonParts> weight{};      ///< 0 where unknown
};
/// "family=+5200;phone=+9100", in thousandths, the parts that are known.
[[nodiscard]] std::string reasonsOf(const PersonLikeness& likeness);

/// Above the bar without being asked: only where a number or e-mail is the same and both names agree. (Families share
/// numbers and addresses.)
[[nodiscard]] bool mayJoinUnasked(const PersonLikeness& likeness);

/// Weights before the replica's own records have taught any.
[[nodiscard]] LinkageModel usualPersonModel();
/// Weights from records; nothing where they hold too few that repeat.
[[nodiscard]] std::optional<LinkageModel> learnPersonModel(std::span<const PersonFacts> records);

/// Which records share something, by hashes: 8 bytes a block. A record that changed leaves its old blocks behind; who
/// is found is compared as it is now.
class PersonBlocks {
public:
    using Number = std::uint32_t;  ///< the caller's number for a record
    /// Blocks that hold more are too common to tell.
    static constexpr std::size_t kLargest = 200;

    void put(Number record, const PersonFacts& facts);
    void erase(Number record);
    [[nodiscard]] std::vector<Number> candidates(const PersonFacts& facts, Number except) const;
    [[nodiscard]] std::size_t records() const { return m_records; }
    /// How many records have this value.
    [[nodiscard]] std::size_t countOf(PersonPart part, std::string_view value) const;
    /// After many records were put in: sorts them, and keeps sorting from now on.
    void settle();

private:
    struct Entry {
        std::uint32_t block{};
        Number record{};
        auto operator<=>(const Entry&) const = default;
    };
    void add(std::uint32_t block, Number record);
    void sortFresh();
    [[nodiscard]] std::size_t sizeOf(std::uint32_t block) const;

    std::vector<Entry> m_sorted, m_fresh;  ///< m_fresh joins the others when it has grown
    std::vector<bool> m_known;
    std::size_t m_records{};
    bool m_loading{true};
};

[[nodiscard]] PersonLikeness comparePersons(const PersonFacts& a, const PersonFacts& b, const LinkageModel& model,
                                            const PersonBlocks& blocks);

}  // namespace wl::rules::matching
