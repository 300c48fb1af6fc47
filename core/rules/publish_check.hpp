// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is asked of a catalogue before a change of it is published, beyond that it can be read (catalogue_check.hpp):
// nothing in it may be without effect or without end.

#include "rules/catalogue.hpp"

namespace wl::rules {

/// Notes, with item and member as field: crews without members, substitutes in a circle, policies and routing rules
/// that no case can reach, ladders without steps or with steps nobody gets, pauses that fall back where no case can go.
void checkForPublishing(const Catalogue& catalogue, std::vector<Error>& problems);

/// What the items would bring in beside `standing`: problems that were not there before. Empty: they may be published.
[[nodiscard]] std::vector<Error> problemsOfPublishing(const std::vector<CatalogueItem>& standing,
                                                      const std::vector<CatalogueItem>& items);

}  // namespace wl::rules
