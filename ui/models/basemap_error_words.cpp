// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/basemap_error_words.hpp"

#include <QCoreApplication>

#include <filesystem>

namespace wl::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(BasemapErrorWords)
};

}  // namespace

std::optional<ErrorWords> basemapErrorWords(const Error& error) {
    const auto& code = error.code;
    if (!code.starts_with("basemap.")) return std::nullopt;
    const auto file = QString::fromStdString(std::filesystem::path(error.field).filename().string());
    const auto detail = QString::fromStdString(error.detail).simplified();
    if (code == "basemap.missing")
        return ErrorWords{Words::tr("%1 is not there.").arg(file), Words::tr("Choose the file again.")};
    if (code == "basemap.unreadable")
        return ErrorWords{Words::tr("%1 holds no geodata that can be read.").arg(file),
                          Words::tr("Choose an OpenStreetMap extract, GeoPackage, Shapefile, GeoJSON or MBTiles.")};
    if (code == "basemap.damaged")
        return ErrorWords{Words::tr("%1 is damaged: %2.").arg(file, detail), Words::tr("Copy or download it again.")};
    if (code == "basemap.no_crs")
        return ErrorWords{Words::tr("%1 does not say which coordinate system its layer “%2” is in.").arg(file, detail),
                          Words::tr("Ask for the .prj file beside the Shapefile, or export it as GeoPackage.")};
    if (code == "basemap.wrong_crs")
        return ErrorWords{Words::tr("The coordinates of %1 are not of %2, as it says.").arg(file, detail),
                          Words::tr("Export it again with the right coordinate system.")};
    if (code == "basemap.swapped")
        return ErrorWords{Words::tr("Latitude and longitude are swapped in %1.").arg(file),
                          Words::tr("GeoJSON has longitude first; export it again.")};
    if (code == "basemap.elsewhere")
        return ErrorWords{Words::tr("%1 is not of the place where the cases are.").arg(file),
                          Words::tr("Choose the geodata of this city.")};
    if (code == "basemap.empty")
        return ErrorWords{Words::tr("There is nothing in %1 that the map could show.").arg(file),
                          Words::tr("Say what is in it, or choose another file.")};
    if (code == "basemap.too_large")
        return ErrorWords{Words::tr("There is more in %1 than the map of a city can hold.").arg(file),
                          Words::tr("Cut it to the city, or choose a file of less detail.")};
    if (code == "basemap.not_tiles")
        return ErrorWords{Words::tr("%1 is no MBTiles file (%2).")
                              .arg(file, detail.isEmpty() ? Words::tr("it has no table of tiles") : detail),
                          Words::tr("Copy or download it again.")};
    if (code == "basemap.no_tiles")
        return ErrorWords{Words::tr("There is no tile in %1.").arg(file), Words::tr("Choose another file.")};
    if (code == "basemap.tile_format")
        return ErrorWords{
            Words::tr("The tiles in %1 are of a kind that cannot be read (they begin with %2).").arg(file, detail),
            Words::tr("Tiles may be PNG, JPEG or WebP pictures, or Mapbox vector tiles.")};
    if (code == "basemap.tiles_vector")
        return ErrorWords{Words::tr("%1 holds lines and areas, not pictures.").arg(file),
                          Words::tr("Make a map of it.")};
    if (code == "basemap.tiles_alone")
        return ErrorWords{
            Words::tr("%1 holds finished pictures, which are laid under the cases as they are.").arg(file),
            Words::tr("Take it alone, without other files.")};
    if (code == "basemap.cancelled") return ErrorWords{Words::tr("Stopped."), {}};
    return std::nullopt;
}

}  // namespace wl::ui
