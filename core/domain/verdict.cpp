// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/verdict.hpp"

#include <algorithm>

#include "domain/case_fields.hpp"

namespace wl {
namespace {

ConsoleRole roleFor(std::uint64_t kind) {
    return kind == static_cast<std::uint64_t>(OpKind::CatalogueItemPublished) ? ConsoleRole::Administrator
                                                                              : ConsoleRole::Agent;
}

}  // namespace

void readScope(const OpBody& body, const OriginId& author, OpFacts& facts) {
    const auto* edited = std::get_if<CaseEdited>(&body);
    if (!edited) return;
    const auto* department = edited->fields.find(CaseField::Department);
    const auto* code = department ? std::get_if<std::string>(department) : nullptr;
    if (!code) return;
    facts.department = *code;
    const auto seen = edited->preds.find(static_cast<std::uint8_t>(CaseField::Department));
    facts.ownHandOff = seen != edited->preds.end() && !seen->second.empty() &&
                       std::ranges::all_of(seen->second, [&](const Dot& dot) { return dot.origin == author; });
}

Verdict judge(const OpFacts& op, const RealmState& realm) {
    if (!op.wellFormed) return Verdict::Malformed;
    if (op.hlc <= op.hlcBefore) return Verdict::ClockRunsBack;
    if (op.epoch < op.epochBefore) return Verdict::EpochRunsBack;
    if (op.forkedAt != 0 && op.dot.seq >= op.forkedAt) return Verdict::AfterFork;
    const auto* console = realm.find(op.dot.origin);
    if (!console) return Verdict::NotEnrolled;
    // What a console wrote while it waited to be enrolled was vouched for by whoever enrolled it.
    const auto role = realm.roleAt(op.dot.origin, std::max(op.epoch, console->enrolled));
    if (!role) return Verdict::NotEnrolled;
    if (console->cutoff && op.dot.seq > *console->cutoff &&
        !std::ranges::binary_search(console->reinstated, op.dot.seq))
        return Verdict::AfterCutoff;
    // The cited epoch was replaced when the one after it was written.
    if (op.epoch < realm.epoch() && op.hlc.wall() > realm.timeOf(op.epoch + 1) + kEpochGrace)
        return Verdict::EpochTooOld;
    if (*role < roleFor(op.kind)) return Verdict::NotAllowed;
    const auto scope = realm.scopeAt(op.dot.origin, std::max(op.epoch, console->enrolled));
    if (!scope.empty() && op.department == scope && !op.ownHandOff) return Verdict::OutOfScope;
    return Verdict::Valid;
}

}  // namespace wl
