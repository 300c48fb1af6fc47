// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/op_wire.hpp"

#include <algorithm>
#include <array>

#include "domain/case_fields.hpp"
#include "domain/person_fields.hpp"

namespace wl {

namespace {

// By alternative of OpBody.
// clang-format off
constexpr std::array<OpKind, std::variant_size_v<OpBody> - 1> kKinds{
    OpKind::CaseOpened, OpKind::CaseEdited, OpKind::CaseStatusChanged, OpKind::InteractionRecorded,
    OpKind::HandOffOffered, OpKind::HandOffAnswered, OpKind::EscalationRaised, OpKind::EscalationAcknowledged,
    OpKind::ReportJoined, OpKind::ReportsLeft, OpKind::CasesJudged, OpKind::MessageWritten, OpKind::MessageMoved,
    OpKind::PersonOpened, OpKind::PersonEdited, OpKind::PersonContactAdded, OpKind::PersonContactRemoved,
    OpKind::PersonsJudged, OpKind::CatalogueItemPublished};
// clang-format on
static_assert(kKinds.back() == OpKind::CatalogueItemPublished, "one kind for each alternative");

}  // namespace

std::uint64_t kindNumber(const OpBody& body) {
    if (const auto* unknown = std::get_if<UnknownOp>(&body)) return unknown->kind;
    return static_cast<std::uint64_t>(kKinds[body.index()]);
}

bool isKnownKind(std::uint64_t kind) {
    return std::ranges::any_of(kKinds, [&](OpKind known) { return static_cast<std::uint64_t>(known) == kind; });
}

namespace wire {
namespace {

// Field numbers of the kinds that have no table of their own.
enum StatusId : std::uint8_t {
    // clang-format off
    kFrom = 1, kTo = 2, kWorkflow = 3, kReason = 4, kAt = 5, kNote = 6, kTakesBack = 7, kUntil = 8,
    // clang-format on
};
enum InteractionId : std::uint8_t {
    // clang-format off
    kChannel = 1, kDirection = 2, kKind = 3, kVisibility = 4, kWhen = 5, kBody = 6, kAuthor = 7, kExternal = 8,
    kPerson = 9, kAutomatic = 10, kSubject = 11, kFiles = 12,
    // clang-format on
};
enum HandOffId : std::uint8_t {
    // clang-format off
    kOfferDepartment = 1, kOfferCrew = 2, kOfferAt = 3, kOfferLimit = 4, kOfferReason = 5,
    kAnswerOrigin = 1, kAnswerNumber = 2, kAnswer = 3, kAnswerAt = 4, kAnswerReason = 5,
    kEscalationKey = 1, kEscalationAt = 2, kLadder = 3, kLevel = 4, kRole = 5, kStaff = 6, kReached = 7,
    // clang-format on
};
enum ContactId : std::uint8_t { kContactKind = 1, kContactValue = 2, kContactLabel = 3, kContactRemoved = 4 };
enum ReportId : std::uint8_t {
    // clang-format off
    kReportPerson = 1, kReportChannel = 2, kReportAt = 3, kReportConsent = 4, kReportBody = 5,
    kReportsRemoved = 1, kMovedTo = 2,
    // clang-format on
};
enum MessageField : std::uint8_t {
    // clang-format off
    kMessage = 1, kToPerson = 2, kByChannel = 3, kAddress = 4, kTemplate = 5, kLanguage = 6, kTitle = 7, kText = 8,
    kWhy = 9, kState = 10, kWrittenAt = 11, kNotBefore = 12, kCause = 13, kEvent = 14, kWriter = 15,
    kMovedState = 2, kMovedAt = 3, kMovedUntil = 4, kMovedReason = 5, kMovedExternal = 6, kMovedNote = 7,
    // clang-format on
};
enum JudgedId : std::uint8_t { kOther = 1, kJudgement = 2, kByRule = 3, kWeight = 4, kReasons = 5, kReplaces = 6 };
enum CatalogueId : std::uint8_t { kItemKind = 1, kItemCode = 2, kItemDocument = 3 };

// Writes only what is there: zero, empty text and the null id are "absent".
class Flat {
public:
    explicit Flat(std::vector<WireField>& out) : m_out(out) {}
    Flat& number(std::uint8_t id, std::int64_t v) {
        if (v != 0) m_out.push_back({id, Value{v}, false});
        return *this;
    }
    Flat& text(std::uint8_t id, const std::string& v, bool sealed = false) {
        if (!v.empty()) m_out.push_back({id, Value{v}, sealed});
        return *this;
    }
    Flat& entity(std::uint8_t id, const EntityId& v) {
        if (!v.isNull()) m_out.push_back({id, Value{v}, false});
        return *this;
    }

private:
    std::vector<WireField>& m_out;
};

// Takes values out again and remembers the first that had the wrong type.
class Taken {
public:
    explicit Taken(std::vector<WireField>& fields) : m_fields(fields) {}
    std::int64_t number(std::uint8_t id) { return take<std::int64_t>(id); }
    std::string text(std::uint8_t id) { return take<std::string>(id); }
    EntityId entity(std::uint8_t id) { return take<EntityId>(id); }
    [[nodiscard]] bool bad() const { return m_bad; }
    [[nodiscard]] std::uint32_t unread() const { return static_cast<std::uint32_t>(m_fields.size()) - m_taken; }

private:
    template <class T>
    T take(std::uint8_t id) {
        for (auto& field : m_fields) {
            if (field.id != id) continue;
            ++m_taken;
            if (auto* value = std::get_if<T>(&field.value)) return std::move(*value);
            m_bad = m_bad || isSet(field.value);
        }
        return T{};
    }
    std::vector<WireField>& m_fields;
    std::uint32_t m_taken{};
    bool m_bad{};
};

void flattenTable(std::span<const FieldSpec> table, const FieldValues& values, std::vector<WireField>& out) {
    for (const auto& [id, value] : values) {
        const auto* field = findField(table, id);
        out.push_back({id, value, field && field->privacy == Privacy::Personal && isSet(value)});
    }
}

Result<FieldValues> restoreTable(std::span<const FieldSpec> table, std::vector<WireField>& fields,
                                 std::uint32_t* unread) {
    FieldValues values;
    for (auto& field : fields) {
        const auto* known = findField(table, field.id);
        if (!known) {
            ++*unread;
            continue;
        }
        if (!fits(known->type, field.value)) return fail(ErrorKind::Corrupt, "op.value.type", std::string(known->name));
        values.set(field.id, std::move(field.value));
    }
    return values;
}

struct Flatten {
    WireOp& op;
    void operator()(const CaseOpened& b) const { flattenTable(kCaseFields, b.fields, op.fields); }
    void operator()(const CaseEdited& b) const {
        flattenTable(kCaseFields, b.fields, op.fields);
        op.preds = b.preds;
    }
    void operator()(const CaseStatusChanged& b) const {
        Flat(op.fields)
            .number(kFrom, static_cast<int>(b.from))
            .number(kTo, static_cast<int>(b.to))
            .number(kWorkflow, b.workflow)
            .text(kReason, b.reason)
            .number(kAt, b.at.ms)
            .text(kNote, b.note, true)
            .number(kTakesBack, static_cast<std::int64_t>(b.takesBack))
            .number(kUntil, b.until.ms);
    }
    void operator()(const InteractionRecorded& b) const {
        Flat(op.fields)
            .number(kChannel, static_cast<int>(b.channel))
            .number(kDirection, static_cast<int>(b.direction))
            .number(kKind, static_cast<int>(b.kind))
            .number(kVisibility, static_cast<int>(b.visibility))
            .number(kWhen, b.at.ms)
            .text(kBody, b.body, true)
            .text(kAuthor, b.author, true)
            .text(kExternal, b.externalId)
            .entity(kPerson, b.person)
            .number(kAutomatic, b.automatic ? 1 : 0)
            .text(kSubject, b.subject, true)
            .text(kFiles, filesText(b.files), true);
    }
    void operator()(const HandOffOffered& b) const {
        Flat(op.fields)
            .text(kOfferDepartment, b.department)
            .text(kOfferCrew, b.crew)
            .number(kOfferAt, b.at.ms)
            .number(kOfferLimit, b.limit.ms)
            .text(kOfferReason, b.reason, true);
    }
    void operator()(const HandOffAnswered& b) const {
        Flat(op.fields)
            .entity(kAnswerOrigin, EntityId{b.offer.origin.bytes})
            .number(kAnswerNumber, static_cast<std::int64_t>(b.offer.seq))
            .number(kAnswer, static_cast<int>(b.answer))
            .number(kAnswerAt, b.at.ms)
            .text(kAnswerReason, b.reason, true);
    }
    void operator()(const EscalationRaised& b) const {
        Flat(op.fields)
            .text(kEscalationKey, b.key)
            .number(kEscalationAt, b.at.ms)
            .text(kLadder, b.ladder)
            .number(kLevel, b.level)
            .text(kRole, b.to)
            .text(kStaff, b.person)
            .number(kReached, b.due.ms);
    }
    void operator()(const EscalationAcknowledged& b) const {
        Flat(op.fields).text(kEscalationKey, b.key).number(kEscalationAt, b.at.ms);
    }
    void operator()(const ReportJoined& b) const {
        Flat(op.fields)
            .entity(kReportPerson, b.person)
            .number(kReportChannel, static_cast<int>(b.channel))
            .number(kReportAt, b.at.ms)
            .number(kReportConsent, b.consent)
            .text(kReportBody, b.body, true);
    }
    void operator()(const ReportsLeft& b) const {
        op.preds[kReportsRemoved] = b.removed;
        Flat(op.fields).entity(kMovedTo, b.movedTo);
    }
    void operator()(const CasesJudged& b) const { judged(b.pair); }
    void operator()(const MessageWritten& b) const {
        Flat(op.fields)
            .entity(kMessage, b.message)
            .entity(kToPerson, b.person)
            .number(kByChannel, static_cast<int>(b.channel))
            .text(kAddress, b.address, true)
            .text(kTemplate, b.templateCode)
            .text(kLanguage, b.language)
            .text(kTitle, b.subject, true)
            .text(kText, b.body, true)
            .number(kWhy, static_cast<int>(b.why))
            .number(kState, static_cast<int>(b.state))
            .number(kWrittenAt, b.at.ms)
            .number(kNotBefore, b.until.ms)
            .text(kCause, b.reason)
            .text(kEvent, b.event)
            .text(kWriter, b.author, true);
    }
    void operator()(const MessageMoved& b) const {
        Flat(op.fields)
            .entity(kMessage, b.message)
            .number(kMovedState, static_cast<int>(b.to))
            .number(kMovedAt, b.at.ms)
            .number(kMovedUntil, b.until.ms)
            .text(kMovedReason, b.reason)
            .text(kMovedExternal, b.externalId)
            .text(kMovedNote, b.note, true);
    }
    void operator()(const PersonsJudged& b) const { judged(b.pair); }
    void judged(const JudgedPair& b) const {
        Flat(op.fields)
            .entity(kOther, b.other)
            .number(kJudgement, static_cast<int>(b.judgement))
            .number(kByRule, b.automatic ? 1 : 0)
            .number(kWeight, b.weight)
            .text(kReasons, b.reasons);
        if (!b.replaces.empty()) op.preds[kReplaces] = b.replaces;
    }
    void operator()(const PersonOpened& b) const { flattenTable(kPersonFields, b.fields, op.fields); }
    void operator()(const PersonEdited& b) const {
        flattenTable(kPersonFields, b.fields, op.fields);
        op.preds = b.preds;
    }
    void operator()(const PersonContactAdded& b) const {
        Flat(op.fields)
            .number(kContactKind, static_cast<int>(b.kind))
            .text(kContactValue, b.value, true)
            .text(kContactLabel, b.label);
    }
    void operator()(const PersonContactRemoved& b) const { op.preds[kContactRemoved] = b.removed; }
    void operator()(const CatalogueItemPublished& b) const {
        Flat(op.fields).text(kItemKind, b.kind).text(kItemCode, b.code).text(kItemDocument, b.document);
    }
    void operator()(const UnknownOp&) const {}
};

template <class E>
bool inRange(std::int64_t v, E least, E most) {
    return v >= static_cast<std::int64_t>(least) && v <= static_cast<std::int64_t>(most);
}

bool isStatus(std::int64_t v) { return inRange(v, Status::New, Status::Closed); }
bool isContactKind(std::int64_t v) { return inRange(v, ContactKind::Phone, ContactKind::PostalAddress); }
bool isInteraction(std::int64_t channel, std::int64_t direction, std::int64_t kind, std::int64_t visibility) {
    return inRange(channel, Channel::Phone, Channel::Social) &&
           inRange(direction, Direction::In, Direction::Internal) &&
           inRange(kind, InteractionKind::Note, InteractionKind::SystemNotice) &&
           inRange(visibility, Visibility::Public, Visibility::Staff);
}

Result<OpBody> restoreStatus(Taken& f) {
    const auto from = f.number(kFrom), to = f.number(kTo);
    if (!isStatus(from) || !isStatus(to)) return fail(ErrorKind::Corrupt, "op.value.range", "status");
    CaseStatusChanged b;
    b.from = static_cast<Status>(from);
    b.to = static_cast<Status>(to);
    b.workflow = static_cast<std::uint32_t>(f.number(kWorkflow));
    b.reason = f.text(kReason);
    b.at = {f.number(kAt)};
    b.note = f.text(kNote);
    const auto takesBack = f.number(kTakesBack);
    if (takesBack < 0) return fail(ErrorKind::Corrupt, "op.value.range", "takes_back");
    b.takesBack = static_cast<std::uint64_t>(takesBack);
    b.until = {f.number(kUntil)};
    return b;
}

Result<OpBody> restoreInteraction(Taken& f) {
    const auto channel = f.number(kChannel), direction = f.number(kDirection), kind = f.number(kKind),
               visibility = f.number(kVisibility);
    if (!isInteraction(channel, direction, kind, visibility))
        return fail(ErrorKind::Corrupt, "op.value.range", "interaction");
    InteractionRecorded b;
    b.channel = static_cast<Channel>(channel);
    b.direction = static_cast<Direction>(direction);
    b.kind = static_cast<InteractionKind>(kind);
    b.visibility = static_cast<Visibility>(visibility);
    b.at = {f.number(kWhen)};
    b.body = f.text(kBody);
    b.author = f.text(kAuthor);
    b.externalId = f.text(kExternal);
    b.person = f.entity(kPerson);
    b.automatic = f.number(kAutomatic) != 0;
    b.subject = f.text(kSubject);
    b.files = filesOf(f.text(kFiles));
    return b;
}

Result<OpBody> restoreOffer(Taken& f) {
    HandOffOffered b;
    b.department = f.text(kOfferDepartment);
    b.crew = f.text(kOfferCrew);
    b.at = {f.number(kOfferAt)};
    b.limit = {f.number(kOfferLimit)};
    b.reason = f.text(kOfferReason);
    return b;
}

bool isAnswer(std::int64_t v) { return inRange(v, HandOffAnswer::Accepted, HandOffAnswer::Withdrawn); }

Result<OpBody> restoreAnswer(Taken& f) {
    HandOffAnswered b;
    b.offer.origin.bytes = f.entity(kAnswerOrigin).bytes;
    const auto number = f.number(kAnswerNumber), answer = f.number(kAnswer);
    if (number < 1 || !isAnswer(answer)) return fail(ErrorKind::Corrupt, "op.value.range", "hand_off");
    b.offer.seq = static_cast<std::uint64_t>(number);
    b.answer = static_cast<HandOffAnswer>(answer);
    b.at = {f.number(kAnswerAt)};
    b.reason = f.text(kAnswerReason);
    return b;
}

Result<OpBody> restoreEscalation(Taken& f) {
    EscalationRaised b;
    b.key = f.text(kEscalationKey);
    b.at = {f.number(kEscalationAt)};
    b.ladder = f.text(kLadder);
    b.level = f.number(kLevel);
    if (b.key.empty() || b.level < 1 || b.level > 255) return fail(ErrorKind::Corrupt, "op.value.range", "escalation");
    b.to = f.text(kRole);
    b.person = f.text(kStaff);
    b.due = {f.number(kReached)};
    return b;
}

Result<OpBody> restoreAcknowledgement(Taken& f) {
    EscalationAcknowledged b;
    b.key = f.text(kEscalationKey);
    b.at = {f.number(kEscalationAt)};
    if (b.key.empty()) return fail(ErrorKind::Corrupt, "op.value.range", "escalation");
    return b;
}

bool isReport(std::int64_t channel, std::int64_t consent) {
    return inRange(channel, Channel::Phone, Channel::Social) && inRange(consent, Consent::Unknown, Consent::Refused);
}

std::vector<Dot> dotsOf(Preds& preds, std::uint8_t id) {
    const auto at = preds.find(id);
    return at == preds.end() ? std::vector<Dot>{} : std::move(at->second);
}

Result<OpBody> restoreReport(Taken& f) {
    ReportJoined b;
    b.person = f.entity(kReportPerson);
    const auto channel = f.number(kReportChannel);
    b.at = {f.number(kReportAt)};
    b.consent = f.number(kReportConsent);
    b.body = f.text(kReportBody);
    if (!isReport(channel, b.consent)) return fail(ErrorKind::Corrupt, "op.value.range", "report");
    b.channel = static_cast<Channel>(channel);
    return b;
}

bool isJudged(const JudgedPair& b) {
    return !b.other.isNull() && inRange(static_cast<std::int64_t>(b.judgement), Judgement::None, Judgement::Different);
}

template <class Judged>
Result<OpBody> restoreJudged(Taken& f, Preds& preds) {
    Judged out;
    auto& b = out.pair;
    b.other = f.entity(kOther);
    b.judgement = static_cast<Judgement>(std::clamp<std::int64_t>(f.number(kJudgement), -1, 255));
    b.automatic = f.number(kByRule) != 0;
    b.weight = f.number(kWeight);
    b.reasons = f.text(kReasons);
    b.replaces = dotsOf(preds, kReplaces);
    if (!isJudged(b)) return fail(ErrorKind::Corrupt, "op.value.range", "judgement");
    return out;
}

bool isMessage(const MessageWritten& b) {
    const auto number = [](auto e) { return static_cast<std::int64_t>(e); };
    return !b.message.isNull() && inRange(number(b.channel), Channel::Phone, Channel::Social) &&
           inRange(number(b.why), MessageWhy::Owner, MessageWhy::Answer) &&
           inRange(number(b.state), MessageState::Waiting, MessageState::Suppressed);
}

bool isMove(const MessageMoved& b) {
    return !b.message.isNull() &&
           inRange(static_cast<std::int64_t>(b.to), MessageState::Waiting, MessageState::Cancelled);
}

// A number that no code has, for what does not fit into one.
template <class E>
E codeOf(std::int64_t v) {
    return static_cast<E>(std::clamp<std::int64_t>(v, 0, 255));
}

Result<OpBody> restoreMessage(Taken& f) {
    MessageWritten b;
    b.message = f.entity(kMessage);
    b.person = f.entity(kToPerson);
    b.channel = codeOf<Channel>(f.number(kByChannel));
    b.address = f.text(kAddress);
    b.templateCode = f.text(kTemplate);
    b.language = f.text(kLanguage);
    b.subject = f.text(kTitle);
    b.body = f.text(kText);
    b.why = codeOf<MessageWhy>(f.number(kWhy));
    b.state = codeOf<MessageState>(f.number(kState));
    b.at = {f.number(kWrittenAt)};
    b.until = {f.number(kNotBefore)};
    b.reason = f.text(kCause);
    b.event = f.text(kEvent);
    b.author = f.text(kWriter);
    if (!isMessage(b)) return fail(ErrorKind::Corrupt, "op.value.range", "message");
    return b;
}

Result<OpBody> restoreMove(Taken& f) {
    MessageMoved b;
    b.message = f.entity(kMessage);
    b.to = codeOf<MessageState>(f.number(kMovedState));
    b.at = {f.number(kMovedAt)};
    b.until = {f.number(kMovedUntil)};
    b.reason = f.text(kMovedReason);
    b.externalId = f.text(kMovedExternal);
    b.note = f.text(kMovedNote);
    if (!isMove(b)) return fail(ErrorKind::Corrupt, "op.value.range", "message");
    return b;
}

Result<OpBody> restoreContact(Taken& f) {
    const auto kind = f.number(kContactKind);
    if (!isContactKind(kind)) return fail(ErrorKind::Corrupt, "op.value.range", "contact");
    PersonContactAdded b;
    b.kind = static_cast<ContactKind>(kind);
    b.value = f.text(kContactValue);
    b.label = f.text(kContactLabel);
    return b;
}

}  // namespace

WireOp flatten(const OpBody& body) {
    WireOp op;
    op.kind = kindNumber(body);
    op.fields.reserve(16);
    std::visit(Flatten{op}, body);
    return op;
}

bool isRestorable(const OpBody& body) {
    const auto fit = [](std::span<const FieldSpec> table, const FieldValues& values) {
        return std::ranges::all_of(values, [&](const auto& entry) {
            const auto* spec = findField(table, entry.first);
            return spec && fits(spec->type, entry.second);
        });
    };
    if (const auto* b = std::get_if<CaseOpened>(&body)) return fit(kCaseFields, b->fields);
    if (const auto* b = std::get_if<CaseEdited>(&body)) return fit(kCaseFields, b->fields);
    if (const auto* b = std::get_if<PersonOpened>(&body)) return fit(kPersonFields, b->fields);
    if (const auto* b = std::get_if<PersonEdited>(&body)) return fit(kPersonFields, b->fields);
    const auto number = [](auto e) { return static_cast<std::int64_t>(e); };
    if (const auto* b = std::get_if<CaseStatusChanged>(&body))
        return isStatus(number(b->from)) && isStatus(number(b->to));
    if (const auto* b = std::get_if<InteractionRecorded>(&body))
        return isInteraction(number(b->channel), number(b->direction), number(b->kind), number(b->visibility)) &&
               std::ranges::all_of(b->files, isWritable);
    if (const auto* b = std::get_if<HandOffAnswered>(&body)) return b->offer.seq > 0 && isAnswer(number(b->answer));
    if (const auto* b = std::get_if<EscalationRaised>(&body)) return !b->key.empty() && b->level > 0 && b->level < 256;
    if (const auto* b = std::get_if<EscalationAcknowledged>(&body)) return !b->key.empty();
    if (const auto* b = std::get_if<ReportJoined>(&body)) return isReport(number(b->channel), b->consent);
    if (const auto* b = std::get_if<CasesJudged>(&body)) return isJudged(b->pair);
    if (const auto* b = std::get_if<PersonsJudged>(&body)) return isJudged(b->pair);
    if (const auto* b = std::get_if<MessageWritten>(&body)) return isMessage(*b);
    if (const auto* b = std::get_if<MessageMoved>(&body)) return isMove(*b);
    if (const auto* b = std::get_if<PersonContactAdded>(&body)) return isContactKind(number(b->kind));
    return true;
}

bool maySeal(std::uint64_t kind, std::uint8_t field) {
    const auto personal = [&](std::span<const FieldSpec> table) {
        const auto* known = findField(table, field);
        return !known || known->privacy == Privacy::Personal;
    };
    if (kind > 255) return true;
    switch (static_cast<OpKind>(kind)) {
        case OpKind::CaseOpened:
        case OpKind::CaseEdited: return personal(kCaseFields);
        case OpKind::PersonOpened:
        case OpKind::PersonEdited: return personal(kPersonFields);
        case OpKind::CaseStatusChanged: return field >= kNote && field != kTakesBack && field != kUntil;
        case OpKind::HandOffOffered: return field >= kOfferReason;
        case OpKind::HandOffAnswered: return field >= kAnswerReason;
        case OpKind::EscalationRaised: return field > kReached;
        case OpKind::EscalationAcknowledged: return field > kEscalationAt;
        case OpKind::ReportJoined: return field >= kReportBody;
        case OpKind::ReportsLeft: return field > kMovedTo;
        case OpKind::CasesJudged:
        case OpKind::PersonsJudged: return field > kReplaces;
        case OpKind::MessageWritten: return field == kAddress || field == kTitle || field == kText || field >= kWriter;
        case OpKind::MessageMoved: return field >= kMovedNote;
        case OpKind::InteractionRecorded: return field == kBody || field == kAuthor || field > kAutomatic;
        case OpKind::PersonContactAdded:
        case OpKind::PersonContactRemoved: return field == kContactValue || field > kContactRemoved;
        case OpKind::CatalogueItemPublished: return field > kItemDocument;
    }
    return true;
}

Result<OpBody> restore(WireOp&& op, std::uint32_t* unread) {
    if (op.kind > 255) return UnknownOp{op.kind};
    Taken taken(op.fields);
    const auto finish = [&](Result<OpBody> body) -> Result<OpBody> {
        if (body && taken.bad()) return fail(ErrorKind::Corrupt, "op.value.type");
        *unread += taken.unread();
        return body;
    };
    switch (static_cast<OpKind>(op.kind)) {
        case OpKind::CaseOpened: {
            WL_TRY(auto fields, restoreTable(kCaseFields, op.fields, unread));
            return CaseOpened{std::move(fields)};
        }
        case OpKind::CaseEdited: {
            WL_TRY(auto fields, restoreTable(kCaseFields, op.fields, unread));
            return CaseEdited{std::move(fields), std::move(op.preds)};
        }
        case OpKind::CaseStatusChanged: return finish(restoreStatus(taken));
        case OpKind::InteractionRecorded: return finish(restoreInteraction(taken));
        case OpKind::HandOffOffered: return finish(restoreOffer(taken));
        case OpKind::HandOffAnswered: return finish(restoreAnswer(taken));
        case OpKind::EscalationRaised: return finish(restoreEscalation(taken));
        case OpKind::EscalationAcknowledged: return finish(restoreAcknowledgement(taken));
        case OpKind::ReportJoined: return finish(restoreReport(taken));
        case OpKind::ReportsLeft: {
            ReportsLeft body{dotsOf(op.preds, kReportsRemoved), taken.entity(kMovedTo)};
            return finish(OpBody{std::move(body)});
        }
        case OpKind::CasesJudged: return finish(restoreJudged<CasesJudged>(taken, op.preds));
        case OpKind::PersonsJudged: return finish(restoreJudged<PersonsJudged>(taken, op.preds));
        case OpKind::MessageWritten: return finish(restoreMessage(taken));
        case OpKind::MessageMoved: return finish(restoreMove(taken));
        case OpKind::PersonOpened: {
            WL_TRY(auto fields, restoreTable(kPersonFields, op.fields, unread));
            return PersonOpened{std::move(fields)};
        }
        case OpKind::PersonEdited: {
            WL_TRY(auto fields, restoreTable(kPersonFields, op.fields, unread));
            return PersonEdited{std::move(fields), std::move(op.preds)};
        }
        case OpKind::PersonContactAdded: return finish(restoreContact(taken));
        case OpKind::PersonContactRemoved: {
            PersonContactRemoved body;
            if (auto at = op.preds.find(kContactRemoved); at != op.preds.end()) body.removed = std::move(at->second);
            return body;
        }
        case OpKind::CatalogueItemPublished: {
            CatalogueItemPublished b{taken.text(kItemKind), taken.text(kItemCode), taken.text(kItemDocument)};
            return finish(OpBody{std::move(b)});
        }
    }
    return UnknownOp{op.kind};
}

}  // namespace wire
}  // namespace wl
