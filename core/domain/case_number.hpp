// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The number a citizen is told: 45 bits of the case id's hash in Crockford base 32 plus a check character, written
// 7K2R9-4QXHM. Unique without coordination; one wrong or two swapped neighbouring characters are always noticed.

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"

namespace wl {

[[nodiscard]] std::string caseNumber(const CaseId& id);

/// Takes what people type or say ("7k2r9 4qxhm", O for 0, I or L for 1) and gives the written form; nothing if the
/// length or the check character is wrong.
[[nodiscard]] std::optional<std::string> normaliseCaseNumber(std::string_view typed);

/// The beginning of a number as people type it, five to nine characters, in the written form; nothing for anything
/// else.
[[nodiscard]] std::optional<std::string> caseNumberStart(std::string_view typed);

}  // namespace wl
