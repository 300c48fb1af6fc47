// SPDX-License-Identifier: GPL-3.0-or-later
// handoff, accept, return, withdraw, claim, release, acknowledge, duty, outbox, catalogue: who answers for a case, and
// what rules do when nobody does.
#include <boost/json.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/ctl/context.hpp"
#include "domain/time_zone.hpp"
#include "engine/catalogue_file.hpp"
#include "engine/duty.hpp"
#include "engine/routing_trial.hpp"
#include "rules/publish_check.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct DutyOptions {
    std::string named, department, crew, reason, file;
    bool takeOver{};
    int last{1000};
    std::vector<std::string> kinds;
};

using Make = std::function<engine::Command(engine::CaseRef)>;

Result<int> submit(const Context& context, const std::string& named, const Make& make) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(named));
    WL_TRY(const auto receipt, engine->submitAndWait(make({key, {}})));
    const json::object object{{"ops", receipt.ops}, {"case", receipt.number}};
    print(context.json ? json::serialize(object) : receipt.number + ": " + std::to_string(receipt.ops) + " ops");
    return 0;
}

Result<int> duty(const Context& context) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto ops, engine->actOnDue());
    print(context.json ? json::serialize(json::object{{"ops", ops}}) : std::to_string(ops) + " ops");
    return 0;
}

// What waits to be sent: escalations that nobody has acknowledged, each with the person it is for.
Result<int> outbox(const Context& context) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    engine::CaseQuery query;
    query.filter.open = true;
    query.filter.escalated = true;
    WL_TRY(const auto listing, engine->queryAndWait(query));
    const auto catalogue = engine->catalogue();
    json::array out;
    for (const auto key : listing->keys) {
        WL_TRY(const auto detail, reader->detail(key));
        for (const auto& e : detail.state.escalations) {
            if (e.raised.dot.seq == 0 || e.acknowledged.dot.seq != 0) continue;
            out.push_back(json::object{{"case", detail.number},
                                       {"key", e.key},
                                       {"level", e.level},
                                       {"to", e.to},
                                       {"person", e.person},
                                       {"name", catalogue->staffName(e.person)},
                                       {"raised", isoInstant(e.at)},
                                       {"state", "queued"}});
        }
    }
    if (context.json) {
        print(json::serialize(out));
        return 0;
    }
    for (const auto& one : out) {
        const auto& o = one.as_object();
        print(std::string(o.at("case").as_string()) + "  step " + json::serialize(o.at("level")) + "  " +
              std::string(o.at("to").as_string()) + "  " + std::string(o.at("name").as_string()) + "  " +
              std::string(o.at("raised").as_string()));
    }
    return 0;
}

Result<int> exportCatalogue(const Context& context, const DutyOptions& o) {
    WL_TRY(const auto entries, store::readCatalogueOf(store::databasePath(context.data)));
    std::vector<rules::CatalogueItem> items;
    for (const auto& e : entries) {
        const bool wanted = o.kinds.empty() || std::ranges::find(o.kinds, e.kind) != o.kinds.end();
        if (wanted && !e.document.empty()) items.push_back({e.kind, e.code, e.document});
    }
    const auto text = engine::writeCatalogueFile(items);
    if (o.file.empty() || o.file == "-") print(text);
    else WL_CHECK(store::writeFile(o.file, text));
    std::fprintf(stderr, "%zu items\n", items.size());
    return 0;
}

// Refuses the whole file where something in it makes no sense beside what stands.
Result<int> importCatalogue(const Context& context, const DutyOptions& o) {
    std::ifstream in(o.file, std::ios::binary);
    if (!in) return fail(ErrorKind::NotFound, "file.open", o.file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    WL_TRY(auto items, engine::readCatalogueFile(text));
    WL_TRY(const auto entries, store::readCatalogueOf(store::databasePath(context.data)));
    std::vector<rules::CatalogueItem> standing;
    for (const auto& e : entries) standing.push_back({e.kind, e.code, e.document});
    const auto problems = rules::problemsOfPublishing(standing, items);
    for (const auto& problem : problems)
        std::fprintf(stderr, "%s: %s %s\n", problem.field.c_str(), problem.code.c_str(), problem.detail.c_str());
    if (!problems.empty()) return std::unexpected(problems.front());
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto receipt, engine->submitAndWait(engine::PublishCatalogue{std::move(items)}));
    const json::object object{{"published", receipt.ops}};
    print(context.json ? json::serialize(object) : std::to_string(receipt.ops) + " items published");
    return 0;
}

