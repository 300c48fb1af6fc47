// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/planner.hpp"

#include <algorithm>

#include "channels/phone_numbers.hpp"
#include "domain/case_number.hpp"
#include "domain/workflow.hpp"
#include "engine/messages/shipped.hpp"
#include "engine/plan_parts.hpp"
#include "rules/routing.hpp"

namespace wl::engine {

EntityId makeEntityId(Instant now, Rng& rng) {
    EntityId id;
    rng.fill(id.bytes);
    for (std::size_t i = 0; i < 6; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(now.ms) >> (40 - 8 * i));
    return id;
}

Result<const store::CaseDetail*> target(const PlanContext& c, const CaseRef& ref) {
    WL_TRY(const auto* found, ref.key ? c.store.caseOf(ref.key) : c.store.caseOf(ref.id));
    if (!found || !found->state.isOpenedYet()) return fail(ErrorKind::NotFound, "case.unknown", "case");
    if (found->state.unread > 0) return fail(ErrorKind::Refused, "case.newer_version", "case", found->number);
    return found;
}

void answer(Plan& plan, const store::CaseDetail& detail) {
    plan.receipt.caseKey = detail.key;
    plan.receipt.caseId = detail.state.id;
    plan.receipt.number = detail.number;
}

Result<void> checkFields(const FieldValues& fields) {
    for (const auto& [id, value] : fields) {
        const auto* spec = findField(kCaseFields, id);
        if (!spec) return fail(ErrorKind::Input, "field.unknown", std::to_string(id));
        if (!fits(spec->type, value)) return fail(ErrorKind::Input, "field.type", std::string(spec->name));
    }
    if (const auto* priority = fields.find(CaseField::Priority); priority && isSet(*priority))
        if (asInt(*priority) < 1 || asInt(*priority) > 4)
            return fail(ErrorKind::Input, "priority.range", "priority", std::to_string(asInt(*priority)));
    return {};
}

void locate(FieldValues& fields, const PlanContext& c) {
    const auto* place = fields.find(CaseField::Position);
    const auto* area = fields.find(CaseField::Area);
    if (!c.areas || !place || (area && isSet(*area))) return;
    if (const auto* point = std::get_if<GeoPoint>(place))
        if (const auto* found = c.areas->areaAt(*point, "district")) fields.set(CaseField::Area, found->code);
}

void route(FieldValues& fields, const std::string& service, const std::string& area, const PlanContext& c,
           const CaseState* standing) {
    const auto* department = fields.find(CaseField::Department);
    if (department && isSet(*department)) return;
    const auto text = [&](CaseField field) {
        const auto* value = fields.find(field);
        return value ? asText(*value) : standing ? standing->text(field) : std::string();
    };
    const auto number = [&](CaseField field) {
        const auto* value = fields.find(field);
        return value ? asInt(*value) : standing ? standing->number(field) : std::int64_t{0};
    };
    rules::RoutingRequest request;
    request.service = service;
    request.area = area;
    request.priority = static_cast<Priority>(std::clamp<std::int64_t>(number(CaseField::Priority), 1, 4));
    request.channel = static_cast<Channel>(std::clamp<std::int64_t>(number(CaseField::FirstChannel), 1, kChannelCount));
    request.text = text(CaseField::Title) + ' ' + text(CaseField::Description);
    request.at = c.now;
    static const rules::Workload nothing;
    const auto found = rules::routeCase(c.catalogue, request, c.workload != nullptr ? *c.workload : nothing);
    if (!found.department.empty()) fields.set(CaseField::Department, found.department);
    if (!found.crew.empty() && !fields.find(CaseField::Crew)) fields.set(CaseField::Crew, found.crew);
    if (!found.owner.empty() && !fields.find(CaseField::Owner)) fields.set(CaseField::Owner, found.owner);
    if (!c.catalogue.routingRules().empty())
        fields.set(CaseField::RoutedBy, found.rule.empty() ? found.reason : found.rule);
}

std::string textOf(const FieldValues& fields, CaseField field) {
    const auto* value = fields.find(field);
    return value ? asText(*value) : std::string();
}

NewContact normalised(NewContact contact, const PlanContext& c) {
    if (contact.kind == ContactKind::Phone || contact.kind == ContactKind::WhatsApp) {
        if (auto number = channels::toE164(contact.value, c.catalogue.jurisdiction().region); !number.empty())
            contact.value = std::move(number);
    } else if (contact.kind == ContactKind::Email) {
        std::ranges::transform(contact.value, contact.value.begin(),
                               [](unsigned char b) { return static_cast<char>(std::tolower(b)); });
    }
    return contact;
}

PersonId addRequester(Plan& plan, const RequesterDraft& draft, const PlanContext& c) {
    if (!draft.known.isNull()) return draft.known;
    if (draft.fields.empty() && draft.contacts.empty()) return {};
    const auto id = makeEntityId(c.now, c.rng);
    plan.ops.push_back({id, PersonOpened{draft.fields}, {}, true});
    for (const auto& given : draft.contacts) {
        const auto contact = normalised(given, c);
        plan.ops.push_back({id, PersonContactAdded{contact.kind, contact.value, contact.label}, {}, false});
    }
    return id;
}

namespace {

Result<Plan> planOne(const OpenCase& cmd, const PlanContext& c) {
    WL_CHECK(checkFields(cmd.fields));
    const auto service = textOf(cmd.fields, CaseField::Service);
    if (service.empty()) return fail(ErrorKind::Input, "service.missing", "service_code");
    const auto* known = c.catalogue.service(service);
    if (!known) return fail(ErrorKind::Input, "service.unknown", "service_code", service);
    if (!known->active) return fail(ErrorKind::Refused, "service.retired", "service_code", service);
    Plan plan;
    if (cmd.firstContact && !cmd.firstContact->externalId.empty()) {
        const auto& contact = *cmd.firstContact;
        WL_TRY(const auto holder, c.store.findInteraction(contact.channel, contact.externalId));
        if (holder) {  // delivered twice: its case is there already
            WL_TRY(const auto* detail, target(c, {.key = holder, .id = {}}));
            answer(plan, *detail);
            return plan;
        }
    }
    auto fields = cmd.fields;
    const auto person = addRequester(plan, cmd.requester, c);
    if (!person.isNull()) fields.set(CaseField::Requester, person);
    if (!fields.find(CaseField::Priority)) fields.set(CaseField::Priority, static_cast<std::int64_t>(known->priority));
    if (!fields.find(CaseField::FirstChannel))
        fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(Channel::Phone));
    if (!fields.find(CaseField::RequestedAt)) fields.set(CaseField::RequestedAt, c.now.ms);
    locate(fields, c);
    route(fields, service, textOf(fields, CaseField::Area), c, nullptr);
    const auto id = cmd.id.isNull() ? makeEntityId(c.now, c.rng) : cmd.id;
    if (!cmd.id.isNull()) {
        WL_TRY(const auto exists, c.store.findCase(id));
        if (exists) return fail(ErrorKind::Refused, "case.exists", "case", toHex(id));
    }
    plan.ops.push_back({id, CaseOpened{fields}, {}, cmd.id.isNull()});
    if (cmd.firstContact) {
        auto contact = *cmd.firstContact;
        if (contact.person.isNull()) contact.person = person;
        if (!contact.at) contact.at = c.now;
        plan.ops.push_back({id, std::move(contact), {}, false});
    }
    plan.receipt.caseId = id;
    plan.receipt.number = caseNumber(id);
    plan.receipt.personId = person;
    return plan;
}

Result<Plan> planOne(const EditCase& cmd, const PlanContext& c) { return planEdit(cmd, c); }

Result<Plan> planOne(const ChangeStatus& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    Plan plan;
    answer(plan, *detail);
    if (!mayStep(state.status, cmd.to))
        return fail(ErrorKind::Refused, "status.step", "status",
                    std::string(code(state.status)) + " -> " + std::string(code(cmd.to)));
    if (cmd.to == Status::Waiting && cmd.reason.empty())
        return fail(ErrorKind::Input, "status.reason_missing", "reason");
    if (cmd.to == Status::Closed && cmd.reason.empty())
        return fail(ErrorKind::Input, "status.resolution_missing", "resolution");
    if (cmd.to == Status::Closed && !std::ranges::contains(kResolutions, std::string_view(cmd.reason)))
        return fail(ErrorKind::Input, "status.resolution_unknown", "resolution", cmd.reason);
    const bool byPeople = !c.agent.empty();  // a rule, or what is told of the past by one, asks nobody
    if (byPeople && cmd.to == Status::Waiting) WL_CHECK(mayPause(cmd, c));
    if (byPeople && cmd.to == Status::Closed) WL_CHECK(mayClose(cmd, *detail, c));
    const auto from = state.status;
    const StatusBack back{state.id, from, state.statusReason, 0, state.statusUntil};
    const auto at = cmd.at ? cmd.at : c.now;
    if (cmd.to == Status::Closed && cmd.reason == "duplicate") {
        WL_TRY(const auto primary, primaryOf(cmd, *detail, c));
        WL_TRY(detail, target(c, cmd.target));
        if (primary) {
            EditCase link{cmd.target, {}, {}, {}};
            link.fields.set(CaseField::DuplicateOf, *primary);
            WL_TRY(plan, planEdit(link, c));
        }
    }
    auto undo = back;
    undo.op = plan.ops.size();
    plan.ops.push_back(
        {back.target, CaseStatusChanged{from, cmd.to, 1, cmd.reason, at, cmd.note, 0, cmd.until}, {}, false});
    plan.inverse.push_back(undo);
    return plan;
}

Result<Plan> planOne(const RecordInteraction& cmd, const PlanContext& c) {
    WL_TRY(const auto* detail, target(c, cmd.target));
    Plan plan;
    answer(plan, *detail);
    auto interaction = cmd.interaction;
    if (interaction.body.empty() && interaction.kind == InteractionKind::Note)
        return fail(ErrorKind::Input, "note.empty", "body");
    if (!interaction.externalId.empty()) {
        WL_TRY(const auto known, c.store.findInteraction(interaction.channel, interaction.externalId));
        if (known) return plan;  // delivered twice: it is here already
    }
    if (!interaction.at) interaction.at = c.now;
    plan.ops.push_back({detail->state.id, std::move(interaction), {}, false});
    return plan;
}

Result<Plan> planOne(const OpenPerson& cmd, const PlanContext& c) {
    Plan plan;
    const auto id = cmd.id.isNull() ? makeEntityId(c.now, c.rng) : cmd.id;
    if (cmd.fields.empty() && cmd.contacts.empty()) return fail(ErrorKind::Input, "person.empty", "name");
    plan.ops.push_back({id, PersonOpened{cmd.fields}, {}, cmd.id.isNull()});
    for (const auto& given : cmd.contacts) {
        const auto contact = normalised(given, c);
        plan.ops.push_back({id, PersonContactAdded{contact.kind, contact.value, contact.label}, {}, false});
    }
    plan.receipt.personId = id;
    return plan;
}

Result<Plan> planOne(const EditPerson& cmd, const PlanContext& c) {
    WL_TRY(const auto* view, c.store.personOf(cmd.person));
    if (!view || !view->state.isOpenedYet()) return fail(ErrorKind::NotFound, "person.unknown", "person");
    const auto& state = view->state;
    Plan plan;
    plan.receipt.personId = cmd.person;
    PersonEdited edit;
    PersonBack back{cmd.person, {}};
    for (const auto& [id, value] : cmd.fields) {
        const auto* spec = findField(kPersonFields, id);
        if (!spec || !fits(spec->type, value))
            return fail(ErrorKind::Input, "field.type", spec ? std::string(spec->name) : std::to_string(id));
        const auto& standing = state.fields[id];
        if (standing.value == value && standing.rivals.empty()) continue;
        edit.fields.set(id, value);
        auto heads = headsOf(standing, state.opened);
        if (!heads.empty()) edit.preds[id] = std::move(heads);
        back.before.set(id, standing.value);
    }
    if (!edit.fields.empty()) {
        plan.ops.push_back({cmd.person, std::move(edit), {}, false});
        plan.inverse.push_back(std::move(back));
    }
    ContactsBack contacts{cmd.person, {}, {}};
    for (const auto& given : cmd.added) {
        const auto contact = normalised(given, c);
        if (std::ranges::any_of(state.contacts,
                                [&](const Contact& k) { return k.kind == contact.kind && k.value == contact.value; }))
            continue;
        contacts.added.push_back(plan.ops.size());
        plan.ops.push_back({cmd.person, PersonContactAdded{contact.kind, contact.value, contact.label}, {}, false});
    }
    for (const auto& known : state.contacts)
        if (std::ranges::contains(cmd.removed, known.added.dot))
            contacts.removed.push_back({known.kind, known.value, known.label});
    if (!contacts.added.empty() || !contacts.removed.empty()) plan.inverse.push_back(std::move(contacts));
    if (!cmd.removed.empty()) plan.ops.push_back({cmd.person, PersonContactRemoved{cmd.removed}, {}, false});
    return plan;
}

Result<Plan> planOne(const PublishCatalogue& cmd, const PlanContext& c) {
    Plan plan;
    WL_TRY(const auto standing, c.store.catalogue());
    for (auto& problem : checkTemplates(cmd.items, c.catalogue))  // services may come with the same command
        if (problem.code != "template.service") return std::unexpected(std::move(problem));
    for (auto item : cmd.items) {
        const auto found = std::ranges::find_if(standing, [&](const store::CatalogueEntry& e) {
            return e.kind == item.kind && e.code == item.code;
        });
        const auto before = found == standing.end() ? std::string() : found->document;
        if (before == item.document) continue;
        if (item.kind == "template") item.document = nextVersion(item.document, before);
        if (before == item.document) continue;
        plan.ops.push_back({store::itemId(item.kind, item.code),
                            CatalogueItemPublished{item.kind, item.code, item.document},
                            {},
                            false});
        plan.inverse.push_back(ItemBack{{item.kind, item.code, before}, item.document});
    }
    return plan;
}

Result<Plan> planOne(const ImportCases&, const PlanContext&) { return fail(ErrorKind::Input, "command.kind"); }
Result<Plan> planOne(const Undo&, const PlanContext&) { return fail(ErrorKind::Input, "command.kind"); }
Result<Plan> planOne(const Redo&, const PlanContext&) { return fail(ErrorKind::Input, "command.kind"); }

}  // namespace

