// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Two families of lines over a zone. Line i of the first family has u = const, line j of the second v = const; both
// are bent by the same smooth field, so that they meet in exactly one point (i, j) wherever they cross.

#include <vector>

#include "geo/demo/plan.hpp"

namespace wl::geo::demo {

class Lattice {
public:
    Lattice(const ZoneSpec& spec, const Box& ground, std::uint64_t seed);

    [[nodiscard]] int columns() const { return static_cast<int>(m_us.size()); }  ///< lines of the first family
    [[nodiscard]] int rows() const { return static_cast<int>(m_vs.size()); }
    /// The place of fractional line numbers.
    [[nodiscard]] Vec at(double i, double j) const;
    /// Radial patterns have fewer spokes near their centre.
    [[nodiscard]] bool hasRow(int i, int j) const;
    /// The number that a line of the first family would have in a numbered quarter, counted from the origin.
    [[nodiscard]] int columnNumber(int i) const { return i - m_columnAtOrigin; }
    /// Points along line i (first family) or j (second) from one crossing to another, crossings included.
    [[nodiscard]] Line column(int i, int fromRow, int toRow) const;
    [[nodiscard]] Line row(int j, int fromColumn, int toColumn) const;

private:
    [[nodiscard]] static double valueAt(const std::vector<double>& values, double index);

    const ZoneSpec& m_spec;
    Noise m_noise;
    Vec m_right, m_down;
    std::vector<double> m_us, m_vs;
    int m_columnAtOrigin{};
};

}  // namespace wl::geo::demo
