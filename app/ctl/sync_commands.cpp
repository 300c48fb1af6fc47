// SPDX-License-Identifier: GPL-3.0-or-later
// serve, pair offer, pair accept, peers, role, go-on, revoke: a console among others, without a window.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <mutex>

#include "app/ctl/context.hpp"
#include "engine/plain_json.hpp"
#include "domain/time_zone.hpp"
#include "engine/gateway/gateway.hpp"
#include "engine/join_city.hpp"
#include "engine/sync_service.hpp"

namespace wl::ctl {
namespace json = boost::json;
namespace {

struct SyncArguments {
    std::string listen;
    std::vector<std::string> connect;
    bool noDiscovery{};
    bool yes{};
    std::string name, department, role{"agent"};
    std::string address, code, console, reason;
    std::string gateway;
    bool demoGateway{};
};

const std::vector<std::pair<std::string, ConsoleRole>> kRoles{
    {"reader", ConsoleRole::Reader}, {"agent", ConsoleRole::Agent}, {"administrator", ConsoleRole::Administrator}};

const char* roleName(ConsoleRole role) {
    for (const auto& [name, value] : kRoles)
        if (value == role) return name.c_str();
    return "agent";
}

// A program's log goes to stderr: stdout is the answer.
void logToStderr() {
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("wardlinectl",
                                                                std::make_shared<spdlog::sinks::stderr_sink_mt>()));
}

// Blocks the signals that end the program in every thread made from here on; `wait` takes the first.
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&m_set);
        sigaddset(&m_set, SIGTERM);
        sigaddset(&m_set, SIGINT);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    void wait() const {
        int which = 0;
        sigwait(&m_set, &which);
    }
    /// True if one came within the time.
    [[nodiscard]] bool came(std::chrono::milliseconds within) const {
        const timespec limit{within.count() / 1000, (within.count() % 1000) * 1'000'000};
        return sigtimedwait(&m_set, nullptr, &limit) > 0;
    }

private:
    sigset_t m_set{};
};

engine::SyncSettings settingsOf(const SyncArguments& a, const engine::SyncSettings& kept) {
    auto out = kept;
    out.on = true;
    if (!a.listen.empty()) out.listen = a.listen;
    if (!a.connect.empty()) out.peers = a.connect;
    if (a.noDiscovery) out.discover = false;
    return out;
}

void say(const json::object& object) {
    print(engine::plainJson(object));
    std::fflush(stdout);
}

Result<int> serve(const Context& context, const SyncArguments& a) {
    const EndSignals signals;
    logToStderr();
    auto options = context.options();
    options.automation = true;
    WL_TRY(const auto engine, engine::Engine::open(options));
    auto& sync = engine->sync();
    // A gateway of a lone console opens no port to others.
    const bool exchanges =
        !a.listen.empty() || !a.connect.empty() || sync.settings().on || (a.gateway.empty() && !a.demoGateway);
    if (exchanges) WL_CHECK(sync.start(settingsOf(a, sync.settings())));
    std::unique_ptr<engine::Gateway> gateway;
    if (!a.gateway.empty() || a.demoGateway) {
        engine::GatewaySettings settings = engine::demoGatewaySettings(context.data);
        if (!a.gateway.empty()) { WL_TRY(settings, engine::readGatewaySettings(a.gateway)); }
        WL_TRY(gateway, engine::Gateway::start(*engine, context.data, settings));
    }
    // Of a demonstration alone: what is needed to try the channels.
    const std::vector<std::pair<std::string, std::string>> keys =
        a.demoGateway ? std::vector<std::pair<std::string, std::string>>{{"open311_key", "demo"},
                                                                         {"whatsapp_app_secret", "demo-secret"},
                                                                         {"whatsapp_verify_token", "demo-token"},
                                                                         {"sms_secret", "demo-secret"}}
                      : std::vector<std::pair<std::string, std::string>>{};
    const auto status = sync.status();
    // The summary may be a moment old; what was bound is what the settings ended with.
    const auto port = sync.status()->port;
    const auto host = a.listen.substr(0, a.listen.rfind(':'));
    const auto where = port == 0 ? std::string() : host + ":" + std::to_string(port);
    if (context.json) {
        json::object line{{"listening", where}, {"origin", toHex(engine->origin())}, {"city", status->city}};
        if (gateway) {
            auto& channels = line["channels"].emplace_object();
            for (const auto& [name, address] : gateway->addresses()) channels[name] = address;
            for (const auto& [name, key] : keys) channels[name] = key;
        }
        say(line);
    } else {
        if (gateway)
            for (const auto& list : {gateway->addresses(), keys})
                for (const auto& [name, address] : list) print(name + ' ' + address);
        if (a.demoGateway) print("open311 api_key demo");
        print(where.empty() ? "ready" : "listening on " + where);
    }
    std::fflush(stdout);
    signals.wait();
    return 0;
}

