// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Telephone numbers as people type them: E.164 for comparing and storing, a readable form for showing. Thread-safe.

#include <string>
#include <string_view>

namespace wl::channels {

/// "+16175550142" of "(617) 555-0142" in region "US" (ISO 3166-1 alpha-2; empty: only numbers with a country code);
/// empty if it cannot be a number.
[[nodiscard]] std::string toE164(std::string_view typed, const std::string& region);

/// As it is written in that region: national for its own numbers, international for others; as typed if it is none.
[[nodiscard]] std::string shownPhone(std::string_view number, const std::string& region);

}  // namespace wl::channels
