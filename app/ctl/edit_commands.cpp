// SPDX-License-Identifier: GPL-3.0-or-later
// edit, note, assign, hold, resolve, reopen, status: what the window does to a case, from a script.
#include <boost/json.hpp>
#include <charconv>

#include "app/ctl/context.hpp"
#include "engine/plain_json.hpp"
#include "domain/time_zone.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct EditOptions {
    std::string named;
    std::vector<std::string> set;
    std::string text, owner, reason, resolution{"fixed"}, note, to, until, duplicateOf;
};

Result<Value> valueOf(const FieldSpec& spec, std::string_view text) {
    if (text.empty()) return Value{};
    const auto bad = [&] { return fail(ErrorKind::Input, "field.value", std::string(spec.name), std::string(text)); };
    switch (spec.type) {
        case FieldType::Text:
        case FieldType::Code: return Value{std::string(text)};
        case FieldType::Int: {
            if (spec.name == "priority") {
                if (const auto known = priorityFromCode(text)) return Value{static_cast<std::int64_t>(*known)};
            }
            std::int64_t n = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
            if (error != std::errc{} || end != text.data() + text.size()) return bad();
            return Value{n};
        }
        case FieldType::Time: {
            const auto at = parseIsoInstant(text);
            if (!at) return bad();
            return Value{at->ms};
        }
        case FieldType::Point: {
            double lat = 0, lon = 0;
            const auto comma = text.find(',');
            if (comma == std::string_view::npos) return bad();
            const auto first = std::from_chars(text.data(), text.data() + comma, lat);
            const auto second = std::from_chars(text.data() + comma + 1, text.data() + text.size(), lon);
            if (first.ec != std::errc{} || second.ec != std::errc{} || lat < -90 || lat > 90 || lon < -180 || lon > 180)
                return bad();
            return Value{GeoPoint::of(lat, lon)};
        }
        case FieldType::Entity: break;
    }
    return bad();
}

Result<int> submit(const Context& context, const std::string& named,
                   const std::function<Result<engine::Command>(engine::CaseRef, store::Reader&)>& make) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(named));
    WL_TRY(auto command, make({key, {}}, *reader));
    WL_TRY(const auto receipt, engine->submitAndWait(std::move(command)));
    const json::object object{{"ops", receipt.ops}, {"case", receipt.number}};
    print(context.json ? engine::plainJson(object) : receipt.number + ": " + std::to_string(receipt.ops) + " ops");
    return 0;
}

Result<int> edit(const Context& context, const EditOptions& o) {
    return submit(context, o.named, [&](engine::CaseRef ref, store::Reader&) -> Result<engine::Command> {
        engine::EditCase cmd{ref, {}, {}, o.note};
        for (const auto& assignment : o.set) {
            const auto equals = assignment.find('=');
            const auto name = assignment.substr(0, equals);
            const auto* spec = findField(kCaseFields, std::string_view(name));
            if (equals == std::string::npos || !spec) return fail(ErrorKind::Input, "field.unknown", name);
            WL_TRY(auto value, valueOf(*spec, std::string_view(assignment).substr(equals + 1)));
            cmd.fields.set(spec->id, std::move(value));
        }
        return cmd;
    });
}

Result<int> note(const Context& context, const EditOptions& o) {
    return submit(context, o.named, [&](engine::CaseRef ref, store::Reader&) -> Result<engine::Command> {
        InteractionRecorded i{Channel::Staff,
                              Direction::Internal,
                              InteractionKind::Note,
                              Visibility::Staff,
                              {},
                              o.text,
                              context.agent,
                              {},
                              {},
                              false};
        return engine::RecordInteraction{ref, std::move(i)};
    });
}

Result<int> assign(const Context& context, const EditOptions& o) {
    return submit(context, o.named, [&](engine::CaseRef ref, store::Reader&) -> Result<engine::Command> {
        engine::EditCase cmd{ref, {}, {}, o.note};
        cmd.fields.set(CaseField::Owner, o.owner.empty() ? Value{} : Value{o.owner});
        return cmd;
    });
}

Result<int> step(const Context& context, const EditOptions& o, Status to, const std::string& reason) {
    return submit(context, o.named, [&](engine::CaseRef ref, store::Reader& reader) -> Result<engine::Command> {
        engine::ChangeStatus cmd{ref, to, reason, o.note, {}};
        if (!o.until.empty()) {
            const auto at = parseIsoInstant(o.until.size() == 10 ? o.until + "T00:00:00Z" : o.until);
            if (!at) return fail(ErrorKind::Input, "field.value", "until", o.until);
            cmd.until = *at;
        }
        if (!o.duplicateOf.empty()) { WL_TRY(cmd.duplicateOf.key, reader.findCase(o.duplicateOf)); }
        return cmd;
    });
}

}  // namespace

void addEditCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<EditOptions>();
    const auto add = [&](const char* name, const char* what) {
        auto* one = app.add_subcommand(name, what);
        one->add_option("CASE", o->named, "Number, id or external id")->required();
        one->add_option("--note", o->note, "Comment kept in the history");
        return one;
    };
    std::string fields;
    for (const auto& spec : kCaseFields)
        if (spec.merge != MergeRule::Once && spec.type != FieldType::Entity)
            fields += (fields.empty() ? "" : ", ") + std::string(spec.name);
    auto* change = add("edit", "Change fields");
    change->add_option("--set", o->set, "FIELD=VALUE, may be repeated; an empty VALUE clears.\nFIELD: " + fields)
        ->required();
    change->callback(command(context, [&context, o] { return edit(context, *o); }));

    auto* write = add("note", "Add an internal note");
    write->add_option("TEXT", o->text, "The note")->required();
    write->callback(command(context, [&context, o] { return note(context, *o); }));

    auto* give = add("assign", "Give the case an owner");
    give->add_option("OWNER", o->owner, "Staff code; leave out to release");
    give->callback(command(context, [&context, o] { return assign(context, *o); }));

    auto* hold = add("hold", "Pause: waiting for a named reason");
    hold->add_option("--reason", o->reason, "Code of the pause reason")->required();
    hold->add_option("--until", o->until, "When it wakes up: a date or an instant in ISO 8601");
    hold->callback(command(context, [&context, o] { return step(context, *o, Status::Waiting, o->reason); }));

    auto* close = add("resolve", "Close with a resolution");
    close
        ->add_option("--resolution", o->resolution,
                     "fixed, no_action, not_found, not_responsible, duplicate, cancelled_by_requester, invalid")
        ->capture_default_str();
    close->add_option("--of", o->duplicateOf, "For a duplicate: the case it repeats");
    close->callback(command(context, [&context, o] { return step(context, *o, Status::Closed, o->resolution); }));

    auto* again = add("reopen", "Reopen a closed case");
    again->callback(command(context, [&context, o] { return step(context, *o, Status::Acknowledged, {}); }));

    auto* any = add("status", "Take another step of the workflow");
    any->add_option("TO", o->to, "acknowledged, assigned, in_progress, planned, work_done")->required();
    any->add_option("--until", o->until, "For planned: the date");
    any->callback(command(context, [&context, o]() -> Result<int> {
        const auto to = statusFromCode(o->to);
        if (!to) return fail(ErrorKind::Input, "status.unknown", "status", o->to);
        return step(context, *o, *to, {});
    }));
}

}  // namespace wl::ctl
