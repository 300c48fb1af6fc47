// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Early patterns as they are shown, and the figure that is made of them.

#include <memory>

#include "engine/signals/signal_book.hpp"
#include "geo/hotspots.hpp"

namespace wl::engine {

struct Pattern {
    geo::HotSpot spot;           ///< as it was told last
    std::string service;         ///< code
    std::string area;            ///< code of the area that most of its cases lie in; "" = none, or the whole city
    std::vector<CaseKey> cases;  ///< of a place, oldest first
    bool acknowledged{};         ///< somebody has taken note, and it has not grown since
};

struct Patterns {
    std::vector<Pattern> list;   ///< of the last fortnight of cases: open ones first, then by surprise
    std::size_t cases{};         ///< that were looked at so far
    Instant asOf;                ///< of the newest of them
    bool complete{};             ///< all that are in the replica
};

/// FigureKind::HotSpots: what nobody has acknowledged, most surprising first. A pattern belongs to the department of
/// its service and to the area of most of its cases. Empty as of the past, and while nobody has looked (`found` null).
[[nodiscard]] rules::signals::Figure patternFigure(const Patterns* found, const SignalQuestion& question,
                                                   rules::signals::Figure blank, const rules::Catalogue& catalogue);

}  // namespace wl::engine
