// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The visible part of the world: a centre on the Web-Mercator unit square, a zoom of 256·2^zoom px, a size in px.

#include <QPointF>
#include <QSizeF>

#include <cmath>

#include "geo/coordinates.hpp"

namespace wl::ui {

struct Viewport {
    geo::WorldPoint centre{0.5, 0.5};
    double zoom{};
    QSizeF size;

    bool operator==(const Viewport&) const = default;

    /// Width of the whole world in px.
    [[nodiscard]] static double worldPixels(double zoom) { return 256.0 * std::exp2(zoom); }
    [[nodiscard]] double worldPixels() const { return worldPixels(zoom); }

    [[nodiscard]] QPointF toScreen(geo::WorldPoint p) const {
        const double scale = worldPixels();
        return {(p.x - centre.x) * scale + size.width() / 2, (p.y - centre.y) * scale + size.height() / 2};
    }
    [[nodiscard]] geo::WorldPoint toWorld(QPointF p) const {
        const double scale = worldPixels();
        return {centre.x + (p.x() - size.width() / 2) / scale, centre.y + (p.y() - size.height() / 2) / scale};
    }
    /// What is seen, grown by `margin` px on every side.
    [[nodiscard]] geo::WorldRect area(double margin = 0) const {
        const geo::WorldPoint a = toWorld({-margin, -margin});
        const geo::WorldPoint b = toWorld({size.width() + margin, size.height() + margin});
        return {a.x, a.y, b.x, b.y};
    }
};

}  // namespace wl::ui
