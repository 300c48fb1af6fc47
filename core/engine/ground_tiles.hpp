// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finished picture tiles (MBTiles) that the map lays under the cases in place of its own ground. They lie beside the
// replica as `ground.mbtiles`; names, addresses and areas come from the city's own map all the same. They stay on this
// machine: neither backups nor consoles that join get them.

#include <functional>

#include "engine/engine.hpp"
#include "store/tile_file.hpp"

namespace wl::engine {

[[nodiscard]] std::filesystem::path groundTilesFile(const Engine& engine);
/// Null if there are none, or none that can be read.
[[nodiscard]] std::shared_ptr<const store::TileFile> groundTiles(const Engine& engine);

/// Checks every page of the file, copies it beside the replica and announces it. What was there before stays until the
/// copy stands whole. `progress` gets the share that is copied; false stops. Not from the engine's threads. Errors:
/// those of TileFile, basemap.tiles_vector (lines, not pictures), basemap.elsewhere (no picture near the cases),
/// basemap.cancelled, file.write
Result<store::TileFile::Facts> setGroundTiles(Engine& engine, const std::filesystem::path& file,
                                              const std::function<bool(double)>& progress);
/// Takes them away; nothing where there are none.
Result<void> removeGroundTiles(Engine& engine);

}  // namespace wl::engine
