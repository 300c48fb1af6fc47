// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/case_draft.hpp"

#include <algorithm>
#include <array>

#include "domain/case_number.hpp"

namespace wl::engine::demo {

CaseId madeCaseId(std::uint64_t seed, std::uint64_t index, Instant at) {
    Chance bytes(seed, stream::caseId, index);
    const std::uint64_t a = bytes.next(), b = bytes.next();
    CaseId id;
    for (std::size_t k = 0; k < 6; ++k)
        id.bytes[k] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(at.ms) >> (40 - 8 * k));
    for (std::size_t k = 0; k < 8; ++k) id.bytes[8 + k] = static_cast<std::uint8_t>(a >> (8 * k));
    id.bytes[6] = static_cast<std::uint8_t>(b);
    id.bytes[7] = static_cast<std::uint8_t>(b >> 8);
    return id;
}

CaseDraft::CaseDraft(const Stage& s, const Arrival& a, std::size_t index)
    : stage(s), arrival(a), profile(serviceProfiles()[a.service]), service(*s.catalogue->service(profile.service)),
      phrases(s.phrasesOf(profile.service)), chance(s.options.seed, stream::caseLife, index),
      id(madeCaseId(s.options.seed, index, a.at)), number(caseNumber(id)) {
    choosePlaceAndCaller();
    chooseChannel();
    auto given = answersTo(service, stage.time.dayNumber(arrival.at), chance);
    answers = std::move(given.json);
    priority = given.priority;
    route = rules::routeFor(*stage.catalogue, service.code, stage.places.districtCode(district));
    due = stage.due(service.code, priority, district, arrival.at);
    chooseWords();
}

void CaseDraft::choosePlaceAndCaller() {
    const auto& places = stage.places;
    const bool placed = arrival.address.has_value();
    if (placed) {
        address = *arrival.address;
        district = places.districtOf(address);
    } else {
        std::vector<double> weights;
        for (std::size_t d = 0; d < places.districtCount(); ++d)
            weights.push_back(static_cast<double>(places.addressesIn(d).size()) *
                              districtFactor(places.districtCode(d), profile.service));
        district = chance.weighted(weights);
    }
    if (!chance.with(placed && profile.where == Where::Home ? 0.1 : profile.anonymous) && !service.staffOnly) {
        personIndex = stage.people.callerIn(district, chance);
        person = stage.people.person(personIndex);
    }
    if (!placed) {
        const bool atHome = person && (profile.where == Where::Home ? chance.with(0.93)
                                                                    : profile.where == Where::Near && chance.with(0.2));
        address = atHome ? person->home : places.anyIn(district, chance);
        district = places.districtOf(address);
    }
    position = Places::near(places.at(address), profile.where == Where::Home ? 4 : 18, chance);
}

void CaseDraft::chooseChannel() {
    if (service.staffOnly) {
        channel = Channel::Staff;
    } else {
        // The telephone loses ground to the app from year to year.
        const double years = static_cast<double>((stage.options.now - arrival.at).count()) / (365.0 * kDay);
        const int hour = stage.time.hour(arrival.at);
        const bool office = hour >= 8 && hour < 17 && stage.time.day(arrival.at).weekday < 5;
        const bool phone = !person || !person->phone.empty();
        const bool mail = person && !person->email.empty();
        using C = Channel;
        const std::array<std::pair<C, double>, 11> shares{
            {{C::Phone, phone ? 0.36 + 0.05 * years : 0},
             {C::WalkIn, office && person ? 0.035 : 0},
             {C::Email, mail ? 0.12 : 0},
             {C::WebForm, 0.16},
             {C::App, 0.25 - 0.06 * years},
             {C::WhatsApp, person && person->whatsapp ? 0.3 - 0.06 * years : 0},
             {C::Sms, person && phone ? 0.015 : 0},
             {C::Council, person ? 0 : 0.06},
             {C::Open311, person ? 0.01 : 0.06},
             {C::Staff, person ? 0 : 0.12},
             {C::Social, person ? 0.005 : 0.05}}};
        std::array<double, 11> weights{};
        for (std::size_t i = 0; i < shares.size(); ++i) weights[i] = std::max(shares[i].second, 0.0);
        channel = shares[chance.weighted(weights)].first;
    }
    const bool byHand = channel == Channel::Phone || channel == Channel::WalkIn || channel == Channel::Email ||
                        channel == Channel::Council || channel == Channel::Social || channel == Channel::WhatsApp ||
                        channel == Channel::Sms;
    if (channel == Channel::Staff) opener = stage.fieldAgent(service.department, {}, chance);
    else if (byHand) opener = stage.deskAgent(arrival.at, chance);
}

