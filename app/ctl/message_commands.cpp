// SPDX-License-Identifier: GPL-3.0-or-later
// reply, messages, send-message, cancel-message, templates: what citizens are written, what became of it, and the texts
// it is made of.
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "app/ctl/context.hpp"
#include "engine/catalogue_file.hpp"
#include "engine/messages/compose.hpp"
#include "engine/messages/shipped.hpp"
#include "engine/plain_json.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct MessageOptions {
    std::string named, text, channel, templateCode, subject, overrides, message, note, file, event;
    std::vector<std::string> states;
    int limit{200};
    bool preview{}, shipped{};
};

json::object objectOf(const store::OutboxRow& row) {
    return {{"message", toHex(row.id)},
            {"case", row.number},
            {"state", code(row.state)},
            {"channel", code(row.channel)},
            {"to", row.address},
            {"why", code(row.why)},
            {"reason", row.reason},
            {"written", isoInstant(row.writtenAt)},
            {"changed", isoInstant(row.stateAt)},
            {"not_before", row.until ? json::value(isoInstant(row.until)) : json::value()},
            {"sent", row.sentAt ? json::value(isoInstant(row.sentAt)) : json::value()},
            {"external_id", row.externalId}};
}

Result<int> reply(const Context& context, const MessageOptions& o) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto key, reader->findCase(o.named));
    WL_TRY(const auto detail, reader->detail(key));
    const auto catalogue = engine->catalogue();
    const auto* requester = std::get_if<EntityId>(&detail.state.value(CaseField::Requester));
    std::optional<store::PersonView> person;
    if (requester != nullptr) { WL_TRY(person, reader->person(*requester)); }
    engine::WriteMessage cmd;
    cmd.target.key = key;
    const auto cameBy = static_cast<Channel>(detail.state.number(CaseField::FirstChannel));
    const auto usual = person ? engine::channelFor(person->state, cameBy) : std::nullopt;
    cmd.channel = usual.value_or(Channel::Email);
    if (!o.channel.empty()) {
        const auto channel = channelFromCode(o.channel);
        if (!channel) return fail(ErrorKind::Input, "message.channel", "channel", o.channel);
        cmd.channel = *channel;
    }
    const engine::ComposeInput input{detail, person ? &person->state : nullptr, *catalogue, engine->now(), o.text,
                                     o.text};
    const auto* text = o.templateCode.empty() ? engine::templateFor(input, "answer", cmd.channel)
                                              : catalogue->messageTemplate(o.templateCode);
    if (!o.templateCode.empty() && text == nullptr)
        return fail(ErrorKind::NotFound, "template.unknown", "template", o.templateCode);
    cmd.body = o.text;
    if (text != nullptr) {
        WL_TRY(auto made, engine::compose(*text, input));
        cmd.templateCode = made.templateCode, cmd.language = made.language;
        cmd.subject = std::move(made.subject), cmd.body = std::move(made.body);
    }
    if (!o.subject.empty()) cmd.subject = o.subject;
    cmd.why = detail.state.waitingSince ? MessageWhy::Answer : MessageWhy::Owner;
    cmd.event = text != nullptr ? text->event : "answer";
    cmd.overrides = o.overrides;
    if (o.preview) {
        print(context.json ? engine::plainJson(json::object{{"channel", code(cmd.channel)},
                                                            {"language", cmd.language},
                                                            {"subject", cmd.subject},
                                                            {"body", cmd.body}})
                           : "Subject: " + cmd.subject + "\n\n" + cmd.body);
        return 0;
    }
    WL_TRY(const auto receipt, engine->submitAndWait(std::move(cmd)));
    const json::object object{{"case", receipt.number},
                              {"message", toHex(receipt.messageId)},
                              {"state", code(receipt.messageState)},
                              {"reason", receipt.messageReason}};
    print(context.json ? engine::plainJson(object)
                       : receipt.number + ": " + std::string(code(receipt.messageState)) +
                             (receipt.messageReason.empty() ? "" : " (" + receipt.messageReason + ")"));
    return 0;
}

Result<int> outbox(const Context& context, const MessageOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(const auto reader, engine->openReader());
    store::OutboxFilter filter;
    filter.limit = o.limit;
    for (const auto& word : o.states) {
        const auto state = messageStateFromCode(word);
        if (!state) return fail(ErrorKind::Input, "message.state", "state", word);
        filter.states.push_back(*state);
    }
    WL_TRY(const auto rows, reader->outbox(filter));
    json::array list;
    for (const auto& row : rows) {
        if (context.json) list.push_back(objectOf(row));
        else
            print(isoInstant(row.writtenAt) + "  " + row.number + "  " + std::string(code(row.state)) + "  " +
                  std::string(code(row.channel)) + "  " + row.address + (row.reason.empty() ? "" : "  " + row.reason) +
                  "  " + toHex(row.id));
    }
    if (context.json) print(engine::plainJson(list));
    return 0;
}

Result<int> moveTo(const Context& context, const MessageOptions& o, MessageState to) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(const auto reader, engine->openReader());
    WL_TRY(const auto rows, reader->outbox({{}, {}, 1'000'000}));
    const auto at = std::ranges::find_if(rows, [&](const auto& row) { return toHex(row.id) == o.message; });
    if (at == rows.end()) return fail(ErrorKind::NotFound, "message.unknown", "message", o.message);
    engine::MoveMessage cmd;
    cmd.target.key = at->caseKey;
    cmd.message = at->id;
    cmd.to = to;
    cmd.note = o.note;
    WL_TRY(const auto receipt, engine->submitAndWait(std::move(cmd)));
    print(receipt.number + ": " + std::string(code(receipt.messageState)));
    return 0;
}

