// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/messages/compose.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>

#include "comms/words.hpp"

namespace wl::engine {
namespace {

std::string replaced(std::string text, std::string_view mark, std::string_view value) {
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
    return text;
}

// What they may count on: the planned date, what was promised, else when the clock says that it is due.
Instant expectedAt(const store::CaseDetail& detail) {
    const auto& s = detail.state;
    if (s.status == Status::Closed || s.status == Status::WorkDone) return {};
    if (s.status == Status::Planned && s.statusUntil) return s.statusUntil;
    if (const auto promised = s.instant(CaseField::PromisedAt)) return promised;
    return detail.clock.due;
}

}  // namespace

comms::Values valuesOf(const ComposeInput& in, std::string_view language) {
    const auto& s = in.detail.state;
    const auto& c = in.catalogue;
    const auto& zone = c.timeZone();
    comms::Values out;
    auto& t = out.texts;
    t["number"] = in.detail.number;
    t["title"] = s.text(CaseField::Title);
    t["service"] = c.serviceName(s.text(CaseField::Service));
    t["status"] = comms::statusWords(s.status, language);
    t["place"] = s.text(CaseField::Address);
    const auto department = s.text(CaseField::Department);
    t["department"] = department.empty() ? c.jurisdiction().name : c.departmentName(department);
    t["city"] = c.jurisdiction().name.empty() ? c.jurisdiction().code : c.jurisdiction().name;
    if (const auto owner = s.text(CaseField::Owner); !owner.empty()) t["owner"] = c.staffName(owner);
    t["comment"] = in.comment;
    t["answer"] = in.answer;
    t["link"] = replaced(c.sending().link, "{number}", in.detail.number);
    t["signature"] = c.sending().signature.empty() ? t["city"] : c.sending().signature;
    if (in.person != nullptr) t["name"] = in.person->text(PersonField::Name);
    const auto reported = zone.toLocal(s.instant(CaseField::RequestedAt)).day();
    t["reported"] = comms::dateWords(reported, language);
    if (const auto expected = expectedAt(in.detail); expected > in.now) {
        const auto day = zone.toLocal(expected).day();
        t["date"] = comms::dateWords(day, language);
        out.numbers["days"] = day - zone.toLocal(in.now).day();
    }
    if (!s.reports.empty()) out.numbers["reports"] = static_cast<std::int64_t>(s.reports.size()) + 1;
    return out;
}

Result<Composed> compose(const rules::MessageTemplate& text, const ComposeInput& in) {
    auto made = comms::render(text.subject, text.body, text.language, valuesOf(in, text.language));
    if (!made) {
        auto error = made.error();
        error.detail = text.code + (error.detail.empty() ? "" : ": " + error.detail);
        return std::unexpected(std::move(error));
    }
    return Composed{text.code, text.language, std::move(made->subject), std::move(made->body)};
}

std::string languageOf(const PersonState* person, const rules::Catalogue& catalogue) {
    auto own = person != nullptr ? comms::baseLanguage(person->text(PersonField::Language)) : std::string();
    return own.empty() ? catalogue.sending().language : own;
}

const rules::MessageTemplate* templateFor(const ComposeInput& in, std::string_view event, Channel channel) {
    const auto service = in.detail.state.text(CaseField::Service);
    for (const auto& language :
         {languageOf(in.person, in.catalogue), in.catalogue.sending().language, std::string("en")})
        if (const auto* found = in.catalogue.templateFor(event, service, language, code(channel))) return found;
    return nullptr;
}

std::string addressFor(const PersonState& person, Channel channel) {
    const auto last = [&](ContactKind kind) {
        for (const auto& contact : person.contacts | std::views::reverse)
            if (contact.kind == kind && !contact.value.empty()) return contact.value;
        return std::string();
    };
    if (channel == Channel::Email) return last(ContactKind::Email);
    if (channel == Channel::Sms) return last(ContactKind::Phone);
    if (channel == Channel::WhatsApp) return last(ContactKind::WhatsApp);
    return {};
}

std::optional<Channel> channelFor(const PersonState& person, Channel cameBy) {
    const auto preferred = static_cast<Channel>(asInt(person.value(PersonField::PreferredChannel)));
    for (const auto channel : {preferred, cameBy, Channel::Email, Channel::WhatsApp, Channel::Sms})
        if (std::ranges::contains(kSendingChannels, channel) && !addressFor(person, channel).empty()) return channel;
    return std::nullopt;
}

comms::SendingPolicy sendingPolicy(const rules::Catalogue& catalogue) {
    const auto& s = catalogue.sending();
    comms::SendingPolicy out{s.paused,        s.quietFrom,           s.quietTo, s.gapMinutes, s.perHour, s.perDay,
                             s.digestMinutes, &catalogue.timeZone(), {}};
    // A holiday of the city is one of every calendar that has holidays.
    std::map<std::string, std::size_t> days;
    std::size_t calendars = 0;
    for (const auto& calendar : catalogue.calendars()) {
        std::set<std::string> own;
        for (const auto& [date, name] : calendar.holidays) own.insert(date);
        calendars += own.empty() ? 0 : 1;
        for (const auto& date : own) ++days[date];
    }
    for (const auto& [date, count] : days)
        if (const auto day = parseIsoDate(date); day && count == calendars) out.holidays.push_back(*day);
    return out;
}

comms::MessageFacts factsOf(const CaseState& state, const PersonState* person, const store::ContactRecord& record,
                            MessageWhy why, Channel channel, const std::string& address) {
    comms::MessageFacts facts;
    facts.why = why;
    facts.channel = channel;
    facts.hasAddress = !address.empty();
    facts.doNotContact = person != nullptr && asInt(person->value(PersonField::DoNotContact)) != 0;
    facts.consent = Consent::Unknown;
    if (person != nullptr && isSet(state.value(CaseField::Requester)) &&
        state.value(CaseField::Requester) == Value{person->id})
        facts.consent = static_cast<Consent>(state.number(CaseField::ConsentGiven));
    for (const auto& report : state.reports)
        if (person != nullptr && report.person == person->id) facts.consent = static_cast<Consent>(report.consent);
    facts.bounced = record.bounced;
    facts.joined = state.status == Status::Closed && isSet(state.value(CaseField::DuplicateOf));
    facts.lastSentAt = record.lastSentAt;
    facts.sentLastHour = record.sentLastHour;
    facts.sentLastDay = record.sentLastDay;
    facts.lastInboundAt = state.lastInboundAt;
    return facts;
}

}  // namespace wl::engine
