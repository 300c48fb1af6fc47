// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/demo/raster.hpp"

#include <algorithm>
#include <array>

namespace wl::geo::demo {

Raster::Raster(double width, double height)
    : m_columns(static_cast<std::int64_t>(width / cell)), m_rows(static_cast<std::int64_t>(height / cell)),
      m_cells(static_cast<std::size_t>(m_columns * m_rows), 0) {}

// Visits the runs of cells whose centres lie in the ring, row by row; concave rings and self-touching ones too.
template <class Visit>
void Raster::forEachRow(std::span<const Vec> ring, Visit visit) const {
    const Box box = boundsOf(ring);
    const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(box.top / cell)));
    const auto last = std::min(m_rows - 1, static_cast<std::int64_t>(std::floor(box.bottom / cell)));
    std::vector<double> cuts;
    for (std::int64_t row = first; row <= last; ++row) {
        const double y = (static_cast<double>(row) + 0.5) * cell;
        cuts.clear();
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const Vec a = ring[i];
            const Vec b = ring[j];
            if ((a.y > y) != (b.y > y)) cuts.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
        }
        std::ranges::sort(cuts);
        for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
            const auto from = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(cuts[i] / cell - 0.5)));
            const auto to = std::min(m_columns - 1, static_cast<std::int64_t>(std::floor(cuts[i + 1] / cell - 0.5)));
            if (from <= to) visit(row, from, to);
        }
    }
}

void Raster::fill(std::span<const Vec> ring, std::uint8_t bits) {
    forEachRow(ring, [&](std::int64_t row, std::int64_t from, std::int64_t to) {
        for (std::int64_t x = from; x <= to; ++x) m_cells[static_cast<std::size_t>(row * m_columns + x)] |= bits;
    });
}

void Raster::stroke(std::span<const Vec> line, double halfWidth, std::uint8_t bits) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Vec d = unit(line[i] - line[i - 1]) * halfWidth;
        const Vec n = rightOf(d);
        const std::array<Vec, 4> quad{line[i - 1] - d + n, line[i] + d + n, line[i] + d - n, line[i - 1] - d - n};
        fill(quad, bits);
    }
}

std::uint8_t Raster::under(std::span<const Vec> ring) const {
    std::uint8_t bits = 0;
    for (const Vec p : ring) bits |= at(p);
    forEachRow(ring, [&](std::int64_t row, std::int64_t from, std::int64_t to) {
        for (std::int64_t x = from; x <= to; ++x) bits |= m_cells[static_cast<std::size_t>(row * m_columns + x)];
    });
    return bits;
}

std::uint8_t Raster::at(Vec p) const {
    const auto x = static_cast<std::int64_t>(std::floor(p.x / cell));
    const auto y = static_cast<std::int64_t>(std::floor(p.y / cell));
    if (x < 0 || y < 0 || x >= m_columns || y >= m_rows) return water;
    return m_cells[static_cast<std::size_t>(y * m_columns + x)];
}

}  // namespace wl::geo::demo
