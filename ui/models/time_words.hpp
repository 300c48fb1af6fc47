// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Instants and durations as people say them: coarse words first, the exact instant for the tooltip.

#include <QString>
#include <QTimeZone>

#include "domain/derived_case.hpp"
#include "rules/catalogue.hpp"

namespace wl::ui {

/// "under 1 min", "12 min", "2 h 10 min", "31 h", "3 d 4 h", "12 d". The sign of the duration is ignored.
[[nodiscard]] QString durationWords(Millis duration);
/// The same in one unit: "under 1 min", "12 min", "2 h", "31 h", "3 d".
[[nodiscard]] QString coarseWords(Millis duration);
/// How long the words of a moment `distance` away (ahead > 0, past < 0) stay the same; at least one second.
[[nodiscard]] Millis wordsStayFor(Millis distance);
/// "just now", "5 min ago", "2 h ago", "3 d ago"; "in 2 h 10 min" for what lies ahead.
[[nodiscard]] QString agoWords(Instant at, Instant now);
/// The state of a clock: "2 h 10 min left", "breached 3 d ago", "paused", "met"; empty without a clock.
[[nodiscard]] QString dueWords(SlaState state, Instant due, Instant now);
/// "Sun 22 Nov 2026, 11:16" in that zone.
[[nodiscard]] QString absoluteWords(Instant at, const QTimeZone& zone);
/// The city's own zone; UTC where its name is unknown.
[[nodiscard]] QTimeZone zoneOf(const rules::Catalogue& catalogue);

}  // namespace wl::ui
