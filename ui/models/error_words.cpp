// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/error_words.hpp"

#include <QCoreApplication>

#include <optional>

#include "ui/models/basemap_error_words.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/feed_error_words.hpp"

namespace wl::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorWords)
};

QString fromCode(const Error& error) { return QString::fromStdString(error.code); }

// A variable of a template: the field itself, or the detail where a form names the member.
QString variableOf(const Error& error) {
    if (error.field.contains('/')) return QString::fromStdString(error.detail);
    return QString::fromStdString(error.field.substr(error.field.rfind('.') + 1));
}

QString detailOf(const Error& error) { return QString::fromStdString(error.detail).simplified(); }

// The thing in question: a field by its label, then the value.
QString thingOf(const Error& error) {
    auto thing = error.field.empty() ? QString() : caseFieldLabel(error.field);
    const auto detail = detailOf(error);
    if (thing.isEmpty()) return detail;
    return detail.isEmpty() ? thing : Words::tr("%1 (%2)", "field and its value").arg(thing, detail);
}

QString about(const QString& sentence, const QString& bare, const QString& thing) {
    return thing.isEmpty() ? bare : sentence.arg(thing);
}

ErrorWords byKind(const Error& error) {
    const auto thing = thingOf(error);
    switch (error.kind) {
        case ErrorKind::Input:
            return {
                about(Words::tr("This cannot be accepted: %1."), Words::tr("This input cannot be accepted."), thing),
                Words::tr("Correct it and try again.")};
        case ErrorKind::Refused:
            return {about(Words::tr("Not allowed now: %1."), Words::tr("This is not allowed now."), thing),
                    Words::tr("Nothing was changed.")};
        case ErrorKind::Conflict:
            return {about(Words::tr("Somebody else changed this meanwhile: %1."),
                          Words::tr("Somebody else changed this meanwhile."), thing),
                    Words::tr("Look at the new value, then decide again.")};
        case ErrorKind::NotFound:
            return {about(Words::tr("Not found: %1."), Words::tr("It was not found."), thing), {}};
        case ErrorKind::Corrupt:
            return {about(Words::tr("Stored data is damaged: %1."), Words::tr("Stored data is damaged."), thing),
                    Words::tr("Nothing was deleted; run the check with wardlinectl verify.")};
        case ErrorKind::World:
            return {about(Words::tr("The computer could not do it: %1."), Words::tr("The computer could not do it."),
                          thing),
                    Words::tr("Check disk space and access rights, then try again.")};
        case ErrorKind::Cancelled: return {Words::tr("Stopped."), {}};
    }
    return {QString::fromStdString(error.code), {}};
}

// Codes that deserve better words than their kind gives. %1 is the thing in question.
ErrorWords byCode(const Error& error) {
    const auto& code = error.code;
    const auto thing = thingOf(error);
    if (code == "replica.missing")
        return {Words::tr("There is no data in %1.").arg(thing), Words::tr("Create a desk or the demo city.")};
    if (code == "replica.newer")
        return {Words::tr("The data was written by a newer version of Wardline."),
                Words::tr("Install that version; the data was not touched.")};
    if (code == "replica.in_use")
        return {Words::tr("Another console on this computer has this data open."),
                Words::tr("Close it, then try again.")};
    if (code == "replica.foreign")
        return {Words::tr("The file is not a database of Wardline: %1.").arg(thing), Words::tr("It was not touched.")};
    if (code == "replica.corrupt")
        return {Words::tr("The database is damaged: %1.").arg(thing),
                Words::tr("Nothing was deleted; it can be made anew from its own log.")};
    if (code == "disk.full")
        return {Words::tr("The disk is full."), Words::tr("Make room, then try again; nothing was lost.")};
    if (code == "case.unknown" || code == "case.number.unknown")
        return {Words::tr("There is no such case: %1.").arg(thing), {}};
    if (code == "person.unknown") return {Words::tr("There is no such person."), {}};
    if (code == "status.step")
        return {Words::tr("This step is not possible from the status the case has now."),
                Words::tr("Nothing was changed.")};
    if (code == "status.reason_missing")
        return {Words::tr("A waiting case needs a reason."), Words::tr("Say what it waits for.")};
    if (code == "status.resolution_missing" || code == "status.resolution_unknown")
        return {Words::tr("A closed case needs a resolution."), Words::tr("Choose one.")};
    if (code == "field.fixed") return {Words::tr("%1 cannot be changed after the case was opened.").arg(thing), {}};
    if (code == "service.missing")
        return {Words::tr("No service is chosen."), Words::tr("Choose what the report is about.")};
    if (code == "service.retired")
        return {Words::tr("This service is no longer offered."), Words::tr("Choose another one.")};
    if (code == "note.empty") return {Words::tr("The note is empty."), {}};
    if (code == "undo.changed_since")
        return {Words::tr("Somebody else changed it since, so it was not undone: %1.").arg(thing), {}};
    return byKind(error);
}

