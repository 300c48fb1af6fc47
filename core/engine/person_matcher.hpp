// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which records of the replica may be of one citizen. Holds blocks, no names: who is found is read from the database
// and compared as it is then. One thread's own; loaded and gone through in bounded steps.

#include <vector>

#include "rules/matching/persons.hpp"
#include "store/reader.hpp"

namespace wl::engine {

struct PersonHit {
    store::PersonView record;
    rules::matching::PersonLikeness likeness;
};
struct PersonPairHit {
    store::PersonView a, b;  ///< a is the older one
    rules::matching::PersonLikeness likeness;
    bool unasked{};          ///< above the bar for joining without being asked
};

/// What a record says, ready to be compared; numbers as in that region.
[[nodiscard]] rules::matching::PersonFacts factsOf(const PersonState& person, const std::string& region);

class PersonMatcher {
public:
    PersonMatcher(store::Reader& reader, std::string region) : m_reader(reader), m_region(std::move(region)) {}

    /// One bounded step; true when every record is there and the weights were learnt from them.
    Result<bool> loadNext();
    /// A record is new or was changed.
    Result<void> changed(PersonKey key);
    /// Records that may be of the same person as what is known, most likely first. Those of `except`'s own group, told
    /// apart from it or protected are left out.
    [[nodiscard]] Result<std::vector<PersonHit>> search(const rules::matching::PersonFacts& facts,
                                                        const PersonId& except, std::size_t limit);
    /// Pairs of a record with older ones, above the bar for a link.
    [[nodiscard]] Result<std::vector<PersonPairHit>> pairsOf(PersonKey key);
    /// The next records of a pass over all: adds their pairs; true at its end. Goes on where the last one stopped.
    Result<bool> passNext(std::vector<PersonPairHit>* pairs);
    /// How many records the pass has looked at.
    [[nodiscard]] std::size_t passed() const { return m_passedCount; }
    [[nodiscard]] std::size_t records() const { return m_blocks.records(); }
    [[nodiscard]] bool hasLearnt() const { return m_learnt; }

private:
    store::Reader& m_reader;
    std::string m_region;
    rules::matching::PersonBlocks m_blocks;
    rules::matching::LinkageModel m_model{rules::matching::usualPersonModel()};
    std::vector<rules::matching::PersonFacts> m_lesson;  ///< the first records, until the weights were learnt
    PersonKey m_loaded, m_passed;
    std::size_t m_passedCount{};
    bool m_complete{}, m_learnt{};
};

}  // namespace wl::engine