// Rules of a file, or those in force, on the cases that came in last.
Result<int> tryRules(const Context& context, const DutyOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    engine->waitUntilLoaded();
    auto catalogue = engine->catalogue();
    if (!o.file.empty()) {
        std::ifstream in(o.file, std::ios::binary);
        if (!in) return fail(ErrorKind::NotFound, "file.open", o.file);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        WL_TRY(const auto items, engine::readCatalogueFile(text));
        WL_TRY(const auto entries, store::readCatalogueOf(store::databasePath(context.data)));
        std::vector<rules::CatalogueItem> whole;
        for (const auto& e : entries) whole.push_back({e.kind, e.code, e.document});
        whole.insert(whole.end(), items.begin(), items.end());
        catalogue = rules::Catalogue::build(whole);
    }
    engine::CaseQuery query;
    query.order = {engine::CaseColumn::Requested, true};
    WL_TRY(const auto listing, engine->queryAndWait(query));
    const auto count = std::min(listing->keys.size(), static_cast<std::size_t>(std::max(o.last, 1)));
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto trial, engine::tryRouting(*reader, std::span(listing->keys).first(count), *catalogue));
    json::object byRule;
    for (const auto& [rule, n] : trial.byRule) byRule[rule] = n;
    json::array changes;
    for (const auto& c : trial.changes)
        changes.push_back(json::object{{"case", c.number},
                                       {"service", c.service},
                                       {"from", c.fromDepartment + "/" + c.fromCrew},
                                       {"to", c.department + "/" + c.crew},
                                       {"owner", c.owner},
                                       {"rule", c.rule}});
    const json::object out{{"cases", trial.cases},
                           {"changed", trial.changed},
                           {"alarms", trial.alarms},
                           {"by_rule", byRule},
                           {"changes", changes}};
    if (context.json) {
        print(json::serialize(out));
        return 0;
    }
    print(std::to_string(trial.cases) + " cases, " + std::to_string(trial.changed) + " would have gone elsewhere, " +
          std::to_string(trial.alarms) + " to nobody or a catch-all");
    for (const auto& [rule, n] : trial.byRule) print("  " + rule + ": " + std::to_string(n));
    return 0;
}

}  // namespace

void addDutyCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<DutyOptions>();
    const auto add = [&](const char* name, const char* what, const Make& make) {
        auto* one = app.add_subcommand(name, what);
        one->add_option("CASE", o->named, "Number, id or external id")->required();
        one->callback(command(context, [&context, o, make] { return submit(context, o->named, make); }));
        return one;
    };
    auto* offer = add("handoff", "Offer the case to another department; it stays until somebody there accepts",
                      [o](auto ref) { return engine::OfferHandOff{ref, o->department, o->crew, o->reason}; });
    offer->add_option("--to", o->department, "Code of the department")->required();
    offer->add_option("--crew", o->crew, "Code of one of its crews");
    offer->add_option("--reason", o->reason, "Why")->required();
    add("accept", "Take over a case that is offered",
        [](auto ref) { return engine::AnswerHandOff{ref, HandOffAnswer::Accepted, {}}; });
    add("return", "Send an offered case back to its sender",
        [o](auto ref) { return engine::AnswerHandOff{ref, HandOffAnswer::Returned, o->reason}; })
        ->add_option("--reason", o->reason, "Why")
        ->required();
    add("withdraw", "Take back an offer that nobody has answered", [o](auto ref) {
        return engine::AnswerHandOff{ref, HandOffAnswer::Withdrawn, o->reason};
    })->add_option("--reason", o->reason, "Why");
    add("claim", "Become the owner of a case that nobody has", [o](auto ref) {
        return engine::ClaimCase{ref, o->takeOver};
    })->add_flag("--take-over", o->takeOver, "From whoever has it (supervisors and dispatchers)");
    add("release", "Give the case back to its department's queue", [o](auto ref) {
        return engine::ReleaseCase{ref, o->reason};
    })->add_option("--reason", o->reason, "Why");
    add("acknowledge", "Acknowledge the escalations of a case: their repetitions stop",
        [](auto ref) { return engine::AcknowledgeEscalations{ref}; });

    app.add_subcommand("duty", "Do what rules have to do by now: wake up, bounce back, escalate")
        ->callback(command(context, [&context] { return duty(context); }));
    app.add_subcommand("outbox", "Escalations that wait for somebody")->callback(command(context, [&context] {
        return outbox(context);
    }));

    auto* routing = app.add_subcommand("routing", "Who gets a case");
    routing->require_subcommand(1);
    auto* trial = routing->add_subcommand("try", "What would have happened to the cases that came in last");
    trial->add_option("FILE", o->file, "Rules as `catalogue export` writes them (default: those in force)");
    trial->add_option("--last", o->last, "How many cases")->capture_default_str();
    trial->callback(command(context, [&context, o] { return tryRules(context, *o); }));

    auto* catalogue = app.add_subcommand("catalogue", "Services, departments, calendars, policies and rules as a file");
    catalogue->require_subcommand(1);
    auto* out = catalogue->add_subcommand("export", "Write the catalogue");
    out->add_option("FILE", o->file, "Where to (default: standard output)");
    out->add_option("--kind", o->kinds, "Only items of this kind; may be repeated");
    out->callback(command(context, [&context, o] { return exportCatalogue(context, *o); }));
    auto* in = catalogue->add_subcommand("import", "Publish what a file holds, all of it or nothing");
    in->add_option("FILE", o->file, "A file that export wrote")->required();
    in->callback(command(context, [&context, o] { return importCatalogue(context, *o); }));
}

}  // namespace wl::ctl