// Messages to citizens and their templates.
std::optional<ErrorWords> aboutMessages(const Error& error) {
    const auto& code = error.code;
    const auto detail = detailOf(error);
    const auto ask = Words::tr("If it has to leave all the same, say why.");
    if (code == "message.not_owner")
        return ErrorWords{detail.isEmpty()
                              ? Words::tr("Only the owner of a case writes to its citizen, and nobody owns this one.")
                              : Words::tr("Only the owner of a case writes to its citizen: that is %1.").arg(detail),
                          Words::tr("Take the case first, ask them, or have a supervisor send it.")};
    if (code == "message.no_address")
        return ErrorWords{Words::tr("The citizen has no address for this channel."),
                          Words::tr("Choose another channel, or add a contact to their record.")};
    if (code == "message.do_not_contact") return ErrorWords{Words::tr("The citizen asked not to be contacted."), ask};
    if (code == "message.no_consent")
        return ErrorWords{Words::tr("The citizen did not consent to messages about this case."), ask};
    if (code == "message.bounced")
        return ErrorWords{Words::tr("The last message to this address came back."),
                          Words::tr("Ask for another address.") + u' ' + ask};
    if (code == "message.window_closed")
        return ErrorWords{Words::tr("Their last WhatsApp message is more than 24 hours old."),
                          Words::tr("Choose another channel.")};
    if (code == "message.override_reason")
        return ErrorWords{Words::tr("A reason is missing."), Words::tr("Say in a few words why it has to leave.")};
    if (code == "message.empty") return ErrorWords{Words::tr("The message has no text."), {}};
    if (code == "message.move")
        return ErrorWords{Words::tr("The message has moved on meanwhile."), Words::tr("Nothing was changed.")};
    if (code == "message.unknown") return ErrorWords{Words::tr("There is no such message."), {}};
    if (code == "template.variable")
        return ErrorWords{Words::tr("No case has a value “%1”.").arg(variableOf(error)),
                          Words::tr("Write another name between the braces.")};
    if (code == "template.optional")
        return ErrorWords{Words::tr("Not every case has a “%1”.").arg(variableOf(error)),
                          Words::tr("Put the sentence between {{#%1}} and {{/%1}}.").arg(variableOf(error))};
    if (code == "template.syntax") return ErrorWords{Words::tr("The text cannot be read: %1.").arg(detail), {}};
    if (code == "template.empty") return ErrorWords{Words::tr("The message has no text."), {}};
    if (code == "template.event") return ErrorWords{Words::tr("It is not said when the message is for."), {}};
    if (code == "template.language")
        return ErrorWords{Words::tr("Messages can be in English, Spanish, German, French and Arabic."), {}};
    if (code == "template.channel" || code == "template.service")
        return ErrorWords{Words::tr("There is no such thing: %1.").arg(detail), {}};
    return std::nullopt;
}

