// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Views somebody has kept: shared ones are items of the catalogue; those of one person stay on their console, in
// views.json beside the replica, in the form of a catalogue file.

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "domain/result.hpp"
#include "engine/case_query.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine {

/// Personal views of everybody who works at this console; none where there is no file. Errors: those of a catalogue
/// file.
[[nodiscard]] Result<std::vector<rules::SavedView>> readPersonalViews(const std::filesystem::path& dataFolder);
[[nodiscard]] Result<void> writePersonalViews(const std::filesystem::path& dataFolder,
                                              std::span<const rules::SavedView> views);

/// The catalogue's views that this person is to see.
[[nodiscard]] std::vector<rules::SavedView> sharedViews(const rules::Catalogue& catalogue, std::string_view agent);

/// A view of this filter. The agent's own name in it becomes "@me". Errors: view.name_missing (name), view.chosen_cases
/// (a lasso cannot be kept).
[[nodiscard]] Result<rules::SavedView> viewOf(std::string name, const CaseFilter& filter, CaseOrder order,
                                              std::string_view agent);
/// What it asks for, when this person asks.
[[nodiscard]] Result<CaseQuery> queryOfView(const rules::SavedView& view, std::string_view agent);

/// A code made of the name that none of these has: "Potholes, west" → potholes-west.
[[nodiscard]] std::string viewCode(std::string_view name, std::span<const rules::SavedView> taken);

}  // namespace wl::engine
