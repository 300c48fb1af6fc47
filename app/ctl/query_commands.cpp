// SPDX-License-Identifier: GPL-3.0-or-later
// query, show, export.
#include <cstdio>

#include "app/ctl/context.hpp"
#include "engine/case_json.hpp"
#include "engine/query_text.hpp"

namespace wl::ctl {
namespace {

struct QueryOptions {
    std::string queue{"all"};
    std::vector<std::string> where;
    std::string text, near, asOf, sort{"-requested"};
    long limit{100};
    std::string format, out;
    bool personal{};
};

Result<engine::CaseQuery> queryOf(const Context& context, const QueryOptions& o) {
    engine::CaseQuery q;
    WL_TRY(q.filter, engine::standingQueue(o.queue, context.agent));
    for (const auto& condition : o.where) {
        const auto equals = condition.find('=');
        if (equals == std::string::npos)
            return fail(ErrorKind::Input, "filter.value", condition, "expected NAME=VALUE");
        WL_CHECK(engine::addCondition(q.filter, condition.substr(0, equals), condition.substr(equals + 1)));
    }
    if (!o.text.empty()) q.filter.text = o.text;
    if (!o.near.empty()) WL_CHECK(engine::addCondition(q.filter, "near", o.near));
    WL_TRY(q.order, engine::parseOrder(o.sort));
    if (!o.asOf.empty()) {
        const auto at = parseIsoInstant(o.asOf);
        if (!at) return fail(ErrorKind::Input, "filter.value", "as-of", o.asOf);
        q.filter.asOf = *at;
    }
    return q;
}

Result<engine::CaseListingPtr> listingOf(engine::Engine& engine, const Context& context, const QueryOptions& o,
                                         bool limited) {
    WL_TRY(auto query, queryOf(context, o));
    engine.waitUntilLoaded();
    WL_TRY(auto listing, engine.queryAndWait(std::move(query)));
    if (!limited || o.limit <= 0 || listing->keys.size() <= static_cast<std::size_t>(o.limit)) return listing;
    auto cut = std::make_shared<engine::CaseListing>(*listing);
    cut->keys.resize(static_cast<std::size_t>(o.limit));
    return cut;
}

Result<int> query(const Context& context, const QueryOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto listing, listingOf(*engine, context, o, true));
    WL_TRY(const auto reader, engine->openReader());
    const auto catalogue = engine->catalogue();
    const auto now = o.asOf.empty() ? engine->now() : listing->asOf;
    WL_TRY(const auto rows, o.asOf.empty() ? reader->rows(listing->keys)
                                           : engine::rowsAsOf(*reader, catalogue, listing->keys, listing->asOf));
    if (context.json) {
        std::string out = "[";
        for (const auto& row : rows) out += (out.size() > 1 ? ",\n" : "") + engine::caseJson(row, *catalogue, now).text;
        print(out + "]");
        return 0;
    }
    for (const auto& row : rows) {
        std::string line = row.number + "  " + std::string(code(slaStateAt(row.clock, now))) + "  " +
                           std::string(code(row.status)) + "  " + catalogue->serviceName(row.service) + "  " +
                           row.address;
        print(line);
    }
    std::fprintf(stderr, "%zu of %lld cases\n", rows.size(), static_cast<long long>(listing->tally.total));
    return 0;
}

Result<int> show(const Context& context, const std::string& named) {
    WL_TRY(const auto engine, context.openToRead());
    engine->waitUntilLoaded();  // whether it is at risk rests on all cases
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(named));
    WL_TRY(const auto text, engine::caseDetailJson(*reader, key, *engine->catalogue(), engine->now()));
    print(text.text);
    return 0;
}

Result<int> exportAll(const Context& context, const QueryOptions& o) {
    const auto format = engine::exportFormatFromCode(o.format);
    if (!format) return fail(ErrorKind::Input, "export.format", "format", o.format);
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto listing, listingOf(*engine, context, o, o.limit > 0));
    WL_TRY(const auto reader, engine->openReader());
    std::FILE* file = o.out.empty() ? stdout : std::fopen(o.out.c_str(), "wb");
    if (!file) return fail(ErrorKind::World, "file.open", o.out);
    const auto write = [&](std::string_view piece) -> Result<void> {
        if (std::fwrite(piece.data(), 1, piece.size(), file) != piece.size())
            return fail(ErrorKind::World, "file.write", o.out);
        return {};
    };
    auto done =
        engine::exportCases(*reader, *listing, *engine->catalogue(), engine->now(), {*format, o.personal, {}}, write);
    const bool flushed = std::fflush(file) == 0;
    if (file != stdout) std::fclose(file);
    if (!done) return std::unexpected(done.error());
    if (!flushed) return fail(ErrorKind::World, "file.write", o.out);
    std::fprintf(stderr, "%zu cases written\n", *done);
    return 0;
}

void addFilters(CLI::App& command, QueryOptions& o) {
    command
        .add_option("--queue", o.queue,
                    "mine, unassigned, at_risk, breached, waiting, offered, escalated, stalled, open, closed, all")
        ->capture_default_str();
    command.add_option("--where", o.where,
                       "NAME=VALUE, may be repeated; all must hold. VALUE may list words with commas.\nNAME: " +
                           std::string(engine::conditionNames()));
    command.add_option("--text", o.text, "Words, a case number, a phone number or a name");
    command.add_option("--near", o.near, "LAT,LON,METRES");
    command
        .add_option(
            "--sort", o.sort,
            "sla, number, service, address, status, priority, owner, requested, due, department, crew, area, channel,"
            " updated, closed, title; a leading - sorts descending")
        ->capture_default_str();
}

}  // namespace

void addQueryCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<QueryOptions>();
    auto* find = app.add_subcommand("query", "List cases");
    addFilters(*find, *o);
    find->add_option("--limit", o->limit, "At most so many (0 = all)")->capture_default_str();
    find->add_option("--as-of", o->asOf, "The cases as they stood then: 2026-11-20T08:00:00Z");
    find->callback(command(context, [&context, o] { return query(context, *o); }));

    auto named = std::make_shared<std::string>();
    auto* one = app.add_subcommand("show", "One case with its whole history and its clocks, as JSON");
    one->add_option("CASE", *named, "Number, id or external id")->required();
    one->callback(command(context, [&context, named] { return show(context, *named); }));

    auto e = std::make_shared<QueryOptions>();
    e->limit = 0;
    auto* out = app.add_subcommand("export", "Write cases as csv, geojson, open311 (JSON) or bulk (Open311 CSV)");
    addFilters(*out, *e);
    out->add_option("--format", e->format, "csv, geojson, open311 or bulk")->required();
    out->add_option("--out", e->out, "File to write (default: standard output)");
    out->add_option("--limit", e->limit, "At most so many (0 = all)")->capture_default_str();
    out->add_flag("--personal", e->personal, "With titles and descriptions, which may hold personal data");
    out->callback(command(context, [&context, e] { return exportAll(context, *e); }));
}

}  // namespace wl::ctl
