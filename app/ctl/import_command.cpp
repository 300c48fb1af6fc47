// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <boost/json.hpp>
#include <csignal>

#include "app/ctl/context.hpp"
#include "engine/plain_json.hpp"
#include "channels/feed/mapping.hpp"
#include "engine/import/importer.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

std::stop_source& interrupted() {
    static std::stop_source source;
    return source;
}

struct ImportArguments {
    std::string file, map, source, rejects;
};

Result<int> importFeed(const Context& context, const ImportArguments& a) {
    WL_TRY(const auto mapping, feed::loadMapping(a.map));
    WL_TRY(const auto engine, context.openToWrite());
    engine->waitUntilLoaded();
    engine::ImportOptions o;
    o.file = a.file;
    o.source = a.source;
    o.rejectFile = a.rejects;
    o.cancel = interrupted().get_token();
    std::signal(SIGINT, [](int) { interrupted().request_stop(); });  // the first Ctrl+C ends it in good order
    if (::isatty(STDERR_FILENO) == 1)
        o.progress = [](const engine::ImportProgress& p) {
            std::fprintf(stderr, "\r%llu read, %llu new, %llu updated, %llu unchanged, %llu rejected, %.0f a second   ",
                         static_cast<unsigned long long>(p.read), static_cast<unsigned long long>(p.imported),
                         static_cast<unsigned long long>(p.updated), static_cast<unsigned long long>(p.unchanged),
                         static_cast<unsigned long long>(p.rejected), p.rowsPerSecond());
        };
    engine->setBulk(true);
    const auto sink = engine::sinkOf(*engine);
    auto done = engine::runImport(*sink, mapping, o);
    engine->setBulk(false);
    if (o.progress) std::fprintf(stderr, "\n");
    if (!done) return std::unexpected(done.error());
    const auto& c = done->counts;
    const json::object object{
        {"read", c.read},
        {"imported", c.imported},
        {"updated", c.updated},
        {"unchanged", c.unchanged},
        {"rejected", c.rejected},
        {"reject_file", done->rejectFile.empty() ? json::value(nullptr) : json::value(done->rejectFile.string())},
        {"seconds", c.seconds},
        {"stopped", done->stopped ? json::value(done->stopped->code) : json::value(nullptr)}};
    if (context.json) {
        print(engine::plainJson(object));
    } else {
        for (const auto& [key, value] : object)
            print(std::string(key) + ": " +
                  (value.is_string() ? std::string(value.get_string()) : engine::plainJson(value)));
    }
    if (done->stopped) return report(*done->stopped);
    return 0;
}

}  // namespace

void addImportCommand(CLI::App& app, Context& context) {
    auto a = std::make_shared<ImportArguments>();
    auto* one = app.add_subcommand(
        "import", "Bring in a feed of cases: CSV, JSON or NDJSON, also .gz and .zst. Importing again changes nothing");
    one->add_option("FILE", a->file, "The feed")->required();
    std::string shipped;
    for (const auto& m : feed::shippedMappings()) shipped += (shipped.empty() ? "" : ", ") + std::string(m.name);
    one->add_option("--map", a->map, "Mapping file, or the name of a shipped one: " + shipped)->required();
    one->add_option("--source", a->source, "Namespace of the ids (default: the mapping's)");
    one->add_option("--rejects", a->rejects, "Where rows that cannot be taken are written (default: FILE.rejects.csv)");
    one->callback(command(context, [&context, a] { return importFeed(context, *a); }));
}

}  // namespace wl::ctl
