// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/geometry.hpp"

#include <algorithm>

namespace wl::geo::demo {

namespace {

// Catmull-Rom with centripetal knots (Yuksel et al. 2011): no loops or overshoot between unevenly spaced points.
Vec between(Vec p0, Vec p1, Vec p2, Vec p3, double t) {
    const auto knot = [](Vec a, Vec b) { return std::max(1e-6, std::sqrt(length(b - a))); };
    const double d1 = knot(p0, p1);
    const double d2 = knot(p1, p2);
    const double d3 = knot(p2, p3);
    const Vec m1 = ((p1 - p0) * (1 / d1) - (p2 - p0) * (1 / (d1 + d2)) + (p2 - p1) * (1 / d2)) * d2;
    const Vec m2 = ((p2 - p1) * (1 / d2) - (p3 - p1) * (1 / (d2 + d3)) + (p3 - p2) * (1 / d3)) * d2;
    const double tt = t * t;
    const double ttt = tt * t;
    return p1 * (2 * ttt - 3 * tt + 1) + m1 * (ttt - 2 * tt + t) + p2 * (3 * tt - 2 * ttt) + m2 * (ttt - tt);
}

std::size_t stepsOf(Vec a, Vec b, double step) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(length(b - a) / step)));
}

}  // namespace

void Box::add(Vec p) {
    left = std::min(left, p.x);
    top = std::min(top, p.y);
    right = std::max(right, p.x);
    bottom = std::max(bottom, p.y);
}

Box boundsOf(std::span<const Vec> line) {
    Box box;
    for (const Vec p : line) box.add(p);
    return box;
}

Line curveThrough(std::span<const Vec> points, double step, std::vector<std::size_t>* knots) {
    Line line;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const Vec p1 = points[i];
        const Vec p2 = points[i + 1];
        const Vec p0 = i > 0 ? points[i - 1] : p1 + (p1 - p2);
        const Vec p3 = i + 2 < points.size() ? points[i + 2] : p2 + (p2 - p1);
        if (knots != nullptr) knots->push_back(line.size());
        const std::size_t steps = stepsOf(p1, p2, step);
        for (std::size_t s = 0; s < steps; ++s)
            line.push_back(s == 0 ? p1 : between(p0, p1, p2, p3, static_cast<double>(s) / static_cast<double>(steps)));
    }
    if (knots != nullptr) knots->push_back(line.size());
    line.push_back(points.back());
    return line;
}

Line ringThrough(std::span<const Vec> points, double step) {
    Line line;
    const std::size_t n = points.size();
    for (std::size_t i = 0; i < n; ++i) {
        const Vec p1 = points[i];
        const Vec p2 = points[(i + 1) % n];
        const std::size_t steps = stepsOf(p1, p2, step);
        for (std::size_t s = 0; s < steps; ++s)
            line.push_back(between(points[(i + n - 1) % n], p1, p2, points[(i + 2) % n],
                                   static_cast<double>(s) / static_cast<double>(steps)));
    }
    return line;
}

double lengthOf(std::span<const Vec> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += length(line[i] - line[i - 1]);
    return sum;
}

Vec directionAt(std::span<const Vec> line, std::size_t i) {
    const Vec before = i > 0 ? unit(line[i] - line[i - 1]) : Vec{};
    const Vec after = i + 1 < line.size() ? unit(line[i + 1] - line[i]) : Vec{};
    return unit(before + after);
}

Vec pointAlong(std::span<const Vec> line, double along) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double l = length(line[i] - line[i - 1]);
        if (along <= l && l > 0) return line[i - 1] + (line[i] - line[i - 1]) * (std::max(0.0, along) / l);
        along -= l;
    }
    return line.back();
}

bool inside(std::span<const Vec> ring, Vec p) {
    bool in = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Vec a = ring[i];
        const Vec b = ring[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
    }
    return in;
}

Vec nearestOn(Vec a, Vec b, Vec p) {
    const Vec d = b - a;
    const double dd = dot(d, d);
    return dd > 0 ? a + d * std::clamp(dot(p - a, d) / dd, 0.0, 1.0) : a;
}

double crossingOf(Vec a, Vec b, Vec c, Vec d) {
    const double denominator = cross(b - a, d - c);
    if (denominator == 0) return -1;
    const double t = cross(c - a, d - c) / denominator;
    const double u = cross(c - a, b - a) / denominator;
    return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : -1;
}

double areaOf(std::span<const Vec> ring) {
    double sum = 0;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) sum += cross(ring[j], ring[i]);
    return std::abs(sum) / 2;
}

Region::Region(Line ring) : m_ring(std::move(ring)), m_bounds(boundsOf(m_ring)), m_bands(bandCount) {
    for (std::uint32_t i = 0; i < m_ring.size(); ++i) {
        const Vec a = m_ring[i];
        const Vec b = m_ring[(i + 1) % m_ring.size()];
        for (std::size_t k = bandOf(std::min(a.y, b.y)); k <= bandOf(std::max(a.y, b.y)); ++k) m_bands[k].push_back(i);
    }
}

std::size_t Region::bandOf(double y) const {
    const double share = (y - m_bounds.top) / std::max(1e-9, m_bounds.bottom - m_bounds.top);
    return static_cast<std::size_t>(std::clamp(share * bandCount, 0.0, bandCount - 1.0));
}

bool Region::contains(Vec p) const {
    if (!m_bounds.contains(p)) return false;
    bool in = false;
    for (const std::uint32_t i : m_bands[bandOf(p.y)]) {
        const Vec a = m_ring[i];
        const Vec b = m_ring[(i + 1) % m_ring.size()];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
    }
    return in;
}

void SegmentGrid::add(std::span<const Vec> line) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Segment s{line[i - 1], line[i]};
        for (std::int64_t y = cellOf(std::min(s.a.y, s.b.y)); y <= cellOf(std::max(s.a.y, s.b.y)); ++y)
            for (std::int64_t x = cellOf(std::min(s.a.x, s.b.x)); x <= cellOf(std::max(s.a.x, s.b.x)); ++x)
                if (x >= 0 && y >= 0 && x < across && y < across)
                    m_cells[static_cast<std::size_t>(y * across + x)].push_back(s);
    }
}

double SegmentGrid::distance(Vec p, double reach) const {
    double best = reach;
    for (std::int64_t y = cellOf(p.y - reach); y <= cellOf(p.y + reach); ++y)
        for (std::int64_t x = cellOf(p.x - reach); x <= cellOf(p.x + reach); ++x) {
            if (x < 0 || y < 0 || x >= across || y >= across) continue;
            for (const Segment& s : m_cells[static_cast<std::size_t>(y * across + x)])
                best = std::min(best, length(nearestOn(s.a, s.b, p) - p));
        }
    return best;
}

}  // namespace wl::geo::demo
