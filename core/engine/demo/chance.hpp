// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Chance for the demo city's people: the same draws with every compiler and library.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "geo/demo/chance.hpp"

namespace wl::engine::demo {

/// Spreads the bits of a number; used to derive independent seeds (SplitMix64's finaliser, Steele, Lea, Flood 2014).
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t z) {
    z += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// Each thing that is made has a generator of its own, seeded by what it is, so that adding a draw in one place does
/// not change everything after it.
class Chance : public geo::demo::Chance {
public:
    Chance(std::uint64_t seed, std::uint64_t kind, std::uint64_t index = 0)
        : geo::demo::Chance(mixed(mixed(seed ^ (kind * 0xD1342543DE82EF95ULL)) + index)) {}

    /// In [low, high].
    std::int64_t whole(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    template <class T, std::size_t N>
    const T& pick(const T (&all)[N]) {
        return all[index(N)];
    }
    template <class C>
    const auto& pick(const C& all) {
        return all[index(std::size(all))];
    }
    /// An index, drawn by weight; the weights need not add up to one.
    std::size_t weighted(std::span<const double> weights) {
        double sum = 0;
        for (const double w : weights) sum += w;
        double at = unit() * sum;
        for (std::size_t i = 0; i < weights.size(); ++i)
            if ((at -= weights[i]) < 0) return i;
        return weights.size() - 1;
    }
    /// Waiting time with that mean.
    double exponential(double mean) { return -std::log(1 - unit()) * mean; }
    /// About normal with mean 0 and deviation 1 (Irwin-Hall of twelve).
    double bell() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += unit();
        return sum;
    }
};

/// Kinds of things that have a generator of their own.
namespace stream {
inline constexpr std::uint64_t weather = 1, person = 2, arrivals = 3, caseLife = 4, caseId = 5, personId = 6,
                               clusters = 7, live = 8, places = 9;
}

}  // namespace wl::engine::demo
