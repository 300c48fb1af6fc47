// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/measure.hpp"

#include <cmath>
#include <numbers>

namespace wl::geo {

namespace {
constexpr double earthRadius = 6'371'008.8;  // metres, mean (IUGG)
}

double pathMetres(std::span<const WorldPoint> corners) {
    double sum = 0;
    for (std::size_t i = 1; i < corners.size(); ++i) sum += distanceMetres(toGeo(corners[i - 1]), toGeo(corners[i]));
    return sum;
}

double areaSquareMetres(std::span<const WorldPoint> corners) {
    const std::size_t n = corners.size();
    if (n < 3) return 0;
    const auto sine = [](WorldPoint p) { return std::tanh(std::numbers::pi * (1 - 2 * p.y)); };  // of the latitude
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        sum += (corners[(i + 1) % n].x - corners[(i + n - 1) % n].x) * 2 * std::numbers::pi * sine(corners[i]);
    return std::abs(sum) * earthRadius * earthRadius / 2;
}

}  // namespace wl::geo
