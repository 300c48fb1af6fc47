// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A file of finished map tiles: MBTiles 1.3, an SQLite database of pictures (or of packed lines) by zoom, column and
// row. Only read; any thread may ask, one at a time is answered.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl::store {

class TileFile {
public:
    enum class Format : std::uint8_t { Png, Jpeg, Webp, Vector };
    struct Facts {
        Format format{};
        std::string name, attribution;
        int minZoom{}, maxZoom{};
        std::int64_t tiles{};
    };

    /// Errors: basemap.missing, basemap.not_tiles, basemap.damaged (with SQLite's words), basemap.no_tiles,
    /// basemap.tile_format (with the first bytes); the field is the file.
    static Result<std::shared_ptr<const TileFile>> open(const std::filesystem::path& file);
    ~TileFile();
    TileFile(const TileFile&) = delete;
    TileFile& operator=(const TileFile&) = delete;

    [[nodiscard]] const Facts& facts() const { return m_facts; }
    /// The bytes of the tile of 256 px in column x and row y, counted from the north west; empty where there is none.
    [[nodiscard]] std::string tile(int zoom, int x, int y) const;
    /// Reads the whole file: basemap.damaged if any page of it is not what it should be.
    [[nodiscard]] Result<void> check() const;

private:
    class Impl;
    explicit TileFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
    Facts m_facts;
};

/// What a file says of its makers, without the links that it may hold.
[[nodiscard]] std::string plainAttribution(std::string_view html);

}  // namespace wl::store
