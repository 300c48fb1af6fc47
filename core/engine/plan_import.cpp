// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of another system's feed. Agents may work on imported cases, so a row is applied again only when the other
// system changed it: its fingerprint differs from the one kept and its update time does not lie before the one kept.
#include "domain/case_number.hpp"
#include "domain/cbor.hpp"
#include "domain/op_codec.hpp"
#include "engine/plan_parts.hpp"

namespace wl::engine {
namespace {

// 60 bits of a hash over what the row says, then 3 bits for the status it gave, so that a later row tells whether the
// other system moved the case or something else changed.
std::int64_t fingerprint(const ImportDraft& d) {
    std::string bytes;
    for (const auto& [id, value] : d.fields) {
        bytes.push_back(static_cast<char>(id));
        writeValue(bytes, value);
    }
    cbor::Writer w(bytes);
    for (const auto at : {d.statusAt, d.acknowledgedAt, d.workDoneAt, d.closedAt}) w.sint(at.ms);
    w.text(d.statusReason), w.text(d.statusNote);
    const auto hash = blake2b({"row", bytes});
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 7; ++i) number = (number << 8) | hash[i];
    return static_cast<std::int64_t>((number << 3 | static_cast<unsigned>(d.status)) & 0x7fffffffffffffffU);
}
Status statusOfRow(std::int64_t fingerprint) { return static_cast<Status>(fingerprint & 7); }

Instant statusTime(const ImportDraft& d) {
    for (const auto at : {d.status == Status::Closed ? d.closedAt : Instant{},
                          d.status == Status::WorkDone ? d.workDoneAt : Instant{}, d.statusAt, d.updatedAt})
        if (at) return at;
    return {};
}

// The steps the draft tells of, in time order, from where the case stands.
void addSteps(Plan& plan, const ImportDraft& d, const CaseId& id, Status from, Instant fallback) {
    const auto step = [&](Status to, Instant at, const std::string& reason, const std::string& note) {
        plan.ops.push_back({id, CaseStatusChanged{from, to, 1, reason, at ? at : fallback, note}, {}, false});
        from = to;
    };
    if (from == Status::New && d.acknowledgedAt && d.status != Status::New && d.status != Status::Acknowledged)
        step(Status::Acknowledged, d.acknowledgedAt, {}, {});
    if (from != Status::WorkDone && d.workDoneAt && d.status == Status::Closed && d.workDoneAt != d.closedAt)
        step(Status::WorkDone, d.workDoneAt, {}, {});
    if (from == Status::Closed && d.status != Status::Closed && d.status != Status::Acknowledged)
        step(Status::Acknowledged, d.updatedAt, {}, {});
    if (from != d.status) {
        auto reason = d.statusReason;
        if (d.status == Status::Closed && reason.empty()) reason = "fixed";
        step(d.status, statusTime(d), reason, d.statusNote);
    }
}

}  // namespace

Result<Plan> planImport(const ImportDraft& d, const PlanContext& c) {
    if (d.externalId.empty()) return fail(ErrorKind::Input, "import.id_missing", "external_id");
    WL_CHECK(checkFields(d.fields));
    Plan plan;
    WL_TRY(const auto known, c.store.findExternal(d.source, d.externalId));
    if (!known) {
        auto fields = d.fields;
        const auto service = textOf(fields, CaseField::Service);
        if (service.empty()) return fail(ErrorKind::Input, "service.missing", "service_code");
        fields.set(CaseField::Source, d.source);
        fields.set(CaseField::ExternalId, d.externalId);
        fields.set(CaseField::SourceRow, fingerprint(d));
        if (d.updatedAt) fields.set(CaseField::SourceUpdatedAt, d.updatedAt.ms);
        const auto person = addRequester(plan, d.requester, c);
        if (!person.isNull()) fields.set(CaseField::Requester, person);
        if (!fields.find(CaseField::Priority))
            fields.set(CaseField::Priority, static_cast<std::int64_t>(Priority::Normal));
        if (!fields.find(CaseField::FirstChannel))
            fields.set(CaseField::FirstChannel, static_cast<std::int64_t>(Channel::Import));
        const auto* requested = fields.find(CaseField::RequestedAt);
        if (!requested || asInt(*requested) == 0) fields.set(CaseField::RequestedAt, c.now.ms);
        const Instant opened{asInt(*fields.find(CaseField::RequestedAt))};
        locate(fields, c);
        route(fields, service, textOf(fields, CaseField::Area), c, nullptr);
        const auto id = makeEntityId(c.now, c.rng);
        plan.ops.push_back({id, CaseOpened{std::move(fields)}, {}, true});
        addSteps(plan, d, id, Status::New, opened);
        plan.receipt.caseId = id;
        plan.receipt.number = caseNumber(id);
        plan.receipt.imported = 1;
        return plan;
    }
    WL_TRY(const auto* detail, c.store.caseOf(known));
    const auto& state = detail->state;
    answer(plan, *detail);
    const auto keptAt = state.instant(CaseField::SourceUpdatedAt);
    const auto keptRow = state.number(CaseField::SourceRow), row = fingerprint(d);
    if (row == keptRow || (d.updatedAt && keptAt && d.updatedAt < keptAt)) {
        plan.receipt.unchanged = 1;
        return plan;
    }
    CaseEdited edit;
    auto wanted = d.fields;
    wanted.set(CaseField::SourceRow, row);
    if (d.updatedAt) wanted.set(CaseField::SourceUpdatedAt, d.updatedAt.ms);
    for (const auto& [id, value] : wanted) {
        const auto& spec = *findField(kCaseFields, id);
        const auto& standing = state.fields[id];
        if (spec.merge == MergeRule::Once || standing.value == value) continue;
        edit.fields.set(id, value);
        auto heads = headsOf(standing, state.opened);
        if (!heads.empty()) edit.preds[id] = std::move(heads);
    }
    if (!edit.fields.empty()) plan.ops.push_back({state.id, std::move(edit), {}, false});
    if (d.status != statusOfRow(keptRow) && state.status != d.status) addSteps(plan, d, state.id, state.status, c.now);
    (plan.ops.empty() ? plan.receipt.unchanged : plan.receipt.updated) = 1;
    return plan;
}

}  // namespace wl::engine
