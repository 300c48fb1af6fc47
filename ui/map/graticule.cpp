// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/graticule.hpp"

#include <cmath>

#include "ui/map/viewport.hpp"

namespace wl::ui {
namespace {

// The smallest of 1, 2 or 5 times a power of ten that is not below `least`.
double roundStep(double least) {
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least) return factor * power;
    return 10 * power;
}

}  // namespace

Graticule graticule(const geo::WorldRect& area, double zoom) {
    const double step = roundStep(100 * 360 / Viewport::worldPixels(zoom));
    const GeoPoint northWest = geo::toGeo({area.left, area.top});
    const GeoPoint southEast = geo::toGeo({area.right, area.bottom});
    Graticule lines;
    for (double i = std::ceil(northWest.lon() / step); i * step <= southEast.lon(); ++i)
        lines.meridians.push_back(geo::toWorld(GeoPoint::of(0, i * step)).x);
    for (double i = std::ceil(southEast.lat() / step); i * step <= northWest.lat(); ++i)
        lines.parallels.push_back(geo::toWorld(GeoPoint::of(i * step, 0)).y);
    return lines;
}

}  // namespace wl::ui
