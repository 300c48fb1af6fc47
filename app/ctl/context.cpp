// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/context.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace wl::ctl {
namespace {

// What to do about an error; the code alone where there is nothing better to say.
std::string_view remedy(std::string_view code) {
    static const std::map<std::string_view, std::string_view> remedies{
        {"hand_off.none",
         "no offer of this case waits for an answer: `handoff CASE --to DEPARTMENT --reason TEXT` makes one"},
        {"message.not_owner",
         "only the owner of a case writes to its citizen; claim the case, or say why with --override"},
        {"message.no_address",
         "the citizen has no address for this channel; add a contact or choose another with --by"},
        {"message.do_not_contact", "the citizen asked not to be contacted; --override with a reason if it has to be"},
        {"message.no_consent", "the citizen did not consent to messages about this case; --override with a reason"},
        {"message.bounced", "the last message to this address came back; ask for another address, or --override"},
        {"message.joined", "the case was closed as a duplicate; its citizens hear through the other case"},
        {"message.same_text", "they have been told so already"},
        {"message.window_closed",
         "WhatsApp takes free text for 24 hours after the citizen's last message; use another channel"},
        {"message.override_reason", "say in a few words why it has to leave all the same"},
        {"message.empty", "the message has no text"},
        {"message.channel", "messages leave by email, whatsapp or sms"},
        {"message.state", "there is no such state of a message"},
        {"message.unknown", "there is no such message; `messages` lists them"},
        {"message.move", "the message is not in a state that allows this"},
        {"template.unknown", "there is no such template; `templates export` lists them"},
        {"template.variable", "the template names a variable that does not exist"},
        {"template.optional", "not every case has this value: put it into its own section, {{#name}}…{{/name}}"},
        {"template.syntax", "the template cannot be read"},
        {"template.empty", "the template has no text"},
        {"hand_off.same", "the case is with that department already"},
        {"hand_off.not_yours", "only the department it is offered to can answer, or a dispatcher"},
        {"hand_off.closed", "the case is closed: reopen it first"},
        {"hand_off.reason_missing", "say why with --reason"},
        {"claim.closed", "the case is closed: reopen it first"},
        {"claim.owned", "somebody has the case: a supervisor or dispatcher may take it over"},
        {"claim.role", "only a supervisor or dispatcher may take a case from its owner"},
        {"release.unowned", "nobody owns the case"},
        {"escalation.none", "no escalation of this case waits for anybody"},
        {"pause.unknown", "`catalogue export` lists the pause reasons"},
        {"pause.wake_up_missing", "this reason needs a wake-up date"},
        {"pause.wake_up_past", "the wake-up date has passed: choose a later one"},
        {"pause.role", "this reason is not for that person's role"},
        {"close.comment_missing", "a closing comment is needed"},
        {"close.duplicate_link", "say which case it repeats, or where it is, in the comment"},
        {"close.referral_missing", "say in the comment who is responsible"},
        {"close.job_open", "a work order is open: say in the comment why the case is closed before it"},
        {"job.unknown", "`job list` names the work orders"},
        {"job.no_cases", "name the cases of the work order"},
        {"job.title_missing", "give the work order a title"},
        {"job.done", "the work order is finished already"},
        {"usage.data", "name the folder of the replica: wardlinectl --data DIR …"},
        {"mapping.due_missing", "the mapping has no `due`: say which column holds the time a case was due"},
        {"history.empty", "no row of the file (in that period) has a time requested and a time due"},
        {"date.form", "write a day as 2015-05-01"},
        {"truth.column", "the file has no such column"},
        {"pairs.columns", "a table with two columns is needed: a report and the one it repeats"},
        {"process.start", "a further process could not be started: fewer --jobs need fewer"},
        {"process.died", "one of the processes ended before its seeds did: run its seeds with --jobs 1"},
        {"usage.value", "write seeds as 1..100"},
        {"basemap.missing", "the file is not there"},
        {"basemap.unreadable", "no geodata: an OpenStreetMap extract, GeoPackage, Shapefile or GeoJSON is needed"},
        {"basemap.damaged", "the file cannot be read to its end: copy or download it again; the map before it stays"},
        {"basemap.no_crs", "the file does not say its coordinate system: add the .prj file, or export a GeoPackage"},
        {"basemap.wrong_crs",
         "the coordinates are not of the system the file names: export it again with the right one"},
        {"basemap.swapped", "latitude and longitude are swapped: GeoJSON has longitude first; export it again"},
        {"basemap.elsewhere", "this is not where the cases of the replica are: give the geodata of that city"},
        {"basemap.empty", "nothing in it that a map could show: say what it is with ROLE:FILE (see --help)"},
        {"basemap.not_tiles", "not an MBTiles file"},
        {"basemap.no_tiles", "there is no tile in it"},
        {"basemap.tile_format", "its tiles are neither PNG, JPEG, WebP nor vector tiles"},
        {"basemap.tiles_vector", "it holds lines, not pictures: make a map of it"},
        {"basemap.tiles_alone",
         "picture tiles are laid under the cases as they are: give the file alone, without --out"},
        {"basemap.too_large", "there is more in it than the map of a city can hold: cut it to the city"},
        {"basemap.none", "the replica has no map: `wardlinectl --data DIR basemap build FILE` makes one"},
        {"truth.regex", "the expression does not fit a value of the column, or has no group"},
        {"catalogue.file",
         "this is no catalogue file: `wardlinectl sla fit` and the console's export write such files"},
        {"replica.missing",
         "there is no replica in this folder: make one with `wardlinectl --data DIR init` (or `init --demo`)"},
        {"replica.exists", "there is a replica in this folder already: choose another folder"},
        {"backup.exists", "there is a file of this name: choose another name"},
        {"backup.missing", "there is no such file: `wardlinectl backup FILE` makes one"},
        {"backup.foreign", "this file is no backup: `wardlinectl backup FILE` makes one"},
        {"backup.damaged", "the backup is damaged or cut short: take an earlier one; nothing was restored from it"},
        {"replica.in_use",
         "another program has this replica open for writing: close it, or use a command that only reads"},
        {"replica.newer",
         "this replica was written by a newer version: install that version; the file was not touched"},
        {"replica.foreign",
         "the file replica.db is a database of another program: choose another folder; it was not touched"},
        {"replica.corrupt", "the database file is damaged; it was not touched: `wardlinectl --data DIR rebuild` makes "
                            "it anew from its log"},
        {"replica.unreadable", "the database file cannot be opened: check that it exists and may be read and written"},
        {"disk.full", "the disk is full: free some space; nothing was lost"},
        {"case.unknown", "no case has this number, id or external id"},
        {"person.ambiguous", "more than one citizen has this contact: name the record by its id (persons show)"},
        {"report.unknown", "the case has no such report: `incident show CASE` numbers them"},
        {"report.closed", "the case is closed: reopen it, or open a new one"},
        {"report.already", "this citizen has reported the fault already"},
        {"channel.unknown", "no such channel: phone, email, web_form, open311, whatsapp, sms, walk_in, council …"},
        {"case.ambiguous", "more than one case is called so: `query --text` lists them; name the case by its id"},
        {"service.unknown",
         "the catalogue has no such service: see `wardlinectl query --json` or the catalogue for codes"},
        {"status.step", "the workflow does not allow this step"},
        {"status.reason_missing", "waiting needs a reason: give one with --reason"},
        {"status.resolution_missing", "closing needs a resolution: give one with --resolution"},
        {"status.resolution_unknown",
         "not a resolution: fixed, no_action, not_found, not_responsible, duplicate, cancelled_by_requester, invalid"},
        {"field.changed_since", "somebody else changed this field: look at the case again"},
        {"field.fixed", "this field is set when the case is opened and cannot be changed"},
        {"signals.unknown", "no such figure; see `wardlinectl --data DIR signals --list`"},
        {"signals.by", "figures are broken down by department, service, area, channel, crew or owner"},
        {"signals.patterns", "the cases cannot be read: see `wardlinectl --data DIR verify`"},
        {"signals.group", "no case has that code"},
        {"signals.date", "a day is YYYY-MM-DD, an instant 2026-01-31T08:00:00Z"},
        {"signals.period", "the period ends before it begins; check --from, --to and --at"},
        {"filter.unknown", "no such filter; see `wardlinectl query --help`"},
        {"filter.value", "this filter does not take that value; see `wardlinectl query --help`"},
        {"sort.unknown", "no such column to sort by; see `wardlinectl query --help`"},
        {"queue.unknown", "queues are: mine, unassigned, at_risk, breached, waiting, open, closed, all"},
        {"feed.truncated",
         "the file ends in the middle: what came before is imported; get the whole file and import it again"},
        {"mapping.column_missing", "the mapping names a column that the file does not have"},
        {"import.cancelled", "stopped; what was read so far is imported, and importing again goes on from there"},
        {"pairing.code_form", "a code has eight letters and digits, like 7K2R-9QXM"},
        {"pairing.code_wrong", "it is not the code the other console shows: read it again"},
        {"pairing.spent", "the code was tried wrongly three times: make a new one with `pair offer`"},
        {"pairing.expired", "a code is good for five minutes: make a new one with `pair offer`"},
        {"pairing.used", "a code is good for one console: make a new one with `pair offer`"},
        {"pairing.refused", "the person at the other console turned this one away"},
        {"pairing.no_offer",
         "the other console shows no code now: start `pair offer` there, or Consoles, Add a console"},
        {"address.form", "write an address like desk4:7311, 192.0.2.7:7311 or [2001:db8::7]:7311"},
        {"net.listen", "the address is taken or not one of this machine: choose another with --listen"},
        {"net.connect", "nobody answers there: check the address, the network and the firewall"},
        {"net.timeout", "nobody answers there: check the address, the network and the firewall"},
        {"gateway.file", "the file of the gateway cannot be read: check --gateway"},
        {"gateway.json", "the file of the gateway is no JSON; docs/gateway.md has an example"},
        {"gateway.member", "docs/gateway.md says which members a gateway's file has"},
        {"gateway.address", "write an address like 127.0.0.1:8311; port 0 takes a free one"},
        {"gateway.listen", "the address is taken or not one of this machine: choose another in web.listen"},
        {"gateway.folder", "the folder cannot be made: check mail.drop and who may write there"},
        {"realm.not_writer", "only the console named lets others in and shuts them out: do it there"},
        {"realm.unknown_console", "no console of the city is called so: see `wardlinectl --data DIR peers`"},
        {"console.ambiguous", "several consoles are called so: name it by its origin, see `peers`"},
        {"realm.revoke_self", "a console cannot shut itself out"},
    };
    const auto known = remedies.find(code);
    return known == remedies.end() ? std::string_view() : known->second;
}

}  // namespace

