// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/basemap.hpp"

#include <algorithm>

namespace wl::engine {

Result<geo::BasemapSource> basemapSource(std::string_view word) {
    const auto colon = word.find(':');
    if (colon != std::string_view::npos && colon > 1)
        if (const auto role = geo::sourceRole(word.substr(0, colon)))
            return geo::BasemapSource{std::filesystem::path(word.substr(colon + 1)), *role};
    return geo::BasemapSource{std::filesystem::path(word)};
}

std::optional<GeoPoint> middleOfCases(Engine& engine) {
    engine.waitUntilLoaded();
    const auto listing = engine.queryAndWait({});
    if (!listing || (*listing)->spots.size() < 20) return {};
    std::vector<std::int32_t> lats, lons;
    for (const auto& spot : (*listing)->spots) {
        lats.push_back(spot.at.latE7);
        lons.push_back(spot.at.lonE7);
    }
    const auto median = [](std::vector<std::int32_t>& v) {
        std::ranges::nth_element(v, v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2));
        return v[v.size() / 2];
    };
    return GeoPoint{median(lats), median(lons)};
}

}  // namespace wl::engine
