// SPDX-License-Identifier: GPL-3.0-or-later
// persons find, show, duplicates, merge, unmerge: who is who.
#include <boost/json.hpp>

#include <cmath>
#include <format>

#include "app/ctl/context.hpp"
#include "channels/phone_numbers.hpp"
#include "domain/time_zone.hpp"
#include "engine/person_matcher.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct PersonOptions {
    std::string a, b;
    std::size_t limit{50};
    bool unasked{};
};

json::object recordJson(const store::PersonView& view, const std::string& region) {
    json::array contacts;
    for (const auto& c : view.state.contacts)
        contacts.push_back(json::object{
            {"kind", code(c.kind)},
            {"value", c.value},
            {"shown", c.kind == ContactKind::Email ? c.value : channels::shownPhone(c.value, region)},
            {"label", c.label}});
    return {{"person", toHex(view.state.id)},
            {"name", view.state.text(PersonField::Name)},
            {"address", view.state.text(PersonField::Address)},
            {"language", view.state.text(PersonField::Language)},
            {"protected", asInt(view.state.value(PersonField::Protected)) != 0},
            {"do_not_contact", asInt(view.state.value(PersonField::DoNotContact)) != 0},
            {"contacts", contacts}};
}

// A record by its id (32 hexadecimal digits), or by a number or e-mail that only one has.
Result<PersonId> findPerson(store::Reader& reader, const std::string& named, const std::string& region) {
    if (named.size() == 32 && named.find_first_not_of("0123456789abcdef") == std::string::npos) {
        PersonId id;
        for (std::size_t i = 0; i < 16; ++i)
            id.bytes[i] = static_cast<std::uint8_t>(std::stoul(named.substr(2 * i, 2), nullptr, 16));
        WL_TRY(const auto view, reader.person(id));
        return view.state.id;
    }
    const auto number = channels::toE164(named, region);
    WL_TRY(const auto found, reader.personsByContact(number.empty() ? named : number));
    if (found.empty()) return fail(ErrorKind::NotFound, "person.unknown", "person", named);
    WL_TRY(const auto first, reader.person(found.front()));
    WL_TRY(const auto group, reader.personGroup(first.state.id));
    for (const auto key : found) {
        WL_TRY(const auto view, reader.person(key));
        if (!group.contains(view.state.id)) return fail(ErrorKind::Refused, "person.ambiguous", "person", named);
    }
    return group.records.front().state.id;
}

Result<int> show(const Context& context, const PersonOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    const auto region = engine->catalogue()->jurisdiction().region;
    WL_TRY(const auto id, findPerson(*reader, o.a, region));
    WL_TRY(const auto group, reader->personGroup(id));
    json::array records, cases;
    std::vector<CaseKey> keys;
    for (const auto& view : group.records) {
        records.push_back(recordJson(view, region));
        WL_TRY(const auto theirs, reader->casesOf(view.state.id));
        for (const auto key : theirs)
            if (!std::ranges::contains(keys, key)) keys.push_back(key);
    }
    std::ranges::sort(keys, std::ranges::greater{});
    WL_TRY(const auto rows, reader->rows(keys));
    for (const auto& row : rows)
        cases.push_back(json::object{{"number", row.number},
                                     {"service_code", row.service},
                                     {"status", code(row.status)},
                                     {"address", row.address},
                                     {"requested_datetime", isoInstant(row.requestedAt)}});
    const json::object out{{"records", records}, {"cases", cases}};
    if (context.json) {
        print(json::serialize(out));
        return 0;
    }
    for (const auto& view : group.records) {
        print(toHex(view.state.id) + "  " + view.state.text(PersonField::Name));
        for (const auto& c : view.state.contacts)
            print("  " + std::string(code(c.kind)) + " " + channels::shownPhone(c.value, region));
    }
    for (const auto& row : rows) print("  " + row.number + "  " + std::string(code(row.status)) + "  " + row.address);
    return 0;
}

