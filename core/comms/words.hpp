// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What templates need of a language: dates, the words for a status, which plural a number takes. English, Spanish,
// German, French and Arabic; what is not known is English.

#include <string>
#include <string_view>

#include "domain/time_zone.hpp"
#include "domain/vocab.hpp"

namespace wl::comms {

[[nodiscard]] bool isKnownLanguage(std::string_view language);
/// "de-AT" → "de"; lower case.
[[nodiscard]] std::string baseLanguage(std::string_view language);
/// "23 November 2026", "23. November 2026", "23 de noviembre de 2026", …
[[nodiscard]] std::string dateWords(DayNumber day, std::string_view language);
/// As a citizen is told.
[[nodiscard]] std::string statusWords(Status status, std::string_view language);
/// CLDR's category of a whole number: zero, one, two, few, many, other.
[[nodiscard]] std::string_view pluralForm(std::int64_t n, std::string_view language);

}  // namespace wl::comms
