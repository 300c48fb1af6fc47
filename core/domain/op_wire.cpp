// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/op_wire.hpp"

#include <algorithm>

#include "domain/case_fields.hpp"
#include "domain/person_fields.hpp"

namespace wl {

std::uint64_t kindNumber(const OpBody& body) {
    struct Visitor {
        std::uint64_t operator()(const CaseOpened&) const { return static_cast<std::uint64_t>(OpKind::CaseOpened); }
        std::uint64_t operator()(const CaseEdited&) const { return static_cast<std::uint64_t>(OpKind::CaseEdited); }
        std::uint64_t operator()(const CaseStatusChanged&) const {
            return static_cast<std::uint64_t>(OpKind::CaseStatusChanged);
        }
        std::uint64_t operator()(const InteractionRecorded&) const {
            return static_cast<std::uint64_t>(OpKind::InteractionRecorded);
        }
        std::uint64_t operator()(const HandOffOffered&) const { return number(OpKind::HandOffOffered); }
        std::uint64_t operator()(const HandOffAnswered&) const { return number(OpKind::HandOffAnswered); }
        std::uint64_t operator()(const EscalationRaised&) const { return number(OpKind::EscalationRaised); }
        std::uint64_t operator()(const EscalationAcknowledged&) const { return number(OpKind::EscalationAcknowledged); }
        std::uint64_t operator()(const ReportJoined&) const { return number(OpKind::ReportJoined); }
        std::uint64_t operator()(const ReportsLeft&) const { return number(OpKind::ReportsLeft); }
        std::uint64_t operator()(const CasesJudged&) const { return number(OpKind::CasesJudged); }
        std::uint64_t operator()(const PersonsJudged&) const { return number(OpKind::PersonsJudged); }
        std::uint64_t operator()(const PersonOpened&) const { return static_cast<std::uint64_t>(OpKind::PersonOpened); }
        std::uint64_t operator()(const PersonEdited&) const { return static_cast<std::uint64_t>(OpKind::PersonEdited); }
        std::uint64_t operator()(const PersonContactAdded&) const {
            return static_cast<std::uint64_t>(OpKind::PersonContactAdded);
        }
        std::uint64_t operator()(const PersonContactRemoved&) const {
            return static_cast<std::uint64_t>(OpKind::PersonContactRemoved);
        }
        std::uint64_t operator()(const CatalogueItemPublished&) const {
            return static_cast<std::uint64_t>(OpKind::CatalogueItemPublished);
        }
        std::uint64_t operator()(const UnknownOp& u) const { return u.kind; }
        static std::uint64_t number(OpKind kind) { return static_cast<std::uint64_t>(kind); }
    };
    return std::visit(Visitor{}, body);
}

bool isKnownKind(std::uint64_t kind) {
    if (kind > 255) return false;
    switch (static_cast<OpKind>(kind)) {
        case OpKind::CaseOpened:
        case OpKind::CaseEdited:
        case OpKind::CaseStatusChanged:
        case OpKind::InteractionRecorded:
        case OpKind::HandOffOffered:
        case OpKind::HandOffAnswered:
        case OpKind::EscalationRaised:
        case OpKind::EscalationAcknowledged:
        case OpKind::ReportJoined:
        case OpKind::ReportsLeft:
        case OpKind::CasesJudged:
        case OpKind::PersonsJudged:
        case OpKind::PersonOpened:
        case OpKind::PersonEdited:
        case OpKind::PersonContactAdded:
        case OpKind::PersonContactRemoved:
        case OpKind::CatalogueItemPublished: return true;
    }
    return false;
}

namespace wire {
namespace {

// Field numbers of the kinds that have no table of their own.
enum StatusId : std::uint8_t {
    kFrom = 1,
    kTo = 2,
    kWorkflow = 3,
    kReason = 4,
    kAt = 5,
    kNote = 6,
    kTakesBack = 7,
    kUntil = 8
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
