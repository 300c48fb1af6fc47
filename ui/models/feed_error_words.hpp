// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is wrong with a file that is to be imported, and what to do about it.

#include <optional>

#include "ui/models/error_words.hpp"

namespace wl::ui {

/// None if the error is not about a feed or a mapping.
[[nodiscard]] std::optional<ErrorWords> feedErrorWords(const Error& error);

}  // namespace wl::ui
