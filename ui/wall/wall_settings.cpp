// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wall_settings.hpp"

#include <QSettings>

#include <algorithm>

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QString fileOf(const std::filesystem::path& folder) { return QString::fromStdString((folder / "wall.ini").string()); }

}  // namespace

WallSettings WallSettings::load(const std::filesystem::path& folder) {
    const QSettings file(fileOf(folder), QSettings::IniFormat);
    WallSettings out;
    out.screen = file.value("screen"_L1).toString();
    const auto theme = file.value("theme"_L1, u"clock"_s).toString();
    out.theme = theme == "light"_L1 ? WallTheme::Light : theme == "dark"_L1 ? WallTheme::Dark : WallTheme::Clock;
    out.tour = file.value("tour"_L1, true).toBool();
    out.tourSeconds = std::clamp(file.value("tour_seconds"_L1, 20).toInt(), 5, 600);
    out.ticker = file.value("ticker"_L1, true).toBool();
    return out;
}

void WallSettings::save(const std::filesystem::path& folder) const {
    QSettings file(fileOf(folder), QSettings::IniFormat);
    file.setValue("screen"_L1, screen);
    file.setValue("theme"_L1, theme == WallTheme::Light  ? u"light"_s
                              : theme == WallTheme::Dark ? u"dark"_s
                                                         : u"clock"_s);
    file.setValue("tour"_L1, tour);
    file.setValue("tour_seconds"_L1, tourSeconds);
    file.setValue("ticker"_L1, ticker);
}

}  // namespace wl::ui
