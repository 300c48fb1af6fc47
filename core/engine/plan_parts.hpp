// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the planner: steps that its files share.

#include "engine/planner.hpp"

namespace wl::engine {

Result<const store::CaseDetail*> target(const PlanContext& context, const CaseRef& ref);
void answer(Plan& plan, const store::CaseDetail& detail);
Result<void> checkFields(const FieldValues& fields);
/// Fills in the district of a position.
void locate(FieldValues& fields, const PlanContext& context);
/// Fills in department and crew where the command does not name them.
void route(FieldValues& fields, const std::string& service, const std::string& area, const PlanContext& context,
           const CaseState* standing);
std::string textOf(const FieldValues& fields, CaseField field);
/// A telephone number as E.164 where it is one in the city's region, an e-mail in lower case.
NewContact normalised(NewContact contact, const PlanContext& context);
/// Adds the ops for a new citizen record, if one is asked for; gives the person's id or null.
PersonId addRequester(Plan& plan, const RequesterDraft& draft, const PlanContext& context);
/// What a new write must name as seen; empty if that is the opening op.
std::vector<Dot> headsOf(const Register& standing, const Stamp& opened);

// Ownership (plan_duty.cpp).
Result<Plan> planOne(const OfferHandOff& command, const PlanContext& context);
Result<Plan> planOne(const AnswerHandOff& command, const PlanContext& context);
Result<Plan> planOne(const ClaimCase& command, const PlanContext& context);
Result<Plan> planOne(const ReleaseCase& command, const PlanContext& context);
Result<Plan> planOne(const RaiseEscalation& command, const PlanContext& context);
Result<Plan> planOne(const AcknowledgeEscalations& command, const PlanContext& context);
Result<Plan> planEdit(const EditCase& command, const PlanContext& context);
/// Whether a reason may be used by this agent, with this wake-up.
Result<void> mayPause(const ChangeStatus& command, const PlanContext& context);
/// Comment, referral, open work order.
Result<void> mayClose(const ChangeStatus& command, const store::CaseDetail& detail, const PlanContext& context);
/// The case that a duplicate is linked to, if the command names one.
Result<std::optional<CaseId>> primaryOf(const ChangeStatus& command, const store::CaseDetail& detail,
                                        const PlanContext& context);

// Reports and judged pairs (plan_incident.cpp).
Result<Plan> planOne(const AddReport& command, const PlanContext& context);
Result<Plan> planOne(const SplitReport& command, const PlanContext& context);
Result<Plan> planOne(const JudgeCases& command, const PlanContext& context);
Result<Plan> planOne(const JudgePersons& command, const PlanContext& context);
Result<void> takeBack(const ReportBack& back, const UndoStep& step, const PlanContext& context, Plan& plan);
Result<void> takeBack(const ReportAgain& back, const UndoStep& step, const PlanContext& context, Plan& plan);
Result<void> takeBack(const PairBack& back, const UndoStep& step, const PlanContext& context, Plan& plan);
// Messages (messages/plan_message.cpp).
Result<Plan> planOne(const WriteMessage& command, const PlanContext& context);
Result<Plan> planOne(const MoveMessage& command, const PlanContext& context);
/// Adds what another plan does to a plan.
void append(Plan& into, Plan&& more);

}  // namespace wl::engine
