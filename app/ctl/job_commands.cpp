// SPDX-License-Identifier: GPL-3.0-or-later
// job open, job finish, job list: many cases under one work order.
#include <boost/json.hpp>

#include "app/ctl/context.hpp"
#include "domain/time_zone.hpp"
#include "engine/jobs.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct JobOptions {
    std::vector<std::string> cases;
    std::string code, title, crew, from, to, note, resolution{"fixed"};
};

Result<Instant> instantOf(const std::string& text, const char* field) {
    if (text.empty()) return Instant{};
    const auto at = parseIsoInstant(text.size() == 10 ? text + "T00:00:00Z" : text);
    if (!at) return fail(ErrorKind::Input, "field.value", field, text);
    return *at;
}

Result<int> open(const Context& context, const JobOptions& o) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    rules::Job job;
    job.title = o.title;
    job.crew = o.crew;
    if (const auto catalogue = engine->catalogue(); !o.crew.empty()) {
        const auto* crew = catalogue->crew(o.crew);
        if (crew == nullptr) return fail(ErrorKind::Input, "crew.unknown", "crew", o.crew);
        job.department = crew->department;
    }
    WL_TRY(job.from, instantOf(o.from, "from"));
    WL_TRY(job.to, instantOf(o.to, "to"));
    std::vector<CaseKey> keys;
    for (const auto& named : o.cases) {
        WL_TRY(const auto key, reader->findCase(named));
        keys.push_back(key);
    }
    WL_TRY(auto batch, engine::openJob(*reader, keys, engine->now(), job));
    WL_TRY(const auto receipt, engine->submitAndWait(std::move(batch)));
    const json::object out{{"job", job.code}, {"cases", keys.size()}, {"ops", receipt.ops}};
    print(context.json ? json::serialize(out) : job.code + ": " + std::to_string(keys.size()) + " cases");
    return 0;
}

Result<int> finish(const Context& context, const JobOptions& o) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(auto batch, engine::finishJob(*reader, *engine->catalogue(), o.code, o.resolution, o.note));
    WL_TRY(const auto receipt, engine->submitAndWait(std::move(batch)));
    print(context.json ? json::serialize(json::object{{"job", o.code}, {"ops", receipt.ops}})
                       : o.code + ": " + std::to_string(receipt.ops) + " ops");
    return 0;
}

Result<int> list(const Context& context) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    json::array out;
    for (const auto& job : engine->catalogue()->jobs()) {
        WL_TRY(const auto members, reader->casesOfJob(job.code));
        if (!context.json)
            print(job.code + "  " + job.state + "  " + std::to_string(members.size()) + " cases  " + job.title);
        out.push_back(json::object{{"job", job.code},
                                   {"title", job.title},
                                   {"state", job.state},
                                   {"crew", job.crew},
                                   {"outcome", job.outcome},
                                   {"cases", members.size()}});
    }
    if (context.json) print(json::serialize(out));
    return 0;
}

}  // namespace

void addJobCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<JobOptions>();
    auto* job = app.add_subcommand("job", "Work orders: many cases under one task");
    job->require_subcommand(1);
    auto* make = job->add_subcommand("open", "Put cases under a new job");
    make->add_option("TITLE", o->title, "What is to be done")->required();
    make->add_option("--case", o->cases, "A case; may be repeated")->required();
    make->add_option("--crew", o->crew, "Who does it");
    make->add_option("--from", o->from, "Planned window");
    make->add_option("--to", o->to, "Planned window");
    make->callback(command(context, [&context, o] { return open(context, *o); }));
    auto* end = job->add_subcommand("finish",
                                    "The job is done: closes its cases, the note as a public update in each; one undo");
    end->add_option("JOB", o->code, "Code of the job")->required();
    end->add_option("--resolution", o->resolution, "As for resolve")->capture_default_str();
    end->add_option("--note", o->note, "What was done")->required();
    end->callback(command(context, [&context, o] { return finish(context, *o); }));
    job->add_subcommand("list", "All jobs")->callback(command(context, [&context] { return list(context); }));
}

}  // namespace wl::ctl
