// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A catalogue, or a part of one, as a file: {"wardline_catalogue": 1, "items": [{"kind", "code", "document": {…}}, …]}.
// Policies, calendars, services and the rest travel between cities in it.

#include <string>
#include <string_view>
#include <vector>

#include "rules/catalogue.hpp"

namespace wl::engine {

[[nodiscard]] std::string writeCatalogueFile(const std::vector<rules::CatalogueItem>& items);
/// Errors: catalogue.file (Input; detail = what is wrong and where), catalogue.file.newer.
[[nodiscard]] Result<std::vector<rules::CatalogueItem>> readCatalogueFile(std::string_view text);

}  // namespace wl::engine