Result<int> duplicates(const Context& context, const PersonOptions& o) {
    WL_TRY(const auto engine, o.unasked ? context.openToWrite() : context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    const auto region = engine->catalogue()->jurisdiction().region;
    engine::PersonMatcher matcher(*reader, region);
    for (bool all = false; !all;) { WL_TRY(all, matcher.loadNext()); }
    std::vector<engine::PersonPairHit> pairs;
    for (bool end = false; !end;) { WL_TRY(end, matcher.passNext(&pairs)); }
    std::ranges::stable_sort(pairs, std::ranges::greater{},
                             [](const engine::PersonPairHit& p) { return p.likeness.logOdds; });
    json::array out;
    std::size_t joined = 0;
    for (const auto& pair : pairs) {
        const auto reasons = rules::matching::reasonsOf(pair.likeness);
        bool done = false;
        if (o.unasked && pair.unasked) {
            WL_TRY(const auto receipt,
                   engine->submitAndWait(engine::JudgePersons{pair.a.state.id, pair.b.state.id, Judgement::Same, true,
                                                              std::lround(pair.likeness.logOdds * 1000), reasons}));
            done = receipt.ops > 0;
            joined += done ? 1 : 0;
        }
        if (out.size() >= o.limit) continue;
        out.push_back(json::object{{"a", recordJson(pair.a, region)},
                                   {"b", recordJson(pair.b, region)},
                                   {"weight", pair.likeness.logOdds},
                                   {"reasons", reasons},
                                   {"beyond_doubt", pair.unasked},
                                   {"merged", done}});
        if (!context.json)
            print(std::format("{:6.2f}  {} {}  {} {}  {}{}", pair.likeness.logOdds, toHex(pair.a.state.id),
                              pair.a.state.text(PersonField::Name), toHex(pair.b.state.id),
                              pair.b.state.text(PersonField::Name), reasons, done ? "  merged" : ""));
    }
    if (context.json)
        print(json::serialize(json::object{{"records", matcher.records()},
                                           {"learnt", matcher.hasLearnt()},
                                           {"pairs", pairs.size()},
                                           {"merged", joined},
                                           {"shown", out}}));
    else print(std::format("{} records, {} pairs, {} merged", matcher.records(), pairs.size(), joined));
    return 0;
}

Result<int> judge(const Context& context, const PersonOptions& o, Judgement judgement) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    const auto region = engine->catalogue()->jurisdiction().region;
    WL_TRY(const auto a, findPerson(*reader, o.a, region));
    WL_TRY(const auto b, findPerson(*reader, o.b, region));
    WL_TRY(const auto receipt, engine->submitAndWait(engine::JudgePersons{a, b, judgement, false, 0, {}}));
    WL_TRY(const auto group, reader->personGroup(a));
    const json::object out{{"ops", receipt.ops}, {"records", group.records.size()}};
    print(context.json ? json::serialize(out)
                       : std::to_string(receipt.ops) + " ops; " + std::to_string(group.records.size()) +
                             " records of this person");
    return 0;
}

}  // namespace

void addPersonCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<PersonOptions>();
    auto* persons = app.add_subcommand("persons", "Citizens: who is who");
    persons->require_subcommand(1);
    auto* one = persons->add_subcommand("show", "All records of a person, and their cases");
    one->add_option("PERSON", o->a, "Id, telephone number or e-mail")->required();
    one->callback(command(context, [&context, o] { return show(context, *o); }));
    auto* pairs = persons->add_subcommand("duplicates", "Records that may be of one person, most likely first");
    pairs->add_option("--limit", o->limit, "How many pairs to show")->capture_default_str();
    pairs->add_flag("--merge", o->unasked, "Merge those that are beyond doubt");
    pairs->callback(command(context, [&context, o] { return duplicates(context, *o); }));
    const auto pair = [&](const char* name, const char* what, Judgement judgement) {
        auto* two = persons->add_subcommand(name, what);
        two->add_option("A", o->a, "Id, telephone number or e-mail")->required();
        two->add_option("B", o->b, "The other record, by its id")->required();
        two->callback(command(context, [&context, o, judgement] { return judge(context, *o, judgement); }));
    };
    pair("merge", "Say that two records are of one person", Judgement::Same);
    pair("unmerge", "Say that two records are not of one person: what was merged is apart again", Judgement::Different);
}

}  // namespace wl::ctl
