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
void route(FieldValues& fields, const std::string& service, const std::string& area, const PlanContext& context);
std::string textOf(const FieldValues& fields, CaseField field);
/// Adds the ops for a new citizen record, if one is asked for; gives the person's id or null.
PersonId addRequester(Plan& plan, const RequesterDraft& draft, const PlanContext& context);
/// What a new write must name as seen; empty if that is the opening op.
std::vector<Dot> headsOf(const Register& standing, const Stamp& opened);

}  // namespace wl::engine
