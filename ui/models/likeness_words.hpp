// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Why two reports may be about one fault, in words.

#include <QString>

#include "engine/duplicate_finder.hpp"

namespace wl::ui {

/// "2 h ago · 14 m away · the same words": what both have in common, the strongest first.
[[nodiscard]] QString likenessWords(const engine::DuplicateHit& hit, Instant now);
/// The same as codes, to be kept with a judgement: "metres=14;words=0.42;same_service".
[[nodiscard]] std::string likenessCodes(const rules::matching::Likeness& likeness);

}  // namespace wl::ui
