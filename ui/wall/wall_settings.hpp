// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How this console's wall looks: kept in wall.ini beside the replica, so that a display without a keyboard is set up by
// one file.

#include <QString>

#include <filesystem>

namespace wl::ui {

enum class WallTheme : std::uint8_t { Clock, Light, Dark };  ///< Clock: light from 7 to 19 in the city

struct WallSettings {
    QString screen;  ///< name of the output ("HDMI-1"); empty or gone = the one the window is on
    WallTheme theme{WallTheme::Clock};
    bool tour{true};
    int tourSeconds{20};  ///< at each stop
    bool ticker{true};
    bool operator==(const WallSettings&) const = default;

    [[nodiscard]] static WallSettings load(const std::filesystem::path& folder);
    void save(const std::filesystem::path& folder) const;
};

}  // namespace wl::ui