// Who answers for a case, and what closing and pausing ask for.
std::optional<ErrorWords> aboutDuty(const Error& error) {
    const auto& code = error.code;
    const auto detail = detailOf(error);
    if (code == "hand_off.reason_missing")
        return ErrorWords{Words::tr("A reason is missing."), Words::tr("Say it in a few words; the others will ask.")};
    if (code == "hand_off.same")
        return ErrorWords{Words::tr("The case is with that department already."), Words::tr("Choose another one.")};
    if (code == "hand_off.none") return ErrorWords{Words::tr("No offer waits for an answer any more."), {}};
    if (code == "hand_off.not_yours")
        return ErrorWords{Words::tr("Only the department it is offered to can answer."),
                          Words::tr("Ask somebody there, or a dispatcher.")};
    if (code == "hand_off.closed" || code == "claim.closed")
        return ErrorWords{Words::tr("The case is closed."), Words::tr("Reopen it first.")};
    if (code == "claim.owned")
        return ErrorWords{Words::tr("%1 has the case.").arg(detail), Words::tr("Ask them, or have it taken over.")};
    if (code == "claim.role")
        return ErrorWords{Words::tr("Only a supervisor or dispatcher takes a case from %1.").arg(detail),
                          Words::tr("Ask one of them.")};
    if (code == "release.unowned") return ErrorWords{Words::tr("Nobody owns the case."), {}};
    if (code == "escalation.none") return ErrorWords{Words::tr("Nothing waits to be acknowledged."), {}};
    if (code == "job.no_cases") return ErrorWords{Words::tr("The job has no cases."), Words::tr("Select some first.")};
    if (code == "job.title_missing")
        return ErrorWords{Words::tr("What is to be done is missing."), Words::tr("Write it in a few words.")};
    if (code == "job.unknown") return ErrorWords{Words::tr("There is no such job: %1.").arg(detail), {}};
    if (code == "job.done") return ErrorWords{Words::tr("The job is done already: %1.").arg(detail), {}};
    if (code == "job.moment")
        return ErrorWords{Words::tr("This is no moment: %1.").arg(detail),
                          Words::tr("Write it like 2026-12-01 08:00.")};
    if (code == "job.window")
        return ErrorWords{Words::tr("The job would end before it begins."), Words::tr("Change one of the two.")};
    if (code == "view.name_missing") return ErrorWords{Words::tr("The view has no name."), Words::tr("Give it one.")};
    if (code == "view.unknown") return ErrorWords{Words::tr("The view is gone."), Words::tr("Choose another one.")};
    if (code == "view.chosen_cases")
        return ErrorWords{Words::tr("Cases chosen on the map by hand cannot be kept as a view."),
                          Words::tr("Take that filter away, or filter by the part of the map.")};
    if (code == "pause.none")
        return ErrorWords{Words::tr("The catalogue has no reason for a pause that your role may use."),
                          Words::tr("Administration has a page for them.")};
    if (code == "pause.unknown")
        return ErrorWords{Words::tr("This is no reason of the catalogue: %1.").arg(detail), Words::tr("Choose one.")};
    if (code == "pause.wake_up_missing")
        return ErrorWords{Words::tr("This reason needs a wake-up date."), Words::tr("Say when to look again.")};
    if (code == "pause.wake_up_past")
        return ErrorWords{Words::tr("The wake-up date has passed."), Words::tr("Choose a later one.")};
    if (code == "pause.role")
        return ErrorWords{Words::tr("This reason is not for your role: %1.").arg(detail),
                          Words::tr("Choose another one, or ask a supervisor.")};
    if (code == "undo.stays")
        return ErrorWords{Words::tr("What was written stays in the history."),
                          Words::tr("Undo once more to take back what was done before it.")};
    if (code == "close.comment_missing")
        return ErrorWords{Words::tr("A closing comment is missing."),
                          Words::tr("Write at least %1 characters.").arg(detail)};
    if (code == "close.referral_missing")
        return ErrorWords{Words::tr("Who is responsible is missing."),
                          Words::tr("Write in the comment who it was referred to.")};
    if (code == "close.job_open")
        return ErrorWords{Words::tr("A work order is open: %1.").arg(detail),
                          Words::tr("Say in the comment why it is closed before it.")};
    if (code == "close.duplicate_link")
        return ErrorWords{Words::tr("Which case it repeats is missing."),
                          Words::tr("Give its number, or say in the comment where it is.")};
    if (code == "report.closed")
        return ErrorWords{Words::tr("The case %1 is closed.").arg(detail),
                          Words::tr("Reopen it, or file a new report.")};
    if (code == "report.already")
        return ErrorWords{Words::tr("This citizen has reported it already: %1.").arg(detail),
                          Words::tr("Log the call on the case (L).")};
    if (code == "report.unknown")
        return ErrorWords{Words::tr("The report is no longer on the case %1.").arg(detail), {}};
    if (code == "person.same_record") return ErrorWords{Words::tr("A record is no duplicate of itself."), {}};
    if (code == "person.protected")
        return ErrorWords{Words::tr("The record of %1 is protected: it is never joined with another.").arg(detail),
                          Words::tr("Take the protection off first, if that is right.")};
    if (code == "close.duplicate_self") return ErrorWords{Words::tr("A case is no duplicate of itself."), {}};
    return std::nullopt;
}