engine::EngineOptions Context::options() const {
    engine::EngineOptions o;
    o.dir = data;
    o.agent = agent;
    return o;
}

Result<std::unique_ptr<engine::Engine>> Context::openToRead() const {
    auto o = options();
    o.readOnly = true;
    return engine::Engine::open(o);
}

Result<std::unique_ptr<engine::Engine>> Context::openToWrite() const { return engine::Engine::open(options()); }

int exitStatus(const Error& error) {
    switch (error.kind) {
        case ErrorKind::Input: return 2;
        case ErrorKind::Refused:
        case ErrorKind::Conflict:
        case ErrorKind::NotFound:
        case ErrorKind::Cancelled: return 1;
        case ErrorKind::Corrupt:
        case ErrorKind::World: return 3;
    }
    return 3;
}

int report(const Error& error) {
    std::string line = "wardlinectl: " + error.code;
    if (!error.field.empty()) line += " [" + error.field + "]";
    if (!error.detail.empty()) line += ": " + error.detail;
    std::fprintf(stderr, "%s\n", line.c_str());
    if (const auto help = remedy(error.code); !help.empty())
        std::fprintf(stderr, "  %.*s\n", static_cast<int>(help.size()), help.data());
    return exitStatus(error);
}

void print(const std::string& text) { std::fwrite((text + "\n").data(), 1, text.size() + 1, stdout); }

}  // namespace wl::ctl