Result<std::string> bytesOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    if (!in) return fail(ErrorKind::NotFound, "file.open", file);
    return bytes.str();
}

Result<std::vector<rules::CatalogueItem>> itemsOf(const MessageOptions& o) {
    if (o.shipped || o.file.empty()) return engine::shippedMessages();
    WL_TRY(const auto bytes, bytesOf(o.file));
    WL_TRY(auto items, engine::readCatalogueFile(bytes));
    std::erase_if(items, [](const auto& item) { return item.kind != "template" && item.kind != "sending"; });
    return items;
}

int say(const Context& context, const std::vector<Error>& problems, std::size_t items) {
    json::array list;
    for (const auto& p : problems) {
        if (context.json) list.push_back(json::object{{"code", p.code}, {"field", p.field}, {"detail", p.detail}});
        else print(p.field + ": " + p.code + (p.detail.empty() ? "" : " (" + p.detail + ")"));
    }
    if (context.json) print(engine::plainJson(json::object{{"items", items}, {"problems", list}}));
    else if (problems.empty()) print(std::to_string(items) + " items, nothing against them");
    return problems.empty() ? 0 : 1;
}

Result<int> importTemplates(const Context& context, const MessageOptions& o) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_TRY(auto items, itemsOf(o));
    if (const auto problems = engine::checkTemplates(items, *engine->catalogue()); !problems.empty())
        return say(context, problems, items.size());
    const auto count = items.size();
    WL_TRY(const auto receipt, engine->submitAndWait(engine::PublishCatalogue{std::move(items)}));
    print(context.json ? engine::plainJson(json::object{{"items", count}, {"ops", receipt.ops}})
                       : std::to_string(count) + " items, " + std::to_string(receipt.ops) + " new");
    return 0;
}

Result<int> exportTemplates(const Context& context, const MessageOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    std::vector<rules::CatalogueItem> items;
    for (const auto& t : engine->catalogue()->templates()) items.push_back(rules::toItem(t));
    items.push_back(rules::toItem(engine->catalogue()->sending()));
    const auto text = engine::writeCatalogueFile(items);
    if (o.file.empty()) {
        print(text);
        return 0;
    }
    std::ofstream out(o.file, std::ios::binary);
    out << text;
    out.close();
    if (!out) return fail(ErrorKind::World, "file.write", o.file);
    print(std::to_string(items.size()) + " items in " + o.file);
    return 0;
}

Result<int> checkFile(const Context& context, const MessageOptions& o) {
    WL_TRY(const auto engine, context.openToRead());
    WL_TRY(auto items, itemsOf(o));
    if (o.file.empty() && !o.shipped) {
        items.clear();
        for (const auto& t : engine->catalogue()->templates()) items.push_back(rules::toItem(t));
    }
    return say(context, engine::checkTemplates(items, *engine->catalogue()), items.size());
}

}  // namespace

void addMessageCommands(CLI::App& app, Context& context) {
    auto o = std::make_shared<MessageOptions>();
    auto* answer = app.add_subcommand("reply", "Write to the citizen of a case, as its owner");
    answer->add_option("CASE", o->named, "Number, id or external id")->required();
    answer->add_option("TEXT", o->text, "What they are told; with a template, its {{answer}} or {{comment}}");
    answer->add_option("--by", o->channel, "email, whatsapp or sms; else what they prefer");
    answer->add_option("--template", o->templateCode, "Code of a template; else the one for answers");
    answer->add_option("--subject", o->subject, "Instead of the template's");
    answer->add_option("--override", o->overrides, "Why it has to leave although a rule keeps it back");
    answer->add_flag("--preview", o->preview, "Show it and send nothing");
    answer->callback(command(context, [&context, o] { return reply(context, *o); }));

    auto* box = app.add_subcommand("messages", "Messages to citizens and what became of them, newest first");
    box->add_option("--state", o->states,
                    "waiting, held, suppressed, sending, sent, delivered, read, failed, cancelled; may be repeated");
    box->add_option("--limit", o->limit, "At most so many")->check(CLI::PositiveNumber);
    box->callback(command(context, [&context, o] { return outbox(context, *o); }));
    const auto move = [&](const char* name, const char* what, MessageState to) {
        auto* one = app.add_subcommand(name, what);
        one->add_option("MESSAGE", o->message, "Its id, as `messages` says it")->required();
        one->add_option("--note", o->note, "Why; needed where a rule keeps it back");
        one->callback(command(context, [&context, o, to] { return moveTo(context, *o, to); }));
    };
    move("send-message", "Send a message that failed, or that a rule keeps back, after all", MessageState::Waiting);
    move("cancel-message", "Take a message back that has not left", MessageState::Cancelled);

    auto* texts = app.add_subcommand("templates", "Texts of messages, and the rules for sending them");
    texts->require_subcommand(1);
    auto* in = texts->add_subcommand("import", "Publish templates of a file, or those that come with the program");
    in->add_option("FILE", o->file, "As `templates export` writes it; none: those of the program");
    in->callback(command(context, [&context, o] { return importTemplates(context, *o); }));
    auto* out = texts->add_subcommand("export", "Write the city's templates");
    out->add_option("FILE", o->file, "None: standard output");
    out->callback(command(context, [&context, o] { return exportTemplates(context, *o); }));
    auto* check = texts->add_subcommand("check", "Say what stands against the templates of a file, or the city's own");
    check->add_option("FILE", o->file, "As `templates export` writes it");
    check->add_flag("--shipped", o->shipped, "Those that come with the program");
    check->callback(command(context, [&context, o] { return checkFile(context, *o); }));
}

}  // namespace wl::ctl
