// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Templates and sending rules that come with the program (resources/templates), for a city to begin with; and the check
// that stands before any template is published.

#include <vector>

#include "rules/catalogue.hpp"

namespace wl::engine {

[[nodiscard]] std::vector<rules::CatalogueItem> shippedMessages();

/// What stands against publishing items of kind "template", as comms::checkTemplate; also template.event,
/// template.language, template.channel and template.service for what nobody knows. The field is CODE.MEMBER or
/// CODE.VARIABLE.
[[nodiscard]] std::vector<Error> checkTemplates(const std::vector<rules::CatalogueItem>& items,
                                                const rules::Catalogue& catalogue);

/// The document with the version that follows the standing one's; as it is where nothing else differs.
[[nodiscard]] std::string nextVersion(const std::string& document, const std::string& standing);

}  // namespace wl::engine
