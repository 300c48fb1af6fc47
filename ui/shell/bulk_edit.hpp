// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The same change to many cases at once: one batch, one undo. Cases to which it cannot be done are left out and
// counted.

#include <optional>
#include <vector>

#include "ui/models/case_table_model.hpp"

namespace wl::ui {

struct BulkEdit {
    engine::CommandBatch batch;
    int skipped{};  ///< cases that already are so, or may not take the step
};

[[nodiscard]] BulkEdit bulkOwner(const std::vector<store::CaseRow>& rows, const std::string& owner);
[[nodiscard]] BulkEdit bulkPriority(const std::vector<store::CaseRow>& rows, Priority priority);
/// Offers: the cases stay until the other department accepts.
[[nodiscard]] BulkEdit bulkHandOff(const std::vector<store::CaseRow>& rows, const std::string& department,
                                   const std::string& reason);
/// Cases of other departments are left out: those have to be handed off.
[[nodiscard]] BulkEdit bulkCrew(const std::vector<store::CaseRow>& rows, const rules::Crew& crew);
[[nodiscard]] BulkEdit bulkNote(const std::vector<store::CaseRow>& rows, const std::string& text,
                                const std::string& author);
/// `reason` is the pause reason of Waiting or the resolution of Closed.
[[nodiscard]] BulkEdit bulkStatus(const std::vector<store::CaseRow>& rows, Status to, const std::string& reason);
/// The steps that at least one of the cases may take.
[[nodiscard]] std::vector<Status> possibleSteps(const std::vector<store::CaseRow>& rows);

}  // namespace wl::ui