void CaseDraft::chooseWords() {
    constexpr std::string_view when[] = {"this morning", "last night",         "yesterday",
                                         "two days ago", "on the way to work", "over the weekend"};
    constexpr std::string_view since[] = {"since yesterday", "since last night",  "for three days",      "for a week",
                                          "for weeks now",   "since the weekend", "for a couple of days"};
    const auto& places = stage.places;
    const auto* department = stage.catalogue->department(service.department);
    word("addr", places.text(address));
    word("street", places.street(address));
    word("num", places.number(address));
    word("cross", places.crossStreet(address, chance));
    word("spot", std::string(chance.pick(commonPhrases().spots)));
    word("when", std::string(chance.pick(when)));
    word("since", std::string(chance.pick(since)));
    word("days", std::to_string(chance.whole(3, 12)));
    word("depth", std::to_string(chance.whole(3, 14)));
    word("first", person ? person->first : "there");
    word("svc", service.name);
    word("no", number);
    word("dept", department ? department->name : service.department);
    word("district", places.districtName(district));
    const auto agent = stage.deskAgent(arrival.at, chance);
    const auto name = stage.catalogue->staffName(opener.empty() || channel == Channel::Staff ? agent : opener);
    word("agent", name.substr(0, name.find(' ')));
}

void CaseDraft::word(std::string_view key, std::string value) {
    for (auto& [k, v] : m_words)
        if (k == key) {
            v = std::move(value);
            return;
        }
    m_words.emplace_back(key, std::move(value));
}

void CaseDraft::act(Instant at, std::string agent, Command command) {
    m_last = std::max(at, m_last);
    m_commands.push_back({m_last, std::move(agent), std::move(command)});
}

void CaseDraft::step(Instant at, std::string agent, Status to, std::string reason, std::string text, Instant until) {
    const auto when = std::max(at, m_last + Millis{1000});
    act(when, std::move(agent), ChangeStatus{{{}, id}, to, std::move(reason), std::move(text), when, until, {}});
}

void CaseDraft::own(Instant at, std::string agent, std::string owner, std::string comment) {
    EditCase edit;
    edit.target.id = id;
    edit.fields.set(CaseField::Owner, std::move(owner));
    edit.comment = std::move(comment);
    act(at, std::move(agent), std::move(edit));
}

void CaseDraft::interact(Instant at, std::string agent, InteractionRecorded interaction) {
    const auto when = std::max(at, m_last + Millis{1000});
    interaction.at = when;
    const auto tag = toHex(id).substr(16) + "." + std::to_string(m_commands.size());
    if (interaction.channel == Channel::Email) interaction.externalId = "<" + tag + "@example.org>";
    if (interaction.channel == Channel::WhatsApp) interaction.externalId = "wamid." + tag;
    act(when, std::move(agent), RecordInteraction{{{}, id}, std::move(interaction)});
}

void CaseDraft::note(Instant at, std::string agent, std::string text) {
    InteractionRecorded i;
    i.channel = Channel::Staff;
    i.direction = Direction::Internal;
    i.kind = InteractionKind::Note;
    i.visibility = Visibility::Staff;
    i.author = stage.catalogue->staffName(agent);
    i.body = std::move(text);
    interact(at, std::move(agent), std::move(i));
}

Channel CaseDraft::replyChannel() const {
    if (channel == Channel::App || channel == Channel::WhatsApp || channel == Channel::Email || channel == Channel::Sms)
        return channel;
    return person ? person->preferred : channel;
}

void CaseDraft::tell(Instant at, std::string agent, std::string text, bool automatic) {
    if (!canAnswer()) return;
    InteractionRecorded i;
    i.channel = replyChannel();
    if (automatic && i.channel == Channel::Phone) i.channel = Channel::Sms;
    i.direction = Direction::Out;
    i.kind = automatic                     ? InteractionKind::Update
             : i.channel == Channel::Phone ? InteractionKind::Call
                                           : InteractionKind::Message;
    i.visibility = Visibility::Public;
    i.automatic = automatic;
    i.person = person->id;
    i.author = automatic ? "Port Linden 311" : stage.catalogue->staffName(agent);
    i.body = std::move(text);
    interact(at, std::move(agent), std::move(i));
}

void CaseDraft::hear(Instant at, std::string agent, std::string text, std::optional<Channel> by) {
    InteractionRecorded i;
    i.channel = by.value_or(person ? replyChannel() : Channel::Phone);
    i.direction = Direction::In;
    i.kind = i.channel == Channel::Phone    ? InteractionKind::Call
             : i.channel == Channel::WalkIn ? InteractionKind::Visit
                                            : InteractionKind::Message;
    i.visibility = Visibility::Public;
    if (person && !by) i.person = person->id;
    i.author = person && !by ? person->name() : "Caller";
    i.body = std::move(text);
    const bool taken = i.channel == Channel::Phone || i.channel == Channel::WalkIn;
    interact(at, taken ? std::move(agent) : std::string{}, std::move(i));
}

}  // namespace wl::engine::demo
