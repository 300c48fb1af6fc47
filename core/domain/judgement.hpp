// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was said of two entities of one kind: two citizen records of one person, two cases of one fault, or not. A
// judgement is a mark on the entity with the greater id; one that names marks as replaced takes them away, so each can
// be taken back, and marks made at once by several consoles all stand until somebody replaces them.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/hlc.hpp"

namespace wl {

enum class Judgement : std::uint8_t {
    None = 0,       ///< taken back: nothing is said any more
    Same = 1,
    Different = 2,  ///< stands against any number of Same: what a person took apart stays apart
};

/// "same", "different", "none".
[[nodiscard]] std::string_view code(Judgement judgement);

/// The content of an op (CasesJudged, PersonsJudged).
struct JudgedPair {
    EntityId other;
    Judgement judgement{};
    bool automatic{};         ///< by a rule, above the high bar
    std::int64_t weight{};    ///< log odds of "same" when it was judged, in thousandths
    std::string reasons;      ///< what counted, "name=+5200;phone=+9100": never a value of a field
    std::vector<Dot> replaces;  ///< marks that it takes the place of
    bool operator==(const JudgedPair&) const = default;
};

struct PairMark {
    Stamp stamp;
    EntityId other;
    Judgement judgement{};
    bool automatic{};
    std::int64_t weight{};
    std::string reasons;
    bool operator==(const PairMark&) const = default;
};

/// The marks of one entity: a pure function of the set of its ops.
struct Judgements {
    std::vector<PairMark> marks;  ///< those that stand, ascending by stamp
    std::set<Dot> gone;           ///< replaced ones, also such that have not arrived

    void take(const Stamp& stamp, const JudgedPair& pair);
    /// Different if any mark says so, else Same if any does.
    [[nodiscard]] Judgement of(const EntityId& other) const;
    /// The mark that decides; nullptr if nothing stands.
    [[nodiscard]] const PairMark* deciding(const EntityId& other) const;
    /// What a new judgement of the pair replaces.
    [[nodiscard]] std::vector<Dot> standing(const EntityId& other) const;
    [[nodiscard]] bool empty() const { return marks.empty() && gone.empty(); }
    bool operator==(const Judgements&) const = default;
};

/// Appends canonical bytes; nothing where there is nothing.
void writeJudgements(std::string& out, const Judgements& judgements);

}  // namespace wl
