// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps the room that labels take: a label is placed when none of its boxes touches a box placed before.

#include <QRectF>

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace wl::ui {

class LabelPlacer {
public:
    /// A label must lie inside `bounds` whole; a null rectangle means anywhere.
    explicit LabelPlacer(const QRectF& bounds) : m_bounds(bounds) {}

    /// Takes the room of a label that is one or more boxes; false and no change when some of it is taken or outside.
    [[nodiscard]] bool place(std::span<const QRectF> boxes);
    /// Takes room whatever is there, also outside the bounds: labels that others have placed.
    void block(const QRectF& box);

private:
    [[nodiscard]] bool isFree(const QRectF& box) const;
    template <class Visit>
    static void eachCell(const QRectF& box, Visit visit);

    QRectF m_bounds;
    std::vector<QRectF> m_taken;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_cells;
};

}  // namespace wl::ui
