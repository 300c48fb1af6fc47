// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names for streets: made from words that suit the quarter, each given once in the whole city.

#include <set>
#include <string>
#include <vector>

#include "geo/demo/streets.hpp"

namespace wl::geo::demo {

class StreetNames {
public:
    explicit StreetNames(std::uint64_t seed) : m_chance(seed) {}

    void reserve(const std::string& name) { m_used.insert(name); }
    /// A new name for the street; `along` is its length in metres.
    [[nodiscard]] std::string nameFor(const Way& way, double along);

private:
    [[nodiscard]] bool take(const std::string& name) { return m_used.insert(name).second; }

    Chance m_chance;
    std::set<std::string> m_used;
};

/// Gives every unnamed street, except alleys and ramps, its name.
void nameStreets(Streets& streets, std::uint64_t seed);

}  // namespace wl::geo::demo
