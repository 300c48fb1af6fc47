// SPDX-License-Identifier: GPL-3.0-or-later
// How a case begins: what the resident said, as each channel carries it.
#include <format>

#include "engine/demo/case_draft.hpp"

namespace wl::engine::demo {
namespace {

void capitalise(std::string& text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
}

void lowerFirst(std::string& text) {
    if (text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
}

// The complaint in the resident's words, without greeting.
std::string complaint(CaseDraft& d) {
    const auto& common = commonPhrases();
    const auto& language = d.person ? d.person->language : std::string("en");
    const std::size_t foreign = language == "es"                       ? 0
                                : language == "pt"                     ? 1
                                : language == "fr" || language == "ht" ? 2
                                                                       : 3;
    const bool written = d.channel == Channel::WhatsApp || d.channel == Channel::Email ||
                         d.channel == Channel::WebForm || d.channel == Channel::App;
    if (written && foreign < 3 && d.chance.with(0.6)) return d.say(d.phrases.foreign[foreign]);
    auto text = d.say(d.phrases.reports);
    capitalise(text);
    if (d.chance.with(0.35)) text += " " + d.say(common.details);
    return text;
}

std::string message(CaseDraft& d, const std::string& text) {
    const auto& common = commonPhrases();
    auto out = text;
    if (d.chance.with(0.3)) {
        const auto greeting = d.say(common.openers);
        const bool goesOn = greeting.ends_with(", ") || greeting.ends_with("but ") || greeting.ends_with(": ");
        if (goesOn && !(out[0] == 'I' && (out[1] == ' ' || out[1] == '\''))) lowerFirst(out);
        out = greeting + out;
    }
    capitalise(out);
    if (d.chance.with(0.4)) out += " " + d.say(common.closers);
    const bool thumbs = d.channel == Channel::WhatsApp || d.channel == Channel::Sms || d.channel == Channel::Social;
    return mistyped(out, d.chance, thumbs ? 0.5 : d.channel == Channel::App ? 0.25 : 0.1);
}

InteractionRecorded firstContact(CaseDraft& d, std::string body) {
    InteractionRecorded i;
    i.channel = d.channel;
    i.direction = d.channel == Channel::Staff ? Direction::Internal : Direction::In;
    i.kind = d.channel == Channel::Phone    ? InteractionKind::Call
             : d.channel == Channel::WalkIn ? InteractionKind::Visit
             : d.channel == Channel::Staff  ? InteractionKind::Note
                                            : InteractionKind::Message;
    i.visibility = d.channel == Channel::Staff ? Visibility::Staff : Visibility::Public;
    i.at = d.arrival.at;
    i.body = std::move(body);
    const auto tag = toHex(d.id).substr(16);
    if (d.channel == Channel::Email) i.externalId = "<" + tag + "@example.org>";
    if (d.channel == Channel::WhatsApp) i.externalId = "wamid." + tag;
    if (d.person) {
        i.person = d.person->id;
        i.author = d.person->name();
    } else if (d.channel == Channel::Council) {
        i.author = "Councillor for " + d.stage.places.districtName(d.district);
    } else if (d.channel == Channel::Staff) {
        i.author = d.stage.catalogue->staffName(d.opener);
    } else {
        i.author = "Anonymous";
    }
    return i;
}

}  // namespace

void writeOpening(CaseDraft& d, bool personIsNew) {
    const auto& common = commonPhrases();
    if (d.person && personIsNew) d.act(d.arrival.at, d.opener, People::opening(*d.person, d.stage.places));

    const auto text = complaint(d);
    const bool spoken = d.channel == Channel::Phone || d.channel == Channel::WalkIn || d.channel == Channel::Staff ||
                        d.channel == Channel::Council;
    const auto written = spoken ? text : message(d, text);
    auto body = written;
    if (d.channel == Channel::Phone) {
        d.word("text", text);
        body = d.say(common.calls);
    } else if (d.channel == Channel::Council) {
        body = "On behalf of a constituent: " + text + " Please tell us when it is done.";
    } else if (d.channel == Channel::Email) {
        body = std::format("Subject: {}, {}\n\n{}\n\n{}", d.service.name, d.stage.places.street(d.address), written,
                           d.person ? d.person->name() : "");
    }

    OpenCase open;
    open.id = d.id;
    open.fields.set(CaseField::Service, d.service.code);
    if (d.priority != d.service.priority) open.fields.set(CaseField::Priority, static_cast<std::int64_t>(d.priority));
    open.fields.set(CaseField::Description, written);
    open.fields.set(CaseField::Address, d.stage.places.text(d.address));
    open.fields.set(CaseField::Position, d.position);
    open.fields.set(CaseField::Area, d.stage.places.districtCode(d.district));
    open.fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(d.channel));
    open.fields.set(CaseField::RequestedAt, d.arrival.at.ms);
    if (!d.answers.empty()) open.fields.set(CaseField::Answers, d.answers);
    if (d.person) {
        open.requester.known = d.person->id;
        open.fields.set(CaseField::ConsentGiven,
                        static_cast<std::int64_t>(d.chance.with(0.9) ? Consent::Given : Consent::Refused));
    }
    if (d.chance.with(0.18)) open.fields.set(CaseField::LocationNote, d.say("{spot}"));
    if (d.service.confidential) open.fields.set(CaseField::Confidential, std::int64_t{1});
    if ((d.channel == Channel::App || d.channel == Channel::WhatsApp) && d.chance.with(0.5))
        open.fields.set(CaseField::MediaUrl, "https://media.example.org/" + toHex(d.id).substr(20) + ".jpg");
    open.firstContact = firstContact(d, std::move(body));
    d.act(d.arrival.at, d.opener, std::move(open));

    const bool receipt = d.channel == Channel::App || d.channel == Channel::WebForm || d.channel == Channel::Email ||
                         d.channel == Channel::WhatsApp;
    if (receipt && d.canAnswer())
        d.tell(d.arrival.at + Millis{d.chance.whole(2, 40) * 1000}, {}, d.say(common.receipts), true);
}

}  // namespace wl::engine::demo
