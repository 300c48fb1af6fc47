// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/args.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace wl::app {

std::filesystem::path defaultDataFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data) return std::filesystem::path(data) / "wardline";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home && *home ? home : ".") / ".local" / "share" / "wardline";
}

std::expected<Args, int> parseArgs(int argc, char** argv) {
    Args args;
    CLI::App app{"Wardline: the operations console of a city's service desk"};
    app.add_option("--data", args.data, "Folder of the replica (default: the user's data folder)");
    app.add_flag("--demo", args.demo, "Open the demo city; make it first if it is missing");
    app.add_option("--seed", args.seed, "Seed of the demo city")->capture_default_str();
    app.add_flag("--live", args.live, "Keep cases arriving and colleagues working in the demo city");
    app.add_flag("--wall", args.wall, "Show the wall alone, over the screen that wall.ini in the data folder names");
    app.add_option("--picture", args.picture, "Save a picture of the settled window to this file, then exit");
    app.add_option("--theme", args.theme, "Colours (default: as the system, or as chosen before)")
        ->check(CLI::IsMember({"light", "dark"}));
    app.add_option("--caller", args.caller,
                   "A telephone number that rings: shows who it is, in the console that is running or a new one");
    app.add_option("--render", args.render, "How the map is drawn")
        ->check(CLI::IsMember({"auto", "gpu", "software"}))
        ->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return std::unexpected(app.exit(error) == 0 ? 0 : 2); }
    if (args.data.empty()) args.data = args.demo ? defaultDataFolder() / "demo" : defaultDataFolder();
    return args;
}

}  // namespace wl::app