// What a catalogue may not have.
std::optional<ErrorWords> aboutCatalogue(const Error& error) {
    const auto& code = error.code;
    const auto detail = detailOf(error);
    if (!error.code.starts_with("catalogue.")) return std::nullopt;
    if (code == "catalogue.window.overlap")
        return ErrorWords{Words::tr("These hours overlap others: %1.").arg(detail), Words::tr("Join them.")};
    if (code == "catalogue.window.range")
        return ErrorWords{Words::tr("These hours cannot be: %1.").arg(detail),
                          Words::tr("A window lies within a day or runs into the next.")};
    if (code == "catalogue.calendar.empty")
        return ErrorWords{Words::tr("The calendar has no hours."), Words::tr("Give at least one day hours.")};
    if (code == "catalogue.holiday.date")
        return ErrorWords{Words::tr("This is no date: %1.").arg(detail), Words::tr("Write it like 2026-12-25.")};
    if (code == "catalogue.closure.range")
        return ErrorWords{Words::tr("This closure has no length: %1.").arg(detail),
                          Words::tr("Write both ends like 2026-02-01T12:00.")};
    if (code == "catalogue.time_zone.unknown")
        return ErrorWords{Words::tr("This time zone is not known: %1.").arg(detail),
                          Words::tr("Write it like America/New_York.")};
    if (code == "catalogue.crew.empty")
        return ErrorWords{Words::tr("The crew has no members."),
                          Words::tr("Put somebody of the staff into it, in the same publication.")};
    if (code == "catalogue.policy.targets")
        return ErrorWords{Words::tr("The policy has no target."), Words::tr("Give at least one.")};
    if (code == "catalogue.policy.unreachable")
        return ErrorWords{Words::tr("No case is ever measured by this policy."),
                          Words::tr("Another one takes all its cases, or what it names does not go together.")};
    if (code == "catalogue.rule.unreachable")
        return ErrorWords{Words::tr("No case ever gets to this rule: %1 takes them all before.").arg(detail),
                          Words::tr("Put it further up, or narrow the other.")};
    if (code == "catalogue.rule.when")
        return ErrorWords{Words::tr("Open or closed by which calendar?"),
                          Words::tr("Name a calendar, and write open or closed.")};
    if (code == "catalogue.crew.department")
        return ErrorWords{Words::tr("The crew belongs to another department."), Words::tr("Choose one of the two.")};
    if (code == "catalogue.substitute.circle")
        return ErrorWords{Words::tr("The substitutes go in a circle."), Words::tr("Let one of them have none.")};
    if (code == "catalogue.ladder.empty")
        return ErrorWords{Words::tr("The ladder has no steps."), Words::tr("Write one, like “75% owner”.")};
    if (code == "catalogue.ladder.nobody")
        return ErrorWords{Words::tr("Nobody is called so: %1.").arg(detail),
                          Words::tr("owner, crew_lead, department_head, city_manager or a staff code.")};
    if (code == "catalogue.pause.fallback")
        return ErrorWords{Words::tr("A case cannot go on as: %1.").arg(detail),
                          Words::tr("in_progress, assigned or acknowledged.")};
    if (code == "catalogue.view.condition")
        return ErrorWords{Words::tr("This is no condition: %1.").arg(detail),
                          Words::tr("Write NAME=VALUE, like status=new,assigned.")};
    if (code == "catalogue.question.code")
        return ErrorWords{Words::tr("A question has no code."), Words::tr("Give it one, like “size”.")};
    if (code == "catalogue.question.twice")
        return ErrorWords{Words::tr("Two questions have the code %1.").arg(detail), Words::tr("Change one of them.")};
    if (code == "catalogue.question.type")
        return ErrorWords{Words::tr("There is no such kind of answer: %1.").arg(detail), Words::tr("Choose one.")};
    if (code == "catalogue.question.values")
        return ErrorWords{Words::tr("The question “%1” has no answers to choose from.").arg(detail),
                          Words::tr("Write them like “small=Small; large=Large”.")};
    if (code == "catalogue.question.value")
        return ErrorWords{Words::tr("The question does not offer this answer: %1.").arg(detail),
                          Words::tr("Write the key of one of its answers.")};
    if (code == "catalogue.question.condition")
        return ErrorWords{Words::tr("No question before it has the code %1.").arg(detail),
                          Words::tr("Name one that stands further up.")};
    if (code.ends_with(".unknown"))
        return ErrorWords{Words::tr("There is no such thing: %1.").arg(detail),
                          Words::tr("Choose one that is there, or make it first.")};
    return ErrorWords{Words::tr("This cannot be read: %1.").arg(detail.isEmpty() ? fromCode(error) : detail),
                      Words::tr("Correct it.")};
}

