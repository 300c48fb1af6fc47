// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The right-hand side of a mapped field: which columns it is made of.
//
//   Column                     the column's text; names match without regard to case, spaces and punctuation
//   a | b                      the first that is not empty
//   "{a}, {b}"                 a template; the text before an empty column is left out with it
//   "open311"                  a constant
//   slug(a)                    a code made from a name: "Street Lights" -> street_lights
//   whole(a)  whole(a, 5)      a whole number from "2108.0", padded with zeros: 02108

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace wl::feed {

/// Letters and digits alone, lower case: what column names are compared by.
[[nodiscard]] std::string normalisedName(std::string_view name);
/// Lower case, everything but letters and digits becomes one underscore.
[[nodiscard]] std::string slug(std::string_view name);

/// The columns that a mapping reads; expressions name them by their place here.
class ColumnSlots {
public:
    [[nodiscard]] int add(std::string_view column);                    ///< the place of that column
    [[nodiscard]] int find(std::string_view normalised) const;         ///< -1 if the mapping does not read it
    [[nodiscard]] std::size_t size() const { return m_normalised.size(); }
    [[nodiscard]] const std::string& name(std::size_t slot) const { return m_names[slot]; }  ///< as written

private:
    std::vector<std::string> m_normalised, m_names;
};

class Expression {
public:
    /// Errors: mapping.expression (Input, detail = what was not understood).
    static Result<Expression> parse(std::string_view text, ColumnSlots& slots);

    [[nodiscard]] bool empty() const { return m_terms.empty(); }
    /// `values` by slot, empty where the row has nothing. The answer lives in `values` or in `scratch`.
    [[nodiscard]] std::string_view evaluate(const std::vector<std::string_view>& values, std::string& scratch) const;
    /// True if it can give something although a row has only the columns marked here.
    [[nodiscard]] bool canUse(const std::vector<bool>& slotsPresent) const;
    /// Name of the first column it reads, as written; empty for a constant.
    [[nodiscard]] std::string firstColumn(const ColumnSlots& slots) const;

private:
    enum class Function : std::uint8_t { None, Slug, Whole };
    struct Piece {
        std::string literal;
        int slot{-1};
    };
    struct Term {
        Function function{};
        std::size_t width{};
        std::vector<Piece> pieces;
    };
    Result<void> parseTerm(std::string_view text, Term term, ColumnSlots& slots);
    std::vector<Term> m_terms;
};

}  // namespace wl::feed
