// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes a city's basemap from its own geodata: OpenStreetMap extracts (PBF, XML), GeoPackage, Shapefile, GeoJSON,
// vector tiles (MBTiles).
// Everything is brought to WGS84; what cannot be is refused with the reason.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "geo/city_map.hpp"

namespace wl::geo {

/// What a file's features are. Auto asks the tags (OpenStreetMap's words), then the names of file, layer and columns.
enum class SourceRole : std::uint8_t { Auto, Areas, Boundary, Parks, Water, LandUse, Buildings, Streets, Addresses };

struct BasemapSource {
    std::filesystem::path file;
    SourceRole role{SourceRole::Auto};
};

struct BasemapOptions {
    std::string name;                    ///< of the city
    std::string copyright;               ///< empty: OpenStreetMap's line where a file is of it, else none
    std::optional<GeoPoint> casesAt;     ///< the middle of the city's cases: a map that does not hold it is refused
    /// What is being done ("read", "build"), of which file, and how much of it is done (0…1). False = stop.
    std::function<bool(std::string_view phase, const std::string& of, double share)> progress;
    std::size_t mostPoints{30'000'000};  ///< half a gigabyte; a city of millions of people has a tenth
};

struct BasemapReport {
    std::size_t features{}, streets{}, buildings{}, addresses{}, areas{};
    std::size_t unnamed{};       ///< of the sources' features: of no use to the map
    std::size_t repaired{};      ///< areas that crossed themselves
    double seconds{};
    std::size_t bytes{};         ///< of the file form
};

/// Errors: basemap.missing, basemap.unreadable (no format known), basemap.damaged (with the reader's words),
/// basemap.no_crs, basemap.wrong_crs, basemap.swapped, basemap.elsewhere, basemap.empty, basemap.too_large,
/// basemap.cancelled; the field is the file.
[[nodiscard]] Result<CityMap> buildBasemap(std::span<const BasemapSource> sources, const BasemapOptions& options,
                                           BasemapReport* report = nullptr);

/// "areas", "streets", …; none if it is not one.
[[nodiscard]] std::optional<SourceRole> sourceRole(std::string_view word);

}  // namespace wl::geo