bool askPerson(const std::string& question) {
    std::fprintf(stderr, "%s [y/N] ", question.c_str());
    std::string line;
    if (!std::getline(std::cin, line)) return false;
    return line == "y" || line == "Y" || line == "yes";
}

Result<int> offer(const Context& context, const SyncArguments& a) {
    const EndSignals signals;
    logToStderr();
    spdlog::set_level(spdlog::level::warn);
    WL_TRY(const auto engine, context.openToWrite());
    auto& sync = engine->sync();
    WL_CHECK(sync.start(settingsOf(a, sync.settings())));
    WL_TRY(const auto made, sync.offerPairing());
    const auto status = sync.status();
    const auto port = sync.status()->port;
    if (context.json) {
        json::array addresses;
        for (const auto& address : status->addresses) addresses.push_back(json::string(address));
        say({{"code", made.code},
             {"port", port},
             {"addresses", std::move(addresses)},
             {"until", isoInstant(made.until)}});
    } else {
        print("code " + made.code);
        print("good for five minutes and one console; at the new console:");
        const auto first = status->addresses.empty() ? "HOST:" + std::to_string(port) : status->addresses.front();
        print("  wardlinectl --data DIR pair accept " + first + " " + made.code);
        std::fflush(stdout);
    }
    bool answered = false;
    std::string name, comparison;
    while (true) {
        if (signals.came(std::chrono::milliseconds(50))) {
            sync.endOffer();
            return fail(ErrorKind::Cancelled, "pairing.stopped");
        }
        const auto now = sync.status();
        const auto& offered = now->offer;
        if (!offered) return fail(ErrorKind::Refused, "pairing.expired");
        if (offered->done) break;
        if (answered && offered->ended) return std::unexpected(*offered->ended);
        if (offered->triesLeft <= 0) return fail(ErrorKind::Refused, "pairing.spent");
        if (!offered->used && engine->now() > offered->until) return fail(ErrorKind::Refused, "pairing.expired");
        if (answered || !offered->asked) continue;
        name = a.name.empty() ? offered->asked->name : a.name;
        comparison = offered->asked->comparison;
        std::fprintf(stderr, "%s at %s asks to join; both consoles show %s\n", name.c_str(),
                     offered->asked->address.c_str(), comparison.c_str());
        answered = true;
        if (!a.yes && !askPerson("Do the numbers agree, and may it come in?")) {
            sync.turnAway();
            return fail(ErrorKind::Refused, "pairing.refused");
        }
        auto role = ConsoleRole::Agent;
        for (const auto& [word, value] : kRoles)
            if (word == a.role) role = value;
        WL_CHECK(sync.letIn(name, a.department.empty() ? offered->asked->department : a.department, role));
    }
    if (context.json) say({{"paired", name}, {"role", a.role}, {"comparison", comparison}});
    else print(name + " belongs to the city now");
    return 0;
}

Result<int> accept(const Context& context, const SyncArguments& a) {
    engine::JoinOptions o;
    o.dir = context.data;
    o.address = a.address;
    o.code = a.code;
    o.name = a.name;
    o.department = a.department;
    std::string comparison;
    o.compare = [&](const std::string& digits) {
        comparison = digits;
        std::fprintf(stderr, "the other console must show %s too; waiting for it to let this one in\n", digits.c_str());
    };
    WL_TRY(const auto joined, engine::joinCity(o));
    if (context.json)
        say({{"data", context.data},
             {"origin", toHex(joined.origin)},
             {"city", joined.city},
             {"name", joined.name},
             {"comparison", comparison}});
    else
        print("this is " + joined.name + " of " + joined.city +
              " now; `wardlinectl --data DIR serve` fetches its cases");
    return 0;
}

