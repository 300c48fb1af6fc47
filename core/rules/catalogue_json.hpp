// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reading the documents of catalogue items. (Writing is toItem() in catalogue.hpp.)
//
// A member that is absent keeps its default, a member nobody knows is ignored, a member of the wrong type or with a
// value outside its range is an error that names it, and the item is not taken.

#include <string_view>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::rules {

/// True if `out` was filled; otherwise at least one error was added, its field "kind/code.member".
[[nodiscard]] bool readItem(const CatalogueItem& item, Service& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, Department& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, Crew& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, StaffMember& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, WorkCalendar& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, SlaPolicy& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, PauseReason& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, Jurisdiction& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, RoutingRule& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, EscalationLadder& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, SavedView& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, Job& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, MessageTemplate& out, std::vector<Error>& problems);
[[nodiscard]] bool readItem(const CatalogueItem& item, SendingRules& out, std::vector<Error>& problems);

/// Codes of units in documents: "business_minutes", "business_days", "calendar_minutes", "calendar_days".
[[nodiscard]] std::string_view code(TargetUnit unit);
[[nodiscard]] std::optional<TargetUnit> targetUnitFromCode(std::string_view code);

inline constexpr std::array<std::string_view, 7> kWeekdayMembers{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
inline constexpr int kMaxTargetAmount = 10'000'000;

}  // namespace wl::rules
