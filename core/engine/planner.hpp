// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns a command into ops, against the state as the current transaction sees it. Decides, never writes: the engine
// adds the ops. Every refusal names the field it is about.

#include "engine/commands.hpp"
#include "geo/area_index.hpp"
#include "rules/routing.hpp"
#include "store/store.hpp"

namespace wl::engine {

/// How to take a command back: what was there before, guarded by the stamps of what the command wrote.
struct FieldsBack {
    CaseId target;
    FieldValues before;
    std::vector<std::pair<std::uint8_t, std::size_t>> written;  ///< field id, index of the op that wrote it
};
struct StatusBack {
    CaseId target;
    Status before{};
    std::string reason;
    std::size_t op{};
    Instant until{};
};
struct PersonBack {
    PersonId target;
    FieldValues before;
};
/// An offer to hand over: withdrawn, unless it was answered.
struct OfferBack {
    CaseId target;
    std::size_t op{};
};
/// A catalogue item: what it said before.
struct ItemBack {
    rules::CatalogueItem before;  ///< an empty document: there was none
    std::string written;          ///< the document that was published
};
/// Contacts of a citizen: those added go, those removed come back.
struct ContactsBack {
    PersonId target;
    std::vector<std::size_t> added;  ///< indexes of the ops
    std::vector<NewContact> removed;
};
/// A report that was added to a case.
struct ReportBack {
    CaseId target;
    std::size_t op{};
};
/// A report that was taken off a case.
struct ReportAgain {
    CaseId target;
    ReportJoined report;
};
/// What was said of a pair before.
struct PairBack {
    bool persons{};      ///< of citizen records; else of cases
    EntityId home;       ///< the record that holds the judgement
    JudgedPair before;   ///< as it was; `replaces` is filled in when it is put back
    std::size_t op{};
};
using Inverse = std::variant<FieldsBack, StatusBack, PersonBack, OfferBack, ItemBack, ContactsBack, ReportBack,
                             ReportAgain, PairBack>;
/// Moves the indexes of ops by as many as stand before them.
void shiftOps(Inverse& inverse, std::size_t offset);

struct Plan {
    std::vector<store::OpDraft> ops;
    std::vector<Inverse> inverse;  ///< empty: cannot be taken back
    Receipt receipt;
};

struct PlanContext {
    store::Store& store;
    const rules::Catalogue& catalogue;
    const geo::AreaIndex* areas{};  ///< null without a basemap
    Instant now;
    const std::string& agent;
    Rng& rng;
    const rules::Workload* workload{};  ///< null: nobody has anything
};

/// A command other than Undo, Redo and ImportCases (the engine plans those row by row).
[[nodiscard]] Result<Plan> plan(const Command& command, const PlanContext& context);
[[nodiscard]] Result<Plan> planImport(const ImportDraft& draft, const PlanContext& context);

/// A step that was done, ready to be taken back.
struct UndoStep {
    std::string what;             ///< name of the command
    std::vector<Inverse> inverse;
    std::vector<Stamp> stamps;    ///< of the ops it made
    std::uint64_t group{};        ///< of the batch; steps of a group leave conflicts alone instead of failing
};
/// Refused as a conflict if somebody else changed what would be put back.
[[nodiscard]] Result<Plan> planUndo(const UndoStep& step, const PlanContext& context);

/// 48 bits of milliseconds, then random (the layout of UUIDv7): offline creation, inserts local in time.
[[nodiscard]] EntityId makeEntityId(Instant now, Rng& rng);

}  // namespace wl::engine