Result<int> peers(const Context& context) {
    WL_TRY(const auto status, engine::statusOf(context.data));
    json::array all;
    for (const auto& c : status.consoles) {
        json::object one{{"origin", toHex(c.origin)}, {"name", c.name},   {"department", c.department},
                         {"role", roleName(c.role)},  {"self", c.self},   {"writer", c.writer},
                         {"revoked", c.revoked},      {"lacks", c.lacks}, {"enrolled", isoInstant(c.enrolled)}};
        one["last_seen"] = c.lastSeen ? json::value(isoInstant(c.lastSeen)) : json::value();
        all.push_back(std::move(one));
    }
    if (context.json) {
        print(engine::plainJson(json::object{
            {"city", status.city},
            {"only_here", status.onlyHere},
            {"stopped", status.stopped ? json::value(status.stopped->code) : json::value()},
            {"waits", status.waitsToBeLetIn},
            {"consoles", std::move(all)}}));
        return 0;
    }
    for (const auto& c : status.consoles) {
        auto line = toHex(c.origin).substr(0, 12) + "  " + c.name + "  " + roleName(c.role);
        if (c.self) line += "  (this one)";
        if (c.writer) line += "  lets others in";
        if (c.revoked) line += c.replaced ? "  goes on as a new console" : "  revoked";
        else if (!c.department.empty() && c.role == ConsoleRole::Agent) line += "  for " + c.department;
        if (!c.self && !c.revoked)
            line += c.lacks == 0 ? "  has everything" : "  lacks " + std::to_string(c.lacks) + " edits";
        if (!c.self) line += c.lastSeen ? "  last met " + isoInstant(c.lastSeen) : "  never met";
        print(line);
    }
    if (status.stopped)
        print(status.stopped->code == "origin.revoked"
                  ? std::string("this console was shut out: it writes nothing more")
                  : "this console writes nothing more (" + status.stopped->code +
                        "): its data was put back or copied; `go-on` works on as a new console");
    if (status.waitsToBeLetIn) print("this console goes on under a new name and waits to be let in");
    if (status.onlyHere > 0) print(std::to_string(status.onlyHere) + " edits are on this machine only");
    return 0;
}

Result<const engine::ConsoleStatus*> find(const engine::SyncStatus& status, const std::string& meant) {
    std::vector<const engine::ConsoleStatus*> found;
    for (const auto& c : status.consoles)
        if (!c.revoked && (c.name == meant || (meant.size() >= 6 && toHex(c.origin).starts_with(meant))))
            found.push_back(&c);
    if (found.empty()) return fail(ErrorKind::NotFound, "realm.unknown_console", "console", meant);
    if (found.size() > 1) return fail(ErrorKind::Input, "console.ambiguous", "console", meant);
    return found.front();
}

Result<int> revoke(const Context& context, const SyncArguments& a) {
    WL_TRY(const auto engine, context.openToWrite());
    const auto status = engine->sync().status();
    WL_TRY(const auto* meant, find(*status, a.console));
    WL_CHECK(engine->sync().revoke(meant->origin, a.reason));
    if (context.json) say({{"revoked", toHex(meant->origin)}, {"name", meant->name}});
    else print(meant->name + " is shut out; the others hear of it when they next meet this console");
    return 0;
}

Result<int> changeRole(const Context& context, const SyncArguments& a) {
    WL_TRY(const auto engine, context.openToWrite());
    const auto status = engine->sync().status();
    WL_TRY(const auto* console, find(*status, a.console));
    auto role = console->role;
    for (const auto& [word, value] : kRoles)
        if (word == a.role) role = value;
    if (!a.department.empty() && !engine->catalogue()->department(a.department))
        return fail(ErrorKind::NotFound, "department.unknown", "department", a.department);
    WL_CHECK(engine->sync().changeRole(console->origin, role, a.department));
    if (context.json)
        say({{"origin", toHex(console->origin)},
             {"name", console->name},
             {"role", roleName(role)},
             {"department", a.department}});
    else
        print(console->name + " is " + roleName(role) + " now" +
              (a.department.empty() ? ", for the whole city" : ", for " + a.department));
    return 0;
}

