// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The console's command line.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

namespace wl::app {

struct Args {
    std::filesystem::path data;     ///< folder of the replica
    bool demo{};                    ///< make the demo city there if it is missing
    std::size_t demoClosed{50'000}, demoOpen{900};  ///< cases of a demo city that is made
    std::uint64_t seed{311};
    bool wall{};                    ///< the city over a whole screen and nothing else
    bool live{};                    ///< keep cases arriving
    std::filesystem::path picture;  ///< save a picture of the settled window here, then exit
    std::string theme;              ///< "light", "dark" or empty
    std::string caller;             ///< a number that rings, "+1617…" or "tel:…"; shown in a running console
    std::string render{"auto"};     ///< "auto", "gpu", "software"
};

/// The exit status where the program should end at once (--help, bad usage).
std::expected<Args, int> parseArgs(int argc, char** argv);

/// ${XDG_DATA_HOME:-~/.local/share}/wardline
std::filesystem::path defaultDataFolder();

}  // namespace wl::app
