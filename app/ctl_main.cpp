// SPDX-License-Identifier: GPL-3.0-or-later
// wardlinectl: everything the console can do to the data, from a script. Links no Qt.
#include "app/ctl/context.hpp"

int main(int argc, char** argv) {
    using namespace wl::ctl;
    CLI::App app("Works on a Wardline replica from the command line.\n"
                 "Exit status: 0 done, 1 a check said no, 2 bad usage or input, 3 the world failed (disk, network).",
                 "wardlinectl");
    Context context;
    const char* agent = std::getenv("WARDLINE_AGENT");
    context.agent = agent ? agent : "ctl";
    app.add_option("--data", context.data,
                   "Folder of the replica (all commands but sla fit, eval and simulate need it)");
    app.add_option("--agent", context.agent, "Staff code that edits are made by (or WARDLINE_AGENT)")
        ->capture_default_str();
    app.add_flag("--json", context.json, "Answer with one JSON value");
    app.require_subcommand(1);
    app.fallthrough();
    addReplicaCommands(app, context);
    addImportCommand(app, context);
    addQueryCommands(app, context);
    addEditCommands(app, context);
    addDutyCommands(app, context);
    addJobCommands(app, context);
    addIncidentCommands(app, context);
    addPersonCommands(app, context);
    addViewCommands(app, context);
    addMessageCommands(app, context);
    addSlaCommands(app, context);
    addEvalCommands(app, context);
    addSyncCommands(app, context);
    addRiskCommands(app, context);
    addHotSpotCommands(app, context);
    addSignalsCommand(app, context);
    addBasemapCommands(app, context);
#ifdef WARDLINE_SIMULATOR
    addSimulateCommand(app, context);
#endif
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) { return app.exit(e) == 0 ? 0 : 2; }
    return context.status;
}