Result<int> goOn(const Context& context) {
    WL_TRY(const auto engine, context.openToWrite());
    WL_CHECK(engine->sync().goOnAsNew());
    const auto status = engine->sync().status();
    if (context.json) say({{"origin", toHex(engine->origin())}, {"waits", status->waitsToBeLetIn}});
    else
        print(status->waitsToBeLetIn
                  ? "this goes on as a new console; `serve` meets the console that lets it in, and the edits follow"
                  : "this goes on as a new console");
    return 0;
}

}  // namespace

void addSyncCommands(CLI::App& app, Context& context) {
    auto a = std::make_shared<SyncArguments>();
    auto* peer = app.add_subcommand("serve", "Exchange with other consoles until SIGTERM; one line when ready");
    peer->add_option("--listen", a->listen,
                     "HOST:PORT to take calls at; port 0 takes a free one (default: as in sync.json)");
    peer->add_option("--connect", a->connect, "HOST:PORT of a console to call; may be repeated");
    peer->add_flag("--no-discovery", a->noDiscovery, "Do not look for colleagues on the local network");
    auto* file = peer->add_option("--gateway", a->gateway, "File of the channels to hold open (docs/gateway.md)");
    peer->add_flag("--demo-gateway", a->demoGateway, "Hold all channels open on loopback, and say where")
        ->excludes(file);
    peer->callback(command(context, [&context, a] { return serve(context, *a); }));

    auto* pair = app.add_subcommand("pair", "Bring a new console into the city");
    pair->require_subcommand(1);
    auto* give =
        pair->add_subcommand("offer",
                             "Show a code and wait for the new console.\nWith --json: a line with the code at once, "
                             "another when the console is in");
    give->add_option("--listen", a->listen, "HOST:PORT to take the call at (default: as in sync.json)");
    give->add_flag("--no-discovery", a->noDiscovery, "Do not look for colleagues on the local network");
    give->add_flag("--yes", a->yes, "Let in whoever knows the code, without asking");
    give->add_option("--name", a->name, "Name of the new console (default: what it proposes)");
    give->add_option("--department", a->department, "Its department (default: what it proposes)");
    give->add_option("--role", a->role,
                     "What it may do: reader looks, agent works on cases, administrator changes the catalogue too")
        ->check(CLI::IsMember({"reader", "agent", "administrator"}))
        ->capture_default_str();
    give->callback(command(context, [&context, a] { return offer(context, *a); }));
    auto* take = pair->add_subcommand(
        "accept", "Make this a console of the city: into --data, which must hold no replica that was used");
    take->add_option("ADDRESS", a->address, "HOST:PORT of the console that shows the code")->required();
    take->add_option("CODE", a->code, "The code it shows")->required();
    take->add_option("--name", a->name, "Name for this console (default: the machine's)");
    take->add_option("--department", a->department, "Its department");
    take->callback(command(context, [&context, a] { return accept(context, *a); }));

    auto* list = app.add_subcommand("peers", "The city's consoles, when they were last met and what they lack");
    list->callback(command(context, [&context] { return peers(context); }));

    auto* role = app.add_subcommand("role", "Say what a console may do, and what it works for");
    role->add_option("CONSOLE", a->console, "Its origin (at least six characters of it) or its name")->required();
    role->add_option("ROLE", a->role, "reader looks, agent works on cases, administrator changes the catalogue too")
        ->required()
        ->check(CLI::IsMember({"reader", "agent", "administrator"}));
    role->add_option("--department", a->department,
                     "Code of the department an agent works for (default: the whole city)");
    role->callback(command(context, [&context, a] { return changeRole(context, *a); }));

    auto* next = app.add_subcommand(
        "go-on", "Go on as a new console, after an older copy of the data was put back or its disk was copied");
    next->callback(command(context, [&context] { return goOn(context); }));

    auto* out = app.add_subcommand(
        "revoke", "Shut a console out: what it has written up to what this one knows stands, what comes later is void");
    out->add_option("CONSOLE", a->console, "Its origin (at least six characters of it) or its name")->required();
    out->add_option("--reason", a->reason, "Kept in the realm log");
    out->callback(command(context, [&context, a] { return revoke(context, *a); }));
}

}  // namespace wl::ctl
