// SPDX-License-Identifier: GPL-3.0-or-later
// basemap build, basemap show.
#include <boost/json.hpp>

#include <cstdio>

#include "app/ctl/context.hpp"
#include "engine/basemap.hpp"
#include "engine/ground_tiles.hpp"
#include "engine/plain_json.hpp"
#include "geo/gazetteer.hpp"
#include "store/store.hpp"

namespace wl::ctl {
namespace {

namespace json = boost::json;

struct BasemapArguments {
    std::vector<std::string> files;
    std::string name, copyright, out, text;
};

// Pictures are laid under the cases as they are; names and areas stay those of the map there is.
Result<int> layPictures(const Context& context, const BasemapArguments& a, const std::filesystem::path& file) {
    if (a.files.size() > 1 || !a.out.empty()) return fail(ErrorKind::Input, "basemap.tiles_alone", file.string());
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto facts, engine::setGroundTiles(*engine, file, {}));
    const json::object object{{"tiles", facts.tiles}, {"min_zoom", facts.minZoom}, {"max_zoom", facts.maxZoom}};
    if (context.json) print(engine::plainJson(object));
    else
        for (const auto& [key, value] : object) print(std::string(key) + ": " + engine::plainJson(value));
    return 0;
}

Result<int> removeTiles(const Context& context) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_CHECK(engine::removeGroundTiles(*engine));
    return 0;
}

Result<int> build(const Context& context, const BasemapArguments& a) {
    if (a.out.empty() && context.data.empty()) return fail(ErrorKind::Input, "usage.data");
    auto copyright = a.copyright;
    std::vector<geo::BasemapSource> sources;
    for (const auto& word : a.files) {
        WL_TRY(auto source, engine::basemapSource(word));
        WL_TRY(const bool pictures, engine::arePictures(source.file, copyright));
        if (pictures) return layPictures(context, a, source.file);
        sources.push_back(std::move(source));
    }
    geo::BasemapOptions options{a.name, copyright, {}, {}};
    int shown = -1;
    options.progress = [&shown](std::string_view phase, const std::string& of, double share) {
        const int percent = static_cast<int>(share * 100);
        if (percent == shown) return true;
        shown = percent;
        std::fprintf(stderr, "\r%.*s %s %d %%   ", static_cast<int>(phase.size()), phase.data(), of.c_str(), percent);
        return true;
    };
    geo::BasemapReport report;
    std::unique_ptr<engine::Engine> engine;
    if (a.out.empty()) {
        WL_TRY(engine, context.openToWrite());
        if (options.name.empty()) options.name = engine->catalogue()->jurisdiction().name;
        options.casesAt = engine::middleOfCases(*engine);
    }
    auto map = geo::buildBasemap(sources, options, &report);
    if (shown >= 0) std::fprintf(stderr, "\n");
    if (!map) return std::unexpected(map.error());
    if (engine) WL_CHECK(engine->setCity(std::make_shared<const geo::CityMap>(std::move(*map))));
    else WL_CHECK(store::writeFile(a.out, geo::encodeCityMap(*map)));
    const json::object object{
        {"features", report.features},   {"streets", report.streets}, {"buildings", report.buildings},
        {"addresses", report.addresses}, {"areas", report.areas},     {"repaired", report.repaired},
        {"unused", report.unnamed},      {"bytes", report.bytes},     {"seconds", report.seconds}};
    if (context.json) print(engine::plainJson(object));
    else
        for (const auto& [key, value] : object) print(std::string(key) + ": " + engine::plainJson(value));
    return 0;
}

Result<int> find(const Context& context, const BasemapArguments& a) {
    WL_TRY(const auto engine, context.openToRead());
    if (!engine->city()) return fail(ErrorKind::NotFound, "basemap.none");
    const geo::Gazetteer gazetteer(engine->city());
    json::array out;
    for (const auto& hit : gazetteer.search(a.text)) {
        if (!context.json) print(hit.label + "  " + std::to_string(hit.at.lat()) + ", " + std::to_string(hit.at.lon()));
        out.push_back(json::object{{"label", hit.label},
                                   {"lat", hit.at.lat()},
                                   {"long", hit.at.lon()},
                                   {"area", hit.areaCode},
                                   {"approximate", hit.approximate},
                                   {"score", hit.score}});
    }
    if (context.json) print(engine::plainJson(out));
    return 0;
}

}  // namespace

void addBasemapCommands(CLI::App& app, Context& context) {
    auto a = std::make_shared<BasemapArguments>();
    auto* basemap = app.add_subcommand("basemap", "The city's map, made of its own geodata");
    basemap->require_subcommand(1);
    auto* make = basemap->add_subcommand("build", "Make it of OpenStreetMap (PBF, XML), GeoPackage, Shapefile, "
                                                  "GeoJSON, vector tiles (MBTiles); lay picture tiles "
                                                  "(MBTiles) under the cases");
    make->add_option(
            "FILE", a->files,
            "A file; ROLE:FILE says what is in it: areas, boundary, parks, water, landuse, buildings, streets, "
            "addresses")
        ->required();
    make->add_option("--name", a->name, "Name of the city");
    make->add_option("--copyright", a->copyright, "The line that must be shown on the map");
    make->add_option("--out", a->out, "Into this file instead of the replica");
    make->callback(command(context, [&context, a] { return build(context, *a); }, Needs::Nothing));
    auto* bare = basemap->add_subcommand("remove-tiles", "Take picture tiles away: the city's own map is drawn again");
    bare->callback(command(context, [&context] { return removeTiles(context); }, Needs::Nothing));
    auto* search = basemap->add_subcommand("find", "Addresses, streets, crossings and places by what is typed");
    search->add_option("TEXT", a->text, "\"12 main\", \"main & 3rd\"")->required();
    search->callback(command(context, [&context, a] { return find(context, *a); }));
}

}  // namespace wl::ctl
