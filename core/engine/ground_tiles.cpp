// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ground_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include "engine/basemap.hpp"
#include "geo/coordinates.hpp"

namespace wl::engine {
namespace {

constexpr const char* kFile = "ground.mbtiles";
constexpr int kPlaceZoom = 10;
constexpr std::size_t kPiece = 4 * 1024 * 1024;

Result<void> copy(const std::filesystem::path& from, const std::filesystem::path& to,
                  const std::function<bool(double)>& progress) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(from, failed);
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary | std::ios::trunc);
    std::vector<char> piece(kPiece);
    std::uintmax_t done = 0;
    while (!failed && in && out && done < size) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        out.write(piece.data(), in.gcount());
        done += static_cast<std::uintmax_t>(in.gcount());
        if (progress && !progress(static_cast<double>(done) / static_cast<double>(size)))
            return fail(ErrorKind::Cancelled, "basemap.cancelled", from.string());
    }
    out.close();
    if (failed || !out || done < size) return fail(ErrorKind::World, "file.write", to.string());
    return {};
}

// Whether there are pictures where the cases are, or beside: at a zoom whose tiles are some tens of kilometres wide.
bool showsPlace(const store::TileFile& tiles, const GeoPoint& at) {
    const int zoom = std::clamp(kPlaceZoom, tiles.facts().minZoom, tiles.facts().maxZoom);
    const auto world = geo::toWorld(at);
    const auto x = static_cast<int>(std::floor(std::ldexp(world.x, zoom))),
               y = static_cast<int>(std::floor(std::ldexp(world.y, zoom)));
    for (int dx = -1; dx <= 1; ++dx)
        for (int dy = -1; dy <= 1; ++dy)
            if (!tiles.tile(zoom, x + dx, y + dy).empty()) return true;
    return false;
}

}  // namespace

std::filesystem::path groundTilesFile(const Engine& engine) { return engine.folder() / kFile; }

std::shared_ptr<const store::TileFile> groundTiles(const Engine& engine) {
    auto tiles = store::TileFile::open(groundTilesFile(engine));
    return tiles ? std::move(*tiles) : nullptr;
}

Result<store::TileFile::Facts> setGroundTiles(Engine& engine, const std::filesystem::path& file,
                                              const std::function<bool(double)>& progress) {
    WL_TRY(const auto tiles, store::TileFile::open(file));
    if (tiles->facts().format == store::TileFile::Format::Vector)
        return fail(ErrorKind::Input, "basemap.tiles_vector", file.string());
    WL_CHECK(tiles->check());
    if (const auto cases = middleOfCases(engine); cases && !showsPlace(*tiles, *cases))
        return fail(ErrorKind::Input, "basemap.elsewhere", file.string());
    const auto place = groundTilesFile(engine);
    auto aside = place;
    aside += ".new";
    auto copied = copy(file, aside, progress);
    std::error_code failed;
    if (copied) std::filesystem::rename(aside, place, failed);
    if (!copied || failed) {
        std::error_code ignored;
        std::filesystem::remove(aside, ignored);
        if (!copied) return std::unexpected(copied.error());
        return fail(ErrorKind::World, "file.write", place.string(), failed.message());
    }
    engine.announceBasemap();
    return tiles->facts();
}

Result<void> removeGroundTiles(Engine& engine) {
    std::error_code failed;
    if (!std::filesystem::remove(groundTilesFile(engine), failed)) {
        if (failed) return fail(ErrorKind::World, "file.write", groundTilesFile(engine).string(), failed.message());
        return {};
    }
    engine.announceBasemap();
    return {};
}

}  // namespace wl::engine
