// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A basemap for this replica: what is asked of its cases, and how a file is named.

#include <optional>
#include <string_view>

#include "engine/engine.hpp"
#include "geo/basemap/builder.hpp"

namespace wl::engine {

/// "areas:districts.geojson", or a file alone. A drive's letter is no role.
[[nodiscard]] Result<geo::BasemapSource> basemapSource(std::string_view word);

/// Whether a file is of finished pictures, to be laid under the cases as they are (setGroundTiles). Of an MBTiles file
/// with lines every page is checked, and `copyright` gets what it says of itself where that is empty. Errors: as
/// TileFile
[[nodiscard]] Result<bool> arePictures(const std::filesystem::path& file, std::string& copyright);

/// The median of the cases' places; none while fewer than twenty have one. Not from the engine's threads.
[[nodiscard]] std::optional<GeoPoint> middleOfCases(Engine& engine);

}  // namespace wl::engine
