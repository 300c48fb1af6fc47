// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/colleagues.hpp"

#include "domain/person_fields.hpp"

namespace wl::engine::demo {
namespace {

class Colleague {
public:
    Colleague(const Stage& stage, const store::CaseRow& row, const std::optional<store::PersonView>& requester,
              Instant now, Chance& chance)
        : m_stage(stage), m_row(row), m_requester(requester), m_now(now), m_chance(chance),
          m_phrases(stage.phrasesOf(row.service)) {
        m_owner = row.owner.empty() ? stage.fieldAgent(row.department, row.crew, chance) : row.owner;
        m_desk = stage.deskAgent(now, chance);
        const auto space = row.address.find(' ');
        m_words = {{"addr", row.address},
                   {"street", space == std::string::npos ? row.address : row.address.substr(space + 1)},
                   {"num", row.address.substr(0, space)},
                   {"cross", "the corner"},
                   {"spot", std::string(chance.pick(commonPhrases().spots))},
                   {"no", row.number},
                   {"svc", stage.catalogue->serviceName(row.service)},
                   {"dept", stage.catalogue->departmentName(row.department)},
                   {"days", std::to_string(std::max<std::int64_t>((now - row.requestedAt).count() / kDay, 2))},
                   {"depth", std::to_string(chance.whole(3, 14))},
                   {"district", row.area},
                   {"first", requesterName().substr(0, requesterName().find(' '))},
                   {"agent", firstName(m_desk)}};
    }

    std::optional<CaseEvent> next(bool mine) {
        const double kind = m_chance.unit();
        if (mine) {
            if (kind < 0.5) chase();
            else note(m_stage.dispatcher(m_row.department), commonPhrases().assignNotes);
            return take();
        }
        switch (m_row.status) {
            case Status::New: kind < 0.55 ? acknowledge() : assign(); break;
            case Status::Acknowledged: kind < 0.8 ? assign() : chase(); break;
            case Status::Assigned:
                if (kind < 0.45) step(m_owner, Status::InProgress);
                else if (kind < 0.6) wait();
                else if (kind < 0.75) chase();
                else note(m_owner, m_phrases.crewNotes);
                break;
            case Status::Planned:
            case Status::Waiting:
                kind < 0.5 ? step(m_owner, Status::InProgress) : hear(commonPhrases().residentAnswers);
                break;
            case Status::InProgress:
                if (kind < 0.5) close(m_owner);
                else if (kind < 0.65) step(m_owner, Status::WorkDone, {}, say(m_phrases.fixed));
                else if (kind < 0.85) note(m_owner, m_phrases.crewNotes);
                else chase();
                break;
            case Status::WorkDone: close(m_stage.dispatcher(m_row.department)); break;
            case Status::Closed: break;
        }
        return take();
    }

private:
    std::optional<CaseEvent> take() {
        if (m_event.commands.empty()) return std::nullopt;
        return std::move(m_event);
    }
    std::string say(const Lines& lines) { return fill(m_chance.pick(lines), m_words); }
    std::string requesterName() const {
        return m_requester ? asText(m_requester->state.fields[static_cast<std::uint8_t>(PersonField::Name)].value)
                           : std::string("there");
    }
    std::string firstName(const std::string& staff) const {
        const auto name = m_stage.catalogue->staffName(staff);
        return name.substr(0, name.find(' '));
    }
    void act(std::string agent, Command command) {
        m_event.agent = std::move(agent);
        m_event.commands.push_back(std::move(command));
    }
    void step(std::string agent, Status to, std::string reason = {}, std::string text = {}) {
        act(std::move(agent), ChangeStatus{{m_row.key, m_row.id}, to, std::move(reason), std::move(text), m_now});
    }
    void acknowledge() {
        step(m_desk, Status::Acknowledged);
        if (m_chance.with(0.6)) tell(m_desk, say(commonPhrases().firstReplies));
    }
    void assign() {
        const auto owner = m_owner;
        EditCase edit;
        edit.target = {m_row.key, m_row.id};
        edit.fields.set(CaseField::Owner, owner);
        act(m_stage.dispatcher(m_row.department), std::move(edit));
    }
    void wait() {
        std::string reason(m_chance.pick(profileOf(m_row.service).waitReasons));
        if (reason == "resident" && !m_requester) reason = "other_agency";
        if (reason == "resident") tell(m_owner, say(commonPhrases().questions));
        const auto* known = m_stage.catalogue->pauseReason(reason);
        m_words.emplace_back("reason", known ? known->name : reason);
        step(m_owner, Status::Waiting, reason, say(commonPhrases().waitNotes));
    }
    void close(std::string agent) {
        const auto text = say(m_phrases.fixed);
        step(agent, Status::Closed, "fixed", text);
        m_words.emplace_back("note", text);
        tell(agent, say(commonPhrases().doneMessages));
    }
    InteractionRecorded interaction(Channel channel, Direction direction, InteractionKind kind,
                                    Visibility visibility) const {
        InteractionRecorded i;
        i.channel = channel;
        i.direction = direction;
        i.kind = kind;
        i.visibility = visibility;
        i.at = m_now;
        return i;
    }
    void note(const std::string& agent, const Lines& lines) {
        auto i = interaction(Channel::Staff, Direction::Internal, InteractionKind::Note, Visibility::Staff);
        i.author = m_stage.catalogue->staffName(agent);
        i.body = say(lines);
        act(agent, RecordInteraction{{m_row.key, m_row.id}, std::move(i)});
    }
    Channel channelOfResident() const {
        const auto c = m_row.channel;
        return c == Channel::App || c == Channel::WhatsApp || c == Channel::Email || c == Channel::Sms ? c
                                                                                                       : Channel::Phone;
    }
    void tell(const std::string& agent, std::string text) {
        if (!m_requester ||
            asInt(m_requester->state.fields[static_cast<std::uint8_t>(PersonField::DoNotContact)].value) != 0)
            return;
        const auto channel = channelOfResident();
        auto i = interaction(channel, Direction::Out,
                             channel == Channel::Phone ? InteractionKind::Call : InteractionKind::Message,
                             Visibility::Public);
        i.author = m_stage.catalogue->staffName(agent);
        i.person = m_requester->state.id;
        i.body = std::move(text);
        act(agent, RecordInteraction{{m_row.key, m_row.id}, std::move(i)});
    }
    void chase() { hear(commonPhrases().chases); }
    void hear(const Lines& lines) {
        if (!m_requester) return;
        const auto channel = channelOfResident();
        auto i = interaction(channel, Direction::In,
                             channel == Channel::Phone ? InteractionKind::Call : InteractionKind::Message,
                             Visibility::Public);
        i.author = requesterName();
        i.person = m_requester->state.id;
        i.body = say(lines);
        act(channel == Channel::Phone ? m_desk : std::string{}, RecordInteraction{{m_row.key, m_row.id}, std::move(i)});
    }

    const Stage& m_stage;
    const store::CaseRow& m_row;
    const std::optional<store::PersonView>& m_requester;
    Instant m_now;
    Chance& m_chance;
    const ServicePhrases& m_phrases;
    std::string m_owner, m_desk;
    std::vector<std::pair<std::string_view, std::string>> m_words;
    CaseEvent m_event;
};

}  // namespace

std::optional<CaseEvent> nextEvent(const Stage& stage, const store::CaseRow& row,
                                   const std::optional<store::PersonView>& requester, bool mine, Instant now,
                                   Chance& chance) {
    return Colleague(stage, row, requester, now, chance).next(mine);
}

}  // namespace wl::engine::demo