Result<Plan> planEdit(const EditCase& cmd, const PlanContext& c) {
    WL_CHECK(checkFields(cmd.fields));
    WL_TRY(const auto* detail, target(c, cmd.target));
    const auto& state = detail->state;
    Plan plan;
    answer(plan, *detail);
    for (const auto& [id, value] : cmd.seen)
        if (cmd.fields.find(id) && state.fields[id].value != value)
            return fail(ErrorKind::Conflict, "field.changed_since", std::string(findField(kCaseFields, id)->name));
    auto wanted = cmd.fields;
    if (const auto* service = wanted.find(CaseField::Service); service && *service != state.value(CaseField::Service)) {
        if (!c.catalogue.service(asText(*service)))
            return fail(ErrorKind::Input, "service.unknown", "service_code", asText(*service));
        route(wanted, asText(*service), state.text(CaseField::Area), c, &state);
    }
    locate(wanted, c);
    CaseEdited edit;
    FieldsBack back{state.id, {}, {}};
    for (const auto& [id, value] : wanted) {
        const auto& spec = *findField(kCaseFields, id);
        const auto& standing = state.fields[id];
        if (standing.value == value && standing.rivals.empty()) continue;
        if (spec.merge == MergeRule::Once) return fail(ErrorKind::Refused, "field.fixed", std::string(spec.name));
        edit.fields.set(id, value);
        auto heads = headsOf(standing, state.opened);
        if (!heads.empty()) edit.preds[id] = std::move(heads);
        back.before.set(id, standing.value);
        back.written.emplace_back(id, 0);
    }
    if (edit.fields.empty()) return plan;
    const bool givesOwner = edit.fields.find(CaseField::Owner) && !textOf(edit.fields, CaseField::Owner).empty();
    plan.ops.push_back({state.id, std::move(edit), cmd.comment, false});
    plan.inverse.push_back(std::move(back));
    if (givesOwner && (state.status == Status::New || state.status == Status::Acknowledged)) {
        plan.ops.push_back({state.id, CaseStatusChanged{state.status, Status::Assigned, 1, {}, c.now, {}}, {}, false});
        plan.inverse.push_back(StatusBack{state.id, state.status, state.statusReason, 1, state.statusUntil});
    }
    return plan;
}

std::vector<Dot> headsOf(const Register& standing, const Stamp& opened) {
    if (standing.rivals.empty() && standing.stamp == opened) return {};  // omitted: the opening op
    std::vector<Dot> heads{standing.stamp.dot};
    for (const auto& rival : standing.rivals) heads.push_back(rival.dot);
    return heads;
}

Result<Plan> plan(const Command& command, const PlanContext& context) {
    return std::visit([&](const auto& one) { return planOne(one, context); }, command);
}

}  // namespace wl::engine
