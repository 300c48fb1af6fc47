// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures for other programs: JSON and CSV. Instants are ISO 8601 in UTC, shares lie in 0…1, times are in the unit that
// stands beside them.

#include <string>

#include "engine/signals/signal_book.hpp"
#include "store/reader.hpp"

namespace wl::engine {

/// An array of figures. With `reader` the cases behind each are named by number (those asked for with `cases`).
[[nodiscard]] Result<std::string> figuresJson(const std::vector<rules::signals::Figure>& figures, const TimeZone& zone,
                                              store::Reader* reader);
/// One table: figure, part (all, group, series, the same another way), key, label, value, numerator, denominator, n …
[[nodiscard]] std::string figuresCsv(const std::vector<rules::signals::Figure>& figures, const TimeZone& zone);

/// A date or instant as people type it: YYYY-MM-DD is the beginning of that day in the city's zone (of the next one
/// where `endOfDay`), anything else RFC 3339. Error: signals.date.
[[nodiscard]] Result<Instant> parseDay(const std::string& text, const TimeZone& zone, bool endOfDay);

}  // namespace wl::engine
