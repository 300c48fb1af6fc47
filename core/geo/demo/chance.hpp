// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Chance for the demo city: the same numbers with every compiler and library.

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace wl::geo::demo {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Chance {
public:
    explicit Chance(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// In [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * unit(); }
    bool with(double probability) { return unit() < probability; }
    /// In [0, count).
    std::size_t index(std::size_t count) { return static_cast<std::size_t>(next() % count); }

private:
    std::uint64_t m_state;
};

/// Smooth value noise over the plane, about -1 … 1, with one bump per `length`.
class Noise {
public:
    explicit Noise(std::uint64_t seed) : m_seed(seed) {}

    [[nodiscard]] double at(double x, double y, double length) const {
        const double u = x / length;
        const double v = y / length;
        const double iu = std::floor(u);
        const double iv = std::floor(v);
        const double fu = smooth(u - iu);
        const double fv = smooth(v - iv);
        const double top = corner(iu, iv) * (1 - fu) + corner(iu + 1, iv) * fu;
        const double bottom = corner(iu, iv + 1) * (1 - fu) + corner(iu + 1, iv + 1) * fu;
        return top * (1 - fv) + bottom * fv;
    }

private:
    static double smooth(double t) { return t * t * t * (t * (t * 6 - 15) + 10); }
    [[nodiscard]] double corner(double i, double j) const {
        const auto a = static_cast<std::uint64_t>(static_cast<std::int64_t>(i));
        const auto b = static_cast<std::uint64_t>(static_cast<std::int64_t>(j));
        Chance c(m_seed ^ (a * 0x9E3779B97F4A7C15ULL) ^ (b * 0xC2B2AE3D27D4EB4FULL));
        return c.between(-1, 1);
    }

    std::uint64_t m_seed;
};

}  // namespace wl::geo::demo
