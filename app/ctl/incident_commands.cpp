// SPDX-License-Identifier: GPL-3.0-or-later
// incident show, likely, add, split, join, apart: one fault, and everybody who reported it.
#include <boost/json.hpp>

#include <cmath>
#include <format>
#include <future>

#include "app/ctl/context.hpp"
#include "domain/time_zone.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct IncidentOptions {
    std::string named, other, name, phone, email, text, channel{"phone"};
    std::size_t limit{10}, report{};
    bool drop{};
};

std::string nameOf(store::Reader& reader, const PersonId& person) {
    if (person.isNull()) return {};
    const auto view = reader.person(person);
    return view ? view->state.text(PersonField::Name) : std::string();
}

Result<int> show(const Context& context, const IncidentOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(o.named));
    WL_TRY(const auto incident, reader->incident(key));
    WL_TRY(const auto members, reader->rows(incident.members));
    json::array numbers, reports;
    for (const auto& row : members) numbers.push_back(json::string(row.number));
    if (!context.json) print(incident.leadNumber);
    for (const auto& one : incident.reporters) {
        const auto name = nameOf(*reader, one.person);
        reports.push_back(json::object{
            {"report", reports.size() + 1},
            {"case", one.number},
            {"person", one.person.isNull() ? json::value(nullptr) : json::value(toHex(one.person))},
            {"name", name},
            {"channel", code(one.channel)},
            {"at", isoInstant(one.at)},
            {"text", one.body}});
        if (!context.json)
            print(std::format("{:3}  {}  {}  {}  {}  {}", reports.size(), one.number, isoInstant(one.at),
                              code(one.channel), name.empty() ? "(no name)" : name, one.body));
    }
    if (context.json)
        print(json::serialize(json::object{
            {"case", incident.leadNumber}, {"members", std::move(numbers)}, {"reports", std::move(reports)}}));
    return 0;
}

Result<int> likely(const Context& context, const IncidentOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(o.named));
    WL_TRY(const auto detail, reader->detail(key));
    engine::DuplicateQuery query;
    query.service = detail.state.text(CaseField::Service);
    if (const auto* place = std::get_if<GeoPoint>(&detail.state.value(CaseField::Position))) query.place = *place;
    query.description = detail.state.text(CaseField::Description);
    query.address = detail.state.text(CaseField::Address);
    query.except = key;
    query.at = detail.state.instant(CaseField::RequestedAt);
    engine->waitUntilLoaded();
    std::promise<Result<std::vector<engine::DuplicateHit>>> promise;
    engine->duplicates(std::move(query), o.limit, [&](auto hits) { promise.set_value(std::move(hits)); });
    WL_TRY(const auto hits, promise.get_future().get());
    json::array out;
    for (const auto& hit : hits) {
        WL_TRY(const auto other, reader->detail(hit.row.key));
        WL_TRY(const auto said, reader->judgedCases(detail.state.id, other.state.id));
        const std::string judged = said == Judgement::Same ? "same" : said == Judgement::Different ? "different" : "";
        const auto& l = hit.likeness;
        out.push_back(json::object{{"case", hit.row.number},
                                   {"score", l.score},
                                   {"metres", std::isfinite(l.metres) ? json::value(l.metres) : json::value(nullptr)},
                                   {"hours_earlier", static_cast<double>(l.age.count()) / 3'600'000},
                                   {"same_service", l.sameService},
                                   {"closed", l.closed},
                                   {"words", l.words},
                                   {"judged", judged.empty() ? json::value(nullptr) : json::value(judged)}});
        if (!context.json)
            print(std::format("{:6.2f}  {}  {:.0f} m  {}  {}", l.score, hit.row.number, l.metres, hit.row.address,
                              judged));
    }
    if (context.json) print(json::serialize(out));
    return 0;
}

using Make = std::function<Result<engine::Command>(store::Reader& reader, CaseKey key)>;

