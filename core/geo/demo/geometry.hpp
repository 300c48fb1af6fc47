// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plane geometry for the demo city, in metres: x grows east, y grows south.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wl::geo::demo {

struct Vec {
    double x{};
    double y{};
    bool operator==(const Vec&) const = default;
};
inline Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y}; }
inline Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y}; }
inline Vec operator*(Vec a, double k) { return {a.x * k, a.y * k}; }
inline double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y; }
inline double cross(Vec a, Vec b) { return a.x * b.y - a.y * b.x; }
inline double length(Vec a) { return std::hypot(a.x, a.y); }
inline Vec unit(Vec a) {
    const double l = length(a);
    return l > 0 ? a * (1 / l) : Vec{1, 0};
}
/// Turned by 90 degrees: points to the right of `a` when y grows south.
inline Vec rightOf(Vec a) { return {-a.y, a.x}; }

using Line = std::vector<Vec>;  ///< a polyline, or a ring without its first point repeated

struct Box {
    double left{1e30}, top{1e30}, right{-1e30}, bottom{-1e30};
    void add(Vec p);
    [[nodiscard]] bool contains(Vec p) const { return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom; }
};
[[nodiscard]] Box boundsOf(std::span<const Vec> line);

/// A Catmull-Rom curve through the points, sampled about every `step` metres; `knots` gets where each point lies.
[[nodiscard]] Line curveThrough(std::span<const Vec> points, double step, std::vector<std::size_t>* knots = nullptr);
/// The same for a closed ring.
[[nodiscard]] Line ringThrough(std::span<const Vec> points, double step);
[[nodiscard]] double lengthOf(std::span<const Vec> line);
/// The line moved to its right by `distance(i)` at its i-th point.
template <class Distance>
[[nodiscard]] Line movedRight(std::span<const Vec> line, Distance distance);
[[nodiscard]] Vec directionAt(std::span<const Vec> line, std::size_t i);
/// The point `along` metres from the start; clamped to the ends.
[[nodiscard]] Vec pointAlong(std::span<const Vec> line, double along);
[[nodiscard]] bool inside(std::span<const Vec> ring, Vec p);
[[nodiscard]] Vec nearestOn(Vec a, Vec b, Vec p);
/// Where the segments ab and cd cross, as a share of ab; negative if they do not.
[[nodiscard]] double crossingOf(Vec a, Vec b, Vec c, Vec d);
[[nodiscard]] double areaOf(std::span<const Vec> ring);

/// A ring with its bounds, for many inside tests: a grid of bands over its edges.
class Region {
public:
    Region() = default;
    explicit Region(Line ring);
    [[nodiscard]] bool contains(Vec p) const;
    [[nodiscard]] const Line& ring() const { return m_ring; }
    [[nodiscard]] const Box& bounds() const { return m_bounds; }

private:
    static constexpr std::size_t bandCount = 96;
    [[nodiscard]] std::size_t bandOf(double y) const;
    Line m_ring;
    Box m_bounds;
    std::vector<std::vector<std::uint32_t>> m_bands;
};

/// Segments by place: how near is the nearest road.
class SegmentGrid {
public:
    void add(std::span<const Vec> line);
    /// Distance to the nearest segment, or `reach` if none is that near; `reach` up to 100 m.
    [[nodiscard]] double distance(Vec p, double reach) const;

private:
    static constexpr double cell = 100;
    static constexpr std::int64_t across = 160;
    struct Segment {
        Vec a, b;
    };
    [[nodiscard]] static std::int64_t cellOf(double v) { return static_cast<std::int64_t>(std::floor(v / cell)) + 8; }
    std::vector<std::vector<Segment>> m_cells =
        std::vector<std::vector<Segment>>(static_cast<std::size_t>(across * across));
};

template <class Distance>
Line movedRight(std::span<const Vec> line, Distance distance) {
    Line moved;
    moved.reserve(line.size());
    for (std::size_t i = 0; i < line.size(); ++i)
        moved.push_back(line[i] + rightOf(directionAt(line, i)) * distance(i));
    return moved;
}

}  // namespace wl::geo::demo
