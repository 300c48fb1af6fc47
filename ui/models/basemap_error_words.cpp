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
                          Words::tr("Choose an OpenStreetMap extract, GeoPackage, Shapefile or GeoJSON.")};
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
    if (code == "basemap.tiles")
        return ErrorWords{Words::tr("%1 holds finished tiles, which cannot be searched or judged by area.").arg(file),
                          Words::tr("Choose the data they were made of: an OpenStreetMap extract, for instance.")};
    if (code == "basemap.cancelled") return ErrorWords{Words::tr("Stopped."), {}};
    return std::nullopt;
}

}  // namespace wl::ui
