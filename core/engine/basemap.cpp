// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/basemap.hpp"

#include <algorithm>

#include "engine/ground_tiles.hpp"

namespace wl::engine {

Result<geo::BasemapSource> basemapSource(std::string_view word) {
    const auto colon = word.find(':');
    if (colon != std::string_view::npos && colon > 1)
        if (const auto role = geo::sourceRole(word.substr(0, colon)))
            return geo::BasemapSource{std::filesystem::path(word.substr(colon + 1)), *role};
    return geo::BasemapSource{std::filesystem::path(word)};
}

Result<bool> arePictures(const std::filesystem::path& file, std::string& copyright) {
    if (file.extension() != ".mbtiles") return false;
    WL_TRY(const auto tiles, store::TileFile::open(file));
    if (tiles->facts().format != store::TileFile::Format::Vector) return true;
    WL_CHECK(tiles->check());
    if (copyright.empty()) copyright = store::plainAttribution(tiles->facts().attribution);
    return false;
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
