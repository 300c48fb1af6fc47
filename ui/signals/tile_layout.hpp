// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which figures stand where: the arrangement of one person, as text, and the one that their role begins with.

#include <string_view>
#include <vector>

#include "ui/signals/signal_tile.hpp"

namespace wl::ui {

/// For a staff role; any other word gives what an agent sees.
[[nodiscard]] std::vector<TilePlace> defaultTiles(std::string_view role);
/// "on_time:2:1:time:0.85 backlog:1:1:groups"; unknown figures are left out, each figure once.
[[nodiscard]] std::vector<TilePlace> tilesFromText(const QString& text);
[[nodiscard]] QString textOf(const std::vector<TilePlace>& tiles);

/// The cells of tiles laid from left to right into rows of so many cells, gaps filled by what fits.
struct TileCell {
    int row{}, column{}, height{}, width{};
    bool operator==(const TileCell&) const = default;
};
[[nodiscard]] std::vector<TileCell> layTiles(const std::vector<TilePlace>& tiles, int columns);

}  // namespace wl::ui
