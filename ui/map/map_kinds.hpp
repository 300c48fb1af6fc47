// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the map can show the cases as, and what the pointer can draw on it.

#include <cstdint>

namespace wl::ui {

/// Exactly one is shown.
enum class MapLayer : std::uint8_t { Cases, Heat, Hexagons, AreaCount, AreaOnTime };
inline constexpr int kMapLayerCount = 5;

enum class MapTool : std::uint8_t { None, Box, Lasso, Measure };

}  // namespace wl::ui
