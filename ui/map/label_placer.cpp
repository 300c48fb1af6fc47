// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/label_placer.hpp"

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {
constexpr double kCell = 64;
}

template <class Visit>
void LabelPlacer::eachCell(const QRectF& box, Visit visit) {
    const auto cell = [](double v) { return static_cast<std::int64_t>(std::floor(v / kCell)); };
    for (std::int64_t y = cell(box.top()); y <= cell(box.bottom()); ++y)
        for (std::int64_t x = cell(box.left()); x <= cell(box.right()); ++x)
            visit((static_cast<std::uint64_t>(y) << 32) ^ (static_cast<std::uint64_t>(x) & 0xffffffffU));
}

bool LabelPlacer::isFree(const QRectF& box) const {
    bool free = true;
    eachCell(box, [&](std::uint64_t key) {
        const auto it = m_cells.find(key);
        if (!free || it == m_cells.end()) return;
        free = std::ranges::none_of(it->second, [&](std::uint32_t i) { return m_taken[i].intersects(box); });
    });
    return free;
}

bool LabelPlacer::place(std::span<const QRectF> boxes) {
    for (const QRectF& box : boxes)
        if ((!m_bounds.isNull() && !m_bounds.contains(box)) || !isFree(box)) return false;
    for (const QRectF& box : boxes) block(box);
    return true;
}

void LabelPlacer::block(const QRectF& box) {
    const auto index = static_cast<std::uint32_t>(m_taken.size());
    m_taken.push_back(box);
    eachCell(box, [&](std::uint64_t key) { m_cells[key].push_back(index); });
}

}  // namespace wl::ui