// Between consoles.
std::optional<ErrorWords> aboutConsoles(const Error& error) {
    const auto& code = error.code;
    const auto detail = detailOf(error);
    if (code == "pairing.code_form")
        return ErrorWords{Words::tr("This is no pairing code."),
                          Words::tr("A code has eight letters and digits, like 7K2R-9QXM.")};
    if (code == "pairing.code_wrong")
        return ErrorWords{Words::tr("The code is not the one the other console shows."),
                          detail.isEmpty() ? Words::tr("Read it again, letter by letter.")
                                           : Words::tr("Read it again, letter by letter; tries left: %1.").arg(detail)};
    if (code == "pairing.spent")
        return ErrorWords{Words::tr("The code was tried wrongly three times."), Words::tr("Ask for a new code.")};
    if (code == "pairing.expired")
        return ErrorWords{Words::tr("The code is too old."),
                          Words::tr("Ask for a new code; it is good for five minutes.")};
    if (code == "pairing.used")
        return ErrorWords{Words::tr("The code was used already."),
                          Words::tr("Ask for a new code; each is for one console.")};
    if (code == "pairing.refused")
        return ErrorWords{Words::tr("The other console turned this one away."), Words::tr("Ask the person there why.")};
    if (code == "pairing.no_offer")
        return ErrorWords{Words::tr("The other console shows no code now."),
                          Words::tr("Ask for one there: Consoles, Add a console.")};
    if (code == "pairing.nobody")
        return ErrorWords{Words::tr("The new console has gone."), Words::tr("Show a new code and try again.")};
    if (code == "net.resolve")
        return ErrorWords{Words::tr("There is no computer of this name: %1.").arg(QString::fromStdString(error.field)),
                          Words::tr("Check the address.")};
    if (code == "net.connect" || code == "net.timeout")
        return ErrorWords{
            Words::tr("%1 does not answer.")
                .arg(error.field.empty() ? Words::tr("The other console") : QString::fromStdString(error.field)),
            Words::tr("Check the address, the network and the other computer's firewall.")};
    if (code == "net.closed" || code == "net.lost")
        return ErrorWords{Words::tr("The connection broke."), Words::tr("Try again.")};
    if (code == "net.listen")
        return ErrorWords{Words::tr("This computer cannot take calls at %1.").arg(QString::fromStdString(error.field)),
                          Words::tr("Another program may use that port: choose another one.")};
    if (code == "address.form")
        return ErrorWords{Words::tr("This is no address: %1.").arg(detail),
                          Words::tr("Write it like desk4:7311 or 192.0.2.7:7311.")};
    if (code == "realm.not_writer")
        return ErrorWords{Words::tr("Only %1 lets consoles in and shuts them out.")
                              .arg(detail.isEmpty() ? Words::tr("another console") : detail),
                          Words::tr("Do it there.")};
    if (code == "op.out_of_scope")
        return ErrorWords{
            Words::tr("This console works for one department, and the case belongs to another (%1).").arg(detail),
            Words::tr("Ask that department, or have the console's work changed under Consoles.")};
    if (code == "console.looking_back")
        return ErrorWords{Words::tr("What is shown is the past, which nobody can change."),
                          Words::tr("Go back to now first (Esc).")};
    if (code == "case.not_yet")
        return ErrorWords{Words::tr("Nobody had asked for this case by then."),
                          Words::tr("Look at a later instant, or go back to now (Esc).")};
    if (code == "op.not_allowed")
        return ErrorWords{Words::tr("This console may not do that."),
                          Words::tr("What it may do is set at the console that lets consoles in.")};
    if (code == "origin.behind" || code == "origin.forked" || code == "origin.replaced")
        return ErrorWords{Words::tr("This console has stopped writing: its data was put back or copied."),
                          Words::tr("Go on as a new console: Consoles → Consoles of the city.")};
    if (code == "origin.revoked") return ErrorWords{Words::tr("This console was shut out of the city."), {}};
    if (code == "origin.writes") return ErrorWords{Words::tr("This console writes as it should: nothing to do."), {}};
    if (code == "realm.revoke_self") return ErrorWords{Words::tr("A console cannot shut itself out."), {}};
    if (code == "join.stopped") return ErrorWords{Words::tr("Stopped."), {}};
    if (code == "replica.exists")
        return ErrorWords{Words::tr("There is a desk with data in this folder already."),
                          Words::tr("Join with an empty folder.")};
    return std::nullopt;
}

}  // namespace

ErrorWords errorWords(const Error& error) {
    if (auto words = aboutConsoles(error)) return *words;
    if (auto words = aboutDuty(error)) return *words;
    if (auto words = aboutMessages(error)) return *words;
    if (auto words = aboutCatalogue(error)) return *words;
    if (auto words = feedErrorWords(error)) return *words;
    if (auto words = basemapErrorWords(error)) return *words;
    return byCode(error);
}

}  // namespace wl::ui
