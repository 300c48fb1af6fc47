// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A flat, static KD-tree over the plane: coordinates and indices permuted in place, no nodes, no pointers.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/coordinates.hpp"

namespace wl::geo {

/// Coordinates are kept as float: about 2 m on the earth, enough to find candidates. Immutable once built.
class KdTree {
public:
    KdTree() = default;
    explicit KdTree(std::span<const float> xy);  ///< x, y, x, y, …

    /// Calls visit(index) for every point within `r` of (x, y), by the float coordinates.
    template <class Visit>
    void within(double x, double y, double r, Visit visit) const;
    /// Calls visit(index) for every point of the window, by the float coordinates.
    template <class Visit>
    void range(const WorldRect& window, Visit visit) const;

private:
    static constexpr std::size_t leafSize = 32;
    struct Span {
        std::size_t left, right;
        std::size_t axis;
    };

    void sort(std::size_t left, std::size_t right, std::size_t axis);
    void select(std::size_t k, std::size_t left, std::size_t right, std::size_t axis);
    void swap(std::size_t i, std::size_t j);

    /// Walks the tree; `low` and `high` bound what is looked for, `test` decides on one point.
    template <class Test>
    void walk(const double (&low)[2], const double (&high)[2], Test test) const;

    std::vector<std::uint32_t> m_ids;
    std::vector<float> m_xy;
};

template <class Test>
void KdTree::walk(const double (&low)[2], const double (&high)[2], Test test) const {
    if (m_ids.empty()) return;
    Span stack[64];
    std::size_t depth = 0;
    stack[depth++] = {0, m_ids.size() - 1, 0};
    while (depth > 0) {
        const Span s = stack[--depth];
        if (s.right - s.left <= leafSize) {
            for (std::size_t i = s.left; i <= s.right; ++i) test(i);
            continue;
        }
        const std::size_t middle = (s.left + s.right) / 2;
        test(middle);
        const double at = static_cast<double>(m_xy[2 * middle + s.axis]);
        if (low[s.axis] <= at && middle > s.left) stack[depth++] = {s.left, middle - 1, 1 - s.axis};
        if (high[s.axis] >= at && middle < s.right) stack[depth++] = {middle + 1, s.right, 1 - s.axis};
    }
}

template <class Visit>
void KdTree::within(double x, double y, double r, Visit visit) const {
    const double rr = r * r;
    walk({x - r, y - r}, {x + r, y + r}, [&](std::size_t i) {
        const double dx = static_cast<double>(m_xy[2 * i]) - x;
        const double dy = static_cast<double>(m_xy[2 * i + 1]) - y;
        if (dx * dx + dy * dy <= rr) visit(m_ids[i]);
    });
}

template <class Visit>
void KdTree::range(const WorldRect& window, Visit visit) const {
    walk({window.left, window.top}, {window.right, window.bottom}, [&](std::size_t i) {
        if (window.contains({static_cast<double>(m_xy[2 * i]), static_cast<double>(m_xy[2 * i + 1])})) visit(m_ids[i]);
    });
}

}  // namespace wl::geo
