// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/lattice.hpp"

#include <algorithm>
#include <numbers>

namespace wl::geo::demo {

namespace {

constexpr int spokes = 64;
constexpr double innerCircle = 95;

// Positions on either side of zero, each step within a sixth of the mean.
std::vector<double> spread(double low, double high, double step, double vary, Chance& chance, int& atZero) {
    std::vector<double> before;
    std::vector<double> values{0};
    for (double v = 0; v > low;) before.push_back(v -= step * chance.between(1 - vary, 1 + vary));
    for (double v = 0; v < high;) values.push_back(v += step * chance.between(1 - vary, 1 + vary));
    atZero = static_cast<int>(before.size());
    std::ranges::reverse(before);
    before.insert(before.end(), values.begin(), values.end());
    return before;
}

}  // namespace

Lattice::Lattice(const ZoneSpec& spec, const Box& ground, std::uint64_t seed) : m_spec(spec), m_noise(seed) {
    const double angle = spec.angle * std::numbers::pi / 180;
    m_right = {std::cos(angle), std::sin(angle)};
    m_down = rightOf(m_right);
    Chance chance(seed + 1);
    const Vec corners[4] = {{ground.left, ground.top},
                            {ground.right, ground.top},
                            {ground.right, ground.bottom},
                            {ground.left, ground.bottom}};
    Box reach;
    double far = 0;
    for (const Vec c : corners) {
        reach.add({dot(c - spec.origin, m_right), dot(c - spec.origin, m_down)});
        far = std::max(far, length(c - spec.origin));
    }
    const double extra = spec.warp * 1.5 + 50;
    if (spec.pattern == Pattern::Radial) {
        for (double r = innerCircle; r < far; r += spec.du * chance.between(0.92, 1.1)) m_us.push_back(r);
        for (int k = 0; k <= spokes; ++k) m_vs.push_back(angle + k * 2 * std::numbers::pi / spokes);
        return;
    }
    const double vary = spec.style == Style::Grid ? 0.04 : 0.16;
    m_us = spread(reach.left - extra, reach.right + extra, spec.du, vary, chance, m_columnAtOrigin);
    int ignored = 0;
    m_vs = spread(reach.top - extra, reach.bottom + extra, spec.dv, vary, chance, ignored);
}

double Lattice::valueAt(const std::vector<double>& values, double index) {
    const auto below = static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(values.size() - 1)));
    if (below + 1 >= values.size()) return values.back();
    return values[below] + (values[below + 1] - values[below]) * (index - static_cast<double>(below));
}

Vec Lattice::at(double i, double j) const {
    const double u = valueAt(m_us, i);
    const double v = valueAt(m_vs, j);
    const Vec p = m_spec.pattern == Pattern::Radial ? m_spec.origin + Vec{std::cos(v), std::sin(v)} * u
                                                    : m_spec.origin + m_right * u + m_down * v;
    const double l = m_spec.warpLength;
    return p + Vec{m_noise.at(p.x, p.y, l), m_noise.at(p.x + 5e4, p.y, l)} * m_spec.warp +
           Vec{m_noise.at(p.x, p.y + 5e4, l / 3), m_noise.at(p.x + 5e4, p.y + 5e4, l / 3)} * (m_spec.warp * 0.18);
}

bool Lattice::hasRow(int i, int j) const {
    if (m_spec.pattern != Pattern::Radial) return true;
    if (j >= spokes) return false;
    const double r = m_us[static_cast<std::size_t>(i)];
    return j % 8 == 0 || (j % 4 == 0 && r > 260) || (j % 2 == 0 && r > 520) || r > 1050;
}

Line Lattice::column(int i, int fromRow, int toRow) const {
    Line line;
    for (int j = fromRow; j < toRow; ++j) {
        const int steps = std::max(1, static_cast<int>(length(at(i, j + 1) - at(i, j)) / 17));
        for (int s = 0; s < steps; ++s) line.push_back(at(i, j + static_cast<double>(s) / steps));
    }
    line.push_back(at(i, toRow));
    return line;
}

Line Lattice::row(int j, int fromColumn, int toColumn) const {
    Line line;
    for (int i = fromColumn; i < toColumn; ++i) {
        const int steps = std::max(1, static_cast<int>(length(at(i + 1, j) - at(i, j)) / 17));
        for (int s = 0; s < steps; ++s) line.push_back(at(i + static_cast<double>(s) / steps, j));
    }
    line.push_back(at(toColumn, j));
    return line;
}

}  // namespace wl::geo::demo
