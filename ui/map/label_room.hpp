// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where words may stand on the map: beside what was written before, beside clusters, beside the tools at its edge.
// Pure; called in the workers of the layers.

#include <QRectF>

#include <optional>
#include <vector>

#include "ui/map/issue_layers.hpp"

namespace wl::ui {

struct Disc {
    QPointF at;
    double radius{};
};
/// Where a name goes: moved by how much, none if there is no room. `taken` are rectangles, `discs` circles.
[[nodiscard]] std::optional<QPointF> roomFor(const std::vector<QRectF>& boxes, const std::vector<QPointF>& moves,
                                             const std::vector<QRectF>& taken, const std::vector<Disc>& discs);
/// The clusters in a view with the flags of those that hold a breach; px of the view.
[[nodiscard]] std::vector<Disc> discsOf(const IssueIndex& issues, const Viewport& view);
/// Rectangles of the view `inner` in px of a picture that reaches beyond it on every side.
[[nodiscard]] std::vector<QRectF> onPicture(const std::vector<QRectF>& furniture, const Viewport& inner,
                                            const Viewport& picture);

}  // namespace wl::ui