Result<int> submit(const Context& context, const std::string& named, const Make& make) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(named));
    WL_TRY(auto command, make(*reader, key));
    WL_TRY(const auto receipt, engine->submitAndWait(std::move(command)));
    WL_TRY(const auto incident, reader->incident(key));
    const json::object object{{"ops", receipt.ops},
                              {"case", receipt.number},
                              {"incident", incident.leadNumber},
                              {"reports", incident.reporters.size()}};
    print(context.json ? json::serialize(object)
                       : std::format("{}: {} ops, {} reports", receipt.number, receipt.ops, incident.reporters.size()));
    return 0;
}

Result<engine::Command> addReport(const IncidentOptions& o, CaseKey key) {
    const auto channel = channelFromCode(o.channel);
    if (!channel) return fail(ErrorKind::Input, "channel.unknown", "--channel", o.channel);
    engine::AddReport add;
    add.target.key = key;
    add.channel = *channel;
    add.body = o.text;
    if (!o.name.empty()) add.reporter.fields.set(PersonField::Name, o.name);
    if (!o.phone.empty()) add.reporter.contacts.push_back({ContactKind::Phone, o.phone, {}});
    if (!o.email.empty()) add.reporter.contacts.push_back({ContactKind::Email, o.email, {}});
    return add;
}

Result<engine::Command> split(const IncidentOptions& o, store::Reader& reader, CaseKey key) {
    WL_TRY(const auto incident, reader.incident(key));
    if (o.report == 0 || o.report > incident.reporters.size())
        return fail(ErrorKind::NotFound, "report.unknown", "REPORT", std::to_string(o.report));
    const auto& one = incident.reporters[o.report - 1];
    return engine::SplitReport{{one.caseKey, {}}, one.report, !o.drop};
}

}  // namespace

void addIncidentCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<IncidentOptions>();
    auto* incident = app.add_subcommand("incident", "One fault: the cases that are about it and who reported it");
    incident->require_subcommand(1);
    const auto about = [&](const char* name, const char* what) {
        auto* one = incident->add_subcommand(name, what);
        one->add_option("CASE", o->named, "Number, id or external id")->required();
        return one;
    };
    about("show", "The case that stands for the fault, and every report of it")
        ->callback(command(context, [&context, o] { return show(context, *o); }));
    auto* near = about("likely", "Earlier cases that may be about the same fault, most likely first");
    near->add_option("--limit", o->limit, "How many")->capture_default_str();
    near->callback(command(context, [&context, o] { return likely(context, *o); }));
    auto* more = about("add", "Somebody else reports the same fault");
    more->add_option("--name", o->name, "Who reports it; nothing at all: nobody knows");
    more->add_option("--phone", o->phone, "Telephone number");
    more->add_option("--email", o->email, "E-mail address");
    more->add_option("--text", o->text, "What they say");
    more->add_option("--channel", o->channel, "By which channel")->capture_default_str();
    more->callback(command(context, [&context, o] {
        return submit(context, o->named, [&](store::Reader&, CaseKey key) { return addReport(*o, key); });
    }));
    auto* off = about("split", "Take a report off: it becomes a case of its own");
    off->add_option("REPORT", o->report, "Its number in incident show")->required();
    off->add_flag("--drop", o->drop, "It does not belong there, and makes no case");
    off->callback(command(context, [&context, o] {
        return submit(context, o->named, [&](store::Reader& reader, CaseKey key) { return split(*o, reader, key); });
    }));
    const auto pair = [&](const char* name, const char* what, Judgement judgement) {
        auto* two = about(name, what);
        two->add_option("OF", o->other, "The other case")->required();
        two->callback(command(context, [&context, o, judgement] {
            return submit(context, o->named, [&](store::Reader& reader, CaseKey key) -> Result<engine::Command> {
                WL_TRY(const auto of, reader.findCase(o->other));
                return engine::JudgeCases{{key, {}}, {of, {}}, judgement};
            });
        }));
    };
    pair("join", "Say that CASE is about the same fault as OF: it is closed as a duplicate", Judgement::Same);
    pair("apart", "Say that it is not: what was joined is apart again", Judgement::Different);
}

}  // namespace wl::ctl
