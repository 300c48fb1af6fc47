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

/// The median of the cases' places; none while fewer than twenty have one. Not from the engine's threads.
[[nodiscard]] std::optional<GeoPoint> middleOfCases(Engine& engine);

}  // namespace wl::engine
