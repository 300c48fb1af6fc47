// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What every command of wardlinectl shares: the replica, the way it answers, and how an Error becomes an exit status.

#include <CLI/CLI.hpp>

#include <string>

#include "engine/engine.hpp"

namespace wl::ctl {

struct Context {
    std::string data;   ///< folder of the replica
    std::string agent;  ///< staff code the edits are made by
    bool json{};
    int status{};       ///< what the program will return

    /// Opens the replica; queries can run while a console has it open.
    [[nodiscard]] Result<std::unique_ptr<engine::Engine>> openToRead() const;
    [[nodiscard]] Result<std::unique_ptr<engine::Engine>> openToWrite() const;
    [[nodiscard]] engine::EngineOptions options() const;
};

/// 0 done, 1 a check said no, 2 bad usage or input, 3 the world failed.
[[nodiscard]] int exitStatus(const Error& error);
/// Says on stderr what happened, to which thing, and what to do.
int report(const Error& error);
enum class Needs : std::uint8_t { Replica, Nothing };
/// Runs a command and keeps its status in the context.
template <class F>
auto command(Context& context, F body, Needs needs = Needs::Replica) {
    return [&context, body, needs] {
        const Result<int> done = needs == Needs::Replica && context.data.empty()
                                     ? Result<int>(fail(ErrorKind::Input, "usage.data"))
                                     : body();
        context.status = done ? *done : report(done.error());
    };
}

/// "key": value lines for people, or the object for programs; `object` is serialised JSON.
void print(const std::string& text);

void addReplicaCommands(CLI::App& app, Context& context);  ///< init, stats, verify, rebuild, digest
void addImportCommand(CLI::App& app, Context& context);    ///< import
void addQueryCommands(CLI::App& app, Context& context);    ///< query, show, export
void addSlaCommands(CLI::App& app, Context& context);      ///< sla explain, sla fit, eval sla, eval persons
void addEvalCommands(CLI::App& app, Context& context);     ///< eval duplicates; after the one above
void addEditCommands(CLI::App& app, Context& context);     ///< edit, note, assign, hold, resolve, reopen, status
void addDutyCommands(CLI::App& app, Context& context);  ///< handoff, accept, return, claim, release, duty, catalogue
void addJobCommands(CLI::App& app, Context& context);  ///< job open, finish, list
void addIncidentCommands(CLI::App& app, Context& context);  ///< incident show, likely, add, split, join, apart
void addPersonCommands(CLI::App& app, Context& context);  ///< persons show, duplicates, merge, unmerge
void addMessageCommands(CLI::App& app, Context& context);  ///< reply, messages, send-message, cancel-message, templates
void addViewCommands(CLI::App& app, Context& context);  ///< view list, save, rename, delete
void addRiskCommands(CLI::App& app, Context& context);  ///< eval risk; after the others of eval
void addHotSpotCommands(CLI::App& app, Context& context);  ///< eval hotspots; after the others of eval
void addSignalsCommand(CLI::App& app, Context& context);  ///< signals
void addBasemapCommands(CLI::App& app, Context& context);  ///< basemap build, find
void addSimulateCommand(CLI::App& app, Context& context);  ///< simulate

void addSyncCommands(CLI::App& app, Context& context);  ///< serve, pair, peers, revoke

}  // namespace wl::ctl
